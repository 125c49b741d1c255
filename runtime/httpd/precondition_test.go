package httpd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// TestFailedPrecondition asks for files with conditions that cannot hold. The answer has nothing of the file: no cache may keep it
// in the place of the file, and nobody may take it for a packed one.
func TestFailedPrecondition(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := strings.Repeat("let அ = 1;\n", 200)
	for name, text := range map[string]string{"app-3f9a2b7c.js": text, "app-3f9a2b7c.js.gz": string(zip(t, text))} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	base := serve(t, nil, httpd.Options{Static: map[string]string{"/": dir}, Compress: true})
	for _, head := range []string{`If-Match: "x"`, "If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT", "Range: bytes=99999-"} {
		resp, body := request(t, "GET", base+"/app-3f9a2b7c.js", "", head, "Accept-Encoding: gzip")
		if resp.StatusCode != 412 && resp.StatusCode != 416 || !strings.HasPrefix(body, `{"type":`) {
			t.Errorf("%s: %d %s", head, resp.StatusCode, body)
		}
		for _, name := range []string{"Cache-Control", "Content-Encoding", "Etag", "Last-Modified", "Accept-Ranges"} {
			if got := resp.Header.Get(name); got != "" {
				t.Errorf("%s: %d with %s: %s", head, resp.StatusCode, name, got)
			}
		}
	}
}
