package syntax

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// Parse reads one field of a shape: [T | செயல் | NAME] NAME or NAME : T, விதி (…), and the comma after it. What is
// neither a field nor a method is passed over and reported in a field without a name.
func (f *FieldDecl) Parse(lex *lexer.PeekingLexer) error {
	la := ahead(lex)
	t := la[0].Type
	switch {
	case t == RBrace || la[0].EOF() || dedented(lex) || stmtWords.has(t) && t != KwAsync && newlineBefore(lex):
		return participle.NextMatch
	case t == KwAsync, t == KwFunction && (nameable.has(la[1].Type) || la[1].Type == Text) && la[2].Type == LParen:
		return participle.NextMatch
	}
	f.at.Start = la[0].Pos.Offset
	if f.head(lex) {
		f.rule(lex)
		f.separator(lex)
	} else {
		f.skip(lex)
	}
	f.at.End = previousEnd(lex)
	return nil
}

// head reads the field's name and type.
func (f *FieldDecl) head(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	if nameable.has(la[0].Type) && la[1].Type == Colon {
		f.Name = makeName(lex)
		lex.Next()
		f.Type = &Type{}
		if f.Type.Parse(lex) != nil {
			f.Type = nil
			addExpected(&f.Faults, lex, "வகை (a type)")
			return false
		}
		return true
	}
	if declares.has(la[0].Type) || nameable.has(la[0].Type) && (nameable.has(la[1].Type) || la[1].Type == LBrack) {
		f.Type = &Type{}
		_ = f.Type.Parse(lex)
	}
	if t := lex.Peek().Type; t == Text || t == BadText {
		addExpected(&f.Faults, lex, Symbol(Ident))
		return false
	}
	n := &Name{}
	if n.Parse(lex) != nil {
		addExpected(&f.Faults, lex, Symbol(Ident))
		return false
	}
	f.Name = n
	return true
}

// rule reads விதி (E).
func (f *FieldDecl) rule(lex *lexer.PeekingLexer) {
	if lex.Peek().Type != KwWhere {
		return
	}
	lex.Next()
	if lex.Peek().Type != LParen {
		addExpected(&f.Faults, lex, Symbol(LParen))
		return
	}
	lex.Next()
	f.Rule, _ = parseCond(lex)
}

// separator reads the comma between two fields; it may be missing before a method and before the end.
func (f *FieldDecl) separator(lex *lexer.PeekingLexer) {
	t := lex.Peek()
	switch {
	case t.Type == Comma:
		lex.Next()
	case t.Type == RBrace || t.Type == KwFunction || t.Type == KwAsync || t.EOF():
	case t.Type == Semi:
		addExpected(&f.Faults, lex, Symbol(Comma))
		lex.Next()
	default:
		addExpected(&f.Faults, lex, Symbol(Comma)+" / "+Symbol(RBrace))
	}
}

// skip passes over what is no field, to the next comma, line or end.
func (f *FieldDecl) skip(lex *lexer.PeekingLexer) {
	depth, first := 0, lex.Peek().Pos.Offset == f.at.Start
	for {
		t := lex.Peek()
		if t.EOF() || depth == 0 && (t.Type == RBrace || !first && newlineBefore(lex)) {
			return
		}
		switch {
		case opened.has(t.Type):
			depth++
		case closed.has(t.Type) && depth > 0:
			depth--
		}
		lex.Next()
		first = false
		if t.Type == Comma && depth == 0 {
			return
		}
	}
}

// Parse reads one of the five table statements, which the core language parses and never runs.
func (s *TableStmt) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	switch t.Type {
	case KwDBInsert, KwDBUpdate, KwDBDelete, KwCreateTable, KwSelect:
	default:
		return participle.NextMatch
	}
	s.Kw = *lex.Next()
	if !s.name(lex) {
		return nil
	}
	if t.Type == KwSelect {
		s.selection(lex)
	} else {
		s.operands(lex, t.Type == KwDBUpdate)
	}
	return nil
}

func (s *TableStmt) name(lex *lexer.PeekingLexer) bool {
	n := &Name{}
	if n.Parse(lex) != nil {
		addExpected(&s.Faults, lex, Symbol(Ident))
		return false
	}
	s.Names = append(s.Names, n)
	return true
}

// selection reads the rest of தேர்வெடு N (, N)* இதனில் N [விதி E].
func (s *TableStmt) selection(lex *lexer.PeekingLexer) {
	for lex.Peek().Type == Comma {
		lex.Next()
		if !s.name(lex) {
			return
		}
	}
	if lex.Peek().Type != KwFrom {
		addExpected(&s.Faults, lex, Symbol(KwFrom))
		return
	}
	lex.Next()
	if s.name(lex) && lex.Peek().Type == KwWhere {
		lex.Next()
		s.operand(lex)
	}
}

// operands reads , E and for an update one more.
func (s *TableStmt) operands(lex *lexer.PeekingLexer, two bool) {
	if lex.Peek().Type != Comma {
		addExpected(&s.Faults, lex, Symbol(Comma))
		return
	}
	lex.Next()
	s.operand(lex)
	if two && lex.Peek().Type == Comma {
		lex.Next()
		s.operand(lex)
	}
}

func (s *TableStmt) operand(lex *lexer.PeekingLexer) {
	x, err := parseExpr(lex)
	if err != nil {
		addExpected(&s.Faults, lex, exprSymbol)
		return
	}
	s.Args = append(s.Args, x)
}
