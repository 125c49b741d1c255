package httpd_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

const uploadProgram = `
வழி பதி, "/names" { பதில் 200, request_files; }
வழி பதி, "/save" { பதில் 200, பதிவேற்றம்_சேமி(0, "saved.bin"); }
வழி பதி, "/save/as/sent" { பதில் 200, பதிவேற்றம்_சேமி(0, request_fields["to"]); }
வழி பதி, "/count" { பதில் 200, நீளம்(request_files) & "+" & நீளம்(request_fields); }
`

// form is a multipart body of parts, each of which is its headers and its content after an empty line.
func form(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString("--b\r\n" + p + "\r\n")
	}
	return b.String() + "--b--\r\n"
}

func fileOf(name, content string) string {
	return "Content-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content
}

func textOf(name, content string) string {
	return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content
}

const formType = "Content-Type: multipart/form-data; boundary=b"

// TestFileNames shows programs names of files that are fit for files here, whatever a client says.
func TestFileNames(t *testing.T) {
	t.Parallel()
	base := serve(t, programRoutes(t, t.TempDir(), uploadProgram), httpd.Options{})
	long := strings.Repeat("கௌ", 60)
	for sent, want := range map[string]string{
		"படம் 👍🏽.png":                   "படம் 👍🏽.png",
		"../../etc/passwd":              "passwd",
		`..\\..\\windows\\system.ini`:   "system.ini",
		"/etc/shadow":                   "shadow",
		".env":                          "env",
		"...":                           "",
		". .":                           "",
		"a. . ":                         "a",
		"x\u202egnp.exe":                "xgnp.exe",
		"a\tb\u0085c.txt":               "abc.txt",
		"con<>:|?*.txt":                 "con.txt",
		"a\xffb":                        "a\uFFFDb",
		long + ".jpeg":                  long[:250] + ".jpeg",
		strings.Repeat("x", 300):        strings.Repeat("x", 255),
		"x." + strings.Repeat("y", 300): "x." + strings.Repeat("y", 253),
		"𑿀":                             "𑿀",
	} {
		_, body := request(t, "POST", base+"/names", form(fileOf(sent, "x")), formType)
		v, err := value.ParseJSON(body)
		if err != nil || v.Array() == nil || len(v.Array().Items) != 1 {
			t.Errorf("%q: %v %s", sent, err, body)
			continue
		}
		rec := v.Array().Items[0].Record()
		slot, _ := rec.Layout.Slot("கோப்புப்_பெயர்")
		if got := rec.Slots[slot].Text(); got != strings.ToValidUTF8(want, "") {
			t.Errorf("%q becomes %q, want %q", sent, got, want)
		}
	}
}

// TestUnsafeSaves does not save where a client says.
func TestUnsafeSaves(t *testing.T) {
	t.Parallel()
	outside := t.TempDir()
	dir := filepath.Join(outside, "program")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	base := serve(t, programRoutes(t, dir, uploadProgram), httpd.Options{})
	for _, name := range []string{"../x", `..\x`, "/x", filepath.Join(outside, "x"), "a/../../x", "link/x", "x\x00y", "", ".", "none/x"} {
		_, body := request(t, "POST", base+"/save/as/sent", form(fileOf("f", "x"), textOf("to", name)), formType)
		if !strings.HasPrefix(body, "தவறு(") {
			t.Errorf("%q: %s", name, body)
		}
	}
	if found, err := filepath.Glob(filepath.Join(outside, "x*")); err != nil || len(found) > 0 {
		t.Errorf("outside: %q %v", found, err)
	}
}

// TestMultipartLimits sends too much of everything, and types that are no form.
func TestMultipartLimits(t *testing.T) {
	t.Parallel()
	routes := programRoutes(t, t.TempDir(), uploadProgram)
	routes[3].Limits = httpd.RouteLimits{File: 2000}
	base := serve(t, routes, httpd.Options{MaxBody: 1000, MaxUpload: 1 << 20})
	many := func(n int, part string) string {
		return form(strings.Split(strings.Repeat(part+"|", n)[:n*(len(part)+1)-1], "|")...)
	}
	head := "Content-Disposition: form-data; name=\"a\"\r\nX-Long: " + strings.Repeat("x", 40<<10) + "\r\n\r\nx"
	for _, tt := range []struct {
		name, kind, body string
		status           int
		want             string
	}{
		{"as much as may be", formType, form(fileOf("a", strings.Repeat("x", 2000)), textOf("t", strings.Repeat("x", 1000))), 200, "1+1"},
		{"a file of one byte more", formType, form(fileOf("a", strings.Repeat("x", 2001))), 413, "2000"},
		{"the second file of one byte more", formType, form(fileOf("a", "x"), fileOf("a", strings.Repeat("x", 2001))), 413, "2000"},
		{"texts of one byte more", formType, form(textOf("a", strings.Repeat("x", 500)), textOf("b", strings.Repeat("x", 501))), 413, "1000"},
		{"100 files", formType, many(100, fileOf("a", "x")), 200, "100+0"},
		{"101 files", formType, many(101, fileOf("a", "x")), 413, "100"},
		{"1001 texts", formType, many(1001, textOf("a", "")), 200, "0+1"},
		{"headers of a part", formType, form(head), 400, "the headers of a part are too long"},
		{"headers of the second part", formType, form(textOf("a", "x"), head), 400, "the headers of a part are too long"},
		{"many headers of a part", formType, form("Content-Disposition: form-data; name=\"a\"\r\n" + strings.Repeat("X-A: 1\r\n", 6000) + "\r\nx"), 400, "the headers of a part are too long"},
		{"what stands before the first part", formType, strings.Repeat("x\r\n", 20<<10) + form(textOf("a", "x")), 400, "the headers of a part are too long"},
		{"more than all may be", formType, form(fileOf("a", strings.Repeat("x", 1<<20))), 413, "1048576"},
		{"parts that are no form", "Content-Type: multipart/mixed; boundary=b", form(textOf("a", "x")), 415, "bodies of the type multipart/mixed; boundary=b are not read"},
		{"a boundary twice", formType + "; boundary=c", form(textOf("a", "x")), 415, "boundary=c"},
		{"another charset", "Content-Type: application/json; charset=utf-16", "{}", 415, "utf-16"},
		{"another charset of text", "Content-Type: text/plain; charset=iso-8859-1", "x", 415, "iso-8859-1"},
		{"the charset in capitals", "Content-Type: application/json; charset=\"UTF-8\"", "{}", 200, "0+0"},
		{"no type at all", "Content-Type: ;;", "x", 415, ";;"},
		{"compressed", "Content-Encoding: gzip", string(zip(t, strings.Repeat("x", 1<<20))), 415, "gzip"},
		{"compressed in a way nobody knows", "Content-Encoding: identity, x", "x", 415, "identity, x"},
		{"a key twice", "Content-Type: application/json", `{"அ": 1, "b": [{"c": 1, "c": 2}]}`, 400, "a key twice in one record"},
		{"too deep", "Content-Type: application/json", strings.Repeat("[", 513) + strings.Repeat("]", 513), 413, ""},
		{"too deep", "Content-Type: application/json", strings.Repeat("[", 513), 400, "nested too deep"},
		{"a number without end", "Content-Type: application/json", strings.Repeat("9", 900), 400, "does not fit"},
		{"a number beyond all", "Content-Type: application/json", "1e999999999999999999", 400, "does not fit"},
	} {
		resp, body := request(t, "POST", base+"/count", tt.body, tt.kind)
		if resp.StatusCode != tt.status || !strings.Contains(body, tt.want) {
			t.Errorf("%s: %d %.300s", tt.name, resp.StatusCode, body)
		}
	}
}

// endless is a body of one file of so many bytes.
type endless struct {
	head, tail io.Reader
	left       int64
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.head.Read(p); err == nil {
		return n, nil
	}
	if e.left == 0 {
		return e.tail.Read(p)
	}
	n := int(min(e.left, int64(len(p))))
	clear(p[:n])
	e.left -= int64(n)
	return n, nil
}

// TestLargeUpload takes 200 MB, of which hardly anything is ever in memory, and leaves no temporary file. It is not
// parallel, because it counts what the process allocates.
func TestLargeUpload(t *testing.T) {
	const size = 200 << 20
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	saved := int64(0)
	h, err := httpd.NewHandler([]httpd.Route{{Method: "POST", Path: "/", Run: func(_ context.Context, x *httpd.Exchange) error {
		found, err := filepath.Glob(filepath.Join(tmp, "*"))
		if err != nil || len(found) != 1 {
			return fmt.Errorf("%q in the folder, %w", found, err)
		}
		info, err := os.Stat(found[0])
		if err != nil {
			return err
		}
		saved = info.Size()
		return answer(200, value.FromText("ok"), value.Nil)(context.Background(), x)
	}}}, httpd.Options{MaxUpload: size + 1<<20})
	if err != nil {
		t.Fatal(err)
	}
	whole := form(fileOf("big", ""))
	at := strings.Index(whole, "\r\n\r\n") + 4
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", &endless{strings.NewReader(whole[:at]), strings.NewReader(whole[at:]), size})
	r.ContentLength = -1
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	runtime.ReadMemStats(&after)
	if w.Code != 200 || saved != size {
		t.Errorf("%d %s, %d bytes", w.Code, w.Body, saved)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("%d bytes of memory for an upload of %d", took, size)
	}
	if left, err := filepath.Glob(filepath.Join(tmp, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q %v", left, err)
	}
}
