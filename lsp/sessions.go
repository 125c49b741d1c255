package lsp

import (
	"context"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax/module"
)

// sessions are what checks have learnt, by root, so that an edit costs what it touches.
type sessions struct {
	mu sync.Mutex
	of map[string]*session
}

// session is what is remembered of one program. A check and an index may be made at the same time, two of either not.
type session struct {
	used time.Time // guarded by sessions

	checking sync.Mutex
	check    *check.Session
	indexing sync.Mutex
	names    *index.Builder
}

// maxSessions bounds how many programs are remembered between edits.
const maxSessions = 16

// get is the session of a root.
func (ss *sessions) get(root string) *session {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.of == nil {
		ss.of = map[string]*session{}
	}
	s := ss.of[root]
	if s == nil {
		s = &session{check: check.NewSession(), names: index.NewBuilder()}
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

// forget drops a session that can no longer be relied on.
func (ss *sessions) forget(root string) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	delete(ss.of, root)
}

// index finds the names of a program.
func (s *session) index(p *module.Program) *index.Index {
	s.indexing.Lock()
	defer s.indexing.Unlock()
	return s.names.Build(p, nil)
}

// run checks a program: the answer is a copy that knows types, and what is to be said of it.
func (s *session) run(ctx context.Context, p *program) (*program, []diag.Diagnostic) {
	s.checking.Lock()
	defer s.checking.Unlock()
	if ctx.Err() != nil {
		return p, nil
	}
	found := s.check.Check(ctx, p.prog, check.Options{})
	checked := *p
	checked.info = s.check.Info()
	s.indexing.Lock()
	defer s.indexing.Unlock()
	checked.names = s.names.Build(p.prog, checked.info)
	return &checked, found
}
