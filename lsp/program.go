package lsp

import (
	"context"
	"io/fs"
	"sync"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// program is a root file with all that it imports. It never changes.
type program struct {
	root   string
	prog   *module.Program
	files  []*file // parallel to prog.Files
	faults []diag.Diagnostic
	whole  bool                // no syntax errors: only then findings of the check are shown
	spelt  func() *index.Index // where every name stands; members of shapes are not told apart
	// Of a checked program:
	names *index.Index // where every name stands
	info  *check.Info  // what the check knows of types
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

// loaded is the program of a root as it is written, without a check of it. It is read once for a snapshot.
func (s *snapshot) loaded(root string) *program {
	s.mu.Lock()
	once := s.loads[root]
	if once == nil {
		once = sync.OnceValue(func() *program { return s.load(root) })
		s.loads[root] = once
	}
	s.mu.Unlock()
	return once()
}

// load reads a program through the snapshot.
func (s *snapshot) load(root string) *program {
	prog, faults := module.Load(context.Background(), source{s}, module.Entry{Path: root}, s.server.opt.Roots...)
	p := &program{root: root, prog: prog, whole: !module.HasErrors(faults)}
	for i, name := range prog.Paths {
		f := s.at(name)
		if f == nil { // it could not be read
			f = diskFile(name, s.server.clientURI(name), prog.Files[i].Src, s.enc)
		}
		p.files = append(p.files, f)
	}
	for _, fault := range faults {
		p.faults = append(p.faults, diag.FromLoad(fault))
	}
	p.faults = diag.WithoutNoise(p.faults)
	p.spelt = sync.OnceValue(func() *index.Index { return s.server.sessions.get(root).index(prog) })
	return p
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
