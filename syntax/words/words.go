// Package words is the vocabulary (temporary head; see doc.go).
package words

// Class says whether a word may be a program's own name.
type Class uint8

// The classes of language/grammar.md section 3, and Free for words that were never reserved.
const (
	Free       Class = iota // builtins and service words: any program may reuse the name
	Usable                  // a keyword that may be a name
	Contextual              // நிலை and வடிவம்
	Reserved                // never a name
)

// Shape is how a word is written (services.md, "How the words fit the language").
type Shape uint8

// The shapes.
const (
	ShapeNone        Shape = iota // an ordinary name, or a keyword with a production of its own
	ShapeStmt                     // WORD a, b;
	ShapeCall                     // WORD(a, b)
	ShapeCallBlock                // WORD(a) { … }
	ShapeBuilder                  // WORD(a) { key: v } with brackets and braces optional
	ShapeDeclBlock                // WORD a, b { … }
	ShapeMethod                   // x.WORD(a)
	ShapeMethodBlock              // x.WORD(a) { … }
	ShapeName                     // a name with a meaning
	ShapeClause                   // part of another word's statement
	ShapeModifier                 // before செயல்
	ShapeKeyword                  // a keyword with a production of its own
)

// Runs tells when a word's block runs.
type Runs uint8

// Blocks that run now share the scope around them; blocks that run later hold copies (services.md rule 11).
const (
	RunsNone Runs = iota
	RunsNow
	RunsLater
)

// Param is one parameter of a word.
type Param struct {
	Name     string // Tamil
	Type     string // "number", "text", "array", "record", "any", …
	Optional bool
}

// Word is one entry: rows of the keyword, builtin and service tables that are the same word are one entry.
type Word struct {
	// ID names the word in code: the keyword's token name ("If"), else the English spelling without its underscore
	// ("length", "cacheGet"), else the romanised one.
	ID      string
	Token   string // the keyword's token name, or ""
	Builtin bool   // a core builtin function
	Section string // section of services.json, or ""
	Class   Class
	Shape   Shape
	Runs    Runs
	// Spellings: the canonical one of each script first.
	Tamil, Roman, English []string
	Params                []Param // nil and Variadic false: takes nothing
	Variadic              bool
	Result                string
	HelpTamil             string
	HelpEnglish           string
	Example               string
}
