package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// own is an error that the server writes past all handlers: in both languages too.
func own(status, tamil string) string {
	codes := map[string]int{"Bad Request": 400, "Not Implemented": 501, "HTTP Version Not Supported": 505, "Request Header Fields Too Large": 431}
	return fmt.Sprintf(`{"type":"about:blank","title":%q,"status":%d,"பிழை":"%s"}`, status, codes[status], tamil)
}

// TestBrokenRequests sends what is no HTTP, or not the HTTP that servers agree on. After each the server is alive.
func TestBrokenRequests(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", layHTTP(t))
	badReq, get := own("Bad Request", "தவறான கோரிக்கை"), "GET / HTTP/1.1\r\n"
	tests := []struct{ name, request, status, body string }{
		{"no HTTP", "வணக்கம்\r\n\r\n", "400 Bad Request", badReq},
		{"a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", "400 Bad Request", badReq},
		{"no host", get + "\r\n", "400 Bad Request", badReq},
		{"two hosts", get + "Host: a\r\nHost: b\r\n\r\n", "400 Bad Request", badReq},
		{"a space before the colon", get + "Host: x\r\nX-A : 1\r\n\r\n", "400 Bad Request", badReq},
		{"a null byte", get + "Host: x\r\nX-A: a\x00b\r\n\r\n", "400 Bad Request", badReq},
		{"a name that is no token", get + "Host: x\r\nஅ: 1\r\n\r\n", "400 Bad Request", badReq},
		{"lengths that differ", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400 Bad Request", badReq},
		{"a length with a sign", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na", "400 Bad Request", badReq},
		{"a negative length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\na", "400 Bad Request", badReq},
		{"an unknown coding", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", "501 Not Implemented", own("Not Implemented", "இது இங்கு இல்லை")},
		{"two codings", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "501 Not Implemented", own("Not Implemented", "இது இங்கு இல்லை")},
		{"another version", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", "505 HTTP Version Not Supported", own("HTTP Version Not Supported", "இந்த HTTP பதிப்பு இங்கு இல்லை")},
		{"large headers", get + "Host: x\r\nX-A: " + strings.Repeat("x", 80<<10) + "\r\n\r\n", "431 Request Header Fields Too Large", own("Request Header Fields Too Large", "தலைப்புகள் மிகப் பெரியவை")},
		{"many headers", get + "Host: x\r\n" + strings.Repeat("X-A: 1\r\n", 20<<10) + "\r\n", "431 Request Header Fields Too Large", own("Request Header Fields Too Large", "தலைப்புகள் மிகப் பெரியவை")},
		{"a long path", "GET /" + strings.Repeat("அ", 40<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n", "431 Request Header Fields Too Large", own("Request Header Fields Too Large", "தலைப்புகள் மிகப் பெரியவை")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := rawAsk(t, addr, "GET", tt.request)
			if got.status != tt.status || got.body != tt.body || got.rest != "" {
				t.Errorf("%q %q %q", got.status, got.body, got.rest)
			}
			alive(t, addr)
		})
	}
}

func alive(t *testing.T, addr string) {
	t.Helper()
	if got := rawAsk(t, addr, "GET", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); got.status != "200 OK" || got.body != "முகப்பு" {
		t.Errorf("the server is not well: %q %q", got.status, got.body)
	}
}

// TestSmuggling hides a request behind one whose length can be read in two ways: it must never be answered.
func TestSmuggling(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", layHTTP(t))
	hidden := "GET /a/teapot HTTP/1.1\r\nHost: x\r\n\r\n"
	first := "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok"
	for _, tt := range []struct{ name, request, statuses string }{
		{"two lengths", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, "400"},
		{"after a whole request", first + "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + hidden, "200 400"},
		{"in another case", "POST /echo HTTP/1.1\r\nHost: x\r\ncontent-LENGTH: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, "400"},
		{"behind chunks", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, "200"},
		{"behind a body", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200 200"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			for i := range len(tt.request) { // one byte at a time: nothing depends on where reads end
				if _, err := conn.Write([]byte{tt.request[i]}); err != nil {
					break // the server has closed
				}
			}
			all, _ := io.ReadAll(conn) // an error here is the server's close while bytes were on their way
			var statuses []string
			for _, m := range regexp.MustCompile(`HTTP/1\.1 (\d+) `).FindAllSubmatch(all, -1) {
				statuses = append(statuses, string(m[1]))
			}
			if got := strings.Join(statuses, " "); got != tt.statuses || strings.Contains(string(all), "தேநீர்") {
				t.Errorf("answers %s, want %s:\n%s", got, tt.statuses, all)
			}
		})
	}
}

// TestEndlessBody sends chunks for ever.
func TestEndlessBody(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", layHTTP(t))
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	sent := make(chan int, 1)
	go func() {
		n, chunk := 0, "8000\r\n"+strings.Repeat("x", 0x8000)+"\r\n"
		_, err := io.WriteString(conn, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
		for err == nil && n < 1<<30 {
			_, err = io.WriteString(conn, chunk)
			n += 0x8000
		}
		sent <- n
	}()
	head := make([]byte, 12)
	if _, err := io.ReadFull(conn, head); err != nil || string(head) != "HTTP/1.1 413" {
		t.Errorf("%q %v", head, err)
	}
	if n := <-sent; n > 256<<20 {
		t.Errorf("the server took %d bytes", n)
	}
	alive(t, addr)
}

// TestHalfRequests ends requests in the middle, in both ways that a client can.
func TestHalfRequests(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", layHTTP(t))
	for _, half := range []string{
		"", "GET", "GET / HTTP/1.1\r\nHo", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
		"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
		"POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf",
	} {
		for _, shut := range []bool{false, true} {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(conn, half); err != nil {
				t.Fatal(err)
			}
			tcp, _ := conn.(*net.TCPConn)
			if !shut {
				_ = tcp.SetLinger(0) // gone without a word
			} else {
				_ = tcp.CloseWrite()
				_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
				all, _ := io.ReadAll(conn)
				if strings.Contains(half, "half") && !strings.HasPrefix(string(all), "HTTP/1.1 400 ") || strings.Contains(string(all), "200 OK") {
					t.Errorf("%q: %s", half, all)
				}
			}
			_ = conn.Close()
		}
		alive(t, addr)
	}
	if strings.Contains(log(), "✗") {
		t.Errorf("a client that goes is no failure of the program:\n%s", log())
	}
}

// TestFailures looks at what clients and the log are told of handlers that fail.
func TestFailures(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", layHTTP(t))
	jsonAddr, jsonLog := startServer(t, "serve", "--log", "json", layHTTP(t))
	devAddr, _ := startServer(t, "dev", layHTTP(t))
	for _, tt := range []struct{ path, code, place, message, calls string }{
		{"/f/divide", "E0302", "main.qmz:86:", "division by zero", ""},
		{"/f/deep", "E0339", "more.qmz:3:", "256", "ஆழம்"},
		{"/f/result", "E0336", "main.qmz:88:", "ரகசியம்", ""},
		{"/f/after", "E0336", "main.qmz:91:", "பின்", ""},
		{"/a/split", "E0462", "main.qmz:64:", "X-Own", ""},
		{"/a/split/name", "E0462", "main.qmz:65:", `X-Own: 1\r\nSet-Cookie`, ""},
		{"/a/reflect?v=1%0d%0aSet-Cookie:%20evil=1", "E0462", "main.qmz:66:", "X-Own", ""},
		{"/a/headers", "E0462", "main.qmz:62:", "X-தன்", ""},
		{"/a/badheaders", "E0461", "main.qmz:68:", "record", ""},
		{"/a/status/99", "E0460", "main.qmz:70:", "99", ""},
		{"/a/status/200.5", "E0460", "main.qmz:70:", "200.5", ""},
		{"/a/status/600", "E0460", "main.qmz:70:", "600", ""},
		{"/a/statustext", "E0460", "main.qmz:71:", "200", ""},
		{"/a/jsonbody/bad", "E0389", "main.qmz:79:", "text", ""},
		{"/a/status/x", "E0336", "main.qmz:70:", "x", ""},
		{"/file/gone", "E0463", "", "files/none", ""},
	} {
		t.Run(tt.path, func(t *testing.T) {
			id := failed(t, addr, tt.path)
			if got := after(log(), id); !strings.Contains(got, "["+tt.code+"]") || !strings.Contains(got, tt.place) ||
				!strings.Contains(got, tt.message) || !strings.Contains(got, tt.calls) {
				t.Errorf("the log says of %s:\n%s", id, got)
			}
			id = failed(t, jsonAddr, tt.path)
			checkJSONLog(t, jsonLog(), id, tt.code, tt.place, tt.calls)
			got := rawAsk(t, devAddr, "GET", "GET "+tt.path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			if !strings.Contains(got.body, tt.place) || !strings.Contains(got.body, `"detail":"`) || strings.Contains(strings.Join(got.headers, "\n"), "evil=1") {
				t.Errorf("etamil dev: %q %s", got.headers, got.body)
			}
		})
	}
	if strings.Contains(log(), "/f/forbidden") {
		t.Error("nothing was asked about /f/forbidden yet")
	}
}

// failed asks for a path whose handler fails, and answers the id that the client is given. It is told nothing else.
func failed(t *testing.T, addr, path string) string {
	t.Helper()
	got := rawAsk(t, addr, "GET", "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	m := regexp.MustCompile(`^\{"type":"about:blank","title":"Internal Server Error","status":500,"பிழை":"உட்பிழை","instance":"urn:trace:([0-9a-f]{32})"\}$`).FindStringSubmatch(got.body)
	if got.status != "500 Internal Server Error" || m == nil || strings.Contains(strings.Join(got.headers, "\n"), "Own") ||
		strings.Contains(strings.Join(got.headers, "\n"), "evil") {
		t.Fatalf("%q %q %s", got.status, got.headers, got.body)
	}
	return m[1]
}

// after is what a log says from an id on.
func after(log, id string) string {
	_, rest, _ := strings.Cut(log, "["+id+"]")
	return rest
}

func checkJSONLog(t *testing.T, log, id, code, place, calls string) {
	t.Helper()
	for line := range strings.Lines(log) {
		var entry struct {
			Level, Method, Path, Code, Error, File string
			Trace                                  string `json:"trace_id"`
			Line                                   int
			Stack                                  []string
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("no JSON: %s", line)
		}
		if entry.Trace != id || entry.Level == "info" {
			continue
		}
		at := fmt.Sprintf("%s:%d:", entry.File, entry.Line)
		if entry.Level != "error" || entry.Method != "GET" || entry.Path == "" || place != "" && (entry.Code != code || !strings.HasSuffix(at, place) ||
			len(entry.Stack) == 0 || !strings.Contains(entry.Stack[0], calls)) {
			t.Errorf("the log says %s", line)
		}
		return
	}
	t.Errorf("the log does not know %s:\n%s", id, log)
}

// TestHandlerTimeout stops handlers that compute, or let the database compute, too long.
func TestHandlerTimeout(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "main.qmz")
	program := "வழி பெறு, \"/\" { பதில் 200, \"முகப்பு\"; }\nவழி பெறு, \"/loop\" { (மெய்) சுற்று { அ = 1; } }\n" +
		"தளம்_இணை சீகுலைட், \"a.db\";\nவழி பெறு, \"/sql\" {\n" +
		"தளம்_வினா \"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) AS x FROM n\", [], விடை; பதில் 200, விடை; }\n"
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, log := startServer(t, "serve", "--timeout", "200ms", file)
	for path, line := range map[string]string{"/loop": "main.qmz:2:", "/sql": "main.qmz:5:"} {
		got := rawAsk(t, addr, "GET", "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		if got.status != "503 Service Unavailable" || anyTrace(got.body) != problem(503, "Service Unavailable", "இப்போது முடியவில்லை", "") {
			t.Errorf("%s: %q %s", path, got.status, got.body)
		}
		if !strings.Contains(log(), "[E0342]") || !strings.Contains(log(), "200") || !strings.Contains(log(), line) {
			t.Errorf("the log says of %s:\n%s", path, log())
		}
	}
	alive(t, addr)
}
