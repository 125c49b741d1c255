package resilience_test

import (
	"bytes"
	"errors"
	"testing"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/resilience"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/runtime/vm/vmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func run(t *testing.T, src string) (string, error) {
	t.Helper()
	code := vmtest.Compile(t, src, host.Core(), resilience.Words(), task.Words())
	var out bytes.Buffer
	g := task.NewGroup(t.Context(), task.Options{Whole: true})
	err := g.End(vm.New(code, vm.Options{Stdout: &out}).Run(g.Context()))
	return out.String(), err
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	const start = `து = துண்டிப்பான்_உருவாக்கு {"தோல்வி": 2, "மீட்பு": 60000}; `
	const open = start + `ஒவ்வொரு எ இல் [1, 2] { துண்டிப்பான்_இயக்கு(து) { தவறு("கொ𝒳")?; }; } `
	for _, c := range []struct{ name, src, want string }{
		{"a value", start + `அச்சு துண்டிப்பான்_இயக்கு(து) { x = 3; x + 4; }; அச்சு x; அச்சு துண்டிப்பான்_நிலை(து);`, "சரி(7)\n3\nமூடியது\n"},
		{"no value", start + `அச்சு துண்டிப்பான்_இயக்கு(து) { x = 3; };`, "சரி(nil)\n"},
		{"a failure is the answer", start + `வி = துண்டிப்பான்_இயக்கு(து) { தவறு("கொ𝒳")?; }; முயல் { வி?; } பிழை(பி) { அச்சு பி.செய்தி; } அச்சு துண்டிப்பான்_நிலை(து);`, "கொ𝒳\nமூடியது\n"},
		{"so is a run-time error", start + `முயல் { துண்டிப்பான்_இயக்கு(து) { 1 / 0; }?; } பிழை(பி) { அச்சு பி.வகை; }`, "கணிதம்\n"},
		{"open after two", open + `அச்சு துண்டிப்பான்_நிலை(து); முயல் { துண்டிப்பான்_இயக்கு(து) { அச்சு "வராது"; }?; } பிழை(பி) { அச்சு பி.வகை; }`, "திறந்தது\nசேவை\n"},
		{"in a function", open + `செயல் f(து) { திரும்பு 1 & இயல்பு(துண்டிப்பான்_இயக்கு(து) { 7; }, 0); } அச்சு f(து);`, "10\n"},
		{"a success between", start + `துண்டிப்பான்_இயக்கு(து) { 1 / 0; }; துண்டிப்பான்_இயக்கு(து) { 1; }; துண்டிப்பான்_இயக்கு(து) { 1 / 0; }; அச்சு துண்டிப்பான்_நிலை(து);`, "மூடியது\n"},
		{
			"it tries again", `து = துண்டிப்பான்_உருவாக்கு {"தோல்வி": 1, "மீட்பு": 0, "வெற்றி": 2}; துண்டிப்பான்_இயக்கு(து) { 1 / 0; }; அச்சு துண்டிப்பான்_நிலை(து);
துண்டிப்பான்_இயக்கு(து) { அச்சு துண்டிப்பான்_நிலை(து); }; அச்சு துண்டிப்பான்_நிலை(து); துண்டிப்பான்_இயக்கு(து) { 1; }; அச்சு துண்டிப்பான்_நிலை(து);`,
			"திறந்தது\nபாதி\nபாதி\nமூடியது\n",
		},
		{"left in the middle", `து = துண்டிப்பான்_உருவாக்கு {"தோல்வி": 1}; செயல் f(து) { துண்டிப்பான்_இயக்கு(து) { திரும்பு 5; }; } அச்சு f(து); ஒவ்வொரு எ இல் [1, 2] { துண்டிப்பான்_இயக்கு(து) { (எ == 1) எனில் { தொடர்; } அச்சு எ; }; } அச்சு துண்டிப்பான்_நிலை(து);`, "5\n2\nமூடியது\n"},
		{"stopped by a limit", `து = துண்டிப்பான்_உருவாக்கு {"தோல்வி": 1}; முயல் { (1) காலவரம்பு { துண்டிப்பான்_இயக்கு(து) { (மெய்) சுற்று { x = 1; } }; } } பிழை(பி) { அச்சு பி.வகை; } அச்சு துண்டிப்பான்_நிலை(து);`, "காலவரம்பு\nதிறந்தது\n"},
		{"without brackets", `து = துண்டிப்பான்_உருவாக்கு; அச்சு துண்டிப்பான்_நிலை(து); அச்சு [துண்டிப்பான்_உருவாக்கு]; செயல் f() { திரும்பு துண்டிப்பான்_உருவாக்கு; } அச்சு f();`, "மூடியது\n[<துண்டிப்பான்>]\n<துண்டிப்பான்>\n"},
		{"without options", `து = துண்டிப்பான்_உருவாக்கு(); அச்சு துண்டிப்பான்_நிலை(து); அச்சு து;`, "மூடியது\n<துண்டிப்பான்>\n"},
	} {
		if out, err := run(t, c.src); err != nil || out != c.want {
			t.Errorf("%s: %q, %v", c.name, out, err)
		}
	}
}

func TestWrongValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, code string }{
		{`துண்டிப்பான்_நிலை(1);`, resilience.CodeNotBreaker},
		{`துண்டிப்பான்_இயக்கு("x") { 1; };`, resilience.CodeNotBreaker},
		{`துண்டிப்பான்_உருவாக்கு(1);`, resilience.CodeOption},
		{`துண்டிப்பான்_உருவாக்கு {"தோல்வி": 0};`, resilience.CodeOption},
		{`துண்டிப்பான்_உருவாக்கு {"வெற்றி": "x"};`, resilience.CodeOption},
		{`துண்டிப்பான்_உருவாக்கு {"மீட்பு": "x"};`, vm.CodeMillis},
		{`துண்டிப்பான்_உருவாக்கு {"வேறு": 1};`, "E0305"},
		{`து = துண்டிப்பான்_உருவாக்கு {"தோல்வி": 1}; துண்டிப்பான்_இயக்கு(து) { 1 / 0; }; துண்டிப்பான்_இயக்கு(து) { 1; }?;`, vm.CodeRaised},
	} {
		_, err := run(t, c.src)
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != c.code {
			t.Errorf("%s: %v", c.src, err)
		}
	}
	if resilience.CodeOpen != "E0397" {
		t.Error(resilience.CodeOpen)
	}
}
