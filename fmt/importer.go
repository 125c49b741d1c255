package format

import (
	"context"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Importer reads what imports bring, for all files of a run. It may be used by many goroutines.
type Importer struct {
	src   module.Source
	roots []string
	mu    sync.Mutex
	known map[[2]string]brought // by folder and path
}

type brought struct {
	Brought
	ok bool
}

// NewImporter looks for imports in a source, as module.Load does: beside the importing file, then under each root.
func NewImporter(src module.Source, roots ...string) *Importer {
	return &Importer{src: src, roots: roots, known: map[[2]string]brought{}}
}

// Beside is Options.Imports of a file that stands in a folder. An import that is not found, or that has errors, is not
// known.
func (m *Importer) Beside(ctx context.Context, dir string) func(path string) (Brought, bool) {
	return func(path string) (Brought, bool) {
		key := [2]string{dir, path}
		m.mu.Lock()
		b, ok := m.known[key]
		m.mu.Unlock()
		if !ok {
			b = m.read(ctx, dir, path)
			m.mu.Lock()
			m.known[key] = b
			m.mu.Unlock()
		}
		return b.Brought, b.ok
	}
}

// read loads a program that is nothing but one import.
func (m *Importer) read(ctx context.Context, dir, path string) brought {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`)
	text := []byte(`இறக்கு "` + quoted.Replace(path) + `";`)
	prog, faults := module.Load(ctx, m.src, module.Entry{Text: text, HasText: true, Dir: dir}, m.roots...)
	if module.HasErrors(faults) {
		return brought{}
	}
	b := brought{Brought{Declares: map[string]string{}, Only: true}, true}
	for i, f := range prog.Files[1:] {
		for _, name := range Declared(f) {
			meet(b.Declares, name, prog.Paths[i+1])
		}
	}
	for _, item := range prog.Items {
		switch item.Stmt.(type) {
		case *syntax.FuncDecl, *syntax.ShapeDecl:
		default:
			b.Only = false
		}
	}
	return b
}
