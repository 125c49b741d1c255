package main

import (
	"encoding/json"
	"fmt"
	"time"
)

// operation is one line of the tables.
type operation struct {
	name   string
	target time.Duration // p95 at 10,000 lines; 0 is none
	// run does it once in a function of the text and answers what it took; nothing is a server that cannot.
	run func(e *editor, function int) ([]used, error)
}

const ms = time.Millisecond

// operations are measured in this order.
var operations = []operation{
	{"a line with a syntax error → its diagnostics", 10 * ms, func(e *editor, i int) ([]used, error) { return e.badLine(i, e.peer.syntax, 0) }},
	{"the line taken away → no diagnostics", 40 * ms, func(e *editor, i int) ([]used, error) { return e.badLine(i, e.peer.syntax, 1) }},
	{"a line with a type error → its diagnostics", 40 * ms, func(e *editor, i int) ([]used, error) { return e.badLine(i, e.peer.types, 0) }},
	{"completion right after a key", 15 * ms, (*editor).complete},
	{"hover", 5 * ms, (*editor).hover},
	{"definition", 5 * ms, (*editor).definition},
	{"semantic tokens, full", 0, (*editor).tokensFull},
	{"semantic tokens, delta right after a key", 8 * ms, (*editor).tokensDelta},
	{"semantic tokens, 50 lines", 0, (*editor).tokensRange},
	{"document symbols", 0, (*editor).symbols},
	{"rename", 15 * ms, (*editor).rename},
	{"format, whole", 250 * ms, (*editor).formatWhole},
	{"format, a changed declaration", 20 * ms, (*editor).formatPart},
}

// badLine puts a line with an error into a function and takes it away again; which of the two counts is 0 or 1.
func (e *editor) badLine(i int, line string, which int) ([]used, error) {
	at := place{e.peer.line(i) + 1, 0}
	appears, err := e.change(at, at, line, func(n int) bool { return n > 0 })
	if err != nil {
		return nil, err
	}
	if err := e.settle(); err != nil { // what is said later of the same version
		return nil, err
	}
	goes, err := e.change(at, place{at.line + 1, 0}, "", func(n int) bool { return n == 0 })
	return []used{[]used{appears, goes}[which]}, err
}

// typing types a letter into an empty line of a function, asks, and takes both away.
func (e *editor) typing(i int, ask func(after place) error) error {
	line := e.peer.line(i) + 2
	if err := e.edit(place{line, 0}, place{line, 0}, e.peer.blank); err != nil {
		return err
	}
	if err := e.settle(); err != nil {
		return err
	}
	at := place{line, e.peer.keyCol}
	if err := e.edit(at, at, e.peer.key); err != nil {
		return err
	}
	if err := ask(place{line, e.peer.keyCol + 1}); err != nil {
		return err
	}
	if err := e.edit(place{line, 0}, place{line + 1, 0}, ""); err != nil {
		return err
	}
	return e.settle()
}

func (e *editor) complete(i int) (list []used, err error) {
	err = e.typing(i, func(after place) error {
		u, _, err := e.ask("textDocument/completion", e.at(after), `"label"`)
		list = []used{u}
		return err
	})
	return list, err
}

func (e *editor) one(method string, params object, holds string) ([]used, error) {
	u, _, err := e.ask(method, params, holds)
	return []used{u}, err
}

func (e *editor) use(i int) place { return place{e.peer.line(i) + useLine, e.peer.useCol + 2} }

func (e *editor) hover(i int) ([]used, error) {
	return e.one("textDocument/hover", e.at(e.use(i)), `"contents"`)
}

func (e *editor) definition(i int) ([]used, error) {
	return e.one("textDocument/definition", e.at(e.use(i)), fmt.Sprintf(`"line":%d`, e.peer.line(i)))
}

// tokensFull asks for the colours of a whole text; gopls refuses long ones.
func (e *editor) tokensFull(int) ([]used, error) {
	if e.peer.language == "go" && e.parts > 100 {
		return nil, nil
	}
	u, result, err := e.ask("textDocument/semanticTokens/full", object{"textDocument": e.doc()}, "")
	var got struct {
		ResultID string
		Data     []uint32
	}
	if err != nil || json.Unmarshal(result, &got) != nil || len(got.Data) == 0 {
		return nil, err
	}
	e.resultID = got.ResultID
	return []used{u}, nil
}

func (e *editor) tokensDelta(i int) (list []used, err error) {
	if e.peer.language == "go" {
		return nil, nil // it has none
	}
	err = e.typing(i, func(place) error {
		u, result, err := e.ask("textDocument/semanticTokens/full/delta", object{"textDocument": e.doc(), "previousResultId": e.resultID}, `"edits"`)
		if err != nil {
			return err
		}
		var got struct{ ResultID string }
		list = []used{u}
		err = json.Unmarshal(result, &got)
		e.resultID = got.ResultID
		return err
	})
	return list, err
}

func (e *editor) tokensRange(i int) ([]used, error) {
	line := e.peer.line(min(i, e.parts-5))
	return e.one("textDocument/semanticTokens/range", object{"textDocument": e.doc(), "range": between(place{line, 0}, place{line + 50, 0})}, `"data":[`)
}

func (e *editor) symbols(int) ([]used, error) {
	return e.one("textDocument/documentSymbol", object{"textDocument": e.doc()}, `"selectionRange"`)
}

func (e *editor) rename(i int) ([]used, error) {
	p := e.at(e.use(i))
	p["newName"] = "fresh9"
	return e.one("textDocument/rename", p, fmt.Sprintf(`"line":%d`, e.peer.line(i)))
}

// messed asks for the layout of a text in which one line is not laid out.
func (e *editor) messed(i int, method string, params object) ([]used, error) {
	at := place{e.peer.line(i) + 1, 0}
	if err := e.edit(at, at, e.peer.messy); err != nil {
		return nil, err
	}
	if err := e.settle(); err != nil {
		return nil, err
	}
	params["textDocument"], params["options"] = e.doc(), object{"tabSize": 4, "insertSpaces": true}
	list, err := e.one(method, params, `"newText"`)
	if err != nil {
		return nil, err
	}
	if err := e.edit(at, place{at.line, len(e.peer.messy)}, ""); err != nil {
		return nil, err
	}
	return list, e.settle()
}

func (e *editor) formatWhole(i int) ([]used, error) {
	return e.messed(i, "textDocument/formatting", object{})
}

func (e *editor) formatPart(i int) ([]used, error) {
	if e.peer.language == "go" {
		return nil, nil // it has none
	}
	line := e.peer.line(i)
	return e.messed(i, "textDocument/rangeFormatting", object{"range": between(place{line, 0}, place{line + 6, 1})})
}
