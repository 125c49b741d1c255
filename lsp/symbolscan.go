package lsp

import (
	"strings"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// scan reads off a text's tokens what index.Outline reads off its tree, but for imports: a folder of a thousand files is
// looked through in the time in which a few are parsed.
func scan(src string) []index.Entry {
	toks, _ := syntax.Lex(src)
	s := &scanner{src: src, toks: toks, seen: map[string]bool{}}
	for s.i = 0; s.i < len(toks) && toks[s.i].Type != syntax.EOF; s.i++ {
		s.token(&toks[s.i])
	}
	return s.list
}

// scanner walks over tokens. What is declared inside of something is its child in In, not in Children.
type scanner struct {
	src   string
	toks  []syntax.Token
	i     int
	open  []opening
	begun opening // what the next brace opens
	seen  map[string]bool
	list  []index.Entry
}

// opening is an open bracket.
type opening struct {
	bracket syntax.Kind
	shape   bool
	name    string // what it belongs to
}

func (s *scanner) at(n int) *syntax.Token {
	if i := s.i + n; i >= 0 && i < len(s.toks) {
		return &s.toks[i]
	}
	return &s.toks[len(s.toks)-1]
}

func (s *scanner) token(t *syntax.Token) {
	starts := s.starts()
	switch t.Type {
	case syntax.LBrace:
		s.begun.bracket = t.Type
		s.push(s.begun)
	case syntax.LParen, syntax.LBrack:
		s.push(opening{bracket: t.Type})
	case syntax.RBrace, syntax.RParen, syntax.RBrack:
		s.close(t.Type)
	case syntax.Semi:
		s.begun = opening{}
	case syntax.KwFunction:
		if name := s.at(1).Type; (isNameToken(name) || name == syntax.Text) && s.at(2).Type == syntax.LParen {
			s.function()
			return
		}
	}
	switch {
	case s.inShape() != "" && s.startsField():
		s.field()
	case len(s.open) == 0 && starts:
		s.statement(t)
	}
}

// maxOpen bounds how deep brackets are followed: no program goes deeper.
const maxOpen = 1000

func (s *scanner) push(o opening) {
	if o.bracket == syntax.LBrace {
		s.begun = opening{}
	}
	if len(s.open) < maxOpen {
		s.open = append(s.open, o)
	}
}

// close takes the innermost open bracket of a kind away, with what was not closed inside of it.
func (s *scanner) close(k syntax.Kind) {
	opens := map[syntax.Kind]syntax.Kind{syntax.RBrace: syntax.LBrace, syntax.RParen: syntax.LParen, syntax.RBrack: syntax.LBrack}[k]
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i].bracket == opens {
			s.open = s.open[:i]
			return
		}
	}
}

// starts tells whether a statement of the top level starts at the token.
func (s *scanner) starts() bool {
	if s.i == 0 {
		return true
	}
	p := s.at(-1).Type
	return p == syntax.Semi || p == syntax.RBrace
}

// inShape is the shape whose members stand at the token, "" where none do.
func (s *scanner) inShape() string {
	if n := len(s.open); n > 0 && s.open[n-1].shape {
		return s.open[n-1].name
	}
	return ""
}

func (s *scanner) startsField() bool {
	switch s.at(-1).Type {
	case syntax.LBrace, syntax.Comma, syntax.RBrace:
		return s.at(0).Type != syntax.RBrace
	}
	return false
}

func isNameToken(k syntax.Kind) bool {
	return k == syntax.Ident || k == syntax.Word || k == syntax.KwConst || k == syntax.KwShape
}

func isTypeToken(k syntax.Kind) bool {
	return k >= syntax.KwNumber && k <= syntax.KwDate || k == syntax.KwFunction
}

func (s *scanner) add(kind index.Kind, t *syntax.Token, name, detail, of string) {
	end := t.Pos.Offset + len(t.Value)
	s.list = append(s.list, index.Entry{Name: name, Kind: kind, Detail: detail, Of: of, At: syntax.Span{Start: t.Pos.Offset, End: end}})
}

func (s *scanner) function() {
	name := s.at(1)
	kind, of := index.Function, s.inShape()
	if of != "" {
		kind = index.Method
	}
	text := strings.Trim(name.Value, `"`)
	s.add(kind, name, text, "", s.owner())
	s.begun = opening{name: text}
	s.i++ // the name is no statement
}

// owner is what the innermost brace belongs to.
func (s *scanner) owner() string {
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i].name != "" {
			return s.open[i].name
		}
	}
	return ""
}

func (s *scanner) field() {
	first, at := s.at(0), 0
	if isNameToken(first.Type) && s.at(1).Type == syntax.Colon {
		s.add(index.Field, first, first.Value, "", s.inShape())
		return
	}
	next := s.at(1).Type
	if isTypeToken(first.Type) || isNameToken(first.Type) && (isNameToken(next) || next == syntax.LBrack) {
		at = s.behindType(0)
	}
	if name := s.at(at); isNameToken(name.Type) {
		s.add(index.Field, name, name.Value, "", s.inShape())
	}
}

// behindType is the number of the token behind a type that starts at the nth.
func (s *scanner) behindType(n int) int {
	n++
	if s.at(n).Type != syntax.LBrack {
		return n
	}
	for depth := 0; ; n++ {
		switch s.at(n).Type {
		case syntax.LBrack:
			depth++
		case syntax.RBrack:
			if depth--; depth == 0 {
				return n + 1
			}
		case syntax.EOF, syntax.Semi, syntax.LBrace:
			return n
		}
	}
}

// statement reads a statement of the top level.
func (s *scanner) statement(t *syntax.Token) {
	switch {
	case (t.Type == syntax.KwShape || t.Type == syntax.Word && isShapeWord(t.Value)) && isNameToken(s.at(1).Type) && (s.at(2).Type == syntax.LBrace || s.at(2).Type == syntax.LBrack):
		s.add(index.Shape, s.at(1), s.at(1).Value, "", "")
		s.begun = opening{shape: true, name: s.at(1).Value}
		s.i++
	case t.Type == syntax.KwRoute:
		s.route()
	case t.Type == syntax.KwEvery:
		s.named(index.Event, s.at(1), t.Value)
	case t.Type == syntax.Word && s.runsLater(t):
		arg := s.at(1)
		if arg.Type == syntax.LParen {
			arg = s.at(2)
		}
		s.named(index.Event, arg, t.Value)
	default:
		s.variable()
	}
}

// isShapeWord tells the other spellings of வடிவம், which are words of the language elsewhere.
func isShapeWord(word string) bool {
	w := words.Lookup(word)
	return w != nil && w.Token == "Shape"
}

// route adds a route, by its path as it is written where that is no text alone.
func (s *scanner) route() {
	first, last := s.at(3), s.at(3)
	if s.at(2).Type != syntax.Comma {
		s.named(index.Route, s.at(0), s.at(1).Value)
		return
	}
	for n := 3; ; n++ {
		switch t := s.at(n); t.Type {
		case syntax.Comma, syntax.LBrace, syntax.Semi, syntax.EOF:
			if first == last {
				s.named(index.Route, first, s.at(1).Value)
				return
			}
			at := syntax.Span{Start: first.Pos.Offset, End: last.Pos.Offset + len(last.Value)}
			name := strings.Join(strings.Fields(s.src[at.Start:at.End]), " ")
			s.list = append(s.list, index.Entry{Name: name, Kind: index.Route, Detail: s.at(1).Value, At: at})
			s.begun = opening{name: name}
			return
		default:
			last = t
		}
	}
}

// named adds a route or an event, by the text or number that names it, else by its word.
func (s *scanner) named(kind index.Kind, t *syntax.Token, word string) {
	name := word
	switch t.Type {
	case syntax.Text:
		name = strings.Trim(t.Value, `"`)
	case syntax.Number:
		name = t.Value
	default:
		t = s.at(0)
	}
	s.add(kind, t, name, word, "")
	s.begun = opening{name: name}
}

// runsLater tells a word whose block, which follows in the same statement, runs later.
func (s *scanner) runsLater(t *syntax.Token) bool {
	w := words.Lookup(t.Value)
	if w == nil || w.Runs != words.RunsLater {
		return false
	}
	for n := 1; ; n++ {
		switch s.at(n).Type {
		case syntax.LBrace:
			return true
		case syntax.Semi, syntax.RBrace, syntax.EOF:
			return false
		}
	}
}

// variable reads NAME = …, and a declaration with its type in front.
func (s *scanner) variable() {
	n := 0
	if s.at(0).Type == syntax.KwConst && s.at(1).Type != syntax.Assign {
		n++
	}
	if isTypeToken(s.at(n).Type) || isNameToken(s.at(n).Type) && (isNameToken(s.at(n+1).Type) || s.at(n+1).Type == syntax.LBrack) {
		n = s.behindType(n)
	}
	name, next := s.at(n), s.at(n+1).Type
	if next == syntax.Colon { // NAME: TYPE
		next = s.at(s.behindType(n + 2)).Type
	} else if isTypeToken(next) { // NAME TYPE
		next = s.at(n + 2).Type
	} else if next == syntax.Semi && n == 0 {
		return // NAME; is no declaration of an outline
	}
	if isNameToken(name.Type) && (next == syntax.Assign || next == syntax.Semi) && !s.seen[name.Value] {
		s.seen[name.Value] = true
		s.add(index.Variable, name, name.Value, "", "")
		s.begun = opening{name: name.Value}
	}
}
