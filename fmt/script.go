package format

import (
	"fmt"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Script is the script that keywords are to be written in.
type Script uint8

// The scripts. Keywords keep theirs unless another one is asked for.
const (
	KeepScript Script = iota
	Tamil
	Roman
)

// speller chooses the spelling of every token.
type speller struct {
	f    *syntax.File
	opt  Options
	word []bool // tokens that are keywords in their place, and no names
}

// respells tells whether the options ask for other spellings.
func (o Options) respells() bool { return o.Script != KeepScript || o.Canonical }

// spelling answers how each token is written in the result, and what verification takes for the same token.
func (o Options) spelling(f *syntax.File) (spell func(i int) string, same func(a, b *syntax.Token) bool, err error) {
	if !o.respells() {
		return func(i int) string { return f.Tokens[i].Value }, sameToken, nil
	}
	s := &speller{f: f, opt: o, word: make([]bool, len(f.Tokens))}
	for i := range f.Tokens {
		s.word[i] = f.Tokens[i].Type >= syntax.KwNumber
	}
	s.names()
	if o.Names == nil || o.Script == KeepScript {
		return s.spell, sameWord, nil
	}
	turned, err := o.Names.turn(f, o.Script)
	if err != nil {
		return nil, nil, err
	}
	spell = func(i int) string {
		if v, ok := turned[i]; ok {
			return v
		}
		return s.spell(i)
	}
	return spell, sameTurned(turned, f), nil
}

// respelled writes a file with new spellings and with everything between its tokens as it was.
func respelled(f *syntax.File, spell func(i int) string) *laidOut {
	l := &laidOut{text: make([]byte, 0, len(f.Src)), marks: make([]int32, len(f.Tokens))}
	end := 0
	for i := range f.Tokens {
		t := &f.Tokens[i]
		l.text = append(l.text, f.Src[end:t.Pos.Offset]...)
		l.marks[i] = int32(len(l.text))
		l.text = append(l.text, spell(i)...)
		end = t.Pos.Offset + len(t.Value)
	}
	return l
}

// sameTurned is the rule of turning names: beside sameWord, a name may have become what it was to become.
func sameTurned(turned map[int]string, f *syntax.File) func(a, b *syntax.Token) bool {
	i := -1
	return func(a, b *syntax.Token) bool {
		i++ // verify asks for every token in order
		v, ok := turned[i]
		return ok && a == &f.Tokens[i] && b.Value == v || sameWord(a, b)
	}
}

// names finds which words are names where they stand – a field, a key, a variable – and which only look like names.
func (s *speller) names() {
	m := &marker{f: s.f, toks: s.f.Tokens}
	set := func(t *syntax.Token, is bool) {
		if t.Type != 0 {
			s.word[m.tok(t)] = is
		}
	}
	var types []*syntax.Type
	syntax.Walk(s.f, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Name:
			set(&n.Tok, false)
		case *syntax.NameExpr:
			set(&n.Tok, n.Tok.Type == syntax.KwRequest)
		case *syntax.Type:
			if n.Kind != syntax.TypeShape {
				types = append(types, n)
			}
		case *syntax.WordStmt:
			set(&n.Tok, true)
		case *syntax.ConnectStmt:
			set(&n.Handle, false)
		case *syntax.DisconnectStmt:
			set(&n.Handle, false)
		case *syntax.QueryStmt:
			set(&n.Handle, false)
		case *syntax.ExecStmt:
			set(&n.Handle, false)
		}
		return true
	})
	for _, t := range types {
		set(&t.Name.Tok, true)
	}
}

func (s *speller) spell(i int) string {
	v := s.f.Tokens[i].Value
	if !s.word[i] {
		return v
	}
	w, name, _ := words.Resolve(v)
	if w == nil {
		return v
	}
	if s.opt.Canonical {
		v = words.Preferred(name)
	}
	switch s.opt.Script {
	case Tamil:
		return inScript(w, v, w.Tamil, ezuqqu.ToTamil)
	case Roman:
		return inScript(w, v, w.Roman, ezuqqu.FromTamil)
	}
	return v
}

// inScript finds the spelling of a word among those of a script: the one that is written like it letter by letter, so
// that the way back leads to the same spelling, else the first.
func inScript(w *words.Word, v string, list []string, turn func(string) string) string {
	turned := turn(v)
	for _, s := range list {
		if s == v || s == turned {
			return s
		}
	}
	if len(list) == 0 || words.Lookup(list[0]) != w {
		return v // it has no spelling there, or shares it with another word
	}
	return list[0]
}

// sameWord is the rule of re-spelling: a token stays what it is, or is another spelling of the same word.
func sameWord(a, b *syntax.Token) bool {
	if a.Value == b.Value {
		return a.Type == b.Type
	}
	x, _, _ := words.Resolve(a.Value)
	y, _, _ := words.Resolve(b.Value)
	return x != nil && x == y
}

// ParseScript reads a script's name: tamil or roman.
func ParseScript(s string) (Script, error) {
	switch s {
	case "tamil":
		return Tamil, nil
	case "roman":
		return Roman, nil
	}
	return KeepScript, fmt.Errorf("%q: tamil, roman", s)
}
