package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// editor is a client with one text open.
type editor struct {
	*client
	uri      string
	version  int
	parts    int // functions of the text
	resultID string
}

func uriOf(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// initialize begins a session in a folder.
func (c *client) initialize(dir string) error {
	text := object{
		"publishDiagnostics": object{"versionSupport": true},
		"completion":         object{"completionItem": object{"snippetSupport": true, "resolveSupport": object{"properties": []string{"documentation"}}}},
		"hover":              object{"contentFormat": []string{"markdown"}},
		"documentSymbol":     object{"hierarchicalDocumentSymbolSupport": true},
		"semanticTokens": object{
			"requests": object{"range": true, "full": object{"delta": true}}, "formats": []string{"relative"},
			"tokenTypes":     []string{"namespace", "type", "parameter", "variable", "property", "function", "method", "keyword", "comment", "string", "number", "operator"},
			"tokenModifiers": []string{"declaration", "definition", "readonly"},
		},
	}
	_, err := c.call("initialize", object{
		"processId": os.Getpid(), "rootUri": uriOf(dir), "locale": "en", "initializationOptions": c.peer.settings,
		"workspaceFolders": []object{{"uri": uriOf(dir), "name": filepath.Base(dir)}},
		"capabilities": object{
			"general": object{"positionEncodings": []string{"utf-16"}}, "textDocument": text,
			"workspace": object{"configuration": true, "workspaceFolders": true}, "window": object{"workDoneProgress": true},
		},
	})
	if err != nil {
		return err
	}
	return c.notify("initialized", object{})
}

// open opens a file as it is on the disk, and waits until all is known of it.
func (c *client) open(path string, parts int) (*editor, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	e := &editor{client: c, uri: uriOf(path), version: 1, parts: parts}
	if err := c.notify("textDocument/didOpen", object{"textDocument": object{"uri": e.uri, "languageId": c.peer.language, "version": 1, "text": string(text)}}); err != nil {
		return nil, err
	}
	return e, e.settle()
}

type place struct{ line, col int }

func (p place) json() object { return object{"line": p.line, "character": p.col} }

func between(a, b place) object { return object{"start": a.json(), "end": b.json()} }

func (e *editor) doc() object { return object{"uri": e.uri} }

func (e *editor) at(p place) object {
	return object{"textDocument": e.doc(), "position": p.json()}
}

// edit replaces a part of the text.
func (e *editor) edit(from, to place, text string) error {
	e.version++
	return e.notify("textDocument/didChange", object{
		"textDocument":   object{"uri": e.uri, "version": e.version},
		"contentChanges": []object{{"range": between(from, to), "text": text}},
	})
}

// settle waits until the server has seen all edits and knows types again. The place is one that no edit moves.
func (e *editor) settle() error {
	_, err := e.call("textDocument/hover", e.at(place{e.peer.line(0), e.peer.declCol}))
	return err
}

// published waits for the diagnostics of the newest version; enough tells from their number whether they are those.
func (e *editor) published(enough func(count int) bool) (at time.Time, err error) {
	err = e.wait("an edit", func() bool {
		p, ok := e.found[e.uri]
		at = p.at
		return ok && p.version == e.version && enough(p.count)
	})
	return at, err
}

// used is what something took.
type used struct{ wall, cpu time.Duration }

// ask is a request that is measured. Its answer must have what is looked for, unless that is "".
func (e *editor) ask(method string, params object, holds string) (used, json.RawMessage, error) {
	before, err := e.cpu()
	if err != nil {
		return used{}, nil, err
	}
	result, wall, err := e.timed(method, params)
	if err != nil {
		return used{}, nil, err
	}
	after, err := e.cpu()
	if err == nil && !bytes.Contains(result, []byte(holds)) {
		err = fmt.Errorf("%s: the answer to %s has no %q: %.300s", e.peer.name, method, holds, result)
	}
	return used{wall, after - before}, result, err
}

// change is an edit that is measured until its diagnostics are there.
func (e *editor) change(from, to place, text string, enough func(int) bool) (used, error) {
	before, err := e.cpu()
	if err != nil {
		return used{}, err
	}
	start := time.Now()
	if err := e.edit(from, to, text); err != nil {
		return used{}, err
	}
	at, err := e.published(enough)
	if err != nil {
		return used{}, err
	}
	after, err := e.cpu()
	return used{at.Sub(start), after - before}, err
}
