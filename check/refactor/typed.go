package refactor

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// typed answers an action that lets the language see more or fewer types, unless the program would not be
// allowed to run then: the language looks less far than inference does, and takes what it cannot see.
func (p *place) typed(a Action) []Action {
	if a.Disabled != (Text{}) {
		return one(a)
	}
	prog := *p.Names.Program()
	edits := ordered(a.raw)
	var items []module.Item
	for _, it := range prog.Items {
		stmt, base, ok := edited(prog.Files[it.File], it, edits)
		if !ok {
			continue
		}
		it.Stmt, it.Base = stmt, base
		items = append(items, it)
	}
	prog.Items = items
	if len(check.Core(&prog)) > len(check.Core(p.Names.Program())) {
		a.Disabled = Text{"அப்போது வகைகள் பொருந்தாது; நிரல் ஏற்கப்படாது", "the types would not fit, and the program would not be accepted"}
	}
	return one(a)
}

// edited is a statement of the top level after the edits; false where it is gone or cannot be read.
func edited(f *syntax.File, it module.Item, edits []diag.Edit) (syntax.Stmt, int, bool) {
	at := it.Stmt.Span().Shift(it.Base)
	var text strings.Builder
	end, touched := at.Start, false
	for _, e := range edits {
		switch {
		case e.File != f.Name:
		case inside(at, e.Span):
			return nil, 0, false
		case inside(e.Span, at):
			touched = true
			text.WriteString(f.Src[end:e.Span.Start] + e.Text)
			end = e.Span.End
		}
	}
	if !touched {
		return it.Stmt, it.Base, true
	}
	text.WriteString(f.Src[end:at.End])
	fresh := syntax.Parse(f.Name, []byte(text.String()))
	if len(fresh.Stmts) == 0 || fresh.HasErrors() {
		return nil, 0, false
	}
	return fresh.Stmts[0], 0, true
}
