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

// Of a hundred slips that no longer parse, so many give exactly one error that points within one token of the damage. The
// first is held, so that it only grows; the second is what we want (issue "etamil check").
const (
	damageHeld   = 75
	damageWanted = 95
)

// TestDamage makes slips in all examples and looks at what the parser says of them.
func TestDamage(t *testing.T) {
	t.Parallel()
	var files []string
	err := filepath.WalkDir("../docs/examples", func(path string, d os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".qmz" {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	r := rand.New(rand.NewSource(26))
	broken, good, several, far := 0, 0, 0, 0
	for range 4000 {
		path := files[r.Intn(len(files))]
		src := string(read(t, path))
		toks, _ := Lex(src)
		i, kind := r.Intn(len(toks)-2), r.Intn(3)
		if bracketOrQuote(toks[i].Type) || kind == 2 && bracketOrQuote(toks[i+1].Type) {
			continue
		}
		d := damaged(src, toks, kind, i)
		f := Parse(path, []byte(d.src))
		if !f.HasErrors() {
			continue
		}
		broken++
		switch n, near := judge(f, d.at); {
		case n > 1:
			several++
			if testing.Verbose() {
				t.Logf("%d errors: kind %d %q in %s", n, kind, toks[i].Value, around(src, toks[i].Pos.Offset))
			}
		case !near:
			far++
			if testing.Verbose() {
				t.Logf("far: kind %d %q in %s", kind, toks[i].Value, around(src, toks[i].Pos.Offset))
			}
		default:
			good++
		}
	}
	t.Logf("%d slips no longer parse: %d give one error near by, %d several, %d one far off; wanted %d of 100",
		broken, good, several, far, damageWanted)
	if broken < 500 || good*100 < broken*damageHeld {
		t.Errorf("of %d only %d give one error near by; %d give several, %d one far off", broken, good, several, far)
	}
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
