package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
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
	r := g.variable(g.c.an.variable(x))
	if r >= 0 && g.set[r] {
		if r != dst {
			g.emit(pick(own, opMoveS, opMove), dst, r, 0, 0)
		}
		return
	}
	ref := g.ref(x)
	if ref.local < 0 && ref.global >= 0 && ref.fn == nil && ref.native < 0 && ref.shape == nil && !ref.empty && ref.means == "" {
		g.emit(pick(own, opLoadGS, opLoadG), dst, 0, 0, ref.global)
		return
	}
	if ref.local < 0 && ref.global < 0 && ref.fn != nil {
		g.loadK(dst, ref.fn.fn)
		return
	}
	if ref.local < 0 && ref.global < 0 && ref.native >= 0 && x.Word.Shape == words.ShapeBuilder && g.c.prog.natives[ref.native].Min == 0 {
		g.native(x.Word.ID, x.Text, nil, dst) // a builder that is given nothing needs no brackets
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
	variable := g.c.an.variable(x)
	if r := g.variable(variable); r >= 0 {
		ref.local = r * scale
	}
	if slot, ok := g.c.prog.slot[variable]; ok && !g.sc.global {
		ref.global = slot
		g.c.reads[slot] = true
	}
	if f := g.c.an.funcs[x.Text]; f != nil {
		ref.fn = g.c.protoOf[f]
	} else if s := g.c.prog.shapes[x.Text]; s != nil {
		ref.shape = s
	} else if x.Word != nil {
		ref.word = (x.Word.Builtin || x.Word.Section != "") && x.Word.ID != lends["poolWith"]
		ref.empty = x.Word.ID == "Request"
		ref.means = textWords[x.Word.ID]
		if ref.native = g.c.native(x.Word.ID, x.Text); ref.native >= 0 {
			ref.nfn = g.c.wordValue(x.Text, ref.native)
		}
	}
	return ref
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
	in := g.closure(x, "செயல்", dst)
	if g.c.lambdas != nil {
		g.c.lambdas[x] = in.p
	}
	in.lambdaBody(x)
}

func (g *gen) lambdaBody(x *syntax.LambdaExpr) {
	sig := x.Sig
	if sig == nil {
		sig = &syntax.Signature{}
	}
	g.function(sig, x.Body)
}

// closure makes the function value that node stands for and answers the lowering of its body. The name is what stack
// traces show; the value itself has none.
func (g *gen) closure(node syntax.Node, name string, dst int) *gen {
	sc := g.c.an.scopes[node]
	p := g.c.closureProto(node, len(sc.params), g.file)
	p.name = name
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
	return g.c.newGen(p, sc)
}

// closureProto is what a function value runs. In a program that grows it is what it was when node was lowered before, so
// that values that were made then run the new code.
func (c *compiler) closureProto(node syntax.Node, params, file int) *Proto {
	p := &Proto{params: params, file: file}
	if x, ok := node.(*syntax.LambdaExpr); ok && c.lambdas[x] != nil {
		old := c.lambdas[x]
		p.fn = old.fn
		*old = *p
		if _, listed := c.index[old]; !listed { // it went with the later block that it is in
			c.list(old)
		}
		return old
	}
	c.addProto(p)
	return p
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
