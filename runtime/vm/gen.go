package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

// gen lowers one body. Registers below vars are its variables; above them live temporaries, which a statement gives
// back when it ends.
type gen struct {
	c     *compiler
	p     *Proto
	sc    *scope
	file  int
	span  syntax.Span
	vars  int // registers of variables
	floor int // first register that a statement may use for temporaries
	tmp   int // next free temporary
	set   []bool
	trail []int // variables in the order in which they became set
	ks    map[any]int
	loops []*loop
	exits []*finally // the இறுதியில் that a jump out of here passes, innermost last
	tries int        // முயல் with a பிழை around this place
	fins  int        // depth of இறுதியில் bodies around this place, with the loops inside them not counted
	over  bool       // a limit was reported
}

// loop is a loop being lowered.
type loop struct {
	breaks, continues []int
	exits             int // len(gen.exits) where it began
	fins              int
}

func (c *compiler) newGen(p *Proto, sc *scope) *gen {
	g := &gen{c: c, p: p, sc: sc, ks: map[any]int{}, file: p.file}
	if sc.global {
		g.vars = len(c.prog.globals)
	} else {
		g.vars = sc.count
	}
	g.set = make([]bool, g.vars)
	g.floor, g.tmp, p.regs = g.vars, g.vars, g.vars
	return g
}

// at makes n the place of the instructions that follow, and answers the place before.
func (g *gen) at(n syntax.Node) syntax.Span {
	old := g.span
	g.span = n.Span()
	return old
}

func (g *gen) emit(op Op, a, b, c int, d int) int {
	if max(a, b, c) > maxSlot && !g.over {
		g.over = true
		g.c.tooLarge(g.file, g.span, "variables", maxSlot)
	}
	pc := len(g.p.code)
	g.p.code = append(g.p.code, Ins{Op: op, A: uint16(a * scale), B: uint16(b * scale), C: uint16(c * scale), D: int32(d)})
	g.p.spans = append(g.p.spans, g.span)
	if g.p.files == nil && g.file != g.p.file {
		g.p.files = make([]int32, pc, pc+64)
		for i := range g.p.files {
			g.p.files[i] = int32(g.p.file)
		}
	}
	if g.p.files != nil {
		g.p.files = append(g.p.files, int32(g.file))
	}
	return pc
}

// emitN is emit with a count, not a register, in C.
func (g *gen) emitN(op Op, a, b, n int, d int) int {
	pc := g.emit(op, a, b, 0, d)
	g.p.code[pc].C = uint16(n)
	return pc
}

func (g *gen) here() int { return len(g.p.code) }

// patch makes the jumps at pcs go to the next instruction.
func (g *gen) patch(pcs []int) { g.patchTo(pcs, g.here()) }

func (g *gen) patchTo(pcs []int, target int) {
	for _, pc := range pcs {
		g.p.code[pc].D = int32(target)
	}
}

func (g *gen) temp() int {
	r := g.tmp
	g.tmp++
	g.p.regs = max(g.p.regs, g.tmp)
	return r
}

// temps reserves n registers in a row and answers the first.
func (g *gen) temps(n int) int {
	r := g.tmp
	g.tmp += n
	g.p.regs = max(g.p.regs, g.tmp)
	return r
}

func (g *gen) constant(v value.Value) int {
	var key any = v
	if v.Kind() == value.TextKind {
		key = v.Text()
	}
	if i, ok := g.ks[key]; ok {
		return i
	}
	g.ks[key] = len(g.p.consts)
	g.p.consts = append(g.p.consts, v)
	return len(g.p.consts) - 1
}

func (g *gen) loadK(dst int, v value.Value) { g.emit(opLoadK, dst, 0, 0, g.constant(v)) }

func (g *gen) fault(code string, args ...string) {
	g.p.faults = append(g.p.faults, staticFault{code, args})
	g.emit(opFault, 0, 0, 0, len(g.p.faults)-1)
}

// mark and back bracket code that may not run: what it sets is not set afterwards.
func (g *gen) mark() int { return len(g.trail) }

func (g *gen) back(mark int) []int {
	undone := append([]int(nil), g.trail[mark:]...)
	for _, v := range undone {
		g.set[v] = false
	}
	g.trail = g.trail[:mark]
	return undone
}

func (g *gen) setVar(r int) {
	if r < len(g.set) && !g.set[r] {
		g.set[r] = true
		g.trail = append(g.trail, r)
	}
}

// variable is the register of a name that is a variable of this body, or -1.
func (g *gen) variable(name string) int {
	if g.sc.global {
		if i, ok := g.c.prog.slot[name]; ok {
			return i
		}
		return -1
	}
	if i, ok := g.sc.vars[name]; ok {
		return i
	}
	return -1
}

func (g *gen) setParams(n int) {
	for i := range n {
		g.setVar(i)
	}
}

// function lowers a function's body: variables that may be read before they are assigned start unset, and parameters
// that the body changes in place are shared with the caller first, so that a change copies.
func (g *gen) function(sig *syntax.Signature, b *syntax.Block) {
	g.body(sig, b, func() {
		g.block(b)
		g.emit(opReturnNil, 0, 0, 0, 0)
	})
}

func (g *gen) body(sig *syntax.Signature, b *syntax.Block, lower func()) {
	g.at(b)
	n := len(g.sc.params) + len(g.sc.caps)
	g.setParams(n)
	for i, p := range g.sc.params {
		if g.sc.stored[p.Name.Text] && g.sc.vars[p.Name.Text] == i {
			g.emit(opShare, i, 0, 0, 0)
		}
		if p.Type != nil {
			g.checkShape(p.Type, i, p)
		}
	}
	lower()
	g.unsetFirst(n)
	g.finish()
}

// unsetFirst clears, at the function's start, those variables that some look-up may meet before they are assigned;
// registers hold whatever the frame before left in them.
func (g *gen) unsetFirst(n int) {
	asked := make([]bool, g.vars)
	for _, in := range g.p.code {
		switch in.Op {
		case opName, opCopyIn:
			g.ask(asked, int(in.D))
		case opCallName:
			g.ask(asked, g.c.prog.sites[in.D].ref)
		case opClosure:
			for _, r := range g.c.prog.closure[in.D].from {
				asked[r/scale] = true
			}
		}
	}
	var clear []Ins
	for r := n; r < g.vars; r++ {
		if asked[r] {
			clear = append(clear, Ins{Op: opUnset, A: uint16(r * scale)})
		}
	}
	g.prepend(clear)
}

func (g *gen) ask(asked []bool, ref int) {
	if l := g.c.prog.names[ref].local; l >= 0 {
		asked[l/scale] = true
	}
}

// prepend puts instructions before the body and moves every jump.
func (g *gen) prepend(ins []Ins) {
	n := len(ins)
	if n == 0 {
		return
	}
	for i := range g.p.code {
		if g.p.code[i].Op.jumps() {
			g.p.code[i].D += int32(n)
		}
	}
	for i := range g.p.trys {
		t := &g.p.trys[i]
		t.from, t.to, t.pc = t.from+int32(n), t.to+int32(n), t.pc+int32(n)
	}
	g.p.code = append(ins, g.p.code...)
	g.p.spans = append(make([]syntax.Span, n), g.p.spans...)
	if g.p.files != nil {
		g.p.files = append(make([]int32, n), g.p.files...)
	}
}

// finish checks the body against the machine's limits.
func (g *gen) finish() {
	if len(g.p.consts) > 1<<30 || len(g.p.code) > 1<<30 {
		g.c.tooLarge(g.file, g.span, "instructions", 1<<30)
	}
	g.p.caps = len(g.sc.caps)
	if g.sc.global {
		g.p.caps = 0
	}
}
