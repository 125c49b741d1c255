package syntax

import (
	"bufio"
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func dump(t *testing.T, f *File) string {
	t.Helper()
	var b bytes.Buffer
	if err := Dump(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The trees of the files in testdata/trees, held by golden files that people have read.
func TestTrees(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "testdata/trees/*.qmz") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			f := Parse(path, read(t, path))
			checkFile(t, f)
			if f.HasErrors() {
				t.Errorf("%s: %v", path, f.Faults)
			}
			golden(t, strings.TrimSuffix(path, ".qmz")+".tree", dump(t, f))
		})
	}
}

func TestCanonicalProgramsHaveNoFault(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "testdata/canonical/*.qmz") {
		f := Parse(path, read(t, path))
		checkFile(t, f)
		for _, fault := range f.Faults {
			t.Errorf("%s: %s %v: %s", path, fault.Code, fault.Args, f.LineText(fault.Span.Start))
		}
	}
}

func TestSeedSnippetsHaveOnlyWarnings(t *testing.T) {
	t.Parallel()
	warned := 0
	for _, path := range glob(t, "testdata/seed/*.qmz") {
		f := Parse(path, read(t, path))
		checkFile(t, f)
		for _, fault := range f.Faults {
			warned++
			if fault.IsError() || !fault.HasFix {
				t.Errorf("%s: %s %v: %s", path, fault.Code, fault.Args, f.LineText(fault.Span.Start))
			}
		}
	}
	if warned == 0 {
		t.Error("no snippet warns of mixed script")
	}
}

// Applying the fixes of a seed snippet leaves nothing to warn of.
func TestFixesCure(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "testdata/seed/*.qmz") {
		f := Parse(path, read(t, path))
		src := f.Src
		for i := len(f.Faults) - 1; i >= 0; i-- {
			s := f.Faults[i].Span
			src = src[:s.Start] + f.Faults[i].Fix + src[s.End:]
		}
		if again := Parse(path, []byte(src)); len(again.Faults) > 0 {
			t.Errorf("%s: %v", path, again.Faults)
		}
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	lines := bufio.NewScanner(bytes.NewReader(read(t, "testdata/core.jsonl")))
	n := 0
	for lines.Scan() {
		var c struct {
			Source string
			Error  *string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		n++
		f := Parse("core", []byte(c.Source))
		checkFile(t, f)
		refused := c.Error != nil && (*c.Error == "lex" || *c.Error == "parse")
		if refused != f.HasErrors() {
			t.Errorf("%s: refused %v, want %v: %v", c.Source, f.HasErrors(), refused, f.Faults)
		}
	}
	if n < 160 {
		t.Errorf("only %d cases", n)
	}
}

// checkFile holds what is true of every tree: tokens and gaps make up the file, and every node lies in its parent.
func checkFile(t *testing.T, f *File) {
	t.Helper()
	checkTokens(t, f.Src, f.Tokens)
	for _, fault := range f.Faults {
		if fault.Span.Start < 0 || fault.Span.End < fault.Span.Start || fault.Span.End > len(f.Src) || fault.Code == "" {
			t.Errorf("fault %v lies outside the file of %d bytes", fault, len(f.Src))
		}
	}
	if len(f.Faults) > MaxFaults {
		t.Errorf("%d faults", len(f.Faults))
	}
	var parents []Node
	var check func(n Node)
	check = func(n Node) {
		s := n.Span()
		if s.Start < 0 || s.End < s.Start || s.End > len(f.Src) {
			t.Fatalf("%s at %v lies outside the file of %d bytes", label(n), s, len(f.Src))
		}
		if len(parents) > 0 {
			p := parents[len(parents)-1]
			if ps := p.Span(); s.Start < ps.Start || s.End > ps.End {
				t.Fatalf("%s at %v lies outside its parent %s at %v in %q", label(n), s, label(p), ps, clip(f.Src))
			}
		}
		parents = append(parents, n)
		Walk(n, func(part Node) bool {
			if part == n {
				return true
			}
			check(part)
			return false
		})
		parents = parents[:len(parents)-1]
	}
	check(f)
}

func checkTokens(t *testing.T, src string, tokens []Token) {
	t.Helper()
	at, line := 0, 1
	for i, tok := range tokens {
		if tok.Pos.Offset < at || tokenEnd(&tok) > len(src) || src[tok.Pos.Offset:tokenEnd(&tok)] != tok.Value {
			t.Fatalf("token %d %q at %d does not stand there", i, tok.Value, tok.Pos.Offset)
		}
		line += strings.Count(src[at:tok.Pos.Offset], "\n")
		if tok.Pos.Line != line {
			t.Fatalf("token %d %q on line %d, want %d", i, tok.Value, tok.Pos.Line, line)
		}
		first := tok.Pos.Offset == 0 || src[tok.Pos.Offset-1] == '\n'
		if !tok.EOF() && first != (tok.Pos.Column == 1) {
			t.Fatalf("token %d %q: column mark %d, first of its line %v", i, tok.Value, tok.Pos.Column, first)
		}
		if gap := strings.TrimLeft(src[at:tok.Pos.Offset], " \t\n\f"); gap != "" && !strings.HasPrefix(gap, "//") {
			t.Fatalf("the gap before token %d holds %q", i, gap)
		}
		line += strings.Count(tok.Value, "\n")
		at = tokenEnd(&tok)
		if tok.EOF() != (i == len(tokens)-1) {
			t.Fatalf("end token at %d of %d", i, len(tokens))
		}
	}
	if at > len(src) || tokens[len(tokens)-1].Pos.Offset != len(src) {
		t.Fatal("the end token is not at the end")
	}
}
