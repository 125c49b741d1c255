package vm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// A declaration's list may name shapes; the rules of a shape are asked outside a run too, from the globals as they are.
func TestCheckShapeOutside(t *testing.T) {
	t.Parallel()
	p := compile(t, `
எல்லை = 18;
வடிவம் ஆள் { எண் வயது விதி (வயது >= எல்லை), சொல் பெயர் }
வழி ஜிஆர்பிசி, "ஆட்கள்/சேர்", ["admin", ஆள், இன்மை] { பதில் 0, {}; }
`)
	list := p.Blocks()[0].Args[1]
	if got := list.Value.Array().Items; !list.Literal || len(got) != 3 || got[0].Text() != "admin" || got[1].Shape() == nil || !got[2].IsNil() {
		t.Fatalf("the list is %s", list.Value.Display())
	}
	shape, decl := p.Shape("ஆள்")
	if shape != list.Value.Array().Items[1].Shape() || decl.Fields[0].Name.Text != "வயது" {
		t.Fatalf("%v %v", shape, decl)
	}
	if none, _ := p.Shape("எல்லை"); none != nil {
		t.Errorf("%v", none)
	}
	m := vm.New(p, vm.Options{})
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	globals := m.Snapshot()
	person := func(age int64) value.Value {
		return value.FromFields([]string{"வயது", "பெயர்"}, []value.Value{value.FromInt(age), value.FromText("ஆதி 👍🏽")})
	}
	rec, faults, err := p.Get(vm.Options{}).CheckShape(t.Context(), globals, person(20), shape)
	if err != nil || len(faults) > 0 || rec.Record().Shape != shape {
		t.Errorf("%v %v %v", rec.Display(), faults, err)
	}
	_, faults, err = p.Get(vm.Options{}).CheckShape(t.Context(), globals, person(3), shape)
	if err != nil || len(faults) != 1 || !strings.Contains(faults[0].Display(), "வயது") {
		t.Errorf("%v %v", faults, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	slow := compile(t, `
வடிவம் ஓ { எண் அ விதி (காண்(அ)) }
செயல் காண்(அ) { இ = 0; (மெய்) சுற்று { இ = இ + 1; } }
`)
	shape, _ = slow.Shape("ஓ")
	if _, _, err = vm.New(slow, vm.Options{}).CheckShape(ended, nil, value.FromFields([]string{"அ"}, []value.Value{value.FromInt(1)}), shape); err == nil {
		t.Error("an ended context does not end the rule")
	}
}
