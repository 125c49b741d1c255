package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/observe"
	"github.com/etamil-lang/etamil/runtime/resilience"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/token"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// service is a loaded program whose prelude has run: what all requests share.
type service struct {
	app     *app
	log     *serverLog
	secret  func() ([]byte, error) // of tokens that say none
	prog    *module.Program
	code    *vm.Program
	options vm.Options
	limit   time.Duration // of one handler
	dbs     *data.Databases
	prelude *data.Session
	tasks   *task.Group
	told    *observe.Log // what the program itself tells
	shared  context.Context
	globals []value.Value
	answers answerSlots
	quiet   bool // the program does not mention its response variables
	routes  []httpd.Route
	blocks  []*vm.Block // of the routes
	every   []every

	declared int             // routes that the program declares itself
	ending   context.Context // ends streams and sockets when the program is replaced
	retire   func()

	methods      []grpc.Method // of gRPC
	methodBlocks []*vm.Block   // of the methods

	handler http.Handler

	signals            []signalBlock
	shutdown, farewell []*vm.Block // நிறுத்தும்போது and மீளேற்று
	running            *schedules  // nil until they begin
	silent             bool        // failures of later blocks are not told
	detach             func() bool // of a run: its tasks do not end any more when it is interrupted
}

// every is one இடைவெளி of a program.
type every struct {
	block  *vm.Block
	period time.Duration
}

// natives are the words of a program: the core's, and those of databases and HTTP. Files that clients name stay inside
// the program's folder.
func natives(dir string) vm.Natives { return nativesOf(host.Env{Dir: dir}) }

func nativesOf(world host.Env) vm.Natives {
	all := host.New(world)
	maps.Copy(all, data.Words())
	maps.Copy(all, task.Words())
	maps.Copy(all, resilience.Words())
	maps.Copy(all, observe.Words())
	maps.Copy(all, lifecycle.Words(lifecycle.New()))
	maps.Copy(all, token.Words(secretOf(world.PublicOnly)))
	maps.Copy(all, httpd.Words(all, servedFiles(world.Dir)))
	maps.Copy(all, grpc.Words(world))
	maps.Copy(all, httpd.StreamWords())
	return all
}

func servedFiles(dir string) host.Env { return host.Env{Dir: dir, Confined: true} }

// start loads a program, runs its prelude and makes the handler of its routes. The service must be closed, also after an
// error when there is one.
func (a *app) start(ctx context.Context, l *serverLog, o serveOptions, file, dir string) (*service, error) {
	s := &service{app: a, log: l, limit: o.timeout}
	prog, err := a.load(ctx, file, false)
	s.prog = prog
	if err != nil {
		return s, err
	}
	s.secret = secretOf(!o.dev)
	words := nativesOf(host.Env{Dir: dir, PublicOnly: !o.dev})
	maps.Copy(words, lifecycle.Words(o.life))
	maps.Copy(words, token.Words(s.secret))
	if s.code, err = a.compile(prog, words); err != nil {
		return s, err
	}
	s.options = vm.Options{Stdout: l.stdout, Buffer: requestOutput, MaxMemory: heapLimit()}
	s.answers, s.quiet = answerSlotsOf(s.code), !mentionsAnswer(s.code)
	if err := s.declarations(); err != nil {
		return s, err
	}
	s.ending, s.retire = context.WithCancel(context.Background())
	if err := s.handle(o, dir); err != nil {
		return s, err
	}
	s.dbs = data.NewDatabases(dir, data.Options{Durable: !o.dev})
	around := surroundingsOf(filepath.Dir(file))
	around.database(s.dbs)
	s.told = around.log(l.stderr, o.log == "json")
	s.prelude = s.dbs.Session()
	s.owns(task.NewGroup(observed(context.WithoutCancel(ctx), s.told), task.Options{Enter: forked, Most: mostTasks, Report: func(_ string, err error) {
		l.failed(prog, "", nil, err)
	}}))
	m := vm.New(s.code, s.options)
	if err := m.Run(s.run(ctx, s.prelude)); err != nil {
		return s, a.ended(ctx, prog, err)
	}
	s.globals = m.Snapshot()
	return s, s.prelude.Close()
}

// handle makes the handler of the routes.
func (s *service) handle(o serveOptions, dir string) error {
	users, err := s.app.users(s.secret, !o.dev)
	if err = errors.Join(err, s.guarded(!o.dev)); err != nil {
		return err
	}
	s.routes, s.blocks = s.routes[:s.declared], s.blocks[:s.declared] // without those of the last time
	opt := o.http
	opt.Streams.Ending, opt.MaxBodies = s.ending, s.options.MaxMemory/2
	opt.User, opt.Files, opt.Detail, opt.Report, opt.Access, opt.Stopping = users, servedFiles(dir), o.dev, s.report, s.log.access(), o.stopping
	if err := s.serveMethods(opt); err != nil {
		return err
	}
	h, err := httpd.NewHandler(s.routes, opt)
	s.handler = h
	return s.routeError(err)
}

// forked gives a task a session of its own, with what its starter's has declared, and its starter's trace.
func forked(group, starter context.Context) (context.Context, func() error) {
	if id := traceOf(starter); id != "" {
		group = context.WithValue(group, startedIn{}, id)
	}
	session := data.From(starter)
	if session == nil {
		return group, func() error { return nil }
	}
	session = session.Fork()
	return data.With(group, session), session.Close
}

// close stops the tasks and gives the databases back.
func (s *service) close() {
	if s.retire != nil {
		s.retire()
	}
	if s.tasks != nil {
		s.tasks.Close()
	}
	if s.dbs == nil {
		return
	}
	_ = s.prelude.Close() // the rows that it has changed are rolled back already
	if err := s.dbs.Close(); err != nil {
		s.log.say(err.Error())
	}
}

// answer runs a route for one request: on a machine of its own, from the globals as the prelude left them.
func (s *service) answer(b *vm.Block, bind *httpd.Binding, x *httpd.Exchange) error {
	session := s.prelude.Fork()
	ctx := x.Context(func(parent context.Context) context.Context { return s.run(parent, session) })
	x.Resting = session
	var read func(m *vm.Machine)
	if x.Quiet = s.quiet; !x.Quiet {
		read = func(m *vm.Machine) { s.answers.take(m, &x.Response) }
	}
	err := s.runBlock(ctx, session, b, bind.Bind(&x.Request), read)
	var fault *vm.Fault
	switch {
	case err == nil || !errors.As(err, &fault):
		return err
	case fault.Code == vm.CodeDeadline:
		timed := *fault
		timed.Args = []string{strconv.FormatInt(s.limit.Milliseconds(), 10)}
		return &timed
	case fault.Kind() == kindForbidden:
		return errors.Join(httpd.ErrForbidden, err)
	}
	return err
}

// kindForbidden is the kind of errors that say that somebody may not do something (services.md rule 13).
const kindForbidden = "அனுமதி"

// answerSlots are where the response variables of the core language are, -1 for those that the program never mentions.
type answerSlots struct{ status, body, headers, file int }

func answerSlotsOf(p *vm.Program) answerSlots {
	return answerSlots{
		p.GlobalSlot(host.ResponseStatus), p.GlobalSlot(host.ResponseBody), p.GlobalSlot(host.ResponseHeaders), p.GlobalSlot(httpd.ResponseFile),
	}
}

// mentionsAnswer tells whether a program's source names a response variable.
func mentionsAnswer(p *vm.Program) bool {
	for _, f := range p.Files() {
		if strings.Contains(f.Src, responsePrefix) {
			return true
		}
	}
	return false
}

// responsePrefix begins the names of all response variables.
const responsePrefix = "response_"

// take takes over what a program wrote into its response variables without பதில் (semantics.md 4).
func (a answerSlots) take(m *vm.Machine, r *httpd.Response) {
	read := func(slot int, to *value.Value) {
		if slot < 0 {
			return
		}
		if v := m.At(slot); v.Kind() != value.UnsetKind {
			r.Sent, *to = true, v
		}
	}
	read(a.status, &r.Status)
	read(a.body, &r.Body)
	read(a.headers, &r.Headers)
	file := value.FromText(r.File)
	read(a.file, &file)
	r.File = ""
	if !file.IsNil() {
		r.File = file.Display()
	}
}

// runBlock runs a block in a view of its own, with the session of its context, and lets read look at what it left.
// வெளியேறு ends the block, never the server.
func (s *service) runBlock(ctx context.Context, session *data.Session, b *vm.Block, bind []vm.Bound, read func(m *vm.Machine)) error {
	m := s.machine(b)
	defer s.release(b, m)
	err := m.RunBound(ctx, b, s.globals, bind)
	if read != nil {
		read(m)
	}
	var exit *vm.Exit
	if err != nil && errors.As(err, &exit) {
		err = nil
	}
	if closed := session.Close(); closed != nil {
		return errors.Join(err, closed)
	}
	return err
}

// requestOutput is how many bytes that a request prints are collected: few print much, and very many may run at once.
const requestOutput = 2048

// waits tells whether the runs of a block wait most of their time. There may be very many, so that their machines are light.
func waits(b *vm.Block) bool { return b.Method == methodEvents || b.Method == methodSocket }

func (s *service) machine(b *vm.Block) *vm.Machine {
	if waits(b) {
		return s.code.Light(s.options)
	}
	return s.code.Get(s.options)
}

func (s *service) release(b *vm.Block, m *vm.Machine) {
	if waits(b) {
		m.Release()
		return
	}
	s.code.Put(m)
}

// report tells of a request that failed, under the id that its client was given.
func (s *service) report(id string, r *http.Request, err error) { s.log.failed(s.prog, id, r, err) }

// lockedWriter lets those that run at once write whole pieces.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p) //nolint:wrapcheck // a writer's error is its own
}
