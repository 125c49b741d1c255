package refactor

import (
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

// has tells whether a node is or holds one that f says yes to, outside the functions in it.
func has(n syntax.Node, f func(syntax.Node) bool) bool {
	found := false
	syntax.Walk(n, func(m syntax.Node) bool {
		if found {
			return false
		}
		if f(m) {
			found = true
			return false
		}
		if m == n {
			return true
		}
		switch m.(type) {
		case *syntax.LambdaExpr, *syntax.FuncDecl:
			return false
		}
		return true
	})
	return found
}

// calls tells whether evaluating a node may do something besides answering a value, or leave the function.
func calls(n syntax.Node) bool {
	if _, ok := n.(*syntax.LambdaExpr); ok {
		return false
	}
	return has(n, func(m syntax.Node) bool {
		switch m.(type) {
		case *syntax.CallExpr, *syntax.TryExpr, *syntax.FaultyExpr, *syntax.BadExpr:
			return true
		}
		return false
	})
}

// safe tells whether evaluating an expression cannot fail either, as long as its names have values.
func safe(n syntax.Expr) bool {
	return !has(n, func(m syntax.Node) bool {
		switch m := m.(type) {
		case *syntax.CallExpr, *syntax.TryExpr, *syntax.FaultyExpr, *syntax.BadExpr, *syntax.IndexExpr, *syntax.FieldExpr, *syntax.UnaryExpr:
			return true
		case *syntax.RecordLit:
			return m.Shape != nil || m.Spread != nil
		case *syntax.BinaryExpr:
			switch m.Op.Type {
			case syntax.Plus, syntax.Minus, syntax.Star, syntax.Slash:
				return true
			}
		}
		return false
	})
}

// literal tells an expression whose value is written out.
func literal(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.NumberLit, *syntax.TextLit, *syntax.ConstLit:
		return true
	case *syntax.ParenExpr:
		return literal(x.X)
	}
	return false
}

// primary tells an expression that may stand anywhere without brackets.
func primary(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.NameExpr, *syntax.NumberLit, *syntax.TextLit, *syntax.ConstLit, *syntax.ArrayLit, *syntax.IndexExpr,
		*syntax.FieldExpr, *syntax.ParenExpr:
		return true
	case *syntax.CallExpr:
		return x.Block == nil && !x.Tail && x.Open.Type != 0
	}
	return false
}

// wrapped is the text of an expression as an operand of anything.
func (p *place) wrapped(x syntax.Expr) string {
	if primary(x) {
		return p.text(x)
	}
	return "(" + p.text(x) + ")"
}

// leaves tells whether a statement may end the function or a loop around it: by திரும்பு or ?, or by நிறுத்து or தொடர்
// of a loop that is not inside it.
func leaves(n syntax.Node) bool {
	return has(n, func(m syntax.Node) bool {
		switch m.(type) {
		case *syntax.ReturnStmt, *syntax.TryExpr:
			return true
		}
		return false
	}) || escapes(n)
}

func escapes(n syntax.Node) bool {
	return has(n, func(m syntax.Node) bool {
		switch m.(type) {
		case *syntax.BreakStmt, *syntax.ContinueStmt:
			return !slices.ContainsFunc(loopsIn(n), func(loop syntax.Node) bool { return inside(m.Span(), loop.Span()) })
		}
		return false
	})
}

func loopsIn(n syntax.Node) (list []syntax.Node) {
	syntax.Walk(n, func(m syntax.Node) bool {
		switch m.(type) {
		case *syntax.WhileStmt, *syntax.EachStmt:
			list = append(list, m)
		}
		return true
	})
	return list
}

// declares tells whether a statement holds what has to stay where it is: functions, shapes, imports, routes, databases and
// blocks that run later.
func declares(n syntax.Node) bool {
	found := false
	syntax.Walk(n, func(m syntax.Node) bool {
		switch m := m.(type) {
		case *syntax.FuncDecl, *syntax.ShapeDecl, *syntax.ImportStmt, *syntax.RouteStmt, *syntax.EveryStmt, *syntax.ConnectStmt,
			*syntax.DisconnectStmt, *syntax.TableStmt, *syntax.ServerStmt, *syntax.BadStmt:
			found = true
		case *syntax.WordStmt:
			found = found || m.Body != nil
		}
		return !found
	})
	return found
}

// mentions tells whether a node names something so spelt, anywhere in it.
func mentions(n syntax.Node, name string) bool {
	found := false
	syntax.Walk(n, func(m syntax.Node) bool {
		if x, ok := m.(*syntax.NameExpr); ok && x.Text == name {
			found = true
		}
		return !found
	})
	return found
}

// ends tells whether a block surely leaves what is around it at its end.
func ends(b *syntax.Block) bool {
	if b == nil || len(b.Stmts) == 0 {
		return false
	}
	switch s := b.Stmts[len(b.Stmts)-1].(type) {
	case *syntax.ReturnStmt, *syntax.BreakStmt, *syntax.ContinueStmt:
		return true
	case *syntax.IfStmt:
		other, ok := s.Else.(*syntax.Block)
		return ok && ends(s.Then) && ends(other)
	}
	return false
}
