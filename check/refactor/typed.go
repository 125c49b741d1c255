package refactor

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// typed answers an action of this file that lets the language see more or fewer types, unless the program would not be
// allowed to run then: the language looks less far than inference does, and takes what it cannot see.
func (p *place) typed(a Action) []Action {
	if a.Disabled != (Text{}) {
		return one(a)
	}
	prog := *p.Names.Program()
	edits := ordered(a.raw)
	var items []module.Item
	for _, it := range prog.Items {
		if it.File == p.File {
			stmt, base, ok := p.edited(it, edits)
			if !ok {
				continue
			}
			it.Stmt, it.Base = stmt, base
		}
		items = append(items, it)
	}
	prog.Items = items
	if len(check.Core(&prog)) > len(check.Core(p.Names.Program())) {
		a.Disabled = Text{"அப்போது வகைகள் பொருந்தாது; நிரல் ஏற்கப்படாது", "the types would not fit, and the program would not be accepted"}
	}
	return one(a)
}

// edited is a statement of the top level after the edits; false where it is gone or cannot be read.
func (p *place) edited(it module.Item, edits []diag.Edit) (syntax.Stmt, int, bool) {
	at := it.Stmt.Span().Shift(it.Base)
	var text strings.Builder
	end, touched := at.Start, false
	for _, e := range edits {
		switch {
		case inside(at, e.Span):
			return nil, 0, false
		case inside(e.Span, at):
			touched = true
			text.WriteString(p.slice(syntax.Span{Start: end, End: e.Span.Start}) + e.Text)
			end = e.Span.End
		}
	}
	if !touched {
		return it.Stmt, it.Base, true
	}
	text.WriteString(p.slice(syntax.Span{Start: end, End: at.End}))
	f := syntax.Parse(p.file.Name, []byte(text.String()))
	if len(f.Stmts) == 0 || f.HasErrors() {
		return nil, 0, false
	}
	return f.Stmts[0], 0, true
}
