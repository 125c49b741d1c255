package task

import (
	"context"
	"errors"
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// maxTasks is how many tasks of a group may be unfinished at a time when Options do not say.
const maxTasks = 100_000

// Options are a group's surroundings.
type Options struct {
	// Whole says that nothing but the run and its tasks can wake a task: a run without a server. When all of them wait for each
	// other the run then ends with a report of who waits for what.
	Whole bool
	// Enter, if set, makes the context that a task's values come from, out of the group's and that of the run which starts the
	// task; and what is done once the task has ended.
	Enter func(group, starter context.Context) (context.Context, func() error)
	// Most bounds the unfinished tasks; 0 is 100,000.
	Most int
	// Report, if set, is told of errors of tasks that nobody has asked for.
	Report func(name string, err error)
}

// Group owns the tasks of a run or of a server. One lock guards what tasks wait for, so that a wait can begin, end or be found
// endless in one step. It is safe for concurrent use.
type Group struct {
	opts   Options
	ctx    context.Context
	cancel context.CancelFunc
	unhook func() bool

	mu     sync.Mutex
	live   bag[*Task]
	parked bag[*party] // those that wait
	active int         // the run and the tasks that do not wait for each other
	lost   []*Task
	ended  bool  // the run itself has ended
	closed bool  // no more tasks may start
	err    error // why a task ended the run
	idle   chan struct{}
	still  chan struct{} // closed when no task can go on by itself

	started int64 // tasks so far
	turn    uint  // of the channels that somebody chooses from
}

type groupKey struct{}

// NewGroup makes a group whose tasks end when ctx does. End or Close must be called.
func NewGroup(ctx context.Context, o Options) *Group {
	g := &Group{opts: o, active: 1}
	if g.opts.Most <= 0 {
		g.opts.Most = maxTasks
	}
	g.ctx, g.cancel = context.WithCancel(ctx)
	g.unhook = context.AfterFunc(g.ctx, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.stopAll()
	})
	return g
}

// With lets the words of this package work in runs with the context. It does not end with the group.
func (g *Group) With(ctx context.Context) context.Context {
	return context.WithValue(ctx, groupKey{}, g)
}

// Context is the group's own, for the run that it belongs to: it ends with the group, and when a task ends the run.
func (g *Group) Context() context.Context { return g.With(g.ctx) }

// End is the end of the run that the group belongs to, with its error. After an error the tasks are stopped; without one they are
// awaited. It answers the run's error, or that of a task which ended the run.
func (g *Group) End(err error) error {
	g.mu.Lock()
	g.active--
	if err != nil {
		g.stopAll()
	} else {
		g.check()
	}
	g.await()
	if g.err != nil && (err == nil || errors.Is(err, context.Canceled)) {
		err = g.err
	}
	g.mu.Unlock()
	g.close()
	return err
}

// Drain waits, once the run and its requests have ended, until every task has ended or waits for another one that waits too,
// or until ctx ends. Close must follow.
func (g *Group) Drain(ctx context.Context) {
	still := make(chan struct{})
	g.mu.Lock()
	g.still = still
	g.check()
	g.mu.Unlock()
	select {
	case <-still:
	case <-ctx.Done():
	}
}

// Close stops the tasks and waits until they have ended.
func (g *Group) Close() {
	g.mu.Lock()
	g.stopAll()
	g.await()
	g.mu.Unlock()
	g.close()
}

func (g *Group) close() {
	g.mu.Lock()
	lost := g.lost
	g.lost, g.ended, g.closed = nil, true, true
	g.mu.Unlock()
	g.unhook()
	g.cancel()
	for _, t := range lost {
		g.report(t)
	}
}

// report tells of a task's error, unless somebody has asked for it meanwhile.
func (g *Group) report(t *Task) {
	g.mu.Lock()
	tell := !t.seen && !t.ending
	t.seen = true
	g.mu.Unlock()
	if tell && g.opts.Report != nil {
		g.opts.Report(t.handle.Name, t.err)
	}
}

// await waits, with g.mu held but while it waits, until no task is left.
func (g *Group) await() {
	for len(g.live.all) > 0 {
		if g.idle == nil {
			g.idle = make(chan struct{})
		}
		idle := g.idle
		g.mu.Unlock()
		<-idle
		g.mu.Lock()
	}
}

// stopAll asks every task to stop; g.mu is held. No more can start.
func (g *Group) stopAll() {
	g.closed = true
	for _, t := range g.live.all {
		t.stop()
	}
}

// of is the group of the run that calls.
func of(c *vm.Call, word string) (*Group, error) {
	if p, ok := c.Owner().(*party); ok {
		return p.g, nil
	}
	if g, ok := c.Context().Value(groupKey{}).(*Group); ok {
		return g, nil
	}
	return nil, &value.Error{Code: vm.CodeNotBuilt, Args: []string{word}}
}
