package format

import "github.com/etamil-lang/etamil/syntax"

// expr marks an expression; its parts come after it.
func (m *marker) expr(x syntax.Expr) {
	switch x := x.(type) {
	case *syntax.BinaryExpr:
		m.operators(x)
	case *syntax.CompareChain:
		for k := range x.Ops {
			m.marks[m.tok(&x.Ops[k])].sep = sepLine
		}
		m.continued(x, m.end(x.Operands[0]))
	case *syntax.UnaryExpr:
		if x.Op.Type == syntax.Minus {
			i := m.tok(&x.Op) + 1
			if m.toks[i].Type != syntax.Minus {
				m.marks[i].sep = sepNone
			}
		}
	case *syntax.ParenExpr:
		m.paren(m.tok(&x.Open))
	case *syntax.ArrayLit:
		m.array(x)
	case *syntax.RecordLit:
		m.record(x)
	case *syntax.LambdaExpr:
		m.block(x.Body, true)
	case *syntax.CallExpr:
		m.postfix(x)
		m.call(x)
	case *syntax.IndexExpr:
		m.postfix(x)
		open := m.at(x.X.Span().End)
		m.marks[open].sep = sepNone
		m.marks[open+1].sep = sepNone
	case *syntax.FieldExpr, *syntax.TryExpr:
		m.postfix(x)
	}
}

// The levels of the operators, loosest first; those of one level make one chain.
func level(k syntax.Kind) int {
	switch k {
	case syntax.KwOr:
		return 1
	case syntax.KwAnd:
		return 2
	case syntax.Plus, syntax.Minus, syntax.Amp:
		return 4
	case syntax.Star, syntax.Slash:
		return 5
	}
	return 3
}

// operators lays out a chain of operators of one level: on one line, or a line for each, starting with the operator.
func (m *marker) operators(x *syntax.BinaryExpr) {
	if m.chain > 0 {
		m.chain--
		return
	}
	top := x
	for {
		m.marks[m.tok(&x.Op)].sep = sepLine
		left, ok := x.X.(*syntax.BinaryExpr)
		if !ok || level(left.Op.Type) != level(x.Op.Type) {
			break
		}
		m.chain++
		x = left
	}
	m.continued(top, m.end(x.X))
}

// continued makes an expression a group whose lines after the first part are moved to the right.
func (m *marker) continued(x syntax.Expr, first int) {
	m.marks[m.first(x)].begin++
	m.marks[first].in++
	last := m.end(x)
	m.marks[last].outs++
	m.marks[last].ends++
}

// chained is how many calls of methods in a row get a line each where they do not fit.
const chained = 3

// postfix finds the outermost of calls, fields and elements in a row.
func (m *marker) postfix(x syntax.Expr) {
	if m.links > 0 {
		m.links--
		return
	}
	calls, inner := 0, 0
	var dots []int
	var head syntax.Expr
	for at := x; at != nil; inner++ {
		head = at
		switch n := at.(type) {
		case *syntax.CallExpr:
			if f, ok := n.Fn.(*syntax.FieldExpr); ok {
				calls++
				dots = append(dots, m.tok(&f.Dot))
			}
			at = n.Fn
		case *syntax.IndexExpr:
			at = n.X
		case *syntax.FieldExpr:
			at = n.X
		case *syntax.TryExpr:
			at = n.X
		default:
			at = nil
			inner--
		}
	}
	m.links = inner - 1
	if calls < chained {
		return
	}
	for _, i := range dots {
		m.marks[i].sep = sepSoft
	}
	m.continued(x, m.end(head))
}

func (m *marker) array(x *syntax.ArrayLit) {
	open := m.tok(&x.Open)
	m.list(open, m.starts(x.Items), sepSoft)
	if len(x.Items) > 0 && m.wish(open) {
		m.broken(open + 1)
	}
	m.table(x)
}

func (m *marker) starts(list []syntax.Expr) []int {
	out := make([]int, len(list))
	for i, x := range list {
		out[i] = m.first(x)
	}
	return out
}

// record lays out a record: {a: 1}, and S { a: 1 } with its shape's name.
func (m *marker) record(x *syntax.RecordLit) {
	open := m.tok(&x.Open)
	pad := sepSoft
	if x.Shape != nil {
		pad = sepLine
		m.marks[open].sep = sepSpace
	}
	starts := make([]int, 0, 8)
	for _, f := range x.Fields {
		starts = append(starts, m.first(f))
	}
	if x.Spread != nil {
		i := m.first(x.Spread)
		m.marks[i].sep = sepNone
		starts = append(starts, i-1)
	}
	m.list(open, starts, pad)
	if len(starts) > 0 && m.wish(open) {
		m.broken(open + 1)
	}
}

// call lays out arguments, and the block or record behind them.
func (m *marker) call(x *syntax.CallExpr) {
	args := x.Args
	if x.Tail {
		tail := args[len(args)-1]
		args = args[:len(args)-1]
		m.marks[m.first(tail)].sep = sepClause
	}
	if x.Open.Type != 0 {
		open := m.tok(&x.Open)
		m.marks[open].sep = sepNone
		m.args(open, nodes(args))
	}
	if x.Block != nil {
		m.block(x.Block, true)
	}
}

// args lays out parts in round brackets. Where the last one has brackets of its own and the others are plain, it is that
// one which breaks.
func (m *marker) args(open int, list []syntax.Node) {
	starts := make([]int, len(list))
	for i, n := range list {
		starts[i] = m.first(n)
	}
	if !m.hugs(open, list, starts) {
		m.list(open, starts, sepSoft)
		return
	}
	m.marks[open].force++
	for _, i := range starts[1:] {
		m.marks[i].sep = sepFill
	}
	last := starts[len(starts)-1]
	m.marks[starts[0]].sep = sepNone
	m.marks[last].out++
	m.marks[m.marks[open].pair].sep = sepNone
}

func (m *marker) hugs(open int, list []syntax.Node, starts []int) bool {
	n := len(list) - 1
	if n < 0 || !hugged(list[n]) || m.commented(open, starts[n]) {
		return false
	}
	for _, x := range list[:n] {
		if hugged(x) {
			return false
		}
	}
	end := m.end(list[n])
	return !m.commented(end, int(m.marks[open].pair))
}
