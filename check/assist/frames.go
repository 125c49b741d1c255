package assist

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// role tells what an open bracket holds.
type role uint8

const (
	roleBlock  role = iota // statements; also the file itself
	roleShape              // the members of a வடிவம்
	roleRecord             // key: value
	roleParams             // a செயல்'s parameters
	roleArgs               // a call's arguments
	roleGroup              // ( E )
	roleArray
	roleIndex
	roleTypes // type arguments
)

// frame is one bracket that is open at a place. Places of tokens are indexes into the scanner's tokens.
type frame struct {
	role   role
	open   int // the bracket; -1 for the file
	head   int // the first token of the current statement, element or argument
	commas int // how many commas of this bracket stand before the place
	// owner is the token whose bracket this is: the called word, the shape of a literal, the keyword of a block; -1
	// without one.
	owner int
}

// scanner follows the tokens of one declaration up to a place, and knows at every token what is open. It needs no tree,
// so that half-written code is as good as whole code.
type scanner struct {
	toks   []syntax.Token
	frames []frame
	// ended is the owner of the block that the last } closed, for the clauses that may follow it; -1 otherwise.
	ended int
	// group is the opening bracket of the ( ) that the last ) closed at the start of a statement, or -1.
	group int
	// params tells that the last ) closed a செயல்'s parameters.
	params bool
}

func scan(toks []syntax.Token) *scanner {
	s := &scanner{toks: toks, frames: make([]frame, 1, 8), ended: -1, group: -1}
	s.frames[0] = frame{open: -1, owner: -1}
	for i := range toks {
		s.step(i)
	}
	return s
}

func (s *scanner) top() *frame { return &s.frames[len(s.frames)-1] }

// kind is the kind of a token, EOF where there is none.
func (s *scanner) kind(i int) syntax.Kind {
	if i < 0 || i >= len(s.toks) {
		return syntax.EOF
	}
	return s.toks[i].Type
}

// word is the vocabulary's word of a token, or nil.
func (s *scanner) word(i int) *words.Word {
	if i < 0 || i >= len(s.toks) || !isWord(s.toks[i].Type) {
		return nil
	}
	w, _, _ := words.Resolve(s.toks[i].Value)
	return w
}

func (s *scanner) step(i int) {
	var opens role
	switch s.toks[i].Type {
	case syntax.LParen:
		opens = s.parenRole(i)
	case syntax.LBrack:
		opens = s.brackRole(i)
	case syntax.LBrace:
		opens = s.braceRole(i)
	}
	s.ended, s.group, s.params = -1, -1, false
	switch s.toks[i].Type {
	case syntax.LParen, syntax.LBrack, syntax.LBrace:
		s.push(i, opens)
	case syntax.RParen, syntax.RBrack, syntax.RBrace:
		s.close(i)
	case syntax.Comma:
		f := s.top()
		f.commas++
		if f.role != roleBlock {
			f.head = i + 1
		}
	case syntax.Semi:
		if f := s.top(); f.role == roleBlock {
			f.head, f.commas = i+1, 0
		}
	}
}

func (s *scanner) push(i int, r role) {
	f := frame{role: r, open: i, head: i + 1, owner: -1}
	switch r {
	case roleArgs, roleParams:
		f.owner = i - 1
	case roleBlock, roleShape, roleRecord:
		f.owner = s.braceOwner(i)
	}
	s.frames = append(s.frames, f)
}

// close ends brackets: } everything down to its {, as the parser does; ) and ] only what they fit.
func (s *scanner) close(i int) {
	want := map[syntax.Kind]syntax.Kind{syntax.RParen: syntax.LParen, syntax.RBrack: syntax.LBrack, syntax.RBrace: syntax.LBrace}[s.toks[i].Type]
	at := len(s.frames) - 1
	for want == syntax.LBrace && at > 0 && s.kind(s.frames[at].open) != want {
		at--
	}
	if at == 0 || s.kind(s.frames[at].open) != want {
		return
	}
	f := s.frames[at]
	s.frames = s.frames[:at]
	outer := s.top()
	switch {
	case f.role == roleBlock && (outer.role == roleBlock || outer.role == roleShape):
		if s.endsStatement(outer, f) {
			outer.head, outer.commas = i+1, 0
		}
		s.ended = f.owner
	case f.role == roleShape && outer.role == roleBlock:
		outer.head, outer.commas = i+1, 0
	case f.role == roleParams:
		s.params = true
	case f.role == roleGroup && outer.role == roleBlock && outer.head == f.open:
		s.group = f.open
	}
}

// endsStatement tells whether the block of an inner frame ends the statement around it: a lambda's block, and that of a
// call with a block inside an expression, do not.
func (s *scanner) endsStatement(outer *frame, inner frame) bool {
	if inner.owner < 0 {
		return true
	}
	switch w := s.word(inner.owner); {
	case s.kind(inner.owner) == syntax.KwFunction:
		return inner.owner == outer.head || s.kind(inner.owner-1) == syntax.KwAsync
	case s.toks[inner.owner].Type == syntax.Word && w != nil && w.Shape == words.ShapeCallBlock:
		return inner.owner == outer.head
	}
	return true
}

func (s *scanner) parenRole(i int) role {
	switch prev := s.kind(i - 1); {
	case prev == syntax.KwFunction:
		return roleParams
	case (isWord(prev) || prev == syntax.Text) && s.kind(i-2) == syntax.KwFunction:
		return roleParams
	case isName(prev), prev == syntax.KwPathParam, prev == syntax.KwDBQuery, prev == syntax.KwRequest,
		isWord(prev) && s.kind(i-2) == syntax.Dot, prev == syntax.RParen && !s.params && s.group < 0, prev == syntax.RBrack:
		return roleArgs
	}
	return roleGroup
}

func (s *scanner) brackRole(i int) role {
	switch prev := s.kind(i - 1); {
	case isName(prev) && s.kind(i-2) == syntax.KwShape:
		return roleTypes
	case isName(prev), prev == syntax.RParen, prev == syntax.RBrack, prev == syntax.Text, prev == syntax.Quest,
		isWord(prev) && s.kind(i-2) == syntax.Dot:
		return roleIndex
	}
	return roleArray
}

// braceRole tells a block from a record as the parser does (services.md rules 1 and 2).
func (s *scanner) braceRole(i int) role {
	f := s.top()
	switch prev := s.kind(i - 1); prev {
	case syntax.KwIf, syntax.KwElse, syntax.KwLoop, syntax.KwTry, syntax.KwCatch, syntax.KwFinally, syntax.KwRetry,
		syntax.KwTimeout, syntax.EOF, syntax.Semi, syntax.LBrace, syntax.RBrace:
		return roleBlock
	case syntax.Assign, syntax.LParen, syntax.LBrack, syntax.Colon, syntax.KwReturn, syntax.KwPrint, syntax.Spread:
		return roleRecord
	case syntax.Comma:
		return roleRecord
	default:
		if s.params || s.group >= 0 {
			return roleBlock
		}
		if isType(prev) && (s.kind(i-2) == syntax.RParen || s.kind(i-2) == syntax.Colon) {
			return roleBlock
		}
	}
	if isName(s.kind(i-1)) && s.kind(i-2) == syntax.KwShape || s.kind(f.head) == syntax.KwShape && s.kind(i-1) == syntax.RBrack {
		return roleShape
	}
	if f.role == roleBlock && s.blockHead(f.head) {
		return roleBlock
	}
	return s.wordBrace(i)
}

// blockHead tells whether a statement that starts with a token has a block of its own.
func (s *scanner) blockHead(head int) bool {
	switch s.kind(head) {
	case syntax.KwForEach, syntax.KwRoute, syntax.KwEvery, syntax.KwFunction, syntax.KwAsync, syntax.KwCatch:
		return true
	case syntax.Word:
		w := s.word(head)
		return w != nil && (w.Shape == words.ShapeDeclBlock || w.Shape == words.ShapeStmt && w.Runs != words.RunsNone)
	}
	return false
}

// wordBrace decides by the word before the brace, or before the brackets before it.
func (s *scanner) wordBrace(i int) role {
	w := s.word(s.braceOwner(i))
	if w == nil {
		return roleRecord
	}
	switch w.Shape {
	case words.ShapeBuilder:
		return roleRecord
	case words.ShapeCallBlock, words.ShapeMethodBlock, words.ShapeDeclBlock, words.ShapeStmt:
		return roleBlock
	}
	return roleRecord
}

// braceOwner is the token that a { belongs to: the keyword of a block, the name before a literal, the word before the
// brackets of a call, செயல் before parameters; -1 without one.
func (s *scanner) braceOwner(i int) int {
	f := s.top()
	if f.role == roleBlock && s.blockHead(f.head) {
		return f.head
	}
	at := i - 1
	if isType(s.kind(at)) && s.kind(at-1) == syntax.RParen {
		at--
	}
	if s.kind(at) == syntax.RParen {
		open := s.opener(at)
		switch {
		case open < 0:
			return -1
		case s.kind(open-1) == syntax.KwFunction:
			return open - 1
		case s.kind(open-2) == syntax.KwFunction:
			return open - 2
		}
		at = open - 1
	}
	if isWord(s.kind(at)) {
		return at
	}
	return -1
}

// opener finds the bracket that the token at i closes.
func (s *scanner) opener(i int) int {
	depth := 0
	for ; i >= 0; i-- {
		switch s.toks[i].Type {
		case syntax.RParen, syntax.RBrack, syntax.RBrace:
			depth++
		case syntax.LParen, syntax.LBrack, syntax.LBrace:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isWord tells a token that is spelt as a word, reserved ones included.
func isWord(k syntax.Kind) bool { return isName(k) || k >= syntax.KwNumber && k < syntax.NumKinds }

// isName tells a token that may be a program's own name.
func isName(k syntax.Kind) bool {
	return k == syntax.Ident || k == syntax.Word || k == syntax.KwConst || k == syntax.KwShape
}

// isType tells one of the words of declared types, or a name that may be a shape.
func isType(k syntax.Kind) bool {
	return k >= syntax.KwNumber && k <= syntax.KwDate || k == syntax.KwFunction || k == syntax.Ident
}
