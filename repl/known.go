package repl

import (
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// definition is a declaration that holds until another takes its place.
type definition struct {
	kind defKind
	name string
	file *syntax.File
	item module.Item
	text string
}

type defKind uint8

const (
	defFunction defKind = iota
	defShape
	defRoute
	defOther // a schedule, a test, a signal …
)

// declaration tells what a top-level statement declares for good.
func declaration(f *syntax.File, it module.Item) (definition, bool) {
	d := definition{file: f, item: it, text: f.Src[it.Base+it.Stmt.Span().Start : it.Base+it.Stmt.Span().End]}
	switch n := it.Stmt.(type) {
	case *syntax.FuncDecl:
		d.kind, d.name = defFunction, n.Name.Text
	case *syntax.ShapeDecl:
		d.kind, d.name = defShape, n.Name.Text
	case *syntax.RouteStmt:
		d.kind, d.name = defRoute, n.Method.Value
		if p, ok := n.Path.(*syntax.TextLit); ok {
			d.name += " " + p.Value
		}
	case *syntax.EveryStmt:
		d.kind = defOther
	case *syntax.WordStmt:
		d.kind = defOther
		return d, n.Body != nil
	default:
		return d, false
	}
	return d, true
}

// define takes over what an entry declares.
func (s *Session) define(e *entry) {
	for _, it := range e.prog.Items {
		f := e.prog.Files[it.File]
		if v, ok := it.Stmt.(*syntax.VarDecl); ok && v.Type != nil {
			s.types[v.Name.Text] = v.Type.Name.Text
		}
		d, ok := declaration(f, it)
		if !ok {
			continue
		}
		if d.kind != defOther {
			s.forget(d.kind, d.name)
		}
		s.defs = append(s.defs, d)
	}
	for i, path := range e.prog.Paths {
		if i > 0 && path != "" {
			s.paths[path] = e.prog.Files[i].Src
		}
	}
}

func (s *Session) forget(kind defKind, name string) {
	for i, d := range s.defs {
		if d.kind == kind && d.name == name {
			s.defs = append(s.defs[:i:i], s.defs[i+1:]...)
			return
		}
	}
}

// ambientName is the file in which the session's variables are declared for the checker.
const ambientName = "\x00ambient"

// declared is a variable as the checker is told of it.
type declared struct {
	text string
	file *syntax.File
}

// program is the session as a program: its variables declared with what they hold now, what is defined, and the entry,
// whose file comes first. So the checker knows the real types, however long the conversation has been.
func (s *Session) program(e *entry) *module.Program {
	p := &module.Program{Files: append([]*syntax.File(nil), e.prog.Files...), Paths: append([]string(nil), e.prog.Paths...)}
	takes := map[definition]bool{}
	retyped := map[string]bool{}
	for _, it := range e.prog.Items {
		if d, ok := declaration(e.prog.Files[it.File], it); ok && d.kind != defOther {
			takes[definition{kind: d.kind, name: d.name}] = true
		}
		if v, ok := it.Stmt.(*syntax.VarDecl); ok {
			retyped[v.Name.Text] = true
		}
	}
	s.declareVariables(p, retyped)
	at := map[*syntax.File]int{}
	for _, d := range s.defs {
		if takes[definition{kind: d.kind, name: d.name}] {
			continue
		}
		i, ok := at[d.file]
		if !ok {
			i = len(p.Files)
			at[d.file] = i
			p.Files, p.Paths = append(p.Files, d.file), append(p.Paths, "")
		}
		it := d.item
		it.File = i
		p.Items = append(p.Items, it)
	}
	p.Items = append(p.Items, e.prog.Items...)
	return p
}

// declareVariables tells the checker of the session's variables.
func (s *Session) declareVariables(p *module.Program, but map[string]bool) {
	names := s.live.Globals()
	for _, name := range names {
		if but[name] || !nameable(name) {
			continue
		}
		text := s.declare(name)
		d := s.ambient[name]
		if d.text != text {
			d = declared{text, syntax.Parse(ambientName, []byte(text))}
			s.ambient[name] = d
		}
		for _, st := range d.file.Stmts {
			p.Items = append(p.Items, module.Item{File: len(p.Files), Stmt: st})
		}
		p.Files, p.Paths = append(p.Files, d.file), append(p.Paths, "")
	}
}

// nameable tells whether a global is a variable that an entry can name.
func nameable(name string) bool {
	return !strings.HasPrefix(name, "response_") && !strings.HasPrefix(name, "request_")
}

// declare is a statement that gives a variable the type of its value.
func (s *Session) declare(name string) string {
	var b strings.Builder
	if t := s.types[name]; t != "" {
		b.WriteString(t + " ")
	}
	b.WriteString(name + " = ")
	sketch(&b, s.live.Get(name), 0)
	b.WriteString(";")
	return b.String()
}

// The sketch of a value shows this much of it.
const (
	sketchDepth = 4
	sketchItems = 4
	sketchKeys  = 60
)

// unknown is an expression of which the checker knows nothing.
const unknown = `சேவை_பெறு("")`

// sketch writes an expression of a value's type.
func sketch(b *strings.Builder, v value.Value, depth int) {
	switch k := v.Kind(); {
	case k == value.NumberKind:
		b.WriteString("0")
	case k == value.TextKind:
		b.WriteString(`""`)
	case k == value.BooleanKind:
		b.WriteString("(1 == 1)")
	case depth >= sketchDepth:
		b.WriteString(unknown)
	case k == value.ArrayKind:
		sketchArray(b, v, depth)
	case k == value.RecordKind:
		sketchRecord(b, v, depth)
	default:
		b.WriteString(unknown)
	}
}

func sketchArray(b *strings.Builder, v value.Value, depth int) {
	b.WriteByte('[')
	for i, x := range v.Array().Items[:min(sketchItems, len(v.Array().Items))] {
		if i > 0 {
			b.WriteString(", ")
		}
		sketch(b, x, depth+1)
	}
	b.WriteByte(']')
}

func sketchRecord(b *strings.Builder, v value.Value, depth int) {
	r := v.Record()
	quote := `"`
	if r.Shape != nil {
		quote = ""
		b.WriteString(r.Shape.Name)
	}
	b.WriteByte('{')
	keys := r.Keys()
	between := ""
	for _, key := range keys[:min(sketchKeys, len(keys))] {
		if strings.ContainsAny(key, "\"\n") {
			continue // no text that is written out can hold it
		}
		x, _ := r.Get(key)
		b.WriteString(between + quote + key + quote + ": ")
		sketch(b, x, depth+1)
		between = ", "
	}
	b.WriteByte('}')
}
