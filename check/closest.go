package check

import (
	"slices"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// nearestName is the name that a mistyped one most likely meant, also when it is written in the other script: varuvay
// means வருவாய். It answers "" when none is near.
func nearestName(wrong string, candidates []string) string {
	if best := nearest(wrong, candidates); best != "" {
		return best
	}
	return acrossScripts(wrong, candidates)
}

// acrossScripts compares names as they sound: both romanised, long and doubled letters as short ones, and the letters
// that Tamil speakers mix up as one.
func acrossScripts(wrong string, candidates []string) string {
	sound := sounds(wrong)
	if len(sound) < 2 {
		return ""
	}
	best, bestAt := "", max(1, len(sound)/5)+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		other := sounds(c)
		if len(other) > len(sound)+bestAt || len(sound) > len(other)+bestAt {
			continue
		}
		if d := distance(splitBytes(sound), splitBytes(other)); d < bestAt {
			best, bestAt = c, d
		}
	}
	return best
}

func splitBytes(s string) []string {
	out := make([]string, len(s))
	for i := range out {
		out[i] = s[i : i+1]
	}
	return out
}

// sounds is a name as it roughly sounds: ezuqqu with long vowels short, doubled letters single, ன ண ந as n, ள ழ ல as l,
// ற ர as r, and the letters that ezuqqu gives to த and ங as speakers write them.
func sounds(s string) string {
	s = ezuqqu.FromTamil(s)
	var b strings.Builder
	last := byte(0)
	for i := range len(s) {
		c := s[i]
		switch c {
		case 'A', 'I', 'U', 'E', 'O':
			c |= 0x20
		case 'Z', 'N':
			c = 'n'
		case 'z', 'L':
			c = 'l'
		case 'R':
			c = 'r'
		case 'q':
			c = 't'
		case 'w', 'W':
			c = 'n'
		case 'Y':
			c = 'y'
		case '_', 'h':
			continue
		}
		if c != last {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

// undefined reports a name that means nothing where it is read, with what was most likely meant.
func (r *run) undefined(at syntax.Node, name string, call bool) {
	code := CodeUndefined
	if call {
		code = CodeNoFunction
	} else if r.w.globals[name] && r.local == nil {
		code = CodeUnset
	} else if r.local[name] {
		code = CodeUnset
	}
	f := r.errorAt(at, code, name)
	if f == nil || code == CodeUnset {
		return
	}
	own := make([]string, 0, len(r.local))
	for v := range r.local {
		own = append(own, v)
	}
	f.near(guess{wrong: name, among: own, names: true, call: call})
}

// maxGuesses bounds the fixes that are looked for in one check.
const maxGuesses = 2000

// meant is what a wrong name most likely stands for, "" where nothing is near.
func (w *world) meant(g *guess) string {
	if w.guesses++; w.guesses > maxGuesses {
		return ""
	}
	best := ""
	if g.names {
		best = w.meantName(g)
	} else {
		best = nearestName(g.wrong, g.among)
	}
	if g.quote {
		return quoted(best)
	}
	return best
}

func (w *world) meantName(g *guess) string {
	if s := words.Instead(g.wrong); s != "" {
		return s
	}
	if s := digits(g.wrong); s != "" && !g.call {
		return s
	}
	if s := nearestIn(g.wrong, w.lexica(g.call), g.among); s != "" {
		return s
	}
	if spellings(g.call).has[g.wrong] {
		return "" // it is spelt right
	}
	if s := spelledIn(g.wrong, []*lexicon{spellings(g.call)}, nil); s != "" {
		return s
	}
	return spokenIn(g.wrong, []*lexicon{canonical()}, nil)
}

var (
	callSpellings = sync.OnceValue(func() *lexicon { return newLexicon(vocabulary(true)) })
	nameSpellings = sync.OnceValue(func() *lexicon { return newLexicon(vocabulary(false)) })
)

func spellings(call bool) *lexicon {
	if call {
		return callSpellings()
	}
	return nameSpellings()
}

// canonical are the Tamil spellings of the builtin functions and service calls.
var canonical = sync.OnceValue(func() *lexicon {
	var out []string
	for _, w := range words.All() {
		if (w.Builtin || w.Shape == words.ShapeCall) && len(w.Tamil) > 0 {
			out = append(out, w.Tamil[0])
		}
	}
	return newLexicon(out)
})
