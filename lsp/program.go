package lsp

import (
	"context"
	"fmt"
	"io/fs"
	"runtime/debug"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// program is a root file with all that it imports, checked. It never changes.
type program struct {
	root  string
	prog  *module.Program
	files []*file // parallel to prog.Files
	whole bool    // no syntax errors: only then findings of the check are shown
	found []diag.Diagnostic
	info  *check.Info  // what the check knows of types
	names *index.Index // where every name stands
}

// number is a file's number in the program, as info and names count files; -1 where it is no part of it.
func (p *program) number(name string) int {
	for i, f := range p.files {
		if f.path == name {
			return i
		}
	}
	return -1
}

// byName finds a file as diagnostics call it.
func (p *program) byName(name string) *file {
	for i, f := range p.prog.Files {
		if f.Name == name {
			return p.files[i]
		}
	}
	return nil
}

// program is the checked program in which a file is best seen: the first of those that it is a part of.
func (s *snapshot) program(ctx context.Context, f *file) (*program, error) {
	return s.checked(ctx, s.rootsOf(f)[0])
}

// rootsOf are the roots of the programs that a file is a part of; there is at least one.
func (s *snapshot) rootsOf(f *file) []string {
	if roots := s.linked().within[f.path]; len(roots) > 0 {
		return roots
	}
	return []string{f.path}
}

// future is a program that is being checked, or was.
type future struct {
	done    chan struct{}
	p       *program
	waiting int // guarded by the snapshot
	stop    context.CancelFunc
}

// checked is the program of a root. It is checked once for a snapshot, however many ask; when all of them gave up, the check
// is stopped.
func (s *snapshot) checked(ctx context.Context, root string) (*program, error) {
	s.mu.Lock()
	f := s.programs[root]
	if f == nil {
		var work context.Context
		f = &future{done: make(chan struct{})}
		work, f.stop = context.WithCancel(s.server.work.ctx)
		s.programs[root] = f
		if !s.server.work.spawn(func() { s.check(work, root, f) }) {
			close(f.done)
		}
	}
	f.waiting++
	s.mu.Unlock()
	select {
	case <-f.done:
		s.release(root, f)
		if f.p == nil {
			return nil, rpc.ErrStale
		}
		return f.p, nil
	case <-ctx.Done():
		s.release(root, f)
		return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
}

// release says that one less waits for a program.
func (s *snapshot) release(root string, f *future) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	select {
	case <-f.done:
	default:
		delete(s.programs, root)
	}
	f.stop()
}

// check is the work behind a future. A bug in the check is logged, and answered as a program without findings.
func (s *snapshot) check(ctx context.Context, root string, f *future) {
	defer close(f.done)
	defer func() {
		if r := recover(); r != nil {
			s.server.log.Error("a check panicked", "root", root, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		}
	}()
	p := s.load(ctx, root)
	if ctx.Err() == nil {
		s.server.sessions.check(ctx, p)
	}
	if ctx.Err() == nil {
		f.p = p
	}
}

// load reads a program through the snapshot.
func (s *snapshot) load(ctx context.Context, root string) *program {
	prog, faults := module.Load(ctx, source{s}, module.Entry{Path: root}, s.server.opt.Roots...)
	p := &program{root: root, prog: prog, whole: !module.HasErrors(faults)}
	for i, name := range prog.Paths {
		f := s.at(name)
		if f == nil { // it could not be read
			f = diskFile(name, prog.Files[i].Src, s.enc)
		}
		p.files = append(p.files, f)
	}
	for _, fault := range faults {
		p.found = append(p.found, diag.FromLoad(fault))
	}
	p.found = withoutNoise(p.found)
	return p
}

// withoutNoise leaves of the findings in a binary file the one that says so.
func withoutNoise(list []diag.Diagnostic) []diag.Diagnostic {
	said := map[string]bool{}
	var noise []diag.Diagnostic
	for _, d := range list {
		if d.Code == syntax.CodeNUL && !said[d.File] {
			said[d.File] = true
			noise = append(noise, d)
		}
	}
	if len(said) == 0 {
		return list
	}
	for _, d := range list {
		if !said[d.File] {
			noise = append(noise, d)
		}
	}
	return noise
}

// sessions are what checks have learnt, by root. A session serves one check at a time.
type sessions struct {
	mu sync.Mutex
	of map[string]*session
}

type session struct {
	mu    sync.Mutex
	s     *check.Session
	names *index.Builder
	used  time.Time
}

// maxSessions bounds how many programs are remembered between edits.
const maxSessions = 16

func (ss *sessions) get(root string) *session {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.of == nil {
		ss.of = map[string]*session{}
	}
	s := ss.of[root]
	if s == nil {
		s = &session{s: check.NewSession(), names: index.NewBuilder()}
		ss.of[root] = s
	}
	s.used = time.Now()
	for len(ss.of) > maxSessions {
		oldest := root
		for r, other := range ss.of {
			if other.used.Before(ss.of[oldest].used) {
				oldest = r
			}
		}
		delete(ss.of, oldest)
	}
	return s
}

// check adds to a program what a check says of it.
func (ss *sessions) check(ctx context.Context, p *program) {
	s := ss.get(p.root)
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	found := s.s.Check(ctx, p.prog, check.Options{})
	p.info = s.s.Info()
	p.names = s.names.Build(p.prog, p.info)
	if p.whole {
		p.found = append(p.found, found...)
	}
}

// source is a snapshot as the loader reads it.
type source struct{ s *snapshot }

// Open is only asked for what Parsed does not have: the error says why.
func (src source) Open(name string) (fs.File, error) {
	return src.s.server.opt.Source.Open(name) //nolint:wrapcheck // the loader says what it means
}

func (src source) Canonical(name string) (string, error) { return src.s.server.canonical(name), nil }

// Parsed answers the tree that the snapshot has.
func (src source) Parsed(id string) (*syntax.File, bool) {
	if f := src.s.at(id); f != nil {
		return f.tree(), true
	}
	return nil, false
}
