package syntax

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/etamil-lang/etamil/syntax/words"
)

// The parser knows where it gave up; the hints of this file say why. Each recognises one habit of other languages or one
// slip of the pen, names it and, where a replacement is certain, carries the fix.

// hint looks for the mistake behind a statement that ended too early or that cannot start as it does. Read is how many
// of the statement's tokens were taken.
func (s *BadStmt) hint(lex *lexer.PeekingLexer, want []Kind, read int) (Fault, bool) {
	t := lex.Peek()
	atStart, semi := read == 0, len(want) > 0 && want[0] == Semi
	switch {
	case (t.Type == KwIf || t.Type == KwLoop) && (atStart || semi):
		return Fault{Code: CodeConditionFirst, Span: tokenSpan(t), Args: []string{t.Value}}, true
	case t.Type == KwElse && atStart:
		return Fault{Code: CodeElseAlone, Span: tokenSpan(t), Args: []string{t.Value}}, true
	case atStart && t.Type == Slash && ahead(lex)[1].Type == Star && adjacent(t, &ahead(lex)[1]):
		return Fault{Code: CodeComment, Span: Span{t.Pos.Offset, tokenEnd(&ahead(lex)[1])}, Args: []string{"/*"}}, true
	case len(want) > 0 && want[0] == exprKind:
		return numberPoint(lex)
	case !atStart && len(want) > 0 && want[0] == Comma:
		return missingComma(lex)
	case atStart || !semi:
		return Fault{}, false
	}
	if f, ok := s.misspelt(lex, read); ok {
		return f, true
	}
	if f, ok := s.wordlessResult(lex, read); ok {
		return f, true
	}
	if t.Type == Assign && s.First.Type == LBrack {
		return Fault{Code: CodeExpected, Span: tokenSpan(&s.First), Args: []string{Symbol(Ident), Symbol(LBrack)}}, true
	}
	return s.missingSemi(lex, read)
}

// missingComma finds the array behind a text that was read as the text's element.
func missingComma(lex *lexer.PeekingLexer) (Fault, bool) {
	if previous(lex).Type != RBrack {
		return Fault{}, false
	}
	n, depth := -1, 0
	for ; n > -int(lex.RawCursor()); n-- {
		if t := tokenAt(lex, n).Type; closed.has(t) {
			depth++
		} else if opened.has(t) {
			if depth--; depth == 0 {
				break
			}
		}
	}
	open := tokenAt(lex, n)
	if depth != 0 || open.Type != LBrack || tokenAt(lex, n-1).Type != Text {
		return Fault{}, false
	}
	return Fault{Code: CodeExpected, Span: tokenSpan(open), Args: []string{Symbol(Comma), Symbol(LBrack)}}, true
}

// missingSemi tells apart what can stand where a semicolon should.
func (s *BadStmt) missingSemi(lex *lexer.PeekingLexer, read int) (Fault, bool) {
	t, prev := lex.Peek(), previous(lex)
	end := tokenEnd(prev)
	switch {
	case prev.Type == Number && anyWord.has(t.Type) && adjacent(prev, t):
		return Fault{Code: CodeNumberForm, Span: Span{prev.Pos.Offset, tokenEnd(t)}, Args: []string{clip(prev.Value) + clip(t.Value)}}, true
	case t.EOF(), t.Type == RBrace, newlineBefore(lex), stmtWords.has(t.Type), nameable.has(t.Type) && ahead(lex)[1].Type == Assign:
		return Fault{Code: CodeNoSemicolon, Span: Span{end, end}, Args: []string{foundSymbol(prev)}, Fix: ";", HasFix: true}, true
	case read == 1 && nameable.has(prev.Type) && startsValue.has(t.Type):
		return Fault{Code: CodeNoBrackets, Span: tokenSpan(t), Args: []string{prev.Value}}, true
	case endsValue.has(prev.Type) && startsValue.has(t.Type) && !isParen(s.Partial):
		return Fault{Code: CodeJoin, Span: tokenSpan(t), Args: []string{foundSymbol(prev), foundSymbol(t)}}, true
	}
	return Fault{}, false
}

// endsValue and startsValue are the tokens that stand side by side where an operator is missing.
var (
	endsValue   = kindsOf(Ident, Word, Number, Percent, Text, RParen, RBrack, KwTrue, KwFalse, KwNull)
	startsValue = kindsOf(Ident, Word, Number, Percent, Text, KwTrue, KwFalse, KwNull)
)

// misspelt finds the keyword that the statement's first word, or the word behind its condition, was meant to be.
func (s *BadStmt) misspelt(lex *lexer.PeekingLexer, read int) (Fault, bool) {
	t, word := lex.Peek(), &s.First
	is := startsStmt.has
	switch {
	case isParen(s.Partial) && t.Type == Ident:
		word, is = t, condWords.has
	case word.Type != Ident, read != 1 && t.Type != KwIn, read == 1 && newlineBefore(lex):
		return Fault{}, false
	}
	if w := words.Lookup(words.Instead(word.Value)); w != nil && is(kindOfWord(w)) {
		return Fault{Code: CodeMisspelt, Span: tokenSpan(word), Args: []string{word.Value, w.Tamil[0]}, Fix: w.Tamil[0], HasFix: true}, true
	}
	meant := nearestKeyword(word.Value, is)
	if meant == "" {
		return Fault{}, false
	}
	return Fault{Code: CodeMisspelt, Span: tokenSpan(word), Args: []string{word.Value, meant}, Fix: meant, HasFix: true}, true
}

// foreign finds a control word of another language at the start of a statement that failed. Where the order of
// the words differs too, there is no fix.
func (s *BadStmt) foreign(lex *lexer.PeekingLexer, read int) (Fault, bool) {
	if s.First.Type != Ident || read < 1 {
		return Fault{}, false
	}
	w := words.Lookup(words.Instead(s.First.Value))
	if w == nil || w.Token == "" && w.Shape != words.ShapeKeyword {
		return Fault{}, false
	}
	k := kindOfWord(w)
	switch second := tokenAt(lex, 1-read).Type; {
	case second == Assign, second == Dot, second == LBrack, second == LParen && !condWords.has(k) && k != KwForEach:
		return Fault{}, false
	}
	f := Fault{Code: CodeMisspelt, Span: tokenSpan(&s.First), Args: []string{s.First.Value, w.Tamil[0]}}
	if startsStmt.has(k) && k != KwForEach {
		f.Fix, f.HasFix = w.Tamil[0], true
	}
	return f, true
}

// startsStmt are the words that a statement may start with and a name behind it.
var startsStmt = stmtWords.with(KwFunction, KwShape, KwConst, KwDBQuery)

// kindOfWord is a vocabulary word's kind of token where it is a keyword in place.
func kindOfWord(w *words.Word) Kind {
	for k, id := range contextualIDs {
		if w.ID == id {
			return k
		}
	}
	return kindOfToken[w.Token]
}

// nearestKeyword is the keyword spelling that differs least from a word, by one sign or letter, or two in a long word; ""
// where none is as close.
func nearestKeyword(word string, is func(Kind) bool) string {
	wrong := fold(word)
	best, least := "", len(wrong)/6+2
	for _, w := range words.All() {
		if !is(kindOfWord(w)) {
			continue
		}
		for _, spelling := range slices.Concat(w.Tamil, w.Roman, w.English) {
			if d := distance(wrong, fold(spelling), least); d < least && len(wrong) > 2 {
				best, least = spelling, d
			}
		}
	}
	return best
}

// numberPoint finds a number that starts with its point.
func numberPoint(lex *lexer.PeekingLexer) (Fault, bool) {
	la := ahead(lex)
	if la[0].Type != Dot || la[1].Type != Number || !adjacent(&la[0], &la[1]) {
		return Fault{}, false
	}
	return Fault{Code: CodeNumberForm, Span: Span{la[0].Pos.Offset, tokenEnd(&la[1])}, Args: []string{"." + clip(la[1].Value)}}, true
}

// adjacent tells whether b follows a without a gap.
func adjacent(a, b *Token) bool { return tokenEnd(a) == b.Pos.Offset }

// foreignOperator reports an operator of other languages whose second sign stands where an operand should, and the
// number that starts with its point. It passes over that sign.
func (p *exprParser) foreignOperator() bool {
	t, prev := p.lex.Peek(), previous(p.lex)
	if f, ok := numberPoint(p.lex); ok {
		p.hinted(f, 2)
		return true
	}
	if t.Type == Semi && prev.Type == Minus && tokenAt(p.lex, -2).Type == Minus && adjacent(tokenAt(p.lex, -2), prev) {
		p.hinted(operatorFault(tokenAt(p.lex, -2), prev, "x = x - 1"), 0)
		return true
	}
	if !adjacent(prev, t) {
		return false
	}
	instead := ""
	switch {
	case prev.Type == Amp && t.Type == Amp:
		instead = "மற்றும்"
	case prev.Type == Plus && t.Type == Plus:
		instead = "x = x + 1"
	case prev.Type == Eq && t.Type == Assign:
		instead = "=="
	case t.Type == Assign && arithmetic.has(prev.Type):
		instead = "x = x " + prev.Value + " …"
	default:
		return false
	}
	p.hinted(operatorFault(prev, t, instead), 1)
	return true
}

var arithmetic = kindsOf(Plus, Minus, Star, Slash, Amp)

// operatorFault is the fault about two signs that are one operator elsewhere.
func operatorFault(a, b *Token, instead string) Fault {
	f := Fault{Code: CodeOperator, Span: Span{a.Pos.Offset, tokenEnd(b)}, Args: []string{a.Value + b.Value, instead}}
	if words.Keyword(instead) != nil || instead == "==" {
		f.Fix, f.HasFix = instead, true
	}
	return f
}

// hinted notes a fault that was recognised and passes over tokens.
func (p *exprParser) hinted(f Fault, pass int) {
	if _, ok := faultAt(p.lex, f.Code); ok {
		p.faults = append(p.faults, f)
	}
	for range pass {
		p.lex.Next()
	}
}
