package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// answered is standard input that goes on once standard output has what was waited for.
type answered struct {
	io.Reader
	rest string
	out  *safeBuffer
	want string
}

func (a *answered) Read(b []byte) (int, error) {
	if n, err := a.Reader.Read(b); n > 0 || err == nil || a.rest == "" {
		return n, err
	}
	for range 600 {
		if strings.Contains(a.out.String(), a.want) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	a.Reader, a.rest = strings.NewReader(a.rest), ""
	return a.Reader.Read(b)
}

// frames are messages as an editor sends them.
func frames(bodies ...string) string {
	var b strings.Builder
	for _, body := range bodies {
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	return b.String()
}

const lspHello = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`

func TestLSPCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := filepath.Join(dir, "lsp.log")
	program := filepath.ToSlash(filepath.Join(dir, "a.qmz"))
	opened := fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file://%s","languageId":"etamil","version":1,"text":"\ufeffஅச்சு \"𝒳\";\r\n"}}}`, program)
	view := fmt.Sprintf(`{"jsonrpc":"2.0","id":2,"method":"workspace/textDocumentContent","params":{"uri":"etamil-doc:/bytecode/file://%s"}}`, program)
	const shutdown, exit = `{"jsonrpc":"2.0","id":3,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`
	tests := []struct {
		name, in string
		args     []string
		code     int
		out      []string // what standard output has
	}{
		{"shutdown and exit", frames(lspHello, shutdown, exit), nil, 0, []string{`"name":"etamil"`, `"id":3,"result":null`}},
		{"exit without shutdown", frames(lspHello, exit), nil, 1, []string{`"positionEncoding":"utf-16"`}},
		{"end of input", frames(lspHello), nil, 0, nil},
		{"end of input in a message", frames(lspHello)[:60], nil, 0, nil},
		{"nothing", "", nil, 0, nil},
		{"bytecode", frames(lspHello, opened, view) + "…" + frames(shutdown, exit), nil, 0, []string{`"id":2,"result":{"text":`, "𝒳"}},
		{"log", frames("{", lspHello, shutdown, exit), []string{"--log", log}, 0, []string{"-32700"}},
		{"version", "", []string{"--version"}, 0, []string{"etamil"}},
		{"stdio", frames(lspHello, shutdown, exit), []string{"--stdio"}, 0, []string{`"id":3`}},
		{"an argument", "", []string{"x"}, 2, nil},
		{"a log that cannot be", "", []string{"--log", filepath.Join(dir, "none", "x")}, 1, nil},
	}
	for _, tt := range tests {
		var out safeBuffer
		var errs bytes.Buffer
		first, rest, _ := strings.Cut(tt.in, "…")
		in := &answered{strings.NewReader(first), rest, &out, `"id":2`}
		code := run(context.Background(), append([]string{"lsp"}, tt.args...), in, &out, &errs)
		if code != tt.code {
			t.Errorf("%s: exit code %d, want %d; %s", tt.name, code, tt.code, errs.String())
		}
		for _, want := range tt.out {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: no %s in %s", tt.name, want, out.String())
			}
		}
	}
	if text, err := os.ReadFile(log); err != nil || !strings.Contains(string(text), "could not be read") {
		t.Errorf("the log: %q, %v", text, err)
	}
}
