package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// kind is the kind of a static type.
type kind uint8

const (
	unknown kind = iota // satisfies every type and takes every value
	number
	text
	boolean
	array
	record
	date
	function
	shaped
	param // a type parameter of a generic shape
	mixed // what a literal gives one type parameter where its fields disagree
)

// typ is a static type. Type parameters are known here only; at run time they do not exist.
type typ struct {
	kind  kind
	shape *shape // of a shaped type
	args  []typ  // of a generic shape; nil when none were given
	index int    // of a type parameter
}

// shape is a declared record shape.
type shape struct {
	name    string
	at      place
	params  map[string]int
	fields  []*field
	byName  map[string]*field
	methods map[string]*fn
	order   []string // the methods' names as declared
}

// field is a field of a shape.
type field struct {
	name string
	typ  typ
}

// fn is a function, method or lambda.
type fn struct {
	name       string
	at         place
	params     []parameter
	self       bool // a method whose first parameter is இது
	background bool
	result     typ
	owner      *shape
}

// parameter is a declared parameter.
type parameter struct {
	name  string
	at    place
	typ   typ
	fixed bool
}

// accepts tells whether a value of type got may stand where want was declared (language/grammar.md 5).
func accepts(want, got typ) bool {
	if want.open() || got.open() || want.kind == mixed {
		return true
	}
	switch want.kind {
	case record:
		return got.kind == record || got.kind == shaped || got.kind == mixed // perhaps of two shapes
	case text, date:
		return got.kind == text || got.kind == date || got.kind == number
	case shaped:
		return got.kind == shaped && got.shape == want.shape && acceptsAll(want.args, got.args)
	}
	return want.kind == got.kind
}

func acceptsAll(want, got []typ) bool {
	for i := range min(len(want), len(got)) {
		if !accepts(want[i], got[i]) {
			return false
		}
	}
	return true
}

// open tells a type of which nothing is known.
func (t typ) open() bool { return t.kind == unknown || t.kind == param }

// with puts a generic shape's arguments in the place of its parameters.
func (t typ) with(args []typ) typ {
	switch t.kind {
	case param:
		if t.index < len(args) && args[t.index].kind != mixed {
			return args[t.index]
		}
		return typ{}
	case shaped:
		if len(t.args) == 0 {
			return t
		}
		out := make([]typ, len(t.args))
		for i, a := range t.args {
			out[i] = a.with(args)
		}
		t.args = out
	}
	return t
}

// infer learns the arguments of a generic shape from a value of type got in a field declared as want.
func infer(want, got typ, args []typ) {
	switch {
	case want.kind == param && want.index < len(args) && !got.open():
		switch known := args[want.index]; {
		case known.kind == unknown:
			args[want.index] = got
		case accepts(known, got): // as it is
		case accepts(got, known):
			args[want.index] = got
		default:
			args[want.index] = typ{kind: mixed}
		}
	case want.kind == shaped && got.kind == shaped && want.shape == got.shape:
		for i := range min(len(want.args), len(got.args)) {
			infer(want.args[i], got.args[i], args)
		}
	}
}

// kindTexts are a kind's Tamil and romanised word, and what a value of it is called.
var kindTexts = [...]struct{ word, roman, tamil, english string }{
	unknown:  {"", "", "ஏதோ ஒரு மதிப்பு", "a value"},
	number:   {"எண்", "eN", "ஓர் எண்", "a number"},
	text:     {"சொல்", "col", "ஒரு சொல்", "a string"},
	boolean:  {"ஈர்ம", "Irma", "ஓர் ஈர்ம மதிப்பு", "a boolean"},
	array:    {"அணி", "aNi", "ஓர் அணி", "an array"},
	record:   {"பொருள்", "poruL", "ஒரு பொருள்", "a record"},
	date:     {"தேதி", "qEqi", "ஒரு தேதி", "a date"},
	function: {"செயல்", "ceyal", "ஒரு செயல்", "a function"},
	shaped:   {"", "", "ஒரு வடிவம்", "a shape"},
	param:    {"", "", "ஏதோ ஒரு மதிப்பு", "a value"},
	mixed:    {"", "", "பல வகை மதிப்புகள்", "values of several types"},
}

// declared says a declared type: எண் (eN, a number).
func (t typ) declared() string {
	k := kindTexts[t.kind]
	if t.kind != shaped {
		return k.word + " (" + k.roman + ", " + k.english + ")"
	}
	name := t.short()
	if roman := ezuqqu.FromTamil(name); roman != name {
		return name + " (" + roman + ", a shape)"
	}
	return name + " (a shape)"
}

// found says the type of a value: ஒரு சொல் (a string).
func (t typ) found() string {
	if t.kind == shaped {
		return "'" + t.short() + "' வடிவம் (a shape " + t.short() + ")"
	}
	k := kindTexts[t.kind]
	return k.tamil + " (" + k.english + ")"
}

// short is the type as a program writes it.
func (t typ) short() string {
	if t.kind != shaped {
		if w := kindTexts[t.kind].word; w != "" {
			return w
		}
		return "?"
	}
	if len(t.args) == 0 {
		return t.shape.name
	}
	args := make([]string, len(t.args))
	for i, a := range t.args {
		args[i] = a.short()
	}
	return t.shape.name + "[" + strings.Join(args, ", ") + "]"
}

// resolve reads a declared type. A name that is no shape is reported, once.
func (c *checker) resolve(t *syntax.Type) typ {
	if t == nil {
		return typ{}
	}
	if t.Kind != syntax.TypeShape {
		return c.lookupType(t) // nothing can be wrong with a type word
	}
	if done, ok := c.types[t]; ok {
		return done
	}
	out := c.lookupType(t)
	c.types[t] = out
	return out
}

// declaredKinds maps the type words' meanings to kinds.
var declaredKinds = [...]kind{
	syntax.TypeShape: shaped, syntax.TypeNumber: number, syntax.TypeText: text, syntax.TypeBoolean: boolean,
	syntax.TypeArray: array, syntax.TypeRecord: record, syntax.TypeDate: date, syntax.TypeFunction: function,
}

func (c *checker) lookupType(t *syntax.Type) typ {
	if t.Kind != syntax.TypeShape {
		if int(t.Kind) < len(declaredKinds) {
			return typ{kind: declaredKinds[t.Kind]}
		}
		return typ{}
	}
	if t.Name == nil || t.Name.Text == "" {
		return typ{}
	}
	if i, ok := c.params[t.Name.Text]; ok {
		return typ{kind: param, index: i}
	}
	at := c.here(t.Name)
	sh := c.shapes[t.Name.Text]
	if sh == nil {
		c.report(CodeUnknownType, at, []string{t.Name.Text})
		c.suggest(at, t.Name.Text, append(typeSpellings(), c.shapeNames()...))
		return typ{}
	}
	out := typ{kind: shaped, shape: sh}
	for _, a := range t.Args {
		out.args = append(out.args, c.resolve(a))
	}
	if n := len(t.Args); n > 0 && n != len(sh.params) {
		args := []string{sh.name, strconv.Itoa(len(sh.params)), strconv.Itoa(n)}
		c.report(CodeTypeArgs, at, args, note{diag.NoteShape, sh.name, sh.at})
		out.args = nil
	}
	return out
}

// typeSpellings are the words of the declared types.
func typeSpellings() []string {
	var out []string
	for _, w := range words.All() {
		if strings.HasSuffix(w.Token, "Type") && w.Token != "ContentType" {
			out = slices.Concat(out, w.Tamil, w.Roman, w.English)
		}
	}
	return out
}
