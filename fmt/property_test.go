package format

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

// odd are what TestOddPlaces puts between tokens.
var odd = []string{" // குறிப்பு 𝒳\n", "\n// தனி\n", "\n", "\n\n\n", " // அ\n\n// ஆ\n", "  ", " // etamil:ignore W0101\n", "\n// etamil:ignore W0101\n", "\n// fmt: off\n", "\n// fmt: on\n"}

// seeded is a source of the same numbers in every run.
func seeded(n uint64) *rand.Rand { return rand.New(rand.NewPCG(n, n+1)) }

// TestOddPlaces puts comments and line breaks between random tokens of every program.
func TestOddPlaces(t *testing.T) {
	t.Parallel()
	rnd := seeded(1)
	formatted := 0
	for _, p := range corpus(t) {
		f := syntax.Parse(p.name, p.src)
		if f.HasErrors() {
			continue
		}
		for range 3 {
			src := scatter(f, rnd, len(odd))
			for _, width := range []int{40, 100} {
				if hold(t, p.name, []byte(src), Options{Width: width}) {
					formatted++
				}
			}
			if t.Failed() {
				return
			}
		}
	}
	if formatted < 2000 {
		t.Errorf("only %d programs could be read", formatted)
	}
}

// scatter writes the tokens of a file with odd things between some of them.
func scatter(f *syntax.File, rnd *rand.Rand, kinds int) string {
	var b strings.Builder
	end := 0
	every := 1 + rnd.IntN(len(f.Tokens)/2+1)
	for _, t := range f.Tokens {
		b.WriteString(f.Src[end:t.Pos.Offset])
		if rnd.IntN(every) == 0 {
			if strings.Contains(f.Src[end:t.Pos.Offset], "//") {
				b.WriteByte('\n')
			}
			b.WriteString(odd[rnd.IntN(kinds)])
		}
		b.WriteString(t.Value)
		end = t.Pos.Offset + len(t.Value)
	}
	return b.String()
}

// TestRangeTouchesOnlyItsLines formats random lines of every program: the others stay, and the answer is verified.
func TestRangeTouchesOnlyItsLines(t *testing.T) {
	t.Parallel()
	rnd := seeded(3)
	changed := 0
	for _, p := range corpus(t) {
		f := syntax.Parse(p.name, p.src)
		if f.HasErrors() {
			continue
		}
		src := scatter(f, rnd, 8)
		lines := strings.Split(src, "\n")
		from := 1 + rnd.IntN(len(lines))
		to := from + rnd.IntN(min(6, len(lines)-from+1))
		out, err := Source(p.name, []byte(src), Options{Lines: Range{from, to}})
		if err != nil {
			if syntax.Parse(p.name, []byte(src)).HasErrors() {
				continue
			}
			t.Fatal(err)
		}
		before, after := strings.Join(lines[:from-1], "\n"), strings.Join(lines[to:], "\n")
		if !strings.HasPrefix(string(out), before) || !strings.HasSuffix(string(out), after) || len(before)+len(after) > len(out) {
			t.Fatalf("%s: lines %d to %d\n--- before\n%s\n--- after\n%s", p.name, from, to, src, out)
		}
		if string(out) != src {
			changed++
		}
	}
	if changed < 100 {
		t.Errorf("only %d programs changed", changed)
	}
}

// anywhere says of every import that it may stand anywhere, but for those whose paths are numbers.
func anywhere(path string) (Brought, bool) {
	return Brought{Declares: map[string]string{"f" + path: path}, Only: strings.Trim(path, "0123456789") != ""}, true
}

// FuzzSource holds the layout of any input to its promises, as a whole and in the smallest chunks.
func FuzzSource(f *testing.F) {
	for _, p := range corpus(f) {
		if len(p.src) < 400 {
			f.Add(p.src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		opt := Options{Width: 40, Imports: anywhere}
		if !hold(t, "fuzz.qmz", src, opt) {
			return
		}
		whole, err := source("fuzz.qmz", src, opt, len(src)+1)
		chunks, err2 := source("fuzz.qmz", src, opt, 1)
		if err != nil || err2 != nil || !bytes.Equal(whole, chunks) {
			t.Errorf("%v, %v\n--- whole\n%s\n--- chunks\n%s", err, err2, whole, chunks)
		}
	})
}
