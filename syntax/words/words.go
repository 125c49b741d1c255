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
	Type     string // "number", "text", "array<text>", "record{a:number}", "any", …; "a|b" for either
	Optional bool
}

// Word is one entry: rows of the keyword, builtin and service tables that are the same word are one entry.
// Words are shared by all callers and never changed.
type Word struct {
	// ID names the word in code: the keyword's token name ("If"), else the English spelling without its underscore
	// ("length", "cacheGet"), else the romanised one.
	ID      string
	Token   string // the keyword's token name, or ""
	Builtin bool   // a core builtin function
	Section string // section of services.json, or ""
	Group   string // the heading that documentation lists the word under, in English
	Class   Class
	Shape   Shape
	Runs    Runs
	// Spellings: the canonical one of each script first. Tamil ends with the spellings of Also.
	Tamil, Roman, English []string
	// Also are the other accepted spellings, in whatever script (services.md, "also accepted"): never reserved, even
	// where the word is a keyword.
	Also        []string
	Params      []Param // nil and Variadic false: takes nothing
	Variadic    bool
	Result      string // the type of the word's value, or "" when it has none
	HelpTamil   string
	HelpEnglish string
	Example     string
}

// MinArgs is the smallest number of arguments that a call of the word takes.
func (w *Word) MinArgs() int {
	n := 0
	for _, p := range w.Params {
		if !p.Optional {
			n++
		}
	}
	return n
}

// MaxArgs is the largest number of arguments that a call of the word takes, or -1 when there is no limit.
func (w *Word) MaxArgs() int {
	if w.Variadic {
		return -1
	}
	return len(w.Params)
}

// IsKeyword tells whether the word is one of the 203 keywords.
func (w *Word) IsKeyword() bool { return w.Token != "" }
