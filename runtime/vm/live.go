package vm

import (
	"bufio"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Live is a program that grows while its values stay: what a REPL talks to. Each entry is compiled alone, against the
// functions, shapes and globals that are there; functions, function values and rules that mention a name which now means
// something else are lowered again, so that a redefinition reaches its callers. It is not safe for concurrent use.
type Live struct {
	c     *compiler
	m     *Machine
	main  *Proto // of the current entry
	later []laterBlock
	stale bool // the later blocks were not lowered since the program last grew
	funcs int  // functions without those of the later blocks, which go when the program grows
}

// resultName is the global that receives an entry's value. No program can write such a name.
const resultName = hidden

// NewLive makes a program without statements.
func NewLive(natives Natives, o Options) *Live {
	c := newCompiler(nil, natives)
	c.lambdas = map[*syntax.LambdaExpr]*Proto{}
	c.prog.grows = true
	c.prog.main = &Proto{globals: true}
	c.addGlobal(resultName)
	m := New(c.prog, o)
	m.stack[0] = value.Unset
	return &Live{c: c, m: m}
}

// State is what an entry may change: the values of the globals and what their names mean. It is taken before an entry
// and given to Restore to take the entry back. The zero State means an empty program.
type State struct {
	values []value.Value
	funcs  map[string]*syntax.FuncDecl
	shapes map[string]*syntax.ShapeDecl
	built  map[string]*shape
	later  []laterBlock
}

// State remembers the program as it is. Everything that the globals hold is shared from now on, so that changes copy.
func (l *Live) State() State {
	return State{
		l.m.Snapshot(), maps.Clone(l.c.an.funcs), maps.Clone(l.c.an.shapes), maps.Clone(l.c.prog.shapes), slices.Clip(l.later),
	}
}

// Restore makes the program what it was when s was taken. What files, databases and output received stays.
func (l *Live) Restore(s State) {
	l.c.prog.copied = nil
	n := copy(l.m.stack, s.values)
	l.unset(n)
	changed := differences(l.c.an.funcs, s.funcs)
	shapes := differences(l.c.an.shapes, s.shapes)
	l.c.an.funcs, l.c.an.shapes, l.c.prog.shapes = orEmpty(s.funcs), orEmpty(s.shapes), orEmpty(s.built)
	l.later, l.stale = s.later, true
	l.relower(changed, len(shapes) > 0)
}

func orEmpty[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

// differences are the names that mean something else in b than in a.
func differences[V comparable](a, b map[string]V) map[string]bool {
	out := map[string]bool{}
	for name, v := range a {
		if b[name] != v {
			out[name] = true
		}
	}
	for name, v := range b {
		if a[name] != v {
			out[name] = true
		}
	}
	return out
}

// Add compiles an entry and declares what it declares; Run runs it. The entry's files become the program's. The
// diagnostics are about programs too large for the machine.
func (l *Live) Add(p *module.Program) []diag.Diagnostic {
	c := l.c
	c.prog.copied = nil
	l.dropBlocks()
	first := len(c.prog.files)
	for _, f := range p.Files {
		c.prog.files = append(c.prog.files, f)
		c.prog.maps = append(c.prog.maps, lazyMap(f))
	}
	items, result := make([]item, len(p.Items)), syntax.Expr(nil)
	for i, it := range p.Items {
		items[i] = item{first + it.File, it.Stmt}
	}
	if n := len(items) - 1; n >= 0 {
		if s, ok := items[n].stmt.(*syntax.ExprStmt); ok && laterCall(s) == nil {
			result = s.X
		}
	}
	l.declare(items, result)
	l.lower(items, result)
	found := c.problems
	c.problems = nil
	l.grow()
	return found
}

// declare notes what the entry's names mean from now on, and lowers again what mentions them.
func (l *Live) declare(items []item, result syntax.Expr) {
	c, globals := l.c, len(l.c.prog.globals)
	c.an.top, c.an.order, c.an.shapeNs, c.an.inOrder, c.an.later = newScope(nil, true), nil, nil, nil, nil
	for i, it := range items {
		c.an.file = it.file
		if i == len(items)-1 && result != nil {
			c.an.collect(c.an.top, result) // a bare name is asked for here, not declared
			continue
		}
		c.an.collect(c.an.top, it.stmt)
	}
	c.declareShapes()
	c.declareGlobals()
	c.declareFunctions()
	l.unset(globals)
	changed := map[string]bool{}
	for _, name := range c.prog.globals[globals:] {
		changed[name] = true
	}
	fresh := c.an.order
	for _, f := range fresh {
		if c.an.funcs[f.Name.Text] == f {
			changed[f.Name.Text] = true
		}
	}
	for _, f := range fresh {
		c.lowerFunction(f)
	}
	c.lowerRules()
	l.later = append(l.later, c.an.later...)
	l.stale = true
	l.relower(changed, len(c.an.shapeNs) > 0, fresh...)
}

// relower lowers those bodies again that mention one of the changed names; a changed shape may be anywhere.
func (l *Live) relower(changed map[string]bool, all bool, but ...*syntax.FuncDecl) {
	if len(changed) == 0 && !all {
		return
	}
	mentions := func(n syntax.Node) bool { return all || l.mentions(n, changed) }
	for _, f := range l.c.an.funcs {
		if !slices.Contains(but, f) && mentions(f) {
			l.again(f)
		}
	}
	for _, d := range l.c.an.shapes {
		for _, m := range d.Methods {
			if !slices.Contains(but, m) && mentions(m) {
				l.again(m)
			}
		}
		for i, f := range d.Fields {
			if f.Rule != nil && mentions(f) {
				l.c.lowerRule(f, reset(l.c.prog.shapes[d.Name.Text].fields[i].rule))
			}
		}
	}
	for x, p := range l.c.lambdas { // those inside others come with them, and once more
		if sc := l.c.an.scopes[x]; mentions(x) {
			l.c.newGen(reset(p), sc).lambdaBody(x)
		}
	}
}

func (l *Live) mentions(n syntax.Node, names map[string]bool) bool {
	reads := l.c.an.scopes[n].reads
	if len(names) > len(reads) {
		for name := range reads {
			if names[name] {
				return true
			}
		}
		return false
	}
	for name := range names {
		if reads[name] {
			return true
		}
	}
	return false
}

// again lowers a function into the Proto that it has, so that every call and every value of it sees the new code.
func (l *Live) again(f *syntax.FuncDecl) {
	reset(l.c.protoOf[f])
	l.c.lowerFunction(f)
}

// reset empties a Proto for new code.
func reset(p *Proto) *Proto {
	*p = Proto{name: p.name, params: p.params, file: p.file, method: p.method, fn: p.fn}
	return p
}

// lower makes the entry's own code. Its last expression's value is what the entry answers.
func (l *Live) lower(items []item, result syntax.Expr) {
	c := l.c
	l.main = &Proto{globals: true, file: len(c.prog.files) - 1}
	c.prog.main = l.main
	g := c.newGen(l.main, c.an.top)
	slot := c.prog.slot[resultName]
	g.emit(opUnset, slot, 0, 0, 0)
	for i, it := range items {
		g.file = it.file
		if i == len(items)-1 && result != nil {
			g.at(result)
			g.into(result, slot)
			g.tmp = g.floor
			continue
		}
		g.stmt(it.stmt)
	}
	g.emit(opReturnNil, 0, 0, 0, 0)
	g.finish()
}

// grow makes room in the machine for what the program gained.
func (l *Live) grow() {
	if n := len(l.c.prog.sites); n > len(l.m.caches) {
		l.m.caches = append(l.m.caches, make([]cache, n-len(l.m.caches))...)
	}
	l.m.ensure(l.c.prog.main.regs)
}

// unset empties the globals from slot first on: an earlier entry used their registers for something else.
func (l *Live) unset(first int) {
	n := len(l.c.prog.globals)
	l.m.ensure(n)
	for i := first; i < n; i++ {
		l.m.stack[i] = value.Unset
	}
}

// Run runs the entry that was added last. It answers its last expression's value, value.Unset when it does not end with
// one, and the errors that Machine.Run answers.
func (l *Live) Run(ctx context.Context) (value.Value, error) {
	m := l.m
	m.left, m.fuel, m.grown, m.ending, m.over, m.owner, m.pot = m.opts.Fuel, 0, 0, nil, false, nil, nil
	_, err := m.runTop(ctx, l.main, 0)
	return m.stack[l.c.prog.slot[resultName]], err
}

// Set gives a global a value, and a place when no entry has named it before. The value must not be changed afterwards.
func (l *Live) Set(name string, v value.Value) {
	l.c.prog.copied = nil
	if _, ok := l.c.prog.slot[name]; !ok {
		l.c.addGlobal(name)
		l.unset(l.c.prog.slot[name])
		l.relower(map[string]bool{name: true}, false)
		l.grow()
	}
	l.m.SetGlobal(name, v)
}

// Values are the globals as they are, for Machine.RunBlock.
func (l *Live) Values() []value.Value { return l.m.Snapshot() }

// Get is a global's value; value.Unset when it has none.
func (l *Live) Get(name string) value.Value { return l.m.Global(name) }

// Globals are the names that have a value, in the order in which entries first named them.
func (l *Live) Globals() []string {
	var names []string
	for i, name := range l.c.prog.globals {
		if !strings.Contains(name, hidden) && l.m.stack[i].Tag != value.TagUnset {
			names = append(names, name)
		}
	}
	return names
}

// Output changes where the entries print.
func (l *Live) Output(w io.Writer) {
	l.m.opts.Stdout = w
	l.m.out.Reset(w)
}

// dropBlocks forgets the code of the later blocks. Nothing calls it by its number.
func (l *Live) dropBlocks() {
	p := l.c.prog
	if p.blocks != nil {
		for _, f := range p.funcs[l.funcs:] {
			delete(l.c.index, f)
		}
		p.funcs, p.blocks = p.funcs[:l.funcs], nil
	}
	l.funcs, l.stale = len(p.funcs), true
}

// Program is the program as it is now, for showing its bytecode and for running its routes through Machine.RunBlock with
// Values. It is what it is only until the next entry.
func (l *Live) Program() *Program {
	if l.stale {
		l.c.prog.copied = nil
		l.dropBlocks()
		l.stale = false
		l.c.an.top = newScope(nil, true)
		for _, b := range l.later {
			l.c.lowerBlock(b, nil)
		}
		l.grow()
	}
	return l.c.prog
}

// DumpLast writes the bytecode of the entry that was added last, and of what it declared.
func (l *Live) DumpLast(w io.Writer) error {
	b := bufio.NewWriter(w)
	l.c.prog.dumpProto(b, "(top level)", l.main)
	for _, f := range l.c.an.order {
		p := l.c.protoOf[f]
		l.c.prog.dumpProto(b, p.title(), p)
	}
	return b.Flush()
}
