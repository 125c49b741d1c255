package diag

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// at is the span of the n-th occurrence (from 0) of text in src.
func at(t *testing.T, src, text string, n int) syntax.Span {
	t.Helper()
	from := 0
	for range n {
		i := strings.Index(src[from:], text)
		if i < 0 {
			break
		}
		from += i + len(text)
	}
	i := strings.Index(src[from:], text)
	if i < 0 {
		t.Fatalf("%q is not in the source", text)
	}
	return syntax.Span{Start: from + i, End: from + i + len(text)}
}

type sample struct {
	name string
	src  map[string]string
	d    func(t *testing.T, src map[string]string) Diagnostic
}

func samples() []sample {
	return []sample{
		{"tamil", map[string]string{"kadai.qmz": "விலை = 5;\nஅச்சு ஒவ்வொரு_கௌ / கொ;\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			return New("E0302", "kadai.qmz", at(t, src["kadai.qmz"], "கொ", 0))
		}},
		{"roman", map[string]string{"kadai.qmz": "eN vayaqu = 5;\nvayaqu = \"a\";\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			d := New("E0102", "kadai.qmz", at(t, src["kadai.qmz"], "vayaqu", 1), "vayaqu", "எண் (eN, a number)", "ஒரு சொல் (a string)")
			d.Related = []Related{{Code: NoteDeclared, Args: []string{"vayaqu"}, File: "kadai.qmz", Span: at(t, src["kadai.qmz"], "vayaqu", 0)}}
			return d
		}},
		{"astral", map[string]string{"𝒳.qmz": "அச்சு \"👍🏽𝒳👨‍👩‍👧\" & விலை_க்ஷ;\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			return New("E0305", "𝒳.qmz", at(t, src["𝒳.qmz"], "விலை_க்ஷ", 0), "விலை_க்ஷ", "𝒳, கௌ")
		}},
		{"tabs", map[string]string{"t.qmz": "(மெய்) எனில் {\n\tஅச்சு\tகை / 0;\n}"}, func(t *testing.T, src map[string]string) Diagnostic {
			return New("E0302", "t.qmz", at(t, src["t.qmz"], "0", 0))
		}},
		{"end", map[string]string{"t.qmz": "அச்சு 1"}, func(t *testing.T, src map[string]string) Diagnostic {
			n := len(src["t.qmz"])
			return FromFault("t.qmz", syntax.Fault{Code: "E0001", Span: syntax.Span{Start: n, End: n}, Args: []string{"';'", "…"}, Fix: ";", HasFix: true})
		}},
		{"opener", map[string]string{"t.qmz": "அச்சு f(1,\n  [2;\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			return FromFault("t.qmz", syntax.Fault{Code: "E0001", Span: at(t, src["t.qmz"], ";", 0), Opener: at(t, src["t.qmz"], "[", 0)})
		}},
		{"several_lines", map[string]string{"t.qmz": "அ = {\n  ஆ: 1\n};\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			return New("E0311", "t.qmz", syntax.Span{Start: strings.Index(src["t.qmz"], "{"), End: len(src["t.qmz"])}, "a number")
		}},
		{"stack", map[string]string{"a.qmz": "செயல் வகு(அ) {\n  திரும்பு அ / 0;\n}\nஅச்சு வகு(1);\n", "b.qmz": "f();\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			d := New("E0302", "a.qmz", at(t, src["a.qmz"], "அ / 0", 0))
			d.Stack = []Frame{{Function: "வகு", File: "a.qmz", Span: d.Span}, {Function: "f", File: "b.qmz"}, {File: "a.qmz", Span: at(t, src["a.qmz"], "வகு(1)", 0)}}
			return d
		}},
		{"deep_stack", map[string]string{"a.qmz": "f();\n"}, func(_ *testing.T, _ map[string]string) Diagnostic {
			d := New("E0302", "a.qmz", syntax.Span{Start: 0, End: 1})
			for range 40 {
				d.Stack = append(d.Stack, Frame{Function: "f", File: "a.qmz"})
			}
			return d
		}},
		{"skipped_stack", map[string]string{"a.qmz": "f();\n"}, func(_ *testing.T, _ map[string]string) Diagnostic {
			d := New("E0302", "a.qmz", syntax.Span{Start: 0, End: 1})
			for i := range 30 {
				d.Stack = append(d.Stack, Frame{Function: "f", File: "a.qmz"})
				if i == 20 {
					d.Stack[i].Skipped = 227
				}
			}
			return d
		}},
		{"long_line", map[string]string{"a.qmz": strings.Repeat("கா+", 4000) + "தொகை" + strings.Repeat("+மீ", 4000) + "\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			return New("E0302", "a.qmz", at(t, src["a.qmz"], "தொகை", 0))
		}},
		{"controls", map[string]string{"a\x1b.qmz": "x = \"\x1b[31m\u202e\x00\" + மா;\n"}, func(t *testing.T, src map[string]string) Diagnostic {
			return New("E0321", "a\x1b.qmz", at(t, src["a\x1b.qmz"], "மா", 0), "அ\nஆ\x1b[0m\xff")
		}},
		{"no_source", nil, func(_ *testing.T, _ map[string]string) Diagnostic {
			return New("E0201", "இல்லை.qmz", syntax.Span{}, "இல்லை.qmz")
		}},
		{"no_file", nil, func(_ *testing.T, _ map[string]string) Diagnostic {
			return New("E0201", "", syntax.Span{}, "இல்லை.qmz")
		}},
		{"warning", map[string]string{"a.qmz": "அபஸ் = 1;\n"}, func(_ *testing.T, _ map[string]string) Diagnostic {
			d := New("W0099", "a.qmz", syntax.Span{Start: 0, End: len("அபஸ்")})
			d.Fixes = []Fix{Replace("a.qmz", d.Span, "அ"), Replace("a.qmz", d.Span, "")}
			return d
		}},
	}
}

func TestRenderGolden(t *testing.T) {
	t.Parallel()
	langs := []struct {
		name string
		o    Options
	}{{"both", Options{}}, {"ta", Options{Lang: Tamil}}, {"en", Options{Lang: English}}, {"color", Options{Lang: English, Color: true}}}
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			d := s.d(t, s.src)
			src := func(file string) string { return s.src[file] }
			for _, l := range langs {
				out.WriteString("-- " + l.name + " --\n")
				if err := Render(&out, d, src, l.o); err != nil {
					t.Fatal(err)
				}
			}
			out.WriteString("-- short --\n")
			if err := NewRenderer(src, Options{}).Short(&out, d); err != nil {
				t.Fatal(err)
			}
			golden(t, s.name, strings.ReplaceAll(out.String(), "\x1b", "\\e"))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update to accept):\n%s", file, got)
	}
}

// The caret row must start in the cell where the marked text starts, in every terminal that draws by wcwidth.
func TestCaretStandsUnderItsToken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line, token string
		cells       int // measured in tmux and xterm (design/editors.md 3)
		carets      int
	}{
		{"எனில் தொகை", "தொகை", 4 + 1, 4},
		{"ஒவ்வொரு x", "x", 6 + 1, 1},
		{"வணக்கம் க்ஷ", "க்ஷ", 5 + 1, 2},
		{"கி கா கு கை கொ ஸ்ரீ!", "ஸ்ரீ", 2 + 1 + 2 + 1 + 2 + 1 + 2 + 1 + 2 + 1, 2},
		{"👍🏽 மீ", "மீ", 4 + 1, 1},
		{"eN vayaqu", "vayaqu", 3, 6},
		{"𝒳 ஊ", "ஊ", 2, 1},
	} {
		start := strings.Index(c.line, c.token)
		s := snip(c.line, start, start+len(c.token), CellWidth)
		if len(s.pad) != c.cells || s.marked != c.token || len(s.carets) != c.carets {
			t.Errorf("%q: pad %d, marked %q, carets %d; want %d, %q, %d", c.line, len(s.pad), s.marked, len(s.carets), c.cells, c.token, c.carets)
		}
	}
}

func TestOtherWidths(t *testing.T) {
	t.Parallel()
	line := "கா கொ x"
	s := snip(line, len(line)-1, len(line), func(string) int { return 1 })
	if len(s.pad) != 4 {
		t.Errorf("one cell a cluster: the caret stands in cell %d, want 4", len(s.pad))
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

var errPipe = errors.New("broken pipe")

func TestWriteErrorsComeBack(t *testing.T) {
	t.Parallel()
	d := New("E0302", "", syntax.Span{})
	if err := Render(brokenPipe{}, d, nil, Options{}); !errors.Is(err, errPipe) {
		t.Errorf("Render: %v", err)
	}
	if err := NewRenderer(nil, Options{}).Short(brokenPipe{}, d); !errors.Is(err, errPipe) {
		t.Errorf("Short: %v", err)
	}
	if err := RenderAll(brokenPipe{}, []Diagnostic{d, d}, nil, Options{}); !errors.Is(err, errPipe) {
		t.Errorf("RenderAll: %v", err)
	}
}

func TestRenderAllSeparates(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	d := New("E0302", "a.qmz", syntax.Span{})
	if err := RenderAll(&b, []Diagnostic{d, d}, nil, Options{Lang: English}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n\n✗ "); n != 1 {
		t.Errorf("%d separators in %q", n, b.String())
	}
}

// FuzzRender holds the renderer to: never a panic, no control character but tab and newline on the terminal, places
// as the position package counts them.
func FuzzRender(f *testing.F) {
	f.Add("அச்சு 1/0;\n", 3, 9)
	f.Add("a\tb\r\n\x1b[31mகொ", 5, 2)
	f.Add(strings.Repeat("க்", 5000), 3000, 3003)
	f.Add("", -1, 1<<40)
	f.Fuzz(func(t *testing.T, src string, start, end int) {
		d := New("E0102", "f.qmz", syntax.Span{Start: start, End: end}, src, src, src)
		var b bytes.Buffer
		if err := Render(&b, d, func(string) string { return src }, Options{}); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.String() {
			if r != '\n' && r != '\t' && r != '\uFFFD' && hidden(r) {
				t.Fatalf("%q reached the terminal", r)
			}
		}
		place := NewRenderer(func(string) string { return src }, Options{}).place("f.qmz", d.Span)
		line, col := position.NewMap(src).Clusters(start)
		if want := fmt.Sprintf("f.qmz:%d:%d: ", line, col); src != "" && place != want {
			t.Fatalf("place %q, want %q", place, want)
		}
	})
}
