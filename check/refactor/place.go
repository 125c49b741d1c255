package refactor

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// place is what stands at the selection. Its tree is that of the statements of the top level which the selection touches,
// with one more on either side; base is added to the tree's offsets to get those of the file. Tree is nil where they have
// syntax errors.
type place struct {
	*Request
	file *syntax.File
	tree *syntax.File
	base int
	span syntax.Span   // the selection without blanks around it, in the file
	path []syntax.Node // the nodes around the selection, the outermost first
}

func placeOf(r *Request) *place {
	f := r.Names.Program().Files[r.File]
	p := &place{Request: r, file: f, span: trimmed(f.Src, r.Span)}
	first, last := around(f, p.span)
	if first > last {
		return p
	}
	first, last = max(first-1, 0), min(last+1, len(f.Stmts)-1)
	p.base = f.Stmts[first].Span().Start + f.Base(first)
	end := f.Stmts[last].Span().End + f.Base(last)
	if p.base < 0 || end > len(f.Src) || p.base > end {
		return p
	}
	tree := syntax.Parse(f.Name, []byte(f.Src[p.base:end]))
	if tree.HasErrors() || len(tree.Stmts) != last-first+1 {
		return p
	}
	p.tree = tree
	p.findPath()
	return p
}

// trimmed is a span inside a text, without the blanks at its ends.
func trimmed(src string, s syntax.Span) syntax.Span {
	s.Start = min(max(s.Start, 0), len(src))
	s.End = min(max(s.End, s.Start), len(src))
	text := src[s.Start:s.End]
	if strings.TrimSpace(text) == "" {
		return syntax.Span{Start: s.Start, End: s.Start}
	}
	s.Start += len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	s.End -= len(text) - len(strings.TrimRightFunc(text, unicode.IsSpace))
	return s
}

// around are the first and last statement of the top level that a span touches.
func around(f *syntax.File, span syntax.Span) (first, last int) {
	first = sort.Search(len(f.Stmts), func(i int) bool { return f.Stmts[i].Span().End+f.Base(i) >= span.Start })
	last = sort.Search(len(f.Stmts), func(i int) bool { return f.Stmts[i].Span().Start+f.Base(i) > span.End }) - 1
	return first, last
}

// findPath finds the nodes around the selection. Of two that meet at a cursor the later one is taken.
func (p *place) findPath() {
	for _, s := range p.tree.Stmts {
		syntax.Walk(s, func(n syntax.Node) bool {
			at := p.at(n)
			if at.Start > p.span.Start || at.End < p.span.End || at.Start == at.End {
				return false
			}
			for len(p.path) > 0 && !inside(at, p.at(p.path[len(p.path)-1])) {
				p.path = p.path[:len(p.path)-1]
			}
			p.path = append(p.path, n)
			return true
		})
	}
}

func inside(a, b syntax.Span) bool { return a.Start >= b.Start && a.End <= b.End }

// at is where a node of the tree stands in the file.
func (p *place) at(n syntax.Node) syntax.Span { return n.Span().Shift(p.base) }

// text is what a node is written as.
func (p *place) text(n syntax.Node) string { return p.slice(p.at(n)) }

func (p *place) slice(s syntax.Span) string { return p.file.Src[s.Start:s.End] }

// tok is where a token stands in the file.
func (p *place) tok(t *syntax.Token) syntax.Span {
	return syntax.Span{Start: t.Pos.Offset + p.base, End: t.Pos.Offset + p.base + len(t.Value)}
}

func (p *place) edit(at syntax.Span, text string) diag.Edit {
	return diag.Edit{File: p.file.Name, Span: at, Text: text}
}

// put is the edit that writes text in place of a node.
func (p *place) put(n syntax.Node, text string) diag.Edit { return p.edit(p.at(n), text) }

// before is the edit that writes a statement before another one.
func (p *place) before(s syntax.Stmt, text string) diag.Edit {
	at := p.at(s).Start
	return p.edit(syntax.Span{Start: at, End: at}, text+"\n")
}

// drop is the edit that takes a statement away, with its line where it stands alone on it.
func (p *place) drop(s syntax.Stmt) diag.Edit { return p.edit(wholeLines(p.file.Src, p.at(s)), "") }

// wholeLines widens a span to its lines where nothing else stands on them but a comment behind it.
func wholeLines(src string, at syntax.Span) syntax.Span {
	start := strings.LastIndexByte(src[:at.Start], '\n') + 1
	end := len(src)
	if n := strings.IndexByte(src[at.End:], '\n'); n >= 0 {
		end = at.End + n + 1
	}
	if strings.TrimSpace(src[start:at.Start]) != "" || strings.TrimSpace(src[at.End:end]) != "" && !strings.HasPrefix(strings.TrimSpace(src[at.End:end]), "//") {
		return at
	}
	return syntax.Span{Start: start, End: end}
}

// stmt is the statement at whose own words the selection is: inside one of its expressions, but in no block of it.
func (p *place) stmt() syntax.Stmt {
	for _, n := range slices.Backward(p.path) {
		switch s := n.(type) {
		case *syntax.Block:
			return nil
		case *syntax.VarDecl, *syntax.AssignStmt, *syntax.ImportStmt, *syntax.WhileStmt:
			if one := s.(syntax.Stmt); p.starts(one) { //nolint:forcetypeassert // all of them are
				return one
			}
			return nil
		case syntax.Stmt:
			return s
		}
	}
	return nil
}

// innermost is the innermost node of a type around the selection, in the same statement.
func innermost[T syntax.Node](p *place) (found T, ok bool) {
	for _, n := range slices.Backward(p.path) {
		if t, is := n.(T); is {
			return t, true
		}
		switch n.(type) {
		case *syntax.Block, syntax.Stmt:
			return found, false
		}
	}
	return found, false
}

// enclosing is the innermost node of a type around the selection, wherever.
func enclosing[T syntax.Node](p *place) (found T, ok bool) {
	for _, n := range slices.Backward(p.path) {
		if t, is := n.(T); is {
			return t, true
		}
	}
	return found, false
}

// parent is the node around a node of the path.
func (p *place) parent(n syntax.Node) syntax.Node {
	if i := slices.Index(p.path, n); i > 0 {
		return p.path[i-1]
	}
	return nil
}

// siblings are the statements among which one of the path stands, and its place among them; nil where it is a part of
// another statement, as a method or an else-if is.
func (p *place) siblings(s syntax.Stmt) ([]syntax.Stmt, int) {
	if !p.starts(s) {
		return nil, -1
	}
	list := p.tree.Stmts
	if b, ok := p.parent(s).(*syntax.Block); ok {
		list = b.Stmts
	} else if p.parent(s) != nil {
		return nil, -1
	}
	return list, slices.Index(list, s)
}

// starts tells whether nothing stands before a statement that belongs to it: a word there may be passed over, as A in A f();.
func (p *place) starts(s syntax.Stmt) bool {
	i := sort.Search(len(p.tree.Tokens), func(i int) bool { return p.tree.Tokens[i].Pos.Offset >= s.Span().Start })
	if i == 0 {
		return true
	}
	switch p.tree.Tokens[i-1].Type {
	case syntax.Semi, syntax.LBrace, syntax.RBrace:
		return true
	}
	return false
}

// next is the statement behind one.
func (p *place) next(s syntax.Stmt) syntax.Stmt {
	list, i := p.siblings(s)
	if i < 0 || i+1 >= len(list) {
		return nil
	}
	return list[i+1]
}

// selected are the statements of one block that the selection covers exactly; a cursor selects none.
func (p *place) selected() []syntax.Stmt {
	if p.span.Start == p.span.End {
		return nil
	}
	list := p.tree.Stmts
	if len(p.path) > 0 {
		i := len(p.path) - 1
		for i >= 0 {
			if b, ok := p.path[i].(*syntax.Block); ok && p.at(b) != p.span {
				list = b.Stmts
				break
			}
			i--
		}
		if i < 0 {
			list = p.tree.Stmts
		}
	}
	var out []syntax.Stmt
	for _, s := range list {
		at := p.at(s)
		switch {
		case at.End <= p.span.Start || at.Start >= p.span.End:
		case inside(at, p.span):
			out = append(out, s)
		default:
			return nil
		}
	}
	if len(out) == 0 || !p.starts(out[0]) || !blank(p.file.Src[p.span.Start:p.at(out[0]).Start]) || !blank(p.file.Src[p.at(out[len(out)-1]).End:p.span.End]) {
		return nil
	}
	return out
}

// blank tells a text of comments and blanks.
func blank(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			return false
		}
	}
	return true
}

// selectedExpr is the expression that the selection covers exactly.
func (p *place) selectedExpr() syntax.Expr {
	for _, n := range slices.Backward(p.path) {
		if x, ok := n.(syntax.Expr); ok && p.at(n) == p.span {
			return x
		}
	}
	return nil
}

// outside are the nodes around the selection that are larger than it.
func (p *place) outside() []syntax.Node {
	n := len(p.path)
	for n > 0 && p.span.Start < p.span.End && inside(p.at(p.path[n-1]), p.span) {
		n--
	}
	return p.path[:n]
}

// top is the statement of the top level around the end of the selection.
func (p *place) top() syntax.Stmt {
	last := p.tree.Stmts[0]
	for _, s := range p.tree.Stmts {
		if p.at(s).Start < max(p.span.End, p.span.Start+1) {
			last = s
		}
	}
	return last
}

// symbol is what a name means.
func (p *place) symbol(n syntax.Node) (index.Symbol, bool) {
	o, ok := p.Names.At(p.File, p.at(n).Start)
	return o.Symbol, ok && o.Symbol.Kind != index.None && len(o.Also) == 0
}

// kind is what an expression is known to be.
func (p *place) kind(n syntax.Node) check.Kind {
	if p.Info == nil {
		return check.Unknown
	}
	t, _ := p.Info.TypeOf(p.File, p.at(n))
	return t.Kind()
}

// losesComments tells whether edits of a file take comments away that they do not write again.
func (p *place) losesComments(edits []diag.Edit) bool {
	had, have := "", ""
	for _, e := range edits {
		if e.File == p.file.Name {
			had += comments(p.slice(e.Span))
			have += comments(e.Text)
		}
	}
	return len(had) > len(have)
}

// comments are the comments of a text.
func comments(text string) string {
	if !strings.Contains(text, "//") {
		return ""
	}
	var b strings.Builder
	toks, _ := syntax.Lex(text)
	end := 0
	for i := range toks {
		at := min(toks[i].Pos.Offset, len(text))
		if at > end {
			b.WriteString(strings.Join(strings.Fields(text[end:at]), " "))
		}
		end = max(end, at+len(toks[i].Value))
	}
	return b.String()
}
