package format

import (
	"sort"

	"github.com/etamil-lang/etamil/syntax"
)

// sep is what stands between a token and the one before it.
type sep uint8

const (
	sepAuto   sep = iota // as the two tokens ask: nothing or a space
	sepNone              // nothing
	sepSpace             // a space
	sepClause            // a space; after a comment a new line that is not moved to the right
	sepLine              // a space or a new line, as the group says
	sepSoft              // nothing or a new line, as the group says
	sepFill              // a space, or a new line where the next part does not fit
	sepHard              // a new line
)

// pin is what a comment about a line makes of the place before a token, whatever the tree says.
type pin uint8

const (
	pinNone pin = iota
	pinFlat     // the line goes on
	pinHard     // it ends
)

// mark is what the tree says of one token: everything that the layout needs to know.
type mark struct {
	pair  int32 // of a bracket: the other one, or 0
	ends  uint16
	begin uint16 // groups that start before the token
	in    uint16 // indentations that start behind the token
	force uint16 // those that do not ask their group
	out   uint16 // indentations that end before the token
	outs  uint16 // and behind it
	sep   sep
	pin   pin
	item  bool // an empty line before the token is kept
	raw   bool // it stands between fmt: off and fmt: on
}

// marker walks the tree and fills the marks.
type marker struct {
	f     *syntax.File
	toks  []syntax.Token
	marks []mark
	// comments is how many comments stand before each token from the start of the file.
	comments []int32
	last     int // the token that was found last
	chain    int // inner nodes of an operator chain that the outermost one has dealt with
	links    int // the same of calls and fields
	tables   []table
}

// newMarker reads brackets and comments off the tokens.
func newMarker(f *syntax.File) *marker {
	n := len(f.Tokens)
	m := &marker{f: f, toks: f.Tokens, marks: make([]mark, n), comments: make([]int32, n+1)}
	var open []int32
	end := 0
	for i := range f.Tokens {
		t := &f.Tokens[i]
		m.comments[i+1] = m.comments[i] + int32(commentsIn(f.Src[end:t.Pos.Offset]))
		end = t.Pos.Offset + len(t.Value)
		switch t.Type {
		case syntax.LParen, syntax.LBrack, syntax.LBrace:
			open = append(open, int32(i))
		case syntax.RParen, syntax.RBrack, syntax.RBrace:
			if k := len(open); k > 0 { // always: the file has no errors
				m.marks[i].pair, m.marks[open[k-1]].pair = open[k-1], int32(i)
				open = open[:k-1]
			}
		}
	}
	return m
}

// at finds the token that starts at an offset or is the first behind it. Most questions come in order.
func (m *marker) at(off int) int {
	for k := m.last; k < len(m.toks) && k < m.last+24; k++ {
		if m.toks[k].Pos.Offset >= off {
			if k == m.last && k > 0 && m.toks[k-1].Pos.Offset >= off {
				break
			}
			m.last = k
			return k
		}
	}
	m.last = sort.Search(len(m.toks), func(i int) bool { return m.toks[i].Pos.Offset >= off })
	return m.last
}

func (m *marker) first(n syntax.Node) int { return m.at(n.Span().Start) }

// begin finds the first token of a statement, with the words before it that the language reads over.
func (m *marker) begin(s syntax.Stmt) int {
	i := m.first(s)
	for i > 0 {
		switch m.toks[i-1].Type {
		case syntax.Semi, syntax.LBrace, syntax.RBrace:
			return i
		}
		i--
	}
	return i
}

// end finds the last token of a node.
func (m *marker) end(n syntax.Node) int { return m.at(n.Span().End) - 1 }

func (m *marker) tok(t *syntax.Token) int { return m.at(t.Pos.Offset) }

// commented tells whether comments stand between two tokens.
func (m *marker) commented(from, to int) bool { return m.comments[to+1] > m.comments[from+1] }

// wish tells whether the author ended the line behind a token.
func (m *marker) wish(i int) bool {
	end := m.toks[i].Pos.Offset + len(m.toks[i].Value)
	for _, c := range []byte(m.f.Src[end:m.toks[i+1].Pos.Offset]) {
		if c == '\n' {
			return true
		}
	}
	return false
}

// file marks the whole tree.
func (m *marker) file() {
	for _, s := range m.f.Stmts {
		i := m.begin(s)
		m.marks[i].sep, m.marks[i].item = sepHard, true
	}
	syntax.Walk(m.f, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.File:
		case syntax.Expr:
			m.expr(n)
		case syntax.Stmt:
			m.stmt(n)
		case *syntax.Type:
			m.typ(n)
		case *syntax.Signature:
			m.signature(n)
		case *syntax.FieldDecl:
			if n.Rule != nil {
				m.paren(m.first(n.Rule) - 1)
			}
		}
		return true
	})
	m.pins()
}

// group makes tokens i to j a group.
func (m *marker) group(i, j int) {
	m.marks[i].begin++
	m.marks[j].ends++
}

// inner moves what stands between two brackets to the right.
func (m *marker) inner(open, close int) {
	m.marks[open].in++
	m.marks[close].out++
}

// list lays out brackets with parts between commas: all on one line or each on its own. pad is what stands inside the
// brackets on one line: sepSoft nothing, sepLine a space.
func (m *marker) list(open int, starts []int, pad sep) {
	close := int(m.marks[open].pair)
	if len(starts) == 0 {
		m.marks[close].sep = sepNone
		m.inner(open, close)
		return
	}
	m.group(open, close)
	m.inner(open, close)
	for k, i := range starts {
		m.marks[i].sep, m.marks[i].item = sepLine, k > 0
	}
	m.marks[starts[0]].sep, m.marks[close].sep = pad, pad
}

// broken makes the lines of a list new lines.
func (m *marker) broken(first int) { m.marks[first].sep = sepHard }

// paren lays out an expression in brackets.
func (m *marker) paren(open int) {
	m.list(open, []int{open + 1}, sepSoft)
}

// typ keeps the arguments of a type close to its name.
func (m *marker) typ(t *syntax.Type) {
	if len(t.Args) > 0 {
		m.marks[m.tok(&t.Name.Tok)+1].sep = sepNone
	}
}

// signature lays out parameters.
func (m *marker) signature(s *syntax.Signature) {
	open := m.tok(&s.Open)
	m.marks[open].sep = sepNone
	starts := make([]int, 0, 8)
	for _, p := range s.Params {
		i := m.first(p)
		if p.Fixed {
			i--
		}
		starts = append(starts, i)
	}
	m.list(open, starts, sepSoft)
}

// block lays out statements in braces. It stays on one line where the author left it there and it holds one statement
// without a block of its own; group tells that the block decides for itself and not with its statement.
func (m *marker) block(b *syntax.Block, group bool) {
	open := m.tok(&b.Open)
	close := int(m.marks[open].pair)
	m.marks[open].sep = sepClause
	m.inner(open, close)
	if len(b.Stmts) == 0 {
		m.marks[close].sep = sepNone
		return
	}
	if group {
		m.group(open, close)
	}
	kind := sepLine
	if len(b.Stmts) > 1 || m.wish(open) || hasBlock(b.Stmts[0]) {
		kind = sepHard
	}
	for k, s := range b.Stmts {
		i := m.begin(s)
		if k == 0 {
			i = open + 1 // with the semicolons before it
		}
		m.marks[i].sep, m.marks[i].item = kind, k > 0
	}
	m.marks[close].sep = kind
}

// hasBlock tells statements that hold others.
func hasBlock(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.FuncDecl, *syntax.ShapeDecl, *syntax.IfStmt, *syntax.WhileStmt, *syntax.EachStmt, *syntax.RouteStmt,
		*syntax.EveryStmt, *syntax.TryStmt, *syntax.RetryStmt, *syntax.TimeoutStmt:
		return true
	case *syntax.WordStmt:
		return s.Body != nil
	case *syntax.ExprStmt:
		c, ok := s.X.(*syntax.CallExpr)
		return ok && c.Block != nil
	}
	return false
}
