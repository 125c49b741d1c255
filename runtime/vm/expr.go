package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

// Three ways to evaluate an expression. raw answers a register to read at once: a variable's own where it can. value
// puts the same into a given register. into makes a value that dst owns: what a variable or a container also holds is marked
// shared, so that a later change through either copies (runtime.md 5).

func (g *gen) raw(x syntax.Expr) int {
	if r := g.held(x); r >= 0 {
		return r
	}
	t := g.temp()
	g.value(x, t)
	return t
}

func (g *gen) value(x syntax.Expr, dst int) { g.expr(x, dst, false) }
func (g *gen) into(x syntax.Expr, dst int)  { g.expr(x, dst, true) }

func (g *gen) expr(x syntax.Expr, dst int, own bool) {
	old, tmp := g.at(x), g.tmp
	switch x := x.(type) {
	case *syntax.NameExpr:
		g.name(x, dst, own)
	case *syntax.NumberLit:
		g.number(x, dst)
	case *syntax.TextLit:
		g.loadK(dst, value.FromText(x.Value))
	case *syntax.ConstLit:
		g.loadK(dst, constant(x))
	case *syntax.ParenExpr:
		g.expr(x.X, dst, own)
	case *syntax.UnaryExpr:
		g.unary(x, dst)
	case *syntax.BinaryExpr:
		g.binary(x, dst)
	case *syntax.CompareChain:
		g.truth(x, dst)
	case *syntax.IndexExpr:
		base, i := g.raw(x.X), 0
		i = g.raw(x.Index)
		g.emit(pick(own, opIndexS, opIndex), dst, base, i, 0)
	case *syntax.FieldExpr:
		g.emit(pick(own, opFieldS, opField), dst, g.raw(x.X), 0, g.site(x.Name.Text, 0))
	default:
		g.compound(x, dst)
	}
	g.span, g.tmp = old, tmp
}

func (g *gen) compound(x syntax.Expr, dst int) {
	switch x := x.(type) {
	case *syntax.ArrayLit:
		g.array(x, dst)
	case *syntax.RecordLit:
		g.record(x, dst)
	case *syntax.CallExpr:
		g.call(x, dst)
	case *syntax.TryExpr:
		g.quest(x, dst)
	case *syntax.LambdaExpr:
		g.lambda(x, dst)
	case *syntax.FaultyExpr:
		g.value(x.X, dst)
	default:
		g.fault(CodeInternal, "expression")
	}
}

// chunk is how many items of an array literal wait in registers at a time.
const chunk = 256

func (g *gen) array(x *syntax.ArrayLit, dst int) {
	n := len(x.Items)
	arr := dst
	if n > chunk {
		arr = g.temp() // the items still may read what dst holds
	}
	base := g.temps(min(n, chunk))
	for from := 0; from == 0 || from < n; from += chunk {
		items := x.Items[from:min(from+chunk, n)]
		for i, it := range items {
			g.into(it, base+i)
		}
		g.emitN(pick(from == 0, opArray, opExtend), arr, base, len(items), 0)
	}
	if arr != dst {
		g.emit(opMove, dst, arr, 0, 0)
	}
}

// wide guards the counts that an instruction holds in 16 bits.
func (g *gen) wide(n int) {
	if n > 65535 && !g.over {
		g.over = true
		g.c.tooLarge(g.file, g.span, "items", 65535)
	}
}

func pick(c bool, a, b Op) Op {
	if c {
		return a
	}
	return b
}

func constant(x *syntax.ConstLit) value.Value {
	switch x.Tok.Type {
	case syntax.KwTrue:
		return value.FromBool(true)
	case syntax.KwFalse:
		return value.FromBool(false)
	}
	return value.Nil
}

func (g *gen) number(x *syntax.NumberLit, dst int) {
	v, err := value.ParseLiteral(x.Text, x.Percent)
	if err != nil {
		g.fault(value.CodeBadNumber, x.Text)
		return
	}
	g.loadK(dst, v)
}

// name loads what a name means: this body's variable, a global as it is now, a function, a builtin, a shape.
func (g *gen) name(x *syntax.NameExpr, dst int, own bool) {
	r := g.variable(x.Text)
	if r >= 0 && g.set[r] {
		if r != dst {
			g.emit(pick(own, opMoveS, opMove), dst, r, 0, 0)
		}
		return
	}
	ref := g.ref(x)
	if ref.local < 0 && ref.global >= 0 && ref.fn == nil && ref.native < 0 && ref.shape == nil {
		g.emit(pick(own, opLoadGS, opLoadG), dst, 0, 0, ref.global)
		return
	}
	if ref.local < 0 && ref.global < 0 && ref.fn != nil {
		g.loadK(dst, ref.fn.fn)
		return
	}
	g.c.prog.names = append(g.c.prog.names, ref)
	g.emit(opName, dst, 0, 0, len(g.c.prog.names)-1)
	if own && (ref.local >= 0 || ref.global >= 0) {
		g.emit(opShare, dst, 0, 0, 0)
	}
}

// ref collects everything that a name could mean here, in order of precedence.
func (g *gen) ref(x *syntax.NameExpr) nameRef {
	ref := nameRef{name: x.Text, local: -1, global: -1, native: -1}
	if r := g.variable(x.Text); r >= 0 {
		ref.local = r * scale
	}
	if slot, ok := g.c.prog.slot[x.Text]; ok && !g.sc.global {
		ref.global = slot
	}
	if f := g.c.an.funcs[x.Text]; f != nil {
		ref.fn = g.c.protoOf[f]
	} else if s := g.c.prog.shapes[x.Text]; s != nil {
		ref.shape = s
	} else if x.Word != nil {
		ref.word = x.Word.Builtin || x.Word.Section != ""
		if ref.native = g.c.native(x.Word.ID, x.Text); ref.native >= 0 {
			ref.nfn = g.c.wordValue(x.Text, ref.native)
		}
	}
	return ref
}

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
		if r := g.variable(n.Text); r >= 0 && g.set[r] {
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

// concat joins expressions into one register.
func (g *gen) concat(parts []syntax.Expr) int {
	if len(parts) == 1 {
		return g.raw(parts[0])
	}
	t := g.temp()
	base := g.temps(len(parts))
	for i, p := range parts {
		g.value(p, base+i)
	}
	g.emitN(opConcatN, t, base, len(parts), 0)
	g.wide(len(parts))
	return t
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

// record lowers a literal; of two equal keys the first one written wins (semantics.md 1.7).
func (g *gen) record(x *syntax.RecordLit, dst int) {
	if x.Shape != nil {
		g.shapeLit(x, dst)
		return
	}
	keys := make([]string, 0, len(x.Fields))
	seen := map[string]bool{}
	base := g.temps(len(x.Fields))
	for _, f := range x.Fields {
		if seen[f.Key.Text] {
			g.value(f.Value, g.temp())
			continue
		}
		seen[f.Key.Text] = true
		g.into(f.Value, base+len(keys))
		keys = append(keys, f.Key.Text)
	}
	g.c.prog.layouts = append(g.c.prog.layouts, value.NewLayout(keys...))
	g.emitN(opRecord, dst, base, len(keys), len(g.c.prog.layouts)-1)
	g.wide(len(keys))
}

func (g *gen) shapeLit(x *syntax.RecordLit, dst int) {
	s := g.c.prog.shapes[x.Shape.Text]
	if s == nil {
		g.fault(CodeUndefined, x.Shape.Text)
		return
	}
	keys := make([]string, len(x.Fields))
	n := len(x.Fields)
	base := g.temps(n + 1)
	for i, f := range x.Fields {
		keys[i] = f.Key.Text
		g.into(f.Value, base+i)
	}
	if x.Spread != nil {
		g.into(x.Spread, base+n)
		n++
	}
	g.c.prog.shaped = append(g.c.prog.shaped, shapedSite{shape: s, keys: keys, spread: x.Spread != nil})
	g.emitN(opShaped, dst, base, n, len(g.c.prog.shaped)-1)
	g.wide(n)
}

// lambda makes a function value with copies of the enclosing function's locals that it reads.
func (g *gen) lambda(x *syntax.LambdaExpr, dst int) {
	sc := g.c.an.scopes[x]
	p := &Proto{params: len(sc.params), file: g.file}
	g.c.addProto(p)
	p.name = "செயல்" // what stack traces show; the value itself has no name
	from := make([]uint16, len(sc.caps))
	for i, name := range sc.caps {
		from[i] = uint16(g.variable(name) * scale)
	}
	if len(from) == 0 {
		g.loadK(dst, p.fn)
	} else {
		g.c.prog.closure = append(g.c.prog.closure, closureRef{p, from})
		g.emit(opClosure, dst, 0, 0, len(g.c.prog.closure)-1)
	}
	inner := g.c.newGen(p, sc)
	sig := x.Sig
	if sig == nil {
		sig = &syntax.Signature{}
	}
	inner.function(sig, x.Body)
}

// site makes a cache site for a field or method name.
func (g *gen) site(name string, ref int) int {
	g.c.prog.sites = append(g.c.prog.sites, site{name, ref})
	return len(g.c.prog.sites) - 1
}

// checkShape makes sure at run time that a parameter declared as a shape holds one (semantics.md 2.2). Type parameters
// are erased, so that only declared shapes ask.
func (g *gen) checkShape(t *syntax.Type, r int, n syntax.Node) {
	if t.Kind != syntax.TypeShape || t.Name == nil {
		return
	}
	if s := g.c.prog.shapes[t.Name.Text]; s != nil {
		old := g.at(n)
		g.emit(opIsShape, r, 0, 0, g.site(s.Name, 0))
		g.span = old
	}
}
