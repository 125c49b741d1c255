package refactor

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// script is how the words around the selection are spelt.
type script uint8

const (
	tamil script = iota
	roman
	english
)

// script finds the spelling that most keywords of the tree have.
func (p *place) script() script {
	var n [3]int
	if p.tree != nil {
		for i := range p.tree.Tokens {
			t := &p.tree.Tokens[i]
			switch {
			case t.Type < syntax.KwNumber:
			case t.Value[0] >= 0x80:
				n[tamil]++
			case t.Value[0] == '_':
				n[english]++
			default:
				n[roman]++
			}
		}
	}
	switch {
	case n[roman] > n[tamil] && n[roman] >= n[english]:
		return roman
	case n[english] > n[tamil]:
		return english
	}
	return tamil
}

// word spells a word of the language, given in Tamil, as the words around the selection are.
func (p *place) word(s string) string {
	w := words.Lookup(s)
	if w == nil {
		return s
	}
	switch p.script() {
	case roman:
		if len(w.Roman) > 0 {
			return w.Roman[0]
		}
	case english:
		if len(w.English) > 0 {
			return w.English[0]
		}
	}
	return s
}

// fresh is a name that stands nowhere in the program yet, made of one in Tamil and in English.
func (p *place) fresh(tamilName, englishName string) string {
	name := tamilName
	switch p.script() {
	case roman:
		name = ezuqqu.FromTamil(tamilName)
	case english:
		name = englishName
	}
	for n := 1; ; n++ {
		try := name
		if n > 1 {
			try += "_" + strconv.Itoa(n)
		}
		if words.Lookup(try) == nil && !p.written(try) {
			return try
		}
	}
}

// written tells whether a text stands anywhere in the program.
func (p *place) written(name string) bool {
	for _, f := range p.Names.Program().Files {
		if strings.Contains(f.Src, name) {
			return true
		}
	}
	return false
}

// isName tells whether a text can be written as a field's name without quotes.
func isName(s string) bool {
	toks, faults := syntax.Lex(s)
	return len(faults) == 0 && len(toks) == 2 && toks[0].Value == s && toks[0].Type == syntax.Ident
}
