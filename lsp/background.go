package lsp

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// background is the work that no request waits for: it looks through folders, checks what has changed and tells the client.
// Every goroutine of the server is its, so that none outlives it.
type background struct {
	server *Server
	ctx    context.Context
	signal chan struct{}

	mu      sync.Mutex
	ended   bool
	running sync.WaitGroup
}

func newBackground(s *Server) *background {
	return &background{server: s, signal: make(chan struct{}, 1), ctx: context.Background()}
}

// start begins the work; it ends with ctx.
func (b *background) start(ctx context.Context) {
	b.ctx = ctx
	b.spawn(b.loop)
}

// wake says that there is a newer snapshot.
func (b *background) wake() {
	select {
	case b.signal <- struct{}{}:
	default:
	}
}

// spawn runs f beside everything else, and tells whether the server still runs. A panic is logged and ends f alone.
func (b *background) spawn(f func()) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return false
	}
	b.running.Go(func() { b.guard(f) })
	return true
}

func (b *background) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			b.server.log.Error("background work panicked", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		}
	}()
	f()
}

// end waits until everything has ended; nothing starts after it.
func (b *background) end() {
	b.mu.Lock()
	b.ended = true
	b.mu.Unlock()
	b.running.Wait()
}

// loop tells the client what each new snapshot means.
func (b *background) loop() {
	for {
		select {
		case <-b.ctx.Done():
			return
		case <-b.signal:
		}
		b.guard(b.round)
	}
}

// round is the work on one snapshot. It ends early when there is a newer one.
func (b *background) round() {
	snap := b.server.current()
	ctx, stop := context.WithCancel(snap.life)
	defer stop()
	defer context.AfterFunc(b.ctx, stop)()
	b.spawn(func() { b.server.refreshViews(b.ctx) })
	b.server.publish(ctx, snap)
	more, changed := snap.judgeRest(ctx)
	if more {
		b.server.publish(ctx, snap)
	}
	if changed {
		b.spawn(func() { b.server.refreshDiagnostics(b.ctx) })
	}
	if settled := b.server.opt.Settled; settled != nil && ctx.Err() == nil {
		settled()
	}
}
