package check

import (
	"maps"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// scope is one scope of variables: the top level, a function, or the copy in which a later block runs.
type scope struct {
	vars map[string]*variable
	// assigned are the names that are variables anywhere in the scope, above or below the place being checked. Such a name
	// in front of a call or a dot may be the variable and not the function or shape.
	assigned map[string]bool
	fn       *fn // whose திரும்பு it is; nil outside functions
}

// variable is a name of a scope.
type variable struct {
	typ   typ
	fixed bool
	at    place
}

func newScope(assigned map[string]bool, f *fn) *scope {
	return &scope{vars: make(map[string]*variable), assigned: assigned, fn: f}
}

// copied is the scope of a block that runs later: it starts with what the outer one holds.
func (s *scope) copied() *scope {
	out := newScope(s.assigned, nil)
	for name, v := range s.vars {
		copied := *v
		out.vars[name] = &copied
	}
	return out
}

// function is the scope of a function's body: its parameters and nothing of the outside.
func (c *checker) function(f *fn, body *syntax.Block) *scope {
	names := make(map[string]bool)
	if body != nil {
		assigned(body, names)
	}
	s := newScope(names, f)
	for i, p := range f.params {
		if p.name == "" {
			continue
		}
		t := p.typ
		if i == 0 && f.self {
			t = typ{kind: shaped, shape: f.owner}
		}
		s.assigned[p.name] = true
		s.vars[p.name] = &variable{typ: t, fixed: p.fixed, at: p.at}
	}
	return s
}

// isVariable tells whether a name may be a variable where the walk is.
func (c *checker) isVariable(name string) bool {
	return c.scope.assigned[name] || c.globals[name] || c.scope.vars[name] != nil
}

// within runs f in another scope.
func (c *checker) within(s *scope, f func()) {
	outer := c.scope
	c.scope = s
	f()
	c.scope = outer
}

// declareVar checks and records a declaration.
func (c *checker) declareVar(v *syntax.VarDecl) {
	want := c.resolve(v.Type)
	got, given := typ{kind: number}, v.Init != nil
	if given {
		got = c.expr(v.Init)
	}
	if v.Name == nil || v.Name.Text == "" {
		return
	}
	name, at, old := v.Name.Text, c.here(v.Name), c.scope.vars[v.Name.Text]
	switch {
	case v.Fixed && old != nil && old.fixed:
		c.report(CodeFixedTwice, at, []string{name}, note{diag.NoteFixed, name, old.at})
	case v.Fixed && old != nil:
		c.report(CodeFixedLate, at, []string{name}, note{diag.NoteUsed, name, old.at})
	case old != nil && old.fixed:
		c.report(CodeFixed, at, []string{name}, note{diag.NoteFixed, name, old.at})
		return
	}
	if !accepts(want, got) {
		code := CodeInit
		if !given {
			code = CodeNoInit
		}
		c.report(code, at, []string{name, want.declared(), got.found()})
	}
	if v.Type == nil && v.Fixed && isShapeLiteral(v.Init) {
		want = got
	}
	c.scope.vars[name] = &variable{typ: want, fixed: v.Fixed, at: at}
}

// isShapeLiteral tells S{…}, alone or in brackets.
func isShapeLiteral(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.RecordLit:
		return e.Shape != nil
	case *syntax.ParenExpr:
		return isShapeLiteral(e.X)
	}
	return false
}

// assign checks and records NAME = E or a change of a part.
func (c *checker) assign(s *syntax.AssignStmt) {
	var got typ
	if s.Value != nil {
		got = c.expr(s.Value)
	}
	target, whole := s.Target.(*syntax.NameExpr)
	if !whole {
		c.assignPart(s.Target)
		return
	}
	name, at := target.Text, c.here(target)
	old := c.scope.vars[name]
	switch {
	case old == nil:
		c.scope.vars[name] = &variable{at: at}
	case old.fixed:
		c.report(CodeFixed, at, []string{name}, note{diag.NoteFixed, name, old.at})
	case !accepts(old.typ, got):
		c.report(CodeAssign, at, []string{name, old.typ.declared(), got.found()}, note{diag.NoteDeclared, name, old.at})
	}
}

// assignPart checks a change of a field or element.
func (c *checker) assignPart(target syntax.Expr) {
	c.target(target)
	name := base(target)
	if name == nil {
		return
	}
	switch old := c.scope.vars[name.Text]; {
	case old == nil:
		c.scope.vars[name.Text] = &variable{at: c.here(name)}
	case old.fixed:
		c.report(CodeFixedPart, c.here(name), []string{name.Text}, note{diag.NoteFixed, name.Text, old.at})
	}
}

// bind records a name that a statement stores into: its declared type is dropped, except by உள்ளிடு.
func (c *checker) bind(name *syntax.Name, word string, keepType bool) {
	if name == nil || name.Text == "" {
		return
	}
	old := c.scope.vars[name.Text]
	switch {
	case old != nil && old.fixed:
		c.report(CodeFixedTarget, c.here(name), []string{name.Text, word}, note{diag.NoteFixed, name.Text, old.at})
	case old == nil || !keepType:
		c.scope.vars[name.Text] = &variable{at: c.here(name)}
	}
}

// zero records NAME; which stores 0. It is never an error by its type, only where the name is fixed.
func (c *checker) zero(name *syntax.NameExpr) {
	old := c.scope.vars[name.Text]
	switch {
	case old == nil:
		c.scope.vars[name.Text] = &variable{at: c.here(name)}
	case old.fixed:
		c.report(CodeFixed, c.here(name), []string{name.Text}, note{diag.NoteFixed, name.Text, old.at})
	}
}

// merged is both sets of names.
func merged(a, b map[string]bool) map[string]bool {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}
