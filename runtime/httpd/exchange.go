package httpd

import (
	"context"
	"errors"
	"net/http"
	"os"
	"sync"

	"github.com/etamil-lang/etamil/runtime/vm"
)

// Exchange is one request and what its run has answered so far.
type Exchange struct {
	Request  Request
	Response Response
	// Quiet tells that the program never looks at its response variables, so that they need not be set.
	Quiet bool
	// Resting, when it is not nil, is told before a stream or socket waits for its client, for as long as that takes: the run
	// gives back what others could use meanwhile.
	Resting interface{ Rest() error }

	file     *os.File // behind Response.File, open
	fileName string
	values   [4]string // room for path parameters
	run      runContext
	writer   http.ResponseWriter
	trace    string // "" until somebody asks
	code     string // that a gRPC call ended with; "" for none
	from     origin
	cookies  []*http.Cookie // of the answer
	handler  *handler
	stream   *stream // that answers, piece by piece
	socket   *socket // of a வழி சாக்கெட்
	cut      bool    // the answer was not finished
}

// Writer is where the answer goes, for words that send it themselves, piece by piece.
func (x *Exchange) Writer() http.ResponseWriter { return x.writer }

// Raw is the request as net/http has it. It must not be kept after the exchange.
func (x *Exchange) Raw() *http.Request { return x.Request.raw }

// exchangeKey finds the exchange in the context of a run.
type exchangeKey struct{}

func exchange(c *vm.Call) *Exchange {
	x, _ := c.Context().Value(exchangeKey{}).(*Exchange)
	return x
}

// exchanges are for the next requests.
var exchanges = sync.Pool{New: func() any { return new(Exchange) }}

// newExchange makes the exchange of a request.
func newExchange(w http.ResponseWriter, r *http.Request, list *watch) *Exchange {
	x, _ := exchanges.Get().(*Exchange)
	x.Response = NoResponse()
	x.Request.raw = r
	x.writer = w
	x.run.Context, x.run.x, x.run.watch = r.Context(), x, list
	return x
}

// Context is the context of the exchange's run; wrap, which may be nil, adds to the one that it is made from. It must be
// asked for before the run starts.
func (x *Exchange) Context(wrap func(context.Context) context.Context) context.Context {
	if wrap != nil {
		x.run.Context = wrap(x.run.Context)
	}
	return &x.run
}

// end gives back what the exchange holds.
func (x *Exchange) end() error {
	alone := x.run.watch.remove(&x.run)
	x.Request.leaveRoom()
	var err error
	if x.file != nil || len(x.Request.uploads) > 0 {
		err = errors.Join(x.dropFile(), x.Request.dropUploads())
	}
	if alone { // else somebody may still hold its context
		*x = Exchange{}
		exchanges.Put(x)
	}
	return err
}
