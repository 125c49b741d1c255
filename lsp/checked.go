package lsp

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/lsp/rpc"
)

// program is the checked program in which a file is best seen: the first of those that it is a part of.
func (s *snapshot) program(ctx context.Context, f *file) (*program, error) {
	return s.checked(ctx, s.rootsOf(f)[0])
}

// written is the same program as it is written, for requests that need no types and should not wait for them.
func (s *snapshot) written(f *file) *program { return s.loaded(s.rootsOf(f)[0]) }

// rootsOf are the roots of the programs that a file is a part of; there is at least one.
func (s *snapshot) rootsOf(f *file) []string {
	if roots := s.linked().within[f.path]; len(roots) > 0 {
		return roots
	}
	return []string{f.path}
}

// judgement is what is said of a program. It is small, and holds until one of its files changes.
type judgement struct {
	files []string // the paths of the program's files
	whole bool     // no syntax errors
	found []diag.Diagnostic
}

// future is a program that is being checked, or was.
type future struct {
	done    chan struct{}
	p       *program // nil when the check was stopped
	waiting int      // guarded by the snapshot
	stop    context.CancelFunc
}

// maxKept bounds the checked programs that a snapshot holds: the trees of a large folder do not fit into memory.
const maxKept = maxSessions

// judged is what is said of the program of a root.
func (s *snapshot) judged(ctx context.Context, root string) (*judgement, error) {
	s.mu.Lock()
	j := s.judgements[root]
	s.mu.Unlock()
	if j != nil {
		return j, nil
	}
	if _, err := s.checked(ctx, root); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if j = s.judgements[root]; j == nil {
		return nil, rpc.ErrStale
	}
	return j, nil
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
	s.recent = append(slices.DeleteFunc(s.recent, func(r string) bool { return r == root }), root)
	f.waiting++
	s.mu.Unlock()
	defer s.release(root, f)
	select {
	case <-f.done:
		if f.p == nil {
			return nil, rpc.ErrStale
		}
		return f.p, nil
	case <-ctx.Done():
		return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
}

// release says that one less waits for a program. Programs that nobody has asked for lately are let go.
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
	for len(s.recent) > maxKept {
		if old := s.programs[s.recent[0]]; old != nil && old.waiting > 0 {
			break
		}
		delete(s.programs, s.recent[0])
		delete(s.loads, s.recent[0])
		s.recent = s.recent[1:]
	}
}

// check is the work behind a future. A bug in the check is logged, and the program is answered without findings.
func (s *snapshot) check(ctx context.Context, root string, f *future) {
	defer close(f.done)
	p := s.loaded(root)
	checked, found := s.run(ctx, p)
	if ctx.Err() != nil {
		return
	}
	j := &judgement{whole: p.whole, found: p.faults}
	for _, in := range p.files {
		j.files = append(j.files, in.path)
	}
	if !p.whole {
		found = p.settled(found)
	}
	j.found = slices.Concat(p.faults, found)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.judgements[root] = j
	f.p = checked
	s.server.counts.checks.Add(1)
}

// run checks a program; of one whose check panics no more is known than what is written.
func (s *snapshot) run(ctx context.Context, p *program) (checked *program, found []diag.Diagnostic) {
	defer func() {
		if r := recover(); r != nil {
			s.server.log.Error("a check panicked", "root", p.root, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			s.server.sessions.forget(p.root)
			unknown := *p
			unknown.names = p.spelt()
			checked, found = &unknown, nil
		}
	}()
	return s.server.sessions.get(p.root).run(ctx, p)
}

// inherit takes over what an older snapshot knows of programs; changed then drops what is no longer so.
func (s *snapshot) inherit(old *snapshot) {
	old.mu.Lock()
	defer old.mu.Unlock()
	for root, j := range old.judgements {
		s.judgements[root] = j
	}
	for root, f := range old.programs {
		select {
		case <-f.done:
			if f.p != nil {
				s.programs[root] = f
			}
		default:
		}
	}
	s.recent = slices.Clone(old.recent)
}

// changed drops what is known of the programs that a file is a part of. Where the file came or went, any import may mean
// another file now.
func (s *snapshot) changed(name string, cameOrWent bool) {
	if cameOrWent {
		clear(s.judgements)
		clear(s.programs)
		return
	}
	for root, j := range s.judgements {
		if slices.Contains(j.files, name) {
			delete(s.judgements, root)
			delete(s.programs, root)
		}
	}
}
