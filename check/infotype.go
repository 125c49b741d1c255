package check

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Type is an inferred type as editors see it. The zero Type is unknown. Types of one Info may be compared with Same.
type Type struct {
	in *Info
	t  *ty
}

// typ is a type as it is shown: சொல் promises a text, although the core language lets numbers pass.
func (in *Info) typ(t *ty) Type {
	if t == declTextT {
		t = textT
	}
	return Type{in, t}
}

// Kind is the kind of a type.
type Kind uint8

// The kinds. Union is a value that may be of several kinds, which Alternatives lists.
const (
	Unknown Kind = iota
	Nil
	Number
	Text
	Boolean
	Array
	Record
	Shaped    // a value of a shape; Name is the shape's
	Function  // a function as a value
	Result    // a முடிவு
	Handle    // a task, a connection, …; Name tells
	ShapeName // a shape's name as a value; Name is the shape's
	Union
)

var kinds = map[tkind]Kind{
	tNil: Nil, tNumber: Number, tText: Text, tBool: Boolean, tArray: Array, tRecord: Record, tShaped: Shaped, tFunc: Function,
	tResult: Result, tHandle: Handle, tShapeName: ShapeName, tUnion: Union,
}

// Kind is the kind of the type; Unknown for one that may be anything.
func (t Type) Kind() Kind {
	if t.t == nil {
		return Unknown
	}
	return kinds[t.t.k]
}

// Known tells whether anything is known of the type.
func (t Type) Known() bool { return t.t != nil && t.t.known() && t.t.k != tUnset }

// Same tells whether two types are equal.
func (t Type) Same(o Type) bool { return sameOrNil(t.t, o.t) }

// Name is the name of a shape or the kind of a handle, "" of every other type.
func (t Type) Name() string {
	switch t.Kind() {
	case Shaped, ShapeName, Handle:
		return t.t.name
	}
	return ""
}

// Alternatives are the types of which a value may be: several of a Union, otherwise the type alone.
func (t Type) Alternatives() []Type {
	if t.Kind() != Union {
		return []Type{t}
	}
	list := make([]Type, len(t.t.alts))
	for i, a := range t.t.alts {
		list[i] = t.in.typ(a)
	}
	return list
}

// Elem is the type of an array's items, of what a சரி holds, of what a task answers; unknown of every other type.
func (t Type) Elem() Type {
	switch t.Kind() {
	case Array, Result, Handle:
		return t.in.typ(t.t.elem)
	}
	return Type{}
}

// Err is the type of what a தவறு holds.
func (t Type) Err() Type {
	if t.Kind() != Result {
		return Type{}
	}
	return t.in.typ(t.t.err)
}

// Field is a field of a record or of a shape.
type Field struct {
	Name string
	Type Type
	// Optional tells that a record may lack the field.
	Optional bool
	// Shape is the shape that declares the field, "" of a record's.
	Shape string
	// At is where the field's name is declared; zero of a record's.
	At Place
}

// Place is a place in one of the program's files.
type Place struct {
	File int
	Span syntax.Span
}

// Fields are the fields that a value of the type may have: a record's by name, a shape's as they are declared, those of
// all alternatives of a Union.
func (t Type) Fields() []Field {
	var list []Field
	for _, a := range t.Alternatives() {
		switch a.Kind() {
		case Record:
			for _, f := range a.t.rec {
				list = append(list, Field{Name: f.name, Type: t.in.typ(f.t), Optional: f.opt})
			}
		case Shaped:
			list = append(list, t.in.shapeFields(a.t)...)
		}
	}
	if t.Kind() != Union {
		return list
	}
	slices.SortStableFunc(list, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(list, func(a, b Field) bool { return a.Name == b.Name })
}

// Open tells a record, or a Union with one, that may have more fields than Fields lists.
func (t Type) Open() bool {
	return slices.ContainsFunc(t.Alternatives(), func(a Type) bool { return a.Kind() == Record && a.t.open })
}

func (in *Info) shapeFields(t *ty) []Field {
	sh := in.w.shapes[t.name]
	if sh == nil {
		return nil
	}
	var list []Field
	for _, d := range sh.decl.Fields {
		if d.Name == nil || d.Name.Text == "" {
			continue
		}
		ft := sh.field(d.Name.Text)
		if i, ok := sh.param(d.Name.Text); ok && i < len(t.args) {
			ft = t.args[i]
		}
		list = append(list, Field{Name: d.Name.Text, Type: in.typ(ft), Shape: sh.name, At: Place{sh.it.file, sh.it.span(d.Name)}})
	}
	return list
}

// Methods are the methods that can be called on a value of the type, or behind the name of a shape.
func (t Type) Methods() []*Signature {
	var list []*Signature
	for _, a := range t.Alternatives() {
		sh := (*shapeInfo)(nil)
		if k := a.Kind(); k == Shaped || k == ShapeName {
			sh = t.in.w.shapes[a.t.name]
		}
		if sh == nil {
			continue
		}
		for _, name := range sh.order {
			if m := sh.methods[name]; m.self || a.Kind() == ShapeName {
				list = append(list, t.in.signature(m))
			}
		}
	}
	return list
}

// Words are the builtins that take a value of the type as their first argument: those that ask for its kind, not those
// that take anything.
func (t Type) Words() []*words.Word {
	if !t.Known() {
		return nil
	}
	var list []*words.Word
	for _, w := range words.All() {
		if !isWord(w) || w.Shape == words.ShapeMethod || w.Shape == words.ShapeMethodBlock || len(w.Params) == 0 {
			continue
		}
		want := signatures()[w.ID].params[0]
		if want.known() && t.t.all(func(a *ty) bool { return takes(want, a) }) {
			list = append(list, w)
		}
	}
	return list
}

// takes tells whether a word's parameter takes a value of a kind.
func takes(want, got *ty) bool {
	ok := false
	want.each(func(d *ty) {
		ok = ok || d.k == got.k && (d.k != tHandle || d.name == got.name) || d.k == tRecord && got.k == tShaped
	})
	return ok
}

// Call answers what a function value takes and answers, false of every other type.
func (t Type) Call() (*Signature, bool) {
	if t.Kind() != Function {
		return nil, false
	}
	if f := t.in.w.funcs[t.t.name]; f != nil {
		return t.in.signature(f), true
	}
	fn := t.t.fn
	if w := words.ByID(fn.word); w != nil {
		return t.in.Word(w), true
	}
	s := &Signature{Result: t.in.typ(fn.result), Min: fn.min, Max: fn.max}
	for _, p := range fn.params {
		s.Params = append(s.Params, Parameter{Name: p.name, Type: t.in.typ(p.declared), Declared: p.declared != nil})
	}
	return s, true
}

// Text says the type in one language as short as code does: எண், அணி<சொல்>, {பெயர்: சொல்}; in both languages with the
// English behind the Tamil in brackets. An unknown type is ஏதும் (any).
func (t Type) Text(l diag.Lang) string {
	switch l {
	case diag.Tamil:
		return t.t.short(tamil, 0)
	case diag.English:
		return t.t.short(english, 0)
	}
	return t.t.short(tamil, 0) + " (" + t.t.short(english, 0) + ")"
}

// String says the type in English.
func (t Type) String() string { return t.Text(diag.English) }
