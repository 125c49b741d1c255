package syntax

import "github.com/alecthomas/participle/v2/lexer"

// Two slips of the pen break a statement and the next one too: a semicolon exchanged with what stands beside it, and a
// function without its first word. The functions of this file find out what was meant, so that each is one fault.

// exchanged tells whether the statement's last semicolon, at which a fault stands, was exchanged with the token before it:
// அ = ;1 at the end of a line.
func exchanged(lex *lexer.PeekingLexer) bool {
	s, semi := stateOf(lex), previous(lex)
	if s.Line == 0 || semi.Type != Semi || s.Offset != semi.Pos.Offset {
		return false
	}
	la := ahead(lex)
	t, next := &la[0], &la[1]
	return !t.EOF() && t.Type != RBrace && t.Type != Semi && t.Pos.Line == semi.Pos.Line && !opened.has(t.Type) &&
		(next.EOF() || next.Type == RBrace || next.Pos.Line > t.Pos.Line)
}

// passExchanged passes over a token that was exchanged with the semicolon before it, where a line starts with the
// semicolon: அ = 1ஆ, and on the next line ; = 2. The rest of that line belongs to no statement.
func passExchanged(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	t, semi, rest := &la[0], &la[1], &la[2]
	if !anyWord.has(t.Type) || semi.Type != Semi || semi.Pos.Line == t.Pos.Line || rest.EOF() || rest.Type == RBrace ||
		rest.Pos.Line != semi.Pos.Line {
		return false
	}
	lex.Next()
	lex.Next()
	return true
}

// wordlessFunction finds NAME (TYPE NAME …) {, which lacks its செயல்: arguments are never two names in a row.
func wordlessFunction(lex *lexer.PeekingLexer, la []Token) bool {
	t := la[2].Type
	typed := (declares.has(t) || t == Ident) && nameable.has(la[3].Type) ||
		la[3].Type == Comma && declares.has(tokenAt(lex, 4).Type) && nameable.has(tokenAt(lex, 5).Type)
	return typed && bodyAhead(lex, 1)
}

// parseWordless reads such a function. Its word stands before its name and has no length.
func parseWordless(lex *lexer.PeekingLexer) (Stmt, error) {
	before := lex.RawCursor()
	bad := &BadStmt{First: *lex.Peek()}
	f := &FuncDecl{Kw: bad.First, Sig: &Signature{}}
	f.Kw.Type, f.Kw.Value = KwFunction, ""
	addExpected(&bad.Faults, lex, Symbol(KwFunction))
	f.Name = makeName(lex)
	_ = f.Sig.Parse(lex)
	f.end = previousEnd(lex)
	bad.Partial = f
	bad.resync(lex, before)
	bad.end = previousEnd(lex)
	return bad, nil
}

// wordlessIf finds (…) { at the start of a statement: the word between them is missing.
func wordlessIf(lex *lexer.PeekingLexer) bool {
	n := afterBracket(lex, 0)
	return tokenAt(lex, n).Type == LBrace && tokenAt(lex, n-1).Type == RParen
}

// parseWordlessIf reads it as a condition.
func parseWordlessIf(lex *lexer.PeekingLexer) (Stmt, error) {
	before := lex.RawCursor()
	bad := &BadStmt{First: *lex.Peek()}
	s := &IfStmt{Open: *lex.Next()}
	s.Cond, _ = parseCond(lex)
	addExpected(&bad.Faults, lex, symbols([]Kind{KwIf, KwLoop}))
	s.end = previousEnd(lex)
	bad.Partial = s
	bad.resync(lex, before)
	if s.Then != nil {
		s.Else, _ = parseElse(lex)
		s.end = previousEnd(lex)
	}
	bad.end = previousEnd(lex)
	return bad, nil
}

// wordlessResult finds the same behind NAME (…) where a type and { follow.
func (s *BadStmt) wordlessResult(lex *lexer.PeekingLexer, read int) (Fault, bool) {
	la := ahead(lex)
	if read < 3 || previous(lex).Type != RParen || tokenAt(lex, 1-read).Type != LParen || la[1].Type != LBrace ||
		!declares.has(la[0].Type) && !nameable.has(la[0].Type) || newlineBefore(lex) {
		return Fault{}, false
	}
	return Fault{Code: CodeExpected, Span: tokenSpan(&s.First), Args: []string{Symbol(KwFunction), foundSymbol(&s.First)}}, true
}
