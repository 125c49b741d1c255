package syntax

import (
	"errors"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/etamil-lang/etamil/syntax/words"
)

// errSemi is what a hook that is a production of its own answers where its semicolon is missing.
var errSemi = errors.New("semicolon expected")

// parseStmts reads statements up to a } or the end. It answers the faults that belong to no statement.
func parseStmts(lex *lexer.PeekingLexer) (out []Stmt, faults []Fault) {
	for {
		s := parseNext(lex, true, &faults)
		if s == nil {
			return out, faults
		}
		out = append(out, s)
	}
}

// parseTop reads the next statement of a file, or answers nil at the end. A } that closes nothing is a statement of its
// own, so that no token is lost.
func parseTop(lex *lexer.PeekingLexer, faults *[]Fault) Stmt {
	if s := parseNext(lex, false, faults); s != nil || lex.Peek().EOF() {
		return s
	}
	return parseStmt(lex)
}

// parseNext passes over what does nothing and reads a statement, or answers nil before a } and at the end.
func parseNext(lex *lexer.PeekingLexer, inBlock bool, faults *[]Fault) Stmt {
	for {
		t := lex.Peek()
		switch {
		case t.EOF() || t.Type == RBrace:
			return nil
		case t.Type == Semi:
			if f, ok := idleFault(lex, WarnEmpty, t); ok {
				*faults = append(*faults, f)
			}
		case inBlock && dedented(lex):
			return nil
		case idleType(lex):
			if f, ok := idleFault(lex, WarnIdleType, t); ok {
				f.Args = []string{t.Value}
				*faults = append(*faults, f)
			}
		default:
			return parseStmt(lex)
		}
		lex.Next()
	}
}

// idleFault is a warning about a token that does nothing.
func idleFault(lex *lexer.PeekingLexer, code string, t *Token) (Fault, bool) {
	warned := &lex.Range(0, 1)[0].Type
	*warned++
	return Fault{Code: code, Span: tokenSpan(t), HasFix: true}, *warned <= MaxFaults
}

// idleType finds a type in front of a statement that is no declaration, which the core language reads over:
// எண் அச்சு 5; and, of a shape, A b(1); (language/grammar.md 4.5).
func idleType(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	second, third := la[1].Type, la[2].Type
	switch {
	case typeWords.has(la[0].Type):
		switch {
		case nameable.has(second):
			return third == LParen || third == Dot || third == LBrack || second == KwShape && nameable.has(third)
		case typeWords.has(second):
			return nameable.has(third)
		}
		return (stmtWords.has(second) || second == KwFunction) && third != Assign && third != Semi ||
			second == LParen && condWords.has(conditionAfter(lex, 1))
	case la[0].Type == Ident, la[0].Type == Word && !statementWord(la[0].Value):
		return nameable.has(second) && third == LParen && callAhead(lex)
	}
	return false
}

// statementWord tells whether a word starts a statement of its own.
func statementWord(spelling string) bool {
	w := wordOf(spelling)
	return w != nil && (w.Shape == words.ShapeStmt || w.Shape == words.ShapeDeclBlock)
}

// callAhead tells whether NAME NAME (…) ends like a call, with ; or something that follows a value.
func callAhead(lex *lexer.PeekingLexer) bool {
	switch tokenAt(lex, afterBracket(lex, 2)).Type {
	case Semi, Dot, Quest, LBrack, LParen:
		return true
	}
	return false
}

// dedented finds a declaration in the first column while a block is open: in a file whose brackets do not match, it
// tells that the block was never closed.
func dedented(lex *lexer.PeekingLexer) bool {
	t := lex.Peek()
	return t.Pos.Column == 1 && declarationAhead(lex, t) && unmatched(lex)
}

// declarationAhead tells whether the next token, t, starts a declaration that stands in the first column.
func declarationAhead(lex *lexer.PeekingLexer, t *Token) bool {
	la := ahead(lex)
	switch t.Type {
	case KwRoute, KwImport, KwAsync, KwEvery:
		return true
	case KwFunction:
		return nameable.has(la[1].Type) && la[2].Type == LParen
	case KwShape:
		return shapeAhead(la)
	case Word:
		return la[1].Type == Text && laterWord(t.Value)
	}
	return false
}

// setter is a statement that is told where it ends.
type setter interface{ setEnd(int) }

// parseStmt reads one statement. It consumes at least one token and answers a node whatever stands there.
func parseStmt(lex *lexer.PeekingLexer) Stmt {
	first, before := *lex.Peek(), lex.RawCursor()
	forget(lex)
	if bad := misplaced(lex, &first); bad != nil {
		return bad
	}
	s, err := dispatch(lex)
	s, f, semi := settle(lex, s, &first)
	if err == nil {
		err = semi
	}
	if n, ok := s.(setter); ok {
		n.setEnd(previousEnd(lex))
	}
	if err == nil && f.Code == "" && exchanged(lex) {
		lex.Next()
		return &BadStmt{First: first, Partial: s, end: previousEnd(lex)}
	}
	if err == nil && f.Code != "" {
		noteFault(lex, f.Span.Start)
		return &BadStmt{First: first, Partial: s, Faults: []Fault{f}, end: previousEnd(lex)}
	}
	if err == nil {
		return s
	}
	bad := &BadStmt{First: first}
	if lex.RawCursor() != before {
		bad.Partial = s
	}
	bad.recover(lex, err, before)
	if exchanged(lex) {
		lex.Next()
	}
	bad.end = previousEnd(lex)
	return bad
}

// misplaced reads what cannot start a statement: a block or record, a bracket that closes nothing, and the like.
func misplaced(lex *lexer.PeekingLexer, first *Token) Stmt {
	bad := &BadStmt{First: *first}
	switch {
	case first.Type == LBrace:
		if f, ok := faultAt(lex, CodeBareBlock); ok {
			bad.Faults = append(bad.Faults, f)
		}
		if looksRecord(lex) && ahead(lex)[1].Type != RBrace {
			p := exprParser{lex: lex}
			x := p.finish(p.record(nil))
			bad.Partial = &ExprStmt{X: x, end: x.Span().End}
		} else {
			b := &Block{}
			_ = b.Parse(lex)
			bad.Partial = b
		}
		if lex.Peek().Type == Semi {
			lex.Next()
		}
	case closed.has(first.Type):
		bad.stray(lex, first.Type)
	case first.Type == Invalid:
		for lex.Peek().Type == Invalid {
			noteFault(lex, lex.Peek().Pos.Offset)
			lex.Next()
		}
		noteFault(lex, lex.Peek().Pos.Offset)
	default:
		return nil
	}
	bad.end = previousEnd(lex)
	return bad
}

// stray passes over a run of one closing bracket.
func (s *BadStmt) stray(lex *lexer.PeekingLexer, k Kind) {
	if f, ok := faultAt(lex, CodeStray, Symbol(k)); ok {
		s.Faults = append(s.Faults, f)
	}
	for lex.Peek().Type == k {
		lex.Next()
	}
	if lex.Peek().Type == Semi {
		lex.Next()
	}
}

// recover notes why a production failed and finds the place where the next statement can start.
func (s *BadStmt) recover(lex *lexer.PeekingLexer, err error, before lexer.RawCursor) {
	want, at := []Kind{Semi}, lex.Peek().Pos.Offset
	if !errors.Is(err, errSemi) {
		want, at = expectation(err, stateOf(lex).Line <= MaxFaults)
	}
	for !lex.Peek().EOF() && lex.Peek().Pos.Offset < at {
		lex.Next()
	}
	if len(want) > 0 && want[0] == Semi && valueless(lex) {
		lex.Next()
		want = []Kind{exprKind} // of an optional value, participle knows only that it is not there
	}
	s.explain(lex, want, int(lex.RawCursor()-before))
	if len(want) > 0 && want[0] == Semi && lex.RawCursor() != before && !passExchanged(lex) && resumable(lex) {
		return
	}
	s.resync(lex, before)
}

// valueless tells that a = comes next and no value behind it.
func valueless(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	return la[0].Type == Assign && !exprStart.has(la[1].Type) && previous(lex).Type != RParen
}

// explain makes the fault for what production wanted. Read is how many tokens of the statement were taken.
func (s *BadStmt) explain(lex *lexer.PeekingLexer, want []Kind, read int) {
	t, atStart := lex.Peek(), read == 0
	if previous(lex).Type == BadText && !atStart {
		noteFault(lex, t.Pos.Offset) // the rest of the line is in the text that never ends
		return
	}
	if stateOf(lex).Line <= MaxFaults {
		if f, ok := s.foreign(lex, read); ok {
			noteFault(lex, t.Pos.Offset)
			s.Faults = append(s.Faults, f)
			return
		}
		if f, ok := s.hint(lex, want, read); ok {
			if _, ok := faultAt(lex, f.Code); ok {
				s.Faults = append(s.Faults, f)
			}
			return
		}
	}
	code, args := CodeExpected, []string{symbols(want), foundSymbol(t)}
	switch {
	case atStart || len(want) == 0:
		code, args = CodeUnexpected, []string{foundSymbol(t)}
		if t.Type == KwReserved || atStart && anyWord.has(t.Type) && ahead(lex)[1].Type == Assign {
			code, args = CodeReserved, []string{t.Value}
		}
	case want[0] == Ident && anyWord.has(t.Type) && !nameable.has(t.Type) && !newlineBefore(lex),
		want[0] == exprKind && t.Type == KwReserved:
		code, args = CodeReserved, []string{t.Value}
	case want[0] == Ident && typeWords.has(previous(lex).Type):
		code, args = CodeLoneType, []string{previous(lex).Value}
	case want[0] == Semi && t.Type == LBrace && isParen(s.Partial):
		args[0] = symbols([]Kind{KwIf, KwLoop})
	}
	if f, ok := faultAt(lex, code, args...); ok {
		s.Faults = append(s.Faults, f)
	}
}

// isParen tells whether a statement is nothing but an expression in brackets, as a condition is.
func isParen(s Stmt) bool {
	e, ok := s.(*ExprStmt)
	if !ok {
		return false
	}
	_, ok = e.X.(*ParenExpr)
	return ok
}
