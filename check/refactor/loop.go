package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// counted is a சுற்று that counts through an array: i = 0; (i < நீளம்(list)) சுற்று { … list[i] … i = i + 1; }.
type counted struct {
	start *syntax.AssignStmt
	loop  *syntax.WhileStmt
	i     *syntax.NameExpr
	list  *syntax.NameExpr
	step  *syntax.AssignStmt
}

// eachLoop turns a counting loop into ஒவ்வொரு.
func eachLoop(p *place) []Action {
	w, ok := p.stmt().(*syntax.WhileStmt)
	if !ok || !whole(w.Body) {
		return nil
	}
	c, ok := p.counted(w)
	if !ok {
		return nil
	}
	a := Action{ID: "each-loop", Title: Text{"ஒவ்வொரு சுற்றாக்கு", "Turn into ஒவ்வொரு"}}
	item := p.fresh("உருப்படி", "item")
	reads, why := p.elements(c)
	if a.Disabled = why; why != (Text{}) {
		return one(a)
	}
	var b strings.Builder
	end := p.tok(&w.Body.Open).End
	for _, at := range reads {
		b.WriteString(p.slice(syntax.Span{Start: end, End: at.Start}) + item)
		end = at.End
	}
	b.WriteString(p.slice(syntax.Span{Start: end, End: p.at(c.step).Start}))
	b.WriteString(p.slice(syntax.Span{Start: p.at(c.step).End, End: p.tok(&w.Body.Close).Start}))
	head := p.word("ஒவ்வொரு") + " " + item + " " + p.word("இல்") + " " + p.text(c.list) + " "
	a.raw = []diag.Edit{p.drop(c.start), p.put(w, head+block(strings.TrimRight(b.String(), " \t\n")))}
	return one(a)
}

// counted reads a loop of that form.
func (p *place) counted(w *syntax.WhileStmt) (c counted, ok bool) {
	list, n := p.siblings(w)
	cond, isLess := w.Cond.(*syntax.BinaryExpr)
	if n < 1 || !isLess || cond.Op.Type != syntax.Lt || len(w.Body.Stmts) < 2 {
		return c, false
	}
	c.loop = w
	c.i, ok = cond.X.(*syntax.NameExpr)
	length, call := cond.Y.(*syntax.CallExpr)
	if !ok || !call || len(length.Args) != 1 {
		return c, false
	}
	fn, isName := length.Fn.(*syntax.NameExpr)
	c.list, ok = length.Args[0].(*syntax.NameExpr)
	if !ok || !isName || fn.Word == nil || fn.Word.Tamil[0] != "நீளம்" {
		return c, false
	}
	if sym, known := p.symbol(fn); !known || sym.Kind != index.Builtin {
		return c, false
	}
	c.start, ok = list[n-1].(*syntax.AssignStmt)
	if !ok || p.text(c.start.Target) != c.i.Text || p.text(c.start.Value) != "0" {
		return c, false
	}
	c.step, ok = w.Body.Stmts[len(w.Body.Stmts)-1].(*syntax.AssignStmt)
	if !ok || p.text(c.step.Target) != c.i.Text {
		return c, false
	}
	sum, isSum := c.step.Value.(*syntax.BinaryExpr)
	return c, isSum && sum.Op.Type == syntax.Plus && p.text(sum.X) == c.i.Text && p.text(sum.Y) == "1"
}

// elements are the places list[i] in the loop, or why it has to count.
func (p *place) elements(c counted) (reads []syntax.Span, why Text) {
	if p.kind(c.list) != check.Array {
		return nil, Text{c.list.Text + " ஓர் அணி எனத் தெரியவில்லை", c.list.Text + " is not known to be an array"}
	}
	if has(c.loop.Body, func(m syntax.Node) bool { _, is := m.(*syntax.ContinueStmt); return is }) {
		return nil, Text{"தொடர் எண்ணிக்கையைத் தாண்டிவிடும்", "தொடர் would skip the counting"}
	}
	other := Text{c.i.Text + " வேறு எதற்கும் பயன்படுகிறது", c.i.Text + " is used for something else too"}
	counter, okI := p.symbol(c.i)
	list, okL := p.symbol(c.list)
	if !okI || !okL {
		return nil, other
	}
	body := p.at(c.loop.Body)
	syntax.Walk(c.loop.Body, func(n syntax.Node) bool {
		x, ok := n.(*syntax.IndexExpr)
		if ok && isNamed(x.X, c.list.Text) && isNamed(x.Index, c.i.Text) {
			reads = append(reads, p.at(x))
		}
		return true
	})
	for _, o := range p.Names.Occurrences(counter) {
		known := o.Span == p.at(c.start.Target) || o.Span == p.at(c.i) || inside(o.Span, p.at(c.step)) ||
			slices.ContainsFunc(reads, func(at syntax.Span) bool { return inside(o.Span, at) })
		if o.File != p.File || !known {
			return nil, other
		}
	}
	for _, o := range p.Names.Occurrences(list) {
		if inside(o.Span, body) && o.Access == index.Write {
			return nil, Text{c.list.Text + " சுற்றுக்குள் மாற்றப்படுகிறது", c.list.Text + " is changed in the loop"}
		}
	}
	return reads, Text{}
}

func isNamed(x syntax.Expr, name string) bool {
	n, ok := x.(*syntax.NameExpr)
	return ok && n.Text == name
}

// wrapTry puts the selected statements into a முயல்.
func wrapTry(p *place) []Action {
	list := p.selected()
	if list == nil || blank(p.slice(p.span)) || slices.ContainsFunc(list, func(s syntax.Stmt) bool { return declares(s) }) {
		return nil
	}
	a := Action{ID: "wrap-try", Title: Text{"முயல் தொகுதிக்குள் வை", "Put into முயல்"}}
	switch {
	case slices.ContainsFunc(list, func(s syntax.Stmt) bool {
		return has(s, func(m syntax.Node) bool { _, is := m.(*syntax.TryExpr); return is })
	}):
		a.Disabled = Text{"? இனி செயலைவிட்டு வெளியேறாது", "? would no longer leave the function"}
		return one(a)
	case p.caught():
		a.Disabled = Text{"இங்கு நேரும் பிழை ஏற்கெனவே பிடிக்கப்படுகிறது", "an error here is caught already"}
		return one(a)
	case p.answers(list):
		a.Disabled = Text{"கடைசிக் கூற்று தொகுதியின் மதிப்பு", "the last statement is the value of its block"}
		return one(a)
	}
	name := p.fresh("பிழைவிவரம்", "problem")
	text := p.word("முயல்") + " " + block(p.slice(p.span)) + " " + p.word("பிழை") + " (" + name + ") {\n" +
		p.word("அச்சு") + " " + name + "." + "செய்தி" + ";\n}"
	a.raw = []diag.Edit{p.edit(p.span, text)}
	return one(a)
}
