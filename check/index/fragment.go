package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// role is how a name is meant where it stands.
type role uint8

const (
	roleName      role = iota // a variable, a function or a shape as a value
	roleCallee                // what is called
	roleShape                 // the name of a shape, or of one of its type parameters
	roleMember                // behind a dot
	roleKey                   // of a record
	roleText                  // the text of an index or of a word's argument that may name a field
	roleFuncText              // the text of a word's argument that names a function
	roleShapeText             // the text of a shape's name that வகை is compared with
	roleShapeKey              // of a shape's literal; of is the shape
	roleField                 // a field where it is declared; of is the shape
	roleMethod                // a method where it is declared; of is the shape
	roleFunc                  // a function where it is declared
	roleHandle
	roleTable
)

// name is a name in a statement, with its place counted from the statement's start.
type name struct {
	start, end int32
	scope      int32
	role       role
	access     Access
	quoted     bool
	text       string
	// of is the shape of a member where it is declared, of a read or called name the ID of the vocabulary's word of that
	// spelling.
	of string
}

// scopeKind is what opens a scope.
type scopeKind uint8

const (
	scopeTop scopeKind = iota
	scopeFunc
	scopeLambda
	scopeShape // of type parameters alone
	scopeRule  // of a field's விதி, where the fields are names
)

// scope holds the names of a function, a function value or a shape.
type scope struct {
	kind       scopeKind
	outer      int32
	start, end int32
	of         string // what the scope belongs to
	// shape and method are set of a method's scope.
	shape, method string
	locals        []local // by name
}

// local finds a name of the scope, nil where there is none.
func (s *scope) local(text string) *local {
	i, found := slices.BinarySearchFunc(s.locals, text, func(l local, text string) int { return strings.Compare(l.name, text) })
	if !found {
		return nil
	}
	return &s.locals[i]
}

// local is a variable of a scope.
type local struct {
	name string
	at   int32 // where it first stands
	kind Kind
	// own tells that no read can come before a write, so that it never means what stands outside.
	own bool
}

// fragment is what one top-level statement says of names; it depends on the statement's text alone.
type fragment struct {
	names  []name // by place
	scopes []scope
	vars   []string // written at the top level, in order
	funcs  []string // declared anywhere inside
	shapes []string
	routes []route
	// shallow and deep are what it may read or set outside: by the code of the top level, by functions inside.
	shallow, deep []string
}

// span is a place in the statement.
type span struct{ start, end int32 }

// read makes the fragment of a statement.
func read(s syntax.Stmt) *fragment {
	at := s.Span()
	r := &reader{start: at.Start, f: &fragment{}, locals: make([]map[string]*candidate, 1)}
	r.f.scopes = []scope{{kind: scopeTop, end: int32(at.End - at.Start)}}
	r.block = at
	r.walk(s)
	slices.SortStableFunc(r.f.names, func(a, b name) int { return cmp.Compare(a.start, b.start) })
	r.f.names = slices.Clone(r.f.names)
	r.freeze()
	r.f.free()
	return r.f
}

// at finds the name at an offset, or that ends there.
func (f *fragment) at(offset int32) (int, bool) {
	i, found := slices.BinarySearchFunc(f.names, offset, func(n name, offset int32) int { return cmp.Compare(n.start, offset) })
	if !found {
		i--
	}
	if i < 0 || offset > f.names[i].end {
		return 0, false
	}
	return i, true
}

// scopeAt finds the innermost scope around an offset.
func (f *fragment) scopeAt(offset int32) int32 {
	best := int32(0)
	for i, s := range f.scopes {
		if i > 0 && s.start <= offset && offset <= s.end && f.scopes[best].start <= s.start {
			best = int32(i)
		}
	}
	return best
}
