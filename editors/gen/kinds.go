package main

import (
	"slices"

	"github.com/etamil-lang/etamil/syntax/words"
)

// kind is what a word is to somebody who reads a program: the colour that it gets.
type kind int

const (
	plain    kind = iota // a name like any other: the financial words and whatever any program may use as its own
	control              // if, else, loops, return, import
	declare              // what brings something into being: functions, shapes, bindings, routes
	typeName             // the types
	constant             // true, false, null, HTTP methods, kinds of databases
	logical              // and, or, not
	command              // the other reserved words: print, files, databases, HTTP
	self                 // the record of a method, the request of a route
	mark                 // control words that are reserved nowhere: try, catch, retry, break; told by what follows
	service              // words of services: calls and statements
	function             // builtin functions
)

// names are the kinds as the generated files name them.
var names = map[kind]string{
	control: "control", declare: "declaration", typeName: "type", constant: "constant", logical: "logical",
	command: "command", self: "self", mark: "mark", service: "service", function: "function",
}

// special are the words whose kind cannot be told from their shape and class.
var special = map[string]kind{
	"If": control, "Else": control, "Loop": control, "ForEach": control, "In": control, "Return": control, "Import": control,
	"Function": declare, "Shape": declare, "Const": declare, "Route": declare, "Every": declare,
	"True": constant, "False": constant, "Null": constant,
	"HttpGet": constant, "HttpPost": constant, "HttpPut": constant, "HttpDelete": constant, "HttpPatch": constant,
	"HttpOptions": constant, "HttpHead": constant,
	"SQLite": constant, "MySQL": constant, "PostgreSQL": constant, "MongoDB": constant, "Redis": constant,
	"And": logical, "Or": logical, "Not": logical,
	"Request": self, "self": self,
	"async": mark, "try": mark, "catch": mark, "finally": mark, "retry": mark, "timeout": mark, "break": mark,
	"continue": mark, "IntegerType": typeName, "FloatType": typeName, "StringType": typeName, "BoolType": typeName,
	"TextType": typeName, "ArrayType": typeName, "DataType": typeName, "ObjectType": typeName, "DateType": typeName,
}

// of tells the kind of a word.
func of(w *words.Word) kind {
	if k, ok := special[w.ID]; ok {
		return k
	}
	switch {
	case w.IsKeyword() && w.Class == words.Reserved:
		return command
	case w.Builtin:
		return function
	}
	switch w.Shape {
	case words.ShapeCall, words.ShapeCallBlock, words.ShapeBuilder, words.ShapeStmt, words.ShapeDeclBlock, words.ShapeMethodBlock:
		return service
	case words.ShapeKeyword: // the protocols that stand where a route has its method
		return constant
	}
	return plain
}

// lists holds the spellings of each kind, sorted.
type lists map[kind][]string

// sort sorts the vocabulary into kinds.
func sort() lists {
	l := lists{}
	for _, w := range words.All() {
		if k := of(w); k != plain {
			l[k] = append(l[k], own(w)...)
		}
	}
	for k := range l {
		slices.Sort(l[k])
		l[k] = slices.Compact(l[k])
	}
	return l
}

// own are the spellings that mean this word wherever they stand. The other accepted spellings of a reserved word are
// names everywhere but in place, so they are left out; a spelling that two words share belongs to the primary one.
func own(w *words.Word) []string {
	var all []string
	for _, s := range slices.Concat(w.Tamil, w.Roman, w.English) {
		if words.Lookup(s) == w && (!w.IsKeyword() || words.Keyword(s) == w) {
			all = append(all, s)
		}
	}
	return all
}

// spellings are those of some words together: what a rule for these words alone needs.
func spellings(ids ...string) []string {
	var all []string
	for _, id := range ids {
		all = append(all, own(words.ByID(id))...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
