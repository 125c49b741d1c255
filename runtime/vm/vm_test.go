package vm_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

func compile(t testing.TB, src string) *vm.Program {
	t.Helper()
	p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			t.Fatalf("%s: %v in %q", f.Code, f.Args, src)
		}
	}
	prog, problems := vm.Compile(p, host.Core())
	if len(problems) > 0 {
		t.Fatalf("compile: %v", problems)
	}
	return prog
}

func run(t testing.TB, src string, o vm.Options) (string, error) {
	t.Helper()
	var out bytes.Buffer
	o.Stdout = &out
	err := vm.New(compile(t, src), o).Run(context.Background())
	return out.String(), err
}

// expect runs a program that must print want.
func expect(t *testing.T, src, want string) {
	t.Helper()
	got, err := run(t, src, vm.Options{})
	if err != nil {
		t.Fatalf("%s\n%v\nprinted %q", src, err, got)
	}
	if strings.TrimRight(got, "\n") != want {
		t.Errorf("%s\ngot  %q\nwant %q", src, strings.TrimRight(got, "\n"), want)
	}
}

// expectFault runs a program that must fail with a code, and answers the fault.
func expectFault(t *testing.T, src, code string) *vm.Fault {
	t.Helper()
	out, err := run(t, src, vm.Options{})
	var f *vm.Fault
	if !errors.As(err, &f) {
		t.Fatalf("%s\nwant a fault %s, got %v, printed %q", src, code, err, out)
	}
	if f.Code != code {
		t.Fatalf("%s\nwant %s, got %s %v", src, code, f.Code, f.Args)
	}
	return f
}

func TestValuesAreCopied(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`x = [1, 2]; y = x; y[0] = 9; அச்சு x & y;`, "[1, 2][9, 2]"},
		{`x = [[1], [2]]; y = x[0]; y[0] = 9; அச்சு x & y;`, "[[1], [2]][9]"},
		{`x = {a: {b: [1, 2]}}; y = x; y.a.b[1] = 7; அச்சு x & y;`, "{a: {b: [1, 2]}}{a: {b: [1, 7]}}"},
		{`x = {a: {b: 1}}; z = x.a; x.a.b = 2; அச்சு x & z;`, "{a: {b: 2}}{b: 1}"},
		{`செயல் f(a) { a[0] = 5; திரும்பு a; } x = [1]; y = f(x); அச்சு x & y;`, "[1][5]"},
		{`செயல் f(a) { a = இணை(a, 2); திரும்பு a; } x = [1]; y = f(x); z = f(x); அச்சு x & y & z;`, "[1][1, 2][1, 2]"},
		{`செயல் f(a) { திரும்பு a; } x = [1]; y = f(x); y[0] = 3; அச்சு x & y;`, "[1][3]"},
		{`செயல் f(a) { b = a; b[0] = 4; திரும்பு [a, b]; } அச்சு f([1]);`, "[[1], [4]]"},
		{`x = [1]; r = {k: x}; x[0] = 2; அச்சு r & x;`, "{k: [1]}[2]"},
		{`x = [1]; s = சரி(x); x = இணை(x, 2); அச்சு s & x;`, "சரி([1])[1, 2]"},
		{`x = சரி([1]); y = x?; y[0] = 9; அச்சு x & y;`, "சரி([1])[9]"},
		{`x = []; ஒவ்வொரு i இல் [1, 2, 3] { y = x; x = இணை(x, i); அச்சு y & x; }`, "[][1]\n[1][1, 2]\n[1, 2][1, 2, 3]"},
		{`x = [[1], [2]]; ஒவ்வொரு i இல் x { i[0] = 9; } அச்சு x;`, "[[1], [2]]"},
		{`x = [1, 2]; ஒவ்வொரு i இல் x { x = இணை(x, i); } அச்சு x;`, "[1, 2, 1, 2]"},
		{`x = [1]; f = செயல்() { திரும்பு x; }; y = f(); y[0] = 2; அச்சு x & y;`, "[1][2]"},
		{`செயல் g() { a = [1]; f = செயல்() { a = இணை(a, 2); திரும்பு a; }; a[0] = 7; திரும்பு [f(), f(), a]; } அச்சு g();`, "[[1, 2], [1, 2], [7]]"},
		{`x = "அ"; y = x; x = x & "ஆ"; y = y & "இ"; அச்சு x & "|" & y;`, "அஆ|அஇ"},
		{`x = {a: 1}; y = x; y.b = 2; x.c = 3; அச்சு x & y;`, "{a: 1, c: 3}{a: 1, b: 2}"},
		{`x = [1]; x[0] = x; அச்சு x; x[0] = x; அச்சு x;`, "[[1]]\n[[[1]]]"},
		{`x = {a: [1]}; x.a = இணை(x.a, 2); y = x; x.a = இணை(x.a, 3); அச்சு x & y;`, "{a: [1, 2, 3]}{a: [1, 2]}"},
	} {
		expect(t, c.src, c.want)
	}
}

func TestScope(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`x = 1; செயல் f() { x = 2; } f(); அச்சு x;`, "1"},
		{`செயல் f() { திரும்பு x; } x = 5; அச்சு f(); x = 6; அச்சு f();`, "5\n6"},
		{`x = 1; செயல் f(c) { (c) எனில் { x = 2; } திரும்பு x; } அச்சு f(மெய்) & f(பொய்);`, "21"},
		{`x = [1]; செயல் f() { x[0] = 9; திரும்பு x; } அச்சு f() & x & f();`, "[9][1][9]"},
		{`f = செயல்(a) { திரும்பு a + 1; }; அச்சு f(1); செயல் g(h, x) { திரும்பு h(x); } அச்சு g(f, 4); அச்சு g(செயல்(x) { திரும்பு x * x; }, 5);`, "2\n5\n25"},
		{`செயல் f() { திரும்பு 1; } g = f; அச்சு g() & வகை(g);`, "1a function"},
		{`செயல் k(n) { திரும்பு செயல்(x) { திரும்பு செயல்(y) { திரும்பு n & x & y; }; }; } அச்சு k(1)(2)(3);`, "123"},
		{`n = நீளம்; அச்சு n([1, 2]);`, "2"},
		{`x = 1; f = செயல்() { திரும்பு x; }; x = 2; அச்சு f();`, "2"},
		{`செயல் f() { x = 1; g = செயல்() { திரும்பு x; }; x = 2; திரும்பு g(); } அச்சு f();`, "1"},
		{`a = [செயல்(x) { திரும்பு x + 1; }]; அச்சு a[0](1); r = {f: a[0]}; அச்சு r.f(2);`, "2\n3"},
		{`x = 3; x; அச்சு x;`, "0"},
	} {
		expect(t, c.src, c.want)
	}
}

func TestTry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`முயல் { தவறு({a: 1})?; } பிழை(பி) { அச்சு பி.வகை & பி.செய்தி & பி.விவரம்; }`, "பொது{a: 1}{a: 1}"},
		{`முயல் { அச்சு 1 / 0; } பிழை(பி) { அச்சு பி.வகை & " " & பி.இடம்; } அச்சு "x";`, "கணிதம் t.qmz:1:11\nx"},
		{`முயல் { தவறு("ஏன்")?; } பிழை(பி) { அச்சு பி.செய்தி & பி.வகை & பி.விவரம்; } இறுதியில் { அச்சு "f"; }`, "ஏன்பொதுஏன்\nf"},
		{`செயல் f() { முயல் { திரும்பு 1; } இறுதியில் { அச்சு "f"; } } அச்சு f();`, "f\n1"},
		{`செயல் f() { x = [1]; முயல் { திரும்பு x; } இறுதியில் { x[0] = 9; } } அச்சு f();`, "[1]"},
		{`ஒவ்வொரு i இல் [1, 2, 3] { முயல் { (i == 2) எனில் { தொடர்; } அச்சு i; } இறுதியில் { அச்சு "f" & i; } }`, "1\nf1\nf2\n3\nf3"},
		{`ஒவ்வொரு i இல் [1, 2, 3] { முயல் { (i == 2) எனில் { நிறுத்து; } } இறுதியில் { அச்சு "f" & i; } } அச்சு "e";`, "f1\nf2\ne"},
		{`முயல் { முயல் { 1 / 0; } இறுதியில் { அச்சு "a"; } } பிழை { அச்சு "b"; }`, "a\nb"},
		{`முயல் { முயல் { 1 / 0; } பிழை { தவறு("c")?; } இறுதியில் { அச்சு "a"; } } பிழை(e) { அச்சு e.செய்தி; }`, "a\nc"},
		{`முயல் { முயல் { 1 / 0; } இறுதியில் { தவறு("new")?; } } பிழை(e) { அச்சு e.செய்தி; }`, "new"},
		{`செயல் f() { முயல் { தவறு(3)?; } இறுதியில் { அச்சு "f"; } திரும்பு 5; } அச்சு f();`, "f\nதவறு(3)"},
		{`செயல் g() { திரும்பு 1 / 0; } செயல் f() { g(); } முயல் { f(); } பிழை(e) { அச்சு e.அடுக்கு; }`, "[g, f, ]"},
		{`முயல் { தவறு(பிழை_ஆக்கு("கடை", "இல்லை", {x: 1}))?; } பிழை(e) { அச்சு e.வகை & e.செய்தி & e.விவரம் & e.இருப்பிடம்; }`, "கடைஇல்லை{x: 1}t.qmz:1:7"},
		{`x = 0; (x < 3) சுற்று { x = x + 1; முயல் { (x == 2) எனில் { 1 / 0; } அச்சு x; } பிழை { அச்சு "e" & x; } }`, "1\ne2\n3"},
		{`செயல் f(n) { முயல் { (n == 0) எனில் { 1 / 0; } f(n - 1); } இறுதியில் { அச்சு n; } } முயல் { f(2); } பிழை { அச்சு "c"; }`, "0\n1\n2\nc"},
		{`செயல் f() { ஒவ்வொரு i இல் [1, 2] { முயல் { முயல் { திரும்பு i; } இறுதியில் { அச்சு "a"; } } இறுதியில் { அச்சு "b"; } } } அச்சு f();`, "a\nb\n1"},
	} {
		expect(t, c.src, c.want)
	}
}

func TestShapes(t *testing.T) {
	t.Parallel()
	const point = `வடிவம் புள்ளி { எண் x, எண் y, செயல் கூட்டு(இது) { திரும்பு இது.x + இது.y; } செயல் தொடக்கம்() { திரும்பு புள்ளி{x: 0, y: 0}; } } `
	for _, c := range []struct{ src, want string }{
		{`ப = புள்ளி{x: 1, y: 2}; அச்சு ப; அச்சு ப.கூட்டு(); அச்சு புள்ளி.கூட்டு(ப); அச்சு புள்ளி.தொடக்கம்(); அச்சு வகை(ப);`, "புள்ளி{x: 1, y: 2}\n3\n3\nபுள்ளி{x: 0, y: 0}\nபுள்ளி"},
		{`ப = புள்ளி{x: 1, y: 2}; க = புள்ளி{y: 5, ..ப}; ப.x = 9; அச்சு ப & க;`, "புள்ளி{x: 9, y: 2}புள்ளி{x: 1, y: 5}"},
		{`அச்சு புள்ளி({x: 1, y: 2}) == சரி(புள்ளி{x: 1, y: 2}); அச்சு தவறா(புள்ளி({x: 1})); அச்சு தவறா(புள்ளி({x: 1, y: 2, z: 3})); அச்சு தவறா(புள்ளி(5)); அச்சு தவறா(புள்ளி({x: "a", y: 2}));`, "true\ntrue\ntrue\ntrue\ntrue"},
		{`அச்சு {x: 1, y: 2} == புள்ளி{x: 1, y: 2};`, "false"},
	} {
		expect(t, point+c.src, c.want)
	}
	expectFault(t, point+`ப = புள்ளி{x: 1, y: 2}; ப.கூட்டு(1);`, vm.CodeArity)
	expectFault(t, point+`செயல் f(புள்ளி ப) { திரும்பு ப.x; } f({x: 1});`, vm.CodeNotShape)
	expectFault(t, `வடிவம் வயது { எண் ஆ விதி (ஆ >= 18) } வ = வயது{ஆ: 20}; வ.ஆ = 3;`, vm.CodeRule)
	expectFault(t, `வடிவம் வயது { எண் ஆ விதி (ஆ >= 18) } வயது{ஆ: 2};`, vm.CodeRule)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, code, place string }{
		{"அச்சு 1;\nஅச்சு 1 / 0;", value.CodeDivisionByZero, "t.qmz:2:5"},
		{"அச்சு \"𝒳\" & தெரியாத;", vm.CodeUndefined, "t.qmz:1:11"},
		{"தெரியாத(1);", vm.CodeNoFunction, "t.qmz:1:1"},
		{"செயல் f(a) { } f(1, 2);", vm.CodeArity, "t.qmz:1:14"},
		{"நீளம்(1, 2);", vm.CodeArity, "t.qmz:1:1"},
		{"x = 5; x(1);", vm.CodeNotCallable, "t.qmz:1:8"},
		{"x = 5?;", vm.CodeNotResult, "t.qmz:1:5"},
		{"தவறு(\"e\")?;", vm.CodeUnhandled, "t.qmz:1:1"},
		{"திரும்பு 5;", vm.CodeReturnOutside, "t.qmz:1:1"},
		{"செயல் f(n) { திரும்பு f(n + 1); } f(0);", vm.CodeDepth, "t.qmz:1:17"},
		{"காத்திரு(5);", vm.CodeNotBuilt, "t.qmz:1:1"},
		{"x = 79228162514264337593543950335; அச்சு x + 1;", value.CodeOverflow, "t.qmz:1:40"},
	} {
		f := expectFault(t, c.src, c.code)
		if !strings.HasPrefix(f.Error(), c.place+":") {
			t.Errorf("%s\nplace %s, want %s", c.src, f.Error(), c.place)
		}
		if diag.Lookup(f.Code) == nil {
			t.Errorf("%s is not in the catalogue", f.Code)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	forever := `(மெய்) சுற்று { }`
	limit := func(src string, o vm.Options, code string) {
		t.Helper()
		_, err := run(t, src, o)
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != code {
			t.Errorf("%s: want %s, got %v", src, code, err)
		}
	}
	limit(forever, vm.Options{Fuel: 100000}, vm.CodeFuel)
	limit(forever, vm.Options{TimeLimit: 20 * time.Millisecond}, vm.CodeDeadline)
	limit(`முயல் { (மெய்) சுற்று { } } பிழை { அச்சு "caught"; }`, vm.Options{Fuel: 50000}, vm.CodeFuel)
	limit(`செயல் f(n) { திரும்பு f(n + 1); } f(0);`, vm.Options{MaxDepth: 5000}, vm.CodeDepth)
	if out, _ := run(t, `முயல் { (மெய்) சுற்று { } } இறுதியில் { அச்சு "f"; }`, vm.Options{Fuel: 50000}); out != "f\n" {
		t.Errorf("இறுதியில் did not run after the budget: %q", out)
	}
	if out, err := run(t, `செயல் f(n) { (n == 0) எனில் { திரும்பு 0; } திரும்பு 1 + f(n - 1); } அச்சு f(100000);`, vm.Options{MaxDepth: 200000}); err != nil || out != "100000\n" {
		t.Errorf("deep recursion: %q %v", out, err)
	}
}

func TestMemoryLimit(t *testing.T) {
	for _, src := range []string{
		`அ = []; (மெய்) சுற்று { அ = இணை(அ, [1, 2, 3]); }`,
		`அ = "அஆஇஈ"; (மெய்) சுற்று { அ = அ & அ; }`,
	} {
		_, err := run(t, src, vm.Options{MaxMemory: 256 << 20})
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != vm.CodeMemory {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(10*time.Millisecond, cancel)
	err := vm.New(compile(t, `(மெய்) சுற்று { }`), vm.Options{}).Run(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestSharedProgram runs one program on many machines at once; -race watches.
func TestSharedProgram(t *testing.T) {
	t.Parallel()
	prog := compile(t, `வடிவம் ப { எண் x, செயல் இரு(இது) { திரும்பு இது.x * 2; } } r = {a: [1, 2]}; s = "அ";
ஒவ்வொரு i இல் [1, 2, 3, 4, 5] { r.a = இணை(r.a, i); r["k" & i] = i; s = s & "ஆ" & நீளம்(s); q = ப{x: i}; t = q.இரு(); }
அச்சு r & s & t;`)
	var wg sync.WaitGroup
	outs := make([]bytes.Buffer, 8)
	for i := range outs {
		wg.Go(func() {
			for range 50 {
				outs[i].Reset()
				m := prog.Get(vm.Options{Stdout: &outs[i]})
				if err := m.Run(context.Background()); err != nil {
					t.Error(err)
				}
				prog.Put(m)
			}
		})
	}
	wg.Wait()
	for i := range outs {
		if outs[i].String() != outs[0].String() || outs[i].Len() == 0 {
			t.Errorf("run %d printed %q, run 0 %q", i, outs[i].String(), outs[0].String())
		}
	}
}

// TestViews runs a route's body in views of the same globals at once; none sees another's changes.
func TestViews(t *testing.T) {
	t.Parallel()
	prog := compile(t, `பட்டியல் = [1, 2]; எண்ணி = 0; செயல் சேர்_(x) { திரும்பு இணை(பட்டியல், x); }
வழி பெறு, "/x" { எண்ணி = எண்ணி + 1; பட்டியல் = சேர்_(request_body); பதில் 200, [எண்ணி, பட்டியல்]; }`)
	m := vm.New(prog, vm.Options{})
	if err := m.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	globals := m.Snapshot()
	block := prog.Blocks()[0]
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				r := prog.Get(vm.Options{})
				bind := map[string]value.Value{"request_body": value.FromInt(int64(i))}
				if err := r.RunBlock(context.Background(), &block, globals, bind); err != nil {
					t.Error(err)
				}
				want := "[1, [1, 2, " + value.FromInt(int64(i)).Display() + "]]"
				if got := r.Global("response_body").Display(); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
				prog.Put(r)
			}
		})
	}
	wg.Wait()
}

func TestShapeCheck(t *testing.T) {
	t.Parallel()
	const shape = `வடிவம் ஆள் { சொல் பெயர், எண் வயது விதி (வயது >= 18) } `
	expect(t, shape+`ம = வடிவம்_சரிபார்({வயது: 9, கூடுதல்: 1}, ஆள்); அச்சு நீளம்(தவறு_மதிப்பு(ம));`, "3")
	expect(t, shape+`அச்சு வடிவம்_சரிபார்({வயது: 19, பெயர்: "𝒳ஆதி"}, ஆள்);`, "சரி(ஆள்{பெயர்: 𝒳ஆதி, வயது: 19})")
	expect(t, shape+`x = ஆள்{பெயர்: "அ", வயது: 20}; x.வயது = 21; அச்சு x; முயல் { x.வயது = 3; } பிழை(e) { அச்சு e.வகை; } அச்சு x.வயது;`, "ஆள்{பெயர்: அ, வயது: 21}\nசரிபார்ப்பு\n21")
	expect(t, shape+`r = {a: [ஆள்{பெயர்: "அ", வயது: 20}]}; முயல் { r.a[0].வயது = 1; } பிழை { r.a[0].வயது = 30; } அச்சு r;`, "{a: [ஆள்{பெயர்: அ, வயது: 30}]}")
	expectFault(t, `வடிவம்_சரிபார்({}, 5);`, vm.CodeNotAShape)
}

func TestLaterBlocksAreInert(t *testing.T) {
	t.Parallel()
	expect(t, `மீளேற்று("--watch") { அச்சு "reload"; } சோதனை "x" { அச்சு "test"; } நிறுத்தும்போது { அச்சு "stop"; }
இடைவெளி 5 { அச்சு "tick"; } வழி பெறு, "/" { அச்சு "route"; } அச்சு "end";`, "end")
}

// கோரிக்கை is இன்மை outside a request (services.md rule 18), in every spelling.
func TestRequestOutsideServer(t *testing.T) {
	t.Parallel()
	expect(t, `அச்சு கோரிக்கை == இன்மை; அச்சு kOrikkY; செயல் f() { திரும்பு _request; } அச்சு f();`, "true\nnil\nnil")
}

// TestBackgroundIsNotForeground: until functions run in the background, calling one says so.
func TestBackgroundIsNotForeground(t *testing.T) {
	t.Parallel()
	const src = `பின்னணி செயல் f(அ) { அச்சு அ; } அச்சு "𝒳"; `
	expect(t, src, "𝒳")
	f := expectFault(t, src+"f(1);", vm.CodeNotBuilt)
	if len(f.Args) != 1 || f.Args[0] != "பின்னணி" || f.Span.Start != 0 || len(f.Stack) != 2 {
		t.Errorf("%v at %v, stack %v", f.Args, f.Span, f.Stack)
	}
}
