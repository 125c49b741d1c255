package task

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Task is one task. Its fields but the first four are guarded by the group's lock.
type Task struct {
	handle  value.Handle
	self    party
	ctx     taskContext
	starter *party

	done    bool
	stopped bool
	seen    bool // somebody has asked for the result
	ending  bool // its error ended the run
	result  value.Value
	err     error
	state   string
	waiting queue
	at      int // place in g.live
}

// taskContext is a task's context. It is made for every task, so that it is no more than what tasks need: the values come from
// somewhere else, and the machine's flag is set without a goroutine.
type taskContext struct {
	context.Context // the values
	over            atomic.Bool
	flag            atomic.Pointer[atomic.Bool]
	mu              sync.Mutex
	done            chan struct{} // made when somebody first asks for it
}

func (c *taskContext) Deadline() (time.Time, bool) { return time.Time{}, false }

func (c *taskContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
		if c.over.Load() {
			close(c.done)
		}
	}
	return c.done
}

func (c *taskContext) Err() error {
	if c.over.Load() {
		return context.Canceled
	}
	return nil
}

// StopFlag makes the machine hear of the end (vm.Stopper).
func (c *taskContext) StopFlag(flag *atomic.Bool) {
	c.flag.Store(flag)
	if c.over.Load() {
		flag.Store(true)
	}
}

func (c *taskContext) cancel() {
	c.mu.Lock()
	c.over.Store(true)
	if c.done != nil {
		close(c.done)
	}
	c.mu.Unlock()
	if flag := c.flag.Load(); flag != nil {
		flag.Store(true)
	}
}

func (t *Task) label() string {
	if t.handle.Name == "" {
		return "பணி"
	}
	return "பணி " + strconv.Quote(t.handle.Name)
}

func (t *Task) blocker() *party { return &t.self }

// start begins a task that runs fn. The arguments must not be changed afterwards.
func (p *party) start(c *vm.Call, fn value.Value, name string, args []value.Value) (value.Value, error) {
	g := p.g
	t := &Task{starter: p}
	t.handle = value.Handle{Kind: KindTask, Name: name, Impl: t}
	t.self.g, t.self.task, t.ctx.Context = g, t, g.ctx
	m := c.Fork()
	g.mu.Lock()
	switch {
	case g.closed:
		g.mu.Unlock()
		m.Release()
		return value.Nil, context.Canceled
	case len(g.live.all) >= g.opts.Most:
		g.mu.Unlock()
		m.Release()
		return value.Nil, &value.Error{Code: CodeTooMany, Args: []string{strconv.Itoa(g.opts.Most)}}
	}
	g.started++
	t.self.order = g.started
	g.live.add(t)
	g.active++
	g.mu.Unlock()
	leave := func() error { return nil }
	if g.opts.Enter != nil {
		t.ctx.Context, leave = g.opts.Enter(g.ctx, c.Context())
	}
	m.SetOwner(&t.self)
	go t.run(m, fn, slices.Clone(args), leave)
	return value.FromHandle(&t.handle), nil
}

// run is the task's goroutine.
func (t *Task) run(m *vm.Machine, fn value.Value, args []value.Value, leave func() error) {
	v, err := m.Do(&t.ctx, fn, args)
	m.Release()
	if closed := leave(); err == nil {
		err = closed
	}
	t.self.end()
	t.finish(v, err)
}

// finish keeps the result and wakes those that wait for it.
func (t *Task) finish(v value.Value, err error) {
	g := t.self.g
	result := outcome(v, err)
	value.Share(result)
	g.mu.Lock()
	t.done, t.result, t.err = true, result, err
	asked := t.seen
	for p := t.waiting.first(); p != nil; p = t.waiting.first() {
		p.hit = &t.waiting
		p.wake()
		asked = true
	}
	g.live.remove(t)
	g.active--
	tell := t.failed(asked)
	g.check()
	if len(g.live.all) == 0 && g.idle != nil {
		close(g.idle)
		g.idle = nil
	}
	g.mu.Unlock()
	if tell {
		g.report(t)
	}
}

// failed notes a task's error for its starter; it answers whether it is time to tell of it. g.mu is held.
func (t *Task) failed(asked bool) bool {
	if t.err == nil || t.stopped {
		return false
	}
	g := t.self.g
	var exit *vm.Exit
	var fault *vm.Fault
	switch {
	case errors.As(t.err, &exit), errors.As(t.err, &fault) && fault.Code == vm.CodeDeadlock:
		if g.opts.Whole && g.err == nil { // the run ends with it
			g.err, t.ending = t.err, true
			g.stopAll()
			g.cancel()
		}
		return exit == nil && !g.opts.Whole
	case asked:
		return false
	case t.starter.ended && !g.opts.Whole:
		return true
	case t.starter.ended:
		g.lost = append(g.lost, t)
	default:
		t.starter.lost = append(t.starter.lost, t)
	}
	return false
}

// outcome is a task's முடிவு (services.md rule 16).
func outcome(v value.Value, err error) value.Value {
	if err == nil {
		if v.Kind() == value.OkKind || v.Kind() == value.ErrKind {
			return v
		}
		return value.FromOk(v)
	}
	var fault *vm.Fault
	var known *value.Error
	switch {
	case errors.As(err, &fault):
		return value.FromErr(fault.Record())
	case errors.As(err, &known):
		return value.FromErr(value.NewFault("பொது", diag.Message(known.Code, diag.Both, known.Args...)).Record())
	}
	return value.FromErr(value.NewFault("பொது", err.Error()).Record())
}

// stop asks the task to stop; g.mu is held.
func (t *Task) stop() {
	if !t.done && !t.stopped {
		t.stopped = true
		t.ctx.cancel()
		t.self.recount()
	}
}

// wait answers the task's result once it has ended.
func (p *party) wait(c *vm.Call, t *Task) (value.Value, error) {
	g := p.g
	g.mu.Lock()
	if !t.done {
		p.join(&t.waiting)
		if err := p.park(c, t); err != nil {
			return value.Nil, err
		}
		g.mu.Lock()
	}
	t.seen = true
	g.mu.Unlock()
	return t.result, nil
}

// race is what somebody waits for who waits for the first of several tasks.
type race []*Task

func (r race) label() string {
	s := ""
	for i, t := range r {
		if i > 0 {
			s += " | "
		}
		s += t.label()
	}
	return s
}

func (r race) blocker() *party {
	if len(r) == 1 {
		return &r[0].self
	}
	return nil
}

// race answers the result of the task that ends first, and stops the others.
func (p *party) race(c *vm.Call, tasks race) (value.Value, error) {
	g := p.g
	g.mu.Lock()
	winner := slices.IndexFunc(tasks, func(t *Task) bool { return t.done })
	if winner < 0 {
		for _, t := range tasks {
			p.join(&t.waiting)
		}
		if err := p.park(c, tasks); err != nil {
			return value.Nil, err
		}
		g.mu.Lock()
		winner = slices.IndexFunc(tasks, func(t *Task) bool { return p.hit == &t.waiting })
	}
	for i, t := range tasks {
		t.seen = true
		if i != winner {
			t.stop()
		}
	}
	g.mu.Unlock()
	return tasks[winner].result, nil
}
