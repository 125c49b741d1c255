package syntax

import "github.com/alecthomas/participle/v2/lexer"

// Token is one significant token: its kind, its source text and its place. Pos.Offset is in bytes, Pos.Line is
// 1-based, and Pos.Column is 1 for a token that starts in the first column of its line and 0 for any other:
// syntax/position counts columns.
type Token = lexer.Token

// Kind is a token's type.
type Kind = lexer.TokenType

// The kinds of tokens. Every keyword that the grammar mentions has a kind of its own; all other vocabulary words are
// Word, and everything else that looks like a name is Ident.
const (
	EOF Kind = lexer.EOF

	Ident Kind = iota
	Word       // a vocabulary word that is no keyword of the core grammar; words.Lookup(Value) tells which
	Number
	Percent
	Text
	BadText // quoted text that never ends
	Invalid // a character that belongs to no token, or a region nested too deep
	LParen
	RParen
	LBrack
	RBrack
	LBrace
	RBrace
	Comma
	Semi
	Colon
	Dot
	Spread // ..
	Quest
	Assign
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	Plus
	Minus
	Amp
	Star
	Slash

	KwNumber // எண் and the other eight type words
	KwFloat
	KwString
	KwBool
	KwText
	KwArray
	KwData
	KwObject
	KwDate
	KwTrue
	KwFalse
	KwNull
	KwConst
	KwShape
	KwIf
	KwElse
	KwLoop
	KwPrint
	KwInput
	KwFunction
	KwReturn
	KwForEach
	KwIn
	KwImport
	KwFileOpen
	KwFileClose
	KwFileRead
	KwFileWrite
	KwReadCSV
	KwWriteCSV
	KwDBConnect
	KwDBDisconnect
	KwDBQuery
	KwDBExecute
	KwDBInsert
	KwDBUpdate
	KwDBDelete
	KwCreateTable
	KwSelect
	KwFrom
	KwWhere
	KwRoute
	KwEvery
	KwRequest
	KwResponse
	KwJSONBody
	KwPathParam
	KwStartServer
	KwStopServer
	KwAnd
	KwOr
	KwNot
	KwMethod   // one of the seven HTTP methods; words.Lookup tells which
	KwDatabase // one of the eight database words
	KwReserved // a reserved keyword that no statement uses

	// Contextual words that stand where they are words (services.md). The lexer finds them as Word; they become these
	// kinds where their neighbours make them so.
	KwTry     // முயல் {
	KwCatch   // } பிழை {, } பிழை (NAME) {
	KwFinally // } இறுதியில் {
	KwRetry   // ) மீள்முயல் {
	KwTimeout // ) காலவரம்பு {
	KwAsync   // பின்னணி செயல்

	NumKinds
)

// kindOfToken is the token kind of each keyword of the vocabulary that the core grammar mentions, by the keyword's token
// name (words.Word.Token).
var kindOfToken = map[string]Kind{
	"IntegerType": KwNumber, "FloatType": KwFloat, "StringType": KwString, "BoolType": KwBool, "TextType": KwText,
	"ArrayType": KwArray, "DataType": KwData, "ObjectType": KwObject, "DateType": KwDate,
	"True": KwTrue, "False": KwFalse, "Null": KwNull, "Const": KwConst, "Shape": KwShape,
	"If": KwIf, "Else": KwElse, "Loop": KwLoop, "Print": KwPrint, "Input": KwInput, "Function": KwFunction,
	"Return": KwReturn, "ForEach": KwForEach, "In": KwIn, "Import": KwImport,
	"FileOpen": KwFileOpen, "FileClose": KwFileClose, "FileRead": KwFileRead, "FileWrite": KwFileWrite,
	"ReadCSV": KwReadCSV, "WriteCSV": KwWriteCSV,
	"DBConnect": KwDBConnect, "DBDisconnect": KwDBDisconnect, "DBQuery": KwDBQuery, "DBExecute": KwDBExecute,
	"DBInsert": KwDBInsert, "DBUpdate": KwDBUpdate, "DBDelete": KwDBDelete, "CreateTable": KwCreateTable,
	"Select": KwSelect, "From": KwFrom, "Where": KwWhere, "Route": KwRoute, "Every": KwEvery, "Request": KwRequest,
	"Response": KwResponse, "JSONBody": KwJSONBody, "PathParam": KwPathParam, "StartServer": KwStartServer,
	"StopServer": KwStopServer, "And": KwAnd, "Or": KwOr, "Not": KwNot,
	"HttpGet": KwMethod, "HttpPost": KwMethod, "HttpPut": KwMethod, "HttpDelete": KwMethod, "HttpPatch": KwMethod,
	"HttpOptions": KwMethod, "HttpHead": KwMethod,
	"SQL": KwDatabase, "NoSQL": KwDatabase, "SQLite": KwDatabase, "MySQL": KwDatabase, "PostgreSQL": KwDatabase,
	"MongoDB": KwDatabase, "Redis": KwDatabase, "JSONdb": KwDatabase,
}
