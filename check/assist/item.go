package assist

import (
	"context"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// MaxItems is how many items a List holds at most.
const MaxItems = 200

// Place is where a question is asked: an offset in bytes in the source of one of a program's files.
type Place struct {
	// Program holds the files, as they stand now.
	Program *module.Program
	// Info is what a check of exactly this program learnt; nil where there was none: then types are not known.
	Info *check.Info
	// Index knows its names; nil where there is none: then names are told apart by their spelling alone.
	Index  *index.Index
	File   int
	Offset int
}

func (p Place) file() *syntax.File {
	if p.Program == nil || p.File < 0 || p.File >= len(p.Program.Files) {
		return nil
	}
	return p.Program.Files[p.File]
}

// Script is the spelling of the words that are offered.
type Script uint8

// The scripts. Auto is the one that the file's own keywords are written in.
const (
	Auto Script = iota
	Tamil
	Roman
	English
)

// Options say how an answer is given.
type Options struct {
	// Lang is the language of explanations.
	Lang diag.Lang
	// Script is the spelling of the vocabulary's words.
	Script Script
	// Others are the files of the workspace that the program does not know: their names are offered with their import.
	Others []Other
	// Imports are the paths that இறக்கு may name here.
	Imports []string
	// Plain leaves placeholders out of what is inserted.
	Plain bool
}

// Kind is what an item stands for.
type Kind uint8

// The kinds.
const (
	KindKeyword Kind = iota
	KindSnippet
	KindWord // a builtin or service word
	KindFunction
	KindMethod
	KindField
	KindVariable
	KindParameter
	KindShape
	KindConstant
	KindOperator
	KindType
	KindFile
	KindTable
	KindColumn
	KindText // a text that fits inside the quotes, or a name written in Tamil
)

// Edit replaces a range of the source. All ranges stand on the edges of letters.
type Edit struct {
	Span syntax.Span
	Text string
}

// Item is one thing that could stand at a place.
type Item struct {
	Label string
	Kind  Kind
	// Detail stands right behind the label: parameters, or how the word is romanised. Description says the type or the
	// sense.
	Detail, Description string
	// Insert is the text up to the caret that Text takes the place of; Replace reaches on to the word's end.
	Insert, Replace syntax.Span
	// Text is what is inserted, with placeholders ${1:name} and $0 where Snippet is set.
	Text    string
	Snippet bool
	// Filter is what editors match with what they see typed.
	Filter string
	// Sort orders the items as texts.
	Sort string
	// Edits are made elsewhere in the file: the import that a name needs.
	Edits []Edit
	// Asks tells that the inserted text has arguments to fill in, for which a signature may be shown.
	Asks bool
	// Ref finds the documentation.
	Ref Ref
}

// List is the answer to Complete. It always holds for exactly what was typed: the next letter asks again.
type List struct {
	Items []Item
	// More tells that there were more items than MaxItems.
	More bool
	// Typed is the word before the caret, Word the whole word.
	Typed string
	Word  syntax.Span
}

// Ref names a thing that has documentation. It is comparable, and its fields survive a trip through JSON.
type Ref struct {
	// Word is the ID of a word of the vocabulary.
	Word string `json:"word,omitempty"`
	// Name is a function or a shape of the program; with Of, a field or method of the shape Of.
	Name string `json:"name,omitempty"`
	Of   string `json:"of,omitempty"`
}

// Assistant answers questions. It remembers the names it has prepared for matching, and may be used by many goroutines.
type Assistant struct{ forms forms }

// New makes an assistant.
func New() *Assistant { return &Assistant{} }

// Complete answers what could stand at a place, the best first. It stops early, with what was found, when ctx is done.
func (a *Assistant) Complete(ctx context.Context, p Place, o Options) List {
	f := p.file()
	if f == nil {
		return List{}
	}
	c := &completion{ctx: ctx, a: a, place: p, o: o, file: f, spot: spotOf(f, p.Offset)}
	c.place.Offset = c.at
	c.script = o.Script
	if c.script == Auto {
		c.script = scriptOf(f, syntax.Span{Start: c.word.Start, End: max(c.at, c.word.End)})
	}
	c.pattern, c.whole = patternOf(c.typed), f.Src[c.word.Start:max(c.at, c.word.End)]
	c.collect()
	return c.list()
}
