//go:build unix

package httpd_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// TestPipeInFolder asks for a pipe that nobody writes to: it is no file, and no request waits for its writer.
func TestPipeInFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	base := serve(t, nil, httpd.Options{Static: map[string]string{"/": dir}})
	if resp, body := request(t, "GET", base+"/pipe", ""); resp.StatusCode != 404 {
		t.Errorf("%s %s", resp.Status, body)
	}
}
