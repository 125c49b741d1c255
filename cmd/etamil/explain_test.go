package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/project"
)

// exampleFiles parts an example into its files; the entry comes first and is main.qmz where it has no name.
func exampleFiles(text string) (entry string, fsys fstest.MapFS) {
	fsys = fstest.MapFS{}
	name := "main.qmz"
	if !strings.HasPrefix(text, "-- ") {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		return name, fsys
	}
	for _, part := range strings.Split("\n"+text, "\n-- ")[1:] {
		head, body, _ := strings.Cut(part, " --\n")
		if entry == "" {
			entry = head
		}
		fsys[head] = &fstest.MapFile{Data: []byte(body)}
	}
	return entry, fsys
}

// foundIn are the codes that a check finds in an example, each once.
func foundIn(code, text string) []string {
	if strings.HasPrefix(code, "E05") {
		_, faults := project.Parse(projectFile, []byte(text))
		var codes []string
		for _, f := range faults {
			codes = append(codes, f.Code)
		}
		return codes
	}
	entry, fsys := exampleFiles(text)
	prog, faults := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: entry})
	var list []diag.Diagnostic
	for _, f := range faults {
		list = append(list, diag.FromLoad(f))
	}
	if !module.HasErrors(faults) {
		list = append(list, check.Program(context.Background(), prog, check.Options{})...)
	}
	list, _ = diag.Silence(list, prog.Files[0], true)
	var codes []string
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// raised is the code of the error that ends an example's run, "" where it ends well.
func raised(t *testing.T, text string) string {
	t.Helper()
	return raisedIn(t, context.Background(), text)
}

func raisedIn(t *testing.T, ctx context.Context, text string) string {
	t.Helper()
	entry, fsys := exampleFiles(text)
	prog, _ := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: entry})
	code, found := vm.Compile(prog, natives(t.TempDir()))
	if len(found) > 0 {
		return found[0].Code
	}
	m := vm.New(code, vm.Options{Stdin: strings.NewReader(""), Stdout: io.Discard, Fuel: 100_000})
	dbs := data.NewDatabases(t.TempDir(), data.Options{})
	session := dbs.Session()
	err := m.Run(data.With(ctx, session))
	if e := errors.Join(session.Close(), dbs.Close()); e != nil {
		t.Error(e)
	}
	var fault *vm.Fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &fault):
		return fault.Diagnostic().Code
	}
	return err.Error()
}

// Each wrong example gives exactly its code, and each right one gives nothing: what an explanation shows is true.
func TestExplanationsAreTrue(t *testing.T) {
	t.Parallel()
	explained := 0
	for _, e := range diag.Entries() {
		x, ok := diag.Explanation(e.Code)
		if !ok {
			continue
		}
		explained++
		if x.Tamil == "" || x.English == "" || (x.Wrong == "") != (x.Right == "") {
			t.Errorf("%s is not explained in full", e.Code)
		}
		if x.Wrong == "" {
			continue
		}
		if e.Kind != "" {
			if got := raised(t, x.Wrong); got != e.Code {
				t.Errorf("%s: the wrong example ends with %q", e.Code, got)
			}
			if got := raised(t, x.Right); got != "" {
				t.Errorf("%s: the right example ends with %q", e.Code, got)
			}
		} else if got := foundIn(e.Code, x.Wrong); !slices.Equal(got, []string{e.Code}) {
			t.Errorf("%s: the wrong example gives %q", e.Code, got)
		}
		if got := foundIn(e.Code, x.Right); len(got) > 0 {
			t.Errorf("%s: the right example gives %q", e.Code, got)
		}
	}
	if explained < 100 {
		t.Errorf("only %d codes are explained", explained)
	}
}
