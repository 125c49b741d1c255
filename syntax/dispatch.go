package syntax

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/etamil-lang/etamil/syntax/words"
)

// dispatch reads one statement: two or three tokens pick the production, so participle never goes back.
func dispatch(lex *lexer.PeekingLexer) (Stmt, error) {
	g := grammar()
	la := ahead(lex)
	t := la[0].Type
	switch {
	case t == Word:
		return dispatchWord(g, lex, la)
	case nameable.has(t):
		return dispatchName(g, lex, la)
	case typeWords.has(t):
		return run(g.variable, lex)
	}
	switch t {
	case KwFunction:
		return dispatchFunction(g, lex, la)
	case LParen:
		return dispatchBracket(g, lex)
	case KwPrint:
		return run(g.print, lex)
	case KwReturn:
		return run(g.returns, lex)
	case KwForEach:
		return run(g.each, lex)
	case KwImport:
		return run(g.imports, lex)
	case KwInput:
		return run(g.input, lex)
	case KwAsync:
		return run(g.function, lex)
	case KwTry:
		return run(g.try, lex)
	}
	return dispatchService(g, lex, la)
}

// dispatchService reads the statements of files, databases and the web, and what is left.
func dispatchService(g *parsers, lex *lexer.PeekingLexer, la []Token) (Stmt, error) {
	switch la[0].Type {
	case KwResponse:
		return run(g.respond, lex)
	case KwJSONBody:
		return run(g.json, lex)
	case KwRoute:
		return run(g.route, lex)
	case KwEvery:
		return run(g.every, lex)
	case KwFileOpen, KwFileClose, KwFileRead, KwFileWrite, KwReadCSV, KwWriteCSV:
		return run(g.file, lex)
	case KwDBConnect:
		return run(g.connect, lex)
	case KwDBDisconnect:
		return run(g.disconnect, lex)
	case KwDBQuery:
		if la[1].Type == LParen && queryIsCall(lex) {
			return run(g.expr, lex)
		}
		return run(g.query, lex)
	case KwDBExecute:
		return run(g.exec, lex)
	case KwDBInsert, KwDBUpdate, KwDBDelete, KwCreateTable, KwSelect:
		return dispatchTable(lex)
	case KwStartServer:
		return run(g.server, lex)
	case KwStopServer:
		if la[1].Type == LParen {
			return run(g.expr, lex)
		}
		return run(g.server, lex)
	}
	return run(g.expr, lex)
}

// dispatchTable reads a table statement, whose hook is its production.
func dispatchTable(lex *lexer.PeekingLexer) (Stmt, error) {
	s := &TableStmt{}
	if err := s.Parse(lex); err != nil {
		return nil, err
	}
	if lex.Peek().Type != Semi {
		return s, errSemi
	}
	lex.Next()
	return s, nil
}

// dispatchFunction tells a declaration from செயல் f = E; and from a function value.
func dispatchFunction(g *parsers, lex *lexer.PeekingLexer, la []Token) (Stmt, error) {
	switch {
	case la[1].Type == LParen && lambdaStmt(lex):
		return run(g.expr, lex)
	case (nameable.has(la[1].Type) || la[1].Type == Text) && (la[2].Type == Assign || la[2].Type == Semi):
		return run(g.variable, lex)
	case nameable.has(la[1].Type) && la[2].Type == Colon:
		return run(g.variable, lex)
	}
	return run(g.function, lex)
}

// lambdaStmt tells whether செயல் ( at the start of a statement is a function value: its block is followed by a call
// or something else that uses it. Otherwise the name is missing.
func lambdaStmt(lex *lexer.PeekingLexer) bool {
	n := afterBracket(lex, 1)
	for tokenAt(lex, n).Type != LBrace {
		t := tokenAt(lex, n)
		if t.EOF() || t.Type == Semi || t.Type == RBrace {
			return false
		}
		n++
	}
	switch tokenAt(lex, afterBracket(lex, n)).Type {
	case LParen, Semi, Dot, Quest, LBrack:
		return true
	}
	return false
}

// queryIsCall settles தளம்_வினா ( at the start of a statement: it is the call when the bracket holds a comma at its
// own depth, or ; or } follows it (services.md, grammar rule 4).
func queryIsCall(lex *lexer.PeekingLexer) bool {
	depth := 0
	for n := 1; ; n++ {
		t := tokenAt(lex, n)
		switch {
		case t.EOF():
			return true
		case opened.has(t.Type):
			depth++
		case closed.has(t.Type):
			if depth--; depth <= 0 {
				next := tokenAt(lex, n+1).Type
				return next == Semi || next == RBrace
			}
		case t.Type == Comma && depth == 1:
			return true
		}
	}
}

// dispatchBracket reads ( at the start of a statement: a condition before எனில் and the like, else an expression.
func dispatchBracket(g *parsers, lex *lexer.PeekingLexer) (Stmt, error) {
	switch conditionWord(lex) {
	case KwIf:
		return run(g.cond, lex)
	case KwLoop:
		return run(g.while, lex)
	case KwRetry:
		return run(g.retry, lex)
	case KwTimeout:
		return run(g.timeout, lex)
	}
	if wordlessIf(lex) {
		return parseWordlessIf(lex)
	}
	return run(g.expr, lex)
}

// conditionWord looks for the word behind the bracket that comes next. Where the bracket is never closed, எனில் or
// சுற்று inside it tells what was meant.
func conditionWord(lex *lexer.PeekingLexer) Kind { return conditionAfter(lex, 0) }

// conditionAfter does so for the bracket at place n.
func conditionAfter(lex *lexer.PeekingLexer, n int) Kind {
	depth, braces := 0, 0
	for ; ; n++ {
		t := tokenAt(lex, n)
		switch t.Type {
		case EOF:
			return EOF
		case LParen, LBrack:
			depth++
		case LBrace:
			depth++
			braces++
		case RBrace:
			if braces == 0 {
				return EOF
			}
			braces--
			depth--
		case RParen, RBrack:
			if depth--; depth <= 0 {
				if k := tokenAt(lex, n+1).Type; condWords.has(k) {
					return k
				}
				return EOF
			}
		case Semi:
			if braces == 0 {
				return EOF
			}
		case KwIf, KwLoop:
			if braces == 0 && tokenAt(lex, n-1).Type != Dot && tokenAt(lex, n+1).Type != Colon {
				return t.Type
			}
		}
	}
}

// dispatchName reads a statement that starts with a name.
func dispatchName(g *parsers, lex *lexer.PeekingLexer, la []Token) (Stmt, error) {
	switch second := la[1].Type; {
	case second == Assign:
		return run(g.assign, lex)
	case second == LParen && wordlessFunction(lex, la):
		return parseWordless(lex)
	case second == LParen, second == Semi:
		return run(g.expr, lex)
	case second == Colon:
		return run(g.nameFirst, lex)
	case la[0].Type == KwShape && shapeAhead(la):
		return run(g.shape, lex)
	case la[0].Type == KwConst && (nameable.has(second) || declares.has(second)):
		return dispatchConst(g, lex, la)
	case nameable.has(second) && (la[2].Type == Assign || la[2].Type == Semi):
		return run(g.variable, lex)
	case second == LBrack && genericDecl(lex, 1):
		return run(g.variable, lex)
	case second == LBrack || second == Dot:
		if assignAhead(lex) {
			return run(g.assign, lex)
		}
	}
	return run(g.expr, lex)
}

// shapeAhead tells வடிவம் NAME { and வடிவம் NAME [ from a name.
func shapeAhead(la []Token) bool {
	return nameable.has(la[1].Type) && (la[2].Type == LBrace || la[2].Type == LBrack)
}

// dispatchConst reads நிலை before a type or a name.
func dispatchConst(g *parsers, lex *lexer.PeekingLexer, la []Token) (Stmt, error) {
	switch {
	case !nameable.has(la[1].Type):
		return run(g.variable, lex)
	case la[2].Type == Colon:
		return run(g.nameFirst, lex)
	case nameable.has(la[2].Type), la[2].Type == LBrack:
		return run(g.variable, lex)
	}
	return run(g.constant, lex)
}

// genericDecl tells NAME [types] NAME before = or ; the bracket opens at place n.
func genericDecl(lex *lexer.PeekingLexer, n int) bool {
	n = afterBracket(lex, n)
	if !nameable.has(tokenAt(lex, n).Type) {
		return false
	}
	end := tokenAt(lex, n+1).Type
	return end == Assign || end == Semi
}

// assignAhead tells whether fields and elements of the name that comes next end at a =.
func assignAhead(lex *lexer.PeekingLexer) bool {
	for n := 1; ; {
		switch tokenAt(lex, n).Type {
		case Assign:
			return true
		case LBrack:
			n = afterBracket(lex, n)
		case Dot:
			n++
			if t := tokenAt(lex, n).Type; anyWord.has(t) || t == Text {
				n++
			}
		default:
			return false
		}
	}
}

// dispatchWord reads a statement that starts with a word of the vocabulary: the word counts only in its place, and is
// an ordinary name everywhere else (services.md, "How the words fit the language").
func dispatchWord(g *parsers, lex *lexer.PeekingLexer, la []Token) (Stmt, error) {
	switch la[1].Type {
	case Assign, LParen, Semi, LBrack, Dot, Colon:
		if la[1].Type == LParen || la[1].Type == Semi {
			return run(g.expr, lex)
		}
		return dispatchName(g, lex, la)
	}
	w := wordOf(la[0].Value)
	if w == nil || nameable.has(la[1].Type) && (la[2].Type == Assign || la[2].Type == Semi) && w.Token != "Shape" {
		return dispatchName(g, lex, la)
	}
	switch {
	case w.IsKeyword():
		return dispatchAlias(g, lex, la, w)
	case la[1].Type == LBrace && w.Shape == words.ShapeDeclBlock:
		return run(g.blockWord, lex)
	case (w.Shape == words.ShapeStmt || w.Shape == words.ShapeDeclBlock) && argStart.has(la[1].Type):
		return run(g.command, lex)
	}
	return dispatchName(g, lex, la)
}

// dispatchAlias reads a statement that starts with another accepted spelling of a keyword: பணி NAME (…) {,
// தரம் NAME {, உறவு_தொடர்பு "sqlite", …. Elsewhere the spelling is a name.
func dispatchAlias(g *parsers, lex *lexer.PeekingLexer, la []Token, w *words.Word) (Stmt, error) {
	k := kindOfToken[w.Token]
	switch {
	case k == KwFunction && nameable.has(la[1].Type) && la[2].Type == LParen && bodyAhead(lex, 2),
		k == KwShape && shapeAhead(la),
		stmtWords.has(k) && argStart.has(la[1].Type):
		lex.Peek().Type = k
		return dispatch(lex)
	}
	return dispatchName(g, lex, la)
}

// bodyAhead tells whether a block, with or without a type before it, follows the bracket at place n.
func bodyAhead(lex *lexer.PeekingLexer, n int) bool {
	n = afterBracket(lex, n)
	if tokenAt(lex, n).Type == Colon {
		n++
	}
	if t := tokenAt(lex, n).Type; nameable.has(t) || declares.has(t) {
		n++
		if tokenAt(lex, n).Type == LBrack {
			n = afterBracket(lex, n)
		}
	}
	return tokenAt(lex, n).Type == LBrace
}
