package vm_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// talk feeds entries to a live program. Each step is an entry, " → ", and what it prints and answers; an entry that is
// to fail answers the code of its fault, and is taken back.
func talk(t *testing.T, steps ...string) *vm.Live {
	t.Helper()
	var out bytes.Buffer
	l := vm.NewLive(host.Core(), vm.Options{Stdout: &out})
	for i, step := range steps {
		src, want, _ := strings.Cut(step, " → ")
		out.Reset()
		before := l.State()
		got, err := enter(t, l, src, i)
		var f *vm.Fault
		if errors.As(err, &f) {
			got = f.Code
			l.Restore(before)
		} else if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		if got = out.String() + got; got != want {
			t.Errorf("%d: %s: %q, want %q", i, src, got, want)
		}
	}
	return l
}

func enter(t *testing.T, l *vm.Live, src string, i int) (string, error) {
	t.Helper()
	p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: fmt.Sprintf("[%d]", i), HasText: true, Text: []byte(src)})
	if module.HasErrors(faults) {
		t.Fatalf("%s: %v", src, faults)
	}
	if found := l.Add(p); len(found) > 0 {
		t.Fatalf("%s: %v", src, found)
	}
	v, err := l.Run(context.Background())
	if v.Tag == value.TagUnset || err != nil {
		return "", err
	}
	return v.Display(), nil
}

func TestLive(t *testing.T) {
	t.Parallel()
	for name, steps := range map[string][]string{
		"values": {
			"எண் விலை = 10; → ", "விலை * 2; → 20", "அச்சு விலை; → 10\n", "வினை = \"கொ𝒳\"; வினை & \"ழ\"; → கொ𝒳ழ", "விலை; → 10",
			"விலை = விலை + 1; → ", "விலை; → 11", "vilai2 = 3; vilai2 + விலை; → 14",
		},
		"functions": {
			"செயல் f(a) { திரும்பு g(a) + 1; } → ", "f(1); → E0331", "செயல் g(a) { திரும்பு a * 10; } → ", "f(1); → 11",
			"செயல் g(a) { திரும்பு a * 100; } → ", "f(1); → 101", "h = f; → ", "செயல் g(a) { திரும்பு 0; } → ", "h(1); → 1",
			"g = செயல்(a) { திரும்பு 7; }; → ", "f(1); → 8", "செயல் g(a, b) { திரும்பு a; } → ", "f(1); → 8",
		},
		"function values": {
			"h = செயல்(அ) { திரும்பு f(அ) + ஆ; }; → ", "h(1); → E0331", "செயல் f(அ) { திரும்பு அ * 3; } → ", "h(1); → E0330", "ஆ = 1; → ", "h(1); → 4",
			"செயல் f(அ) { திரும்பு அ * 5; } h(1) / 0; → E0302", "h(1); → 4", "செயல் f(அ) { திரும்பு அ * 5; } → ", "h(1); → 6",
			"செயல் mk(அ) { திரும்பு செயல்(இ) { ஈ = செயல்() { திரும்பு f(இ) + அ; }; திரும்பு ஈ(); }; } → ", "k = mk(1000); → ", "k(2); → 1010",
			"செயல் f(அ) { திரும்பு 0 - அ; } → ", "k(2); → 998", "m = mk(1); → ", "m(7) + k(7); → 987", "[h, k, m][1](5); → 995",
		},
		"rules": {
			"செயல் f(அ) { திரும்பு அ > 3; } → ", "வடிவம் பொ { எண் x விதி(f(x)) } → ", "(பொ{x: 2}).x; → E0347", "செயல் f(அ) { திரும்பு அ > 1; } → ", "(பொ{x: 2}).x; → 2",
		},
		"arity changes": {
			"செயல் g(a) { திரும்பு a; } → ", "செயல் f() { திரும்பு g(1); } → ", "f(); → 1", "செயல் g(a, b) { திரும்பு a + b; } → ", "f(); → E0332",
			"செயல் f() { திரும்பு g(1, 2); } → ", "f(); → 3",
		},
		"a global appears": {
			"செயல் f() { திரும்பு அளவு + 1; } → ", "f(); → E0330", "அளவு = 4; → ", "f(); → 5", "அளவு = 5; f(); → 6",
		},
		"shapes": {
			"வடிவம் புள்ளி { எண் x, எண் y செயல் தொலை(இது) { திரும்பு இது.x + இது.y; } } → ", "ப = புள்ளி{x: 1, y: 2}; → ", "ப.தொலை(); → 3",
			"வடிவம் புள்ளி { எண் x, எண் y, எண் z செயல் தொலை(இது) { திரும்பு இது.x + இது.y + இது.z; } } → ", "ப.தொலை(); → 3",
			"ப = புள்ளி{x: 1, y: 2, z: 3}; ப.தொலை(); → 6",
		},
		"failures change nothing": {
			"அ = [1]; → ", "அ = இணை(அ, 2); ஆ = 1; செயல் f() { திரும்பு 1; } 1 / 0; → E0302", "அ; → [1]", "ஆ; → E0330", "f(); → E0331",
			"செயல் f() { திரும்பு 1; } → ", "செயல் f() { திரும்பு 2; } 1 / 0; → E0302", "f(); → 1",
			"வடிவம் S { a } ச = S{a: 1}; → ", "வடிவம் S { b } ச.a = 2; 1 / 0; → E0302", "ச.a; → 1", "S{a: 3}.a; → 3",
		},
		"closures": {
			"செயல் கூட்டி(n) { திரும்பு செயல்(x) { திரும்பு x + n + m; }; } → ", "m = 100; c = கூட்டி(5); → ", "c(1); → 106", "m = 200; c(1); → 206",
			"ஒவ்வொரு i இல் [1, 2] { அச்சு c(i); } → 206\n207\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			talk(t, steps...)
		})
	}
}

// TestLiveBlocks: what is declared for later runs against the globals as they are, with the functions as they are.
func TestLiveBlocks(t *testing.T) {
	t.Parallel()
	l := talk(t, "விலை = 1; → ", "செயல் f() { திரும்பு விலை; } → ", `வழி பெறு, "/அ" { x = f(); அச்சு [செயல்() { திரும்பு x; }][0]() & புதிய; } → `, "புதிய = 5; → ", "செயல் f() { திரும்பு விலை * 10; } → ", "y = 1; z = 2; → ")
	p := l.Program()
	if n := len(p.Blocks()); n != 1 {
		t.Fatalf("%d blocks", n)
	}
	var out bytes.Buffer
	m := vm.New(p, vm.Options{Stdout: &out})
	if err := m.RunBlock(context.Background(), &p.Blocks()[0], l.Values(), nil); err != nil || out.String() != "105\n" {
		t.Errorf("%q %v", out.String(), err)
	}
	// The block is there once, however often the program has grown since.
	if v, err := enter(t, l, "f() + 1;", 98); err != nil || v != "11" {
		t.Errorf("%s %v", v, err)
	}
	var dump bytes.Buffer
	if err := l.Program().Dump(&dump); err != nil || strings.Count(dump.String(), "GET /அ") != 1 || strings.Count(dump.String(), "செயல்: 0") != 1 {
		t.Errorf("%v\n%s", err, dump.String())
	}
	if got := strings.Join(l.Globals(), " "); got != "விலை புதிய y z" {
		t.Errorf("globals %s", got)
	}
	l.Set("கூ", value.FromInt(3))
	if v, err := enter(t, l, "கூ + விலை;", 99); err != nil || v != "4" {
		t.Errorf("%s %v", v, err)
	}
}

// TestLiveStaysSmall: the ten thousandth entry costs what the tenth did, counted in bytes.
func TestLiveStaysSmall(t *testing.T) {
	l := talk(t, "செயல் f(a) { திரும்பு a + 1; } → ", "n = 0; → ")
	cost := func(i int) uint64 {
		return allocatedBy(func() {
			if _, err := enter(t, l, "n = f(n); n;", i); err != nil {
				t.Fatal(err)
			}
		})
	}
	early := uint64(1 << 60)
	for i := range 100 {
		early = min(early, cost(i))
	}
	for i := range 10_000 {
		cost(i)
	}
	late := uint64(1 << 60)
	for i := range 100 {
		late = min(late, cost(i))
	}
	if late > early*3/2 {
		t.Errorf("an early entry allocates %d bytes, a late one %d", early, late)
	}
}

func allocatedBy(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
