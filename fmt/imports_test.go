package format

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// library are the files that the tests of imports know.
var library = map[string]string{
	"அ.qmz":     "செயல் அ() { அச்சு 1; }\n",
	"ஆ.qmz":     "வடிவம் ஆ { எண் x, செயல் வை(இது) { } }\nஇறக்கு \"பொது.qmz\";\n",
	"கௌ.qmz":    "செயல் கௌ() { }\nஇறக்கு \"பொது.qmz\";\nசெயல் கௌ() { }\n",
	"பொது.qmz":  "செயல் பொது() { செயல் உள்ளே() { } }\n",
	"அச்சு.qmz": "அச்சு 1;\n",
	"உள்.qmz":   "செயல் வேறு() { செயல் உள்ளே() { } }\n", // உள்ளே is in பொது.qmz too
	"வேறு.qmz":  "அச்சு 1;\nசெயல் உள்ளே() { }\n",
	"இரு.qmz":   "இறக்கு \"பொது.qmz\";\nஇறக்கு \"உள்.qmz\";\n",
	"பிழை.qmz":  "அச்சு (;\n",
	"𝒳.qmz":     "ceyal f() { }\n",
	"main.qmz":  "இறக்கு \"அ.qmz\";\n",
}

func importer(files map[string]string) *Importer {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return NewImporter(module.FS(fsys))
}

// imports writes import statements.
func imports(paths ...string) string {
	var b strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&b, "இறக்கு \"%s.qmz\";\n", p)
	}
	return b.String()
}

// TestImports orders imports where no order matters, and nowhere else. An empty want: they stay.
func TestImports(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, src, want string }{
		{"sorted", imports("𝒳", "ஆ", "அ"), imports("அ", "ஆ", "𝒳")},
		{"roman", "iRakku \"ஆ.qmz\";\niRakku  \"அ.qmz\" ;\n", "iRakku \"அ.qmz\";\niRakku \"ஆ.qmz\";\n"},
		{"groups", imports("ஆ", "அ") + "\n" + imports("𝒳", "கௌ"), imports("அ", "ஆ") + "\n" + imports("கௌ", "𝒳")},
		{"one line", "இறக்கு \"ஆ.qmz\"; இறக்கு \"அ.qmz\"; // அ\n", "இறக்கு \"அ.qmz\"; // அ\nஇறக்கு \"ஆ.qmz\";\n"},
		{"effects stay where they are", imports("ஆ", "அ", "அச்சு", "𝒳", "கௌ"), imports("அ", "ஆ", "அச்சு", "கௌ", "𝒳")},
		{"unknown", imports("ஆ", "இல்லை", "அ"), ""},
		{"with an error", imports("ஆ", "பிழை", "அ"), ""},
		{"one name in two files", imports("பொது", "உள்"), ""},
		{"one name in two files, deeper", imports("இரு", "அ"), ""},
		{"one file by two ways", imports("கௌ", "ஆ"), imports("ஆ", "கௌ")},
		{"itself", imports("அ", "main"), imports("main", "அ")},
		{"first", "f();\n" + imports("அ"), imports("அ") + "\nf();\n"},
		{"first, behind others", imports("ஆ") + "f();\ng();\n" + imports("அ", "அச்சு") + "\nh();\n" + imports("𝒳"), imports("அ", "ஆ", "𝒳") + "f();\ng();\n" + imports("அச்சு") + "\nh();\n"},
		{"in one line with others", "f(); இறக்கு \"அ.qmz\"; g();\n", imports("அ") + "\nf();\ng();\n"},
		{"not past a function of its name", "செயல் அ() {}\n" + imports("அ"), ""},
		{"not past a function inside", "செயல் f() {\n    செயல் உள்ளே() {}\n}\n" + imports("பொது"), ""},
		{"first, in their order", "f();\n" + imports("பொது", "அச்சு", "உள்"), imports("பொது", "உள்") + "\nf();\n" + imports("அச்சு")},
		{"not past an import of its name", "f();\n" + imports("வேறு", "பொது"), ""},
		{"past a method of its name", "வடிவம் ப {\n    செயல் அ(இது) {}\n}\n" + imports("அ"), imports("அ") + "\nவடிவம் ப {\n    செயல் அ(இது) {}\n}\n"},
		{"not past what is unknown", "f();\n" + imports("இல்லை", "அ"), ""},
		{"inside a block", "(மெய்) எனில் {\n    இறக்கு \"ஆ.qmz\";\n    இறக்கு \"அ.qmz\";\n}\n", ""},
		{"fmt: off", "// fmt: off\n" + imports("ஆ", "அ"), ""},
		{"twice", imports("ஆ", "அ", "ஆ"), imports("அ", "ஆ", "ஆ")},
		{
			"comments travel",
			"// கோப்பு 👍🏽\n\n// ஆ-வுக்கு\n// இரண்டு வரி\nஇறக்கு \"ஆ.qmz\"; // ஆ\nஇறக்கு \"அ.qmz\"; // அ 𝒳\n",
			"// கோப்பு 👍🏽\n\nஇறக்கு \"அ.qmz\"; // அ 𝒳\n// ஆ-வுக்கு\n// இரண்டு வரி\nஇறக்கு \"ஆ.qmz\"; // ஆ\n",
		},
		{"the file's comment stays", "// கோப்பு\n" + imports("ஆ", "அ"), "// கோப்பு\n" + imports("அ", "ஆ")},
		{"a comment comes to the top", imports("ஆ") + "// அ\n" + imports("அ"), "// அ\n" + imports("அ", "ஆ")},
		{"a comment by itself stays", "f();\n\n// பகுதி\n\n" + imports("அ") + "g();\n", imports("அ") + "\nf();\n\n// பகுதி\n\ng();\n"},
		{"a function's comment stays its own", "// f\nசெயல் f() {}\n// அ\n" + imports("அ"), "// அ\n" + imports("அ") + "\n// f\nசெயல் f() {}\n"},
		{"whose is the comment", "// நிரல்\nf();\n" + imports("அ"), ""},
		{
			"an ignore comment speaks of its import",
			"// etamil:ignore W0101\n\nஇறக்கு \"ஆ.qmz\";\nஇறக்கு \"அ.qmz\";\n",
			"இறக்கு \"அ.qmz\";\n// etamil:ignore W0101\n\nஇறக்கு \"ஆ.qmz\";\n",
		},
	}
	for _, tt := range tests {
		if tt.want == "" {
			tt.want = tt.src
		}
		opt := Options{Imports: importer(library).Beside(context.Background(), ".")}
		for _, eol := range []string{"\n", "\r\n"} {
			src, want := strings.ReplaceAll(bom+tt.src, "\n", eol), strings.ReplaceAll(bom+tt.want, "\n", eol)
			if got := formatted(t, src, opt); got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, want)
			}
			if got, err := source("t.qmz", []byte(src), opt, 1); err != nil || string(got) != want {
				t.Errorf("%s, in chunks: %v, got\n%s\nwant\n%s", tt.name, err, got, want)
			}
		}
		hold(t, tt.name, []byte(tt.src), opt)
	}
}

// TestImportsStay leaves imports where nobody says what they bring, and where less was asked for.
func TestImportsStay(t *testing.T) {
	t.Parallel()
	src := imports("ஆ", "அ")
	ask := importer(library).Beside(context.Background(), ".")
	for _, opt := range []Options{{}, {Imports: ask, Lines: Range{1, 2}}, {Imports: ask, Canonical: true}} {
		if got := formatted(t, src, opt); got != src {
			t.Errorf("%v: %s", opt, got)
		}
	}
}

// TestArrangedIsVerified proves that a lost, doubled or changed statement is found.
func TestArrangedIsVerified(t *testing.T) {
	t.Parallel()
	src := "// க\n\nf(1);\n" + imports("ஆ", "அ") + "g(\"𝒳\"); // ங\n"
	for text, ok := range map[string]bool{
		src: true,
		"// க\n\n" + imports("அ", "ஆ") + "f(1);\ng(\"𝒳\"); // ங\n":      true,
		"// க\n\n" + imports("அ", "ஆ", "ஆ") + "f(1);\ng(\"𝒳\"); // ங\n": false,
		"// க\n\n" + imports("அ") + "f(1);\ng(\"𝒳\"); // ங\n":           false,
		"// க\n\n" + imports("அ", "ஆ") + "g(\"𝒳\"); // ங\nf(1);\n":      false,
		"// க\n\n" + imports("அ", "ஆ") + "f(1);\ng(\"𝒳\");\n":           false,
		"// க\n\n" + imports("அ", "ஆ") + "f(1); // ங\ng(\"𝒳\");\n":      false,
		"// க\n\n" + imports("அ", "ஆ") + "f(1;\ng(\"𝒳\"); // ங\n":       false,
	} {
		a := newArranger("t.qmz", []byte(src), Options{Imports: func(string) (Brought, bool) { return Brought{}, false }})
		if err := a.verify([]byte(text)); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestImportsChangeNothing orders the imports of random programs: what runs is the same in the same order, and the
// functions that count are the same.
func TestImportsChangeNothing(t *testing.T) {
	t.Parallel()
	rnd := seeded(9)
	moved := 0
	for range 4000 {
		files := randomFiles(rnd)
		opt := Options{Imports: importer(files).Beside(context.Background(), ".")}
		out, err := source("f0.qmz", []byte(files["f0.qmz"]), opt, 1+rnd.IntN(200))
		if err != nil {
			t.Fatalf("%v\n%v", err, files)
		}
		before := running(t, files)
		old := files["f0.qmz"]
		plain := formatted(t, old, Options{})
		files["f0.qmz"] = string(out)
		if after := running(t, files); before != after {
			t.Fatalf("%v\n--- before\n%s\n--- after\n%s\n--- runs\n%s\n--- then\n%s", files, old, out, before, after)
		}
		if string(out) != plain {
			moved++
		}
		if again, err := Source("f0.qmz", out, opt); err != nil || string(again) != string(out) {
			t.Fatalf("not idempotent: %v\n%s\n%s", err, out, again)
		}
	}
	if moved < 300 {
		t.Errorf("only %d programs had imports to move", moved)
	}
}

// randomFiles are files that import each other, cycles too.
func randomFiles(rnd *rand.Rand) map[string]string {
	files := map[string]string{}
	for i := range 6 {
		var b strings.Builder
		for range rnd.IntN(5) {
			switch n := rnd.IntN(20); {
			case n < 12:
				fmt.Fprintf(&b, "இறக்கு \"f%d.qmz\";%s", rnd.IntN(7), []string{"\n", "\n\n", " ", " // 𝒳\n"}[rnd.IntN(4)])
			case n < 14:
				fmt.Fprintf(&b, "செயல் f%d() { அச்சு %d; }\n", rnd.IntN(12), i)
			case n < 15:
				fmt.Fprintf(&b, "செயல் g%d%d() { செயல் f%d() { } }\n\n", i, n, rnd.IntN(12))
			case n < 17:
				fmt.Fprintf(&b, "// க%d\n%s", n, []string{"", "\n"}[rnd.IntN(2)])
			case n < 18 && i == 0:
				fmt.Fprintf(&b, "அச்சு %d;\n", rnd.IntN(9))
			case n < 19 && i == 1:
				b.WriteString("அச்சு \"கௌ\";\n")
			default:
				fmt.Fprintf(&b, "வடிவம் S%d%d { }\n", i, b.Len())
			}
		}
		files[fmt.Sprintf("f%d.qmz", i)] = b.String()
	}
	return files
}

// running is what a program does: its statements in order, and where the last function of each name stands.
func running(t *testing.T, files map[string]string) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	prog, _ := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: "f0.qmz"}) // some files are missing on purpose
	var b strings.Builder
	last := map[string]string{}
	for _, item := range prog.Items {
		f := prog.Files[item.File]
		switch item.Stmt.(type) {
		case *syntax.FuncDecl, *syntax.ShapeDecl:
		default:
			fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Text(item.Stmt.Span()))
		}
		syntax.Walk(item.Stmt, func(n syntax.Node) bool {
			if d, ok := n.(*syntax.FuncDecl); ok {
				// A file may have moved by lines, so its functions are known by their texts.
				last[d.Name.Text] = f.Name + ": " + strings.Join(strings.Fields(f.Text(d.Span())), "")
			}
			return true
		})
	}
	return fmt.Sprint(b.String(), last)
}
