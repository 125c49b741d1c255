package httpd

import (
	"context"
	"errors"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/vm"
)

// Exchange is one request and what its run has answered so far.
type Exchange struct {
	Request  Request
	Response Response

	file     *os.File // behind Response.File, open
	fileName string
	values   [4]string // room for path parameters
	run      runContext
}

// exchangeKey finds the exchange in the context of a run.
type exchangeKey struct{}

func exchange(c *vm.Call) *Exchange {
	x, _ := c.Context().Value(exchangeKey{}).(*Exchange)
	return x
}

// newExchange makes the exchange of a request whose run has until the deadline.
func newExchange(r *http.Request, deadline time.Time) *Exchange {
	x := &Exchange{Response: NoResponse()}
	x.Request.raw = r
	x.run = runContext{Context: r.Context(), x: x, deadline: deadline}
	return x
}

// end gives back what the exchange holds.
func (x *Exchange) end() error {
	x.run.release()
	return errors.Join(x.dropFile(), x.Request.dropUploads())
}

// runContext is the context of one run. The clock is only asked, and a timer is only started for what waits: most
// handlers end before anybody looks.
type runContext struct {
	context.Context // the request's, which ends when the client is gone
	x               *Exchange
	deadline        time.Time

	mu     sync.Mutex
	timed  context.Context
	cancel context.CancelFunc
}

// Deadline is when the handler must have ended.
func (c *runContext) Deadline() (time.Time, bool) { return c.deadline, !c.deadline.IsZero() }

// Done is closed at the deadline, or before when the client goes.
func (c *runContext) Done() <-chan struct{} {
	if c.deadline.IsZero() {
		return c.Context.Done()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timed == nil {
		c.timed, c.cancel = context.WithDeadline(c.Context, c.deadline)
	}
	return c.timed.Done()
}

// Err says why the run must end.
func (c *runContext) Err() error {
	if err := c.Context.Err(); err != nil {
		return err //nolint:wrapcheck // a context's errors are compared
	}
	if !c.deadline.IsZero() && !time.Now().Before(c.deadline) {
		return context.DeadlineExceeded
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timed != nil {
		return c.timed.Err() //nolint:wrapcheck // a context's errors are compared
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

func (c *runContext) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
}
