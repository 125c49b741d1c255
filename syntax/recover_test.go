package syntax

import (
	"errors"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2"
)

// Broken programs: each gives a tree with every statement behind the fault. The golden file shows the trees.
func TestRecovery(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, src := range strings.Split(string(read(t, "testdata/recover.txt")), "---\n") {
		f := Parse("recover", []byte(src))
		checkFile(t, f)
		if len(f.Faults) == 0 {
			t.Errorf("no fault in\n%s", src)
		}
		if bad := badNodes(f); bad != "" && !f.HasErrors() {
			t.Errorf("a %s without an error in\n%s", bad, src)
		}
		if strings.HasSuffix(src, "\nஅச்சு 2;\n") && !printsTwo(f) {
			t.Errorf("the last statement is lost in\n%s\n%s", src, dump(t, f))
		}
		out.WriteString("##### " + src + dump(t, f))
	}
	golden(t, "testdata/recover.tree", out.String())
}

// printsTwo finds a whole அச்சு 2; anywhere in the tree.
func printsTwo(f *File) (found bool) {
	Walk(f, func(n Node) bool {
		switch n := n.(type) {
		case *BadStmt:
			return n.Partial != nil
		case *PrintStmt:
			lit, ok := n.X.(*NumberLit)
			found = found || ok && lit.Text == "2" && strings.HasSuffix(f.Text(n.Span()), ";")
		}
		return true
	})
	return found
}

// Every fault of a file is reported, each once, in order of place.
func TestAllFaultsAreReported(t *testing.T) {
	t.Parallel()
	f := Parse("all", []byte("அ = 1 + ;\nவரிசை = 2;\nf(1;\nஇ = @;\nசெயல் உடல்() { அச்சு ; }\n{ }\n)\nஉ = \"x\n"))
	want := "E0001 E0003 E0004 E0006 E0003 E0001 E0019 E0020 E0005"
	if got := codesText(f.Faults); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for i := 1; i < len(f.Faults); i++ {
		if f.Faults[i].Span.Start < f.Faults[i-1].Span.Start {
			t.Errorf("fault %d stands before fault %d", i, i-1)
		}
	}
}

// A block left open is closed by a declaration in the first column, but only where the brackets do not match.
func TestFirstColumn(t *testing.T) {
	t.Parallel()
	whole := Parse("whole", []byte("(மெய்) எனில் {\nசெயல் h() { திரும்பு 8; }\n}\n"))
	if len(whole.Faults) != 0 || len(whole.Stmts) != 1 {
		t.Errorf("a nested declaration in column 1: %v, %d statements", whole.Faults, len(whole.Stmts))
	}
	open := Parse("open", []byte("(மெய்) எனில் {\nசெயல் h() { திரும்பு 8; }\n"))
	if codesText(open.Faults) != CodeUnclosed || len(open.Stmts) != 2 {
		t.Errorf("an open block: %v, %d statements", open.Faults, len(open.Stmts))
	}
	if f := open.Faults[0]; open.Text(f.Opener) != "{" {
		t.Errorf("the opener is %q", open.Text(f.Opener))
	}
}

// participle's messages are read as text: their form is held here.
func TestWantedKinds(t *testing.T) {
	t.Parallel()
	for message, want := range map[string][]Kind{
		`unexpected token ";" (expected <semi>)`:                     {Semi},
		`unexpected token "x" (expected <lbrace> (FieldDecl | X)*)`:  {LBrace},
		`unexpected token "x" (expected Name)`:                       {Ident},
		`unexpected token "x" (expected (Block | <semi>) )`:          {LBrace, Semi},
		`unexpected token "x"`:                                       nil,
		`unexpected token "(expected " (expected HeadExpr <kwloop>)`: {exprKind},
	} {
		got := wantedKinds(message)
		if len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", message, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: got %v, want %v", message, got, want)
			}
		}
	}
	_, err := grammar().catalog.ParseString("x", "அச்சு 1 2")
	var unexpected *participle.UnexpectedTokenError
	if !errors.As(err, &unexpected) || len(wantedKinds(unexpected.Message())) != 1 || wantedKinds(unexpected.Message())[0] != Semi {
		t.Errorf("participle says %v", err)
	}
}
