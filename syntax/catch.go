package syntax

import "github.com/alecthomas/participle/v2/lexer"

// settleTry asks for at least one clause. Where a clause follows that the lexer could not take for one, because its word
// or what stands in its brackets is damaged, it is read here and reported at the damage.
func settleTry(lex *lexer.PeekingLexer, s *TryStmt) {
	if s.Body == nil || s.Catch != nil || s.Finally != nil || s.CatchKw.Type != 0 || len(s.Body.Faults) > 0 {
		return
	}
	if known := stateOf(lex).Line; damagedCatch(lex, s) && stateOf(lex).Line > known {
		return
	}
	noteFault(lex, s.Kw.Pos.Offset)
	s.Faults = append(s.Faults, Fault{
		Code: CodeTryAlone, Span: tokenSpan(&s.Kw),
		Args: []string{Symbol(KwTry), Symbol(KwCatch), Symbol(KwFinally)},
	})
}

// damagedCatch reads பிழை (…) { } and (…) { } behind the block of a முயல்.
func damagedCatch(lex *lexer.PeekingLexer, s *TryStmt) bool {
	n := 0
	for isWord(tokenAt(lex, n), "catch") {
		n++
	}
	if tokenAt(lex, n).Type != LParen {
		return false
	}
	end := afterBracket(lex, n)
	if tokenAt(lex, end).Type != LBrace || tokenAt(lex, end-1).Type != RParen {
		return false
	}
	if n == 0 {
		addExpected(&s.Faults, lex, Symbol(KwCatch))
	}
	for i := range n {
		if i == 1 {
			addExpected(&s.Faults, lex, Symbol(LParen))
		}
		s.CatchKw = *lex.Next()
	}
	lex.Next()
	name := &Name{}
	if t := lex.Peek().Type; t != Text && t != BadText && name.Parse(lex) == nil {
		s.Var = name
	} else {
		addExpected(&s.Faults, lex, Symbol(Ident))
	}
	if lex.Peek().Type != RParen {
		addExpected(&s.Faults, lex, Symbol(RParen))
	}
	for lex.Peek().Type != LBrace {
		lex.Next()
	}
	s.Catch = &Block{}
	_ = s.Catch.Parse(lex)
	if isWord(lex.Peek(), "finally") && ahead(lex)[1].Type == LBrace {
		lex.Next()
		s.Finally = &Block{}
		_ = s.Finally.Parse(lex)
	}
	if lex.Peek().Type == Semi {
		lex.Next()
	}
	return true
}

// isWord tells whether a token is a word of the vocabulary.
func isWord(t *Token, id string) bool {
	if t.Type != Word {
		return false
	}
	w := wordOf(t.Value)
	return w != nil && w.ID == id
}
