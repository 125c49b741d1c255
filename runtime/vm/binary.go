package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

func (g *gen) unary(x *syntax.UnaryExpr, dst int) {
	if x.Op.Type == syntax.KwNot {
		g.emit(opNot, dst, g.raw(x.X), 0, 0)
		return
	}
	g.emit(opNeg, dst, g.raw(x.X), 0, 0)
}

var arithmetic = map[syntax.Kind][2]Op{
	syntax.Plus: {opAdd, opAddK}, syntax.Minus: {opSub, opSubK}, syntax.Star: {opMul, opMulK}, syntax.Slash: {opDiv, opDivK},
}

func (g *gen) binary(x *syntax.BinaryExpr, dst int) {
	if x.Op.Type == syntax.Amp {
		parts := concatParts(x, nil)
		if len(parts) > 2 {
			base := g.temps(len(parts))
			for i, p := range parts {
				g.value(p, base+i)
			}
			g.emitN(opConcatN, dst, base, len(parts), 0)
			g.wide(len(parts))
			return
		}
		a := g.operand(x.X, x.Y, dst)
		g.emit(opConcat, dst, a, g.raw(x.Y), 0)
		return
	}
	ops, ok := arithmetic[x.Op.Type]
	if !ok {
		g.compare(x, dst)
		return
	}
	if k, ok := g.constOperand(x.Y); ok {
		g.emit(ops[1], dst, g.left(x.X, dst), k, 0)
		return
	}
	if k, ok := g.constOperand(x.X); ok && (x.Op.Type == syntax.Plus || x.Op.Type == syntax.Star) {
		g.emit(ops[1], dst, g.raw(x.Y), k, 0)
		return
	}
	a := g.operand(x.X, x.Y, dst)
	g.emit(ops[0], dst, a, g.raw(x.Y), 0)
}

// left is raw for an operand whose result goes on into dst. A temporary may hold it until then, so that a long sum
// needs no register for each of its terms; a variable may not, because what follows may still read it.
func (g *gen) left(x syntax.Expr, dst int) int {
	if r := g.held(x); r >= 0 {
		return r
	}
	if dst < g.vars {
		dst = g.temp()
	}
	g.value(x, dst)
	return dst
}

// held is the register of the variable that x is, or -1.
func (g *gen) held(x syntax.Expr) int {
	switch n := x.(type) {
	case *syntax.NameExpr:
		if r := g.variable(g.c.an.variable(n)); r >= 0 && g.set[r] {
			return r
		}
	case *syntax.ParenExpr:
		return g.held(n.X)
	}
	return -1
}

// operand evaluates the left of two operands. The right one cannot change a variable, because an expression holds no
// assignment: blocks that run now are the exception, and are copied against.
func (g *gen) operand(x, next syntax.Expr, dst int) int {
	if !holdsBlock(next) {
		return g.left(x, dst)
	}
	t := g.temp()
	g.into(x, t)
	return t
}

func holdsBlock(x syntax.Expr) bool {
	switch x.(type) {
	case *syntax.NameExpr, *syntax.NumberLit, *syntax.TextLit, *syntax.ConstLit:
		return false
	}
	found := false
	syntax.Walk(x, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && c.Block != nil {
			found = true
		}
		_, lambda := n.(*syntax.LambdaExpr)
		return !found && !lambda
	})
	return found
}

// constOperand is the constant number of a literal operand.
func (g *gen) constOperand(x syntax.Expr) (int, bool) {
	n, ok := x.(*syntax.NumberLit)
	if !ok {
		return 0, false
	}
	v, err := value.ParseLiteral(n.Text, n.Percent)
	if err != nil {
		return 0, false
	}
	k := g.constant(v)
	return k, k <= maxSlot
}

// concatParts flattens a & b & c, whose parts join in any grouping to the same text.
func concatParts(x syntax.Expr, parts []syntax.Expr) []syntax.Expr {
	if b, ok := x.(*syntax.BinaryExpr); ok && b.Op.Type == syntax.Amp {
		return append(concatParts(b.X, parts), b.Y)
	}
	return append(parts, x)
}

// concatOnto grows the text in a register by the parts, in place where it may.
func (g *gen) concatOnto(r int, parts []syntax.Expr) {
	if len(parts) == 1 {
		g.emit(opConcat, r, r, g.raw(parts[0]), 0)
		return
	}
	base := g.temps(len(parts))
	for i, p := range parts {
		g.value(p, base+i)
	}
	g.emitN(opConcatOnto, r, base, len(parts), 0)
	g.wide(len(parts))
}

func (g *gen) compare(x *syntax.BinaryExpr, dst int) {
	switch x.Op.Type {
	case syntax.KwAnd, syntax.KwOr:
		g.truth(x, dst)
		return
	}
	a := g.operand(x.X, x.Y, dst)
	b := g.raw(x.Y)
	switch x.Op.Type {
	case syntax.Eq:
		g.emit(opEq, dst, a, b, 0)
	case syntax.Ne:
		g.emit(opNe, dst, a, b, 0)
	case syntax.Lt:
		g.emit(opLt, dst, a, b, 0)
	case syntax.Le:
		g.emit(opLe, dst, a, b, 0)
	case syntax.Gt:
		g.emit(opLt, dst, b, a, 0)
	case syntax.Ge:
		g.emit(opLe, dst, b, a, 0)
	}
}

// truth turns a condition into மெய் or பொய்.
func (g *gen) truth(x syntax.Expr, dst int) {
	no := g.cond(x, false)
	g.loadK(dst, value.FromBool(true))
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.patch(no)
	g.loadK(dst, value.FromBool(false))
	g.patch(end)
}
