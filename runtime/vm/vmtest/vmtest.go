// Package vmtest compiles programs for the tests of the packages that implement words. Nothing but tests links it.
//
//	code := vmtest.Compile(t, `அச்சு 1;`, host.Core(), task.Words())
package vmtest

import (
	"context"
	"maps"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Compile compiles a program of one file, t.qmz, with the words of all sets, of which a later one wins. What the core language finds
// wrong in it ends the test.
func Compile(t testing.TB, src string, words ...vm.Natives) *vm.Program {
	t.Helper()
	prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			t.Fatalf("%s: %v in %s", f.Code, f.Args, src)
		}
	}
	for _, d := range check.Core(prog) {
		if d.IsError() {
			t.Fatalf("%s in %s", diag.Message(d.Code, diag.English, d.Args...), src)
		}
	}
	natives := vm.Natives{}
	for _, set := range words {
		maps.Copy(natives, set)
	}
	code, found := vm.Compile(prog, natives)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return code
}
