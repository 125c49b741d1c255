package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/lsp"
	"github.com/etamil-lang/etamil/lsp/rpc"
)

// editor is a client of the language server in the same process; columns are bytes. Every call waits for its answer.
type editor struct {
	t    *testing.T
	in   io.Writer
	out  *bufio.Reader
	next int
}

// editorCaps is an editor that knows versions and notes of edits.
const editorCaps = `{"general":{"positionEncodings":["utf-8"]},
"workspace":{"workspaceEdit":{"documentChanges":true,"changeAnnotationSupport":{}}},"textDocument":{"rename":{"prepareSupport":true}}}`

// startEditor connects an editor to a server of the real files.
func startEditor(t *testing.T) *editor {
	t.Helper()
	fromClient, in := io.Pipe()
	out, toClient := io.Pipe()
	server := lsp.New(lsp.Options{Source: files(), Disk: disk{}, Version: "test"})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(context.Background(), rpc.Pipe(fromClient, toClient)) // it says that nobody said goodbye
		_ = toClient.Close()
	}()
	e := &editor{t: t, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, e.out)
		<-ended
	})
	e.call("initialize", `{"processId":null,"rootUri":null,"locale":"en","capabilities":`+editorCaps+`}`)
	e.write(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	return e
}

func (e *editor) write(body string) {
	e.t.Helper()
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		e.t.Fatal(err)
	}
}

// call sends a request and waits for its answer; what else the server says meanwhile is passed over.
func (e *editor) call(method, params string) (json.RawMessage, string) {
	e.t.Helper()
	e.next++
	e.write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, e.next, method, params))
	for {
		var n int
		if _, err := fmt.Fscanf(e.out, "Content-Length: %d\r\n\r\n", &n); err != nil {
			e.t.Fatal(method, err)
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(e.out, body); err != nil {
			e.t.Fatal(method, err)
		}
		var m struct {
			ID     json.RawMessage
			Method string
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(body, &m); err != nil {
			e.t.Fatal(method, err)
		}
		if m.Method != "" || string(m.ID) != fmt.Sprint(e.next) {
			continue
		}
		if m.Error != nil {
			return nil, m.Error.Message
		}
		return m.Result, ""
	}
}

// fileURI is the URI of a path.
func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

func (e *editor) open(path, text string) {
	e.t.Helper()
	raw, err := json.Marshal(text)
	if err != nil {
		e.t.Fatal(err)
	}
	e.write(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"languageId":"etamil","version":1,"text":%s}}}`,
		fileURI(path), raw))
}

func (e *editor) close(path string) {
	e.t.Helper()
	e.write(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":%q}}}`, fileURI(path)))
}

// at are the parameters of a request about a place in bytes, with more fields.
func (e *editor) at(path, text string, offset int, more string) string {
	line, start := lineOf(text, offset)
	return fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":%d,"character":%d}%s}`, fileURI(path), line, offset-start, more)
}

func lineOf(text string, offset int) (line, start int) {
	return strings.Count(text[:offset], "\n"), strings.LastIndexByte(text[:offset], '\n') + 1
}

// textChange is an edit of a text, in bytes.
type textChange struct {
	start, end int
	text       string
	confirm    bool // people have to say yes to it
}

// changes reads a workspace edit with the texts that it is of, by path.
func (e *editor) changes(raw json.RawMessage, texts map[string]string) map[string][]textChange {
	e.t.Helper()
	type place struct{ Line, Character int }
	var edit struct {
		DocumentChanges []struct {
			TextDocument struct{ URI string }
			Edits        []struct {
				Range        struct{ Start, End place }
				NewText      string
				AnnotationID string
			}
		}
		ChangeAnnotations map[string]struct{ NeedsConfirmation bool }
	}
	if err := json.Unmarshal(raw, &edit); err != nil {
		e.t.Fatal(err)
	}
	all := map[string][]textChange{}
	for _, doc := range edit.DocumentChanges {
		u, err := url.Parse(doc.TextDocument.URI)
		if err != nil {
			e.t.Fatal(err)
		}
		lines := strings.SplitAfter(texts[u.Path], "\n")
		offset := func(p place) int { return len(strings.Join(lines[:p.Line], "")) + p.Character }
		for _, one := range doc.Edits {
			all[u.Path] = append(all[u.Path], textChange{
				offset(one.Range.Start), offset(one.Range.End), one.NewText, edit.ChangeAnnotations[one.AnnotationID].NeedsConfirmation,
			})
		}
	}
	return all
}

// changed is a text after changes, which must not overlap.
func changed(t *testing.T, text string, list []textChange) string {
	t.Helper()
	slices.SortFunc(list, func(a, b textChange) int { return a.start - b.start })
	var out strings.Builder
	end := 0
	for _, c := range list {
		if c.start < end || c.end < c.start || c.end > len(text) {
			t.Fatalf("edits overlap: %+v", list)
		}
		out.WriteString(text[end:c.start] + c.text)
		end = c.end
	}
	return out.String() + text[end:]
}
