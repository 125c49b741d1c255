package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// startServer runs `etamil COMMAND` on a free port and answers its address. The server is stopped, and its exit code
// checked, when the test ends; log is what it wrote to stderr so far.
func startServer(t *testing.T, command string, args ...string) (addr string, log func() string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{command, "--port", "0"}, args...), strings.NewReader(""), io.Discard, w)
		_ = w.Close()
	}()
	var mu sync.Mutex
	var all strings.Builder
	address := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer close(address)
		for lines := bufio.NewScanner(r); lines.Scan(); {
			mu.Lock()
			all.WriteString(lines.Text() + "\n")
			mu.Unlock()
			if _, a, ok := strings.Cut(lines.Text(), "(serving): "); ok {
				_, a, _ = strings.Cut(a, "://")
				address <- strings.TrimRight(a, `"}`)
			}
		}
	}()
	log = func() string {
		mu.Lock()
		defer mu.Unlock()
		return all.String()
	}
	t.Cleanup(func() {
		stop()
		<-read
		if code := <-done; code != exitOK {
			t.Errorf("etamil %s ended with %d:\n%s", command, code, log())
		}
	})
	addr, ok := <-address
	if !ok {
		t.Fatalf("the server did not start:\n%s", log())
	}
	return addr, log
}

// answer is what came over the wire.
type answer struct {
	status  string // "200 OK"
	headers []string
	body    string
	rest    string // what came after the first answer
}

// rawAsk sends bytes as they are on a connection of its own and reads until the server closes it.
func rawAsk(t *testing.T, addr, method, request string) answer {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		_, _ = io.WriteString(conn, request) // the server may answer before all of it was sent
	}()
	all, err := io.ReadAll(conn)
	_ = conn.Close()
	<-written
	if err != nil && len(all) == 0 {
		t.Fatalf("no answer to %.80q: %v", request, err)
	}
	return parseAnswer(t, method, all)
}

// parseAnswer reads an answer by its own Content-Length, strictly.
func parseAnswer(t *testing.T, method string, all []byte) answer {
	t.Helper()
	head, rest, ok := bytes.Cut(all, []byte("\r\n\r\n"))
	if !ok {
		t.Fatalf("no whole answer: %q", all)
	}
	lines := strings.Split(string(head), "\r\n")
	a := answer{status: strings.TrimPrefix(lines[0], "HTTP/1.1 ")}
	length := 0
	for _, line := range lines[1:] {
		name, text, _ := strings.Cut(line, ": ")
		if name == "Date" {
			continue
		}
		if name == "Content-Length" {
			if _, err := fmt.Sscan(text, &length); err != nil {
				t.Fatalf("length %q", text)
			}
		}
		a.headers = append(a.headers, line)
	}
	slices.Sort(a.headers)
	if method == http.MethodHead || len(rest) < length {
		length = len(rest)
	}
	a.body, a.rest = string(rest[:length]), string(rest[length:])
	return a
}

// curlAsk sends the same with curl, which the tests need.
func curlAsk(t *testing.T, addr string, c httpCase) answer {
	t.Helper()
	path, err := exec.LookPath("curl")
	if err != nil {
		t.Fatal("curl is missing; on Debian: apt-get install curl")
	}
	args := []string{"-sS", "-i", "--http1.1", "--path-as-is", "-H", "User-Agent:", "-H", "Accept:", "-H", "Connection: close", "-X", c.method}
	if c.method == http.MethodHead {
		args = append(args, "--head")
	}
	for _, h := range c.headLines() {
		args = append(args, "-H", h)
	}
	if c.body != "" {
		args = append(args, "--data-binary", "@-", "-H", "Expect:")
		if !strings.Contains(c.head, "Content-Type:") {
			args = append(args, "-H", "Content-Type:")
		}
	}
	cmd := exec.Command(path, append(args, "http://"+addr+c.target)...)
	cmd.Stdin = strings.NewReader(c.body)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("curl %q: %v %s", c.target, err, exit.Stderr)
		}
		t.Fatal(err)
	}
	return parseAnswer(t, c.method, out)
}

// httpCase is one request and the whole answer to it: status, every header but Date, and the body.
type httpCase struct {
	method, target string
	head           string // lines of headers, with a newline after each but the last
	body           string
	status         string
	want           string
	kind           string // Content-Type: "j", "t", "" for none, else in full
	extra          string // further headers of the answer, as head
	only           bool   // the raw client only: no curl sends this
}

func (c httpCase) headLines() []string {
	if c.head == "" {
		return nil
	}
	return strings.Split(c.head, "\n")
}

// request is the case as it goes over the wire.
func (c httpCase) request(addr string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\n", c.method, c.target)
	if !strings.Contains(c.head, "Host:") {
		fmt.Fprintf(&b, "Host: %s\r\n", addr)
	}
	b.WriteString("Connection: close\r\n")
	for _, h := range c.headLines() {
		b.WriteString(h + "\r\n")
	}
	if c.body != "" && !strings.Contains(c.head, "Transfer-Encoding") && !strings.Contains(c.head, "Content-Length") {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(c.body))
	}
	return b.String() + "\r\n" + c.body
}

// wanted are the headers of the answer, sorted.
func (c httpCase) wanted() []string {
	list := []string{"Connection: close", "X-Content-Type-Options: nosniff"}
	if strings.HasPrefix(c.kind, "text/html") {
		list = append(list, "Content-Security-Policy: frame-ancestors 'none'", "Referrer-Policy: no-referrer")
	}
	if c.extra != "" {
		for _, h := range strings.Split(c.extra, "\n") {
			name, text, _ := strings.Cut(h, ": ")
			list = slices.DeleteFunc(list, func(have string) bool { return strings.HasPrefix(have, name+": ") && name != "Set-Cookie" })
			if text != "" {
				list = append(list, h)
			}
		}
	}
	switch {
	case strings.HasPrefix(c.want, `{"type":"about:blank"`):
		list = append(list, "Content-Type: application/problem+json", "Vary: Accept")
	case c.kind == "":
	case c.kind == "j":
		list = append(list, "Content-Type: application/json")
	case c.kind == "t":
		list = append(list, "Content-Type: text/plain; charset=utf-8")
	default:
		list = append(list, "Content-Type: "+c.kind)
	}
	if len(c.want) >= 1<<10 && (c.kind == "j" || c.kind == "t") { // to another client it would be compressed
		list = append(list, "Vary: Accept-Encoding")
	}
	bodiless := strings.HasPrefix(c.status, "204") || strings.HasPrefix(c.status, "304")
	if !bodiless && !strings.Contains(c.extra, "Content-Length: ") {
		list = append(list, fmt.Sprintf("Content-Length: %d", len(c.want)))
	}
	slices.Sort(list)
	return list
}

var traceID = regexp.MustCompile(`"urn:trace:[0-9a-f]{32}"`)

// anyTrace is a body without what no test knows before.
func anyTrace(body string) string { return traceID.ReplaceAllString(body, `"urn:trace:`+aTrace+`"`) }

// check compares an answer with the case.
func (c httpCase) check(t *testing.T, client string, got answer) {
	t.Helper()
	if got.status != c.status {
		t.Errorf("%s: status %q, want %q\n%s", client, got.status, c.status, got.body)
	}
	if want := c.wanted(); !slices.Equal(got.headers, want) {
		t.Errorf("%s: headers\n%q\nwant\n%q", client, got.headers, want)
	}
	want := c.want
	if c.method == http.MethodHead {
		want = ""
	}
	if anyTrace(got.body) != want || got.rest != "" {
		t.Errorf("%s: body\n%s\nwant\n%s\nand after it %q", client, got.body, want, got.rest)
	}
}
