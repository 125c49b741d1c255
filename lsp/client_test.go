package lsp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax/module"
)

// longest is how long a test waits for what has to come: long, for machines that do much else.
const longest = time.Minute

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// client is the other end: it speaks raw JSON, holds every message of the server to the protocol's meta model, answers what
// the server asks and remembers what it is told.
type client struct {
	t       testing.TB
	server  *Server
	in      io.WriteCloser
	writing sync.Mutex
	ended   chan error

	mu      sync.Mutex
	changed *sync.Cond
	id      int
	answers map[string]message
	asked   map[string]string // methods of the client's requests, by id
	notes   []message
	calls   []message // requests of the server
	gone    bool
	// trusting clients look at no message: they measure.
	trusting bool
	// settings is what workspace/configuration answers.
	settings string
}

// message is anything on the wire.
type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *wireError      `json:"error,omitempty"`
}

type wireError struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

func (e *wireError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Message) }

// osDisk is the operating system's files, as cmd/etamil gives them.
type osDisk struct{}

func (osDisk) Open(name string) (fs.File, error) { return os.Open(filepath.FromSlash(name)) }

func osSource() module.Source {
	return module.Funcs{
		OpenFile: osDisk{}.Open,
		CanonicalPath: func(name string) (string, error) {
			real, err := filepath.EvalSymlinks(filepath.FromSlash(name))
			return filepath.ToSlash(real), err
		},
	}
}

// connect starts a server and a client that has not said anything yet.
func connect(t testing.TB, o Options) *client {
	t.Helper()
	if o.Source == nil {
		o.Source, o.Disk = osSource(), osDisk{}
	}
	o.Version = "test"
	fromClient, in := io.Pipe()
	out, toClient := io.Pipe()
	c := &client{
		t: t, server: New(o), in: in, ended: make(chan error, 1), answers: map[string]message{}, asked: map[string]string{}, settings: "null",
	}
	c.changed = sync.NewCond(&c.mu)
	go func() {
		c.ended <- c.server.Serve(context.Background(), rpc.Pipe(fromClient, toClient))
		_ = toClient.Close()
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		c.read(bufio.NewReader(out))
	}()
	t.Cleanup(func() {
		_ = in.Close()
		select {
		case <-c.ended:
		case <-time.After(longest):
			t.Error("the server did not end")
		}
		<-read
	})
	return c
}

// allCaps is a client that can everything that the server looks at.
const allCaps = `{"general":{"positionEncodings":[%q]},
"window":{"workDoneProgress":true,"showDocument":{"support":true}},
"workspace":{"configuration":true,"applyEdit":true,"workspaceFolders":true,"didChangeWatchedFiles":{"dynamicRegistration":true},
"workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"],"changeAnnotationSupport":{}},
"diagnostics":{"refreshSupport":true},"semanticTokens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true},
"codeLens":{"refreshSupport":true},"foldingRange":{"refreshSupport":true},"textDocumentContent":{}},
"textDocument":{"publishDiagnostics":{"relatedInformation":true,"tagSupport":{"valueSet":[1,2]},"codeDescriptionSupport":true,"versionSupport":true},
"diagnostic":{"relatedInformation":true,"tagSupport":{"valueSet":[1,2]},"codeDescriptionSupport":true},
"hover":{"contentFormat":["markdown","plaintext"]},
"completion":{"completionItem":{"snippetSupport":true,"documentationFormat":["markdown","plaintext"],"insertReplaceSupport":true,"labelDetailsSupport":true,"resolveSupport":{"properties":["documentation","detail","additionalTextEdits"]}},
"completionList":{"itemDefaults":["editRange","insertTextFormat","data"]}},
"signatureHelp":{"signatureInformation":{"documentationFormat":["markdown"],"parameterInformation":{"labelOffsetSupport":true},"activeParameterSupport":true}},
"definition":{"linkSupport":true},"documentSymbol":{"hierarchicalDocumentSymbolSupport":true},
"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[]}},"isPreferredSupport":true,"disabledSupport":true,"dataSupport":true,"resolveSupport":{"properties":["edit"]},"honorsChangeAnnotations":true},
"rename":{"prepareSupport":true,"honorsChangeAnnotations":true},
"foldingRange":{"foldingRange":{"collapsedText":true}},
"semanticTokens":{"requests":{"range":true,"full":{"delta":true}},"tokenTypes":[],"tokenModifiers":[],"formats":["relative"],"multilineTokenSupport":false}}}`

// open starts a session in folders: the client can everything, columns are counted as enc says, messages are English.
func open(t testing.TB, enc protocol.PositionEncodingKind, dirs ...string) *client {
	t.Helper()
	c := connect(t, Options{})
	c.initialize(fmt.Sprintf(allCaps, enc), dirs...)
	return c
}

func (c *client) initialize(caps string, dirs ...string) json.RawMessage {
	c.t.Helper()
	folders := make([]protocol.WorkspaceFolder, 0, len(dirs))
	for _, dir := range dirs {
		folders = append(folders, protocol.WorkspaceFolder{URI: uriOf(filepath.ToSlash(dir)), Name: filepath.Base(dir)})
	}
	raw, err := protocol.Marshal(folders)
	if err != nil {
		c.t.Fatal(err)
	}
	params := fmt.Sprintf(`{"processId":null,"rootUri":null,"locale":"en","capabilities":%s,"workspaceFolders":%s}`, caps, raw)
	result, werr := c.call("initialize", json.RawMessage(params))
	if werr != nil {
		c.t.Fatal(werr)
	}
	c.notify("initialized", json.RawMessage(`{}`))
	return result
}

// marshal encodes a protocol value, or hands raw JSON on.
func (c *client) marshal(v any) json.RawMessage {
	c.t.Helper()
	if raw, ok := v.(json.RawMessage); ok {
		return raw
	}
	raw, err := protocol.Marshal(v)
	if err != nil {
		c.t.Fatal(err)
	}
	return json.RawMessage(raw)
}

func (c *client) write(m message) {
	body, err := json.Marshal(struct {
		JSONRPC string `json:"jsonrpc"`
		message
	}{"2.0", m})
	if err != nil {
		c.t.Error(err)
		return
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	_, _ = fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(body), body) // a server that is gone answers nothing
}

// send starts a request and answers its id.
func (c *client) send(method string, params any) string {
	c.t.Helper()
	c.mu.Lock()
	c.id++
	id := strconv.Itoa(c.id)
	c.asked[id] = method
	c.mu.Unlock()
	m := message{ID: json.RawMessage(id), Method: method}
	if params != nil {
		m.Params = c.marshal(params)
	}
	c.write(m)
	return id
}

// answer waits for a request's answer.
func (c *client) answer(id string) (json.RawMessage, *wireError) {
	c.t.Helper()
	var m message
	c.until("the answer to "+c.asked[id], func() (ok bool) { m, ok = c.answers[id]; return ok })
	return m.Result, m.Error
}

func (c *client) call(method string, params any) (json.RawMessage, *wireError) {
	c.t.Helper()
	return c.answer(c.send(method, params))
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	c.write(message{Method: method, Params: c.marshal(params)})
}

// until waits for something that the server sends; a minute is for machines that do much else.
func (c *client) until(what string, done func() bool) {
	c.t.Helper()
	timer := time.AfterFunc(longest, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.gone = true
		c.changed.Broadcast()
	})
	defer timer.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !done() {
		if c.gone {
			c.t.Fatalf("waiting for %s: the server is silent or gone", what)
		}
		c.changed.Wait()
	}
}

// read takes the server's messages until it is gone.
func (c *client) read(out *bufio.Reader) {
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.gone = true
		c.changed.Broadcast()
	}()
	for {
		head, err := out.ReadString('\n')
		if err != nil {
			return
		}
		n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(head, "Content-Length: ")))
		if err != nil {
			c.t.Errorf("a frame's head: %q", head)
			return
		}
		body := make([]byte, n+2)
		if _, err := io.ReadFull(out, body); err != nil {
			return
		}
		c.take(body[2:])
	}
}

func (c *client) take(body []byte) {
	var m message
	if id, ok := bytes.CutPrefix(body, []byte(`{"jsonrpc":"2.0","id":`)); ok && c.trusting && bytes.Contains(body[:min(len(body), 60)], []byte(`,"result":`)) {
		id, _, _ = bytes.Cut(id, []byte(","))
		m.ID = id
	} else if err := json.Unmarshal(body, &m); err != nil {
		c.t.Errorf("%s: %v", body, err)
		return
	}
	c.mu.Lock()
	asked := c.asked[string(m.ID)]
	c.mu.Unlock()
	if c.trusting {
	} else if err := validate(asked, m); err != nil {
		c.t.Errorf("not as the meta model wants: %v\n%.2000s", err, body)
	}
	if m.Method != "" && m.ID != nil {
		c.reply(m)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case m.Method == "":
		c.answers[string(m.ID)] = m
	case m.ID != nil:
		c.calls = append(c.calls, m)
	default:
		c.notes = append(c.notes, m)
	}
	c.changed.Broadcast()
}

// reply answers what the server asks.
func (c *client) reply(m message) {
	result := json.RawMessage("null")
	switch m.Method {
	case "workspace/configuration":
		result = json.RawMessage("[" + c.settings + "]")
	case "workspace/applyEdit":
		result = json.RawMessage(`{"applied":true}`)
	case "window/showDocument":
		result = json.RawMessage(`{"success":true}`)
	}
	c.write(message{ID: m.ID, Result: result})
}

// openText opens a text under a path.
func (c *client) openText(name, text string) {
	c.t.Helper()
	c.notify("textDocument/didOpen", &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: uriOf(filepath.ToSlash(name)), LanguageID: "etamil", Version: 1, Text: text,
	}})
}

// scanned waits until the folders were looked through.
func (c *client) scanned() {
	c.t.Helper()
	c.eventually("the look through the folders", func() bool { return c.server.current().disk.scanned })
}

// eventually waits for something that happens in the background.
func (c *client) eventually(what string, done func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(longest); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatalf("waiting for %s in vain", what)
		}
	}
}

// raw is JSON to be sent as it is.
func (c *client) raw(text string) json.RawMessage { return json.RawMessage(text) }
