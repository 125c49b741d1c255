package grpc_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	grpcgo "google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/runtime/vm/vmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func compile(t testing.TB, src string) *vm.Program {
	t.Helper()
	return compileIn(t, src, host.Env{})
}

func compileIn(t testing.TB, src string, world host.Env) *vm.Program {
	t.Helper()
	core := host.New(host.Env{})
	return vmtest.Compile(t, src, core, task.Words(), httpd.Words(core, host.Env{}), grpc.Words(world))
}

// program is a compiled program whose prelude has run.
type program struct {
	code    *vm.Program
	globals []value.Value
	tasks   *task.Group
}

func load(t testing.TB, src string) *program {
	t.Helper()
	p := &program{code: compile(t, src), tasks: task.NewGroup(context.Background(), task.Options{})}
	t.Cleanup(func() { p.tasks.Close() })
	m := vm.New(p.code, vm.Options{})
	if err := m.Run(p.tasks.With(context.Background())); err != nil {
		t.Fatal(err)
	}
	p.globals = m.Snapshot()
	return p
}

// methods are the gRPC routes of a program.
func (p *program) methods() []grpc.Method {
	var out []grpc.Method
	blocks := p.code.Blocks()
	for i := range blocks {
		b := &blocks[i]
		if b.Method != "GRPC" {
			continue
		}
		m := grpc.Method{Name: b.Args[0].Value.Display(), Place: "t.qmz:1:1"}
		if len(b.Args) > 1 {
			list := b.Args[1].Value.Array().Items
			m.Question, m.Answer = list[0].Shape(), list[1].Shape()
		}
		bind := httpd.NewBinding("", httpd.Variables(), p.code.GlobalSlot)
		m.Run = func(_ context.Context, x *httpd.Exchange) error {
			ctx := x.Context(p.tasks.With)
			machine := p.code.Get(vm.Options{})
			defer p.code.Put(machine)
			return machine.RunBound(ctx, b, p.globals, bind.Bind(&x.Request))
		}
		out = append(out, m)
	}
	return out
}

func (p *program) options() grpc.Options {
	return grpc.Options{Shapes: p.code.Shape, Check: func(ctx context.Context, rec value.Value, sh *value.Shape) (value.Value, []value.Value, error) {
		return p.code.Get(vm.Options{}).CheckShape(ctx, p.globals, rec, sh)
	}}
}

// reports collects what was reported.
type reports struct {
	mu  sync.Mutex
	ids []string
	all []error
}

func (r *reports) add(id string, _ *http.Request, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids, r.all = append(r.ids, id), append(r.all, err)
}

func (r *reports) last() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.all) == 0 {
		return "", nil
	}
	return r.ids[len(r.ids)-1], r.all[len(r.all)-1]
}

// serve serves a program over h2c and HTTP/1.1, and answers its address.
func serve(t testing.TB, src string, change func(*grpc.Options)) string {
	t.Helper()
	p := load(t, src)
	o := p.options()
	if change != nil {
		change(&o)
	}
	routes, err := grpc.Routes(p.methods(), o)
	if err != nil {
		t.Fatal(err)
	}
	return listen(t, handler(t, routes))
}

func handler(t testing.TB, routes []grpc.Route) http.Handler {
	t.Helper()
	return handlerWith(t, routes, httpd.Options{})
}

func handlerWith(t testing.TB, routes []grpc.Route, o httpd.Options) http.Handler {
	t.Helper()
	var plain []httpd.Route
	for _, r := range routes {
		plain = append(plain, r.Route)
	}
	h, err := httpd.NewHandler(plain, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func listen(t testing.TB, h http.Handler) string {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	srv := &http.Server{Handler: h, Protocols: protocols, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	t.Cleanup(func() {
		_ = srv.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// dial connects gRPC's own client.
func dial(t testing.TB, address string) *grpcgo.ClientConn {
	t.Helper()
	c, err := grpcgo.NewClient("passthrough:///"+address, grpcgo.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}
