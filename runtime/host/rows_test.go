package host_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/words"
)

// runSource runs a program with the core's words alone and answers its fault, if any.
func runSource(t *testing.T, source string) (fault *vm.Fault, out string) {
	t.Helper()
	prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}),
		module.Entry{Name: "t.qmz", Text: []byte(source), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			t.Fatalf("%s: %s %v", source, f.Code, f.Args)
		}
	}
	code, problems := vm.Compile(prog, host.New(host.Env{Dir: t.TempDir(), Confined: true}))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", source, problems)
	}
	var text strings.Builder
	err := vm.New(code, vm.Options{Stdout: &text}).Run(context.Background())
	var exit *vm.Exit
	if err != nil && !errors.As(err, &exit) && !errors.As(err, &fault) {
		t.Fatalf("%s: %v", source, err)
	}
	return fault, text.String()
}

// later are the builtin rows of the language's table that the core does not have: those of issue 3's exclusions, and those that
// need a server or a database (packages httpd and data).
var later = strings.Fields(`
	நேர்வடிவம் உறுப்பைத்_தேடு எக்ஸ்எம்எல்_படி எக்ஸ்எம்எல்_ஆக்கு
	கடவுச்சொல்_மறை கடவுச்சொல்_சரியா சீட்டு_ஆக்கு சீட்டு_சரிபார் சீட்டு_தலைப்பு சீட்டு_பொதுச்_சரிபார்
	ரெடிஸ்_இணை ரெடிஸ்_கட்டளை ரெடிஸ்_பிரி
	மொங்கோ_இணை மொங்கோ_கட்டளை மொங்கோ_செருகு மொங்கோ_கண்டுபிடி மொங்கோ_புதுப்பி மொங்கோ_நீக்கு
	வன்_பலகை வன்_முனை_வகை வன்_முனை_எழுது வன்_முனை_படி வன்_ஒப்புமை_படி வன்_மில்லி வன்_காத்திரு வன்_ஒலி வன்_ஒலி_நிறுத்து
	வன்_காவல் வன்_காவல்_புதுப்பி வன்_தொடர்_திற வன்_தொடர்_படி வன்_தொடர்_எழுது வன்_தொடர்_மூடு
	போலி_முனை_அமை போலி_ஒப்புமை_அமை போலி_நேரம்_நகர் போலி_வரி_ஊட்டு போலி_வரி_வெளியீடு
	செய்தி_இணை செய்தி_வரிசை செய்தி_பரிமாற்றி செய்தி_பிணை செய்தி_அனுப்பு செய்தி_பெறு செய்தி_ஏற்பு செய்தி_மறு செய்தி_பிரி
	வன்சாவி_திற வன்சாவி_மூடு வன்சாவி_சாவிகள் வன்சாவி_பொதுச்சாவி வன்சாவி_கையொப்பம்
	பதில்_கோப்பு பதிவேற்றம்_சேமி
	தளம்_செய்_முயற்சி தளம்_வினா_முயற்சி தளம்_செயல்_பதிவு`)

// Every builtin of the language's table is there, or answers at its place that it is not available yet: in every spelling.
func TestEveryBuiltinRow(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("../../syntax/words/testdata/builtins.tsv")
	if err != nil {
		t.Fatal(err)
	}
	core, seen := host.Core(), 0
	for line := range strings.Lines(string(table)) {
		name, _, _ := strings.Cut(line, "\t")
		if name == "tamil" || strings.ContainsAny(name, " ;(") {
			continue
		}
		seen++
		w := words.Lookup(name)
		if w == nil {
			t.Errorf("%s is no word", name)
			continue
		}
		args := strings.TrimSuffix(strings.Repeat("0, ", w.MinArgs()), ", ")
		for _, spelling := range slices.Concat(w.Tamil[:1], w.Roman, w.English) {
			fault, _ := runSource(t, spelling+"("+args+");")
			unavailable := fault != nil && fault.Code == vm.CodeNotBuilt
			if fault != nil && fault.Code == vm.CodeNoFunction {
				t.Errorf("%s is unknown to the machine", spelling)
			}
			if want := slices.Contains(later, name); unavailable != want || (core[w.ID] == nil) != want {
				t.Errorf("%s: %v, is to come later: %v", spelling, fault, want)
			}
			if unavailable && !strings.HasPrefix(fault.Error(), "t.qmz:1:1:") {
				t.Errorf("%s: the error stands nowhere: %v", spelling, fault)
			}
		}
	}
	if seen != 120 {
		t.Errorf("%d rows, want 120", seen)
	}
}

// Every statement of the table runs, or says what is missing. None passes in silence.
func TestEveryStatementRow(t *testing.T) {
	t.Parallel()
	const none = ""
	for _, c := range []struct{ source, code, out string }{
		{`அச்சு "கௌ 𝒳";`, none, "கௌ 𝒳\n"},
		{`உள்ளிடு x; அச்சு x & ".";`, none, ".\n"},
		{`uLLitu x; accu x & ".";`, none, ".\n"},
		{`x = 1; எண் y; அச்சு x & y;`, none, "10\n"},
		{`x = [1]; x[0] = 2; y = {}; y.f = 3; அச்சு x & y;`, none, "[2]{f: 3}\n"},
		{`(1) எனில் { அச்சு 1; } இன்றேல் { அச்சு 2; }`, none, "1\n"},
		{`n = 0; (n < 2) சுற்று { n = n + 1; } அச்சு n;`, none, "2\n"},
		{`ஒவ்வொரு x இல் [1, 2] { அச்சு x; }`, none, "1\n2\n"},
		{`செயல் f(a) { திரும்பு a; } அச்சு f(3); f(1);`, none, "3\n"},
		{`கோப்பு_திற "q", write; கோப்பு_எழுது "q", 1; கோப்பு_படி "q", x; கோப்பு_மூடு "q"; அச்சு x;`, none, "1\n"},
		{`kOppu_ezuqu "q", "அ"; kOppu_pati "q", x; accu x;`, none, "அ\n"},
		{`தரவுரை_எழுது "q", "a"; தரவுரை_எழுது "q", "b"; தரவுரை_படி "q", x; அச்சு x;`, none, "1\n"},
		{`பதில் 200, "x";`, none, ""},
		{`ஜேசான்_உரை "{}";`, none, ""},
		{`வழி பெறு, "/" { அச்சு 1; }`, none, ""},
		{`இடைவெளி 5 { அச்சு 1; }`, none, ""},
		{`நிலை x = 1; அச்சு x;`, none, "1\n"},
		{`வடிவம் S { எண் a } அச்சு S{a: 1};`, none, "S{a: 1}\n"},
		{`தளம்_இணை சீகுலைட், ":memory:";`, vm.CodeNotBuilt, ""},
		{`தளம்_பிரி சீகுலைட்;`, vm.CodeNotBuilt, ""},
		{`தளம்_செய் "select 1", [];`, vm.CodeNotBuilt, ""},
		{`தளம்_வினா "select 1", [], x;`, vm.CodeNotBuilt, ""},
		{`தளம்_செருக T, {};`, vm.CodeNotBuilt, ""},
		{`தளம்_புதுப்பி T, {};`, vm.CodeNotBuilt, ""},
		{`தளம்_நீக்கு T, {};`, vm.CodeNotBuilt, ""},
		{`அட்டை_ஆக்கு T, {};`, vm.CodeNotBuilt, ""},
		{`தேர்வெடு a இதனில் T;`, vm.CodeNotBuilt, ""},
		{`வழங்கி_தொடங்கு "127.0.0.1", 8080;`, vm.CodeNotBuilt, ""},
		{`வழங்கி_நிறுத்து;`, vm.CodeNotBuilt, ""},
	} {
		fault, out := runSource(t, c.source)
		code := ""
		if fault != nil {
			code = fault.Code
		}
		if code != c.code || out != c.out {
			t.Errorf("%s\nprinted %q, fault %v; want %q, %s", c.source, out, fault, c.out, c.code)
		}
	}
}
