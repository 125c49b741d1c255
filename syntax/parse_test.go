package syntax

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
)

func ExampleParse() {
	f := Parse("hello.qmz", []byte("எண் அ = 1 + 2;\nஅச்சு அ\n"))
	if err := Dump(os.Stdout, f); err != nil {
		panic(err)
	}
	// Output:
	// VarDecl எண் அ
	//   BinaryExpr +
	//     NumberLit 1
	//     NumberLit 2
	// BadStmt
	//   PrintStmt
	//     NameExpr அ
	// ! E0028 "" 'அ'
}

func TestNormalisedSource(t *testing.T) {
	t.Parallel()
	f := Parse("crlf", []byte("\ufeffஅச்சு \"அ\r\nஆ\";\r\n"))
	if f.Src != "அச்சு \"அ\nஆ\";\n" || len(f.Faults) > 0 {
		t.Errorf("%q %v", f.Src, f.Faults)
	}
	if v := f.Stmts[0].(*PrintStmt).X.(*TextLit).Value; v != "அ\nஆ" {
		t.Errorf("text %q", v)
	}
	if f := Parse("bom inside", []byte("அச்சு 1;\ufeff")); codesText(f.Faults) != CodeJoiner {
		t.Errorf("a byte order mark inside: %v", f.Faults)
	}
}

func TestInvalidUTF8(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"அச்சு \"a\xffb\";":       CodeUTF8,
		"// \xe0\xae\nஅச்சு 1;":   CodeUTF8,
		"அச்சு \xff;":             CodeUTF8,
		"அச்சு 1; // \xff \"\xfe": CodeUTF8 + " " + CodeUTF8,
	} {
		if f := Parse("utf8", []byte(src)); codesText(f.Faults) != want {
			t.Errorf("%q: %v", src, f.Faults)
		}
	}
}

func TestFileText(t *testing.T) {
	t.Parallel()
	f := Parse("text", []byte("அச்சு 1;\nஅச்சு 𝒳;"))
	for _, c := range []struct {
		span Span
		want string
	}{{f.Stmts[0].Span(), "அச்சு 1;"}, {Span{-5, 3}, "அ"}, {Span{len(f.Src), 99}, ""}, {Span{9, 2}, ""}} {
		if got := f.Text(c.span); got != c.want {
			t.Errorf("%v: %q, want %q", c.span, got, c.want)
		}
	}
	for at, want := range map[int]string{0: "அச்சு 1;", 18: "அச்சு 1;", 19: "அச்சு 𝒳;", 999: "அச்சு 𝒳;"} {
		if got := f.LineText(at); got != want {
			t.Errorf("line at %d: %q, want %q", at, got, want)
		}
	}
}

// The spans of nodes, as the source text they cover.
func TestSpans(t *testing.T) {
	t.Parallel()
	f := Parse("spans", []byte(`அச்சு 1 + f(a)[2].ப? * (3) & -x; பின்னணி செயல் g(எண் அ): எண் { திரும்பு அ; }; க = S{a: 1};`))
	if len(f.Faults) > 0 {
		t.Fatal(f.Faults)
	}
	var got []string
	Walk(f, func(n Node) bool {
		got = append(got, strings.Fields(label(n))[0]+"="+f.Text(n.Span()))
		return true
	})
	for _, want := range []string{
		"BinaryExpr=1 + f(a)[2].ப? * (3) & -x", "BinaryExpr=f(a)[2].ப? * (3)", "TryExpr=f(a)[2].ப?", "FieldExpr=f(a)[2].ப",
		"IndexExpr=f(a)[2]", "CallExpr=f(a)", "ParenExpr=(3)", "UnaryExpr=-x", "Param=எண் அ", "Signature=(எண் அ): எண்",
		"FuncDecl=பின்னணி செயல் g(எண் அ): எண் { திரும்பு அ; };", "Block={ திரும்பு அ; }", "RecordLit=S{a: 1}", "RecordField=a: 1",
	} {
		found := false
		for _, g := range got {
			found = found || g == want
		}
		if !found {
			t.Errorf("no %s in %q", want, got)
		}
	}
}

func TestWalkLeavesParts(t *testing.T) {
	t.Parallel()
	f := Parse("walk", []byte("அச்சு 1 + 2; வடிவம் S { செயல் m() { } எண் a }"))
	var all, pruned []string
	Walk(f, func(n Node) bool { all = append(all, label(n)); return true })
	Walk(f, func(n Node) bool {
		pruned = append(pruned, label(n))
		_, binary := n.(*BinaryExpr)
		return !binary
	})
	if len(all) != len(pruned)+2 {
		t.Errorf("all %q, pruned %q", all, pruned)
	}
	order := strings.Join(all, "; ")
	if !strings.Contains(order, "FuncDecl m; Name; Signature; Block; FieldDecl எண் a") {
		t.Errorf("shape members out of order: %s", order)
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestDumpAnswersTheWritersError(t *testing.T) {
	t.Parallel()
	f := Parse("long", []byte(strings.Repeat("அச்சு 1;", 1000)))
	if err := Dump(brokenWriter{}, f); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
}

func TestSymbols(t *testing.T) {
	t.Parallel()
	for k, want := range map[Kind]string{
		Semi: "';'", KwIf: "எனில் (eZil)", KwTry: "முயல் (muyal)", EOF: "கோப்பின் முடிவு (end of file)", Spread: "'..'",
	} {
		if got := Symbol(k); got != want {
			t.Errorf("%s: got %q, want %q", want, got, want)
		}
	}
	for k := Ident; k < NumKinds; k++ {
		if Symbol(k) == "" || kindNames[k] == "" {
			t.Errorf("kind %d (%s) has no symbol or no name", k, kindNames[k])
		}
	}
}

// The peeker takes the tokens as they are: participle's field has the name and type that newPeeker relies on.
func TestPeekerSharesTokens(t *testing.T) {
	t.Parallel()
	tokens, _, _ := lex("அ = 1;")
	p := newPeeker(tokens)
	if got := p.Range(0, lexer.RawCursor(len(tokens))); &got[0] != &tokens[0] || len(got) != len(tokens) {
		t.Error("the tokens were copied")
	}
	if p.Next() != &tokens[0] || p.Peek().Value != "அ" {
		t.Error("the peeker does not start at the first token")
	}
}

// Parsing is safe and the same from many goroutines.
func TestParseInParallel(t *testing.T) {
	t.Parallel()
	src := read(t, "testdata/trees/words.qmz")
	want := dump(t, Parse("p", src))
	done := make(chan string)
	for range 8 {
		go func() {
			var b strings.Builder
			_ = Dump(&b, Parse("p", src))
			done <- b.String()
		}()
	}
	for range 8 {
		if got := <-done; got != want {
			t.Error("a parse in parallel differs")
		}
	}
}
