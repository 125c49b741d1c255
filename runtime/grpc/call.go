package grpc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"connectrpc.com/connect"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// calls answers the calls of one method.
type calls struct {
	*server
	question, answer *schema
	run              func(context.Context, *httpd.Exchange) error
	timeout          time.Duration
}

// unary answers one call.
func (c *calls) unary(ctx context.Context, q *connect.Request[message]) (*connect.Response[message], error) {
	r, _ := ctx.Value(requestKey{}).(*http.Request)
	x := c.calls.Exchange(ctx, r, c.timeout)
	defer func() {
		if err := x.End(); err != nil {
			c.report("", r, err)
		}
	}()
	content, err := c.checked(ctx, q.Msg.v)
	if err == nil && !x.Request.SetMessage(content, string(appendJSON(nil, content, c.question))) {
		return nil, failed(connect.CodeUnavailable, x.Trace(), nil, false)
	}
	if err == nil {
		err = safely(c.run, x)
	}
	if err != nil {
		return nil, c.fail(ctx, x, err)
	}
	return c.respond(ctx, x)
}

// safely runs a method; a panic, which is a bug of ours, is an error of this one call.
func safely(run func(context.Context, *httpd.Exchange) error, x *httpd.Exchange) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return run(x.Context(nil), x)
}

// respond makes the answer of a run.
func (c *calls) respond(ctx context.Context, x *httpd.Exchange) (*connect.Response[message], error) {
	code, err := x.Code()
	if err != nil {
		return nil, c.fail(ctx, x, err)
	}
	head := http.Header{}
	if err := x.SetHeaders(head); err != nil {
		return nil, c.fail(ctx, x, err)
	}
	if code != 0 {
		out := answered(connect.Code(code), x.Response.Body) //nolint:gosec // from 1 to 16
		copyHeaders(out.Meta(), head)
		return nil, out
	}
	body := x.Response.Body
	if !x.Response.Sent || body.IsNil() {
		body = value.FromFields(nil, nil)
	}
	if body, err = conform(body, c.answer, true); err != nil {
		return nil, c.fail(ctx, x, err)
	}
	out := connect.NewResponse(&message{c.answer, body})
	copyHeaders(out.Header(), head)
	return out, nil
}

// copyHeaders adds metadata, but for what is the protocol's own.
func copyHeaders(to, from http.Header) {
	for name, lines := range from {
		switch name {
		case "Content-Type", "Content-Encoding", "Accept-Encoding":
		default:
			to[name] = lines
		}
	}
}

// fail is what a client is told of a run that failed.
func (c *calls) fail(ctx context.Context, x *httpd.Exchange, err error) error {
	var broken *brokenRules
	if errors.As(err, &broken) {
		return broken.wire()
	}
	code := codeOf(ctx, err)
	if code != connect.CodeCanceled {
		c.report(x.Trace(), x.Raw(), err)
	}
	return failed(code, x.Trace(), err, c.o.Detail)
}

func (s *server) report(id string, r *http.Request, err error) {
	if s.o.Report != nil {
		s.o.Report(id, r, err)
	}
}
