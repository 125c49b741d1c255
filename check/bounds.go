package check

import "github.com/etamil-lang/etamil/syntax"

// impossible tells a constraint that no number can meet: bounds that exclude each other.
func impossible(e syntax.Expr) bool {
	low, high := map[string]bound{}, map[string]bound{}
	if !bounds(e, low, high) {
		return true
	}
	for name, l := range low {
		if h, ok := high[name]; ok && (l.n > h.n || l.n == h.n && (l.open || h.open)) {
			return true
		}
	}
	return false
}

type bound struct {
	n    float64
	open bool
}

// bounds collects what மற்றும் joins of comparisons of a field with a number; it answers false when a part is always false.
func bounds(e syntax.Expr, low, high map[string]bound) bool {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return e.X == nil || bounds(e.X, low, high)
	case *syntax.ConstLit:
		return e.Tok.Type == syntax.KwTrue
	case *syntax.CompareChain:
		for i, op := range e.Ops {
			compareBound(op.Type, e.Operands[i], e.Operands[i+1], low, high)
		}
	case *syntax.BinaryExpr:
		if e.Op.Type == syntax.KwAnd {
			return bounds(e.X, low, high) && bounds(e.Y, low, high)
		}
		x, okX := literalNumber(e.X)
		y, okY := literalNumber(e.Y)
		if okX && okY {
			return holds(e.Op.Type, x, y)
		}
		compareBound(e.Op.Type, e.X, e.Y, low, high)
	}
	return true
}

func holds(op syntax.Kind, x, y float64) bool {
	switch op {
	case syntax.Lt:
		return x < y
	case syntax.Le:
		return x <= y
	case syntax.Gt:
		return x > y
	case syntax.Ge:
		return x >= y
	case syntax.Eq:
		return x == y
	}
	return true
}

func compareBound(op syntax.Kind, x, y syntax.Expr, low, high map[string]bound) {
	name, left := fieldName(x)
	n, ok := literalNumber(y)
	if !left || !ok {
		if name, left = fieldName(y); !left {
			return
		}
		if n, ok = literalNumber(x); !ok {
			return
		}
		op = turned(op)
	}
	switch op {
	case syntax.Lt, syntax.Le, syntax.Eq:
		if b, seen := high[name]; !seen || n < b.n {
			high[name] = bound{n, op == syntax.Lt}
		}
	}
	switch op {
	case syntax.Gt, syntax.Ge, syntax.Eq:
		if b, seen := low[name]; !seen || n > b.n {
			low[name] = bound{n, op == syntax.Gt}
		}
	}
}

func turned(op syntax.Kind) syntax.Kind {
	switch op {
	case syntax.Lt:
		return syntax.Gt
	case syntax.Le:
		return syntax.Ge
	case syntax.Gt:
		return syntax.Lt
	case syntax.Ge:
		return syntax.Le
	}
	return op
}

// fieldName is the name of a field, or of its length.
func fieldName(e syntax.Expr) (string, bool) {
	switch e := unparen(e).(type) {
	case *syntax.NameExpr:
		return e.Text, true
	case *syntax.CallExpr:
		if w := wordOf(e); w != nil && w.ID == "length" && len(e.Args) == 1 {
			if x, ok := unparen(e.Args[0]).(*syntax.NameExpr); ok {
				return "#" + x.Text, true
			}
		}
	}
	return "", false
}
