package syntax

import "github.com/alecthomas/participle/v2/lexer"

// resumable tells that only a semicolon is missing: the next token is the start of a statement of its own.
func resumable(lex *lexer.PeekingLexer) bool {
	t := lex.Peek()
	if t.EOF() || t.Type == RBrace || stmtWords.has(t.Type) {
		return true
	}
	if newlineBefore(lex) {
		return !closed.has(t.Type) && precedenceOf(t.Type) == precNone
	}
	return nameable.has(t.Type) && ahead(lex)[1].Type == Assign
}

// resync passes over tokens up to the end of the broken statement: its semicolon, the block behind it, the } of the block
// around it, or a line that starts another statement.
func (s *BadStmt) resync(lex *lexer.PeekingLexer, before lexer.RawCursor) {
	depth := 0
	for {
		t := lex.Peek()
		moved := lex.RawCursor() != before
		if t.EOF() || moved && dedented(lex) || depth == 0 && moved && startsLine(lex) {
			return
		}
		if depth == 0 && s.adopt(lex) {
			if t.Type == LBrace {
				return
			}
			continue
		}
		switch {
		case opened.has(t.Type):
			depth++
		case t.Type == RBrace && depth == 0:
			if moved {
				return
			}
		case closed.has(t.Type):
			depth = max(0, depth-1)
			if depth == 0 && t.Type == RBrace {
				lex.Next()
				if lex.Peek().Type == Semi {
					lex.Next()
				}
				return
			}
		case t.Type == Semi && depth == 0:
			lex.Next()
			return
		}
		lex.Next()
	}
}

// adopt reads the parameters and the block of a statement whose head is broken, so that what is in them is not lost.
func (s *BadStmt) adopt(lex *lexer.PeekingLexer) bool {
	f, isFunc := s.Partial.(*FuncDecl)
	switch t := lex.Peek().Type; {
	case t == LParen && isFunc && f.Sig == nil:
		f.Sig = &Signature{}
		_ = f.Sig.Parse(lex)
		f.end = previousEnd(lex)
		return true
	case t != LBrace || looksRecord(lex) && ahead(lex)[1].Type != RBrace || damagedRecord(lex):
		return false
	}
	b := &Block{}
	if s.Partial == nil {
		s.Partial = b
	} else {
		slot := s.bodySlot(lex)
		if slot == nil || *slot != nil {
			return false
		}
		*slot = b
	}
	_ = b.Parse(lex)
	if lex.Peek().Type == Semi {
		lex.Next()
	}
	if n, ok := s.Partial.(setter); ok {
		n.setEnd(previousEnd(lex))
	}
	return true
}

// bodySlot is where the block of a broken statement belongs, or nil where it takes none.
func (s *BadStmt) bodySlot(lex *lexer.PeekingLexer) **Block {
	switch p := s.Partial.(type) {
	case *FuncDecl:
		if p.Sig == nil {
			at := lex.Peek().Pos
			p.Sig = &Signature{Open: Token{Pos: at}, end: at.Offset}
		}
		return &p.Body
	case *IfStmt:
		return &p.Then
	case *WhileStmt:
		return &p.Body
	case *EachStmt:
		return &p.Body
	case *EveryStmt:
		return &p.Body
	case *RouteStmt:
		return &p.Body
	case *WordStmt:
		return &p.Body
	}
	return nil
}

// startsLine tells whether the next token starts a line and a statement.
func startsLine(lex *lexer.PeekingLexer) bool {
	if !newlineBefore(lex) {
		return false
	}
	la := ahead(lex)
	switch t := la[0].Type; {
	case stmtWords.has(t), typeWords.has(t), t == KwFunction:
		return true
	case nameable.has(t):
		switch la[1].Type {
		case Assign, LParen, Colon, Dot, LBrack, Text, LBrace:
			return true
		}
		return nameable.has(la[1].Type)
	case t == LParen:
		return condWords.has(conditionWord(lex))
	}
	return false
}
