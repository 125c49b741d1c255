package check

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax/module"
)

// invented are names as programs have them: of Tamil syllables, of Latin letters, of both and of signs beyond the BMP, with
// numbers behind them, short and longer than a mask has bits.
func invented(r *rand.Rand, n int) []string {
	parts := []string{
		"க", "கௌ", "தொகை", "வரு", "வாய்", "பெயர்", "ண", "ன", "ந", "ள்", "ழ்", "_", "ற", "ர", "varu", "vAy", "pe", "n", "N", "zh", "a", "aa", "𝒳", "👍🏽", "𑿀", "ொ",
	}
	var out []string
	for len(out) < n {
		var b strings.Builder
		for range 1 + r.Intn(4) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		switch r.Intn(10) {
		case 0:
			fmt.Fprint(&b, r.Intn(300))
		case 1:
			b.WriteString(strings.Repeat(parts[r.Intn(len(parts))], 30+r.Intn(40)))
		}
		out = append(out, b.String())
	}
	return out
}

// slipped is a name with a letter or two lost, doubled or exchanged.
func slipped(r *rand.Rand, name string) string {
	letters := clusters(name)
	for range 1 + r.Intn(2) {
		i := r.Intn(len(letters))
		switch r.Intn(3) {
		case 0:
			letters = slices.Insert(letters, i, "ற")
		case 1:
			letters[i], letters[0] = letters[0], letters[i]
		default:
			if len(letters) > 1 {
				letters = slices.Delete(letters, i, i+1)
			}
		}
	}
	return strings.Join(letters, "")
}

// The lexica answer what comparing a name with every other one answers.
func TestLexiconIsExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(7))
	found := 0
	for range 60 {
		names := invented(r, 1+r.Intn(200))
		cut, local := r.Intn(len(names)), r.Intn(len(names))
		lists := []*lexicon{newLexicon(names[:cut]), newLexicon(names[cut:])}
		asked := append(invented(r, 20), names[r.Intn(len(names))])
		for range 60 {
			asked = append(asked, slipped(r, names[r.Intn(len(names))]))
		}
		for _, wrong := range asked {
			own := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == wrong })
			want := nearestName(wrong, own)
			if got := nearestIn(wrong, lists, names[local:]); got != want {
				t.Fatalf("%q among %q: %q, want %q", wrong, own, got, want)
			}
			if got := nearestIn(wrong, lists[:1], names[cut:]); got != want {
				t.Fatalf("%q, half of the names apart: %q, want %q", wrong, got, want)
			}
			if want != "" {
				found++
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d names have a near one", found)
	}
}

// A session's lexica follow the names of the program.
func TestLexicaFollow(t *testing.T) {
	t.Parallel()
	s := NewSession()
	for _, c := range []struct{ src, want string }{
		{"மொத்தம் = 1; அச்சு மொத்தம; அச்சு மொத்தம்;", "மொத்தம்"},
		{"மொத்தமு = 1; அச்சு மொத்தம; அச்சு மொத்தமு;", "மொத்தமு"},
		{"செயல் மொத்தமு() { } மொத்தம் = 1; அச்சு மொத்தம; அச்சு மொத்தம்;", "மொத்தமு"},
		{"செயல் மொத்தம்() { } மொத்தமு = 1; அச்சு மொத்தம(); அச்சு மொத்தமு;", "மொத்தம்"},
	} {
		got := ""
		for _, d := range s.Check(t.Context(), load(t, c.src), Options{}) {
			if len(d.Fixes) > 0 && (d.Code == CodeUndefined || d.Code == CodeNoFunction) {
				got = d.Fixes[0].Edits[0].Text
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.src, got, c.want)
		}
	}
}

// unknownNames is a program of so many names and as many uses of others.
func unknownNames(names, unknown int) string {
	var b strings.Builder
	for i := range names {
		fmt.Fprintf(&b, "தொகை_%s_%d = %d;\n", []string{"வருவாய்", "செலவு", "kaNakku", "இருப்பு"}[i%4], i, i)
	}
	for i := range unknown {
		fmt.Fprintf(&b, "அச்சு தொகய்_%s_%d;\n", []string{"வருவய்", "செலவ", "kanakku", "இறுப்பு"}[i%4], i*17)
	}
	return b.String()
}

// BenchmarkMeant looks for what 500 unknown names among 10,000 were meant to be.
func BenchmarkMeant(b *testing.B) {
	p, err := module.Load(b.Context(), module.FS(nil), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(unknownNames(10_000, 0))})
	if len(err) > 0 {
		b.Fatal(err)
	}
	w := newWorld(p, NewSession())
	var wrong []string
	for i := range 500 {
		wrong = append(wrong, fmt.Sprintf("தொகய்_%s_%d", []string{"வருவய்", "செலவ", "kanakku", "இறுப்பு"}[i%4], i*17))
	}
	b.ReportAllocs()
	for b.Loop() {
		w.lexica, w.guesses = (&lexica{}).follow(w), 0
		for _, name := range wrong {
			if w.meant(&guess{wrong: name, names: true}) == "" {
				b.Fatal(name)
			}
		}
	}
}
