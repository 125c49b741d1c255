package syntax

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/etamil-lang/etamil/syntax/words"
)

const (
	wordStart = 1 << iota
	wordPart
)

// asciiWord tells which ASCII characters may start a word and which may go on.
var asciiWord = func() (t [128]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
			t[c] = wordStart | wordPart
		case c >= '0' && c <= '9':
			t[c] = wordPart
		}
	}
	return t
}()

// knownWord remembers what a spelling was found to be, because programs repeat their words.
type knownWord struct {
	text string
	kind Kind
}

// word reads a name or a word of the vocabulary: every code point of the Tamil block is a letter, and letters of other
// Indic scripts are taken in (services.md, "Reading what the user wrote").
func (l *tokenizer) word() {
	src, i, foreign := l.src, l.pos, false
	for i < len(src) {
		c := src[i]
		if c < utf8.RuneSelf {
			if asciiWord[c] == 0 {
				break
			}
			i++
			continue
		}
		if c != 0xE0 || i+2 >= len(src) {
			break
		}
		if b := src[i+1]; (b == 0xAE || b == 0xAF) && src[i+2]&0xC0 == 0x80 {
			i += 3
			continue
		}
		if r, _ := utf8.DecodeRuneInString(src[i:]); !words.IsForeign(r) {
			break
		}
		foreign = true
		i += 3
	}
	if i == l.pos {
		l.invalid()
		return
	}
	l.emitWord(src[l.pos:i], foreign)
}

func (l *tokenizer) emitWord(w string, foreign bool) {
	n := len(w)
	k := &l.known[(uint(n)*131+uint(w[n-1])*31+uint(w[n/2])*7+uint(w[0]))%uint(len(l.known))]
	if k.text != w {
		before := len(l.faults)
		k.text, k.kind = w, l.classify(w, foreign)
		if len(l.faults) > before {
			k.text = "" // every place of an odd word is reported
		}
	}
	kind, start := k.kind, l.pos
	l.emit(kind, start+n)
	if kind == KwFunction && l.skipping == 0 {
		if p := l.back(2); p.Type == Word && l.contextID(p.Value) == "async" {
			p.Type = KwAsync
		}
	}
}

// classify finds the kind of a spelling and reports what is odd about it.
func (l *tokenizer) classify(w string, foreign bool) Kind {
	if foreign {
		return l.classifyForeign(w)
	}
	if kw := words.Keyword(w); kw != nil {
		return keywordKind(kw)
	}
	if v := words.Lookup(w); v != nil {
		if v.ID == "break" || v.ID == "continue" {
			l.flags |= flagLoopWords
		}
		return Word
	}
	l.checkDecomposed(w)
	return Ident
}

// keywordKind is the kind of a keyword's token.
func keywordKind(w *words.Word) Kind {
	if k := kindOfToken[w.Token]; k != 0 {
		return k
	}
	if w.Class == words.Reserved {
		return KwReserved
	}
	return Word
}

// classifyForeign finds the kind of a word with letters of another Indic script: the whole word first, then its
// repair; a word that stays foreign is an error.
func (l *tokenizer) classifyForeign(w string) Kind {
	v, name, _ := words.Resolve(w)
	end := l.pos + len(w)
	switch {
	case v != nil && name == w:
		l.fixable(WarnMixedScript, l.pos, end, v.Tamil[0], w, v.Tamil[0])
		return Word
	case words.HasForeign(name):
		l.fault(CodeForeign, l.pos, end, w, nearestTamil(w))
		return Ident
	}
	l.fixable(WarnMixedScript, l.pos, end, name, w, name)
	if kw := words.Keyword(name); kw != nil {
		return keywordKind(kw)
	}
	if v != nil {
		return Word
	}
	return Ident
}

// checkDecomposed warns when a name is a keyword but for a vowel sign written in two parts. The name stays a name.
func (l *tokenizer) checkDecomposed(w string) {
	if !strings.Contains(w, "\u0bbe") && !strings.Contains(w, "\u0bd7") {
		return
	}
	composed := norm.NFC.String(w)
	if composed != w && words.Lookup(composed) != nil {
		l.fixable(WarnDecomposed, l.pos, l.pos+len(w), composed, w, composed)
	}
}

// wordOf finds the vocabulary's entry of a spelling as it stands in the source, or nil.
func wordOf(spelling string) *words.Word {
	if w := words.Lookup(spelling); w != nil {
		return w
	}
	if !words.HasForeign(spelling) {
		return nil
	}
	w, _, _ := words.Resolve(spelling)
	return w
}

// nameText is the name that a spelling stands for.
func nameText(spelling string) string {
	for i := 0; i+1 < len(spelling); i++ {
		if spelling[i] == 0xE0 && spelling[i+1] != 0xAE && spelling[i+1] != 0xAF {
			return foreignName(spelling)
		}
	}
	return spelling
}

func foreignName(spelling string) string {
	if words.Lookup(spelling) != nil {
		return spelling
	}
	name, mixed := words.Repair(spelling)
	if mixed {
		return name
	}
	return spelling
}
