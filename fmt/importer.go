package format

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax/module"
)

// Importer reads what imports bring, for all files of a run; each imported file is read once. It may be used by many
// goroutines.
type Importer struct {
	src   module.Source
	roots []string
	mu    sync.Mutex
	known map[string]*imported // by canonical path
}

// imported is one file that was read.
type imported struct {
	broken   bool // it has errors, or imports what is not found
	declares []string
	only     bool // nothing but declarations and imports
	imports  []place
}

// place is a file: its canonical path, and the path by which it is opened.
type place struct{ id, path string }

// NewImporter looks for imports in a source, as module.Load does: beside the importing file, then under each root.
func NewImporter(src module.Source, roots ...string) *Importer {
	return &Importer{src: src, roots: roots, known: map[string]*imported{}}
}

// Beside is Options.Imports of a file that stands in a folder. An import that is not found, or that has errors, is not
// known.
func (m *Importer) Beside(ctx context.Context, dir string) func(path string) (Brought, bool) {
	return func(path string) (Brought, bool) {
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(path)
		entry := module.Entry{Text: []byte(`இறக்கு "` + quoted + `";`), HasText: true, Dir: dir}
		prog, faults := module.Load(ctx, only{m.src, ""}, entry, m.roots...)
		if module.HasErrors(faults) || len(prog.Files) < 2 {
			return Brought{}, false
		}
		b := Brought{Declares: map[string]string{}, Only: true}
		ok := m.gather(ctx, place{prog.Paths[1], prog.Files[1].Name}, &b, map[string]bool{})
		return b, ok
	}
}

// gather adds what a file brings, with all that it imports.
func (m *Importer) gather(ctx context.Context, p place, b *Brought, seen map[string]bool) bool {
	if seen[p.id] {
		return true
	}
	seen[p.id] = true
	f := m.file(ctx, p)
	if f.broken {
		return false
	}
	b.Only = b.Only && f.only
	for _, name := range f.declares {
		meet(b.Declares, name, p.id)
	}
	for _, next := range f.imports {
		if !m.gather(ctx, next, b, seen) {
			return false
		}
	}
	return true
}

// file reads a file that was not read before.
func (m *Importer) file(ctx context.Context, p place) *imported {
	m.mu.Lock()
	f := m.known[p.id]
	m.mu.Unlock()
	if f != nil {
		return f
	}
	prog, faults := module.Load(ctx, only{m.src, p.path}, module.Entry{Path: p.path}, m.roots...)
	f = &imported{broken: module.HasErrors(faults), declares: Declared(prog.Files[0]), only: true}
	for i := range prog.Files[1:] {
		f.imports = append(f.imports, place{prog.Paths[i+1], prog.Files[i+1].Name})
	}
	for _, item := range prog.Items {
		f.only = f.only && declaration(item.Stmt)
	}
	m.mu.Lock()
	m.known[p.id] = f
	m.mu.Unlock()
	return f
}

// only is a source in which all files but one are empty, so that a program of it is that file and what it imports
// itself.
type only struct {
	module.Source
	path string
}

// Open opens a file, or an empty one in its place.
func (o only) Open(path string) (fs.File, error) {
	f, err := o.Source.Open(path)
	if err != nil || path == o.path {
		return f, err //nolint:wrapcheck // as the source says it
	}
	return husk{f}, nil
}

// husk is a file without its bytes.
type husk struct{ fs.File }

func (husk) Read([]byte) (int, error) { return 0, io.EOF }
