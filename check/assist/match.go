package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// Rank tells how what was typed fits a name, the best fit first.
type Rank uint8

// The ranks.
const (
	Exact     Rank = iota // it is the name
	Prefix                // the name starts with it
	Romanised             // the name, romanised by ezuqqu, starts with it, or the other way round
	Meant                 // it is a word of another language that means the same: function for செயல்
	Sense                 // it starts such a word, or a later part of one
	Loose                 // the name starts with what sounds like it
	Inner                 // a later part of the name (தளம்_இணை) starts with it
	Near                  // the name's start is one slip away
	Scattered             // the name has all its letters in order
	NoMatch
)

// Form is a name prepared for being found; it is immutable. Making one costs about a microsecond, matching it far less.
type Form struct {
	Text  string
	roman string
	sound string
	// cuts are the places in sound where the name's later parts start.
	cuts []uint8
	mask uint32
}

// FormOf prepares a name.
func FormOf(name string) *Form {
	f := &Form{Text: name, roman: romanised(name)}
	buf := make([]byte, 0, 64)
	for i, part := range strings.Split(name, "_") {
		at := len(buf)
		buf = appendSound(buf, part, true)
		if i == 0 || at == 0 || at > 255 {
			continue
		}
		if first := Sound(part); first != "" && first[0] == buf[at-1] {
			at-- // the letter is doubled over the seam and stands once
		}
		f.cuts = append(f.cuts, uint8(at))
	}
	f.sound, f.mask = string(buf), maskOf(buf)
	return f
}

// Pattern is what was typed, prepared for matching; it is immutable.
type Pattern struct {
	Typed  string
	roman  string
	lower  string
	sounds [2]string // as ezuqqu and as Latin letters are commonly used; equal where there is no difference
	masks  [2]uint32
}

// PatternOf prepares what was typed.
func PatternOf(typed string) *Pattern { p := patternOf(typed); return &p }

func patternOf(typed string) Pattern {
	p := Pattern{Typed: typed, roman: romanised(typed), lower: strings.ToLower(strings.TrimLeft(typed, "_"))}
	for i, strict := range [...]bool{true, false} {
		s := appendSound(nil, typed, strict)
		p.sounds[i], p.masks[i] = string(s), maskOf(s)
	}
	return p
}

func romanised(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return ezuqqu.FromTamil(s)
		}
	}
	return s
}

// maskOf has a bit for every letter of a sound.
func maskOf(sound []byte) (m uint32) {
	for _, c := range sound {
		m |= 1 << (c & 31)
	}
	return m
}

// Match tells how what was typed fits a name, and how far from it the name is: smaller is nearer.
func (p *Pattern) Match(f *Form) (Rank, int) {
	switch {
	case p.Typed == "":
		return Prefix, 0
	case f.Text == p.Typed:
		return Exact, 0
	case strings.HasPrefix(f.Text, p.Typed):
		return Prefix, len(f.roman) - len(p.roman)
	case strings.HasPrefix(f.roman, p.roman):
		return Romanised, len(f.roman) - len(p.roman)
	}
	best, cost := NoMatch, 0
	for i := range p.sounds {
		if i > 0 && p.sounds[1] == p.sounds[0] {
			break
		}
		if r, c := f.heard(p.sounds[i], p.masks[i]); r < best || r == best && c < cost {
			best, cost = r, c
		}
	}
	return best, cost
}

// heard matches by sound alone.
func (f *Form) heard(sound string, mask uint32) (Rank, int) {
	missing := mask &^ f.mask
	if sound == "" || missing&(missing-1) != 0 { // two letters that the name has not
		return NoMatch, 0
	}
	extra := max(0, len(f.sound)-len(sound))
	if missing == 0 {
		if strings.HasPrefix(f.sound, sound) {
			return Loose, extra
		}
		for _, at := range f.cuts {
			if int(at) <= len(f.sound) && strings.HasPrefix(f.sound[at:], sound) {
				return Inner, extra
			}
		}
	}
	if len(sound) >= 4 && nearPrefix(sound, f.sound) {
		return Near, extra
	}
	if missing == 0 && len(sound) >= 3 && scattered(sound, f.sound) {
		return Scattered, extra
	}
	return NoMatch, 0
}

// nearPrefix tells whether one changed, added, left out or swapped letter, not the first, makes q a start of s.
func nearPrefix(q, s string) bool {
	i := 0
	for i < len(q) && i < len(s) && q[i] == s[i] {
		i++
	}
	if i == 0 || i >= len(q) {
		return false
	}
	if i >= len(s) {
		return i == len(q)-1
	}
	rest, other := q[i+1:], s[i:]
	return strings.HasPrefix(other[1:], rest) || // changed
		strings.HasPrefix(other, rest) || // one too many
		strings.HasPrefix(other[1:], q[i:]) || // one left out
		len(rest) > 0 && len(other) > 1 && q[i] == other[1] && rest[0] == other[0] && strings.HasPrefix(other[2:], rest[1:])
}

// scattered tells whether s starts with q's first letter and has the others in order.
func scattered(q, s string) bool {
	if s == "" || q[0] != s[0] {
		return false
	}
	for len(q) > 0 {
		i := strings.IndexByte(s, q[0])
		if i < 0 {
			return false
		}
		q, s = q[1:], s[i+1:]
	}
	return true
}

// sense matches against English words, which no sound joins to Tamil.
func (p *Pattern) sense(words []meaning) (Rank, int) {
	best, cost := NoMatch, 0
	if p.lower == "" {
		return best, 0
	}
	for _, w := range words {
		r := NoMatch
		switch {
		case w.whole && w.text == p.lower:
			return Meant, 0
		case strings.HasPrefix(w.text, p.lower):
			r = Sense
		case len(p.lower) >= 4 && nearPrefix(p.lower, w.text):
			r = Near
		}
		if c := len(w.text) - len(p.lower); r < best || r == best && c < cost {
			best, cost = r, c
		}
	}
	return best, cost
}
