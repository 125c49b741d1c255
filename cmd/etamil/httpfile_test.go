package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// header is the value of a header of an answer, "" when it has none.
func (a answer) header(name string) string {
	for _, h := range a.headers {
		if text, ok := strings.CutPrefix(h, name+": "); ok {
			return text
		}
	}
	return ""
}

// get asks for a path on a connection of its own, with further lines of headers.
func get(t *testing.T, addr, path string, headers ...string) answer {
	t.Helper()
	return rawAsk(t, addr, "GET", httpCase{method: "GET", target: path, head: strings.Join(headers, "\n")}.request(addr))
}

// TestFiles asks for parts of files, and for files under conditions.
func TestFiles(t *testing.T) {
	t.Parallel()
	dir := layHTTP(t)
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	whole := get(t, addr, "/file")
	tag, changed := whole.header("Etag"), whole.header("Last-Modified")
	if whole.status != "200 OK" || whole.body != theFile || whole.header("Content-Type") != plainText || tag == "" || changed == "" ||
		whole.header("Accept-Ranges") != "bytes" || !slices.Contains(whole.headers, "X-Content-Type-Options: nosniff") {
		t.Fatalf("%q %q %q", whole.status, whole.headers, whole.body)
	}
	for _, tt := range []struct{ path, head, status, body, rng string }{
		{"/file", "Range: bytes=0-2", "206 Partial Content", "வ", "bytes 0-2/66"},
		{"/file", "Range: bytes=63-", "206 Partial Content", theFile[63:], "bytes 63-65/66"},
		{"/file", "Range: bytes=-3", "206 Partial Content", theFile[63:], "bytes 63-65/66"},
		{"/file", "Range: bytes=900-", "416 Requested Range Not Satisfiable", "", "bytes */66"},
		{"/file", "If-None-Match: " + tag, "304 Not Modified", "", ""},
		{"/file", `If-None-Match: "other"`, "200 OK", theFile, ""},
		{"/file", "If-Modified-Since: " + changed, "304 Not Modified", "", ""},
		{"/file", `If-Match: "other"`, "412 Precondition Failed", "", ""},
		{"/file", "Range: bytes=0-2\nIf-Range: " + tag, "206 Partial Content", "வ", "bytes 0-2/66"},
		{"/file", "Range: bytes=0-2\nIf-Range: \"other\"", "200 OK", theFile, ""},
		{"/file/etag", `If-None-Match: "1"`, "304 Not Modified", "", ""},
		{"/file/plain", "X-A: 1", "200 OK", theFile, ""},
		{"/file/var", "X-A: 1", "200 OK", theFile, ""},
		{"/files/%E0%AE%9A%E0%AF%8A%E0%AE%B2%E0%AF%8D.txt", "X-A: 1", "200 OK", theFile, ""},
	} {
		got := get(t, addr, tt.path, strings.Split(tt.head, "\n")...)
		if got.status != tt.status || tt.body != "" && got.body != tt.body || got.header("Content-Range") != tt.rng {
			t.Errorf("%s %s: %q %q %q", tt.path, tt.head, got.status, got.headers, got.body)
		}
	}
	head := rawAsk(t, addr, "HEAD", httpCase{method: "HEAD", target: "/file"}.request(addr))
	if head.status != "200 OK" || head.header("Content-Length") != "66" || head.body+head.rest != "" {
		t.Errorf("HEAD: %q %q %q", head.status, head.headers, head.rest)
	}
}

// TestFilesInside follows no link out of the program's folder, in either direction.
func TestFilesInside(t *testing.T) {
	t.Parallel()
	dir, outside := layHTTP(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("ரகசியம்"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"files/link": filepath.Join(outside, "secret"), "files/out": outside, "files/in": "சொல்.txt"} {
		if err := os.Symlink(target, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	for path, status := range map[string]string{
		"/files/link": "404 Not Found", "/files?f=files/out/secret": "404 Not Found", "/files/in": "200 OK",
		"/files?f=" + filepath.ToSlash(outside) + "/secret": "404 Not Found", "/files?f=" + filepath.ToSlash(dir) + "/files/in": "200 OK",
	} {
		if got := get(t, addr, path); got.status != status || strings.Contains(got.body, "ரகசியம்") {
			t.Errorf("%s: %q %q", path, got.status, got.body)
		}
	}
	upload := multi(filePart("a", "a", "a/b", "மேலெழுது"))
	for _, to := range []string{"files/link", "files/out/new", "../up", "files/../../up"} {
		c := httpCase{method: "POST", target: "/saveas?to=" + to, head: multiHead, body: upload}
		if got := rawAsk(t, addr, "POST", c.request(addr)); !strings.Contains(got.body, "தவறு(") {
			t.Errorf("%s: %q %q", to, got.status, got.body)
		}
	}
	if text, err := os.ReadFile(filepath.Join(outside, "secret")); err != nil || string(text) != "ரகசியம்" {
		t.Errorf("the file outside is now %q %v", text, err)
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
		t.Errorf("outside there is now %v %v", entries, err)
	}
}

// TestUpload saves a small and a large upload, byte for byte, and leaves no temporary file.
func TestUpload(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	dir := layHTTP(t)
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	for _, content := range []string{"", "\x00\xff\r\n--எல்", strings.Repeat("0123456789abcdef", 200_000)} {
		c := httpCase{method: "POST", target: "/save/0", head: multiHead, body: multi(filePart("a", "a", "a/b", content))}
		got := rawAsk(t, addr, "POST", c.request(addr))
		saved, err := os.ReadFile(filepath.Join(dir, "saved.bin"))
		if got.status != "201 Created" || err != nil || string(saved) != content {
			t.Errorf("%d bytes: %q %q, saved %d %v", len(content), got.status, got.body, len(saved), err)
		}
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
