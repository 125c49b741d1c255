package httpd

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// Options say how requests are served. The zero value is fit for a public server.
type Options struct {
	// MaxBody is the longest body in bytes; 0 is 1 MiB. A longer one is answered with 413.
	MaxBody int64
	// Detail puts the text of errors into answers; for development only.
	Detail bool
	// Report is told of every handler that failed: the id that the client was given, and why. It may be nil.
	Report func(id string, r *http.Request, err error)
	// Access is told of every request after it was answered. It may be nil.
	Access func(r *http.Request, status int, took time.Duration)
	// Grace is how long running requests may take after the end was asked for; 0 is ten seconds.
	Grace time.Duration
}

const defaultMaxBody = 1 << 20

// NewHandler makes a handler of routes. A *ConflictError or ErrMethod says why it cannot.
func NewHandler(routes []Route, o Options) (http.Handler, error) {
	root, err := tree(routes)
	if err != nil {
		return nil, err
	}
	if o.MaxBody <= 0 {
		o.MaxBody = defaultMaxBody
	}
	return &handler{root: root, opt: o}, nil
}

type handler struct {
	root *node
	opt  Options
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

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := &recorder{ResponseWriter: w}
	cors(w.Header())
	h.answer(rec, r)
	if h.opt.Access != nil {
		h.opt.Access(r, rec.status, time.Since(start))
	}
}

// cors lets pages of every origin ask, as the reference does: the answers depend on no cookie of the browser yet.
func cors(head http.Header) {
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, PATCH, OPTIONS")
	head.Set("Access-Control-Allow-Headers", "Content-Type, Authorization")
}

func (h *handler) answer(w http.ResponseWriter, r *http.Request) {
	l, values, allow := h.root.find(r.Method, decoded(r.URL))
	switch {
	case l == nil && len(allow) == 0:
		refuse(w, http.StatusNotFound, "Not Found")
	case l == nil && r.Method == http.MethodOptions:
		w.Header().Set("Allow", strings.Join(allow, ", "))
		w.WriteHeader(http.StatusNoContent)
	case l == nil:
		w.Header().Set("Allow", strings.Join(allow, ", "))
		refuse(w, http.StatusMethodNotAllowed, "Method Not Allowed")
	case l.Guarded:
		w.Header().Set("WWW-Authenticate", "Bearer")
		refuse(w, http.StatusUnauthorized, "Unauthorized")
	default:
		h.handle(w, r, l, values)
	}
}

// handle reads the request, runs the route and sends what it answered.
func (h *handler) handle(w http.ResponseWriter, r *http.Request, l *leaf, values []string) {
	r.Body = http.MaxBytesReader(w, r.Body, h.opt.MaxBody)
	req, err := readRequest(r, l.names, values)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		refuse(w, http.StatusRequestEntityTooLarge, "Content Too Large")
		return
	case errors.Is(err, errBody):
		refuse(w, http.StatusBadRequest, "Bad Request: "+err.Error())
		return
	case err != nil:
		return // the client is gone
	}
	resp, err := safely(r.Context(), l.Run, req)
	if err == nil {
		err = resp.write(w)
	}
	if err != nil {
		h.fail(w, r, err)
	}
}

// safely runs a route; a panic, which is a bug of ours, is an error of this one request.
func safely(ctx context.Context, run func(context.Context, *Request) (Response, error), req *Request) (resp Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return run(ctx, req)
}

// fail answers 500 with an id that stands beside the error in the log.
func (h *handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	id := rand.Text()[:12]
	if h.opt.Report != nil {
		h.opt.Report(id, r, err)
	}
	body := map[string]string{"error": "Internal Server Error", "id": id}
	if h.opt.Detail {
		body["detail"] = err.Error()
	}
	send(w, http.StatusInternalServerError, body)
}

// refuse answers an error that the client made.
func refuse(w http.ResponseWriter, status int, text string) {
	send(w, status, map[string]string{"error": text})
}

func send(w http.ResponseWriter, status int, body map[string]string) {
	text, _ := json.Marshal(body) // a map of texts always encodes
	w.Header().Set("Content-Type", jsonType)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client may be gone; nobody is left to tell
}
