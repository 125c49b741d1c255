package syntax

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/etamil-lang/etamil/syntax/words"
)

// primary reads what an expression is made of. Where nothing fits it answers a BadExpr and consumes nothing.
func (p *exprParser) primary() Expr {
	t := p.lex.Peek()
	switch t.Type {
	case Ident, Word, KwConst, KwShape, KwRequest:
		return p.name()
	case Number:
		p.lex.Next()
		return &NumberLit{Tok: *t, Text: t.Value}
	case Percent:
		p.lex.Next()
		return &NumberLit{Tok: *t, Text: t.Value[:len(t.Value)-1], Percent: true}
	case Text, BadText:
		p.lex.Next()
		return &TextLit{Tok: *t, Value: textValue(t)}
	case KwTrue, KwFalse, KwNull:
		p.lex.Next()
		return &ConstLit{Tok: *t}
	case LParen:
		return p.paren()
	case LBrack:
		a := &ArrayLit{Open: *p.lex.Next()}
		a.Items, a.Close = p.list(RBrack, &a.Open)
		a.end = previousEnd(p.lex)
		return a
	case LBrace:
		return p.record(nil)
	case KwFunction:
		if ahead(p.lex)[1].Type == LParen {
			return p.lambda()
		}
	case KwPathParam, KwDBQuery, KwStopServer:
		if ahead(p.lex)[1].Type == LParen {
			return p.name()
		}
	case Invalid:
		return p.invalid()
	}
	return p.missing()
}

// missing answers the hole where an expression should be.
func (p *exprParser) missing() Expr {
	t := p.lex.Peek()
	if t.Type == KwReserved && afterReserved.has(ahead(p.lex)[1].Type) {
		p.fault(CodeReserved, t.Value)
		n := &NameExpr{}
		n.take(p.lex.Next())
		return n
	}
	if p.foreignOperator() {
		if exprStart.has(p.lex.Peek().Type) && !stmtAhead(p.lex) {
			return p.primary()
		}
		noteFault(p.lex, p.lex.Peek().Pos.Offset)
		return &BadExpr{At: previousEnd(p.lex)}
	}
	p.want(exprSymbol)
	return &BadExpr{At: previousEnd(p.lex)}
}

// invalid passes over characters that the lexer has reported.
func (p *exprParser) invalid() Expr {
	for p.lex.Peek().Type == Invalid {
		noteFault(p.lex, p.lex.Peek().Pos.Offset)
		p.lex.Next()
	}
	if exprStart.has(p.lex.Peek().Type) && !stmtAhead(p.lex) {
		return p.primary()
	}
	noteFault(p.lex, p.lex.Peek().Pos.Offset)
	return &BadExpr{At: previousEnd(p.lex)}
}

// paren reads (X).
func (p *exprParser) paren() Expr {
	known := silenced(p.lex, p.lex.Peek(), CodeNoCallee)
	x := &ParenExpr{Open: *p.lex.Next()}
	x.X = p.sub()
	if p.lex.Peek().Type == Comma {
		p.blame(&x.Open, RParen, known, CodeNoCallee)
	}
	x.Close = p.close(RParen, &x.Open)
	x.end = previousEnd(p.lex)
	return x
}

// name reads a name and what a { or an operand behind a word without brackets makes of it.
func (p *exprParser) name() Expr {
	n := &NameExpr{}
	t := p.lex.Next()
	n.take(t)
	if t.Type != Ident {
		n.Word = wordOf(t.Value)
	}
	next := p.lex.Peek()
	switch {
	case next.Type == LBrace && !p.head:
		return p.braced(n)
	case n.Word != nil && blockShape(calleeShape(n)) && n.Word.Shape != words.ShapeCallBlock && valueWord(n.Word) &&
		argStart.has(next.Type) && next.Pos.Line == t.Pos.Line && next.Type != LBrace:
		return p.callWord(n)
	}
	return n
}

// valueWord tells whether a declaration word counts inside expressions too.
func valueWord(w *words.Word) bool { return w.Runs == words.RunsNow || w.ID == "taskCreate" }

// braced reads NAME { … }: a shape literal, or the call of a word that takes a record or a block.
func (p *exprParser) braced(n *NameExpr) Expr {
	shape := calleeShape(n)
	if shape == words.ShapeDeclBlock && !valueWord(n.Word) {
		shape = words.ShapeNone
	}
	if shape != words.ShapeBuilder && !blockShape(shape) && (looksRecord(p.lex) || damagedRecord(p.lex)) {
		return p.record(&n.Name)
	}
	c := &CallExpr{Fn: n}
	p.tail(c)
	c.end = previousEnd(p.lex)
	return c
}

// lambda reads செயல்(params) [type] { }.
func (p *exprParser) lambda() Expr {
	l := &LambdaExpr{Kw: *p.lex.Next(), Sig: &Signature{}, Body: &Block{}}
	_ = l.Sig.Parse(p.lex)
	if l.Body.Parse(p.lex) != nil {
		p.want(Symbol(LBrace))
		l.Body.end = previousEnd(p.lex)
	}
	return l
}

// looksRecord tells a record from a block by its first tokens: it is empty, or starts with .. or with a key and a
// colon that is no typed declaration.
func looksRecord(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	switch t := la[1].Type; {
	case t == RBrace, t == Spread, t == Dot && la[2].Type == Dot:
		return true
	case t == Text || t == BadText:
		return la[2].Type == Colon
	case !anyWord.has(t) || la[2].Type != Colon:
		return false
	}
	if t := la[3].Type; !nameable.has(t) && !declares.has(t) {
		return true
	}
	n := 4
	if tokenAt(lex, n).Type == LBrack {
		n = afterBracket(lex, n)
	}
	end := tokenAt(lex, n).Type
	return end != Assign && end != Semi
}

// damagedRecord finds a { … } whose first key is damaged: it starts like no statement, a later key and its colon stand in
// it, and no semicolon.
func damagedRecord(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	switch t := la[1].Type; {
	case t == Colon, t == Comma:
	case stmtWords.has(t), !anyWord.has(t) && t != Text, !notBehindName.has(la[2].Type) && la[3].Type != Colon:
		return false
	}
	keys := false
	for n, depth := 1, 0; depth >= 0; n++ {
		switch t := tokenAt(lex, n); {
		case t.EOF(), t.Type == Semi && depth == 0:
			return false
		case opened.has(t.Type):
			depth++
		case closed.has(t.Type):
			depth--
		case t.Type == Comma && depth == 0:
			t, colon := tokenAt(lex, n+1).Type, tokenAt(lex, n+2).Type
			keys = keys || (anyWord.has(t) || t == Text) && colon == Colon
		}
	}
	return keys
}

// notBehindName are the tokens that follow no name at the start of a statement.
var notBehindName = kindsOf(Number, Percent, Text, Comma, KwTrue, KwFalse, KwNull)

// afterBracket answers the place behind the bracket that opens at place n, or of the end token.
func afterBracket(lex *lexer.PeekingLexer, n int) int {
	for depth := 0; ; n++ {
		t := tokenAt(lex, n)
		switch {
		case t.EOF():
			return n
		case opened.has(t.Type):
			depth++
		case closed.has(t.Type):
			if depth--; depth <= 0 {
				return n + 1
			}
		}
	}
}

// record reads {key: E, …, ..E}.
func (p *exprParser) record(shape *Name) Expr {
	r := &RecordLit{Shape: shape, Open: *p.lex.Next()}
	for p.recordPart(r) && p.nextItem(RBrace, keyAhead(p.lex)) {
		if p.lex.Peek().Type == RBrace {
			break
		}
	}
	r.Close = p.close(RBrace, &r.Open)
	r.end = previousEnd(p.lex)
	return r
}

// keyAhead tells whether a key and its colon come next.
func keyAhead(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	return (anyWord.has(la[0].Type) || la[0].Type == Text) && la[1].Type == Colon
}

// recordPart reads one pair or spread. It answers false at the end and where the record cannot go on.
func (p *exprParser) recordPart(r *RecordLit) bool {
	switch t := p.lex.Peek(); {
	case t.Type == RBrace:
		return false
	case t.Type == Spread || t.Type == Dot && ahead(p.lex)[1].Type == Dot:
		p.spread(r)
		return true
	case anyWord.has(t.Type) || t.Type == Text || t.Type == BadText:
		return p.pair(r)
	}
	if _, ok := itemEnd(p.lex, RBrace, true); !ok {
		return false
	}
	p.want(Symbol(Ident) + " / " + Symbol(RBrace))
	return skipItem(p.lex, RBrace)
}

// spread reads ..E, which must be last.
func (p *exprParser) spread(r *RecordLit) {
	first := p.lex.Next()
	if first.Type == Dot {
		p.lex.Next()
	}
	x := p.sub()
	if r.Spread != nil {
		p.faultOn(CodeSpreadLast, Span{first.Pos.Offset, previousEnd(p.lex)})
	}
	r.Spread = x
}

// pair reads key: E. It answers false where the record cannot go on.
func (p *exprParser) pair(r *RecordLit) bool {
	if r.Spread != nil {
		p.faultOn(CodeSpreadLast, r.Spread.Span())
	}
	if ahead(p.lex)[1].Type != Colon && stmtAhead(p.lex) {
		return false
	}
	f := &RecordField{Key: makeName(p.lex)}
	if p.lex.Peek().Type != Colon {
		p.want(Symbol(Colon))
		f.Value = &BadExpr{At: previousEnd(p.lex)}
		if exprStart.has(p.lex.Peek().Type) && !newlineBefore(p.lex) {
			f.Value = p.sub()
		}
	} else {
		p.lex.Next()
		if p.lex.Peek().Type == Colon {
			p.want(exprSymbol)
			for p.lex.Peek().Type == Colon {
				p.lex.Next()
			}
		}
		f.Value = p.sub()
	}
	r.Fields = append(r.Fields, f)
	return true
}
