package syntax

import (
	"math/rand"
	"os"
	"path/filepath"
	"testing"
)

// damage is one slip in a program that parses: a token lost, doubled, or exchanged with the next.
type damage struct {
	src string
	at  int // token index of the damage, in the damaged text
}

func damaged(src string, toks []Token, kind, i int) damage {
	cut := func(t Token) (int, int) { return t.Pos.Offset, t.Pos.Offset + len(t.Value) }
	from, to := cut(toks[i])
	switch kind {
	case 0:
		return damage{src[:from] + src[to:], i}
	case 1:
		return damage{src[:to] + " " + src[from:to] + src[to:], i + 1}
	}
	nextFrom, nextTo := cut(toks[i+1])
	return damage{src[:from] + src[nextFrom:nextTo] + src[to:nextFrom] + src[from:to] + src[nextTo:], i}
}

// bracketOrQuote tells which tokens are left whole: what is open without them reaches far.
func bracketOrQuote(k Kind) bool {
	switch k {
	case LParen, RParen, LBrack, RBrack, LBrace, RBrace, Text, EOF:
		return true
	}
	return false
}

// Of a hundred slips that no longer parse, so many give exactly one error that points within one token of the damage, for
// each seed.
const damageHeld = 98

// examples are the texts of all example programs.
func examples(t *testing.T) (out []string) {
	t.Helper()
	err := filepath.WalkDir("../docs/examples", func(path string, _ os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".qmz" {
			out = append(out, string(read(t, path)))
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(out, err)
	}
	return out
}

// slip makes a slip at a token, or answers false where the token or the next one is a bracket or quotation.
func slip(src string, toks []Token, kind, i int) (damage, bool) {
	if bracketOrQuote(toks[i].Type) || kind == 2 && bracketOrQuote(toks[i+1].Type) {
		return damage{}, false
	}
	return damaged(src, toks, kind, i), true
}

// TestDamage makes slips in all examples and looks at what the parser says of them.
func TestDamage(t *testing.T) {
	t.Parallel()
	sources := examples(t)
	for seed := range int64(6) {
		r := rand.New(rand.NewSource(26 + seed))
		broken, good := 0, 0
		for range 2000 {
			src := sources[r.Intn(len(sources))]
			toks, _ := Lex(src)
			i, kind := r.Intn(len(toks)-2), r.Intn(3)
			d, ok := slip(src, toks, kind, i)
			if !ok {
				continue
			}
			f := Parse("damage", []byte(d.src))
			n, near := judge(f, d.at)
			if n == 0 {
				continue
			}
			broken++
			if n == 1 && near {
				good++
			} else if testing.Verbose() {
				t.Logf("%d errors, near %v: kind %d %q in %s", n, near, kind, toks[i].Value, around(src, toks[i].Pos.Offset))
			}
		}
		t.Logf("seed %d: of %d slips that no longer parse %d give one error near by", 26+seed, broken, good)
		if broken < 500 || good*100 < broken*damageHeld {
			t.Errorf("seed %d: of %d only %d give one error near by", 26+seed, broken, good)
		}
	}
}

// Of a hundred pairs of slips in different lines, so many give two errors: that a slip has no echoes must not hide another.
// The rest stand in what is passed over behind a broken head.
const pairsHeld = 92

// TestTwoSlips makes two slips close by, each of which gives one error alone.
func TestTwoSlips(t *testing.T) {
	t.Parallel()
	sources := examples(t)
	r := rand.New(rand.NewSource(5))
	pairs, both := 0, 0
	for range 12000 {
		src := sources[r.Intn(len(sources))]
		toks, _ := Lex(src)
		i := r.Intn(len(toks) - 2)
		j := i + 6 + r.Intn(60)
		if j > len(toks)-3 || toks[j].Pos.Line == toks[i].Pos.Line {
			continue
		}
		first, second := r.Intn(3), r.Intn(3)
		one, ok := slip(src, toks, first, i)
		two, also := slip(src, toks, second, j)
		if !ok || !also || errorsOf(one.src) != 1 || errorsOf(two.src) != 1 {
			continue
		}
		pairs++
		if errorsOf(damaged(two.src, toks, first, i).src) >= 2 {
			both++
		}
	}
	t.Logf("of %d pairs of slips %d give two errors", pairs, both)
	if pairs < 500 || both*100 < pairs*pairsHeld {
		t.Errorf("of %d pairs of slips only %d give two errors", pairs, both)
	}
}

func errorsOf(src string) int {
	n, _ := judge(Parse("damage", []byte(src)), 0)
	return n
}

func around(src string, at int) string {
	return src[max(0, at-40):min(len(src), at+40)]
}

// judge counts the errors of a file and tells whether the first one is within a token of the damage.
func judge(f *File, at int) (errors int, near bool) {
	for _, fault := range f.Faults {
		if !fault.IsError() {
			continue
		}
		errors++
		if errors > 1 {
			continue
		}
		for i := max(0, at-1); i <= min(at+2, len(f.Tokens)-1); i++ {
			from := f.Tokens[i].Pos.Offset
			if fault.Span.Start <= from+len(f.Tokens[i].Value) && fault.Span.End >= from {
				near = true
			}
		}
	}
	return errors, near
}
