package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// signalBlock is one சைகை of a program.
type signalBlock struct {
	name  string // "SIGTERM"
	block *vm.Block
}

// signalOf is the signal that a declaration names; known is false when no program could handle it.
func signalOf(b *vm.Block) (name string, known bool) {
	if len(b.Args) == 0 || !b.Args[0].Literal {
		return "?", false
	}
	_, known = lifecycle.Signal(b.Args[0].Value.Display())
	return lifecycle.SignalName(b.Args[0].Value.Display()), known
}

// signalNames lists the signals that the program handles.
func (s *service) signalNames() []string {
	var names []string
	for _, b := range s.signals {
		if !slices.Contains(names, b.name) {
			names = append(names, b.name)
		}
	}
	return names
}

// signalled runs the blocks of a signal, in their order.
func (s *service) signalled(ctx context.Context, name string) {
	for _, b := range s.signals {
		if b.name == name {
			s.runLater(ctx, b.block)
		}
	}
}

// runAlone runs a block that is no request's, in a view of its own.
func (s *service) runAlone(ctx context.Context, b *vm.Block) error {
	session := s.prelude.Fork()
	return s.runBlock(s.run(ctx, session), session, b, nil, nil)
}

// runLater runs a block that is no request's; a failure is logged.
func (s *service) runLater(ctx context.Context, b *vm.Block) {
	if err := s.runAlone(ctx, b); err != nil && !s.silent {
		s.log.failed(s.prog, "", nil, err)
	}
}

// shutDown runs the நிறுத்தும்போது blocks, the newest first. The tasks have ended; what they start ends with them.
func (s *service) shutDown(ctx context.Context) {
	if len(s.shutdown) == 0 {
		return
	}
	s.owns(task.NewGroup(observed(ctx, s.told), task.Options{Enter: forked, Report: func(_ string, err error) {
		s.log.failed(s.prog, "", nil, err)
	}}))
	defer s.tasks.Close()
	defer s.tasks.Drain(ctx)
	for _, b := range slices.Backward(s.shutdown) {
		s.runLater(ctx, b)
	}
}

// sayFarewell runs the மீளேற்று blocks: another version answers already, and this one is about to end.
func (s *service) sayFarewell(ctx context.Context) {
	for _, b := range s.farewell {
		s.runLater(ctx, b)
	}
}

// schedules are the running இடைவெளி blocks of a version.
type schedules struct {
	halted chan struct{} // no block begins any more
	halt   func()
	cancel context.CancelFunc // of those that run
	wg     sync.WaitGroup
}

// schedule runs every இடைவெளி in its time, until halt. end must follow.
func (s *service) schedule(ctx context.Context) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c := &schedules{halted: make(chan struct{}), cancel: cancel}
	c.halt = sync.OnceFunc(func() { close(c.halted) })
	for _, e := range s.every {
		c.wg.Go(func() {
			tick := time.NewTicker(e.period)
			defer tick.Stop()
			for {
				select {
				case <-c.halted:
					return
				case <-tick.C:
				}
				if err := s.runAlone(ctx, e.block); err != nil && ctx.Err() == nil {
					s.log.failed(s.prog, "", nil, err)
				}
			}
		})
	}
	s.running = c
}

// end waits for the blocks that run, and stops them when ctx ends.
func (c *schedules) end(ctx context.Context) {
	c.halt()
	defer context.AfterFunc(ctx, c.cancel)()
	c.wg.Wait()
	c.cancel()
}

// finish lets what runs beside the requests end: schedules, then tasks, which are stopped when ctx ends.
func (s *service) finish(ctx context.Context) {
	if s.running != nil {
		s.running.end(ctx)
	}
	if s.tasks != nil {
		s.tasks.Drain(ctx)
		s.tasks.Close()
	}
}
