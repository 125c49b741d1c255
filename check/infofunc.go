package check

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Signature is a function, a method or a builtin as its callers see it.
type Signature struct {
	// Name is the function's name, "" of a function without one.
	Name string
	// Shape is the shape whose method it is, or "".
	Shape string
	// Word is set for a builtin.
	Word *words.Word
	// Params are the parameters; of some function values they are not known, and Min and Max alone tell.
	Params []Parameter
	// Min and Max are how many arguments a call takes; Max is -1 without a limit, Min -1 where it is not known.
	Min, Max int
	// Result is what a call answers; Declared tells that it was written down.
	Result   Type
	Declared bool
	// Task tells a பின்னணி செயல், whose call answers a task.
	Task bool
	// Self tells a method whose first parameter is the value before the dot. It is one of Params, and counted in Min and Max.
	Self bool
	// At is where the name is declared; zero without one.
	At Place
}

// Parameter is one parameter.
type Parameter struct {
	Name string
	// Type is what the calls pass where the declaration leaves that open.
	Type Type
	// Declared tells that the type was written down, Optional that the argument may be left out, as some of builtins may.
	Declared, Optional bool
	// At is where the name is declared; zero of a builtin's.
	At Place
}

// Func answers the function of a name, nil when there is none: the one that calls reach when there are several.
func (in *Info) Func(name string) *Signature {
	if f := in.w.funcs[name]; f != nil {
		return in.signature(f)
	}
	return nil
}

// Method answers a shape's method, nil when there is none.
func (in *Info) Method(shape, name string) *Signature {
	if sh := in.w.shapes[shape]; sh != nil && sh.methods[name] != nil {
		return in.signature(sh.methods[name])
	}
	return nil
}

// Funcs are all functions that calls can reach, in the order of the program.
func (in *Info) Funcs() []*Signature {
	var list []*Signature
	for _, u := range in.w.units {
		if f := in.w.funcs[u.name]; u.kind == unitFunc && f != nil && f.u == u {
			list = append(list, in.signature(f))
		}
	}
	return list
}

func (in *Info) signature(f *funcInfo) *Signature {
	u := f.u
	it := u.items[0]
	s := &Signature{Name: f.name, Min: len(f.params), Max: len(f.params), Task: f.task, Self: f.self, Declared: f.result != nil}
	if u.shape != nil {
		s.Shape = u.shape.name
	}
	if u.decl.Name != nil {
		s.At = Place{it.file, it.span(u.decl.Name)}
	}
	r := newRun(in.w, u, rounds-1)
	for i, p := range f.params {
		one := Parameter{Name: p.name, Type: in.typ(p.meant(r.paramType(f, i))), Declared: p.declared != nil}
		if i == 0 && f.self && u.shape != nil {
			one.Type = in.typ(shapedOf(u.shape.name, nil))
		}
		if n := u.decl.Sig.Params[i].Name; n != nil {
			one.At = Place{it.file, it.span(n)}
		}
		s.Params = append(s.Params, one)
	}
	s.Result = in.typ(r.answer(f))
	if f.result != nil && !s.Result.Known() {
		s.Result = in.typ(f.result)
	}
	return s
}

// Word answers a builtin's or service word's signature. Params and Result say what its table says.
func (in *Info) Word(w *words.Word) *Signature {
	sig := signatures()[w.ID]
	s := &Signature{Name: w.Tamil[0], Word: w, Min: w.MinArgs(), Max: w.MaxArgs(), Result: in.typ(sig.result), Declared: true}
	for i, p := range w.Params {
		s.Params = append(s.Params, Parameter{Name: p.Name, Type: in.typ(sig.params[i]), Declared: true, Optional: p.Optional})
	}
	return s
}

// Shape is a declared shape.
type Shape struct {
	Name    string
	Params  []string // its type parameters
	Fields  []Field
	Methods []*Signature
	At      Place
}

// Shape answers the shape of a name, nil when there is none.
func (in *Info) Shape(name string) *Shape {
	sh := in.w.shapes[name]
	if sh == nil {
		return nil
	}
	s := &Shape{Name: name, Fields: in.shapeFields(shapedOf(name, nil)), At: Place{sh.it.file, sh.it.span(sh.decl.Name)}}
	for _, p := range sh.decl.TypeParams {
		s.Params = append(s.Params, p.Text)
	}
	for _, m := range sh.order {
		s.Methods = append(s.Methods, in.signature(sh.methods[m]))
	}
	return s
}

// Shapes are the names of all shapes, sorted.
func (in *Info) Shapes() []string {
	list := make([]string, 0, len(in.w.shapes))
	for name := range in.w.shapes {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// Columns answers the columns of a table that the program's own CREATE TABLE texts declare.
func (in *Info) Columns(table string) []string { return in.w.tables[table] }

// Tables are the names of the tables that the program's own CREATE TABLE texts declare, sorted.
func (in *Info) Tables() []string {
	list := make([]string, 0, len(in.w.tables))
	for name := range in.w.tables {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// Roles are the names of the program's roles, sorted; a role whose name is computed is not among them.
func (in *Info) Roles() []string {
	var list []string
	for _, it := range in.w.items {
		list = append(list, it.sum.roles...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// IsServerName tells the name of a variable that holds part of a request or its response.
func IsServerName(name string) bool { return serverName(name) != nil }

// ServerNames are the variables that hold parts of a request or its response, sorted by name; param_NAME is one of each
// part of a route's path besides.
func (in *Info) ServerNames() []Var {
	var list []Var
	for name, t := range serverNames() {
		list = append(list, Var{name, in.typ(t)})
	}
	slices.SortFunc(list, func(a, b Var) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// MemberOf tells which shapes a field or method that is named at a place may belong to, which stands behind a dot, as a
// key of a literal or as the text of an index. Known is false where nothing is known of the value before it; other tells
// that it may be no shape's.
func (in *Info) MemberOf(file int, at syntax.Span) (shapes []string, other, known bool) {
	it := in.itemAt(file, at.Start)
	if it == nil {
		return nil, false, false
	}
	place := where{it.nth, at.Start - it.start, at.End - it.start}
	for _, u := range it.units {
		list, ok := in.record(u).uses[place]
		known = known || ok
		for _, one := range list {
			if one.shape == "" {
				other = true
			} else if !slices.Contains(shapes, one.shape) {
				shapes = append(shapes, one.shape)
			}
		}
	}
	return shapes, other, known
}
