package rpc

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fake is a server whose requests show what the chain does to them.
type fake struct {
	protocol.UnimplementedServer
	mu      sync.Mutex
	text    string
	waiting chan struct{} // told when a definition request waits to be cancelled
}

type textKey struct{}

func (f *fake) Prepare(ctx context.Context) context.Context {
	f.mu.Lock()
	defer f.mu.Unlock()
	return context.WithValue(ctx, textKey{}, f.text)
}

func (f *fake) Custom(_ context.Context, method string, params []byte) (any, error) {
	switch {
	case method == "etamil/echo" && len(params) == 0:
		return nil, ErrParams
	case method == "etamil/echo":
		return jsonrpc2.RawMessage(params), nil
	}
	return nil, jsonrpc2.ErrMethodNotFound
}

func (f *fake) Initialize(context.Context, *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	return &protocol.InitializeResult{}, nil
}

func (f *fake) Shutdown(context.Context) error { return nil }

func (f *fake) DidOpen(context.Context, *protocol.DidOpenTextDocumentParams) error {
	return errors.New("a notification's error")
}

func (f *fake) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range p.ContentChanges {
		f.text += c.(*protocol.TextDocumentContentChangeWholeDocument).Text
	}
	return nil
}

func (f *fake) Hover(ctx context.Context, _ *protocol.HoverParams) (*protocol.Hover, error) {
	return &protocol.Hover{Contents: protocol.String(ctx.Value(textKey{}).(string))}, nil
}

func (f *fake) Definition(ctx context.Context, _ *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	f.waiting <- struct{}{}
	<-ctx.Done()
	return nil, ctx.Err()
}

func (f *fake) References(context.Context, *protocol.ReferenceParams) ([]protocol.Location, error) {
	panic("a bug")
}

func (f *fake) DocumentSymbol(context.Context, *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	return nil, errors.New("could not")
}

// talk is a client that sends raw bytes.
type talk struct {
	t      *testing.T
	fake   *fake
	in     *io.PipeWriter
	out    *bufio.Reader
	result chan error
	id     int
}

func start(t *testing.T) *talk {
	t.Helper()
	fromClient, in := io.Pipe()
	out, toClient := io.Pipe()
	c := &talk{t: t, fake: &fake{waiting: make(chan struct{}, 1)}, in: in, out: bufio.NewReader(out), result: make(chan error, 1)}
	go func() {
		c.result <- Serve(context.Background(), Pipe(fromClient, toClient), c.fake, Options{Grace: 100 * time.Millisecond})
	}()
	t.Cleanup(func() {
		_ = in.Close()
		_ = out.Close()
		<-c.result
	})
	return c
}

func (c *talk) raw(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, text); err != nil {
		c.t.Fatalf("send %q: %v", text, err)
	}
}

func (c *talk) send(body string) {
	c.t.Helper()
	c.raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

type answer struct {
	ID     json.RawMessage
	Result json.RawMessage
	Error  *struct {
		Code    int
		Message string
		Data    json.RawMessage
	}
}

func (c *talk) read() answer {
	c.t.Helper()
	head, err := c.out.ReadString('\n')
	if err != nil {
		c.t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(head, "Content-Length: ")))
	if err != nil {
		c.t.Fatalf("head %q: %v", head, err)
	}
	body := make([]byte, n+2)
	if _, err := io.ReadFull(c.out, body); err != nil {
		c.t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(body[2:], &a); err != nil {
		c.t.Fatalf("%q: %v", body, err)
	}
	return a
}

// call sends a request and answers "result" or the error's code.
func (c *talk) call(method, params string) string {
	c.t.Helper()
	c.id++
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q`, c.id, method)
	if params != "" {
		body += `,"params":` + params
	}
	c.send(body + "}")
	a := c.read()
	if string(a.ID) != strconv.Itoa(c.id) {
		c.t.Fatalf("the answer to %d came for %s", c.id, a.ID)
	}
	return a.String()
}

func (a answer) String() string {
	if a.Error != nil {
		return strconv.Itoa(a.Error.Code)
	}
	return string(a.Result)
}

func (c *talk) notify(method, params string) {
	c.t.Helper()
	c.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params))
}

const place = `{"textDocument":{"uri":"file:///a"},"position":{"line":0,"character":0}}`

// The probe table of design/lsp.md 2.3: what the libraries' own chain gets wrong, and how ours answers.
func TestProbes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(c *talk)
		want string // what a request right after gives; the connection must be alive
	}{
		{"request before initialize", func(c *talk) {
			c.want("-32002", c.call("textDocument/hover", place))
			c.init()
		}, ""},
		{"notification before initialize", func(c *talk) {
			c.notify("textDocument/didOpen", `{"textDocument":{"uri":"file:///a","languageId":"etamil","version":1,"text":"x"}}`)
			c.init()
		}, ""},
		{"initialize twice", func(c *talk) { c.init(); c.want("-32600", c.call("initialize", `{"capabilities":{}}`)) }, ""},
		{"unknown notification with $/", func(c *talk) { c.init(); c.notify("$/foo", `{}`) }, ""},
		{"unknown notification", func(c *talk) { c.init(); c.notify("foo/bar", `[1]`) }, ""},
		{"unknown request", func(c *talk) { c.init(); c.want("-32601", c.call("foo/bar", `{}`)) }, ""},
		{"unknown request without parameters", func(c *talk) { c.init(); c.want("-32601", c.call("foo/bar", "")) }, ""},
		{"known request that we do not answer", func(c *talk) { c.init(); c.want("-32601", c.call("textDocument/moniker", place)) }, ""},
		{"custom request", func(c *talk) { c.init(); c.want(`{"a":1}`, c.call("etamil/echo", `{"a":1}`)) }, ""},
		{"custom request without parameters", func(c *talk) { c.init(); c.want("-32602", c.call("etamil/echo", "")) }, ""},
		{"unknown custom request", func(c *talk) { c.init(); c.want("-32601", c.call("etamil/none", "")) }, ""},
		{"request with parameters that are none", func(c *talk) { c.init(); c.want("-32602", c.call("textDocument/hover", `"x"`)) }, ""},
		{"request without parameters", func(c *talk) { c.init(); c.want("-32602", c.call("textDocument/hover", "")) }, ""},
		{"malformed didChange", func(c *talk) { c.init(); c.notify("textDocument/didChange", `{"textDocument":7}`) }, ""},
		{"a notification's handler fails", func(c *talk) {
			c.init()
			c.notify("textDocument/didOpen", `{"textDocument":{"uri":"file:///a","languageId":"etamil","version":1,"text":"x"}}`)
		}, ""},
		{"panic", func(c *talk) {
			c.init()
			c.want("-32603", c.call("textDocument/references", `{"textDocument":{"uri":"file:///a"},"position":{"line":0,"character":0},"context":{"includeDeclaration":true}}`))
		}, ""},
		{"plain error", func(c *talk) {
			c.init()
			c.want("-32803", c.call("textDocument/documentSymbol", `{"textDocument":{"uri":"file:///a"}}`))
		}, ""},
		{"cancel with a number", func(c *talk) { c.init(); c.want("-32800", c.cancelled("7", "7")) }, ""},
		{"cancel with a text", func(c *talk) { c.init(); c.want("-32800", c.cancelled(`"எ"`, `"எ"`)) }, ""},
		{"cancel id null", func(c *talk) { c.init(); c.notify("$/cancelRequest", `{"id":null}`) }, ""},
		{"cancel what never was", func(c *talk) { c.init(); c.notify("$/cancelRequest", `{"id":99}`) }, ""},
		{"cancel without parameters", func(c *talk) { c.init(); c.send(`{"jsonrpc":"2.0","method":"$/cancelRequest"}`) }, ""},
		{"request after shutdown", func(c *talk) { c.init(); c.want("null", c.call("shutdown", "")) }, "-32600"},
		{"broken JSON body", func(c *talk) { c.init(); c.send(`{"jsonrpc":`); c.want("-32700", c.read().String()) }, ""},
		{"a batch", func(c *talk) { c.init(); c.send(`[]`); c.want("-32700", c.read().String()) }, ""},
		{"a body that is no object", func(c *talk) { c.init(); c.send(`7`); c.want("-32700", c.read().String()) }, ""},
		{"an answer nobody asked for", func(c *talk) { c.init(); c.send(`{"jsonrpc":"2.0","id":42,"result":{}}`) }, ""},
		{"lone surrogate, invalid UTF-8, a key twice", func(c *talk) {
			c.init()
			c.notify("textDocument/didChange", `{"textDocument":{"uri":"file:///a","version":2,"version":3},"contentChanges":[{"text":"\ud800`+"\xff"+`"}]}`)
		}, `{"contents":"��"}`},
		{"lower-case head and Content-Type", func(c *talk) {
			c.init()
			body := `{"jsonrpc":"2.0","method":"$/foo"}`
			c.raw(fmt.Sprintf("content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:%d\r\n\r\n%s", len(body), body))
		}, ""},
		{"rubbish between frames", func(c *talk) { c.init(); c.raw("hello\r\n\r\nContent-Length: x\r\n\r\n") }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := start(t)
			tt.do(c)
			want := tt.want
			if want == "" {
				want = `{"contents":""}`
			}
			c.want(want, c.call("textDocument/hover", place))
		})
	}
}

func (c *talk) init() {
	c.t.Helper()
	if got := c.call("initialize", `{"processId":null,"rootUri":null,"capabilities":{}}`); got[0] != '{' {
		c.t.Fatalf("initialize: %s", got)
	}
}

func (c *talk) want(want, got string) {
	c.t.Helper()
	if got != want {
		c.t.Errorf("got %s, want %s", got, want)
	}
}

// cancelled sends a request that waits, and cancels it.
func (c *talk) cancelled(id, named string) string {
	c.t.Helper()
	c.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"textDocument/definition","params":%s}`, id, place))
	<-c.fake.waiting
	c.notify("$/cancelRequest", `{"id":`+named+`}`)
	return c.read().String()
}

// Edits that are sent in one go are applied in order, and a request right behind one sees it.
func TestOrder(t *testing.T) {
	t.Parallel()
	c := start(t)
	c.init()
	const n = 400
	go func() {
		for i := range n {
			c.notify("textDocument/didChange", fmt.Sprintf(`{"textDocument":{"uri":"file:///a","version":%d},"contentChanges":[{"text":"%d,"}]}`, i, i))
			c.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"textDocument/hover","params":%s}`, i, place))
		}
	}()
	want := map[string]string{}
	text := ""
	for i := range n {
		text += strconv.Itoa(i) + ","
		want[strconv.Itoa(i)] = `{"contents":"` + text + `"}`
	}
	for range n {
		a := c.read()
		if a.String() != want[string(a.ID)] {
			t.Fatalf("request %s saw %s", a.ID, a)
		}
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(c *talk)
		want error
	}{
		{"exit after shutdown", func(c *talk) { c.init(); c.call("shutdown", ""); c.send(`{"jsonrpc":"2.0","method":"exit"}`) }, nil},
		{"exit without shutdown", func(c *talk) { c.init(); c.send(`{"jsonrpc":"2.0","method":"exit"}`) }, ErrNoShutdown},
		{"exit before initialize", func(c *talk) { c.send(`{"jsonrpc":"2.0","method":"exit"}`) }, ErrNoShutdown},
		{"end of input", func(c *talk) { c.init(); _ = c.in.Close() }, nil},
		{"end of input inside a head", func(c *talk) { c.init(); c.raw("Content-Len"); _ = c.in.Close() }, io.ErrUnexpectedEOF},
		{"end of input inside a body", func(c *talk) { c.init(); c.raw("Content-Length: 10\r\n\r\n{"); _ = c.in.Close() }, io.ErrUnexpectedEOF},
		{"end of input while a request waits", func(c *talk) {
			c.init()
			c.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":"textDocument/definition","params":%s}`, place))
			<-c.fake.waiting
			_ = c.in.Close()
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := start(t)
			tt.do(c)
			err := <-c.result
			c.result <- nil
			if !errors.Is(err, tt.want) || tt.want == nil && err != nil {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// A client that sends before it reads does not stop the server.
func TestClientThatDoesNotRead(t *testing.T) {
	t.Parallel()
	c := start(t)
	c.init()
	const n = 300
	for i := range n {
		c.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"foo/bar"}`, i))
	}
	seen := map[string]bool{}
	for range n {
		a := c.read()
		if a.String() != "-32601" || seen[string(a.ID)] {
			t.Fatalf("%s for %s", a, a.ID)
		}
		seen[string(a.ID)] = true
	}
}

// A message that is too long is passed over and answered, and the next one is read.
func TestFrameTooLong(t *testing.T) {
	t.Parallel()
	c := start(t)
	c.init()
	go func() {
		c.raw(fmt.Sprintf("Content-Length: %d\r\n\r\n", MaxFrame+1))
		chunk := strings.Repeat(" ", 1<<20)
		for range MaxFrame >> 20 {
			c.raw(chunk)
		}
		c.raw(" ")
	}()
	c.want("-32600", c.read().String())
	c.want(`{"contents":""}`, c.call("textDocument/hover", place))
}

// Whatever bytes come, the server neither breaks nor hangs, and it ends with its input.
func FuzzFrames(f *testing.F) {
	const hello = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`
	frame := func(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }
	for _, s := range []string{
		"", "\r\n\r\n", "Content-Length: 0\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n", frame(hello),
		frame(hello) + frame(`{"jsonrpc":"2.0","id":"அ","method":"textDocument/hover","params":`+place+`}`), frame(`[{}]`), frame(`{"id":{}}`),
		frame(hello) + frame(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":[]}}`), frame(hello) + frame(`{"method":"exit"}`) + "x",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		s := &fake{waiting: make(chan struct{}, 1000)}
		conn := Pipe(io.NopCloser(bytes.NewReader(input)), discard{})
		_ = Serve(context.Background(), conn, s, Options{Grace: 10 * time.Second}) // any error is one of the input
	})
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) Close() error                { return nil }
