package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTableIsFresh fails when vocabulary.txt changed without go generate.
func TestTableIsFresh(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(filepath.Join("..", source))
	if err != nil {
		t.Fatal(err)
	}
	want, err := Generate(string(src))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", target))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s does not come from %s: run go generate ./syntax/words", target, source)
	}
}

const good = `
overload x.y A b
word A
is keyword
group g
class reserved
tamil அ x.y
roman a
help.ta உ
help.en help
word b
group g
shape call
tamil ஆ
also x.y
roman A
english _b
params ப:number க:text|record? ...
result result<text>
help.ta உ
help.en help
example one;
example two;
`

func TestGenerate(t *testing.T) {
	t.Parallel()
	out, err := Generate(good)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"const numSpellings = 6", `{"x.y", "A", "b"}`, `ID: "A", Token: "A", Group: "g", Class: Reserved`,
		`ID: "b", Group: "g", Shape: ShapeCall`, `{"ப", "number", false}, {"க", "text|record", true}`, "Variadic:",
		`"one;\ntwo;"`, `"ஆ", "x.y"`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
}

// TestFaults holds that a slip in the vocabulary file is named, with its line where it has one.
func TestFaults(t *testing.T) {
	t.Parallel()
	const b = "word b"
	for _, c := range []struct{ old, new, want string }{
		{"\nword A", "\nclass usable\nword A", `line 3: "class" before the first word`},
		{b, "colour red\n" + b, `unknown key "colour"`},
		{b, "roman z\n" + b, `"roman" is given twice for A`},
		{b, "help.en z\n" + b, `"help.en" is given twice for A`},
		{b, "english\n" + b, `"english" has no value`},
		{b, "word A", "word A is given twice"},
		{"is keyword", "is verb", `a word is no "verb"`},
		{"class reserved", "class noble", `unknown class "noble"`},
		{"class reserved", "section 1", "keywords have a class"},
		{"shape call", "shape round", `shape "round"`},
		{"roman A", "roman a", "a names the words [A b]"},
		{"tamil ஆ", "section 1", "no Tamil"},
		{"group g", "section 1", "no group"},
		{"help.en help", "section 1", "no help"},
		{"ப:number", "ப", `bad parameter "ப" of b`},
		{"ப:number", "ப:number?", ""},
		{"க:text|record?", "க:text? ச:text", `parameter "ச" of b follows an optional one`},
		{"?", " ... ச:text", "bad parameter"},
		{"result result<text>", "params ச:text", "params are given twice for b"},
		{"overload x.y A b", "overload x.y A", "overload wants a spelling and two words"},
		{"overload x.y A b", "overload x.y A c", "overload x.y: its words are [A b]"},
	} {
		_, err := Generate(strings.Replace(good, c.old, c.new, 1))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%q for %q: %v", c.new, c.old, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%q for %q: error %v, want %s", c.new, c.old, err, c.want)
		}
	}
}

func TestDuplicateWord(t *testing.T) {
	t.Parallel()
	src := "word b\ngroup g\ntamil ஆ\nroman A\nhelp.ta உ\nhelp.en h\n"
	if _, err := Generate(src + src); err == nil || !strings.Contains(err.Error(), "line 7: word b is given twice") {
		t.Errorf("error %v", err)
	}
}
