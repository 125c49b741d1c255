package assist

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// situation reads off the tokens before the word what the grammar expects at it.
func (sp *spot) situation() situation {
	if sp.afterNumber() {
		return inNothing
	}
	last, f := len(sp.toks)-1, sp.top()
	switch sp.kind(last) {
	case syntax.Dot:
		return inMember
	case syntax.KwAsync:
		return inAsync
	}
	switch f.role {
	case roleRecord:
		if f.head > last {
			return inKey
		}
	case roleShape:
		return sp.inShape(f, last)
	case roleParams:
		return sp.inParams(last)
	case roleTypes:
		return inType
	case roleBlock:
		if f.head > last {
			return inStatement
		}
		if is := sp.afterHead(f, last); is != inNothing {
			return is
		}
	}
	return sp.afterToken(last)
}

// afterNumber tells whether the caret goes on with a number: no word may follow one without a space.
func (sp *spot) afterNumber() bool {
	last := len(sp.toks) - 1
	k := sp.kind(last)
	return (k == syntax.Number || k == syntax.Percent) && end(sp.toks[last]) == sp.word.Start
}

// wordID is the vocabulary's ID of a token, or "".
func (sp *spot) wordID(i int) string {
	if w := sp.scanner.word(i); w != nil {
		return w.ID
	}
	return ""
}

// inShape reads the members of a shape: [TYPE] NAME [விதி (…)], in both orders of a type.
func (sp *spot) inShape(f *frame, last int) situation {
	switch k := sp.kind(last); {
	case f.head > last, sp.kind(last) == syntax.RBrace:
		return inField
	case k == syntax.Colon:
		return inType
	case k == syntax.KwFunction, last == f.head && isType(k):
		return inName
	case sp.params:
		return inResult
	case isName(k) || isType(k):
		return inOperator // விதி
	}
	return inExpr
}

func (sp *spot) inParams(last int) situation {
	switch k := sp.kind(last); k {
	case syntax.LParen, syntax.Comma, syntax.KwConst, syntax.Colon:
		return inType
	}
	return inName
}

// afterHead answers where the first word of the statement decides what follows.
func (sp *spot) afterHead(f *frame, last int) situation {
	head, k := sp.kind(f.head), sp.kind(last)
	switch head {
	case syntax.KwForEach:
		switch last - f.head {
		case 0:
			return inName
		case 1:
			return inEach
		}
	case syntax.KwRoute:
		if last == f.head {
			return inMethod
		}
	case syntax.KwDBConnect:
		if last == f.head {
			return inDriver
		}
	case syntax.KwImport:
		if last == f.head {
			return inImport
		}
		return inName
	case syntax.KwFunction, syntax.KwShape:
		if last == f.head {
			return inName
		}
	case syntax.KwConst:
		if last == f.head {
			return inType
		}
	case syntax.Word:
		if last == f.head && sp.wordID(last) == "async" {
			return inAsync
		}
	}
	if sp.group >= 0 {
		return inCondWord
	}
	if last == f.head && k >= syntax.KwNumber && k <= syntax.KwDate || head == syntax.KwConst && last == f.head+1 {
		return inName
	}
	return inNothing
}

// afterToken answers by the token before the word alone.
func (sp *spot) afterToken(last int) situation {
	if sp.params {
		return inResult
	}
	k := sp.kind(last)
	switch k {
	case syntax.RParen, syntax.RBrack, syntax.RBrace, syntax.Quest, syntax.Number, syntax.Percent, syntax.Text,
		syntax.KwTrue, syntax.KwFalse, syntax.KwNull, syntax.Ident, syntax.KwRequest, syntax.KwConst, syntax.KwShape:
		return inOperator
	case syntax.Colon:
		if f := sp.top(); f.role == roleBlock {
			return inType // NAME : TYPE = E
		}
	case syntax.BadText, syntax.Invalid:
		return inNothing
	case syntax.Word:
		return sp.afterWord(last)
	}
	return inExpr
}

// afterWord tells a word that is a value from one that takes operands.
func (sp *spot) afterWord(last int) situation {
	w := sp.scanner.word(last)
	f := sp.top()
	if w != nil && f.role == roleBlock && last == f.head && (w.Shape == words.ShapeStmt || w.Shape == words.ShapeDeclBlock) {
		return inExpr
	}
	return inOperator
}
