package vm_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// tryCompile is compile for programs that may be too large.
func tryCompile(t *testing.T, src string) (*vm.Program, string) {
	t.Helper()
	p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			return nil, f.Code
		}
	}
	prog, problems := vm.Compile(p, host.Core())
	if len(problems) > 0 {
		return nil, problems[0].Code
	}
	return prog, ""
}

// TestLargePrograms: what is too large is a diagnostic; everything else runs.
func TestLargePrograms(t *testing.T) {
	t.Parallel()
	var vars, consts, calls strings.Builder
	for i := range 22000 {
		vars.WriteString("v" + strconv.Itoa(i) + " = 1;\n")
		consts.WriteString("x = " + strconv.Itoa(i) + " + x;\n")
	}
	for i := range 25000 {
		calls.WriteString(", " + strconv.Itoa(i))
	}
	for _, c := range []struct{ what, src, code, out string }{
		{"22,000 variables", vars.String(), vm.CodeTooLarge, ""},
		{"22,000 constants", "x = 0;" + consts.String() + "முயல் { 1 / 0; } பிழை { } இறுதியில் { அச்சு x; }", "", "241989000"},
		{"70,000 items", "x = [0" + strings.Repeat(", 1", 69999) + "]; அச்சு நீளம்(x) & x[69999];", "", "700001"},
		{"an array that reads its variable", "x = [7]; x = [x" + strings.Repeat(", 1", 999) + ", x]; அச்சு x[0] & x[1000];", "", "[7][7]"},
		{"25,000 arguments", "செயல் f() { } f(0" + calls.String() + ");", vm.CodeTooLarge, ""},
		{"a long sum", "x = 1" + strings.Repeat(" + 1", 199) + "; அச்சு x;", "", "200"},
		{"a product of a variable", "x = 1; x = x" + strings.Repeat(" * x", 150) + "; அச்சு x;", "", "1"},
		{"a sum to the right", "x = 1" + strings.Repeat(" + (1", 150) + strings.Repeat(")", 150) + "; அச்சு x;", "", "151"},
		{"a long text", "x = \"அ\"" + strings.Repeat(" & \"𝒳\"", 199) + "; அச்சு நீளம்(x);", "", "200"},
		{"a long condition", "(1 == 1" + strings.Repeat(" மற்றும் 1 == 1", 150) + ") எனில் { அச்சு 1; }", "", "1"},
	} {
		prog, code := tryCompile(t, c.src)
		if code != c.code {
			t.Errorf("%s: %q, want %q", c.what, code, c.code)
			continue
		}
		if prog == nil {
			continue
		}
		var out strings.Builder
		if err := vm.New(prog, vm.Options{Stdout: &out}).Run(context.Background()); err != nil || strings.TrimSpace(out.String()) != c.out {
			t.Errorf("%s: %v, printed %.40q, want %q", c.what, err, out.String(), c.out)
		}
	}
}

// TestEnding: after a limit only இறுதியில் runs, and not for ever.
func TestEnding(t *testing.T) {
	t.Parallel()
	const loop = `(மெய்) சுற்று { }`
	for _, c := range []struct{ src, out string }{
		{`முயல் { ` + loop + ` } இறுதியில் { அச்சு "f"; ` + loop + ` அச்சு "never"; }`, "f\n"},
		{`செயல் f() { முயல் { ` + loop + ` } இறுதியில் { f(); } } முயல் { f(); } இறுதியில் { அச்சு "last"; }`, ""},
		{`முயல் { முயல் { ` + loop + ` } இறுதியில் { அச்சு "a"; } } இறுதியில் { அச்சு "b"; }`, "a\nb\n"},
	} {
		for _, o := range []vm.Options{{Fuel: 50000}, {TimeLimit: 30 * time.Millisecond}} {
			out, err := run(t, c.src, o)
			var f *vm.Fault
			if !errors.As(err, &f) || f.Catchable() || out != c.out {
				t.Errorf("%s: %v, printed %q", c.src, err, out)
			}
		}
	}
}

// TestSlowOperations: a deadline also ends a run whose single operations are slow.
func TestSlowOperations(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		`அ = []; c = 0; (c < 20000) சுற்று { அ = இணை(அ, "அ" & c); c = c + 1; } (மெய்) சுற்று { x = வரிசையாக்கு(அ); }`,
		`அ = []; c = 0; (c < 20000) சுற்று { அ = இணை(அ, "அ" & c); c = c + 1; } (மெய்) சுற்று { அச்சு அ; }`,
		`அ = []; c = 0; (c < 20000) சுற்று { அ = இணை(அ, "அ" & c); c = c + 1; } (மெய்) சுற்று { x = "" & அ; }`,
	} {
		start := time.Now()
		_, err := run(t, src, vm.Options{TimeLimit: 300 * time.Millisecond})
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took > 5*time.Second {
			t.Errorf("%s: %v after %v", src, err, took)
		}
	}
}

// TestSharedTowers: a value of a few objects may show as more text than any memory holds.
func TestSharedTowers(t *testing.T) {
	t.Parallel()
	const tower = `x = [1]; c = 0; (c < 80) சுற்று { x = [x, x]; c = c + 1; } `
	for _, src := range []string{`அச்சு x;`, `y = "" & x;`, `y = x & "a" & 1;`} {
		_, err := run(t, tower+src, vm.Options{MaxMemory: 64 << 20})
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != vm.CodeMemory {
			t.Errorf("%s: %v", src, err)
		}
	}
	expect(t, tower+`அச்சு நீளம்(x) & வகை(x) & சரியா(சரி(x)) & நீளம்(இணை([], x)); ப = {அ: x}; அச்சு புலம்_உள்ளதா(ப, "அ"); பதில் 200, x;`, "2an arraytrue1\ntrue")
	expect(t, tower+`y = [1]; c = 0; (c < 80) சுற்று { y = [y, y]; c = c + 1; } அச்சு x == y; y[0] = 1; அச்சு x == y;`, "true\nfalse")
}

// TestSharedTowersInWords: words refuse such a value before they make its text, and messages about it stay short.
func TestSharedTowersInWords(t *testing.T) {
	t.Parallel()
	const tower = `x = [1]; c = 0; (c < 80) சுற்று { x = [x, x]; c = c + 1; } `
	for src, code := range map[string]string{
		`சொல்லாக்கு(x);`: vm.CodeMemory, `ஜேசான்_ஆக்கு({அ: x});`: vm.CodeMemory, `ஒன்றிணை([x, 1], ",");`: vm.CodeMemory,
		`ஒன்றிணை([1], x);`: vm.CodeMemory, `வரிசையாக்கு([x, 1]);`: vm.CodeMemory, `எண்ணாக்கு(x);`: vm.CodeMemory,
		`பிழை_ஆக்கு("பொது", x);`: vm.CodeMemory, `பிழை_உறையிடு(தவறு(x), "அ");`: vm.CodeMemory, `தரவுரை_ஆக்கு([[x]]);`: vm.CodeMemory,
		`ப = {}; ப[x] = 1;`: value.CodeKeyTooLong, `ப = {}; ப[x];`: value.CodeKeyTooLong,
		`தவறு(x)?;`: vm.CodeUnhandled, `மதிப்பு(தவறு(x));`: host.CodeUnwrapErr,
		`முயல் { தவறு(x)?; } பிழை (இ) { அச்சு இ.செய்தி; } தவறு(சரி(x))?;`: vm.CodeUnhandled,
	} {
		var o vm.Options
		if code == vm.CodeMemory {
			o.MaxMemory = 64 << 20 // only here: the limit looks at the heap of the process, which other tests fill
		}
		_, err := run(t, tower+src, o)
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != code || len(f.Error()) > 2000 {
			t.Errorf("%s: %.300v", src, err)
		}
	}
}

// TestResultsTakeMemory: results that hold each other are charged, and one more costs no walk through all of them.
func TestResultsTakeMemory(t *testing.T) {
	t.Parallel()
	for _, src := range []string{`x = 1; (மெய்) சுற்று { x = சரி(x); }`, `x = 1; (மெய்) சுற்று { x = தவறு(x); }`} {
		_, err := run(t, src, vm.Options{MaxMemory: 64 << 20, TimeLimit: 30 * time.Second})
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != vm.CodeMemory {
			t.Errorf("%s: %v", src, err)
		}
	}
}

// TestTraces: a fault inside a rule, or inside a function that a word calls, names the calls around it.
func TestTraces(t *testing.T) {
	t.Parallel()
	const shape = "வடிவம் வயது { எண் ஆ விதி (1 / ஆ > 0) }\n"
	f := expectFault(t, shape+"செயல் f(வ) { வ.ஆ = 0; திரும்பு வ; } f(வயது{ஆ: 1});", "E0302")
	if len(f.Stack) != 3 || f.Stack[1].Function != "f" || !f.Stack[2].Top {
		t.Errorf("stack %v", f.Stack)
	}
}

// TestDeepTraces: of a deep recursion both ends are known, and how many calls are between them.
func TestDeepTraces(t *testing.T) {
	t.Parallel()
	const src = `செயல் f(n) { (n == 0) எனில் { திரும்பு 1 / 0; } திரும்பு f(n - 1); } செயல் தொடங்கு(n) { திரும்பு f(n); } `
	for depth, kept := range map[int]int{5: 8, 27: 30, 28: 31, 29: 31, 30: 31, 200: 31} {
		f := expectFault(t, src+"தொடங்கு("+strconv.Itoa(depth)+");", "E0302")
		calls := 0
		for _, fr := range f.Stack {
			calls += 1 + fr.Skipped
		}
		if n := len(f.Stack); n != kept || calls != depth+3 || !f.Stack[n-1].Top || f.Stack[n-2].Function != "தொடங்கு" {
			t.Errorf("depth %d: %d frames for %d calls", depth, n, calls)
		}
	}
	expect(t, src+`முயல் { f(200); } பிழை (இ) { அச்சு நீளம்(இ.அடுக்கு) & இ.அடுக்கு[21]; }`, "32… 171")
}

// TestDepthOfRules: a rule is one call, and what it calls is one deeper.
func TestDepthOfRules(t *testing.T) {
	t.Parallel()
	const deep = `வடிவம் S { p விதி (g(p)) } செயல் g(a) { திரும்பு மெய்; } செயல் f(n) { (n == 1) எனில் { x = S{p: 1}; திரும்பு 1; } திரும்பு f(n - 1); } `
	expect(t, deep+`அச்சு f(254);`, "1")
	expectFault(t, deep+`f(255);`, vm.CodeDepth)
}

func TestFunctionsAreThemselves(t *testing.T) {
	t.Parallel()
	expect(t, `செயல் f() { } அச்சு (f == f) & (நீளம் == நீளம்) & (நீளம் == வகை); n = நீளம்; அச்சு n == நீளம்;`, "truetruefalse\ntrue")
}
