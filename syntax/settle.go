package syntax

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/etamil-lang/etamil/syntax/words"
)

// settle turns a production into its node and checks what tags cannot say. The fault it answers makes the statement
// a BadStmt; the error is that of a missing semicolon.
func settle(lex *lexer.PeekingLexer, s Stmt, first *Token) (Stmt, Fault, error) {
	switch s := s.(type) {
	case nil:
		return nil, Fault{}, nil
	case *ExprStmt:
		return s, Fault{}, endExpr(lex, s)
	case *VarDecl:
		s.First = *first
		return s, checkVar(lex, s), nil
	case *nameFirst:
		v := &VarDecl{First: *first, Fixed: s.Fixed, Type: s.Type, Name: s.Name, Init: s.Init}
		return v, checkVar(lex, v), nil
	case *constDecl:
		v := &VarDecl{First: *first, Fixed: s.Fixed, Name: s.Name, Init: s.Init}
		return v, checkVar(lex, v), nil
	case *FuncDecl:
		s.first = first.Pos.Offset
		return s, Fault{}, nil
	case *ShapeDecl:
		for _, m := range s.Methods {
			settleMethod(lex, m)
		}
		return s, Fault{}, nil
	case *FileStmt:
		return s, settleFile(s), nil
	case *TryStmt:
		settleTry(lex, s)
		return s, Fault{}, nil
	case *command:
		w := &WordStmt{Tok: s.Tok, Word: wordOf(s.Tok.Value), Body: s.Body}
		for _, a := range s.Args {
			w.Args = append(w.Args, a)
		}
		settleWord(lex, w)
		return w, Fault{}, nil
	case *blockWord:
		return &WordStmt{Tok: s.Tok, Word: wordOf(s.Tok.Value), Body: s.Body}, Fault{}, nil
	}
	return s, Fault{}, nil
}

// endExpr reads the semicolon of an expression statement, which may be missing behind a call with a block.
func endExpr(lex *lexer.PeekingLexer, s *ExprStmt) error {
	if s.X == nil {
		return nil
	}
	if lex.Peek().Type == Semi {
		lex.Next()
		return nil
	}
	if previous(lex).Type == RBrace && endsInBlock(s.X) {
		return nil
	}
	return errSemi
}

// endsInBlock tells whether an expression is a call with a block, which ends a statement by itself.
func endsInBlock(x Expr) bool {
	switch x := x.(type) {
	case *FaultyExpr:
		return endsInBlock(x.X)
	case *CallExpr:
		if x.Block != nil {
			return true
		}
		if x.Tail && len(x.Args) > 0 {
			l, ok := x.Args[len(x.Args)-1].(*LambdaExpr)
			return ok && l.Implicit
		}
	}
	return false
}

// checkVar refuses quoted text as a variable's name, and a fixed binding without a value.
func checkVar(lex *lexer.PeekingLexer, v *VarDecl) Fault {
	switch {
	case v.Name == nil:
		return Fault{}
	case v.Name.Tok.Type == Text || v.Name.Tok.Type == BadText:
		return Fault{Code: CodeTextName, Span: v.Name.Span(), Args: []string{v.Name.Tok.Value}}
	case v.Fixed && v.Init == nil && previous(lex).Type == Semi:
		semi := previous(lex)
		return Fault{Code: CodeExpected, Span: tokenSpan(semi), Args: []string{Symbol(Assign), foundSymbol(semi)}}
	}
	return Fault{}
}

// settleMethod finds where a method starts and ends.
func settleMethod(lex *lexer.PeekingLexer, m *FuncDecl) {
	switch {
	case m.Body != nil:
		m.end = m.Body.Span().End
	case m.Sig != nil:
		m.end = m.Sig.end
	case m.Name != nil:
		m.end = m.Name.Span().End
	}
	if !m.Background {
		return
	}
	for n := -1; ; n-- {
		if tokenAt(lex, n).Pos.Offset < m.Kw.Pos.Offset {
			m.first = tokenAt(lex, n).Pos.Offset
			return
		}
	}
}

// settleFile makes the second operand of a read the name that it goes to.
func settleFile(s *FileStmt) Fault {
	if s.Kw.Type != KwFileRead && s.Kw.Type != KwReadCSV {
		return Fault{}
	}
	switch x := s.Arg.(type) {
	case *NameExpr:
		s.Into = &Name{Tok: x.Tok, Text: x.Text}
	case *TextLit:
		s.Into = &Name{Tok: x.Tok, Text: x.Value}
	case *FaultyExpr:
		return Fault{}
	case nil:
		return Fault{Code: CodeMissingName, Span: tokenSpan(&s.Kw), Args: []string{Symbol(s.Kw.Type)}}
	default:
		return Fault{Code: CodeMissingName, Span: x.Span(), Args: []string{Symbol(Comma)}}
	}
	s.Arg = nil
	return Fault{}
}

// settleWord asks for the block of a declaration word.
func settleWord(lex *lexer.PeekingLexer, s *WordStmt) {
	if s.Word == nil || s.Body != nil || s.Word.Shape != words.ShapeDeclBlock {
		return
	}
	noteFault(lex, s.Tok.Pos.Offset)
	s.Faults = append(s.Faults, Fault{Code: CodeWordBlock, Span: tokenSpan(&s.Tok), Args: []string{s.Tok.Value}})
}

// laterWord tells whether a word declares a block that runs later.
func laterWord(spelling string) bool {
	w := wordOf(spelling)
	return w != nil && w.Shape == words.ShapeDeclBlock && w.Runs == words.RunsLater
}
