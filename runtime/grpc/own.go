package grpc

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"connectrpc.com/connect"
	"connectrpc.com/grpcreflect"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// This file has the services that a server has of itself: reflection (v1 and v1alpha), which tells tools what there is, and
// health (grpc.health.v1), which tells balancers whether to send calls.

const (
	healthName     = "grpc.health.v1.Health"
	healthQuestion = "grpc.health.v1.HealthCheckRequest"
	healthAnswer   = "grpc.health.v1.HealthCheckResponse"
)

// own are the routes of reflection and health, but for those that the program has itself.
func (s *server) own() ([]Route, error) {
	reflector := grpcreflect.NewReflector(grpcreflect.NamerFunc(func() []string { return s.names }),
		grpcreflect.WithDescriptorResolver(s.resolver), grpcreflect.WithExtensionResolver(&protoregistry.Types{}))
	v1, h1 := grpcreflect.NewHandlerV1(reflector, connect.WithReadMaxBytes(s.o.MaxMessage))
	alpha, hAlpha := grpcreflect.NewHandlerV1Alpha(reflector, connect.WithReadMaxBytes(s.o.MaxMessage))
	routes := []Route{lasting(v1+"ServerReflectionInfo", s.ending(h1)), lasting(alpha+"ServerReflectionInfo", s.ending(hAlpha))}
	if slices.Contains(s.names, healthName) {
		return routes, nil
	}
	question, err := s.schema(healthQuestion)
	if err != nil {
		return nil, err
	}
	answer, err := s.schema(healthAnswer)
	if err != nil {
		return nil, err
	}
	s.names = append(s.names, healthName)
	h := health{s, answer}
	check, watch := "/"+healthName+"/Check", "/"+healthName+"/Watch"
	return append(routes,
		lasting(check, connect.NewUnaryHandler(check, h.check, options(question, s.o.MaxMessage)...)),
		lasting(watch, connect.NewServerStreamHandler(watch, h.watch, options(question, s.o.MaxMessage)...))), nil
}

func (s *server) schema(name string) (*schema, error) {
	md, err := s.resolver.message(name)
	if err != nil {
		return nil, &MethodError{-1, err}
	}
	return s.schemas.of(md), nil
}

// lasting is a route of the server's own, whose streams may last.
func lasting(path string, h http.Handler) Route {
	inner := withRequest(h)
	return Route{httpd.Route{Method: http.MethodPost, Kind: httpd.Events, Path: path, Place: "-", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		_ = c.SetReadDeadline(time.Time{}) // a connection that has none needs none
		_ = c.SetWriteDeadline(time.Time{})
		inner.ServeHTTP(w, r)
	})}, -1}
}

// ending ends the requests of a handler when the server or the program ends.
func (s *server) ending(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		end := func() {
			cancel()
			_ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) // what waits for the client wakes up
		}
		defer whenEnded(s.o.Ending, end)()
		defer whenEnded(httpd.Ending(r), end)()
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// whenEnded calls f once a context has ended, which may be nil. After stop f neither runs nor will.
func whenEnded(ctx context.Context, f func()) (stop func()) {
	if ctx == nil {
		return func() {}
	}
	done := make(chan struct{})
	take := context.AfterFunc(ctx, func() {
		defer close(done)
		f()
	})
	return func() {
		if !take() {
			<-done
		}
	}
}

// The answers of health.
const (
	serving    = "SERVING"
	notServing = "NOT_SERVING"
	unknown    = "SERVICE_UNKNOWN"
)

// health answers for the server, whose name is "", and for each of its services.
type health struct {
	*server
	answer *schema
}

func (h health) status(q *message) (string, *message) {
	name, _ := q.v.Record().Get("service")
	status := serving
	switch {
	case name.Text() != "" && !slices.Contains(h.names, name.Text()):
		status = unknown
	case h.o.Stopping != nil && h.o.Stopping.Load():
		status = notServing
	}
	return status, h.say(status)
}

func (h health) say(status string) *message {
	return &message{h.answer, value.FromFields([]string{"status"}, []value.Value{value.FromText(status)})}
}

func (h health) check(_ context.Context, q *connect.Request[message]) (*connect.Response[message], error) {
	status, m := h.status(q.Msg)
	if status == unknown {
		return nil, connect.NewError(connect.CodeNotFound, nil)
	}
	return connect.NewResponse(m), nil
}

// lookEvery is how often a watched status is looked at.
const lookEvery = 200 * time.Millisecond

// watch sends the status, and again whenever it changes. It ends when the server or the program does: a client that watches
// must not hold them back.
func (h health) watch(ctx context.Context, q *connect.Request[message], to *connect.ServerStream[message]) error {
	r, _ := ctx.Value(requestKey{}).(*http.Request)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for last := ""; ; {
		status, m := h.status(q.Msg)
		if status != last {
			if err := to.Send(m); err != nil {
				return err //nolint:wrapcheck // connect's own
			}
			last = status
		}
		if status == notServing {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // connect makes it a code
		case <-done(h.o.Ending):
			return connect.NewError(connect.CodeUnavailable, errReplaced)
		case <-done(httpd.Ending(r)):
			return to.Send(h.say(notServing)) //nolint:wrapcheck // connect's own
		case <-tick.C:
		}
	}
}

// errReplaced is why a client has to watch again.
var errReplaced = errors.New("நிரலின் புதிய பதிப்பு வந்தது  (there is a new version of the program)")

// done is when a context ends, which may be nil.
func done(ctx context.Context) <-chan struct{} {
	if ctx == nil {
		return nil
	}
	return ctx.Done()
}

// healthFile is the standard description of the health service.
func healthFile() *descriptorpb.FileDescriptorProto {
	optional := descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum()
	method := func(name string, streams bool) *descriptorpb.MethodDescriptorProto {
		return &descriptorpb.MethodDescriptorProto{
			Name: proto.String(name), InputType: proto.String("." + healthQuestion), OutputType: proto.String("." + healthAnswer),
			ServerStreaming: proto.Bool(streams),
		}
	}
	var statuses []*descriptorpb.EnumValueDescriptorProto
	for i, name := range []string{"UNKNOWN", serving, notServing, unknown} {
		statuses = append(statuses, &descriptorpb.EnumValueDescriptorProto{Name: proto.String(name), Number: proto.Int32(int32(i))}) //nolint:gosec // four
	}
	return &descriptorpb.FileDescriptorProto{
		Name: proto.String("grpc/health/v1/health.proto"), Package: proto.String("grpc.health.v1"), Syntax: proto.String("proto3"),
		MessageType: []*descriptorpb.DescriptorProto{
			{Name: proto.String("HealthCheckRequest"), Field: []*descriptorpb.FieldDescriptorProto{{
				Name: proto.String("service"), JsonName: proto.String("service"), Number: proto.Int32(1), Label: optional,
				Type: descriptorpb.FieldDescriptorProto_TYPE_STRING.Enum(),
			}}},
			{
				Name: proto.String("HealthCheckResponse"), Field: []*descriptorpb.FieldDescriptorProto{{
					Name: proto.String("status"), JsonName: proto.String("status"), Number: proto.Int32(1), Label: optional,
					Type: descriptorpb.FieldDescriptorProto_TYPE_ENUM.Enum(), TypeName: proto.String("." + healthAnswer + ".ServingStatus"),
				}},
				EnumType: []*descriptorpb.EnumDescriptorProto{{Name: proto.String("ServingStatus"), Value: statuses}},
			},
		},
		Service: []*descriptorpb.ServiceDescriptorProto{{
			Name: proto.String("Health"), Method: []*descriptorpb.MethodDescriptorProto{method("Check", false), method("Watch", true)},
		}},
	}
}
