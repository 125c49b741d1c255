package grpc_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	grpcgo "google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding/gzip"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	reflectv1 "google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

const shop = `
வடிவம் வரி { சொல் சரக்கு, எண் அளவு விதி (அளவு > 0), ஈர்ம வரியுண்டா }
வடிவம் பட்டியல் { சொல் பெயர், அணி[வரி] வரிகள், பொருள் கூடுதல், மேலும் }
வடிவம் தொகை { எண் மொத்தம், அணி[எண்] அளவுகள், சொல் பெயர், ஈர்ம உண்டா, வரி முதல்_வரி }
வடிவம் ஒன்றுமில்லை { }

வழி ஜிஆர்பிசி, "கணிப்பான்/கூட்டு" {
    பதில் 0, {"விடை": கோரிக்கை.உடல்.அ + கோரிக்கை.உடல்.ஆ};
}
வழி ஜிஆர்பிசி, "கடை.விற்பனை/தொகை", [பட்டியல், தொகை] {
    ப = கோரிக்கை.உடல்;
    மொத்தம் = 0; அளவுகள் = [];
    ஒவ்வொரு வ இல் ப.வரிகள் { மொத்தம் = மொத்தம் + வ.அளவு; அளவுகள் = இணை(அளவுகள், வ.அளவு); }
    பதில் 0, {"மொத்தம்": மொத்தம், "அளவுகள்": அளவுகள், "பெயர்": ப.பெயர், "உண்டா": மெய்};
}
வழி ஜிஆர்பிசி, "கடை.விற்பனை/எதிரொலி", [பட்டியல், பட்டியல்] { பதில் 0, கோரிக்கை.உடல்; }
வழி ஜிஆர்பிசி, "கடை.விற்பனை/ஒன்றுமில்லை", [ஒன்றுமில்லை, ஒன்றுமில்லை] { x = 1; }
வழி ஜிஆர்பிசி, "கடை.விற்பனை/பிழை" {
    பதில் கோரிக்கை.உடல்.குறி, {"செய்தி": "இல்லை 👍🏽", "எது": [1, "கொ"]}, {"X-Why": "இல்லை"};
}
வழி ஜிஆர்பிசி, "கடை.விற்பனை/உடை" {
    எ = கோரிக்கை.உடல்.எப்படி;
    (எ == "வகு") எனில் { பதில் 0, {"ச": 1 / 0}; }
    (எ == "வடிவம்") எனில் { பதில் 0, 5; திரும்பு; }
    (எ == "குறி") எனில் { பதில் 17, {}; }
    (எ == "நேரம்") எனில் { (5) காலவரம்பு { காத்திரு(60000); } }
    தவறு({"வகை": எ, "செய்தி": "இரகசியம்"})?;
}
வழி ஜிஆர்பிசி, "கடை.விற்பனை/உறங்கு" { காத்திரு(60000); பதில் 0, {}; }
வழி ஜிஆர்பிசி, "கடை.விற்பனை/தலைப்பு" {
    பதில் 0, {"வந்தது": கோரிக்கை.தலைப்புகள்["x-who"], "முறை": கோரிக்கை.முறை, "பாதை": கோரிக்கை.பாதை, "உரை": கோரிக்கை.உடலுரை}, {"X-Back": "பின்"};
}
`

// describe asks a server for the descriptors of a service, as tools do.
func describe(t testing.TB, c *grpcgo.ClientConn, symbol string) *protoregistry.Files {
	t.Helper()
	stream, err := reflectv1.NewServerReflectionClient(c).ServerReflectionInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set := &descriptorpb.FileDescriptorSet{}
	ask := func(r *reflectv1.ServerReflectionRequest) {
		if err := stream.Send(r); err != nil {
			t.Fatal(err)
		}
		answer, err := stream.Recv()
		if err != nil || answer.GetFileDescriptorResponse() == nil {
			t.Fatalf("%v: %v %v", r, answer, err)
		}
		for _, raw := range answer.GetFileDescriptorResponse().FileDescriptorProto {
			f := &descriptorpb.FileDescriptorProto{}
			if err := proto.Unmarshal(raw, f); err != nil {
				t.Fatal(err)
			}
			set.File = append(set.File, f)
		}
	}
	ask(&reflectv1.ServerReflectionRequest{MessageRequest: &reflectv1.ServerReflectionRequest_FileContainingSymbol{FileContainingSymbol: symbol}})
	known := map[string]bool{}
	for i := 0; i < len(set.File); i++ {
		known[set.File[i].GetName()] = true
		for _, dep := range set.File[i].GetDependency() {
			if !known[dep] && !has(set, dep) {
				ask(&reflectv1.ServerReflectionRequest{MessageRequest: &reflectv1.ServerReflectionRequest_FileByFilename{FileByFilename: dep}})
			}
		}
	}
	if err := stream.CloseSend(); err != nil {
		t.Fatal(err)
	}
	files, err := protodesc.NewFiles(set)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func has(set *descriptorpb.FileDescriptorSet, name string) bool {
	for _, f := range set.File {
		if f.GetName() == name {
			return true
		}
	}
	return false
}

// call calls a method with a message as JSON, through the descriptors that the server gives.
func call(t testing.TB, c *grpcgo.ClientConn, service, method, question string, opts ...grpcgo.CallOption) (string, error) {
	t.Helper()
	d, err := describe(t, c, service).FindDescriptorByName(protoreflect.FullName(service))
	if err != nil {
		t.Fatal(err)
	}
	m := d.(protoreflect.ServiceDescriptor).Methods().ByName(protoreflect.Name(method))
	q, a := dynamicpb.NewMessage(m.Input()), dynamicpb.NewMessage(m.Output())
	if err := protojson.Unmarshal([]byte(question), q); err != nil {
		t.Fatal(err)
	}
	if err := c.Invoke(t.Context(), "/"+service+"/"+method, q, a, opts...); err != nil {
		return "", err //nolint:wrapcheck // asked for
	}
	out, err := protojson.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for i, c := range string(out) { // protojson puts blanks where it likes
		if c != ' ' || i > 0 && out[i-1] != ':' && out[i-1] != ',' {
			b.WriteRune(c)
		}
	}
	return b.String(), nil
}

func TestUnary(t *testing.T) {
	t.Parallel()
	c := dial(t, serve(t, shop, nil))
	for _, test := range []struct{ service, method, question, want string }{
		{"kaNippAZ", "kUttu", `{"அ": 1.5, "ஆ": 0.1}`, `{"விடை":1.6}`},
		// What a float does not hold comes as text, every digit of it.
		{"kaNippAZ", "kUttu", `{"அ": "12345678901234567890.12", "ஆ": 1}`, `{"விடை":"12345678901234567891.12"}`},
		{
			"katY.viRpaZY", "qokY", `{"பெயர்":"கொ 👍🏽","வரிகள்":[{"சரக்கு":"𝒳","அளவு":"12345678901234567890.12"},{"அளவு":"0.10"}]}`,
			`{"மொத்தம்":"12345678901234567890.22","அளவுகள்":["12345678901234567890.12","0.1"],"பெயர்":"கொ 👍🏽","உண்டா":true}`,
		},
		{"katY.viRpaZY", "qokY", `{}`, `{"மொத்தம்":"0","உண்டா":true}`}, // what is not there is இன்மை
		{"katY.viRpaZY", "eqiroli", `{"பெயர்":"","கூடுதல்":{"அ":null,"ஆ":[1,{"x":"𑿀"}]},"மேலும்":"எதுவும்"}`, `{"பெயர்":"","கூடுதல்":{"அ":null,"ஆ":[1,{"x":"𑿀"}]},"மேலும்":"எதுவும்"}`},
		{"katY.viRpaZY", "oZRumillY", `{}`, `{}`},
	} {
		got, err := call(t, c, test.service, test.method, test.question)
		if err != nil || got != test.want {
			t.Errorf("%s/%s(%s)\n%s\n%s\n%v", test.service, test.method, test.question, got, test.want, err)
		}
	}
	// A method is found under the name that the program gives it too.
	s, err := structpb.NewStruct(map[string]any{"அ": 1, "ஆ": 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/கணிப்பான்/கூட்டு", "/kaNippAZ/kUttu"} {
		out := &structpb.Struct{}
		if err := c.Invoke(t.Context(), path, s, out, grpcgo.UseCompressor("")); err != nil || out.Fields["விடை"].GetNumberValue() != 3 {
			t.Errorf("%s: %v %v", path, out, err)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	var told reports
	c := dial(t, serve(t, shop, func(o *grpc.Options) { o.Report = told.add }))
	_, err := call(t, c, "katY.viRpaZY", "pizY", `{"குறி": 5}`)
	s := status.Convert(err)
	if s.Code() != codes.NotFound || s.Message() != "இல்லை 👍🏽" || len(s.Details()) != 1 {
		t.Fatalf("%v %v", s, s.Details())
	}
	if d, ok := s.Details()[0].(*structpb.Struct); !ok || d.Fields["எது"].GetListValue().Values[1].GetStringValue() != "கொ" {
		t.Errorf("%v", s.Details())
	}
	for how, code := range map[string]codes.Code{
		"வகு": codes.Internal, "வடிவம்": codes.Internal, "குறி": codes.Internal, "நேரம்": codes.DeadlineExceeded, "அனுமதி": codes.PermissionDenied,
		"சரிபார்ப்பு": codes.InvalidArgument, "எல்லை": codes.ResourceExhausted, "சேவை": codes.Unavailable, "வேறு": codes.Internal,
	} {
		_, err := call(t, c, "katY.viRpaZY", "utY", `{"எப்படி":"`+how+`"}`)
		s := status.Convert(err)
		id, why := told.last()
		if s.Code() != code || !strings.Contains(s.Message(), "["+id+"]") || strings.Contains(s.Message(), "இரகசியம்") {
			t.Errorf("%s: %v, reported %s %v", how, s, id, why)
		}
		var plain *value.Error
		var fault *vm.Fault
		switch {
		case how == "வடிவம்" && (!errors.As(why, &plain) || plain.Code != grpc.CodeMessage),
			how == "குறி" && (!errors.As(why, &fault) || fault.Code != httpd.CodeCode):
			t.Errorf("%s: reported %v", how, why)
		}
	}
	// The rules of shapes, also of those inside.
	for _, question := range []string{`{"வரிகள்":[{"அளவு":"1"},{"அளவு":"-2"}]}`, `{"வரிகள்":[{}]}`} {
		_, err = call(t, c, "katY.viRpaZY", "qokY", question)
		if s := status.Convert(err); s.Code() != codes.InvalidArgument || !strings.Contains(s.Message(), "அளவு") || len(s.Details()) != 1 {
			t.Errorf("%v", err)
		}
	}
	if err := c.Invoke(t.Context(), "/kaNippAZ/illY", &structpb.Struct{}, &structpb.Struct{}); status.Code(err) != codes.Unimplemented {
		t.Errorf("%v", err)
	}
	detailed := dial(t, serve(t, shop, func(o *grpc.Options) { o.Detail = true }))
	if _, err := call(t, detailed, "katY.viRpaZY", "utY", `{"எப்படி":"வகு"}`); !strings.Contains(err.Error(), "division by zero") {
		t.Errorf("%v", err)
	}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	c := dial(t, serve(t, shop, nil))
	ctx := metadata.AppendToOutgoingContext(t.Context(), "x-who", "aqi")
	var head metadata.MD
	out := &structpb.Struct{}
	q, err := structpb.NewStruct(map[string]any{"அ": 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Invoke(ctx, "/katY.viRpaZY/qalYppu", q, out, grpcgo.Header(&head)); err != nil {
		t.Fatal(err)
	}
	got := out.AsMap()
	if got["வந்தது"] != "aqi" || got["முறை"] != "POST" || got["பாதை"] != "/katY.viRpaZY/qalYppu" || got["உரை"] != `{"அ":1}` {
		t.Errorf("%v", got)
	}
	if v := head.Get("x-back"); len(v) != 1 || v[0] != "பின்" {
		t.Errorf("%v", head)
	}
	var trail metadata.MD
	q, err = structpb.NewStruct(map[string]any{"குறி": 9})
	if err != nil {
		t.Fatal(err)
	}
	err = c.Invoke(ctx, "/katY.viRpaZY/pizY", q, out, grpcgo.Trailer(&trail), grpcgo.Header(&head))
	if status.Code(err) != codes.FailedPrecondition || len(trail.Get("x-why"))+len(head.Get("x-why")) != 1 {
		t.Errorf("%v %v %v", err, trail, head)
	}
}

// A deadline of the client ends the run, so does a client that goes, and so does the server's own limit.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	var ended atomic.Int64
	p := load(t, shop)
	methods := p.methods()
	for i := range methods {
		run := methods[i].Run
		methods[i].Run = func(ctx context.Context, x *httpd.Exchange) error {
			defer ended.Add(1)
			return run(ctx, x)
		}
	}
	o := p.options()
	o.Timeout = 300 * time.Millisecond
	routes, err := grpc.Routes(methods, o)
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, listen(t, handler(t, routes)))
	sleep := func(ctx context.Context) codes.Code {
		return status.Code(c.Invoke(ctx, "/katY.viRpaZY/uRawku", &structpb.Struct{}, &structpb.Struct{}))
	}
	if code := sleep(t.Context()); code != codes.DeadlineExceeded {
		t.Errorf("the server's limit: %v", code)
	}
	short, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if code := sleep(short); code != codes.DeadlineExceeded {
		t.Errorf("the client's limit: %v", code)
	}
	gone, leave := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, leave)
	if code := sleep(gone); code != codes.Canceled {
		t.Errorf("a client that goes: %v", code)
	}
	for ended.Load() < 3 {
		time.Sleep(time.Millisecond)
	}
}

func TestReflection(t *testing.T) {
	t.Parallel()
	c := dial(t, serve(t, shop, nil))
	// v1alpha has the messages of v1.
	stream, err := c.NewStream(t.Context(), &grpcgo.StreamDesc{ServerStreams: true, ClientStreams: true}, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.SendMsg(&reflectv1.ServerReflectionRequest{MessageRequest: &reflectv1.ServerReflectionRequest_ListServices{}}); err != nil {
		t.Fatal(err)
	}
	answer := &reflectv1.ServerReflectionResponse{}
	if err := stream.RecvMsg(answer); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range answer.GetListServicesResponse().GetService() {
		names = append(names, s.GetName())
	}
	if got := strings.Join(names, " "); got != "kaNippAZ katY.viRpaZY grpc.health.v1.Health" {
		t.Errorf("services: %s", got)
	}
	if err := stream.CloseSend(); err != nil {
		t.Fatal(err)
	}
	if err := stream.RecvMsg(answer); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	d, err := describe(t, c, "katY.viRpaZY").FindDescriptorByName("etamil.qokY")
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	for i := range d.(protoreflect.MessageDescriptor).Fields().Len() {
		f := d.(protoreflect.MessageDescriptor).Fields().Get(i)
		fields = append(fields, strings.Join([]string{f.Cardinality().String(), f.Kind().String(), string(f.Name()), f.JSONName()}, " "))
		if int(f.Number()) != i+1 {
			t.Errorf("%s has number %d", f.Name(), f.Number())
		}
	}
	want := "optional string moqqam மொத்தம்|repeated string aLavukaL அளவுகள்|optional string peyar பெயர்|optional bool uNtA உண்டா|optional message muqal_vari முதல்_வரி"
	if got := strings.Join(fields, "|"); got != want {
		t.Errorf("fields\n%s\n%s", got, want)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	var stopping atomic.Bool
	c := healthpb.NewHealthClient(dial(t, serve(t, shop, func(o *grpc.Options) { o.Stopping = &stopping })))
	for name, want := range map[string]codes.Code{"": codes.OK, "kaNippAZ": codes.OK, "grpc.health.v1.Health": codes.OK, "x": codes.NotFound} {
		got, err := c.Check(t.Context(), &healthpb.HealthCheckRequest{Service: name})
		if status.Code(err) != want || err == nil && got.Status != healthpb.HealthCheckResponse_SERVING {
			t.Errorf("%q: %v %v", name, got, err)
		}
	}
	w, err := c.Watch(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	none, err := c.Watch(t.Context(), &healthpb.HealthCheckRequest{Service: "x"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := none.Recv(); err != nil || got.Status != healthpb.HealthCheckResponse_SERVICE_UNKNOWN {
		t.Errorf("%v %v", got, err)
	}
	if got, err := w.Recv(); err != nil || got.Status != healthpb.HealthCheckResponse_SERVING {
		t.Errorf("%v %v", got, err)
	}
	stopping.Store(true)
	if got, err := w.Recv(); err != nil || got.Status != healthpb.HealthCheckResponse_NOT_SERVING {
		t.Errorf("%v %v", got, err)
	}
	if _, err := w.Recv(); !errors.Is(err, io.EOF) {
		t.Errorf("a server that stops is still watched: %v", err)
	}
	if got, err := c.Check(t.Context(), &healthpb.HealthCheckRequest{}); err != nil || got.Status != healthpb.HealthCheckResponse_NOT_SERVING {
		t.Errorf("%v %v", got, err)
	}
}

// Streams end with the program that they are of.
func TestEnding(t *testing.T) {
	t.Parallel()
	ending, end := context.WithCancel(t.Context())
	defer end()
	c := dial(t, serve(t, shop, func(o *grpc.Options) { o.Ending = ending }))
	w, err := healthpb.NewHealthClient(c).Watch(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Recv(); err != nil {
		t.Fatal(err)
	}
	r, err := reflectv1.NewServerReflectionClient(c).ServerReflectionInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Send(&reflectv1.ServerReflectionRequest{MessageRequest: &reflectv1.ServerReflectionRequest_ListServices{}}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Recv(); err != nil {
		t.Fatal(err)
	}
	end()
	if _, err := w.Recv(); status.Code(err) != codes.Unavailable {
		t.Errorf("health: %v", err)
	}
	if _, err := r.Recv(); err == nil {
		t.Error("reflection goes on")
	}
}

// A method's own limits are in the place of the server's.
func TestLimits(t *testing.T) {
	t.Parallel()
	p := load(t, shop)
	methods := p.methods()
	for i := range methods {
		methods[i].Limits = httpd.RouteLimits{Body: 2000, Timeout: 30 * time.Millisecond}
	}
	routes, err := grpc.Routes(methods, p.options())
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, listen(t, handler(t, routes)))
	if err := c.Invoke(t.Context(), "/katY.viRpaZY/uRawku", &structpb.Struct{}, &structpb.Struct{}); status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("%v", err)
	}
	q, err := structpb.NewStruct(map[string]any{"அ": strings.Repeat("x", 3000)})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Invoke(t.Context(), "/kaNippAZ/kUttu", q, &structpb.Struct{}); status.Code(err) != codes.ResourceExhausted {
		t.Errorf("%v", err)
	}
}

// A question that takes more memory than there is for all of them is not answered; the next one is.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	p := load(t, shop)
	routes, err := grpc.Routes(p.methods(), p.options())
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, listen(t, handlerWith(t, routes, httpd.Options{MaxBodies: 100_000})))
	list := make([]any, 3000)
	for i := range list {
		list[i] = []any{}
	}
	for _, tt := range []struct {
		more []any
		want codes.Code
	}{{list, codes.Unavailable}, {list[:10], codes.OK}} {
		q, err := structpb.NewStruct(map[string]any{"அ": 1, "ஆ": 2, "இ": tt.more})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Invoke(t.Context(), "/kaNippAZ/kUttu", q, &structpb.Struct{}); status.Code(err) != tt.want {
			t.Errorf("%d: %v", len(tt.more), err)
		}
	}
}

// Many clients at once get their own answers.
func TestManyClients(t *testing.T) {
	t.Parallel()
	address := serve(t, shop, nil)
	var wg sync.WaitGroup
	for i := range 16 {
		c := dial(t, address)
		wg.Go(func() {
			for n := range 25 {
				q, _ := structpb.NewStruct(map[string]any{"அ": i, "ஆ": n})
				out := &structpb.Struct{}
				if err := c.Invoke(t.Context(), "/kaNippAZ/kUttu", q, out); err != nil || out.Fields["விடை"].GetNumberValue() != float64(i+n) {
					t.Errorf("%d+%d: %v %v", i, n, out, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	c := dial(t, serve(t, shop, func(o *grpc.Options) { o.MaxMessage = 10_000 }))
	q, err := structpb.NewStruct(map[string]any{"அ": strings.Repeat("அ", 4000), "ஆ": 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Invoke(t.Context(), "/kaNippAZ/kUttu", q, &structpb.Struct{}); status.Code(err) != codes.ResourceExhausted {
		t.Errorf("%v", err)
	}
	// Packed, a long one is short.
	if q, err = structpb.NewStruct(map[string]any{"அ": strings.Repeat("a", 1<<20), "ஆ": 1}); err != nil {
		t.Fatal(err)
	}
	if err := c.Invoke(t.Context(), "/kaNippAZ/kUttu", q, &structpb.Struct{}, grpcgo.UseCompressor(gzip.Name)); status.Code(err) != codes.ResourceExhausted {
		t.Errorf("packed: %v", err)
	}
	q = &structpb.Struct{Fields: map[string]*structpb.Value{"அ": structpb.NewNumberValue(1), "ஆ": structpb.NewNumberValue(2)}}
	out := &structpb.Struct{}
	if err := c.Invoke(t.Context(), "/kaNippAZ/kUttu", q, out, grpcgo.UseCompressor(gzip.Name)); err != nil || out.Fields["விடை"].GetNumberValue() != 3 {
		t.Errorf("after it: %v %v", out, err)
	}
}
