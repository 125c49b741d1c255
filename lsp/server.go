package lsp

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Options are what a server is given by the program that starts it.
type Options struct {
	// Version is the toolchain's, for the client to show.
	Version string
	// Source is where files are read from, and Roots are the folders in which imports are looked for after the importing
	// file's own.
	Source module.Source
	Roots  []string
	// Disk is the file system under slash-separated absolute paths, for looking through folders.
	Disk fs.FS
	// Log gets what people who look for a fault of the server want to know; nil is nothing.
	Log *slog.Logger
	// Bytecode writes out what a program is compiled to, for the view of it; nil where there is none.
	Bytecode func(ctx context.Context, p *module.Program) (string, error)
	// Settled, where there is one, is called each time the server has told all that it found of the newest texts.
	Settled func()
}

// Server answers one client. Requests are methods, one file each; what they work on is a snapshot.
type Server struct {
	protocol.UnimplementedServer
	opt       Options
	log       *slog.Logger
	client    protocol.Client
	conn      jsonrpc2.Conn
	work      *background
	cache     cache
	graphs    graphs
	sessions  sessions
	reports   reports
	palette   palette
	layouts   layouts
	counts    counts
	assist    assistance
	catalogue catalogue
	views     views
	progress  progresses

	scanning sync.Mutex
	pulled   atomic.Bool // whether the client was asked for its settings
	trace    atomic.Int32
	aliases  atomic.Pointer[[]folder] // the folders, for clientURI

	mu  sync.Mutex
	cur *snapshot
}

// New makes a server that knows nothing yet.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{opt: o}
	s.log = slog.New(clientLog{o.Log.Handler(), s})
	s.work = newBackground(s)
	s.cur = emptySnapshot(s)
	return s
}

// Serve answers the client at the other end of a connection until it leaves. The error is rpc.ErrNoShutdown where it left
// without saying so.
func (s *Server) Serve(ctx context.Context, conn io.ReadWriteCloser) error {
	ctx, stop := context.WithCancel(ctx)
	defer s.work.end()
	defer stop()
	return rpc.Serve(ctx, conn, s, rpc.Options{ //nolint:wrapcheck // its errors are this package's
		Log: s.log, Done: s.traced,
		Connected: func(client protocol.Client, conn jsonrpc2.Conn) {
			s.client, s.conn = client, conn
			s.work.start(ctx)
		},
	})
}

// snapshotKey is where a request's context has its snapshot.
type snapshotKey struct{}

// Prepare gives a request the snapshot of the moment in which it arrived.
func (s *Server) Prepare(ctx context.Context) context.Context {
	return context.WithValue(ctx, snapshotKey{}, s.current())
}

// snap is the snapshot that a request works on.
func (s *Server) snap(ctx context.Context) *snapshot {
	if snap, ok := ctx.Value(snapshotKey{}).(*snapshot); ok {
		return snap
	}
	return s.current()
}

// current is the newest snapshot.
func (s *Server) current() *snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cur
}

// update replaces the newest snapshot by what f makes of a copy of it, and wakes the background work.
func (s *Server) update(f func(next *snapshot)) *snapshot {
	s.mu.Lock()
	next := s.cur.next()
	f(next)
	old := s.cur
	s.cur = next
	s.mu.Unlock()
	old.outdate()
	s.work.wake()
	return next
}

// Request answers methods that are neither the protocol's nor ours.
func (s *Server) Request(context.Context, string, any) (any, error) {
	return nil, jsonrpc2.ErrMethodNotFound
}

// counts are what the server has done, for tests that hold it to doing no more than it must.
type counts struct {
	checks atomic.Int64 // programs that were checked
}
