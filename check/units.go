package check

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// item is one top-level statement of the program.
type item struct {
	file  int
	stmt  syntax.Stmt
	tree  int    // where it starts by the places in the tree
	start int    // where it stands in its file; findings count from here
	text  string // its source
	sum   *summary
	units []*unit // what it declares or is part of
	nth   int     // which of the prelude's statements it is
}

// span is the place of one of the statement's nodes in the file.
func (it *item) span(n syntax.Node) syntax.Span {
	s := n.Span()
	return syntax.Span{Start: s.Start - it.tree + it.start, End: s.End - it.tree + it.start}
}

// unitKind tells what a unit of checking is.
type unitKind uint8

const (
	unitMain   unitKind = iota // the prelude: all top-level statements that are no declarations
	unitFunc                   // a named function
	unitMethod                 // a shape's method
	unitLater                  // a block that runs later
	unitRules                  // the rules of a shape's fields
)

// unit is what is inferred at once: the body of a function, a later block, the prelude.
type unit struct {
	kind     unitKind
	key      string
	name     string
	shape    *shapeInfo // of a method or rules
	items    []*item    // the prelude has many, everything else one
	decl     *syntax.FuncDecl
	stmt     syntax.Stmt // of a later block
	mem      *memory     // what is known from earlier rounds and checks
	outs     [rounds]*outputs
	locals   map[string]bool // the variables of a function, once they are known
	inferred bool
	visit    visited
}

// funcInfo is a named function as its callers see it.
type funcInfo struct {
	u      *unit
	name   string
	params []paramInfo
	result *ty // the declared result, nil without one
	task   bool
	print  string // everything that a caller depends on but the result
	self   bool
}

// paramInfo is a parameter: its name and declared type, nil without one.
type paramInfo struct {
	name     string
	declared *ty
}

// shapeInfo is a declared shape.
type shapeInfo struct {
	name    string
	decl    *syntax.ShapeDecl
	it      *item
	params  map[string]int
	fields  []rfield
	methods map[string]*funcInfo
	order   []string
}

func (s *shapeInfo) field(name string) *ty {
	for i := range s.fields {
		if s.fields[i].name == name {
			return s.fields[i].t
		}
	}
	return nil
}

func (s *shapeInfo) names() []string {
	list := make([]string, len(s.fields))
	for i, f := range s.fields {
		list[i] = f.name
	}
	return list
}

// isLater tells a top-level statement that only declares a block for later (services.md rule 11).
func isLater(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.RouteStmt, *syntax.EveryStmt:
		return true
	case *syntax.WordStmt:
		return s.Body != nil && s.Word != nil && s.Word.Runs == words.RunsLater && s.Word.ID != "taskCreate"
	case *syntax.ExprStmt:
		call, ok := s.X.(*syntax.CallExpr)
		if !ok || call.Block == nil {
			return false
		}
		w := wordOf(call)
		return w != nil && w.Runs == words.RunsLater && w.ID != "taskCreate"
	}
	return false
}

// wordOf is the vocabulary's word that a call names, or nil.
func wordOf(x *syntax.CallExpr) *words.Word {
	switch fn := x.Fn.(type) {
	case *syntax.NameExpr:
		return fn.Word
	case *syntax.FieldExpr:
		return fn.Word
	}
	return nil
}

// declaredTy is what a declared type promises of a value.
func (w *world) declaredTy(t *syntax.Type, params map[string]int) *ty {
	if t == nil {
		return nil
	}
	switch t.Kind {
	case syntax.TypeNumber:
		return numberT
	case syntax.TypeText:
		return declTextT
	case syntax.TypeDate:
		return declTextT
	case syntax.TypeBoolean:
		return boolT
	case syntax.TypeArray:
		return anyArr
	case syntax.TypeRecord:
		return anyRecordT
	case syntax.TypeFunction:
		return anyFnT
	}
	if t.Name == nil {
		return nil
	}
	if _, ok := params[t.Name.Text]; ok {
		return unknownT
	}
	if w.shapeDecls[t.Name.Text] == nil {
		return unknownT
	}
	var args []*ty
	for _, a := range t.Args {
		arg := w.declaredTy(a, params)
		if arg == nil {
			arg = unknownT
		}
		args = append(args, arg)
	}
	return shapedOf(t.Name.Text, args)
}

// anyRecordT is a value declared as பொருள்: a record, or one of any shape.
var anyRecordT = anyRec
