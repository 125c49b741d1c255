package rpc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Server is what requests are handed to.
type Server interface {
	protocol.Server
	// Prepare is called for each request in the order of arrival, before it may run beside others; what it puts into the
	// context, such as a snapshot of the texts, is what the request works on. It must not block.
	Prepare(ctx context.Context) context.Context
	// Custom answers a method that begins with "etamil/"; params is what the client sent, nil where that is nothing. The
	// error is jsonrpc2.ErrMethodNotFound for a method that there is not.
	Custom(ctx context.Context, method string, params []byte) (any, error)
}

// chain is the way of a message from the stream to the server.
type chain struct {
	server  Server
	handler jsonrpc2.Handler
	log     *slog.Logger
	ctx     context.Context // of the connection: ends when the input does
	exit    func()
	done    func(method string, took time.Duration, err error)

	mu      sync.Mutex
	state   state
	exited  bool
	running map[jsonrpc2.ID]context.CancelFunc
}

// state is where a session stands.
type state uint8

const (
	fresh    state = iota // before initialize
	starting              // initialize was answered, or is being
	ended                 // after shutdown
)

func newChain(ctx context.Context, server Server, o Options) *chain {
	return &chain{
		server: server, log: o.Log, done: o.Done, ctx: ctx, running: map[jsonrpc2.ID]context.CancelFunc{},
		handler: protocol.ServerHandler(server, jsonrpc2.MethodNotFoundHandler),
	}
}

// left tells whether the client asked to exit without a shutdown before.
func (c *chain) left() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.exited && c.state != ended
}

// handle is the whole chain.
func (c *chain) handle(rctx context.Context, req *jsonrpc2.Request) (result any, err error) {
	method := strings.Clone(req.Method())
	call := req.IsCall()
	if began := time.Now(); c.done != nil {
		defer func() { c.done(method, time.Since(began), err) }()
	}
	defer func() {
		if r := recover(); r != nil {
			c.log.Error("a request panicked", "method", method, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			result, err = nil, jsonrpc2.NewError(jsonrpc2.InternalError, fmt.Sprintf("%s: internal error: %v", method, r))
		}
		if !call {
			if err != nil && !errors.Is(err, context.Canceled) {
				c.log.Warn("a notification failed", "method", method, "error", err)
			}
			result, err = nil, nil
			return
		}
		err = wireError(err)
	}()
	if method == protocol.MethodCancelRequest {
		return nil, c.cancel(req.Params())
	}
	if err := c.admit(method, call); err != nil {
		return nil, err
	}
	// The request's own context is reused by the library once the request is over; this one may be kept.
	ctx, stop := context.WithCancel(jsonrpc2.DetachContext(rctx))
	defer stop()
	defer context.AfterFunc(c.ctx, stop)()
	if call {
		c.register(req.ID(), stop)
		defer c.forget(req.ID())
	}
	if !inOrder(method) {
		ctx = c.server.Prepare(ctx)
		jsonrpc2.Async(rctx)
	}
	return c.dispatch(ctx, method, req)
}

// inOrder tells the methods that finish before the next message is read: they change what later ones see.
func inOrder(method string) bool {
	switch method {
	case protocol.MethodInitialize, protocol.MethodInitialized, protocol.MethodShutdown, protocol.MethodExit, protocol.MethodSetTrace,
		protocol.MethodWindowWorkDoneProgressCancel:
		return true
	}
	_, name, ok := strings.Cut(method, "/")
	return ok && strings.HasPrefix(name, "did")
}

// dispatch hands a message to the server.
func (c *chain) dispatch(ctx context.Context, method string, req *jsonrpc2.Request) (any, error) {
	switch {
	case strings.HasPrefix(method, "etamil/"):
		return c.server.Custom(ctx, method, req.Params()) //nolint:wrapcheck // wireError looks at it
	case !known(method):
		if !req.IsCall() {
			return nil, nil
		}
		return nil, jsonrpc2.NewError(jsonrpc2.MethodNotFound, "there is no method "+method)
	}
	result, err := c.handler(ctx, req)
	if ctx.Err() != nil && err == nil && result == nil {
		err = ctx.Err()
	}
	switch method {
	case protocol.MethodInitialize:
		if err != nil {
			c.set(fresh)
		}
	case protocol.MethodExit:
		c.exit()
	}
	return result, err
}

// admit refuses what comes before initialize, or after shutdown.
func (c *chain) admit(method string, call bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case method == protocol.MethodExit:
		c.exited = true
		return nil
	case c.state == ended:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server was shut down")
	case method == protocol.MethodInitialize:
		if c.state != fresh {
			return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server was initialized before")
		}
		c.state = starting
	case c.state == fresh:
		return jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the server was not initialized")
	case method == protocol.MethodShutdown && call:
		c.state = ended
	}
	return nil
}

func (c *chain) set(s state) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = s
}

func (c *chain) register(id jsonrpc2.ID, stop context.CancelFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running[id] = stop
}

func (c *chain) forget(id jsonrpc2.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.running, id)
}

// cancel ends the request that the client names; one that is over, or never was, is no mistake.
func (c *chain) cancel(params []byte) error {
	var p protocol.CancelParams
	if err := protocol.Unmarshal(params, &p); err != nil {
		return fmt.Errorf("cancel: %w", err)
	}
	var id jsonrpc2.ID
	switch named := p.ID.(type) {
	case protocol.Integer:
		id = jsonrpc2.NewNumberID(int64(named))
	case protocol.String:
		id = jsonrpc2.NewStringID(strings.Clone(string(named)))
	default:
		return nil
	}
	c.mu.Lock()
	stop := c.running[id]
	c.mu.Unlock()
	if stop != nil {
		stop()
	}
	return nil
}
