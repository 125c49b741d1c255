package syntax

import "github.com/alecthomas/participle/v2/lexer"

// In a file whose brackets match, what is wrong inside a pair of them stays inside: the parser reports it once, passes over
// the rest of the item or of the brackets, and goes on behind them.

// itemEnd answers how many tokens stand before the bracket that ends what is open, or before the comma in front of it where
// commas count. It answers false where the brackets of the file do not match, and where a ; or the start of a statement
// tells that these do not either.
func itemEnd(lex *lexer.PeekingLexer, end Kind, commas bool) (n int, ok bool) {
	if unmatched(lex) {
		return 0, false
	}
	for depth := 0; ; n++ {
		switch t := tokenAt(lex, n); {
		case t.EOF():
			return 0, false
		case opened.has(t.Type):
			depth++
		case closed.has(t.Type) && depth > 0:
			depth--
		case depth > 0:
		case closed.has(t.Type):
			return n, t.Type == end
		case t.Type == Comma && commas:
			return n, true
		case t.Type == Semi:
			return 0, false
		case n > 0 && stmtWords.has(t.Type) && tokenAt(lex, n-1).Pos.Line < t.Pos.Line && tokenAt(lex, n+1).Type != Colon:
			return 0, false
		}
	}
}

// skipItem passes over the rest of a broken item, without the comma or bracket behind it.
func skipItem(lex *lexer.PeekingLexer, end Kind) bool { return skipped(lex, end, true) }

// skipInside passes over the rest of what stands in brackets, without the closing one.
func skipInside(lex *lexer.PeekingLexer, end Kind) bool { return skipped(lex, end, false) }

func skipped(lex *lexer.PeekingLexer, end Kind, commas bool) bool {
	n, ok := itemEnd(lex, end, commas)
	if !ok {
		return false
	}
	for range n {
		lex.Next()
	}
	return true
}

// blame reports at an open bracket what a comma inside it tells: the brackets of a call whose name is missing, or an array
// behind another one with no comma between. Known tells that a fault stands there already.
func (p *exprParser) blame(open *Token, end Kind, known bool, code string, args ...string) {
	if _, ok := itemEnd(p.lex, end, false); !ok {
		return
	}
	if !known {
		p.faultOn(code, tokenSpan(open), args...)
	}
	noteFault(p.lex, p.lex.Peek().Pos.Offset)
}

// nextItem reads the comma between two items. It reports a missing one and passes over what is no item; it answers false
// where the brackets cannot go on. Item tells whether the next token could start one.
func (p *exprParser) nextItem(end Kind, item bool) bool {
	switch t := p.lex.Peek(); {
	case t.Type == end:
		return true
	case t.Type == Comma:
		p.lex.Next()
		return true
	case stmtAhead(p.lex), end == RParen && t.Type == Assign:
		return false
	case item:
		p.want(Symbol(Comma) + " / " + Symbol(end))
		return true
	}
	if _, ok := itemEnd(p.lex, end, true); !ok {
		return false
	}
	p.want(Symbol(Comma) + " / " + Symbol(end))
	skipItem(p.lex, end)
	if p.lex.Peek().Type == Comma {
		p.lex.Next()
	}
	return true
}
