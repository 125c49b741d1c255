package vm

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Buffers of a task's machine: there may be very many, and each of its lines is written at once.
const (
	forkOut  = 4096
	forkIn   = 16
	lightOut = 512
)

// Fork makes a machine for a task of this run: with the globals as they are now, the same output, no input, and a share of the
// same budget. From now on both write whole lines. Do runs it; Release gives it back.
func (c *Call) Fork() *Machine {
	m := c.m
	if !m.opts.FlushLines {
		_ = m.out.Flush() // the writer keeps its error for the end of the run
		m.opts.FlushLines = true
	}
	if m.opts.Fuel > 0 && m.pot == nil {
		m.pot = new(atomic.Int64)
		m.pot.Store(m.left)
	}
	o := m.opts
	o.Stdin = nil
	o.Buffer = forkOut
	p := m.prog.still()
	f := p.small(&p.forks, o)
	f.pot, f.until = m.pot, m.until
	m.hand(f, p.reads)
	for key, v := range m.values {
		if _, ok := key.(Inherited); ok {
			f.SetValue(key, v)
		}
	}
	return f
}

// hand gives a task the globals. Those that no function asks for it does without: what it held would be shared, so that a list of
// tasks, to which each of them is appended, would be copied for every one and live as often as there are tasks.
func (m *Machine) hand(f *Machine, reads []int) {
	n := len(m.prog.globals)
	if reads == nil {
		copy(f.stack, m.stack[:n])
		for _, v := range f.stack[:n] {
			value.Share(v)
		}
		return
	}
	for i := range n {
		f.stack[i] = value.Unset
	}
	for _, i := range reads {
		f.stack[i] = m.stack[i]
		value.Share(f.stack[i])
	}
}

// Light takes a machine for a run that waits most of its time, of which there may be very many: its buffers are small, and
// each line that it prints is written at once. Release gives it back.
func (p *Program) Light(o Options) *Machine {
	o.Stdin, o.FlushLines, o.Buffer = nil, true, lightOut
	return p.small(&p.lights, o)
}

// small takes a machine with small buffers from its pool.
func (p *Program) small(pool *sync.Pool, o Options) *Machine {
	m, ok := pool.Get().(*Machine)
	if !ok {
		m = &Machine{prog: p, caches: make([]cache, len(p.sites)), forked: pool == &p.forks, pool: pool}
		m.call.m = m
		m.stack = make([]value.Value, max(len(p.globals)+p.main.regs, minStack))
	}
	m.configure(o)
	return m
}

// Do calls a function value on a machine that Fork made. The error is as Run's.
func (m *Machine) Do(ctx context.Context, fn value.Value, args []value.Value) (value.Value, error) {
	f := fn.Func()
	p, ok := f.Impl.(*Proto)
	if ok {
		p = m.code(p)
	}
	if !ok || p.params != len(args) {
		return value.Nil, machineError(CodeNotCallable, fn.KindName())
	}
	base := len(m.prog.globals)
	m.ensure(base + p.regs)
	copy(m.stack[base:], args)
	copy(m.stack[base+len(args):], f.Captured)
	return m.runTop(ctx, p, base)
}

// Release gives a machine that Fork or Light made back.
func (m *Machine) Release() {
	if len(m.stack) > keptStack {
		return
	}
	clear(m.stack)
	m.frames = m.frames[:0]
	m.values, m.owner, m.ctx = nil, nil, nil
	m.pool.Put(m)
}

// draw takes a slice of fuel out of the budget; 0 when there is none left.
func (m *Machine) draw() int64 {
	if m.pot != nil {
		return max(min(slice, m.pot.Add(-slice)+slice), 0)
	}
	n := min(slice, m.left)
	m.left -= n
	return n
}
