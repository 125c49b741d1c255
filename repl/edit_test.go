package repl

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/etamil-lang/etamil/check/diag"
)

// at makes an editor whose caret stands at the ‸ of a text.
func at(text string) *editor {
	i := strings.Index(text, "‸")
	e := &editor{text: strings.Replace(text, "‸", "", 1)}
	e.moveTo(i, false)
	return e
}

func (e *editor) String() string {
	if from, to := e.selection(); from != to {
		return e.text[:from] + "⟦" + e.text[from:to] + "⟧" + e.text[to:]
	}
	return e.text[:e.caret] + "‸" + e.text[e.caret:]
}

func TestEditor(t *testing.T) {
	t.Parallel()
	keys := map[string]func(e *editor){
		"left": func(e *editor) { e.left(false) }, "right": func(e *editor) { e.right(false) },
		"select left": func(e *editor) { e.left(true) }, "select right": func(e *editor) { e.right(true) },
		"backspace": (*editor).backspace, "delete": (*editor).delete, "undo": (*editor).undo, "yank": (*editor).yank,
		"word left": func(e *editor) { e.moveTo(e.wordLeft(), false) }, "word right": func(e *editor) { e.moveTo(e.wordRight(), false) },
		"kill word": func(e *editor) { e.kill(e.wordLeft(), e.caret) },
		"kill end":  func(e *editor) { _, to := e.line(e.caret); e.kill(e.caret, to) },
		"newline":   func(e *editor) { e.insert("\n" + e.indent()) },
		"close":     func(e *editor) { e.close("}") },
	}
	for _, tt := range []struct{ text, key, want string }{
		{"எனில்‸", "left", "எனி‸ல்"},
		{"எனி‸ல்", "left", "எ‸னில்"},
		{"‸எ", "left", "‸எ"},
		{"‸கொக்", "right", "கொ‸க்"},
		{"கொ‸க்ஷ", "right", "கொக்‸ஷ"},
		{"a‸𝒳b", "right", "a𝒳‸b"},
		{"👍🏽‸x", "left", "‸👍🏽x"},
		{"அ\n‸ஆ", "left", "அ‸\nஆ"},
		{"அ‸\nஆ", "right", "அ\n‸ஆ"},
		{"வரி‸", "backspace", "வர‸"},
		{"வர‸", "backspace", "வ‸"},
		{"கி‸", "backspace", "க‸"},
		{"‸", "backspace", "‸"},
		{"அ\n‸ஆ", "backspace", "அ‸ஆ"},
		{"𝒳‸", "backspace", "‸"},
		{"கொ‸", "backspace", "க‸"},
		{"👍🏽‸", "backspace", "👍‸"},
		{"‸வரி", "delete", "‸ரி"},
		{"வ‸ரி", "delete", "வ‸"},
		{"வரி‸", "delete", "வரி‸"},
		{"‸👍🏽a", "delete", "‸a"},
		{"அ‸\nஆ", "delete", "அ‸ஆ"},
		{"வணக்கம் உல‸கம்", "word left", "வணக்கம் ‸உலகம்"},
		{"வணக்கம் ‸உலகம்", "word left", "‸வணக்கம் உலகம்"},
		{"வண‸க்கம் உலகம்", "word right", "வணக்கம்‸ உலகம்"},
		{"x = வருவாய்‸;", "kill word", "x = ‸;"},
		{"அ‸ஆ\nஇ", "kill end", "அ‸\nஇ"},
		{"கொ‸ழி", "select left", "⟦கொ⟧ழி"},
		{"கொ‸ழி", "select right", "கொ⟦ழி⟧"},
		{"(x) எனில் {‸", "newline", "(x) எனில் {\n    ‸"},
		{"    அச்சு 1;‸", "newline", "    அச்சு 1;\n    ‸"},
		{"f(1,‸", "newline", "f(1,\n‸"},
		{"{\n    ‸", "close", "{\n}‸"},
		{"{\n    x‸", "close", "{\n    x}‸"},
		{"‸", "close", "}‸"},
	} {
		e := at(tt.text)
		keys[tt.key](e)
		if got := e.String(); got != tt.want {
			t.Errorf("%s of %s: %s, want %s", tt.key, tt.text, got, tt.want)
		}
	}
}

// TestEditorTakesBack: typing is taken back as a whole, other changes one by one; what was killed can be yanked.
func TestEditorTakesBack(t *testing.T) {
	t.Parallel()
	var e editor
	for _, s := range []string{"வி", "லை", " ", "=", " ", "1"} {
		e.insert(s)
	}
	e.kill(e.wordLeft(), e.caret)
	e.yank()
	e.yank()
	want := []string{"விலை = 11‸", "விலை = 1‸", "விலை = ‸", "விலை = 1‸"}
	for _, w := range want {
		if e.String() != w {
			t.Errorf("%s, want %s", e.String(), w)
		}
		e.undo()
	}
	for range 20 {
		e.undo()
	}
	if e.text != "" {
		t.Errorf("%q is left", e.text)
	}
	for i := range 3 * maxChanges {
		e.insert(fmt.Sprint(i, " "))
	}
	if len(e.done) > maxChanges {
		t.Errorf("%d changes are kept", len(e.done))
	}
}

// TestEditorKeepsLetters: whatever is done, the caret stands on the edge of a letter.
func TestEditorKeepsLetters(t *testing.T) {
	t.Parallel()
	pieces := []string{"க", "ி", "்", "ஷ", "ொ", "ெ", "ா", "ஸ்ரீ", "𝒳", "👍", "🏽", "\u200d", "\n", " ", "a", "_", "{", "}", "🇮", "🇳"}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		var e editor
		for range 60 {
			switch r.IntN(9) {
			case 0, 1, 2:
				e.insert(pieces[r.IntN(len(pieces))])
			case 3:
				e.left(r.IntN(3) == 0)
			case 4:
				e.right(r.IntN(3) == 0)
			case 5:
				e.backspace()
			case 6:
				e.delete()
			case 7:
				e.undo()
			case 8:
				e.kill(e.wordLeft(), e.caret)
			}
			if !onEdge(e.text, e.caret) {
				t.Fatalf("seed %d: the caret stands inside a letter of %q at %d", seed, e.text, e.caret)
			}
		}
	}
}

func onEdge(text string, at int) bool {
	line := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i
	}
	g := graphemes.FromString(text[line:end])
	for line < at && g.Next() {
		line += len(g.Value())
	}
	return line == at
}

func TestRows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		cells int
		want  string
	}{
		{"", 10, "|"},
		{"அஆஇ", 10, "அஆஇ|"},
		{"காகாகா", 4, "காகா|கா|"},
		{"காகா", 4, "காகா||"},
		{"அ\nஆ", 10, "அ|ஆ|"},
		{"காமாசா\n𝒳", 5, "காமா|சா|𝒳|"},
		{"👍🏽👍🏽", 4, "👍🏽|👍🏽||"},
	} {
		got := ""
		for _, r := range rows(tt.text, tt.cells, diag.CellWidth) {
			got += tt.text[r.from:r.to] + "|"
		}
		if got != tt.want {
			t.Errorf("%q in %d cells: %s, want %s", tt.text, tt.cells, got, tt.want)
		}
	}
}

// TestPlaces: every letter of a text has a cell of its own, and the way back from the cell finds it.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, camp := range []Camp{CampSigns, CampClusters} {
		text := "செயல் கூட்டு(அ, ஆ) {\n    திரும்பு அ + \"க்ஷ𝒳👍🏽\";\n}"
		e := &editor{text: text}
		list := rows(text, 11, camp.Width)
		seen := map[[2]int]int{}
		for {
			y, x := place(text, list, e.caret, camp.Width)
			if before, ok := seen[[2]int{y, x}]; ok {
				t.Errorf("offsets %d and %d are both at %d,%d", before, e.caret, y, x)
			}
			seen[[2]int{y, x}] = e.caret
			if x > 11 {
				t.Errorf("offset %d is at cell %d of 11", e.caret, x)
			}
			if back := offset(text, list[y], x, camp.Width); back != e.caret {
				t.Errorf("%d,%d is offset %d, not %d", y, x, back, e.caret)
			}
			if e.caret == len(text) {
				break
			}
			e.right(false)
		}
	}
}

func TestCamps(t *testing.T) {
	t.Parallel()
	// The table of design/editors.md section 3.
	for word, want := range map[string][2]int{
		"கி": {2, 1}, "கா": {2, 1}, "கு": {2, 1}, "கை": {2, 1}, "கொ": {2, 1}, "க்": {1, 1}, "எனில்": {4, 3}, "ஒவ்வொரு": {6, 4}, "வணக்கம்": {5, 5}, "க்ஷ": {2, 2}, "ஸ்ரீ": {2, 2},
	} {
		if a, b := CampSigns.Width(word), CampClusters.Width(word); a != want[0] || b != want[1] {
			t.Errorf("%s: %d and %d cells, want %v", word, a, b, want)
		}
	}
	if c, ok := CampOf("cluster"); !ok || c != CampClusters {
		t.Error("cluster")
	}
	if _, ok := CampOf("x"); ok {
		t.Error("x is a camp")
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ line, want string }{
		{"காகாகா", "காகா\nகா"}, {"\x1b[31mகாகாகா\x1b[0m", "\x1b[31mகாகா\nகா\x1b[0m"}, {"abc", "abc"}, {"", ""}, {"\x1b[", "\x1b["},
	} {
		if got := fold(tt.line, 4, diag.CellWidth); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestIncomplete(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"செயல் f(a) {", "f(1,", "x =", "\"abc", "[1, 2", "(x > 1) எனில் { அச்சு 1;", "முயல் { }", "1 +", "x.", "{அ: 1", "{\n", "வழி பெறு, \"/x\"", "செயல் f(a",
		"ஒவ்வொரு i இல் [1,2]", "(1 > 2) எனில் { } இன்றேல்", "x = {", "இறக்கு", "f(\"𝒳\"", "f = செயல்(அ) {",
	} {
		if !Incomplete(text) {
			t.Errorf("%q is said to be complete", text)
		}
	}
	for _, text := range []string{
		"", "  ", "1 + 2", "x = 1; y", "}", "f(1))", "1 + * 2", "// abc", "அச்சு \"கொ\";", "{அ: 1}", ":type 1 +", "?x", "x = = 1\n(", "செயல் f() { }",
	} {
		if Incomplete(text) {
			t.Errorf("%q is said to go on", text)
		}
	}
}
