package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Options say how requests are served. The zero value is fit for a public server.
type Options struct {
	// MaxBody is the longest body in bytes, of multipart bodies the texts in it; 0 is 1 MiB. A longer one is answered with 413.
	MaxBody int64
	// MaxBodies is how much memory what the bodies of all requests and the last messages of all sockets say may take at once, in
	// bytes, as far as that can be told before: JSON of 1 MB may become 25. Where it is too much a request is answered with
	// 503, and a socket closed with 1013. 0 is 1 GiB.
	MaxBodies int64
	// MaxUpload is the longest multipart body in bytes; 0 is 32 MiB.
	MaxUpload int64
	// MaxRequests is how many requests may run at once; the others are answered with 503. 0 is 1000.
	MaxRequests int
	// Timeout is how long a handler may run; 0 is 30 seconds. It is answered with 503 then.
	Timeout time.Duration
	// HeaderTimeout, ReadTimeout, WriteTimeout and IdleTimeout bound what a slow client may take for the headers (5 s), the
	// whole request (30 s), the answer (60 s) and the pause between two requests (2 min).
	HeaderTimeout, ReadTimeout, WriteTimeout, IdleTimeout time.Duration
	// Origins are the origins whose pages may read answers (CORS); "*" is all. None when empty.
	Origins []string
	// TrustedProxies are the addresses of proxies that are believed what they say of clients: X-Forwarded-For, -Proto and
	// -Host, or Forwarded. Programs see these headers of such proxies only.
	TrustedProxies []netip.Prefix
	// Rate is how many requests a second a client may send, 0 for no limit; the others are answered with 429. Burst is how
	// many of them may come at once; 0 is twice the rate.
	Rate  float64
	Burst int
	// User tells who sends a request, for guards and பயனர். Without it nobody is known, and guarded routes answer 401.
	User UserFunc
	// Static are folders whose files are served, by the paths below which they stand.
	Static map[string]string
	// Compress tells whether answers are compressed with gzip where the client and the answer allow it.
	Compress bool
	// Streams are about streamed answers, streams of events and sockets.
	Streams StreamOptions
	// Files is where the files of answers are.
	Files host.Env
	// Detail puts the text of errors into answers; for development only.
	Detail bool
	// Report is told of every handler that failed: the trace id that the client was given, and why. It may be nil.
	Report func(id string, r *http.Request, err error)
	// Access is told of every request after it was answered; it must not keep the exchange. It may be nil.
	Access func(x *Exchange, status int, took time.Duration)
	// Stopping, when it is not nil, is set when the end was asked for: /ready answers 503 from then on.
	Stopping *atomic.Bool
	// Drain is how long the server still takes requests after that, so that balancers notice.
	Drain time.Duration
	// Grace is how long running requests may take after that; 0 is ten seconds.
	Grace time.Duration
	// MaxConns is how many connections there may be at once; 0 is 20,000, and never more than the files that the process
	// may open. One more is answered with 503.
	MaxConns int
	// TLS are the server's certificates; nil is plain HTTP. With TLS there is HTTP/2.
	TLS *TLS
	// HSTS is how long browsers are told to use TLS only; 0 says nothing to them.
	HSTS time.Duration
	// Redirect, when it is not nil, takes plain HTTP besides TLS: its clients are led to https, and ACME's challenges are
	// answered. SecurePort is the port that they are led to; 0 is 443.
	Redirect   net.Listener
	SecurePort int
	// H2C lets clients of plain HTTP speak HTTP/2 that know that it is there.
	H2C bool
}

func (o *Options) defaults() {
	o.MaxBody = orElse(o.MaxBody, 1<<20)
	o.MaxBodies = orElse(o.MaxBodies, 1<<30)
	o.MaxUpload = max(orElse(o.MaxUpload, 32<<20), o.MaxBody)
	o.MaxRequests = orElse(o.MaxRequests, 1000)
	o.Timeout = orElse(o.Timeout, 30*time.Second)
	o.HeaderTimeout = orElse(o.HeaderTimeout, 5*time.Second)
	o.ReadTimeout = orElse(o.ReadTimeout, 30*time.Second)
	o.WriteTimeout = orElse(o.WriteTimeout, 60*time.Second)
	o.IdleTimeout = orElse(o.IdleTimeout, 2*time.Minute)
	o.Grace = orElse(o.Grace, 10*time.Second)
	o.MaxConns = orElse(o.MaxConns, 20000)
	o.Streams.defaults()
}

func orElse[T int | int64 | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}

// ErrForbidden is wrapped by the error of a handler that may not do what was asked; it is answered with 403.
var ErrForbidden = errors.New("not permitted")

// NewHandler makes a handler of routes, and of /health and /ready unless they have their own. A *RouteError says why
// it cannot, a *value.Error which folder of Options.Static is none.
func NewHandler(routes []Route, o Options) (http.Handler, error) {
	o.defaults()
	root, err := tree(routes)
	if err != nil {
		return nil, err
	}
	root.addHealth(o.Stopping)
	static, err := folders(o.Static)
	if err != nil {
		return nil, err
	}
	h := &handler{root: root, opt: o, clients: newLimiter("client", o.Rate, o.Burst), folders: static}
	h.lim = limits{body: o.MaxBody, upload: o.MaxUpload, timeout: o.ReadTimeout}
	h.bodies.size = o.MaxBodies
	return h, nil
}

type handler struct {
	root    *node
	opt     Options
	lim     limits
	clients *limiter // nil for no limit
	folders []folder
	running atomic.Int64
	bodies  room
	watch   watch
}

// recorder remembers the status that was sent.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// WriteString writes a text without a copy where that can be.
func (r *recorder) WriteString(s string) (int, error) {
	return io.WriteString(r.ResponseWriter, s) //nolint:wrapcheck // a writer's error is its own
}

// Unwrap lets a ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.opt.Access == nil {
		x := newExchange(w, r, &h.watch)
		defer h.end(x)
		h.admit(x)
		x.abort()
		return
	}
	start := time.Now()
	rec := &recorder{ResponseWriter: w}
	x := newExchange(rec, r, &h.watch)
	defer h.end(x)
	h.admit(x)
	h.opt.Access(x, rec.status, time.Since(start))
	x.abort()
}

// admit answers a request unless too many run already.
func (h *handler) admit(x *Exchange) {
	defer h.running.Add(-1)
	if h.running.Add(1) > int64(h.opt.MaxRequests) {
		x.refuse(&refusal{status: http.StatusServiceUnavailable, close: true})
		return
	}
	if framedTwice(x.writer, x.Request.raw) {
		x.refuse(&refusal{status: http.StatusBadRequest, code: CodeFraming, close: true})
		return
	}
	x.Request.users = h.opt.User
	if len(h.opt.TrustedProxies) > 0 {
		x.forwarded(h.opt.TrustedProxies)
	}
	if h.clients.limited(x) {
		return
	}
	h.route(x)
}

// cors answers what pages of other origins may know; allow is set for a preflight.
func (h *handler) cors(w http.ResponseWriter, r *http.Request, allow string) {
	if len(h.opt.Origins) == 0 {
		return
	}
	head := w.Header()
	switch origin := r.Header.Get("Origin"); {
	case slices.Contains(h.opt.Origins, "*"):
		head["Access-Control-Allow-Origin"] = anyHead
	case origin != "" && slices.Contains(h.opt.Origins, origin):
		head["Access-Control-Allow-Origin"] = []string{origin}
		head["Vary"] = []string{"Origin"}
	default:
		head["Vary"] = []string{"Origin"}
		return
	}
	if allow != "" && r.Header.Get("Origin") != "" {
		head["Access-Control-Allow-Methods"] = []string{allow}
		head["Access-Control-Allow-Headers"] = corsHeaders
		head["Access-Control-Max-Age"] = []string{"600"}
	}
}

// corsHeaders are what pages of other origins may send; the later ones are those of gRPC in browsers.
var corsHeaders = []string{"Content-Type, Authorization, Connect-Protocol-Version, Connect-Timeout-Ms, Grpc-Timeout, X-Grpc-Web, X-User-Agent"}

// route finds the route of a request.
func (h *handler) route(x *Exchange) {
	w, r := x.writer, x.Request.raw
	if r.RequestURI == "*" && r.Method == http.MethodOptions { // what the server can do at all
		noContent(w)
		return
	}
	if why := badPath(r.URL); why != nil {
		x.refuse(&refusal{status: http.StatusBadRequest, code: CodePath, args: []string{why.String()}})
		return
	}
	l, values, seen := h.root.find(methodIndex(r.Method), r.URL.Path, x.values[:0])
	if l != nil {
		h.cors(w, r, "")
		h.handle(x, l, values)
		return
	}
	allow := seen.allow()
	if allow == "" {
		if len(h.folders) > 0 && h.static(x) {
			return
		}
		h.cors(w, r, "")
		x.refuse(&refusal{status: http.StatusNotFound})
		return
	}
	h.cors(w, r, allow)
	w.Header()["Allow"] = []string{allow}
	if r.Method == http.MethodOptions {
		noContent(w)
		return
	}
	x.refuse(&refusal{status: http.StatusMethodNotAllowed})
}

func noContent(w http.ResponseWriter) {
	protect(w.Header())
	w.WriteHeader(http.StatusNoContent)
}

// handle reads the request, runs the route and sends what it answered.
func (h *handler) handle(x *Exchange, l *leaf, values []string) {
	w, r := x.writer, x.Request.raw
	if l.rate.limited(x) || !x.admitted(l.Guards) {
		return
	}
	x.Request.room = &h.bodies
	if l.Handler != nil {
		if l.Kind != Plain { // it lasts
			h.running.Add(-1)
			defer h.running.Add(1)
		}
		l.Handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x)))
		return
	}
	if len(values) > 0 {
		x.Request.Params = make([]Param, len(values))
		for i, name := range l.names {
			x.Request.Params[i] = Param{name, values[i]}
		}
	}
	x.handler = h
	err := readBody(w, r, &x.Request, l.limits(h.lim))
	if err == nil && l.Kind != Plain {
		h.answerLasting(x, l)
		return
	}
	if err == nil {
		x.run.timeout = orElse(l.Limits.Timeout, h.opt.Timeout)
		err = safely(l.Run, x)
	}
	if x.stream != nil {
		h.endStream(x, err)
		return
	}
	if err == nil {
		err = h.write(x)
	}
	if err != nil {
		h.fail(x, err)
	}
}

// end gives an exchange back; that a temporary file could not be removed is worth a word.
func (h *handler) end(x *Exchange) {
	r := x.Request.raw
	if err := x.end(); err != nil && h.opt.Report != nil {
		h.opt.Report("", r, err)
	}
}

// write sends the answer, or nothing when it cannot be sent.
func (h *handler) write(x *Exchange) error {
	if x.Response.File != "" {
		return h.writeFile(x)
	}
	return x.write()
}

// safely runs a route; a panic, which is a bug of ours, is an error of this one request.
func safely(run func(context.Context, *Exchange) error, x *Exchange) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return run(&x.run, x)
}

// fail answers for a handler that failed: 500 with the trace id that stands beside the error in the log, 503 when its time
// was over or its client is gone, which is no failure, and 403 when it was not permitted.
func (h *handler) fail(x *Exchange, err error) {
	status := http.StatusInternalServerError
	var refused *refusal
	switch {
	case errors.As(err, &refused):
		x.refuse(refused)
		return
	case errors.Is(err, ErrForbidden):
		x.refuse(&refusal{status: http.StatusForbidden})
		return
	case x.Request.raw.Context().Err() != nil:
		// One that has only said that it sends nothing more still reads: without an answer it would be told 200.
		x.refuse(&refusal{status: http.StatusServiceUnavailable, close: true})
		return
	case errors.Is(err, context.DeadlineExceeded):
		status = http.StatusServiceUnavailable
	}
	if h.opt.Report != nil {
		h.opt.Report(x.Trace(), x.Request.raw, err)
	}
	var more []string
	if h.opt.Detail {
		more = []string{"detail", explain(err)}
	}
	head := x.writer.Header()
	for name := range head { // what the program wanted was not meant for this
		if !ownHeader(name) {
			head.Del(name)
		}
	}
	x.sendError(status, more...)
}

func ownHeader(name string) bool {
	switch name {
	case "Vary", "Access-Control-Allow-Origin", "Connection", "Strict-Transport-Security":
		return true
	}
	return false
}

// explain is an error of the language in both languages.
func explain(err error) string {
	var fault *value.Error
	if errors.As(err, &fault) {
		return diag.Message(fault.Code, diag.Both, fault.Args...)
	}
	return err.Error()
}
