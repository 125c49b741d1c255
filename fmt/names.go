package format

import (
	"fmt"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// NameError says that a name of the program cannot be turned into the other script.
type NameError struct {
	File, Name, Turned string
	Line               int // where it is met first, from 1
	Why                Misfit
}

// Misfit is why a name cannot be turned.
type Misfit uint8

const (
	// NoWayBack: turning the new spelling back leads to another name.
	NoWayBack Misfit = iota
	// Taken: the program, or the language, has a name of the new spelling.
	Taken
	// LosesWord: the name is a word of the language too, and the new spelling is none.
	LosesWord
)

var misfits = [...]string{"which does not lead back to it", "which there is already", "which is no word of the language as it is"}

func (e *NameError) Error() string {
	return fmt.Sprintf("%s: the name %s would become %s, %s", e.File, e.Name, e.Turned, misfits[e.Why])
}

// NameErrors are the names of a file that cannot be turned, each once; there is at least one.
type NameErrors []*NameError

func (e NameErrors) Error() string { return e[0].Error() }

// Unwrap answers all of them.
func (e NameErrors) Unwrap() []error {
	list := make([]error, len(e))
	for i, one := range e {
		list[i] = one
	}
	return list
}

// Names are the names that files declare: variables, functions, shapes and parameters. Those at the top of one file are
// known in all files of a program, so that turning names takes the names of all of them.
type Names struct {
	declared map[string]bool
	used     map[string]bool // every word that is written as a variable's name or may be read as one
}

// Add takes the names of a file in.
func (n *Names) Add(name string, src []byte) {
	if n.declared == nil {
		n.declared, n.used = map[string]bool{}, map[string]bool{}
	}
	f := syntax.Parse(name, src)
	n.use(f)
	syntax.Walk(f, func(node syntax.Node) bool {
		switch s := node.(type) {
		case *syntax.ShapeDecl:
			n.declare(s.Name)
			for _, p := range s.TypeParams {
				n.declare(p)
			}
		case *syntax.FuncDecl:
			n.declare(s.Name)
		case *syntax.VarDecl:
			n.declare(s.Name)
		case *syntax.AssignStmt:
			if x, ok := s.Target.(*syntax.NameExpr); ok {
				n.declare(&x.Name)
			}
		case *syntax.ExprStmt:
			if x, ok := s.X.(*syntax.NameExpr); ok {
				n.declare(&x.Name)
			}
		case *syntax.InputStmt:
			if x, ok := s.Target.(*syntax.NameExpr); ok {
				n.declare(&x.Name)
			}
		case *syntax.Param:
			n.declare(s.Name)
		case *syntax.EachStmt:
			n.declare(s.Var)
		case *syntax.TryStmt:
			n.declare(s.Var)
		case *syntax.FileStmt:
			n.declare(s.Into)
		case *syntax.QueryStmt:
			n.declare(s.Into)
		}
		return true
	})
}

// use takes the words of a file in: all but fields and keys, which are found through their values and never by name. Rules
// call the fields of their shape by name: a field counts that another name in them could become.
func (n *Names) use(f *syntax.File) {
	data := map[int]bool{} // by offset
	syntax.Walk(f, func(node syntax.Node) bool {
		switch s := node.(type) {
		case *syntax.FieldExpr:
			data[s.Name.Tok.Pos.Offset] = true
		case *syntax.RecordField:
			data[s.Key.Tok.Pos.Offset] = true
		case *syntax.ShapeDecl:
			fieldsOf(s, data)
			for _, m := range s.Methods {
				if m.Name != nil {
					data[m.Name.Tok.Pos.Offset] = true
				}
			}
		}
		return true
	})
	for i := range f.Tokens {
		if !data[f.Tokens[i].Pos.Offset] {
			n.used[f.Tokens[i].Value] = true
		}
	}
}

// fieldsOf notes where the fields of a shape stand, in its rules too, but for those that another name in the rules could become.
func fieldsOf(s *syntax.ShapeDecl, data map[int]bool) {
	fields, places := map[string]bool{}, []*syntax.Name{}
	for _, f := range s.Fields {
		if f.Name != nil {
			fields[f.Name.Tok.Value] = true
			places = append(places, f.Name)
		}
	}
	for _, f := range s.Fields {
		if f.Rule == nil {
			continue
		}
		syntax.Walk(f.Rule, func(node syntax.Node) bool {
			if x, ok := node.(*syntax.NameExpr); ok {
				if v := x.Tok.Value; fields[v] {
					places = append(places, &x.Name)
				} else {
					delete(fields, ezuqqu.FromTamil(v))
					delete(fields, ezuqqu.ToTamil(v))
				}
			}
			return true
		})
	}
	for _, n := range places {
		if fields[n.Tok.Value] {
			data[n.Tok.Pos.Offset] = true
		}
	}
}

// declare adds a name that is written without quotes.
func (n *Names) declare(name *syntax.Name) {
	if name != nil && name.Tok.Type != 0 && name.Tok.Type != syntax.Text {
		n.declared[name.Tok.Value] = true
	}
}

// turn finds the new spelling of every token of a file that is one of the names, or that calls a word of the language by
// its name. Fields, keys, methods and quoted names stay: they are data.
func (n *Names) turn(f *syntax.File, script Script) (map[int]string, error) {
	t := &turner{names: n, f: f, m: &marker{f: f, toks: f.Tokens}, script: script, out: map[int]string{}}
	methods := map[*syntax.FuncDecl]bool{}
	syntax.Walk(f, func(node syntax.Node) bool {
		switch s := node.(type) {
		case *syntax.ShapeDecl:
			t.name(s.Name)
			for _, p := range s.TypeParams {
				t.name(p)
			}
			for _, m := range s.Methods {
				methods[m] = true
			}
			t.fields = map[string]bool{}
			for _, field := range s.Fields {
				if field.Name != nil {
					t.fields[field.Name.Tok.Value] = true
				}
			}
		case *syntax.FieldDecl:
			t.rule(s)
		case *syntax.FuncDecl:
			if !methods[s] {
				t.name(s.Name)
			}
		case *syntax.VarDecl:
			t.name(s.Name)
		case *syntax.Param:
			t.name(s.Name)
		case *syntax.Type:
			if s.Kind == syntax.TypeShape {
				t.name(s.Name)
			}
		case *syntax.RecordLit:
			t.name(s.Shape)
		case *syntax.NameExpr:
			t.name(&s.Name)
		case *syntax.EachStmt:
			t.name(s.Var)
		case *syntax.TryStmt:
			t.name(s.Var)
		case *syntax.FileStmt:
			t.name(s.Into)
		case *syntax.QueryStmt:
			t.name(s.Into)
		}
		return true
	})
	if len(t.misfits) > 0 {
		return nil, t.misfits
	}
	return t.out, nil
}

// turner finds new spellings in one file.
type turner struct {
	names   *Names
	f       *syntax.File
	m       *marker
	script  Script
	fields  map[string]bool // of the shape whose members are visited
	skip    map[int]bool    // tokens that are fields in a rule
	out     map[int]string
	misfits NameErrors
}

// rule notes the fields that the rule of a field mentions: there they are no variables.
func (t *turner) rule(s *syntax.FieldDecl) {
	if s.Rule == nil {
		return
	}
	if t.skip == nil {
		t.skip = map[int]bool{}
	}
	syntax.Walk(s.Rule, func(node syntax.Node) bool {
		if x, ok := node.(*syntax.NameExpr); ok && t.fields[x.Tok.Value] {
			t.skip[t.m.tok(&x.Tok)] = true
		}
		return true
	})
}

// name turns one name, unless it is known that it is none of the program's own or of the language's.
func (t *turner) name(n *syntax.Name) {
	if n == nil || n.Tok.Type == 0 || n.Tok.Type == syntax.Text {
		return
	}
	i := t.m.tok(&n.Tok)
	v := n.Tok.Value
	if t.skip[i] {
		return
	}
	there, back := ezuqqu.FromTamil, ezuqqu.ToTamil
	if t.script == Tamil {
		there, back = back, there
	}
	w := words.Lookup(v)
	if !t.names.declared[v] {
		if w != nil && len(words.Lookups(v)) == 1 {
			if s := t.word(w, v, there); !t.names.used[s] || s == v {
				t.out[i] = s
			}
		}
		return
	}
	turned := there(v)
	switch {
	case back(turned) != v:
		t.fail(n, turned, NoWayBack)
	case turned != v && (t.names.used[turned] || words.Lookup(turned) != nil && words.Lookup(turned) != w):
		t.fail(n, turned, Taken)
	case turned != v && w != nil && words.Lookup(turned) == nil:
		t.fail(n, turned, LosesWord)
	default:
		t.out[i] = turned
	}
}

// word is the spelling of a word of the language in the other script, where that can be found at all.
func (t *turner) word(w *words.Word, v string, there func(string) string) string {
	list := w.Roman
	if t.script == Tamil {
		list = w.Tamil
	}
	return inScript(w, v, list, there)
}

func (t *turner) fail(n *syntax.Name, turned string, why Misfit) {
	for _, known := range t.misfits {
		if known.Name == n.Tok.Value {
			return
		}
	}
	line := strings.Count(t.f.Src[:n.Tok.Pos.Offset], "\n") + 1
	t.misfits = append(t.misfits, &NameError{t.f.Name, n.Tok.Value, turned, line, why})
}
