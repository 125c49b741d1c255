package cases

import (
	"context"
	"slices"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/check/refactor"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Program is a checked program.
type Program struct {
	Request refactor.Request // asks about the entry; its Span is the caller's to set
	Found   []diag.Diagnostic
	Texts   map[string]string // by path
}

// Open checks a program that may import files, given by their paths.
func Open(src string, files map[string]string) *Program {
	fsys := fstest.MapFS{Entry: {Data: []byte(src)}}
	p := &Program{Texts: map[string]string{Entry: src}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		p.Texts[name] = text
	}
	ctx, source := context.Background(), module.FS(fsys)
	prog, faults := module.Load(ctx, source, module.Entry{Path: Entry})
	for _, f := range faults {
		p.Found = append(p.Found, diag.FromLoad(f))
	}
	session := check.NewSession()
	if !module.HasErrors(faults) {
		p.Found = append(p.Found, session.Check(ctx, prog, check.Options{})...)
	}
	mine := slices.DeleteFunc(slices.Clone(p.Found), func(d diag.Diagnostic) bool { return d.File != Entry })
	mine, _ = diag.Silence(mine, prog.Files[0], true)
	others := slices.DeleteFunc(p.Found, func(d diag.Diagnostic) bool { return d.File == Entry })
	p.Found = slices.Concat(mine, others)
	p.Request = refactor.Request{
		Names: index.NewBuilder().Build(prog, session.Info()), Info: session.Info(), Found: mine,
		Imports: format.NewImporter(source).Beside(ctx, "."),
	}
	return p
}

// After are the program's texts after edits, by path.
func (p *Program) After(edits []diag.Edit) map[string]string {
	out := map[string]string{}
	for name, text := range p.Texts {
		out[name] = Apply(name, text, edits)
	}
	return out
}
