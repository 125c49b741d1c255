package syntax

// Span is a half-open range of bytes in one source file.
type Span struct{ Start, End int }

// Shift is the range n bytes later: a span inside a statement of a file, moved by the statement's File.Base.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// Node is anything in the tree that stands at one place of the source.
type Node interface {
	// Span is the node's place: from its first token's first byte to its last token's end. A node that was only
	// half written ends with the last token that was read.
	Span() Span
}

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

// Name is a name where one is declared or looked up: an identifier, a word that may be a name, or quoted text where
// the grammar takes it (language/grammar.md 3).
type Name struct {
	Tok Token
	// Text is the name itself: the token's spelling, with single letters of foreign scripts read as their Tamil twins
	// (services.md, "Reading what the user wrote"), or the decoded text of a quoted name.
	Text string
	// misuse tells that the token is a reserved word, which cannot be a name.
	misuse bool
}

// Type is a declared type: one of the nine type words, a shape's name with optional arguments, or செயல்.
type Type struct {
	Name *Name
	// Kind is the meaning of a type word; TypeShape for every other name.
	Kind TypeKind
	Args []*Type
	// faults tell of a bracket that was never closed.
	faults []Fault
	end    int
}

// TypeKind is what a declared type asks for (language/grammar.md 5).
type TypeKind uint8

// The declared types of the core language.
const (
	TypeShape TypeKind = iota
	TypeNumber
	TypeText
	TypeBoolean
	TypeArray
	TypeRecord
	TypeDate
	TypeFunction
)

// Param is one parameter of a function.
type Param struct {
	Fixed bool // நிலை
	Type  *Type
	Name  *Name
}

// Signature is a parameter list and an optional result type.
type Signature struct {
	Open   Token
	Params []*Param
	Result *Type
	Faults []Fault
	end    int
}

// Block is statements in braces.
type Block struct {
	Open  Token
	Stmts []Stmt
	Close Token // zero when the block was never closed
	// Faults are the block's own (a missing brace); the statements hold theirs.
	Faults []Fault
	end    int
}

// File is one parsed source file. Every input gives a File.
type File struct {
	Name  string // as it is shown to people
	Src   string // as it was read, without a leading byte order mark and with \r\n as \n
	Stmts []Stmt
	// Bases are parallel to Stmts: Bases[i] is added to every offset inside Stmts[i] to get its place in Src. Nil means
	// that all are zero, as after Parse; a Document's statements were parsed apart.
	Bases []int
	// Faults holds every syntax error and warning of the file, in order of place, at most MaxFaults.
	Faults []Fault
	// Tokens are all significant tokens of a whole parse, EOF last; what lies between two of them is the trivia. A file of
	// a Document has none here: AllTokens answers those of both.
	Tokens []Token

	tokens func() []Token
	tree   *tree // of a Document
}

// Base is what is added to every offset inside Stmts[i] to get its place in Src.
func (f *File) Base(i int) int {
	if f.Bases == nil {
		return 0
	}
	return f.Bases[i]
}
