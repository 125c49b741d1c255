package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/position"
)

// service is a loaded program whose prelude has run: what all requests share.
type service struct {
	app     *app
	prog    *module.Program
	code    *vm.Program
	options vm.Options
	dbs     *data.Databases
	prelude *data.Session
	globals []value.Value
	routes  []httpd.Route
	every   []every
	out     sync.Mutex // the log and errors of requests that run at once
}

// every is one இடைவெளி of a program.
type every struct {
	block  *vm.Block
	period time.Duration
}

// natives are the words of a program: the core's, and those of databases and HTTP.
func natives(dir string) vm.Natives {
	all := host.New(host.Env{Dir: dir})
	maps.Copy(all, data.Words())
	maps.Copy(all, httpd.Words(all))
	return all
}

// isRoute tells whether a statement declares a route.
func isRoute(s syntax.Stmt) bool {
	_, ok := s.(*syntax.RouteStmt)
	return ok
}

// start loads a program and runs its prelude. The service must be closed, also after an error when there is one.
func (a *app) start(ctx context.Context, file, dir string) (*service, error) {
	prog, err := a.load(ctx, file, false)
	if err != nil {
		return nil, err
	}
	code, err := a.compile(prog, natives(dir))
	if err != nil {
		return nil, err
	}
	s := &service{
		app: a, prog: prog, code: code, dbs: data.NewDatabases(dir, data.Options{}),
		options: vm.Options{Stdout: &lockedWriter{w: a.stdout}},
	}
	if err := s.declarations(); err != nil {
		return s, err
	}
	s.prelude = s.dbs.Session()
	m := vm.New(code, s.options)
	err = m.Run(data.With(ctx, s.prelude))
	if err != nil {
		return s, a.ended(ctx, prog, err)
	}
	s.globals = m.Snapshot()
	return s, s.prelude.Close()
}

// close gives the databases back.
func (s *service) close() {
	if s.prelude != nil {
		_ = s.prelude.Close() // the rows that it has changed are rolled back already
	}
	if err := s.dbs.Close(); err != nil {
		s.app.complain(err.Error())
	}
}

// declarations reads the program's routes and schedules.
func (s *service) declarations() error {
	blocks := s.code.Blocks()
	for i := range blocks {
		b := &blocks[i]
		switch b.Word {
		case "Route":
			r, err := s.route(b)
			if err != nil {
				return err
			}
			s.routes = append(s.routes, r)
		case "Every":
			seconds, ok := b.Args[0].Value.Int()
			if !b.Args[0].Literal || !ok || seconds < 1 || seconds > 1<<30 {
				return s.refuse(b, "இடைவெளிக்கு 1 அல்லது அதற்கு மேற்பட்ட முழு நொடிகள் வேண்டும்", "the schedule needs a whole number of seconds, 1 or more")
			}
			s.every = append(s.every, every{b, time.Duration(seconds) * time.Second})
		default:
			return s.refuse(b, b.Word+" இந்தப் பதிப்பில் இன்னும் இல்லை", b.Word+" is not available yet in this version")
		}
	}
	if len(s.routes) == 0 && len(s.every) == 0 {
		return fmt.Errorf("%s: %s", s.prog.Files[0].Name, s.app.text("வழங்க வழிகள் எதுவும் இல்லை", "there are no routes to serve"))
	}
	return nil
}

// route makes a route of a declaration.
func (s *service) route(b *vm.Block) (httpd.Route, error) {
	if b.Args[0].Value.Kind() != value.TextKind || !b.Args[0].Literal {
		return httpd.Route{}, s.refuse(b, "வழியின் பாதை மேற்கோளுக்குள் எழுதிய உரையாக இருக்க வேண்டும்", "a route's path must be quoted text")
	}
	if b.Method == "" || b.Method == "WS" || b.Method == "SSE" || b.Method == "GRPC" {
		return httpd.Route{}, s.refuse(b, "இந்த வகை வழி இந்தப் பதிப்பில் இன்னும் இல்லை", "this kind of route is not available yet in this version")
	}
	return httpd.Route{
		Method: b.Method, Path: b.Args[0].Value.Display(), Guarded: len(b.Args) > 1, Place: s.place(b),
		Run: func(ctx context.Context, r *httpd.Request) (httpd.Response, error) { return s.answer(ctx, b, r) },
	}, nil
}

// place is where a declaration stands, for people.
func (s *service) place(b *vm.Block) string {
	line, col := position.NewMap(b.File.Src).Clusters(b.Span.Start)
	return fmt.Sprintf("%s:%d:%d", b.File.Name, line, col)
}

func (s *service) refuse(b *vm.Block, tamil, english string) error {
	return fmt.Errorf("%s: %s", s.place(b), s.app.text(tamil, english))
}

// answer runs a route for one request: on a machine of its own, from the globals as the prelude left them.
func (s *service) answer(ctx context.Context, b *vm.Block, r *httpd.Request) (httpd.Response, error) {
	x := &httpd.Exchange{Request: r, Response: httpd.NoResponse()}
	err := s.runBlock(httpd.With(ctx, x), b, r.Bind(), func(m *vm.Machine) { assigned(m, &x.Response) })
	return x.Response, err
}

// assigned takes over what a program wrote into its response variables without பதில் (semantics.md 4).
func assigned(m *vm.Machine, r *httpd.Response) {
	if v := m.Global(host.ResponseStatus); !unset(v) {
		r.Sent, r.Status = true, v
	}
	if v := m.Global(host.ResponseBody); !unset(v) {
		r.Sent, r.Body = true, v
	}
	if v := m.Global(host.ResponseHeaders); !unset(v) {
		r.Headers = v
	}
}

func unset(v value.Value) bool { return v.Kind() == value.UnsetKind }

// runBlock runs a block in a view of its own and lets read look at what it left. வெளியேறு ends the block, never the server.
func (s *service) runBlock(ctx context.Context, b *vm.Block, bind map[string]value.Value, read func(m *vm.Machine)) error {
	session := s.prelude.Fork()
	m := s.code.Get(s.options)
	defer s.code.Put(m)
	err := m.RunBlock(data.With(ctx, session), b, s.globals, bind)
	if read != nil {
		read(m)
	}
	var exit *vm.Exit
	if errors.As(err, &exit) {
		err = nil
	}
	return errors.Join(err, session.Close())
}

// schedule runs every இடைவெளி in its time until ctx ends; stop waits for the last of them.
func (s *service) schedule(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	for _, e := range s.every {
		wg.Go(func() {
			tick := time.NewTicker(e.period)
			defer tick.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-tick.C:
				}
				if err := s.runBlock(ctx, e.block, nil, nil); err != nil && ctx.Err() == nil {
					s.show(err)
				}
			}
		})
	}
	return func() { cancel(); wg.Wait() }
}

// report tells of a request that failed, under the id that its client was given.
func (s *service) report(id string, r *http.Request, err error) {
	s.out.Lock()
	fmt.Fprintf(s.app.stderr, "✗ %s %s  [%s]\n", r.Method, r.URL.Path, id)
	s.out.Unlock()
	s.show(err)
}

func (s *service) show(err error) {
	s.out.Lock()
	defer s.out.Unlock()
	var fault *vm.Fault
	if errors.As(err, &fault) {
		_ = s.app.show(s.prog, []diag.Diagnostic{check.Suggest(s.prog, fault.Diagnostic())}, false) // its status is for programs that end
		return
	}
	s.app.complain(err.Error())
}

// announce prints the routes, with their places, and the address.
func (s *service) announce(addr net.Addr) {
	for _, r := range s.routes {
		fmt.Fprintf(s.app.stderr, "  %-7s %-30s %s\n", r.Method, r.Path, r.Place)
	}
	for _, e := range s.every {
		fmt.Fprintf(s.app.stderr, "  %-7s %-30s %s\n", "⏱", e.period, s.place(e.block))
	}
	fmt.Fprintf(s.app.stderr, "%s: http://%s\n", s.app.text("வழங்குகிறது", "serving"), addr)
}

// lockedWriter lets machines that run at once print whole pieces.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p) //nolint:wrapcheck // a writer's error is its own
}
