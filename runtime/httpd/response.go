package httpd

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

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
}

// NoResponse is the response of a handler that has not answered: status 200 and the reference's text.
func NoResponse() Response {
	return Response{Status: value.FromInt(http.StatusOK), Body: value.FromText(noAnswer), Headers: value.Nil}
}

// The errors of answers that cannot be sent.
var (
	ErrStatus  = errors.New("a status is a whole number from 200 to 599")
	ErrHeaders = errors.New("headers are a record")
	ErrHeader  = errors.New("a header's name or value has a character that is not allowed")
)

const (
	jsonType = "application/json"
	textType = "text/plain; charset=utf-8"
	// noAnswer is the reference's body for a handler that answered nothing.
	noAnswer = "Handler executed successfully"
)

// write sends a response, or nothing when it cannot be sent.
func (resp Response) write(w http.ResponseWriter) error {
	if !resp.Sent {
		resp = NoResponse()
	}
	status, ok := resp.Status.Int()
	if !ok || status < 200 || status > 599 {
		return fmt.Errorf("%w: %s", ErrStatus, resp.Status.Display())
	}
	body, kind := encode(resp.Body)
	head, err := headerFields(resp.Headers)
	if err != nil {
		return err
	}
	for _, h := range head {
		w.Header().Set(h[0], h[1])
	}
	if len(body) > 0 && w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", kind)
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if status != http.StatusNoContent && status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(int(status))
	_, _ = w.Write(body) // the client may be gone; nobody is left to tell
	return nil
}

// encode is the body and its type: records and arrays as compact JSON, everything else as its display text.
func encode(v value.Value) (body []byte, kind string) {
	switch v.Kind() {
	case value.NilKind:
		return nil, textType
	case value.ArrayKind, value.RecordKind:
		return value.AppendJSON(nil, v), jsonType
	}
	body = value.AppendDisplay(nil, v)
	if json.Valid(body) {
		return body, jsonType
	}
	return body, textType
}

// headerFields reads the record of headers and refuses what would not stay one line (response splitting).
func headerFields(v value.Value) ([][2]string, error) {
	if v.IsNil() {
		return nil, nil
	}
	if v.Kind() != value.RecordKind {
		return nil, ErrHeaders
	}
	var list [][2]string
	for _, name := range v.Record().Keys() {
		item, err := value.Field(v, name)
		if err != nil {
			return nil, fmt.Errorf("header %q: %w", name, err)
		}
		text := item.Display()
		if !isToken(name) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			return nil, fmt.Errorf("%w: %q: %q", ErrHeader, name, text)
		}
		if c := http.CanonicalHeaderKey(name); c != "Content-Length" && c != "Transfer-Encoding" && c != "Connection" {
			list = append(list, [2]string{name, text})
		}
	}
	return list, nil
}

// isToken tells whether a text may be the name of a header (RFC 9110, 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0 {
			continue
		}
		return false
	}
	return s != ""
}
