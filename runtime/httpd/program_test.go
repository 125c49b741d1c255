package httpd_test

import (
	"context"
	"maps"
	"net/http"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// compileProgram compiles a program whose files are in dir.
func compileProgram(t *testing.T, dir, src string) *vm.Program {
	t.Helper()
	prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			t.Fatalf("%s: %v", f.Code, f.Args)
		}
	}
	world := host.Env{Dir: dir, Confined: true}
	natives := host.New(world)
	maps.Copy(natives, httpd.Words(natives, world))
	maps.Copy(natives, httpd.StreamWords())
	code, found := vm.Compile(prog, natives)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return code
}

// programRoutes are the routes of a program without a prelude, whose files are in dir.
func programRoutes(t *testing.T, dir, src string) []httpd.Route {
	t.Helper()
	code := compileProgram(t, dir, src)
	m := vm.New(code, vm.Options{})
	if err := m.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	globals := m.Snapshot()
	var routes []httpd.Route
	for i := range code.Blocks() {
		b := &code.Blocks()[i]
		path := b.Args[0].Value.Display()
		bind := httpd.NewBinding(path, httpd.Variables(), code.GlobalSlot)
		method, kind := b.Method, httpd.Plain
		switch method {
		case "SSE":
			method, kind = http.MethodGet, httpd.Events
		case "WS":
			method, kind = http.MethodGet, httpd.Socket
		}
		routes = append(routes, httpd.Route{Method: method, Kind: kind, Path: path, Run: func(_ context.Context, x *httpd.Exchange) error {
			return vm.New(code, vm.Options{}).RunBound(x.Context(nil), b, globals, bind.Bind(&x.Request))
		}})
	}
	return routes
}
