package vm_test

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// TestForkOfLive runs what an entry started while later entries change every function below it.
func TestForkOfLive(t *testing.T) {
	t.Parallel()
	var forks []*vm.Machine
	var fns []value.Value
	natives := host.Core()
	natives["taskCreate"] = &vm.Native{Min: 1, Max: 2, Keeps: true, Fn: func(c *vm.Call) (value.Value, error) {
		forks, fns = append(forks, c.Fork()), append(fns, c.Args[0])
		return value.Nil, nil
	}}
	l := vm.NewLive(natives, vm.Options{})
	say := func(text string) value.Value {
		t.Helper()
		prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "[1]", Text: []byte(text), HasText: true})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if found := l.Add(prog); len(found) > 0 {
			t.Fatal(found)
		}
		v, err := l.Run(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return v
	}
	say(`வடிவம் க { எண் x விதி (x > g(0)), செயல் m(இது) { திரும்பு g(இது.x); } } செயல் g(x) { திரும்பு x; } h = செயல்(x) { திரும்பு g(x) + k; }; k = 0; ப = [1];
பணி_உருவாக்கு "அ" { n = 0; (n < 2000) சுற்று { c = க { x: n + 1 }; c.x = n + 2; f = செயல்(y) { திரும்பு h(y) + க.m(c); }; (f(1) != n + 3) எனில் { திரும்பு n; } n = n + 1; } "நன்று"; };`)
	var wg sync.WaitGroup
	results := make([]value.Value, 4)
	m, fn := forks[0], fns[0]
	wg.Go(func() { results[0], _ = m.Do(context.Background(), fn, nil) })
	for range 200 {
		before := l.State()
		say(`செயல் g(x) { திரும்பு x + 100; } புதிய = g(1); k = k + 1; ப = இணை(ப, k); h(1);`)
		say(`பணி_உருவாக்கு "ஆ" { g(1); };`)
		l.Restore(before)
		say(`செயல் g(x) { திரும்பு x; }`)
	}
	wg.Wait()
	if results[0].Display() != "நன்று" {
		t.Errorf("the first answered %s", results[0].Display())
	}
	var out bytes.Buffer
	if err := l.DumpLast(&out); err != nil || out.Len() == 0 {
		t.Error(err)
	}
	for i, m := range forks[1:] {
		if v, err := m.Do(t.Context(), fns[i+1], nil); err != nil || v.Display() != "101" {
			t.Errorf("%d: %v %v", i, v.Display(), err)
		}
	}
}
