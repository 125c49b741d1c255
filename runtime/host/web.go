package host

import (
	"net/http"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// webWords ask other servers. All answer {நிலைக்_குறி, உடலுரை, தலைப்புகள்}, whatever the status is; தவறு only when no answer
// came or its body is no text of at most 10 MB.
var webWords = table{
	"httpGet":     pure(2, httpGet).of(1),
	"httpPost":    pure(3, httpPost).of(2),
	"httpRequest": pure(4, httpRequest).of(3),
}

// httpGet is வலை_பெறு(address, headers).
func httpGet(c *call) (value.Value, error) {
	return c.fetch(webRequest{method: http.MethodGet, address: c.text(0)}, c.args[1])
}

// httpPost is வலை_பதி(address, body, headers).
func httpPost(c *call) (value.Value, error) {
	return c.fetch(webRequest{method: http.MethodPost, address: c.text(0), body: c.text(1), hasBody: true}, c.args[2])
}

// httpRequest is வலை_அனுப்பு(method, address, body, headers); the body இன்மை is none.
func httpRequest(c *call) (value.Value, error) {
	r := webRequest{method: strings.ToUpper(strings.TrimSpace(c.text(0))), address: c.text(1)}
	if !c.args[2].IsNil() {
		r.body, r.hasBody = c.text(2), true
	}
	return c.fetch(r, c.args[3])
}

// webRequest is what a program asks of a server.
type webRequest struct {
	method, address, body string
	hasBody               bool
	headers               http.Header
	host                  string // of the header Host, or ""
}

// fetch sends a request and waits for the whole answer. Headers that are no record are none.
func (c *call) fetch(r webRequest, headers value.Value) (value.Value, error) {
	if err := r.setHeaders(headers); err != nil {
		return webFailed(r.address, err), nil
	}
	if err := c.Flush(); err != nil {
		return value.Nil, err
	}
	answer, err := c.web().do(c.Context(), r, c.Grow)
	if stopped := c.Context().Err(); stopped != nil {
		return value.Nil, stopped
	}
	if limit := charged(err); limit != nil {
		return value.Nil, limit
	}
	if err != nil {
		return webFailed(r.address, err), nil
	}
	return c.webResult(answer)
}

// setHeaders checks the headers that the program gives. A line break in one would become a header of its own.
func (r *webRequest) setHeaders(v value.Value) error {
	r.headers = http.Header{}
	if v.Kind() == value.RecordKind {
		for _, name := range v.Record().Keys() {
			field, _ := v.Record().Get(name)
			text := value.Brief(field)
			if !isToken(name) || strings.ContainsFunc(text, isControl) {
				return &badHeader{name}
			}
			if strings.EqualFold(name, "Host") {
				r.host = text
			} else {
				r.headers.Add(name, text)
			}
		}
	}
	if r.hasBody && r.headers.Get("Content-Type") == "" {
		r.headers.Set("Content-Type", "text/plain; charset=utf-8")
	}
	r.headers.Del("Accept-Encoding") // unpacking is not the program's work
	if r.headers.Get("User-Agent") == "" {
		r.headers.Set("User-Agent", "etamil")
	}
	return nil
}

// badHeader is the name of a header that cannot be sent.
type badHeader struct{ name string }

func (e *badHeader) Error() string { return "bad header " + e.name }

// isToken tells that s may be the name of a header or a method (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		b := s[i]
		if (b|0x20 < 'a' || b|0x20 > 'z') && (b < '0' || b > '9') && strings.IndexByte("!#$%&'*+-.^_`|~", b) < 0 {
			return false
		}
	}
	return s != ""
}

// isControl tells the characters that no header may hold.
func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// webResult is the record of an answer. The names of its headers are in lower case; what came more than once is joined.
func (c *call) webResult(a webAnswer) (value.Value, error) {
	size := 2*value.SizeRecord + (3+2*len(a.headers))*value.SizeValue
	names := make([]string, 0, len(a.headers))
	for name, vals := range a.headers {
		names = append(names, name)
		for _, s := range vals {
			size += value.SizeText + len(name) + len(s)
		}
	}
	if err := c.Grow(size); err != nil {
		return value.Nil, err
	}
	slices.Sort(names)
	texts := make([]value.Value, len(names))
	for i, name := range names {
		texts[i] = value.FromText(strings.ToValidUTF8(strings.Join(a.headers[name], ", "), "\uFFFD"))
		names[i] = strings.ToLower(name)
	}
	return value.FromOk(value.FromFields(
		[]string{"நிலைக்_குறி", "உடலுரை", "தலைப்புகள்"},
		[]value.Value{value.FromInt(int64(a.status)), value.FromText(a.body), value.FromFields(names, texts)},
	)), nil
}
