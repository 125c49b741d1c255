package httpd

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Response is what a handler answered.
type Response struct {
	// Sent tells that the handler answered at all.
	Sent bool
	// Status is a number from 200 to 599.
	Status value.Value
	// Body becomes the body by rule 19 of services.md.
	Body value.Value
	// Headers is a record, or value.Nil.
	Headers value.Value
	// File is the name of a file that is the body, "" for none.
	File string
}

// NoResponse is the response of a handler that has not answered: status 200 and the reference's text.
func NoResponse() Response {
	return Response{Status: value.FromInt(http.StatusOK), Body: noAnswer, Headers: value.Nil}
}

const (
	jsonType = "application/json"
	textType = "text/plain; charset=utf-8"
)

// The lines of headers that many answers have. Nobody changes them.
var (
	jsonHeader  = []string{jsonType}
	textHeader  = []string{textType}
	closeHeader = []string{"close"}
	// noAnswer is the reference's body for a handler that answered nothing.
	noAnswer = value.FromText("Handler executed successfully")
	anyHead  = []string{"*"}
	nosniff  = []string{"nosniff"}
	noFrames = []string{"frame-ancestors 'none'"}
	noRefer  = []string{"no-referrer"}
)

// protect sets what keeps browsers from reading more into an answer than it says, and strangers from framing what is a
// document. A program may set these headers itself.
func protect(head http.Header) {
	set := func(name string, line []string) {
		if head[name] == nil {
			head[name] = line
		}
	}
	set("X-Content-Type-Options", nosniff)
	if kind := head["Content-Type"]; len(kind) > 0 && isDocument(kind[0]) {
		set("Content-Security-Policy", noFrames)
		set("Referrer-Policy", noRefer)
	}
}

// isDocument tells whether browsers show a type as a page.
func isDocument(kind string) bool {
	return len(kind) > 4 && (kind[0]|0x20 == 't' && len(kind) >= 9 && strings.EqualFold(kind[:9], "text/html") ||
		strings.Contains(kind, "xml"))
}

// status reads the status of an answer.
func (resp *Response) status() (int, error) {
	n, ok := resp.Status.Int()
	if !ok || n < 200 || n > 599 || !resp.Status.IsNumber() {
		return 0, &value.Error{Code: CodeStatus, Args: []string{resp.Status.Display()}}
	}
	return int(n), nil
}

// buffers are for bodies on their way out.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// maxPooled is how large a buffer may be that waits for the next answer.
const maxPooled = 64 << 10

// netLength is up to how many bytes net/http finds the length of a body itself.
const netLength = 2000

// setHeaders takes over the headers of the answer and its cookies.
func (x *Exchange) setHeaders(head http.Header) error {
	if err := setHeaders(head, x.Response.Headers); err != nil {
		return err
	}
	x.sendCookies(head)
	return nil
}

// write sends an answer whose body is a value, or nothing when it cannot be sent.
func (x *Exchange) write() error {
	w, r, resp := x.writer, x.Request.raw, &x.Response
	status, err := resp.status()
	if err != nil {
		return err
	}
	head := w.Header()
	if err := x.setHeaders(head); err != nil {
		return err
	}
	buf, _ := buffers.Get().(*[]byte)
	body, kind := encode((*buf)[:0], resp.Body)
	if len(body) > 0 && head["Content-Type"] == nil {
		head["Content-Type"] = kind
	}
	protect(head)
	if (head["Etag"] != nil || head["Last-Modified"] != nil) && status == http.StatusOK && unchanged(r, head) {
		notModified(w)
		keepBuffer(buf, body)
		return nil
	}
	if x.handler != nil && x.handler.opt.Compress && len(body) >= minCompressed && worthIt(head, status, int64(len(body))) {
		addVary(head, "Accept-Encoding")
		if takesGzip(r) {
			x.sendZipped(status, body)
			keepBuffer(buf, body)
			return nil
		}
	}
	bodiless := status == http.StatusNoContent || status == http.StatusNotModified
	if !bodiless && (len(body) > netLength || len(body) == 0 || r.Method == http.MethodHead) {
		head["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	w.WriteHeader(status)
	if len(body) > 0 && !bodiless {
		_, _ = w.Write(body) // the client may be gone; nobody is left to tell
	}
	keepBuffer(buf, body)
	return nil
}

func keepBuffer(buf *[]byte, body []byte) {
	if cap(body) <= maxPooled {
		*buf = body
		buffers.Put(buf)
	}
}

// sendZipped sends a body compressed, or says that the client has it.
func (x *Exchange) sendZipped(status int, body []byte) {
	head := x.writer.Header()
	zipped(head)
	if status == http.StatusOK && unchanged(x.Request.raw, head) {
		notModified(x.writer)
		return
	}
	compress(body, func(small []byte) {
		head["Content-Length"] = []string{strconv.Itoa(len(small))}
		x.writer.WriteHeader(status)
		_, _ = x.writer.Write(small) // the client may be gone; nobody is left to tell
	})
}

// encode is the body and its type: records and arrays as compact JSON, everything else as its display text.
func encode(dst []byte, v value.Value) (body []byte, kind []string) {
	switch v.Kind() {
	case value.NilKind, value.UnsetKind:
		return dst, textHeader
	case value.ArrayKind, value.RecordKind:
		return value.AppendJSON(dst, v), jsonHeader
	}
	body = value.AppendDisplay(dst, v)
	if mayBeJSON(body) && json.Valid(body) {
		return body, jsonHeader
	}
	return body, textHeader
}

// mayBeJSON looks at the first character only, because most texts are none.
func mayBeJSON(text []byte) bool {
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r':
			continue
		}
		return c == '{' || c == '[' || c == '"' || c == 't' || c == 'f' || c == 'n' || c == '-' || c >= '0' && c <= '9'
	}
	return false
}

// notOurs are the headers that only the server itself sets: they say where a message ends, or belong to the connection.
var notOurs = map[string]bool{
	"Content-Length": true, "Transfer-Encoding": true, "Connection": true, "Keep-Alive": true, "Upgrade": true,
	"Trailer": true, "Te": true, "Proxy-Connection": true,
}

// setHeaders takes over the record of headers; an array is one line for each item. What an answer varies by is added to what
// the server knows of that.
func setHeaders(head http.Header, v value.Value) error {
	return eachHeader(v, func(name string, lines []string) {
		switch {
		case notOurs[name]:
		case name == "Vary":
			for _, text := range lines {
				addVary(head, text)
			}
		default:
			head[name] = lines
		}
	})
}

// eachHeader reads a record of headers and refuses what would not stay one line (response splitting).
func eachHeader(v value.Value, set func(name string, lines []string)) error {
	if v.IsNil() || v.Kind() == value.UnsetKind {
		return nil
	}
	rec := v.Record()
	if rec == nil {
		return &value.Error{Code: CodeHeaders, Args: []string{v.KindName()}}
	}
	for i, name := range rec.Layout.Keys() {
		items := []value.Value{rec.Slots[i]}
		if a := rec.Slots[i]; a.Kind() == value.ArrayKind {
			items = a.Array().Items
		}
		lines := make([]string, len(items))
		for j, item := range items {
			lines[j] = strings.TrimSpace(item.Display())
			if !isToken(name) || strings.ContainsFunc(lines[j], func(r rune) bool { return isControl(r) && r != '\t' }) {
				return &value.Error{Code: CodeHeader, Args: []string{quoted(name)}}
			}
		}
		if len(lines) > 0 {
			set(http.CanonicalHeaderKey(name), lines)
		}
	}
	return nil
}

// quoted shows a text on one line.
func quoted(s string) string {
	q := strconv.Quote(s)
	return q[1 : len(q)-1]
}

// isToken tells whether a text may be the name of a header (RFC 9110, 5.6.2).
func isToken(s string) bool { return s != "" && each(s, inToken) }

// check tells whether an answer can be sent, before anything of it is.
func (resp *Response) check() error {
	if _, err := resp.status(); err != nil {
		return err
	}
	return eachHeader(resp.Headers, func(string, []string) {})
}
