package format

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

// atOnce lays out a program as a whole.
func atOnce(name string, src []byte, opt Options) ([]byte, error) {
	return source(name, src, opt, len(src)+1)
}

// TestChunks lays out a large program in chunks and as a whole: the answer is the same.
func TestChunks(t *testing.T) {
	t.Parallel()
	text := string(big(t))
	for name, src := range map[string]string{
		"example":            strings.ReplaceAll(text, " & ", "&"),
		"clauses":            strings.Repeat("(அ) எனில் {\n அச்சு \"}\\\"{\";\n}\n\nஇன்றேல் { அச்சு 1; }\n\n\n// 𝒳 }\nசெயல் f() { }  // x\n\n", 1000),
		"lines":              strings.Repeat("accu  1;\n", 5000),
		"lines and comments": strings.Repeat("accu  1;\n// கி\nf(1) ; // 1\nff( 2);  // 2\nf(3);\n\n\nf();\n// x\n\n", 1000),
		"no empty lines":     strings.Repeat("அச்சு  1; // கி\n", 3000),
		"ends with empties":  strings.Repeat("accu  1;\n\n", 5000) + "\n\n   \n",
		"one statement":      "அ = [\n\n" + strings.Repeat("1,\n\n", 15000) + "2];",
		"off to the end":     "accu  1;\n// fmt: off\n" + strings.Repeat("accu  1;\n\n\n", 5000),
		"comments":           "செயல் f() {}\n" + strings.Repeat("// கி\n\n", 30000) + "g();\n",
		"mark in the middle": "accu  1;\n\ufeffaccu  2;\n" + strings.Repeat("accu  1;\n", 5000),
	} {
		want, err := atOnce("t.qmz", []byte(src), Options{})
		got, err2 := Source("t.qmz", []byte(src), Options{})
		if (err == nil) != (err2 == nil) || !bytes.Equal(got, want) {
			t.Errorf("%s: chunks differ from the whole: %v, %v", name, err, err2)
		}
	}
	for _, eol := range []string{"\n", "\r\n"} {
		for _, mark := range []string{"", bom} {
			src := []byte(mark + strings.ReplaceAll(text, "\n", eol) + "// fmt: off" + eol + "f( 1 );" + eol + "// fmt: on" + eol)
			if _, ok, _ := inChunks("t.qmz", src, Options{}, chunkSize, eol, nil); !ok {
				t.Error("a large program was laid out as a whole")
			}
		}
	}
	if _, err := Source("t.qmz", []byte(text+"\n\nஅச்சு (;\n"), Options{}); err == nil || !strings.Contains(err.Error(), "syntax error") {
		t.Errorf("an error at the end: %v", err)
	}
}

// TestTinyChunks lays out every program in the smallest chunks that there can be, with comments in odd places, and with
// both line ends.
func TestTinyChunks(t *testing.T) {
	t.Parallel()
	inParts := 0
	rnd := seeded(5)
	for _, p := range corpus(t) {
		texts := [][]byte{p.src, bytes.ReplaceAll(p.src, []byte("\n"), []byte("\r\n"))}
		f := syntax.Parse(p.name, p.src)
		if !f.HasErrors() {
			odd := []byte(scatter(f, rnd, len(odd)))
			texts = append(texts, odd, append([]byte(bom), bytes.ReplaceAll(odd, []byte("\n"), []byte("\r\n"))...))
		}
		for _, src := range texts {
			want, err := atOnce(p.name, src, Options{Width: 40})
			var broken *SyntaxError
			if errors.As(err, &broken) {
				continue
			}
			got, err2 := source(p.name, src, Options{Width: 40}, 1)
			if err != nil || err2 != nil || !bytes.Equal(got, want) {
				t.Fatalf("%s: %v, %v\n--- source\n%s\n--- whole\n%s\n--- chunks\n%s", p.name, err, err2, src, want, strconv.Quote(string(got)))
			}
			n := 0
			for range partsOf(src, 1) {
				n++
			}
			if n > 1 {
				inParts++
			}
		}
	}
	if inParts < 1000 {
		t.Errorf("only %d programs had parts", inParts)
	}
}
