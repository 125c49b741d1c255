package index

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Entry is something in the outline of a file.
type Entry struct {
	Name string
	Kind Kind
	// Of is the shape of a member, Detail what an outline says besides the name: the parameters of a function, the type of a
	// field as written, the word of an Event.
	Of, Detail string
	// Whole is the place of the declaration, At that of its name, inside Whole.
	Whole, At syntax.Span
	Children  []Entry
}

// Outline lists what a file declares at its top level, in order: functions with those inside them, shapes with their
// members, variables where they are first set, routes, tests and other blocks that run later, imports. It needs no program.
func Outline(f *syntax.File) []Entry {
	var list []Entry
	seen := map[string]bool{}
	for i, s := range f.Stmts {
		o := outliner{file: f, base: f.Base(i), seen: seen}
		list = append(list, o.stmt(s)...)
	}
	return list
}

type outliner struct {
	file *syntax.File
	base int
	seen map[string]bool // variables of the top level; nil inside a function
}

func (o *outliner) at(n syntax.Node) syntax.Span { return n.Span().Shift(o.base) }

func (o *outliner) text(n syntax.Node) string {
	s := o.at(n)
	if s.Start < 0 || s.End > len(o.file.Src) || s.Start > s.End {
		return ""
	}
	return strings.Join(strings.Fields(o.file.Src[s.Start:s.End]), " ")
}

func (o *outliner) stmt(s syntax.Stmt) []Entry {
	switch s := s.(type) {
	case *syntax.FuncDecl:
		return o.function(s, Function, "")
	case *syntax.ShapeDecl:
		return o.shape(s)
	case *syntax.VarDecl:
		return o.variable(s, s.Name, s.Type)
	case *syntax.AssignStmt:
		if x, ok := s.Target.(*syntax.NameExpr); ok {
			return o.variable(s, &x.Name, nil)
		}
	case *syntax.ImportStmt:
		if s.Path != nil && s.Path.Value != "" {
			return []Entry{{Name: s.Path.Value, Kind: Import, Whole: o.at(s), At: o.at(s.Path)}}
		}
	case *syntax.RouteStmt:
		return o.route(s)
	case *syntax.EveryStmt:
		e := o.event(s, s.Kw, s.Seconds, s.Body)
		return []Entry{e}
	case *syntax.WordStmt:
		if s.Body != nil && s.Word != nil {
			return []Entry{o.event(s, s.Tok, first(s.Args), s.Body)}
		}
	case *syntax.BadStmt:
		if s.Partial != nil {
			return o.stmt(s.Partial)
		}
	case *syntax.ExprStmt:
		if c, ok := s.X.(*syntax.CallExpr); ok && c.Block != nil {
			if fn, ok := c.Fn.(*syntax.NameExpr); ok && fn.Word != nil && fn.Word.Runs == words.RunsLater {
				return []Entry{o.event(s, fn.Tok, first(c.Args), c.Block)}
			}
		}
		return o.nested(s)
	default:
		return o.nested(s)
	}
	return nil
}

func first(list []syntax.Expr) syntax.Expr {
	if len(list) > 0 {
		return list[0]
	}
	return nil
}

func (o *outliner) function(f *syntax.FuncDecl, kind Kind, of string) []Entry {
	if f.Name == nil || f.Name.Text == "" {
		return nil
	}
	e := Entry{Name: f.Name.Text, Kind: kind, Of: of, Whole: o.at(f), At: o.at(f.Name)}
	if f.Sig != nil {
		e.Detail = o.text(f.Sig)
	}
	e.Children = o.nested(f.Body)
	return []Entry{e}
}

// nested are the functions inside a statement, which the program can call by their names.
func (o *outliner) nested(s syntax.Stmt) []Entry {
	if b, ok := s.(*syntax.Block); ok && b == nil {
		return nil
	}
	var list []Entry
	syntax.Walk(s, func(n syntax.Node) bool {
		f, ok := n.(*syntax.FuncDecl)
		if ok {
			list = append(list, o.function(f, Function, "")...)
		}
		return !ok
	})
	return list
}

func (o *outliner) shape(s *syntax.ShapeDecl) []Entry {
	if s.Name == nil || s.Name.Text == "" {
		return nil
	}
	e := Entry{Name: s.Name.Text, Kind: Shape, Whole: o.at(s), At: o.at(s.Name)}
	for _, f := range s.Fields {
		if f.Name == nil || f.Name.Text == "" {
			continue
		}
		one := Entry{Name: f.Name.Text, Kind: Field, Of: e.Name, Whole: o.at(f), At: o.at(f.Name)}
		if f.Type != nil {
			one.Detail = o.text(f.Type)
		}
		e.Children = append(e.Children, one)
	}
	for _, m := range s.Methods {
		e.Children = append(e.Children, o.function(m, Method, e.Name)...)
	}
	return []Entry{e}
}

// variable is a variable of the top level where it is first set.
func (o *outliner) variable(s syntax.Stmt, n *syntax.Name, t *syntax.Type) []Entry {
	if n == nil || n.Text == "" || o.seen == nil || o.seen[n.Text] {
		return nil
	}
	o.seen[n.Text] = true
	e := Entry{Name: n.Text, Kind: Variable, Whole: o.at(s), At: o.at(n), Children: o.nested(s)}
	if t != nil {
		e.Detail = o.text(t)
	}
	return []Entry{e}
}

func (o *outliner) route(s *syntax.RouteStmt) []Entry {
	e := Entry{Kind: Route, Whole: o.at(s), At: o.token(s.Kw), Name: s.Method.Value, Detail: s.Method.Value}
	if s.Path != nil {
		e.At = o.at(s.Path)
		e.Name = o.text(s.Path)
		if t, ok := s.Path.(*syntax.TextLit); ok {
			e.Name = t.Value
		}
	}
	e.Children = o.nested(s.Body)
	return []Entry{e}
}

// event is a block that runs later, named by its first argument where that is a text or number, else by its word.
func (o *outliner) event(s syntax.Stmt, word syntax.Token, arg syntax.Expr, body *syntax.Block) Entry {
	e := Entry{Kind: Event, Name: word.Value, Detail: word.Value, Whole: o.at(s), At: o.token(word)}
	switch x := arg.(type) {
	case *syntax.TextLit:
		e.Name, e.At = x.Value, o.at(x)
	case *syntax.NumberLit:
		e.Name, e.At = x.Text, o.at(x)
	}
	e.Children = o.nested(body)
	return e
}

func (o *outliner) token(t syntax.Token) syntax.Span {
	return syntax.Span{Start: t.Pos.Offset, End: t.Pos.Offset + len(t.Value)}.Shift(o.base)
}
