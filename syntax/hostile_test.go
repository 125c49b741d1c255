package syntax

import (
	"math/rand"
	"strings"
	"testing"
	"time"
)

// hostile are inputs that have brought parsers down: each must give a tree in bounded time, without a panic, and at
// most MaxFaults faults.
var hostile = map[string]func() string{
	"open parens":      func() string { return "அ = " + strings.Repeat("(", 100_000) },
	"open brackets":    func() string { return strings.Repeat("[", 1_000_000) },
	"open braces":      func() string { return strings.Repeat("{", 100_000) },
	"closed parens":    func() string { return strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000) + ";" },
	"records":          func() string { return "அ = " + strings.Repeat("{a: ", 100_000) },
	"calls in calls":   func() string { return strings.Repeat("f(", 100_000) },
	"conditions":       func() string { return strings.Repeat("(அ) எனில் {", 50_000) },
	"functions":        func() string { return strings.Repeat("செயல் f() {\n", 50_000) },
	"mixed brackets":   func() string { return strings.Repeat("{ ) ", 200_000) },
	"crossed brackets": func() string { return strings.Repeat("( } [ ", 200_000) },
	"minus run":        func() string { return "அ = " + strings.Repeat("-", 1_000_000) + "1;" },
	"not run":          func() string { return "அ = " + strings.Repeat("இல்லை ", 100_000) + "1;" },
	"minus not run":    func() string { return "அ = " + strings.Repeat("- இல்லை ", 100_000) + "1;" },
	"sum":              func() string { return "அ = 1" + strings.Repeat(" + 1", 500_000) + ";" },
	"comparisons":      func() string { return "அ = 1" + strings.Repeat(" < 1", 500_000) + ";" },
	"fields":           func() string { return "அ = a" + strings.Repeat(".a", 500_000) + ";" },
	"call chain":       func() string { return "f" + strings.Repeat("()", 500_000) + ";" },
	"tries":            func() string { return "f" + strings.Repeat("?", 500_000) + ";" },
	"else ifs": func() string {
		return "(a) எனில் { }" + strings.Repeat(" இன்றேல் (a) எனில் { }", 60_000)
	},
	"types":             func() string { return "அ: " + strings.Repeat("A[", 200_000) },
	"task words":        func() string { return "அ = " + strings.Repeat("பணி_உருவாக்கு a, ", 50_000) },
	"task words nested": func() string { return "அ = " + strings.Repeat("பணி_உருவாக்கு 1 + ", 50_000) },
	"stray braces":      func() string { return strings.Repeat("}", 1_000_000) },
	"stray statements":  func() string { return strings.Repeat("} x; ", 200_000) },
	"open quotes":       func() string { return strings.Repeat("\"a\n", 500_000) },
	"quotes":            func() string { return strings.Repeat("\"", 1_000_001) },
	"one text":          func() string { return "அ = \"" + strings.Repeat("க", 1_000_000) + "\";" },
	"one name":          func() string { return strings.Repeat("க", 1_000_000) },
	"one number":        func() string { return "அ = " + strings.Repeat("9", 2_000_000) + ";" },
	"statements":        func() string { return strings.Repeat("x = 1;", 500_000) },
	"semicolons":        func() string { return strings.Repeat(";", 1_000_000) },
	"invalid":           func() string { return strings.Repeat("@", 1_000_000) },
	"bad bytes":         func() string { return strings.Repeat("\xff", 1_000_000) },
	"missing operands":  func() string { return strings.Repeat("அ = 1 + ;\n", 150_000) },
	"broken heads":      func() string { return strings.Repeat("வழி ", 300_000) },
	"tries in tries":    func() string { return strings.Repeat("முயல் { ", 50_000) },
	"foreign words":     func() string { return strings.Repeat("क्षक१ ", 50_000) },
	"conditions open":   func() string { return strings.Repeat("(a\n", 200_000) },
	"query heads":       func() string { return strings.Repeat("தளம்_வினா (a; ", 30_000) },
	"generic heads":     func() string { return strings.Repeat("a[", 100_000) },
	"typed records":     func() string { return strings.Repeat("f {a: b[", 100_000) },
	"other quotes":      func() string { return strings.Repeat("«", 1_000_000) },
	"other comments":    func() string { return strings.Repeat("#", 1_000_000) },
	"other operators":   func() string { return "அ = 1" + strings.Repeat(" && 1 ++ 2 += .5", 100_000) },
	"misspelt words":    func() string { return strings.Repeat("அச்சி 1;", 200_000) },
	"aliases":           func() string { return strings.Repeat("பணி a(\n", 100_000) },
}

func TestHostileInput(t *testing.T) {
	for name, source := range hostile {
		t.Run(name, func(t *testing.T) {
			src := source()
			start := time.Now()
			f := Parse(name, []byte(src))
			// Far above what a loaded machine with the race detector needs, far below what anything quadratic would.
			if took := time.Since(start); took > 2*time.Minute {
				t.Errorf("%d bytes took %v", len(src), took)
			}
			if len(f.Faults) > MaxFaults {
				t.Errorf("%d faults", len(f.Faults))
			}
			nodes, deepest := measure(f)
			if deepest > 10*MaxChain*MaxDepth {
				t.Errorf("the tree is %d deep", deepest)
			}
			if len(f.Faults) == 0 && nodes < 2 {
				t.Error("no tree")
			}
			t.Logf("%7d bytes, %7d tokens, %7d nodes, depth %5d, %3d faults, %v", len(src), len(f.Tokens), nodes, deepest,
				len(f.Faults), time.Since(start))
		})
	}
}

// measure counts the nodes of a tree and how deep they nest.
func measure(f *File) (nodes, deepest int) {
	depth := 0
	var visit func(n Node)
	visit = func(n Node) {
		nodes++
		depth++
		deepest = max(deepest, depth)
		Walk(n, func(part Node) bool {
			if part == n {
				return true
			}
			visit(part)
			return false
		})
		depth--
	}
	visit(f)
	return nodes, deepest
}

func TestFileLimit(t *testing.T) {
	t.Parallel()
	src := make([]byte, MaxFileSize+1)
	for i := range src {
		src[i] = ' '
	}
	f := Parse("large.qmz", src)
	if len(f.Faults) != 1 || f.Faults[0].Code != CodeFileSize || f.Faults[0].Args[0] != "4194304" || len(f.Stmts) > 0 {
		t.Errorf("%v", f.Faults)
	}
	if f := Parse("full.qmz", src[1:]); len(f.Faults) > 0 {
		t.Errorf("a file of the limit: %v", f.Faults)
	}
}

// Edits as people and machines make them: pieces of programs put together anyhow.
func TestMutations(t *testing.T) {
	t.Parallel()
	var seeds [][]byte
	for _, pattern := range []string{"testdata/trees/*.qmz", "testdata/canonical/*.qmz", "testdata/recover.txt"} {
		for _, path := range glob(t, pattern) {
			seeds = append(seeds, read(t, path))
		}
	}
	r := rand.New(rand.NewSource(7))
	for range 4000 {
		a, b := seeds[r.Intn(len(seeds))], seeds[r.Intn(len(seeds))]
		i, j := r.Intn(len(a)), r.Intn(len(b))
		src := append(append([]byte{}, a[:i]...), b[j:min(len(b), j+r.Intn(200))]...)
		src = append(src, a[min(len(a), i+r.Intn(30)):]...)
		f := Parse("mutation", src)
		checkFile(t, f)
		if bad := badNodes(f); bad != "" && !f.HasErrors() {
			t.Fatalf("a %s without an error in\n%s", bad, src)
		}
	}
}
