package syntax

import (
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax/words"
)

// kindNames are the names under which the grammar's tags know the kinds, in the order of the kinds.
var kindNames = [...]string{
	Ident: "Ident", Word: "Word", Number: "Number", Percent: "Percent", Text: "Text", BadText: "BadText",
	Invalid: "Invalid", LParen: "LParen", RParen: "RParen", LBrack: "LBrack", RBrack: "RBrack", LBrace: "LBrace",
	RBrace: "RBrace", Comma: "Comma", Semi: "Semi", Colon: "Colon", Dot: "Dot", Spread: "Spread", Quest: "Quest",
	Assign: "Assign", Eq: "Eq", Ne: "Ne", Lt: "Lt", Le: "Le", Gt: "Gt", Ge: "Ge", Plus: "Plus", Minus: "Minus",
	Amp: "Amp", Star: "Star", Slash: "Slash",
	KwNumber: "KwNumber", KwFloat: "KwFloat", KwString: "KwString", KwBool: "KwBool", KwText: "KwText",
	KwArray: "KwArray", KwData: "KwData", KwObject: "KwObject", KwDate: "KwDate", KwTrue: "KwTrue",
	KwFalse: "KwFalse", KwNull: "KwNull", KwConst: "KwConst", KwShape: "KwShape", KwIf: "KwIf", KwElse: "KwElse",
	KwLoop: "KwLoop", KwPrint: "KwPrint", KwInput: "KwInput", KwFunction: "KwFunction", KwReturn: "KwReturn",
	KwForEach: "KwForEach", KwIn: "KwIn", KwImport: "KwImport", KwFileOpen: "KwFileOpen", KwFileClose: "KwFileClose",
	KwFileRead: "KwFileRead", KwFileWrite: "KwFileWrite", KwReadCSV: "KwReadCSV", KwWriteCSV: "KwWriteCSV",
	KwDBConnect: "KwDBConnect", KwDBDisconnect: "KwDBDisconnect", KwDBQuery: "KwDBQuery", KwDBExecute: "KwDBExecute",
	KwDBInsert: "KwDBInsert", KwDBUpdate: "KwDBUpdate", KwDBDelete: "KwDBDelete", KwCreateTable: "KwCreateTable",
	KwSelect: "KwSelect", KwFrom: "KwFrom", KwWhere: "KwWhere", KwRoute: "KwRoute", KwEvery: "KwEvery",
	KwRequest: "KwRequest", KwResponse: "KwResponse", KwJSONBody: "KwJSONBody", KwPathParam: "KwPathParam",
	KwStartServer: "KwStartServer", KwStopServer: "KwStopServer", KwAnd: "KwAnd", KwOr: "KwOr", KwNot: "KwNot",
	KwMethod: "KwMethod", KwDatabase: "KwDatabase", KwReserved: "KwReserved",
	KwTry: "KwTry", KwCatch: "KwCatch", KwFinally: "KwFinally", KwRetry: "KwRetry", KwTimeout: "KwTimeout",
	KwAsync: "KwAsync",
}

// punctuation is the spelling of the kinds that have only one.
var punctuation = map[Kind]string{
	LParen: "(", RParen: ")", LBrack: "[", RBrack: "]", LBrace: "{", RBrace: "}", Comma: ",", Semi: ";", Colon: ":",
	Dot: ".", Spread: "..", Quest: "?", Assign: "=", Eq: "==", Ne: "!=", Lt: "<", Le: "<=", Gt: ">", Ge: ">=",
	Plus: "+", Minus: "-", Amp: "&", Star: "*", Slash: "/",
}

// described are the kinds that stand for a group of spellings, in both languages.
var described = map[Kind]string{
	EOF: "கோப்பின் முடிவு (end of file)", Ident: "ஒரு பெயர் (a name)", Word: "ஒரு சொல் (a word)",
	Number: "ஓர் எண் (a number)", Percent: "ஒரு விழுக்காடு (a percentage)", Text: "மேற்கோள் உரை (quoted text)",
	BadText: "மேற்கோள் உரை (quoted text)", Invalid: "பொருளற்ற எழுத்து (an invalid character)",
	KwMethod:   "வழியின் முறை (an HTTP method)",
	KwDatabase: "தரவுத்தள வகை (a database word)", KwReserved: "ஒதுக்கப்பட்ட சொல் (a reserved word)",
}

// contextualIDs are the vocabulary's IDs of the contextual kinds.
var contextualIDs = map[Kind]string{
	KwTry: "try", KwCatch: "catch", KwFinally: "finally", KwRetry: "retry", KwTimeout: "timeout", KwAsync: "async",
}

// symbolTable answers Symbol for every kind; it asks the vocabulary once.
var symbolTable = sync.OnceValue(func() map[Kind]string {
	out := make(map[Kind]string, NumKinds+1)
	for k, s := range punctuation {
		out[k] = "'" + s + "'"
	}
	for _, w := range words.All() {
		k, ok := kindOfToken[w.Token]
		if ok && k != KwMethod && k != KwDatabase {
			out[k] = bilingual(w)
		}
	}
	for k, id := range contextualIDs {
		if w := words.ByID(id); w != nil {
			out[k] = bilingual(w)
		}
	}
	for k, s := range described {
		out[k] = s
	}
	return out
})

func bilingual(w *words.Word) string {
	if len(w.Roman) == 0 {
		return w.Tamil[0]
	}
	return w.Tamil[0] + " (" + w.Roman[0] + ")"
}

// Symbol is how messages name a kind of token: punctuation in quotes, a keyword in Tamil and romanised, and a group of
// tokens by a description in both languages.
func Symbol(k Kind) string { return symbolTable()[k] }

// foundSymbol is how a message names the token that stands where another was expected.
func foundSymbol(t *Token) string {
	if t.EOF() {
		return Symbol(EOF)
	}
	v := t.Value
	if i := strings.IndexByte(v, '\n'); i >= 0 {
		v = v[:i] + "…"
	}
	const most = 60
	if len(v) > most {
		v = strings.ToValidUTF8(v[:most], "") + "…"
	}
	return "'" + v + "'"
}
