package vm_test

import (
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// TestForkHands: a task has the globals that functions ask for, and keeps no others alive.
func TestForkHands(t *testing.T) {
	t.Parallel()
	var forks []*vm.Machine
	natives := host.Core()
	natives["taskCreate"] = &vm.Native{Min: 1, Max: 2, Keeps: true, Fn: func(c *vm.Call) (value.Value, error) {
		forks = append(forks, c.Fork())
		return value.Nil, nil
	}}
	src := `ப = []; க = [5]; கா = [6]; வி = [7]; ஒவ்வொரு எ இல் [1, 2] { ப = இணை(ப, பணி_உருவாக்கு { கா[0] = f(); }); }
செயல் f() { திரும்பு க; } வடிவம் வடி { எண் x விதி (x != வி[0]) }`
	p, faults := module.Load(t.Context(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	prog, problems := vm.Compile(p, natives)
	if len(faults) > 0 || len(problems) > 0 {
		t.Fatal(faults, problems)
	}
	if err := vm.New(prog, vm.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, f := range forks {
		if f.Global("ப").Array() != nil {
			t.Error("a task holds the list of all tasks")
		}
		for name, want := range map[string]string{"க": "[5]", "கா": "[6]", "வி": "[7]"} {
			if got := f.Global(name).Display(); got != want {
				t.Errorf("%s is %s and not %s", name, got, want)
			}
		}
	}
}
