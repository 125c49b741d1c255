package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// MaxCode is the largest status of gRPC; 0 is success.
const MaxCode = 16

// Calls makes the exchanges of gRPC calls, whose requests and answers are messages and not bodies. It must not be copied.
type Calls struct{ watch watch }

// Exchange makes the exchange of one call. It runs until ctx ends, or its time is over; End gives it back. In it a status is a
// code of gRPC, from 0 to MaxCode.
func (c *Calls) Exchange(ctx context.Context, r *http.Request, timeout time.Duration) *Exchange {
	x := newExchange(nil, r, &c.watch)
	x.run.Context, x.run.timeout = ctx, timeout
	x.Request.message = true
	if outer, ok := r.Context().Value(exchangeKey{}).(*Exchange); ok { // the request that carries the call
		q := &outer.Request
		x.Request.users, x.Request.identity, x.Request.doubt, x.Request.asked = q.users, q.identity, q.doubt, q.asked
		x.Request.room = q.room
		x.trace, x.from = outer.Trace(), outer.from
	}
	return x
}

// Ended notes with what code the call of a request ended, for those that are told of requests; its HTTP status is 200 whatever
// the code is.
func Ended(r *http.Request, code string) {
	if outer, ok := r.Context().Value(exchangeKey{}).(*Exchange); ok {
		outer.code = code
	}
}

// CallCode is the code that a call by gRPC ended with, as text; "" for all other requests.
func (x *Exchange) CallCode() string { return x.code }

// Ending is a context that ends when the server of a request is told to, for answers that last; nil when nobody would tell.
func Ending(r *http.Request) context.Context {
	if l, ok := r.Context().Value(lastingKey{}).(*lasting); ok {
		return l.ending
	}
	return nil
}

// SetMessage is what a call asks: கோரிக்கை.உடல், and as text, which is JSON, கோரிக்கை.உடலுரை. It answers false when there is no room
// for it (Options.MaxBodies).
func (r *Request) SetMessage(content value.Value, text string) bool {
	r.content, r.body = content, text
	return len(text) <= smallBody || r.takeRoom(memoryOf(text, true))
}

// End gives back what the exchange of a call holds. It is of no use afterwards.
func (x *Exchange) End() error { return x.end() }

// Code is the status that a call was answered with: 0 when it was not answered at all. The error says that it is no code.
func (x *Exchange) Code() (int, error) {
	if !x.Response.Sent {
		return 0, nil
	}
	return x.Response.code()
}

// code reads the status of a call.
func (resp *Response) code() (int, error) {
	n, ok := resp.Status.Int()
	if !ok || n < 0 || n > MaxCode || !resp.Status.IsNumber() {
		return 0, &value.Error{Code: CodeCode, Args: []string{resp.Status.Display()}}
	}
	return int(n), nil
}

// SetHeaders takes over the headers of the answer.
func (x *Exchange) SetHeaders(head http.Header) error { return setHeaders(head, x.Response.Headers) }

// check tells whether an answer can be sent, before anything of it is.
func (x *Exchange) check(resp *Response) error {
	if !x.Request.message {
		return resp.check()
	}
	if _, err := resp.code(); err != nil {
		return err
	}
	return eachHeader(resp.Headers, func(string, []string) {})
}
