package syntax

// kindSet is a set of token kinds; the end token is in none.
type kindSet [128]bool

func kindsOf(kinds ...Kind) (s kindSet) {
	for _, k := range kinds {
		s[uint8(k)&127] = true
	}
	return s
}

func (s *kindSet) has(k Kind) bool { return s[uint8(k)&127] }

func (s kindSet) with(kinds ...Kind) kindSet {
	for _, k := range kinds {
		s[uint8(k)&127] = true
	}
	return s
}

var (
	// nameable may be a program's own name (language/grammar.md 3).
	nameable = kindsOf(Ident, Word, KwConst, KwShape)
	// typeWords are the nine words of the declared types.
	typeWords = kindsOf(KwNumber, KwFloat, KwString, KwBool, KwText, KwArray, KwData, KwObject, KwDate)
	// anyWord is every token that is spelled as a word: what may follow a dot or stand before a record's colon.
	anyWord = func() (s kindSet) {
		s = nameable
		for k := KwNumber; k < NumKinds; k++ {
			s[k] = true
		}
		return s
	}()
	// exprStart starts an expression.
	exprStart = nameable.with(Number, Percent, Text, BadText, Invalid, LParen, LBrack, LBrace, Minus, KwTrue, KwFalse,
		KwNull, KwNot, KwFunction, KwRequest, KwPathParam, KwDBQuery)
	// argStart starts the first argument of a statement word written without brackets.
	argStart = nameable.with(Number, Percent, Text, BadText, LBrace, KwTrue, KwFalse, KwNull, KwNot, KwFunction,
		KwRequest, KwPathParam, KwDBQuery)
	// stmtWords are the reserved words that start a statement and nothing else.
	stmtWords = kindsOf(KwPrint, KwInput, KwReturn, KwForEach, KwImport, KwFileOpen, KwFileClose, KwFileRead,
		KwFileWrite, KwReadCSV, KwWriteCSV, KwDBConnect, KwDBDisconnect, KwDBExecute, KwDBInsert, KwDBUpdate, KwDBDelete,
		KwCreateTable, KwSelect, KwRoute, KwEvery, KwResponse, KwJSONBody, KwStartServer, KwStopServer, KwTry, KwAsync)
	// condWords come after a bracket at the start of a statement.
	condWords = kindsOf(KwIf, KwLoop, KwRetry, KwTimeout)
	opened    = kindsOf(LParen, LBrack, LBrace)
	closed    = kindsOf(RParen, RBrack, RBrace)
)

// declares is what a typed declaration may start with besides a name.
var declares = typeWords.with(KwFunction)

func typeKind(k Kind) TypeKind {
	switch k {
	case KwNumber, KwFloat:
		return TypeNumber
	case KwString, KwText:
		return TypeText
	case KwBool:
		return TypeBoolean
	case KwArray:
		return TypeArray
	case KwData, KwObject:
		return TypeRecord
	case KwDate:
		return TypeDate
	case KwFunction:
		return TypeFunction
	}
	return TypeShape
}
