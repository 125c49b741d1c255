package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// addSeeds gives a fuzz target every test file of this package and the broken programs of recover.txt.
func addSeeds(f *testing.F) {
	f.Helper()
	for _, pattern := range []string{"testdata/trees/*.qmz", "testdata/canonical/*.qmz", "testdata/seed/*.qmz"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			f.Fatalf("no seeds in %s (%v)", pattern, err)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	broken, err := os.ReadFile("testdata/recover.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, src := range strings.Split(string(broken), "---\n") {
		f.Add([]byte(src))
	}
	for _, src := range []string{
		"\ufeffஅ = 1;\r\nஆ = 2;\r", "\x00\xff\xfe\"\x80\"", "க\u200dஷ = \u00a0 1;", "அச்சு \"👍🏽 𝒳\" & 👍🏽;", "x = \"a\\\nb\";",
		strings.Repeat("(", 250) + "1" + strings.Repeat(")", 250), "अ१ = सொल्;", "பொய் = 1;",
	} {
		f.Add([]byte(src))
	}
}

// Tokens and the gaps between them make up the source byte for byte, whatever it is.
func FuzzLex(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<16 {
			return
		}
		text := normalise(src)
		tokens, faults := Lex(text)
		checkTokens(t, text, tokens)
		var b strings.Builder
		at := 0
		for _, tok := range tokens {
			b.WriteString(text[at:tok.Pos.Offset])
			b.WriteString(tok.Value)
			at = tokenEnd(&tok)
		}
		if b.String() != text {
			t.Fatal("tokens and gaps do not rebuild the source")
		}
		for _, fault := range faults {
			if fault.Span.Start < 0 || fault.Span.End < fault.Span.Start || fault.Span.End > len(text) {
				t.Fatalf("fault %v lies outside the source", fault)
			}
		}
	})
}

// Every source gives a tree whose nodes lie inside their parents, and a tree that is dumped and walked.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<16 {
			return
		}
		file := Parse("fuzz.qmz", src)
		checkFile(t, file)
		if out := dump(t, file); len(out) == 0 && len(file.Tokens) > 1 && len(file.Stmts) > 0 {
			t.Fatal("statements leave no trace in the dump")
		}
		if bad := badNodes(file); bad != "" && !file.HasErrors() {
			t.Fatalf("a %s without an error", bad)
		}
	})
}

// badNodes names a node that only a broken program has.
func badNodes(file *File) (found string) {
	Walk(file, func(n Node) bool {
		switch n.(type) {
		case *BadStmt, *BadExpr, *FaultyExpr:
			found = label(n)
		}
		return true
	})
	return found
}
