package index

import "github.com/etamil-lang/etamil/syntax"

// Kind is what a symbol is.
type Kind uint8

// The kinds of symbols.
const (
	None      Kind = iota
	Variable       // of the top level, or of a function where Of or a scope says so
	Parameter      // of a function, a method or a function value
	Loop           // the variable of ஒவ்வொரு or பிழை inside a function
	Function       // a named function; a variable that may hold a function of the same name is the same symbol
	Shape          // a வடிவம்
	Field          // of the shape Of
	Method         // of the shape Of
	TypeParam      // of the shape Of
	Key            // a field of records that are no shape's; all of one name are one symbol
	Handle         // a database connection's name
	Table          // a table of the table statements
	Builtin        // a word of the vocabulary; Name is its ID
	Server         // a variable that the server sets: query_params
	Route          // a வழி, in outlines
	Event          // another block that runs later or is named by a text: a test, a signal, a timer, in outlines
	Import         // an இறக்கு, in outlines
)

// Symbol is one thing that has a name. Two Symbols of one Index are the same thing exactly when they are equal (==); the
// zero Symbol is none.
type Symbol struct {
	Kind Kind
	Name string
	// Of is the shape of a member, the name of the function or method ("Shape.method") that a local belongs to, or "".
	Of string

	item  int32 // of a local: its statement
	scope int32 // and its scope there, negative of a route's own variable; 0 of everything else
}

// Local tells a symbol that no code outside its function or route can see.
func (s Symbol) Local() bool { return s.scope != 0 }

// Access is what is done at an occurrence.
type Access uint8

// The accesses. A variable that is never declared with its type has Writes alone.
const (
	Read Access = iota
	Write
	Call
	Declare
)

// Occurrence is a place where a symbol stands.
type Occurrence struct {
	File int
	// Span is the place of the name. Where Quoted is set it is a text with its quotes.
	Span   syntax.Span
	Quoted bool
	Symbol Symbol
	// Also are the other symbols that the name may mean: the same field of several shapes.
	Also   []Symbol
	Access Access
}

// Is tells whether an occurrence may mean a symbol.
func (o Occurrence) Is(s Symbol) bool {
	if o.Symbol == s {
		return true
	}
	for _, a := range o.Also {
		if a == s {
			return true
		}
	}
	return false
}
