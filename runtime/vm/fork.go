package vm

import (
	"bufio"
	"context"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Buffers of a task's machine: there may be very many, and each of its lines is written at once.
const (
	forkOut = 4096
	forkIn  = 16
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
	f := m.prog.still().fork(o)
	f.pot, f.until = m.pot, m.until
	n := len(m.prog.globals)
	copy(f.stack, m.stack[:n])
	for _, v := range f.stack[:n] {
		value.Share(v)
	}
	for key, v := range m.values {
		if _, ok := key.(Inherited); ok {
			f.SetValue(key, v)
		}
	}
	return f
}

// Light takes a machine for a run that waits most of its time, of which there may be very many: its buffers are small, and
// each line that it prints is written at once. Release gives it back.
func (p *Program) Light(o Options) *Machine {
	o.Stdin, o.FlushLines = nil, true
	return p.fork(o)
}

// fork takes a machine for a task from its pool.
func (p *Program) fork(o Options) *Machine {
	m, ok := p.forks.Get().(*Machine)
	if !ok {
		m = &Machine{prog: p, caches: make([]cache, len(p.sites)), forked: true}
		m.call.m = m
		m.out, m.in = bufio.NewWriterSize(o.Stdout, forkOut), bufio.NewReaderSize(eof{}, forkIn)
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

// Release gives a machine that Fork made back.
func (m *Machine) Release() {
	if len(m.stack) > keptStack {
		return
	}
	clear(m.stack)
	m.frames = m.frames[:0]
	m.values, m.owner, m.ctx = nil, nil, nil
	m.prog.forks.Put(m)
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
