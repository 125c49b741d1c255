package syntax

// The codes of this package. The comment of each is its English text with the arguments that {0} and {1} stand for.
// A symbol is the bilingual spelling that Symbol answers.
const (
	CodeExpected     = "E0001" // expected {0}, found {1}; {0} symbols joined by " / ", {1} a symbol or source text
	CodeUnexpected   = "E0002" // unexpected {0}; no statement starts like this; {0} a symbol or source text
	CodeReserved     = "E0003" // {0} is a reserved word and cannot be a name here; {0} the word as written
	CodeUnclosed     = "E0004" // expected {0} to close the bracket opened here (Opener), found {1}; symbols
	CodeOpenText     = "E0005" // this text never ends: a closing " is missing
	CodeInvalid      = "E0006" // the character {0} has no meaning here; {0} the character or its code point
	CodeLoneCR       = "E0007" // a carriage return without a line feed
	CodeJoiner       = "E0008" // an invisible joiner or mark ({0}) outside quoted text; {0} its code point
	CodeNoBreak      = "E0009" // a no-break space ({0}) outside quoted text: use an ordinary space; {0} its code point
	CodeModulo       = "E0010" // % belongs directly after a number; eTamil has no remainder operator
	CodeForeign      = "E0011" // {0} is written in another script; did you mean {1}?; {0} the word, {1} a Tamil word
	CodeNumberRange  = "E0012" // the number {0} is too large: numbers hold 96 bits, up to 79228162514264337593543950335
	CodeDeep         = "E0013" // nested deeper than {0} brackets; {0} the limit
	CodeFileSize     = "E0014" // the file is larger than {0} bytes; {0} the limit
	CodeUTF8         = "E0015" // this is not UTF-8 text
	CodeNUL          = "E0016" // a NUL character: this is not a text file
	CodeLongChain    = "E0017" // more than {0} operators or calls in one expression: split it; {0} the limit
	CodeChainOperand = "E0018" // inside a chain of comparisons only names, literals, fields and elements may stand
	CodeBareBlock    = "E0019" // a block or record cannot stand alone as a statement
	CodeStray        = "E0020" // {0} closes nothing; {0} a symbol
	CodeSpreadLast   = "E0021" // the spread .. must be the last part of a record, and there can be only one
	CodeEscape       = "E0022" // a backslash at the end of a line has no meaning in quoted text
	CodeTryAlone     = "E0023" // {0} needs a {1} or {2} block; symbols
	CodeTextName     = "E0024" // quoted text cannot be the name here; {0} the text as written
	CodeMissingName  = "E0025" // a name is missing after {0}; {0} a symbol
	CodeWordBlock    = "E0026" // {0} needs a block; {0} the word
	CodeLoneType     = "E0027" // the type {0} needs a name after it; {0} the type as written
	CodeNoSemicolon  = "E0028" // a ';' is missing after {0}; {0} a symbol; Span is the place, Fix the semicolon
	CodeMisspelt     = "E0029" // {0} is no word of the language; did you mean {1}?; Fix is {1}

	CodeAssignInside   = "E0030" // '=' stores a value and cannot stand here; '==' compares; Fix is ==
	CodeConditionFirst = "E0031" // the condition stands in brackets before {0}; {0} the word as written
	CodeQuote          = "E0032" // {0} is no quotation mark of the language; {0} the mark; Fix is the text in "
	CodeComment        = "E0033" // {0} starts no comment; {0} the sign as written
	CodeOperator       = "E0034" // there is no {0}; write {1}; {0} the operator as written, {1} what to write
	CodeNumberForm     = "E0035" // {0} is no number; {0} the source text
	CodeJoin           = "E0036" // an operator is missing between {0} and {1}; symbols
	CodeNoBrackets     = "E0038" // what {0} is given stands in brackets: {0}(…); {0} the name as written
	CodeNoCallee       = "E0039" // brackets with a comma in them are a call's, and the name before them is missing
	CodeElseAlone      = "E0037" // {0} needs (…) எனில் { … } before it; {0} the word as written

	WarnMixedScript = "W0001" // {0} mixes letters of other scripts; write {1}; Fix is {1}
	WarnDecomposed  = "W0002" // {0} is written with decomposed signs and is a name; the keyword is {1}; Fix is {1}
	WarnIdleType    = "W0003" // the type {0} does nothing in front of this statement; Fix removes it
	WarnEmpty       = "W0004" // this semicolon ends nothing; Fix removes it
)
