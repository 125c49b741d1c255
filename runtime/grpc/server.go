package grpc

import (
	"context"
	"math"
	"net/http"
	"sync/atomic"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Method is one gRPC route of a program.
type Method struct {
	// Name is "service/method" as the program writes it.
	Name string
	// Question and Answer are the shapes of the messages; nil for google.protobuf.Struct.
	Question, Answer *value.Shape
	// Guards, Limits and Place are those of httpd.Route; the longest body is the longest message.
	Guards []string
	Limits httpd.RouteLimits
	Place  string
	// Run answers a call: it leaves code and message in x.Response. An error becomes a code by its kind.
	Run func(ctx context.Context, x *httpd.Exchange) error
}

// Options say how calls are served.
type Options struct {
	// Shapes are the program's.
	Shapes Shapes
	// Check asks the rules of a shape of a record: it answers the record as one of the shape, or what is wrong with it.
	Check func(ctx context.Context, rec value.Value, sh *value.Shape) (value.Value, []value.Value, error)
	// MaxMessage is the longest message in bytes, unpacked; 0 is 1 MiB. A longer one is RESOURCE_EXHAUSTED.
	MaxMessage int
	// Timeout is how long a call may run; 0 is 30 seconds. It is DEADLINE_EXCEEDED then.
	Timeout time.Duration
	// Detail puts the text of errors into answers; for development only.
	Detail bool
	// Report is told of every call that failed: the trace id that the client was given, and why. It may be nil.
	Report func(id string, r *http.Request, err error)
	// Stopping, when it is not nil, is set when the end was asked for: the health service answers NOT_SERVING then.
	Stopping *atomic.Bool
	// Ending, which may be nil, ends the streams of reflection and health when the program is replaced.
	Ending context.Context //nolint:containedctx // it is the program's, not a call's
}

// Route is a route of a server, and the number of the method that it answers, -1 for those of reflection and health.
type Route struct {
	httpd.Route
	Method int
}

// MethodError says why the methods of a program cannot be served. Index is the method's place, -1 for all of them.
type MethodError struct {
	Index int
	err   error
}

// Error is the English message.
func (e *MethodError) Error() string { return said(e.err).Error() }

// Unwrap is the *value.Error.
func (e *MethodError) Unwrap() error { return e.err }

// server is what the methods of a program have in common.
type server struct {
	o        Options
	calls    httpd.Calls
	resolver resolver
	schemas  *schemas
	names    []string // of the services
}

// Routes makes the routes of methods, each under its romanised name and under its own, and those of reflection and health.
// They take gRPC, gRPC-Web, and JSON by POST. Without methods there are none. The error is a *MethodError.
func Routes(methods []Method, o Options) ([]Route, error) {
	if len(methods) == 0 {
		return nil, nil
	}
	if o.MaxMessage <= 0 {
		o.MaxMessage = 1 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	s := &server{o: o, resolver: resolver{own: &protoregistry.Files{}}}
	types, err := s.describe(methods)
	if err != nil {
		return nil, err
	}
	var routes []Route
	for i, m := range methods {
		q, a := s.schemas.made[types[i].question], s.schemas.made[types[i].answer]
		h := s.handler(types[i].path, q, a, m)
		for _, path := range paths(types[i].path, m.Name) {
			routes = append(routes, Route{httpd.Route{Method: http.MethodPost, Path: path, Guards: m.Guards, Limits: m.Limits, Place: m.Place, Handler: h}, i})
		}
	}
	own, err := s.own()
	return append(routes, own...), err
}

// paths are those that a method is found under: its protobuf name first.
func paths(proto, name string) []string {
	if name = "/" + trimmed(name); name == proto {
		return []string{proto}
	}
	return []string{proto, name}
}

// handler answers the calls of one method.
func (s *server) handler(path string, question, answer *schema, m Method) http.Handler {
	c := &calls{server: s, question: question, answer: answer, run: m.Run, timeout: s.o.Timeout}
	if m.Limits.Timeout > 0 {
		c.timeout = m.Limits.Timeout
	}
	longest := s.o.MaxMessage
	if m.Limits.Body > 0 {
		longest = int(min(m.Limits.Body, math.MaxInt32))
	}
	return withRequest(connect.NewUnaryHandler(path, c.unary, options(question, longest)...))
}

// options are those of a handler whose question is of a schema and has at most longest bytes.
func options(question *schema, longest int) []connect.HandlerOption {
	empty, _ := decode(nil, question) // no bytes are never broken
	value.Share(empty)
	return []connect.HandlerOption{
		connect.WithCodec(wireCodec{}), connect.WithCodec(jsonCodec{"json"}), connect.WithCodec(jsonCodec{"json; charset=utf-8"}),
		connect.WithReadMaxBytes(longest), connect.WithCompressMinBytes(compressFrom),
		connect.WithRequestInitializer(func(_ connect.Spec, m any) error {
			if own, ok := m.(*message); ok {
				own.schema, own.v = question, empty // connect does not read what has no bytes
			}
			return nil
		}),
	}
}

// compressFrom is how long a message must be, in bytes, to be packed for a client that takes it so.
const compressFrom = 1024

// requestKey finds the request in the context of a call.
type requestKey struct{}

// withRequest lets the calls of a handler know their request. It refuses gRPC by HTTP/1.1, which cannot say how a call ended.
func withRequest(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind := r.Header.Get("Content-Type"); r.ProtoMajor < 2 && isPlainGRPC(kind) {
			http.Error(w, "gRPC needs HTTP/2", http.StatusHTTPVersionNotSupported)
			return
		}
		if head := w.Header(); head["Access-Control-Allow-Origin"] != nil {
			head["Access-Control-Expose-Headers"] = []string{"Grpc-Status, Grpc-Message, Grpc-Status-Details-Bin"}
		}
		h.ServeHTTP(flushing{w, new(bool)}, r.WithContext(context.WithValue(r.Context(), requestKey{}, r)))
		for _, name := range []string{statusHeader, http.TrailerPrefix + statusHeader} {
			if lines := w.Header()[name]; len(lines) == 1 {
				httpd.Ended(r, lines[0])
			}
		}
	})
}

// statusHeader has the code of a call, as header or trailer.
const statusHeader = "Grpc-Status"

// isPlainGRPC tells gRPC from gRPC-Web by the type of a body.
func isPlainGRPC(kind string) bool {
	const grpc = "application/grpc"
	return len(kind) >= len(grpc) && kind[:len(grpc)] == grpc && (len(kind) == len(grpc) || kind[len(grpc)] != '-')
}

// flushing lets connect flush a writer that others have wrapped, who also want to hear of the status.
type flushing struct {
	http.ResponseWriter
	begun *bool
}

// WriteHeader fixes status and headers.
func (w flushing) WriteHeader(status int) {
	*w.begun = *w.begun || status >= http.StatusOK
	w.ResponseWriter.WriteHeader(status)
}

// Write adds to the body.
func (w flushing) Write(p []byte) (int, error) {
	w.begin()
	return w.ResponseWriter.Write(p) //nolint:wrapcheck // a writer's error is its own
}

// Flush sends what is there.
func (w flushing) Flush() {
	w.begin()
	_ = http.NewResponseController(w.ResponseWriter).Flush() // the next write tells of a client that is gone
}

func (w flushing) begin() {
	if !*w.begun {
		w.WriteHeader(http.StatusOK)
	}
}

// Unwrap lets a ResponseController reach the connection.
func (w flushing) Unwrap() http.ResponseWriter { return w.ResponseWriter }
