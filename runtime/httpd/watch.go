package httpd

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// sweepEvery is how often running handlers are looked at.
const sweepEvery = 20 * time.Millisecond

// watch ends handlers whose time is over or whose client is gone. It looks at all of them every so often, which costs a
// request next to nothing, where a timer and a goroutine for each would cost more than most handlers do.
type watch struct {
	mu       sync.Mutex
	running  *runContext // a list
	sweeping bool
	now      time.Time // of the last look, while sweeping
}

// runContext is the context of one run.
type runContext struct {
	context.Context // the request's, which ends when the client is gone
	x               *Exchange
	watch           *watch
	timeout         time.Duration

	// Under watch.mu. The context is listed, and its time begins, when somebody first asks for it.
	listed     bool
	deadline   time.Time
	done       chan struct{}
	flags      []*atomic.Bool
	flagRoom   [2]*atomic.Bool
	err        error
	after      []func()
	prev, next *runContext
	free       bool          // there is no deadline, and the end comes without a look
	hooks      []func() bool // take back what brings it
}

// release lets a run go on without a deadline, as long as its client stays and none of ends has ended. It is not looked at
// every so often any more, so that there may be very many.
func (c *runContext) release(ends ...context.Context) {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.listed && c.err == nil {
		c.watch.unlist(c)
	}
	c.listed, c.free = true, true
	for _, ctx := range append(ends, c.Context) {
		if ctx != nil {
			c.hooks = append(c.hooks, context.AfterFunc(ctx, func() { c.end(context.Canceled) }))
		}
	}
}

// end ends the run now.
func (c *runContext) end(err error) {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.err == nil {
		if c.listed && !c.free {
			c.watch.unlist(c)
		}
		c.listed = true
		c.finish(err)
	}
}

// Deadline is when the handler must have ended.
func (c *runContext) Deadline() (time.Time, bool) {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	c.watch.add(c)
	return c.deadline, !c.free
}

// Done is closed soon after the deadline, or after the client has gone.
func (c *runContext) Done() <-chan struct{} {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
		if c.err != nil {
			close(c.done)
		}
		c.watch.add(c)
	}
	return c.done
}

// StopFlag lets a machine, or a connection to a database, hear of the end (vm.Stopper): the flag is set then.
func (c *runContext) StopFlag(flag *atomic.Bool) {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.flags == nil {
		c.flags = c.flagRoom[:0]
	}
	c.flags = append(c.flags, flag)
	if c.err != nil {
		flag.Store(true)
	}
	c.watch.add(c)
}

// DropFlag takes StopFlag back: the flag is not set any more.
func (c *runContext) DropFlag(flag *atomic.Bool) {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	c.flags = slices.DeleteFunc(c.flags, func(f *atomic.Bool) bool { return f == flag })
}

// Err says why the run must end.
func (c *runContext) Err() error {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.err != nil {
		return c.err
	}
	c.watch.add(c)
	return c.due(time.Now())
}

// due is why the context must end now, or nil.
func (c *runContext) due(now time.Time) error {
	if err := c.Context.Err(); err != nil {
		return err //nolint:wrapcheck // a context's errors are compared
	}
	if !c.free && !now.Before(c.deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

// Value also knows the exchange.
func (c *runContext) Value(key any) any {
	if key == (exchangeKey{}) {
		return c.x
	}
	return c.Context.Value(key)
}

// AfterFunc lets package context hang other contexts on this one without a goroutine for each.
func (c *runContext) AfterFunc(f func()) (stop func() bool) {
	c.Done()
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.err != nil {
		go f()
		return func() bool { return false }
	}
	at, stopped := len(c.after), false
	c.after = append(c.after, f)
	return func() bool {
		c.watch.mu.Lock()
		defer c.watch.mu.Unlock()
		if c.err != nil || stopped { // a context with a deadline stops twice, and its place may be another's by then
			return false
		}
		c.after[at], stopped = nil, true
		for n := len(c.after); n > 0 && c.after[n-1] == nil; n-- { // a long run asks often
			c.after = c.after[:n-1]
		}
		return true
	}
}

// add lists a context that has not ended; w.mu is held.
func (w *watch) add(c *runContext) {
	if c.listed || c.err != nil {
		return
	}
	c.listed = true
	c.next = w.running
	if c.next != nil {
		c.next.prev = c
	}
	w.running = c
	if !w.sweeping {
		w.sweeping, w.now = true, time.Now()
		go w.sweep()
	}
	c.deadline = w.now.Add(c.timeout) // at most one look too early
}

// remove takes the context of a run that has ended from the list, and tells those who still wait. alone tells that nobody
// ever waited, so that nobody but the run knew the context.
func (w *watch) remove(c *runContext) (alone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.flags = nil // its machine is another run's soon
	for _, stop := range c.hooks {
		stop()
	}
	if c.listed && c.err == nil {
		if !c.free {
			w.unlist(c)
		}
		c.finish(context.Canceled)
	}
	return c.done == nil && !c.free
}

func (w *watch) unlist(c *runContext) {
	switch {
	case c.prev != nil:
		c.prev.next = c.next
	case w.running == c:
		w.running = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	}
	c.prev, c.next = nil, nil
}

// finish ends a context; w.mu is held.
func (c *runContext) finish(err error) {
	c.err = err
	if c.done != nil {
		close(c.done)
	}
	for _, flag := range c.flags {
		flag.Store(true)
	}
	for _, f := range c.after {
		if f != nil {
			go f()
		}
	}
}

// sweep looks at the running handlers until there are none.
func (w *watch) sweep() {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for now := range tick.C {
		if !w.look(now) {
			return
		}
	}
}

func (w *watch) look(now time.Time) (more bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
	for c := w.running; c != nil; {
		next := c.next
		if err := c.due(now); err != nil {
			w.unlist(c)
			c.finish(err)
		}
		c = next
	}
	w.sweeping = w.running != nil
	return w.sweeping
}
