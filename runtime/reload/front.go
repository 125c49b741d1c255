package reload

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// ErrRetired is the cause of a request's context that ends because its version has been replaced and its time is over.
var ErrRetired = errors.New("this version was replaced")

// Version is one version of what is served.
type Version struct {
	// Handler answers its requests.
	Handler http.Handler
	// Leave, which may be nil, is called when the version is replaced, before anything of it ends.
	Leave func(ctx context.Context)
	// End ends the version, when it has no more requests; what it has to wait for must not take longer than ctx.
	End func(ctx context.Context)

	running  sync.WaitGroup
	mu       sync.Mutex
	requests map[*request]struct{}
}

type request struct{ cancel context.CancelCauseFunc }

// Front lets the newest version answer. It is safe for concurrent use.
type Front struct {
	grace   time.Duration
	mu      sync.RWMutex
	current *Version
	retired sync.WaitGroup // versions that have not ended yet
}

// NewFront makes the front of the first version. Requests of a version that was replaced, streams and sockets too, have
// grace to end.
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
	ctx, leave := v.enter(r.Context())
	defer leave()
	v.Handler.ServeHTTP(w, r.WithContext(ctx))
}

// enter gives a request a context that also ends with the version.
func (v *Version) enter(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &request{cancel}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.requests == nil {
		v.requests = make(map[*request]struct{})
	}
	v.requests[r] = struct{}{}
	return ctx, func() {
		v.mu.Lock()
		delete(v.requests, r)
		v.mu.Unlock()
		cancel(nil)
	}
}

// cut ends the requests that still run.
func (v *Version) cut() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for r := range v.requests {
		r.cancel(ErrRetired)
	}
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
	stop := context.AfterFunc(ctx, v.cut)
	if v.Leave != nil {
		v.Leave(ctx)
	}
	v.running.Wait()
	stop()
	v.End(ctx)
}

// Wait waits until every version that was replaced has ended.
func (f *Front) Wait() { f.retired.Wait() }
