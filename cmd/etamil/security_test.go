package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// The tests of this file are named after the points of the security list (design/backend.md, 6) that concern HTTP and
// programs that run. They ask a server over raw sockets. Point 1, framing and slow clients, is in runtime/httpd.

const securityProgram = `
வழி பதி, "/echo" { பதில் 200, request_body; }
வழி பதி, "/more", {"உடல்": 2000000} { பதில் 200, நீளம்(request_body); }
வழி பதி, "/upload", {"கோப்பு": 100} { பதில் 200, நீளம்(request_files); }
வழி பதி, "/json" { பதில் 200, கோரிக்கை.உடல்; }
வழி பெறு, "/page" { பதில் 200, "<p>வணக்கம்", {"Content-Type": "text/html; charset=utf-8"}; }
வழி பெறு, "/text" { பதில் 200, "வணக்கம்"; }
வழி பெறு, "/member", ["auth"] { பதில் 200, "ரகசியம்"; }
வழி பெறு, "/split" { பதில் 200, "x", {"X-A": query_params["v"]}; }
வழி பெறு, "/cookie" { குக்கீ_அமை("a", query_params["v"]); பதில் 200, "x"; }
வழி பெறு, "/file" { பதில்_கோப்பு(200, query_params["f"], {}); }
வழி பெறு, "/files/:f" { பதில் 200, param_f; }
வழி பெறு, "/fetch" { பதில் 200, வலை_பெறு(query_params["url"], {}); }
வழி பெறு, "/exec" { பதில் 200, கட்டளை_ஓட்டு(query_params["p"], ["-c", "id; cat /etc/passwd"], 5); }
வழி பெறு, "/fails" { மறை = "இரகசியச்_சொல்_7"; பதில் 200, மறை / 0; }
வழி பெறு, "/log" { பதிவு_தகவல்(query_params["v"], {"level": "ERROR", "time": query_params["v"], "msg": "y", "event": "z"}); பதில் 200, "x"; }
செயல் ஆழம்(அ) { திரும்பு ஆழம்(அ + 1) + 1; }
வழி பெறு, "/deep" { பதில் 200, ஆழம்(1); }
வழி பெறு, "/loop" { (மெய்) சுற்று { அ = 1; } }
வழி பெறு, "/grow" { அ = "xxxxxxxx"; (மெய்) சுற்று { அ = அ & அ; } }
வழி பெறு, "/list" { அ = [1]; (மெய்) சுற்று { அ = இணை(அ, அ); } }
வழி பெறு, "/channel" { சே = சேனல்_உருவாக்கு(1000000000); பதில் 200, "x"; }
பின்னணி செயல் வேலை() { காத்திரு(30000); திரும்பு 1; }
வழி பெறு, "/tasks" { (மெய்) சுற்று { வேலை(); } }
`

// layProgram writes a program and a file beside it, in a folder of its own; a secret is outside of it.
func layProgram(t *testing.T, src string) string {
	t.Helper()
	base := t.TempDir()
	dir := filepath.Join(base, "app")
	for name, text := range map[string]string{"app/main.qmz": src, "app/open.txt": "திறந்தது", "secret.txt": "ரகசியம்", "app/public/a.txt": "அ", "app/public/.env": "ரகசியம்"} {
		file := filepath.Join(base, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(base, "secret.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func sendPost(t *testing.T, addr, target, body string, head ...string) answer {
	t.Helper()
	return rawAsk(t, addr, "POST", fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s",
		target, len(body), strings.Join(append(head, ""), "\r\n"), body))
}

// lines are the values of a header.
func (a answer) lines(name string) (list []string) {
	for _, h := range a.headers {
		if key, text, _ := strings.Cut(h, ": "); strings.EqualFold(key, name) {
			list = append(list, text)
		}
	}
	return list
}

// TestSecurity02Bodies: 1 MB unless a route says otherwise, parts of forms, depth and numbers of JSON, no key twice, nothing
// that unpacks.
func TestSecurity02Bodies(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", layProgram(t, securityProgram))
	for _, tt := range []struct {
		name, target, body, head, status string
	}{
		{"1 MB", "/echo", strings.Repeat("x", 1<<20), "X-A: 1", "200"},
		{"a byte more", "/echo", strings.Repeat("x", 1<<20+1), "X-A: 1", "413"},
		{"a route that takes more", "/more", strings.Repeat("x", 2_000_000), "X-A: 1", "200"},
		{"and no more than that", "/more", strings.Repeat("x", 2_000_001), "X-A: 1", "413"},
		{"a file", "/upload", multi(filePart("f", "a", "text/plain", strings.Repeat("x", 100))), multiHead, "200"},
		{"a file of a byte more", "/upload", multi(filePart("f", "a", "text/plain", strings.Repeat("x", 101))), multiHead, "413"},
		{"many parts", "/upload", multi(strings.Split(strings.Repeat(filePart("f", "a", "text/plain", "")+"|", 101), "|")[:101]...), multiHead, "413"},
		{"depth", "/json", strings.Repeat("[", 600) + strings.Repeat("]", 600), jsonHead, "400"},
		{"a long number", "/json", strings.Repeat("9", 100_000), jsonHead, "400"},
		{"a large exponent", "/json", "1e1000000000", jsonHead, "400"},
		{"a key twice", "/json", `{"role": "viewer", "role": "admin"}`, jsonHead, "400"},
		{"a bomb", "/echo", "\x1f\x8b\x08", "Content-Encoding: gzip", "415"},
		{"another bomb", "/echo", "x", "Content-Encoding: br", "415"},
	} {
		if got := sendPost(t, addr, tt.target, tt.body, tt.head); !strings.HasPrefix(got.status, tt.status) {
			t.Errorf("%s: %s %.200s", tt.name, got.status, got.body)
		}
	}
	// One without an end: chunks until the server has enough.
	endless := "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("10000\r\n"+strings.Repeat("x", 0x10000)+"\r\n", 40)
	if got := rawAsk(t, addr, "POST", endless); !strings.HasPrefix(got.status, "413") {
		t.Errorf("endless: %s %.200s", got.status, got.body)
	}
	// One that ends too early never reaches the program.
	if got := rawAsk(t, addr, "POST", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"+"\x00\r\nZZ\r\n"); !strings.HasPrefix(got.status, "400") {
		t.Errorf("broken: %s %.200s", got.status, got.body)
	}
}

// TestSecurity03Headers: what browsers may do with answers, no-store where somebody is known, no name of the server, one
// line to a header.
func TestSecurity03Headers(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", layProgram(t, securityProgram))
	for _, target := range []string{"/text", "/page", "/member", "/none", "/fails", "/%00", "/file?f=open.txt"} {
		got := get(t, addr, target)
		if !slices.Equal(got.lines("X-Content-Type-Options"), []string{"nosniff"}) || got.lines("Server") != nil || got.lines("X-Powered-By") != nil ||
			got.lines("Strict-Transport-Security") != nil {
			t.Errorf("%s: %q", target, got.headers)
		}
	}
	if got := get(t, addr, "/page"); !slices.Equal(got.lines("Content-Security-Policy"), []string{"frame-ancestors 'none'"}) || got.lines("Referrer-Policy") == nil {
		t.Errorf("a page: %q", got.headers)
	}
	if got := get(t, addr, "/member"); !slices.Equal(got.lines("Cache-Control"), []string{"no-store"}) {
		t.Errorf("what is for somebody: %q", got.headers)
	}
	for _, evil := range []string{"a%0d%0aSet-Cookie:%20evil=1", "a%0aSet-Cookie:%20evil=1", "a%0dSet-Cookie:%20evil=1", "%0d%0a%0d%0a<script>"} {
		for _, target := range []string{"/split?v=", "/cookie?v="} {
			got := get(t, addr, target+evil)
			for _, line := range got.headers {
				if strings.Contains(line, "\n") || strings.Contains(line, "\r") || strings.HasPrefix(line, "Set-Cookie: evil") {
					t.Errorf("%s%s: %q", target, evil, got.headers)
				}
			}
			if got.rest != "" || strings.Contains(got.body, "<script>") {
				t.Errorf("%s%s: %q %q", target, evil, got.body, got.rest)
			}
		}
	}
}

// TestSecurity04CORS: nobody unless they are named; never credentials.
func TestSecurity04CORS(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	closed, _ := startServer(t, "serve", "--log", "off", dir)
	named, _ := startServer(t, "serve", "--log", "off", "--cors", "https://kadai.example", dir)
	all, _ := startServer(t, "serve", "--log", "off", "--cors", "*", dir)
	for _, tt := range []struct{ addr, origin, allowed string }{
		{closed, "https://kadai.example", ""},
		{closed, "null", ""},
		{named, "https://kadai.example", "https://kadai.example"},
		{named, "https://kadai.example.evil.example", ""},
		{named, "https://evil.example", ""},
		{named, "http://kadai.example", ""},
		{named, "null", ""},
		{all, "https://evil.example", "*"},
	} {
		for _, method := range []string{"GET", "OPTIONS"} {
			got := rawAsk(t, tt.addr, method, method+" /text HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: "+tt.origin+
				"\r\nAccess-Control-Request-Method: GET\r\n\r\n")
			if allowed := strings.Join(got.lines("Access-Control-Allow-Origin"), ","); allowed != tt.allowed || got.lines("Access-Control-Allow-Credentials") != nil {
				t.Errorf("%s from %q: %q", method, tt.origin, got.headers)
			}
		}
	}
}

// TestSecurity05Paths: decoded once, nothing that climbs or hides, in routes, files of answers and static folders alike.
func TestSecurity05Paths(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	if err := os.WriteFile(filepath.Join(dir, "etamil.toml"), []byte("[server.static]\n\"/s\" = \"public\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	if got := get(t, addr, "/s/a.txt"); got.body != "அ" {
		t.Fatalf("the folder: %s %s", got.status, got.body)
	}
	for target, status := range map[string]string{
		"/files/%00": "400", "/files/a%00b": "400", "/files/..": "400", "/files/%2e%2e": "400", "/files/.%2e/x": "400", "/files/a%2fb": "400",
		"/files/a%2Fb": "400", "/files/a%5cb": "400", `/files/a\b`: "400", "/files/%252e%252e": "200", "/files/%25%32%66": "200", "/files/a%0ab": "400",
		"/files/%ff": "400", "/files/%c0%ae%c0%ae": "400", "/../main.qmz": "400", "/s/../main.qmz": "400", "/s/%2e%2e/main.qmz": "400",
		"/s/..%2fmain.qmz": "400", "/s/.env": "404", "/s/%2eenv": "404", "/s/": "404", "/s/a.txt%00.png": "400", "/s//a.txt": "200",
	} {
		got := get(t, addr, target)
		if !strings.HasPrefix(got.status, status) || strings.Contains(got.body, "ரகசியம்") || strings.Contains(got.body, "வழி பதி") {
			t.Errorf("%s: %s %s", target, got.status, got.body)
		}
	}
	for _, name := range []string{"../secret.txt", "..%2fsecret.txt", "link.txt", "/etc/passwd", "open.txt%00", "%2e%2e/secret.txt", ".."} {
		if got := get(t, addr, "/file?f="+name); strings.Contains(got.body, "ரகசியம்") || strings.Contains(got.body, "root:") {
			t.Errorf("/file?f=%s: %s %s", name, got.status, got.body)
		}
	}
}

// TestSecurity10Requests: addresses that clients choose lead to nothing that only this machine can reach.
func TestSecurity10Requests(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	_, port, _ := strings.Cut(addr, ":")
	for _, url := range []string{
		"http://" + addr + "/text", "http://localhost:" + port + "/text", "http://[::ffff:127.0.0.1]:" + port + "/text", "http://0.0.0.0:" + port + "/text",
		"http://127.1:" + port + "/text", "http://2130706433:" + port + "/text", "http://0x7f000001:" + port + "/text", "http://user@127.0.0.1:" + port + "/text",
		"http://169.254.169.254/latest/meta-data/", "http://10.255.255.254:1/", "file:///etc/passwd", "gopher://127.0.0.1:" + port + "/",
		"HTTP://127.0.0.1:" + port + "/text", "//127.0.0.1:" + port + "/text",
	} {
		got := get(t, addr, "/fetch?url="+strings.ReplaceAll(url, "&", "%26"))
		if !strings.HasPrefix(got.status, "200") || !strings.HasPrefix(got.body, "தவறு(") || strings.Contains(got.body, "வணக்கம்") {
			t.Errorf("%s: %s %s", url, got.status, got.body)
		}
	}
}

// TestSecurity11Programs: no other program runs unless it is named, and never by a shell of ours.
func TestSecurity11Programs(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", layProgram(t, securityProgram))
	for _, name := range []string{"sh", "/bin/sh", "id", "sh%20-c", "..%2f..%2fbin%2fsh", ""} {
		if got := get(t, addr, "/exec?p="+name); !strings.HasPrefix(got.body, "தவறு(") || strings.Contains(got.body, "uid=") || strings.Contains(got.body, "root:") {
			t.Errorf("%q: %s %s", name, got.status, got.body)
		}
	}
}

// TestSecurity13Errors: a stranger is told an id and no more; the log has the rest under it.
func TestSecurity13Errors(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	addr, log := startServer(t, "serve", "--log", "json", dir)
	for _, accept := range []string{"Accept: */*", "Accept: text/html"} {
		got := get(t, addr, "/fails", accept)
		for _, leak := range []string{"main.qmz", "இரகசியச்", dir, "E03", "goroutine", "runtime"} {
			if !strings.HasPrefix(got.status, "500") || strings.Contains(got.body+strings.Join(got.headers, "\n"), leak) {
				t.Errorf("%s: %s %s", leak, got.status, got.body)
			}
		}
		id := regexp.MustCompile(`urn:trace:([0-9a-f]{32})`).FindStringSubmatch(got.body)
		if id == nil {
			t.Fatalf("no id: %s", got.body)
		}
		until(t, func() bool { return strings.Contains(log(), id[1]) && strings.Contains(log(), "main.qmz") }, log)
	}
	dev, _ := startServer(t, "dev", "--log", "off", dir)
	if got := get(t, dev, "/fails"); !strings.Contains(got.body, "main.qmz") {
		t.Errorf("etamil dev: %s", got.body)
	}
}

// TestSecurity15Logs: one record to a line, and nobody writes another's fields.
func TestSecurity15Logs(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	addr, log := startServer(t, "serve", "--log", "json", dir)
	text, lines := startServer(t, "serve", "--log", "text", dir)
	const evil = "%0a%7b%22level%22:%22ERROR%22,%22msg%22:%22forged%22%7d%0d%0a"
	for _, target := range []string{"/log?v=" + evil, "/files/" + evil, "/%1b[31mforged", "/%22forged%22", "/" + strings.Repeat("x", 5000), "/%e2%80%aeforged"} {
		get(t, addr, target)
		get(t, text, target)
	}
	get(t, addr, "/last")
	get(t, text, "/last")
	until(t, func() bool { return strings.Contains(log(), "/last") && strings.Contains(lines(), "/last") }, log)
	for line := range strings.Lines(log()) {
		var entry struct{ Level, Msg, Event string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Msg == "forged" || entry.Level == "ERROR" {
			t.Errorf("%v: %s", err, line)
		}
		if strings.Count(line, `"level":`) != 1 || strings.Count(line, `"time":`) != 1 {
			t.Errorf("a field twice: %s", line)
		}
	}
	if !strings.Contains(log(), `"client":"127.0.0.1"`) {
		t.Errorf("nobody knows whose requests they were:\n%s", log())
	}
	for line := range strings.Lines(lines()) {
		if strings.HasPrefix(line, "{") || strings.HasPrefix(line, "forged") || strings.Contains(line, "\x1b") || strings.Contains(line, "\u202e") {
			t.Errorf("forged: %q", line)
		}
	}
}

// TestSecurity16Pages: what is put into pages of ours is text, and redirects of ours stay on this host.
func TestSecurity16Pages(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	if err := os.WriteFile(filepath.Join(dir, "etamil.toml"), []byte("[server.static]\n\"/\" = \"public\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "public", "evil.example"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "public", "evil.example", "index.html"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, _ := startServer(t, "dev", "--log", "off", "--no-reload", dir)
	for _, target := range []string{"/%3Cscript%3Ealert(1)%3C/script%3E", "/files/%3Cscript%3E%00"} {
		if got := get(t, addr, target, "Accept: text/html"); strings.Contains(got.body, "<script") || !strings.Contains(got.body, "<!doctype html>") {
			t.Errorf("%s: %s", target, got.body)
		}
	}
	for _, target := range []string{"//evil.example", "/evil.example", "///evil.example", "/.//evil.example"} {
		for _, to := range get(t, addr, target).lines("Location") {
			if to != "./evil.example/" {
				t.Errorf("%s leads to %s", target, to)
			}
		}
	}
	if got := get(t, addr, "/evil.example"); !slices.Equal(got.lines("Location"), []string{"./evil.example/"}) {
		t.Errorf("%s %q", got.status, got.headers)
	}
}

// TestSecurity17Limits: time, memory, depth, tasks and channels of a request have ends, after which the server is well.
func TestSecurity17Limits(t *testing.T) {
	t.Parallel()
	dir := layProgram(t, securityProgram)
	p := startProcess(t, dir, "GOMEMLIMIT=200MiB", "serve", "--port", "0", "--timeout", "1s", "main.qmz")
	addr := strings.TrimPrefix(p.address(t), "http://")
	for _, tt := range []struct{ target, status, code string }{
		{"/loop", "503", "E0342"},
		{"/grow", "500", "E0341"},
		{"/list", "500", "E0341"},
		{"/deep", "500", "E0339"},
		{"/channel", "500", "E0396"},
	} {
		if got := get(t, addr, tt.target); !strings.HasPrefix(got.status, tt.status) {
			t.Errorf("%s: %s %s", tt.target, got.status, got.body)
		}
		until(t, func() bool { return strings.Contains(p.stderr(), "["+tt.code+"]") }, p.stderr)
		if got := get(t, addr, "/text"); got.body != "வணக்கம்" {
			t.Errorf("after %s: %s %s", tt.target, got.status, got.body)
		}
	}
	if got := get(t, addr, "/tasks"); !strings.HasPrefix(got.status, "50") {
		t.Errorf("tasks without end: %s %s", got.status, got.body)
	}
	// One whose code is wrong in us: no panic leaves a handler.
	h, err := httpd.NewHandler([]httpd.Route{{Method: http.MethodGet, Path: "/", Handler: nil, Run: nil}}, httpd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if h.ServeHTTP(w, r); w.Code != http.StatusInternalServerError {
		t.Errorf("a panic: %d", w.Code)
	}
}
