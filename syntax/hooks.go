package syntax

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The hooks of this file and of expr.go read what participle's tags would read too slowly or without recovery. A hook
// answers NextMatch before it has consumed anything and no other error: problems become faults in its node.

// noteFault counts a fault of the parse and remembers its place.
func noteFault(lex *lexer.PeekingLexer, at int) {
	s := stateOf(lex)
	s.Line++
	s.Offset = at
}

// silenced tells whether a fault at the next token, t, would only repeat what is known: the lexer has reported the token,
// or a fault stands at the same place or just before it already.
func silenced(lex *lexer.PeekingLexer, t *Token, code string) bool {
	if t.Type == Invalid || t.Type == BadText {
		return true
	}
	s := stateOf(lex)
	if s.Line == 0 || s.Offset == t.Pos.Offset {
		return s.Line > 0
	}
	for n := -1; n >= -min(echoOf(code), int(lex.RawCursor())-1); n-- {
		switch t := tokenAt(lex, n); {
		case t.Type == Semi || t.Type == LBrace || t.Type == RBrace || t.Pos.Offset < s.Offset:
			return false
		case t.Pos.Offset == s.Offset:
			return true
		}
	}
	return false
}

// forget lets the faults before a statement have no echo in it, but for one at its first token.
func forget(lex *lexer.PeekingLexer) {
	if s := stateOf(lex); s.Offset != lex.Peek().Pos.Offset {
		s.Offset = -1
	}
}

// echoOf is how many tokens behind a fault, in the same statement, another one of a code counts as its echo. A reserved
// word in a name's place and a semicolon missing at the end of a line are slips of their own.
func echoOf(code string) int {
	switch code {
	case CodeNoSemicolon:
		return 0
	case CodeReserved:
		return 1
	}
	return 2
}

// faultAt makes a fault at the next token; ok is false where it would repeat another or the file has enough of them.
func faultAt(lex *lexer.PeekingLexer, code string, args ...string) (f Fault, ok bool) {
	t := lex.Peek()
	quiet := silenced(lex, t, code)
	noteFault(lex, t.Pos.Offset)
	if quiet || stateOf(lex).Line > MaxFaults {
		return f, false
	}
	return Fault{Code: code, Span: tokenSpan(t), Args: args}, true
}

// expected makes the fault that something else than the next token should stand here.
func expected(lex *lexer.PeekingLexer, want string) (Fault, bool) {
	return faultAt(lex, CodeExpected, want, foundSymbol(lex.Peek()))
}

// addExpected adds such a fault to a node's own.
func addExpected(faults *[]Fault, lex *lexer.PeekingLexer, want string) {
	if f, ok := expected(lex, want); ok {
		*faults = append(*faults, f)
	}
}

// addUnclosed adds the fault that a bracket is still open.
func addUnclosed(faults *[]Fault, lex *lexer.PeekingLexer, want Kind, open *Token) {
	if f, ok := faultAt(lex, CodeUnclosed, Symbol(want), foundSymbol(lex.Peek())); ok {
		f.Opener = tokenSpan(open)
		*faults = append(*faults, f)
	}
}

// makeName reads the next token as a name.
func makeName(lex *lexer.PeekingLexer) *Name {
	n := &Name{}
	n.take(lex.Next())
	return n
}

func (n *Name) take(t *Token) {
	n.Tok = *t
	switch t.Type {
	case Text, BadText:
		n.Text = textValue(t)
	case Ident, Word:
		n.Text = nameText(t.Value)
	default:
		n.Text = t.Value
	}
}

// afterReserved are the tokens that tell that a reserved word before them was meant as a name.
var afterReserved = kindsOf(LParen, RParen, Assign, Semi, Comma, LBrace, RBrace, Colon, KwIn, LBrack)

// Parse reads a name, quoted or not. A reserved word in its place is taken and reported.
func (n *Name) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	switch {
	case nameable.has(t.Type), t.Type == Text, t.Type == BadText:
		n.take(lex.Next())
		return nil
	case anyWord.has(t.Type) && afterReserved.has(ahead(lex)[1].Type) && !newlineBefore(lex):
		n.misuse = !silenced(lex, t, CodeReserved)
		n.take(lex.Next())
		noteFault(lex, t.Pos.Offset)
		return nil
	}
	return participle.NextMatch
}

// Parse reads a declared type: a type word, செயல், or a shape's name with arguments in square brackets.
func (ty *Type) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if !nameable.has(t.Type) && !declares.has(t.Type) {
		return participle.NextMatch
	}
	ty.Name = makeName(lex)
	ty.Kind = typeKind(t.Type)
	if t.Type == Word {
		if w := wordOf(t.Value); w != nil {
			ty.Kind = typeKind(kindOfToken[w.Token]) // சரம்
		}
	}
	if lex.Peek().Type == LBrack {
		ty.args(lex)
	}
	ty.end = previousEnd(lex)
	return nil
}

// args reads [T, …]. The lexer bounds how deep they nest.
func (ty *Type) args(lex *lexer.PeekingLexer) {
	lex.Next()
	for {
		a := &Type{}
		if a.Parse(lex) != nil {
			break
		}
		ty.Args = append(ty.Args, a)
		if lex.Peek().Type != Comma {
			break
		}
		lex.Next()
	}
	if lex.Peek().Type == RBrack {
		lex.Next()
		return
	}
	addExpected(&ty.faults, lex, Symbol(RBrack))
}

// Parse reads a path or other text that must be quoted.
func (x *TextLit) Parse(lex *lexer.PeekingLexer) error {
	if t := lex.Peek(); t.Type != Text && t.Type != BadText {
		return participle.NextMatch
	}
	x.Tok = *lex.Next()
	x.Value = textValue(&x.Tok)
	return nil
}

// Parse reads ( parameters ) and a result type.
func (s *Signature) Parse(lex *lexer.PeekingLexer) error {
	if lex.Peek().Type != LParen {
		return participle.NextMatch
	}
	s.Open = *lex.Next()
	for lex.Peek().Type != RParen {
		if !s.param(lex) || lex.Peek().Type != Comma {
			break
		}
		lex.Next()
	}
	if lex.Peek().Type == RParen {
		lex.Next()
	} else {
		addUnclosed(&s.Faults, lex, RParen, &s.Open)
		skipTo(lex, RParen)
	}
	s.result(lex)
	s.end = previousEnd(lex)
	return nil
}

// skipTo passes over what stands before a bracket's end on the same line.
func skipTo(lex *lexer.PeekingLexer, k Kind) {
	for n := 0; ; n++ {
		t := tokenAt(lex, n)
		if t.Type == k {
			for ; n >= 0; n-- {
				lex.Next()
			}
			return
		}
		if t.EOF() || t.Type == LBrace || t.Type == Semi || t.Type == RBrace || t.Pos.Line != lex.Peek().Pos.Line {
			return
		}
	}
}

// param reads [நிலை] [T | செயல் | NAME] NAME or NAME : T.
func (s *Signature) param(lex *lexer.PeekingLexer) bool {
	p := &Param{}
	la := ahead(lex)
	if la[0].Type == KwConst && (nameable.has(la[1].Type) || declares.has(la[1].Type)) {
		p.Fixed = true
		lex.Next()
		la = ahead(lex)
	}
	if nameable.has(la[0].Type) && la[1].Type == Colon {
		p.Name = makeName(lex)
		lex.Next()
		p.Type = s.typeAfterColon(lex)
		s.Params = append(s.Params, p)
		return true
	}
	if !nameable.has(la[0].Type) && !declares.has(la[0].Type) && !anyWord.has(la[0].Type) {
		addExpected(&s.Faults, lex, Symbol(Ident))
		return false
	}
	if declares.has(la[0].Type) || nameable.has(la[1].Type) || la[1].Type == LBrack {
		if t := (&Type{}); t.Parse(lex) == nil {
			p.Type = t
		}
	}
	p.Name = &Name{}
	if t := lex.Peek(); t.Type == Text || t.Type == BadText || p.Name.Parse(lex) != nil {
		addExpected(&s.Faults, lex, Symbol(Ident))
		p.Name = nil
		if p.Type != nil {
			s.Params = append(s.Params, p)
		}
		return false
	}
	s.Params = append(s.Params, p)
	return true
}

func (s *Signature) typeAfterColon(lex *lexer.PeekingLexer) *Type {
	t := &Type{}
	if t.Parse(lex) != nil {
		addExpected(&s.Faults, lex, "வகை (a type)")
		return nil
	}
	return t
}

// result reads the type between ) and {, with or without a colon.
func (s *Signature) result(lex *lexer.PeekingLexer) {
	colon := lex.Peek().Type == Colon
	if colon {
		lex.Next()
	} else if newlineBefore(lex) && ahead(lex)[1].Type != LBrace && ahead(lex)[1].Type != LBrack {
		return
	}
	t := &Type{}
	if t.Parse(lex) == nil {
		s.Result = t
	} else if colon {
		addExpected(&s.Faults, lex, "வகை (a type)")
	}
}

// Parse reads { statements }. A declaration in the first column ends a block that was never closed.
func (b *Block) Parse(lex *lexer.PeekingLexer) error {
	if lex.Peek().Type != LBrace {
		return participle.NextMatch
	}
	b.Open = *lex.Next()
	b.Stmts, b.Faults = parseStmts(lex)
	if lex.Peek().Type == RBrace {
		b.Close = *lex.Next()
	} else {
		addUnclosed(&b.Faults, lex, RBrace, &b.Open)
	}
	b.end = previousEnd(lex)
	return nil
}

// parseElse reads இன்றேல் { } and any number of இன்றேல் (…) எனில் { } before it, without recursion.
func parseElse(lex *lexer.PeekingLexer) (ElseBranch, error) {
	if lex.Peek().Type != KwElse {
		return nil, participle.NextMatch
	}
	head := &IfStmt{}
	last := head
	for n := 0; lex.Peek().Type == KwElse; n++ {
		lex.Next()
		if lex.Peek().Type != LParen || n > MaxChain {
			last.Else = elseBlock(lex)
			break
		}
		next := &IfStmt{Open: *lex.Next()}
		next.Cond, _ = parseCond(lex)
		next.Then = ifBlock(lex)
		next.end = previousEnd(lex)
		last.Else = next
		last = next
	}
	end := previousEnd(lex)
	for s := head; ; {
		next, ok := s.Else.(*IfStmt)
		if !ok {
			return head.Else, nil
		}
		next.end = end
		s = next
	}
}

func elseBlock(lex *lexer.PeekingLexer) *Block {
	b := &Block{}
	if b.Parse(lex) != nil {
		addExpected(&b.Faults, lex, Symbol(LBrace)+" / "+Symbol(LParen))
		b.end = previousEnd(lex)
	}
	return b
}

// ifBlock reads எனில் { }.
func ifBlock(lex *lexer.PeekingLexer) *Block {
	b := &Block{}
	if lex.Peek().Type != KwIf {
		addExpected(&b.Faults, lex, Symbol(KwIf))
	} else {
		lex.Next()
	}
	if lex.Peek().Type == LBrace {
		_ = b.Parse(lex)
		return b
	}
	addExpected(&b.Faults, lex, Symbol(LBrace))
	b.end = previousEnd(lex)
	return b
}
