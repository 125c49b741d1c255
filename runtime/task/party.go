package task

import (
	"cmp"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// party is whoever can wait: a task, the run itself, a request. All fields but g and task are guarded by g.mu.
type party struct {
	g       *Group
	task    *Task         // nil for a run
	order   int64         // when it first waited
	ready   chan struct{} // made when it first waits
	parked  bool
	at      int  // place in g.parked
	counted bool // is not among the active ones while it waits
	timed   bool // a காலவரம்பு will wake it
	on      target
	call    *vm.Call
	queues  []*queue  // where it stands in line
	one     [1]*queue // their place while there are no more
	held    []*Lock
	lost    []*Task // failed tasks that this run started and has not asked for
	ended   bool

	msg value.Value // what it brings or gets
	ok  bool
	hit *queue // where it was served
	err error
}

// target is what a party waits for. label names it; blocker is who alone can end the wait, or nil.
type target interface {
	label() string
	blocker() *party
}

// queue is a line of parties, first come first served.
type queue struct {
	line []*party
	one  [1]*party // its place while there are no more
}

func (q *queue) first() *party {
	if len(q.line) == 0 {
		return nil
	}
	return q.line[0]
}

func (q *queue) remove(p *party) {
	if i := slices.Index(q.line, p); i == 0 {
		q.line[0] = nil
		if q.line = q.line[1:]; len(q.line) == 0 {
			q.line = q.one[:0]
		}
	} else if i > 0 {
		q.line = slices.Delete(q.line, i, i+1)
	}
}

func (p *party) join(q *queue) {
	if q.line == nil {
		q.line = q.one[:0]
	}
	if p.queues == nil {
		p.queues = p.one[:0]
	}
	q.line = append(q.line, p)
	p.queues = append(p.queues, q)
}

// partyOf is who calls. A run becomes one with its first word, until it ends.
func partyOf(c *vm.Call, word string) (*party, error) {
	if p, ok := c.Owner().(*party); ok {
		return p, nil
	}
	g, err := of(c, word)
	if err != nil {
		return nil, err
	}
	p := &party{g: g}
	c.SetOwner(p)
	c.AtEnd(p.end)
	return p, nil
}

// end releases what the party held, and tells of errors that nobody has asked for.
func (p *party) end() {
	g := p.g
	g.mu.Lock()
	for len(p.held) > 0 {
		p.held[len(p.held)-1].release(p)
	}
	p.ended = true
	var lost []*Task
	if g.opts.Whole {
		g.lost = append(g.lost, p.lost...)
	} else {
		lost = p.lost
	}
	p.lost = nil
	g.mu.Unlock()
	for _, t := range lost {
		g.report(t)
	}
}

// park waits for the target until somebody wakes the party, which has joined the queues that it wants to be served from. It is
// called with g.mu held and returns without.
func (p *party) park(c *vm.Call, on target) error {
	g, ctx := p.g, c.Context()
	p.on, p.call, p.timed = on, c, c.Bounded()
	err := ctx.Err()
	if err == nil {
		err = p.circle()
	}
	if err != nil {
		p.leave()
		g.mu.Unlock()
		return err
	}
	p.parked, p.err = true, nil
	if p.ready == nil {
		p.ready = make(chan struct{}, 1)
	}
	ready := p.ready
	g.parked.add(p)
	if !p.timed {
		p.counted = true
		g.active--
		g.check()
	}
	g.mu.Unlock()
	select {
	case <-ready:
		return p.err
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !p.parked { // it was woken at the same moment, and has what it waited for
		<-p.ready
		return p.err
	}
	p.unpark()
	return ctx.Err() //nolint:wrapcheck // the machine turns it into the fault of a run that was stopped
}

// wake ends the party's wait; g.mu is held.
func (p *party) wake() {
	p.unpark()
	p.ready <- struct{}{}
}

func (p *party) unpark() {
	p.leave()
	p.parked = false
	p.g.parked.remove(p)
	p.recount()
}

// recount makes the party one of the active ones again.
func (p *party) recount() {
	if p.counted {
		p.counted = false
		p.g.active++
	}
}

// leave takes the party out of the queues.
func (p *party) leave() {
	for _, q := range p.queues {
		q.remove(p)
	}
	p.queues = p.queues[:0]
}

// circle finds out whether the party is about to wait for itself: for a task or lock whose owner waits, and so on.
func (p *party) circle() error {
	if p.timed {
		return nil
	}
	around := []*party{p}
	for q := p.on.blocker(); q != nil; q = q.on.blocker() {
		if q == p {
			return deadlock(around)
		}
		if !q.parked || q.timed || len(around) > maxTasks {
			return nil
		}
		around = append(around, q)
	}
	return nil
}

// check ends the run, or Drain, when everybody in it waits for somebody else; g.mu is held.
func (g *Group) check() {
	if g.still != nil && g.active <= 1 { // the run itself is one
		close(g.still)
		g.still = nil
	}
	if !g.opts.Whole || g.active > 0 || len(g.parked.all) == 0 || g.closed {
		return
	}
	all := slices.SortedFunc(slices.Values(g.parked.all), func(a, b *party) int { return cmp.Compare(a.started(), b.started()) })
	for _, p := range all {
		if p.timed {
			return // its காலவரம்பு goes on
		}
	}
	all[0].err = deadlock(all)
	all[0].wake()
}

// started orders parties: the run, then the tasks as they were started.
func (p *party) started() int64 {
	if p.task == nil {
		return 0
	}
	return p.order
}

func deadlock(all []*party) error {
	const most = 20
	var b strings.Builder
	for i, p := range all {
		if i == most {
			b.WriteString("; …")
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.name() + " → " + p.on.label() + " (" + p.call.Place() + ")")
	}
	return &value.Error{Code: vm.CodeDeadlock, Args: []string{b.String()}}
}

func (p *party) name() string {
	if p.task == nil {
		return "நிரல்"
	}
	return p.task.label()
}
