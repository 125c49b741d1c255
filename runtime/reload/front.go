package reload

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Version is one version of what is served.
type Version struct {
	// Handler answers its requests.
	Handler http.Handler
	// Leave, which may be nil, is called when the version is replaced, before anything of it ends.
	Leave func(ctx context.Context)
	// Cut, which may be nil, tells what does not end by itself, streams and sockets, that its time is over.
	Cut func()
	// End ends the version, when it has no more requests; what it has to wait for must not take longer than ctx.
	End func(ctx context.Context)

	running sync.WaitGroup
}

// Front lets the newest version answer. It is safe for concurrent use.
type Front struct {
	grace   time.Duration
	mu      sync.RWMutex
	current *Version
	retired sync.WaitGroup // versions that have not ended yet
}

// NewFront makes the front of the first version. The streams and sockets of a version that was replaced, and what it has to
// do at its end, have grace to end; its ordinary requests end by themselves.
func NewFront(first *Version, grace time.Duration) *Front {
	return &Front{grace: grace, current: first}
}

// ServeHTTP lets the version answer that is there when the request comes.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.RLock()
	v := f.current
	v.running.Add(1)
	f.mu.RUnlock()
	defer v.running.Done()
	v.Handler.ServeHTTP(w, r)
}

// Swap lets next answer from now on. The old version ends in the background.
func (f *Front) Swap(next *Version) {
	f.mu.Lock()
	old := f.current
	f.current = next
	f.mu.Unlock()
	f.retired.Go(func() { f.retire(old) })
}

func (f *Front) retire(v *Version) {
	ctx, cancel := context.WithTimeout(context.Background(), f.grace)
	defer cancel()
	if v.Cut != nil {
		defer context.AfterFunc(ctx, v.Cut)()
	}
	if v.Leave != nil {
		v.Leave(ctx)
	}
	v.running.Wait()
	v.End(ctx)
}

// Wait waits until every version that was replaced has ended.
func (f *Front) Wait() { f.retired.Wait() }
