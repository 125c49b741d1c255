package vm

import "github.com/etamil-lang/etamil/syntax"

// jumps holds, for each comparison, the fused instructions: jump when it does not hold (registers, constant) and when it
// does. An order between kinds that have none is false both ways (semantics.md 1.5), so "not <" is no ">=".
type fused struct{ no, noK, yes, yesK Op }

var comparisons = map[syntax.Kind]fused{
	syntax.Lt: {opJumpNLt, opJumpNLtK, opJumpLt, opJumpLtK},
	syntax.Le: {opJumpNLe, opJumpNLeK, opJumpLe, opJumpLeK},
	syntax.Gt: {opJumpNLt, opJumpNGtK, opJumpLt, opJumpGtK},
	syntax.Ge: {opJumpNLe, opJumpNGeK, opJumpLe, opJumpGeK},
	syntax.Eq: {opJumpNEq, opJumpNEqK, opJumpEq, opJumpEqK},
	syntax.Ne: {opJumpNNe, opJumpNNeK, opJumpNe, opJumpNeK},
}

// mirrored is the comparison with its operands exchanged.
var mirrored = map[syntax.Kind]syntax.Kind{
	syntax.Lt: syntax.Gt, syntax.Le: syntax.Ge, syntax.Gt: syntax.Lt, syntax.Ge: syntax.Le, syntax.Eq: syntax.Eq, syntax.Ne: syntax.Ne,
}

// cond lowers a condition: it answers the jumps that are taken when x's truth is want; otherwise control falls through.
func (g *gen) cond(x syntax.Expr, want bool) []int {
	old, tmp := g.at(x), g.tmp
	defer func() { g.span, g.tmp = old, tmp }()
	switch x := x.(type) {
	case *syntax.ParenExpr:
		return g.cond(x.X, want)
	case *syntax.UnaryExpr:
		if x.Op.Type == syntax.KwNot {
			return g.cond(x.X, !want)
		}
	case *syntax.BinaryExpr:
		switch x.Op.Type {
		case syntax.KwAnd:
			return g.both(x, want, false)
		case syntax.KwOr:
			return g.both(x, want, true)
		}
		if f, ok := comparisons[x.Op.Type]; ok {
			return []int{g.fused(x, f, want)}
		}
	case *syntax.CompareChain:
		return g.chain(x, want)
	}
	return []int{g.emit(pick(want, opJumpT, opJumpF), g.raw(x), 0, 0, 0)}
}

// both lowers மற்றும் and அல்லது. The left operand alone decides when its truth is decides: true for அல்லது.
func (g *gen) both(x *syntax.BinaryExpr, want, decides bool) []int {
	if want == decides {
		return append(g.cond(x.X, want), g.cond(x.Y, want)...)
	}
	out := g.cond(x.X, !want)
	in := g.cond(x.Y, want)
	g.patch(out)
	return in
}

func (g *gen) fused(x *syntax.BinaryExpr, f fused, want bool) int {
	if k, ok := g.constOperand(x.Y); ok {
		return g.emit(pick(want, f.yesK, f.noK), g.raw(x.X), k, 0, 0)
	}
	if k, ok := g.constOperand(x.X); ok {
		m := comparisons[mirrored[x.Op.Type]]
		return g.emit(pick(want, m.yesK, m.noK), g.raw(x.Y), k, 0, 0)
	}
	a := g.operand(x.X, x.Y, g.temp())
	b := g.raw(x.Y)
	if x.Op.Type == syntax.Gt || x.Op.Type == syntax.Ge {
		a, b = b, a
	}
	return g.emit(pick(want, f.yes, f.no), a, b, 0, 0)
}

// chain lowers a < b <= c: each operand is evaluated once, and the first comparison that fails decides.
func (g *gen) chain(x *syntax.CompareChain, want bool) []int {
	var no []int
	left := g.raw(x.Operands[0])
	for i, op := range x.Ops {
		right := g.raw(x.Operands[i+1])
		f, a, b := comparisons[op.Type], left, right
		if op.Type == syntax.Gt || op.Type == syntax.Ge {
			a, b = b, a
		}
		if want && i == len(x.Ops)-1 {
			yes := []int{g.emit(f.yes, a, b, 0, 0)}
			g.patch(no)
			return yes
		}
		no = append(no, g.emit(f.no, a, b, 0, 0))
		left = right
	}
	return no
}
