package httpd

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
)

// FuzzBody reads bodies of all types that strangers send. What is taken is text that is valid, within the limits, and what
// is not is refused and nothing else.
func FuzzBody(f *testing.F) {
	for _, body := range []string{
		"", `{"அ": [1, 2.5, null, {"b": "\u0b95"}]}`, "a=1&b=%E0%AE%95+x&a=2", "--b\r\nContent-Disposition: form-data; name=\"அ\"\r\n\r\nx\r\n--b--\r\n",
		"--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../x\"\r\nContent-Type: a/b\r\n\r\n\x00\xff\r\n--b\r\n\r\n--b--", "--b\r\n: \r\n", "--b--", "𝒳👍🏽𑿀",
		`{"a":1,"a":2}`, "%zz", "\xff\xfe",
	} {
		for _, kind := range []string{"", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain; charset=latin1", ";"} {
			f.Add(kind, body)
		}
	}
	lim := limits{body: 1000, upload: 2000, file: 500}
	f.Fuzz(func(t *testing.T, kind, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		req := &Request{raw: r}
		err := readBody(httptest.NewRecorder(), r, req, lim)
		defer func() {
			if err := req.dropUploads(); err != nil {
				t.Error(err)
			}
		}()
		if err != nil {
			if why := (*refusal)(nil); !errors.As(err, &why) || why.status < 400 || why.status > 499 {
				t.Fatalf("%q as %q: %v", body, kind, err)
			}
			return
		}
		if len(body) > 2000 || !utf8.ValidString(req.body) || !utf8.Valid(value.AppendJSON(nil, req.Record())) {
			t.Errorf("%q as %q is taken", body, kind)
		}
		for _, u := range req.uploads {
			if u.size > lim.file || safeName(u.name) != u.name {
				t.Errorf("the file %q of %d bytes", u.name, u.size)
			}
		}
	})
}
