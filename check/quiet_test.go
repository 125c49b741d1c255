package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Programs that work, and that a checker which knows less would complain of.
func TestSilent(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		// conditions tell what a value is
		`செயல் f(அ) { (அ) எனில் { திரும்பு {பெயர்: "𝒳"}; } திரும்பு இன்மை; } x = f(1); (x != இன்மை) எனில் { அச்சு x.பெயர்; }`,
		`செயல் f(அ) { (அ) எனில் { திரும்பு {பெயர்: "𝒳"}; } திரும்பு இன்மை; } x = f(1); (x == இன்மை) எனில் { வெளியேறு(1); } அச்சு x.பெயர்;`,
		`x = எண்ணாக்கு("5"); (சரியா(x)) எனில் { அச்சு மதிப்பு(x) + 1; } இன்றேல் { அச்சு தவறு_மதிப்பு(x); }`,
		`ப = ஜேசான்_படி("1")?; (வகை(ப) == "a record") எனில் { அச்சு ப.பெயர்; } இன்றேல் { (வகை(ப) == "an array") எனில் { அச்சு ப[0]; } }`,
		`ப = {}; (புலம்_உள்ளதா(ப, "அ")) எனில் { அச்சு ப["அ"]; }`,
		`ceyal f(a) { (vakY(a) != "a number") eZil { qirumpu 0; } qirumpu a + 1; } accu f("x") + f(1);`,
		// loops and branches
		`ப = []; ஒவ்வொரு எ இல் [1, 2] { ப = இணை(ப, {எண்ணிக்கை: எ}); } ஒவ்வொரு x இல் ப { அச்சு x.எண்ணிக்கை + 1; }`,
		`x = இன்மை; ஒவ்வொரு எ இல் [1, 2] { (x == இன்மை) எனில் { x = {அ: எ}; } இன்றேல் { x.அ = x.அ + எ; } } அச்சு x;`,
		`எ = 0; (மெய்) சுற்று { எ = எ + 1; (எ > 3) எனில் { முடிவு_ = எ; நிறுத்து; } } அச்சு முடிவு_;`,
		`முயல் { x = எண்ணாக்கு("5")?; } பிழை(பி) { x = 0; அச்சு பி.வகை; } அச்சு x + 1;`,
		`செயல் f(n) { (n == 0) எனில் { திரும்பு []; } திரும்பு இணை(f(n - 1), n); } ஒவ்வொரு x இல் f(3) { அச்சு x; }`,
		`செயல் இரட்டையா(n) { (n == 0) எனில் { திரும்பு மெய்; } திரும்பு ஒற்றையா(n - 1); } செயல் ஒற்றையா(n) { (n == 0) எனில் { திரும்பு பொய்; } திரும்பு இரட்டையா(n - 1); } அச்சு இரட்டையா(4);`,
		// values of several kinds, functions as values
		`செயல் f(x) { திரும்பு x; } அச்சு f({அ: 1}).அ; அச்சு f([1])[0]; அச்சு f(செயல்() { திரும்பு 5; })();`,
		`கருவிகள் = {கூட்டு_: செயல்(அ, ஆ) { திரும்பு அ + ஆ; }}; அச்சு கருவிகள்.கூட்டு_(1, 2);`,
		`செயல் மாற்றி(ப, f) { வி = []; ஒவ்வொரு x இல் ப { வி = இணை(வி, f(x)); } திரும்பு வி; } அச்சு மாற்றி([1], செயல்(x) { திரும்பு x * 2; });`,
		`f = நீளம்; அச்சு f("தமிழ்");`,
		`வடிவம் நாய் { சொல் பெயர், செயல் ஒலி(இது) { திரும்பு "வள் " & இது.பெயர்; } } வடிவம் பூனை { சொல் பெயர், செயல் ஒலி(இது) { திரும்பு "மியா " & இது.பெயர்; } } ஒவ்வொரு வி இல் [நாய்{பெயர்: "அ"}, பூனை{பெயர்: "ஆ"}] { அச்சு வி.ஒலி(); }`,
		`வடிவம் பெட்டி[வ] { வ உள்ளடக்கம் } ப = பெட்டி{உள்ளடக்கம்: [1]}; அச்சு ப.உள்ளடக்கம்[0];`,
		// services
		`பின்னணி செயல் f(எண் x) { திரும்பு x; } அச்சு மதிப்பு(காத்திரு(f(5))) + 1;`,
		`பணி_உருவாக்கு { அச்சு 1; } ப = பணி_உருவாக்கு { 3; }; அச்சு மதிப்பு(காத்திரு(ப)) + 1;`,
		`வழி பெறு, "/:id" { பதில் 200, {அ: param_id, ஆ: கோரிக்கை.பாதை, இ: query_params["x"]}; }`,
		`செயல் பதிலளி() { பதில் 200, "ஆம்"; } வழி பதி, "/" { பதிலளி(); }`,
		`சோதனை "அ" { போலி_இடு("வலை_பெறு", செயல்(முகவரி, _த) { திரும்பு சரி({உடல்: முகவரி}); }); அச்சு வலை_பெறு("x", {})?.உடல்; }`,
		`தளம்_வினா "SELECT எண், count(*) FROM t", [], ப; அச்சு ப[0].எதுவும்;`,
		`தளம்_செய் "CREATE TABLE t (எண் INTEGER, பெயர் TEXT, PRIMARY KEY (எண்))", []; தளம்_வினா "SELECT * FROM t WHERE எண் = ?", [1], ப; அச்சு ப[0].பெயர்;`,
		`தளம்_செய் "INSERT INTO t VALUES ('?', ?) -- ?", [1];`,
		`உள்ளிடு வயது; (வயது > 18 அல்லது வயது + 0 == 18) எனில் { அச்சு வயது + 1; }`,
		`நிலை எண் எல்லை = 5; செயல் f() { திரும்பு எல்லை + 1; } அச்சு f();`,
		`செயல் f() { திரும்பு பின்னர் + 1; } பின்னர் = 4; அச்சு f();`,
		`அச்சு மெய் அல்லது இல்லாதது;`,
		`செயல் உதவி_(_அ) { திரும்பு 1; } அச்சு உதவி_(2);`,
		`செயல் f() { திரும்பு 1; } செயல் g() { திரும்பு f(); }`, // a library: others may call them
	} {
		p := load(t, src)
		for _, d := range Program(context.Background(), p, Options{}) {
			t.Errorf("%s\n  %s %s: %s", src, d.Code, p.Files[0].Src[d.Span.Start:d.Span.End], d.Message(diag.English))
		}
	}
}

// What would fail is an error where it is reached, and a warning where it is caught or never runs.
func TestSeverity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		src  string
		want diag.Severity
	}{
		{`அச்சு இல்லாதது;`, diag.Error},
		{`முயல் { அச்சு இல்லாதது; } பிழை { அச்சு 1; }`, diag.Warning},
		{`முயல் { அச்சு 1; } பிழை { அச்சு இல்லாதது; }`, diag.Error},
		{`முயல் { அச்சு இல்லாதது; } இறுதியில் { அச்சு 1; }`, diag.Error},
		{`செயல் f() { அச்சு இல்லாதது; } f();`, diag.Error},
		{`செயல் f() { அச்சு இல்லாதது; } அச்சு 1;`, diag.Warning},
		{`செயல் f() { அச்சு இல்லாதது; }`, diag.Error},
		{`சோதனை "அ" { ப = சோதனை_பிழை { அச்சு இல்லாதது; }; அச்சு ப.வகை; }`, diag.Warning},
		{`muyal { accu illAqaqu; } pizY(p) { accu p.வகை; }`, diag.Warning},
	} {
		found := false
		for _, d := range Program(context.Background(), load(t, c.src), Options{}) {
			if d.Code == CodeUndefined {
				found = true
				if d.Severity != c.want {
					t.Errorf("%s: a %v", c.src, d.Severity)
				}
			}
		}
		if !found {
			t.Errorf("%s: silent", c.src)
		}
	}
}

func checkFiles(t *testing.T, files map[string]string) []string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, faults := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: "a.qmz"})
	if module.HasErrors(faults) {
		t.Fatal(faults)
	}
	var got []string
	for _, d := range Program(context.Background(), p, Options{}) {
		got = append(got, d.File+" "+d.Code+" "+p.Source(d.File)[d.Span.Start:d.Span.End])
	}
	return got
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files map[string]string
		want  []string
	}{
		{map[string]string{"a.qmz": "இறக்கு \"b.qmz\"; அச்சு f();", "b.qmz": "செயல் f() { திரும்பு 1; }"}, nil},
		{
			map[string]string{"a.qmz": "இறக்கு \"b.qmz\"; அச்சு \"👍🏽\";", "b.qmz": "செயல் f() { திரும்பு 1; }"},
			[]string{"a.qmz W0104 \"b.qmz\"", "b.qmz W0103 f"},
		},
		{map[string]string{"a.qmz": "iRakku \"x/b.qmz\"; accu 1;", "x/b.qmz": "accu 2;"}, nil},
		{
			map[string]string{"a.qmz": "iRakku \"x/b.qmz\"; accu 1;", "x/b.qmz": "eN a = 2;"},
			[]string{"a.qmz W0104 \"x/b.qmz\"", "x/b.qmz W0101 a"},
		},
		{
			map[string]string{"a.qmz": "இறக்கு \"b.qmz\"; அச்சு f(1).பெயர்; அச்சு கூட(2);", "b.qmz": "செயல் f(அ) { திரும்பு {பெயர்: அ.x}; } செயல் கூடு(அ) { திரும்பு அ; }"},
			[]string{"a.qmz E0601 கூட", "b.qmz E0623 x", "b.qmz W0103 கூடு"},
		},
		{map[string]string{"a.qmz": "இறக்கு \"b.qmz\"; அச்சு x;", "b.qmz": "x = 1;"}, nil},
		{
			map[string]string{"a.qmz": "இறக்கு \"b.qmz\"; அச்சு \"𝒳\" & x;", "b.qmz": "இறக்கு \"c.qmz\"; x = y;", "c.qmz": "iRakku \"a.qmz\"; y = 1;"},
			[]string{"a.qmz W0135 \"b.qmz\"", "b.qmz W0135 \"c.qmz\"", "c.qmz W0135 \"a.qmz\""},
		},
		{map[string]string{"a.qmz": "iRakku \"a.qmz\"; accu 1;"}, []string{"a.qmz W0135 \"a.qmz\""}},
	} {
		if got := checkFiles(t, c.files); !slices.Equal(got, c.want) {
			t.Errorf("%v: %q, want %q", c.files, got, c.want)
		}
	}
}

// Nothing that a file may hold makes the check slow or stop.
func TestHostile(t *testing.T) {
	t.Parallel()
	var chain, nested, nest, calls, lambdas strings.Builder
	chain.WriteString("x = 1;")
	for i := range 3000 {
		fmt.Fprintf(&chain, "(x == %d) எனில் { x = {அ%d: x}; } இன்றேல் ", i, i)
	}
	chain.WriteString("{ அச்சு x; }")
	nested.WriteString("x = இன்மை; ")
	for i := range 40 {
		fmt.Fprintf(&nested, "ஒவ்வொரு எ%d இல் [1, 2] { x = [x, எ%d]; ", i, i)
	}
	nested.WriteString(strings.Repeat("}", 40))
	fmt.Fprintf(&nest, "x = 1; (%s) எனில் { அச்சு x; }", strings.Repeat("x == இன்மை அல்லது ", 300)+"x == 1")
	for i := range 300 {
		fmt.Fprintf(&calls, "செயல் f%d(அ) { திரும்பு [f%d(அ), f%d({அ: அ}), இல்லை%d]; }\n", i, (i+1)%300, (i+7)%300, i)
	}
	calls.WriteString("அச்சு f0(1);")
	lambdas.WriteString("f = " + strings.Repeat("செயல்(x) { திரும்பு ", 60) + "1" + strings.Repeat("; }", 60) + "; அச்சு f;")
	for name, src := range map[string]string{
		"a long chain": chain.String(), "loops in loops": nested.String(), "or": nest.String(), "circles": calls.String(), "functions": lambdas.String(),
		"unknown names": strings.Repeat("அச்சு இல்லாதபெயர்; ", 5000), "wide record": "x = {" + strings.Repeat("அ: 1, ", 5000) + "}; அச்சு x;",
		"many records": "x = [" + strings.Repeat("{அ: 1, ஆ: [{}]}, ", 5000) + "]; அச்சு x;",
	} {
		start := time.Now()
		p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
		parsed := time.Since(start)
		Program(context.Background(), p, Options{})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: parsed in %v, checked in %v", name, parsed, took-parsed)
		} else {
			t.Logf("%s: parsed in %v, checked in %v", name, parsed, took-parsed)
		}
	}
}
