package check

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// load makes a program of one text.
func load(t *testing.T, src string) *module.Program {
	t.Helper()
	p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
	for _, f := range faults {
		if f.IsError() {
			t.Errorf("%s at %d-%d %q: %s", f.Code, f.Span.Start, f.Span.End, p.Files[0].Src[f.Span.Start:f.Span.End], diag.Message(f.Code, diag.English, f.Args...))
		}
	}
	return p
}

// markers are the expectations of a text: line, code and covered text, from the comments "//! E0101 x, E0104 y" where
// parted is ", ".
func markers(src, parted string) []string {
	var want []string
	for i, line := range strings.Split(src, "\n") {
		_, marker, ok := strings.Cut(line, "//! ")
		if !ok {
			continue
		}
		for _, m := range strings.Split(marker, parted) {
			want = append(want, fmt.Sprintf("%d: %s", i+1, strings.TrimSpace(m)))
		}
	}
	slices.Sort(want)
	return want
}

func found(p *module.Program, list []diag.Diagnostic) []string {
	var got []string
	for _, d := range list {
		src := p.Source(d.File)
		line := 1 + strings.Count(src[:d.Span.Start], "\n")
		got = append(got, fmt.Sprintf("%d: %s %s", line, d.Code, src[d.Span.Start:d.Span.End]))
	}
	slices.Sort(got)
	return got
}

func TestMarkers(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/core/*.qmz")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	reached := make(map[string]bool)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line := 1
		for _, chunk := range strings.Split(string(text), "---\n") {
			at := fmt.Sprintf("%s from line %d", file, line)
			line += strings.Count(chunk, "\n") + 1
			p := load(t, chunk)
			got, want := found(p, Core(p)), markers(chunk, ", ")
			if !slices.Equal(got, want) {
				t.Errorf("%s:\n got  %s\n want %s", at, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
			}
			for _, w := range want {
				reached[strings.Fields(w)[1]] = true
			}
		}
	}
	for _, e := range diag.Entries() {
		if strings.HasPrefix(e.Code, "E01") && !reached[e.Code] {
			t.Errorf("no marker expects %s", e.Code)
		}
	}
}

// The texts of the errors name the variable, the declared type and what was found, in both languages.
func TestTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`எண் வயது = "ஐந்து";`, "'வயது' எண் (eN) என அறிவிக்கப்பட்டது, ஆனால் அதற்குத் தரப்படுவது ஒரு சொல்  ('வயது' is declared as எண் (eN, a number), but its value is a string)"},
		{`Irma koti;`, "'koti' ஈர்ம (Irma) என அறிவிக்கப்பட்டது, ஆனால் தொடக்க மதிப்பு இல்லை; அதில் 0 (ஓர் எண்) இடப்படும்; = கொண்டு மதிப்பைத் தரவும்  ('koti' is declared as ஈர்ம (Irma, a boolean), but has no value and would hold 0 (a number); give it one with =)"},
		{`வடிவம் கடன் { எண் அசல் } கடன் க = {};`, "'க' கடன் (kataZ) என அறிவிக்கப்பட்டது, ஆனால் அதற்குத் தரப்படுவது ஒரு பொருள்  ('க' is declared as கடன் (kataZ, a shape), but its value is a record)"},
		{`vativam X { eN a } eN x = X{a: 1};`, "'x' எண் (eN) என அறிவிக்கப்பட்டது, ஆனால் அதற்குத் தரப்படுவது 'X' வடிவம்  ('x' is declared as எண் (eN, a number), but its value is a shape X)"},
	} {
		list := Core(load(t, c.src))
		if len(list) != 1 || list[0].Message(diag.Both) != c.want {
			t.Errorf("%s: %d errors", c.src, len(list))
			for _, d := range list {
				t.Errorf("  %s", d.Message(diag.Both))
			}
		}
	}
}

// Errors of an imported file carry that file, and point to the call in the other.
func TestFiles(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"a.qmz": {Data: []byte("இறக்கு \"b.qmz\";\nகூட்டு_(\"x\");\nஎண் ப = \"x\";")},
		"b.qmz": {Data: []byte("\nசெயல் கூட்டு_(எண் அ) { }\n")},
	}
	p, faults := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: "a.qmz"})
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	list := Core(p)
	if len(list) != 2 || list[0].File != "a.qmz" || list[0].Code != CodeInit || list[1].File != "b.qmz" || list[1].Code != CodeArgument {
		t.Fatalf("%+v", list)
	}
	if r := list[1].Related; len(r) != 1 || r[0].File != "a.qmz" || r[0].Code != diag.NoteCall {
		t.Errorf("related: %+v", r)
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`வடிவம் பயனர் { எண் வயது } நிலை ப = பயனர்{வயது: 1}; அச்சு ப.வயத;`, "வயது"},
		{`வடிவம் பயனர் { எண் வயது } பயணர் ப = இன்மை;`, "பயனர்"},
		{`vativam payaZar { eN vayaqu } p = payaZar{vayaqi: 1, ..iZmY};`, "vayaqu"},
		{`வடிவம் பயனர் { எண் வயது } நிலை ப = பயனர்{வயது: 1}; அச்சு ப.பெயர்;`, ""},
	} {
		list := Core(load(t, c.src))
		if len(list) != 1 {
			t.Errorf("%s: %d errors", c.src, len(list))
			continue
		}
		got := ""
		if f := list[0].Fixes; len(f) > 0 {
			got = f[0].Edits[0].Text
		}
		if got != c.want {
			t.Errorf("%s: suggests %q, want %q", c.src, got, c.want)
		}
	}
}

// No false alarm: the programs of the conformance suite and the canonical ones pass, the two with a type error do not.
func TestNoFalseAlarm(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/core.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var c struct {
			Source string
			Error  string
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if c.Error == "lex" || c.Error == "parse" {
			continue
		}
		p := load(t, c.Source)
		if list := Core(p); (len(list) > 0) != (c.Error == "type") {
			t.Errorf("line %d: %s: %q", i+1, c.Source, found(p, list))
		}
		if c.Error == "type" {
			wrong++
		}
	}
	if wrong != 2 {
		t.Errorf("%d programs have type errors", wrong)
	}
}

func TestCanonicalAndSeed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/programs/*.qmz")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := load(t, string(text))
		got := found(p, Core(p))
		want := []string(nil)
		if filepath.Base(file) == "seed_10a.qmz" {
			want = []string{"2: E0101 x"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wrong string
		from  []string
		want  string
	}{
		{"விலை", []string{"வலை", "விலைய", "தொகை"}, "வலை"},
		{"கௌ", []string{"கை"}, ""},
		{"க்ஷேத்திரம்", []string{"க்ஷேத்திரம"}, "க்ஷேத்திரம"},
		{"👍🏽𝒳ab", []string{"👍🏽𝒳ac"}, "👍🏽𝒳ac"},
		{"தொகை", []string{"தகை"}, "தகை"},
		{"abc", nil, ""},
	} {
		if got := nearest(c.wrong, c.from); got != c.want {
			t.Errorf("nearest(%q, %q) = %q, want %q", c.wrong, c.from, got, c.want)
		}
	}
}

func TestCap(t *testing.T) {
	t.Parallel()
	if list := Core(load(t, strings.Repeat("எண் அ = \"x\";\n", MaxErrors+50))); len(list) != MaxErrors {
		t.Errorf("%d errors", len(list))
	}
}

// FuzzCore: whatever the text, the check ends without a panic, and its errors are inside the file and in the catalogue.
func FuzzCore(f *testing.F) {
	for _, glob := range []string{"testdata/core/*.qmz", "testdata/programs/*.qmz"} {
		files, err := filepath.Glob(glob)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
		for _, d := range Core(p) {
			if n := len(p.Files[0].Src); d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > n {
				t.Fatalf("%s at %v of %d bytes", d.Code, d.Span, n)
			}
			if diag.Lookup(d.Code) == nil {
				t.Fatalf("%s is unknown", d.Code)
			}
		}
	})
}
