package task

import (
	"slices"
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Lock is held by one party at a time. It goes to those that wait in the order in which they came.
type Lock struct {
	handle  value.Handle
	g       *Group
	owner   *party
	waiting queue
}

func newLock(g *Group) *Lock {
	l := &Lock{g: g}
	l.handle = value.Handle{Kind: KindLock, Impl: l}
	return l
}

func (l *Lock) label() string {
	if l.owner == nil {
		return KindLock
	}
	return KindLock + " ⟵ " + l.owner.name()
}

func (l *Lock) blocker() *party { return l.owner }

// hold waits for the lock and takes it. Who holds it already would wait for itself.
func (p *party) hold(c *vm.Call, l *Lock) error {
	l.g.mu.Lock()
	if l.owner == nil {
		l.give(p)
		l.g.mu.Unlock()
		return nil
	}
	p.join(&l.waiting)
	return p.park(c, l)
}

func (l *Lock) give(p *party) {
	l.owner = p
	p.held = append(p.held, l)
}

// release gives the lock to the next; g.mu is held.
func (l *Lock) release(p *party) {
	if i := slices.Index(p.held, l); i >= 0 {
		p.held = slices.Delete(p.held, i, i+1)
	}
	l.owner = nil
	if next := l.waiting.first(); next != nil {
		l.give(next)
		next.wake()
	}
}

// Atomic is a number that parties change in one step.
type Atomic struct {
	handle value.Handle
	mu     sync.Mutex
	n      value.Value
}

func newAtomic(n value.Value) *Atomic {
	a := &Atomic{n: n}
	a.handle = value.Handle{Kind: KindAtomic, Impl: a}
	return a
}

// change puts what to makes of the number in its place, unless it fails, and answers it.
func (a *Atomic) change(to func(n value.Value) (value.Value, error)) (value.Value, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, err := to(a.n)
	if err == nil {
		a.n = n
	}
	return n, err
}
