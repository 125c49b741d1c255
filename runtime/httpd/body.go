package httpd

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
)

// limits are how much of a request is read, and how long that may take.
type limits struct {
	body    int64 // bytes of a body, of a form's texts when it is multipart
	upload  int64 // bytes of a multipart body in all
	file    int64 // bytes of one file in it
	timeout time.Duration
}

// noFields is the record without fields.
var noFields = value.FromFields(nil, nil)

// readBody reads a request's body whole before the program sees anything of it, so that no program ever answers to a
// half of one. The error is a *refusal.
func readBody(w http.ResponseWriter, r *http.Request, req *Request, lim limits) error {
	req.content, req.fields = value.FromText(""), noFields
	if r.Body == http.NoBody || r.Body == nil {
		return nil
	}
	if enc := r.Header.Get("Content-Encoding"); enc != "" && !strings.EqualFold(enc, "identity") {
		w.Header()["Accept-Encoding"] = []string{"identity"}
		return &refusal{status: http.StatusUnsupportedMediaType, code: CodeEncoding, args: []string{enc}, close: true}
	}
	media, params, err := mediaOf(r.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	multi, limit := media == "multipart/form-data", lim.body
	if multi {
		limit = lim.upload
	}
	if r.ContentLength > limit {
		return tooLong(limit)
	}
	if size := r.ContentLength; multi && lim.timeout > 0 { // a large upload takes longer than other requests may
		if size < 0 {
			size = limit
		}
		allowed := lim.timeout + time.Duration(size/slowest)*time.Second
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(allowed)) // else the server's own holds
	}
	body := http.MaxBytesReader(w, r.Body, limit)
	if multi {
		return req.readMultipart(body, params["boundary"], lim)
	}
	raw, err := readAll(&roomReader{body, req}, r.ContentLength)
	if err != nil {
		return bodyError(err)
	}
	return req.read(media, raw)
}

// mediaOf reads a Content-Type, "" for none. What cannot be read as it says, in another charset or as parts that are no
// form, is refused and not taken for something else.
func mediaOf(text string) (media string, params map[string]string, err error) {
	if text == "" {
		return "", nil, nil
	}
	media, params, err = mime.ParseMediaType(text)
	charset := strings.ToLower(params["charset"])
	if err != nil || charset != "" && charset != "utf-8" && charset != "us-ascii" ||
		strings.HasPrefix(media, "multipart/") && media != "multipart/form-data" {
		return "", nil, &refusal{status: http.StatusUnsupportedMediaType, code: CodeMedia, args: []string{quoted(valid(text))}, close: true}
	}
	return media, params, nil
}

// promised is up to how many bytes a promise of the client is enough to get memory for.
const promised = 64 << 10

// readAll reads a body; length is what the request promises, or -1.
func readAll(body io.Reader, length int64) ([]byte, error) {
	if length < 0 || length > promised {
		return io.ReadAll(body)
	}
	raw := make([]byte, length)
	_, err := io.ReadFull(body, raw)
	return raw, err
}

func tooLong(limit int64) error {
	return &refusal{status: http.StatusRequestEntityTooLarge, code: CodeTooLong, args: []string{strconv.FormatInt(limit, 10)}, close: true}
}

// bodyError tells what kept a body from being read.
func bodyError(err error) error {
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return tooLong(long.Limit)
	case errors.Is(err, errNoRoom):
		return &refusal{status: http.StatusServiceUnavailable, close: true}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &refusal{status: http.StatusRequestTimeout, code: CodeSlow, close: true}
	}
	return &refusal{status: http.StatusBadRequest, code: CodeCut, close: true}
}

// read takes a body by its type.
func (r *Request) read(media string, raw []byte) error {
	bad := func(code string, args ...string) error {
		return &refusal{status: http.StatusBadRequest, code: code, args: args}
	}
	isJSON := media == "application/json" || strings.HasSuffix(media, "+json")
	isForm := media == "application/x-www-form-urlencoded"
	if len(raw) > smallBody && !r.takeRoom(memoryOf(raw, isJSON)) {
		return &refusal{status: http.StatusServiceUnavailable}
	}
	r.body = string(raw)
	if !utf8.ValidString(r.body) {
		if isJSON || isForm {
			return bad(CodeNotText, strconv.Itoa(len(validPrefix(r.body))))
		}
		r.body = valid(r.body)
	}
	r.content = value.FromText(r.body)
	switch {
	case r.body == "":
	case isJSON:
		v, err := value.ParseUniqueJSON(r.body)
		var fault *value.Error
		if errors.As(err, &fault) {
			return bad(fault.Code, fault.Args...)
		}
		r.content = v
	case isForm:
		if tooMany(r.body) {
			return &refusal{status: http.StatusRequestEntityTooLarge, code: CodeTooMany, args: []string{strconv.Itoa(maxPairs)}}
		}
		var p pairs
		if !p.parse(r.body) {
			return bad(CodeBadForm)
		}
		r.fields = p.record()
		r.content = r.fields
	}
	return nil
}

func validPrefix(s string) string {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return s[:i]
		}
		i += n
	}
	return s
}
