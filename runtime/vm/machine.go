package vm

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Options are a run's surroundings and limits.
type Options struct {
	Stdin  io.Reader // nil: nothing to read
	Stdout io.Writer // nil: output is dropped
	// FlushLines writes every printed line at once, as a terminal expects.
	FlushLines bool
	// Buffer is how many bytes of output are collected before they are written; 0 for 16 KB. It counts for new machines.
	Buffer int
	// Fuel bounds the calls and rounds of loops that a run may take; 0 for no bound.
	Fuel int64
	// MaxDepth bounds nested calls; 0 for DefaultDepth, as in the core language.
	MaxDepth int
	// MaxMemory bounds the bytes of the process's live heap while the program grows; 0 for no bound.
	MaxMemory int64
	// TimeLimit ends the run after so long; 0 for no limit.
	TimeLimit time.Duration
	// Args are the program's own arguments.
	Args []string
}

// DefaultDepth is the core language's limit of nested calls (semantics.md 2).
const DefaultDepth = 256

// slice is how much fuel is handed out between two looks at the clock, the context and the memory.
const slice = 20000

// frame is a suspended caller.
type frame struct {
	fn   *Proto // nil marks where a native word called back in
	pc   int
	base int
	dst  uint16
}

// cache remembers where a site found its field or method the last time.
type cache struct {
	layout *value.Layout
	shape  *shape
	slot   int
	proto  *Proto
}

// Machine runs one program at a time. It is not safe for concurrent use; a Program gives out any number of machines.
type Machine struct {
	prog   *Program
	opts   Options
	ctx    context.Context
	out    *bufio.Writer
	in     *bufio.Reader
	stack  []value.Value
	frames []frame
	caches []cache
	depth  int    // limit of frames
	fuel   int64  // left of the current slice
	left   int64  // left of the budget
	grown  int64  // bytes since the last look at the heap
	ending *Fault // what cannot be caught ended the run: only இறுதியில் still runs, with what fuel is left
	over   bool   // that fuel is used up too
	stop   atomic.Bool
	top    int // first free register above the frame that called a native word
	call   Call
	values map[any]any
	limits []*limit      // the காலவரம்பு around this place, innermost last
	held   []Held        // what words have begun for the run
	atEnd  []func()      // what is called when the run has ended
	pot    *atomic.Int64 // of a run with tasks: what is left of their common budget, in place of left
	forked bool          // runs a task
	pool   *sync.Pool    // that Release gives it back to
	owner  any           // whose run it is
	until  time.Time     // the end of Options.TimeLimit, for the run and its tasks
}

// New makes a machine for one run of the program.
func New(p *Program, o Options) *Machine {
	m := &Machine{prog: p, caches: make([]cache, len(p.sites))}
	m.call.m = m
	m.configure(o)
	m.stack = make([]value.Value, max(len(p.globals)+p.main.regs, minStack))
	return m
}

func (m *Machine) configure(o Options) {
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	var in io.Reader = eof{}
	if o.Stdin != nil {
		in = &input{m: m, r: o.Stdin}
	}
	if o.MaxDepth <= 0 {
		o.MaxDepth = DefaultDepth
	}
	m.opts, m.depth = o, o.MaxDepth
	if m.out == nil {
		size := 4096
		if o.Stdin == nil {
			size = forkIn
		}
		m.out, m.in = bufio.NewWriterSize(o.Stdout, cmp.Or(o.Buffer, 1<<14)), bufio.NewReaderSize(in, size)
	} else { // the buffers of a pooled machine are used again
		m.out.Reset(o.Stdout)
		m.in.Reset(in)
	}
	m.left, m.fuel, m.grown, m.ending, m.over = o.Fuel, 0, 0, nil, false
	m.values, m.pot, m.owner = nil, nil, nil
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// Run runs the prelude: the whole program but for what is declared for later. It answers nil, *Exit, *Fault, or the error
// of writing the output.
func (m *Machine) Run(ctx context.Context) error {
	for i := range m.prog.globals {
		m.stack[i] = value.Unset
	}
	_, err := m.runTop(ctx, m.prog.main, 0)
	return err
}

// runTop runs a body whose frame is at base; at the bottom of the stack its first registers are the globals.
func (m *Machine) runTop(ctx context.Context, p *Proto, base int) (v value.Value, err error) {
	err = m.during(ctx, func() error {
		v, err = m.exec(p, base)
		return err
	})
	return v, err
}

// during runs f as a run: it can be cancelled, ends what it began, and no panic leaves it.
func (m *Machine) during(ctx context.Context, f func() error) (err error) {
	if m.opts.TimeLimit > 0 {
		if !m.forked {
			m.until = time.Now().Add(m.opts.TimeLimit)
		}
		limited, cancel := context.WithDeadline(ctx, m.until)
		defer cancel()
		ctx = limited
	}
	m.ctx = ctx
	m.stop.Store(false)
	if s, ok := ctx.(Stopper); ok {
		s.StopFlag(&m.stop)
	} else if ctx.Done() != nil {
		defer context.AfterFunc(ctx, func() { m.stop.Store(true) })()
	}
	m.frames = m.frames[:0]
	defer func() {
		if r := recover(); r != nil {
			err = m.crashed(r)
		}
		m.finished()
		if ferr := m.out.Flush(); err == nil {
			err = ferr
		}
	}()
	return f()
}

// crashed keeps a bug of the toolchain from taking the process down: it becomes a fault that asks for a report.
func (m *Machine) crashed(r any) error {
	buf := make([]byte, 4096)
	buf = buf[:runtime.Stack(buf, false)]
	f := &Fault{Code: CodeInternal, Args: []string{describe(r)}, Value: value.Nil, cause: fmt.Errorf("%v\n%s", r, buf)}
	fn, pc := m.prog.main, 0
	if n := len(m.frames); n > 0 && m.frames[n-1].fn != nil {
		fn, pc = m.frames[n-1].fn, max(m.frames[n-1].pc-1, 0)
	}
	m.locate(f, fn, pc)
	return f
}

func describe(r any) string {
	if e, ok := r.(error); ok {
		return e.Error()
	}
	if s, ok := r.(string); ok {
		return s
	}
	return "panic"
}

// Global reads a global after or between runs; value.Unset when it has none.
func (m *Machine) Global(name string) value.Value {
	if i, ok := m.prog.slot[name]; ok {
		return m.stack[i]
	}
	return value.Unset
}

// SetGlobal binds a global that the program mentions; others are ignored. The value must not be changed afterwards.
func (m *Machine) SetGlobal(name string, v value.Value) {
	if i, ok := m.prog.slot[name]; ok {
		value.Share(v)
		m.stack[i] = v
	}
}

// Snapshot copies the globals as they are, for View. Everything in them is shared from now on, so that changes copy.
func (m *Machine) Snapshot() []value.Value {
	vs := append([]value.Value(nil), m.stack[:len(m.prog.globals)]...)
	for _, v := range vs {
		value.Share(v)
	}
	return vs
}

// RunBlock runs a later block's body in a view of the globals of its own (services.md rule 15).
func (m *Machine) RunBlock(ctx context.Context, b *Block, globals []value.Value, bind map[string]value.Value) error {
	copy(m.stack, globals)
	for name, v := range bind {
		m.SetGlobal(name, v)
	}
	return m.runBody(ctx, b)
}

// runBody runs a block from the globals as they are.
func (m *Machine) runBody(ctx context.Context, b *Block) error {
	m.left, m.pot, m.fuel, m.ending, m.over = m.opts.Fuel, nil, 0, nil, false
	_, err := m.runTop(ctx, b.body, 0)
	return err
}

// Value is what a service keeps for this run under key, or nil.
func (m *Machine) Value(key any) any { return m.values[key] }

// SetOwner says whose run it is, for those that ask Call.Owner.
func (m *Machine) SetOwner(v any) { m.owner = v }

// SetValue keeps something for this run.
func (m *Machine) SetValue(key, v any) {
	if m.values == nil {
		m.values = map[any]any{}
	}
	m.values[key] = v
}

// Get takes a machine from the program's pool, configured for one run. Put gives it back.
func (p *Program) Get(o Options) *Machine {
	if m, ok := p.pool.Get().(*Machine); ok {
		m.configure(o)
		return m
	}
	return New(p, o)
}

// minStack is the length that a stack begins with; all of it is cleared after every run of a pooled machine.
const minStack = 64

// keptStack is the longest stack that a machine in the pool keeps.
const keptStack = 1 << 14

// Put gives a machine back, without what the run left in it.
func (p *Program) Put(m *Machine) {
	if len(m.stack) > keptStack {
		m.stack, m.frames = make([]value.Value, max(len(p.globals)+p.main.regs, minStack)), nil
	}
	clear(m.stack)
	m.frames = m.frames[:0]
	m.values, m.owner, m.ctx = nil, nil, nil
	p.pool.Put(m)
}

// invoke calls a function value from inside a native word.
func (m *Machine) invoke(fn value.Value, args []value.Value) (value.Value, error) {
	f := fn.Func()
	if f == nil {
		return value.Nil, machineError(CodeNotCallable, fn.KindName())
	}
	p, ok := f.Impl.(*Proto)
	if !ok {
		return m.native(f.Impl.(*Native), args)
	}
	p = m.code(p)
	if len(args) != p.params {
		return value.Nil, machineError(CodeArity, shown(p), strconv.Itoa(p.params), strconv.Itoa(len(args)))
	}
	if len(m.frames) > m.depth { // the frame that called the word is among them
		return value.Nil, machineError(CodeDepth, strconv.Itoa(m.opts.MaxDepth))
	}
	base := m.top
	m.ensure(base + p.regs)
	for i, a := range args {
		value.Share(a)
		m.stack[base+i] = a
	}
	copy(m.stack[base+len(args):], f.Captured)
	m.frames = append(m.frames, frame{})
	saved := m.top
	m.depth++ // the mark is no call
	v, err := m.exec(p, base)
	m.depth--
	m.top = saved
	m.frames = m.frames[:len(m.frames)-1]
	return v, err
}

func shown(p *Proto) string {
	if p.name == "" {
		return "செயல்"
	}
	return p.name
}

// ensure makes the stack at least n long. Pointers into it are stale afterwards.
func (m *Machine) ensure(n int) {
	if n <= len(m.stack) {
		return
	}
	bigger := make([]value.Value, max(n, 2*len(m.stack)))
	copy(bigger, m.stack)
	m.stack = bigger
}

// refuel is where a run looks at its context, its budget and its memory.
func (m *Machine) refuel() error {
	if m.ending != nil {
		m.over = true
		return m.ending
	}
	if err := m.ctx.Err(); err != nil {
		return err
	}
	if err := m.weigh(0); err != nil {
		return err
	}
	m.fuel = slice
	if m.opts.Fuel <= 0 {
		return nil
	}
	if m.fuel = m.draw(); m.fuel <= 0 {
		return machineError(CodeFuel, strconv.FormatInt(m.opts.Fuel, 10))
	}
	return nil
}

// stopped is the context's error as soon as the run is cancelled, for operations that may each take long.
func (m *Machine) stopped() error {
	if m.stop.Load() && m.ending == nil {
		return m.ctx.Err()
	}
	return nil
}

// grow charges n bytes. Every so often, and before anything large, it asks how large the live heap is.
func (m *Machine) grow(n int64) error {
	m.grown += n
	if limit := m.opts.MaxMemory; limit > 0 && m.grown >= min(limit/8, 32<<20) && m.ending == nil {
		return m.weigh(n)
	}
	return nil
}

// weigh fails when the live heap, with need bytes more, is over the limit.
func (m *Machine) weigh(need int64) error {
	limit := m.opts.MaxMemory
	if limit <= 0 {
		return nil
	}
	m.grown = 0
	if need <= 1<<20 {
		need = 0
	}
	if heap()+need <= limit {
		return nil
	}
	runtime.GC()
	if heap()+need <= limit {
		return nil
	}
	return machineError(CodeMemory, strconv.FormatInt(limit>>20, 10))
}

func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
