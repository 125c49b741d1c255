package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// stdinName is how a program from standard input is called in messages.
const stdinName = "<stdin>"

// maxSource is one byte more than a program may have; the parser refuses the longer one.
const maxSource = 4<<20 + 1

// entry reads a program from standard input, or names the file that the loader reads.
func (a *app) entry(file string) (module.Entry, error) {
	if file != "" && file != "-" {
		return module.Entry{Path: filepath.ToSlash(file)}, nil
	}
	text, err := io.ReadAll(io.LimitReader(a.stdin, maxSource))
	if err != nil {
		return module.Entry{}, fmt.Errorf("%s: %w", a.text("உள்ளீட்டைப் படிக்க முடியவில்லை", "cannot read standard input"), err)
	}
	return module.Entry{Name: stdinName, Text: text, HasText: true}, nil
}

// files is the operating system as the loader sees it.
func files() module.Source {
	return module.Funcs{
		OpenFile: func(path string) (fs.File, error) { return os.Open(filepath.FromSlash(path)) },
		CanonicalPath: func(path string) (string, error) {
			abs, err := filepath.Abs(filepath.FromSlash(path))
			if err != nil {
				return "", fmt.Errorf("resolve %s: %w", path, err)
			}
			real, err := filepath.EvalSymlinks(abs)
			return filepath.ToSlash(real), err //nolint:wrapcheck // the loader asks for fs.ErrNotExist
		},
	}
}

// roots are the folders in which imports are looked for after the importing file's own (language/grammar.md 4.6).
func roots() []string {
	var dirs []string
	for _, dir := range filepath.SplitList(os.Getenv("ETAMIL_PATH")) {
		if dir != "" {
			dirs = append(dirs, filepath.ToSlash(dir))
		}
	}
	if exe, err := os.Executable(); err == nil {
		dirs = append(dirs, filepath.ToSlash(filepath.Dir(exe)))
	}
	return append(dirs, "/usr/share/etamil", "/usr/local/share/etamil")
}

// load reads a program and everything it imports, and looks for the errors that stop a run. Those are shown, and the
// error is then a status. Warnings are shown where they are asked for.
func (a *app) load(ctx context.Context, file string, warnings bool) (*module.Program, error) {
	entry, err := a.entry(file)
	if err != nil {
		return nil, err
	}
	prog, faults := module.Load(ctx, files(), entry, roots()...)
	if ctx.Err() != nil {
		return nil, status(exitInterrupted)
	}
	found := make([]diag.Diagnostic, 0, len(faults))
	for _, f := range faults {
		d := diag.FromFault(f.File, f.Fault)
		for _, r := range f.Related {
			d.Related = append(d.Related, diag.Related{Code: diag.NoteOther, Args: f.Args[:min(1, len(f.Args))], File: r.File, Span: r.Span})
		}
		found = append(found, d)
	}
	if !module.HasErrors(faults) {
		found = append(found, check.Core(prog)...)
	}
	return prog, a.show(prog, found, warnings)
}

// compile lowers a loaded program for the machine.
func (a *app) compile(prog *module.Program, natives vm.Natives) (*vm.Program, error) {
	code, found := vm.Compile(prog, natives)
	return code, a.show(prog, found, false)
}

// show writes diagnostics and answers the status that an error among them means.
func (a *app) show(prog *module.Program, found []diag.Diagnostic, warnings bool) error {
	var failed error
	shown := found[:0:0]
	for _, d := range found {
		if d.IsError() {
			failed = status(exitFault)
		}
		if d.IsError() || warnings {
			shown = append(shown, d)
		}
	}
	a.overhear.hear(prog, shown, a.lang)
	if err := diag.RenderAll(a.stderr, shown, prog.Source, a.diagOptions()); err != nil {
		return fmt.Errorf("show errors: %w", err)
	}
	return failed
}
