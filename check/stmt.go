package check

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// stmt checks one statement. What பதில், ஜேசான்_உரை, the file, CSV and database statements, the route's path and guards,
// the interval and the server's start hold is not looked at, as in the reference.
func (c *checker) stmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.VarDecl:
		c.declareVar(s)
	case *syntax.AssignStmt:
		c.assign(s)
	case *syntax.ExprStmt:
		if name, ok := s.X.(*syntax.NameExpr); ok {
			c.zero(name)
			return
		}
		c.maybe(s.X)
	case *syntax.PrintStmt:
		c.maybe(s.X)
	case *syntax.ReturnStmt:
		c.returned(s)
	case *syntax.InputStmt:
		c.input(s)
	case *syntax.FileStmt:
		c.bind(s.Into, s.Kw.Value, false)
	case *syntax.QueryStmt:
		c.bind(s.Into, s.Kw.Value, false)
	case *syntax.FuncDecl:
		c.body(c.methods[s], s.Body)
	case *syntax.ShapeDecl:
		c.shapeBody(s)
	case *syntax.WordStmt:
		c.word(s)
	case *syntax.BadStmt:
		if s.Partial != nil {
			c.stmt(s.Partial)
		}
	default:
		c.control(s)
	}
}

// control checks the statements that hold blocks.
func (c *checker) control(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.Block:
		c.block(s)
	case *syntax.IfStmt:
		c.condition(s)
	case *syntax.WhileStmt:
		c.maybe(s.Cond)
		c.block(s.Body)
	case *syntax.EachStmt:
		c.maybe(s.In)
		c.bind(s.Var, s.Kw.Value, false)
		c.block(s.Body)
	case *syntax.TryStmt:
		c.block(s.Body)
		if s.Catch != nil {
			c.bind(s.Var, s.CatchKw.Value, false)
		}
		c.block(s.Catch)
		c.block(s.Finally)
	case *syntax.RetryStmt:
		c.maybe(s.Times)
		c.maybe(s.Options)
		c.block(s.Body)
	case *syntax.TimeoutStmt:
		c.maybe(s.Millis)
		c.block(s.Body)
	case *syntax.RouteStmt:
		c.later(s.Body)
	case *syntax.EveryStmt:
		c.later(s.Body)
	}
}

// maybe checks an expression that may be missing.
func (c *checker) maybe(e syntax.Expr) {
	if e != nil {
		c.expr(e)
	}
}

func (c *checker) block(b *syntax.Block) {
	if b == nil {
		return
	}
	for _, s := range b.Stmts {
		c.stmt(s)
	}
}

// valueBlock checks a block whose last statement is its value: a bare NAME; there is read, not zeroed.
func (c *checker) valueBlock(b *syntax.Block) {
	if b == nil {
		return
	}
	for i, s := range b.Stmts {
		if last, ok := s.(*syntax.ExprStmt); ok && i == len(b.Stmts)-1 {
			c.maybe(last.X)
			return
		}
		c.stmt(s)
	}
}

// later checks a block that runs later, in a copy of the scope and outside the function.
func (c *checker) later(b *syntax.Block) {
	if b == nil {
		return
	}
	c.within(c.laterScope(b), func() { c.block(b) })
}

func (c *checker) laterScope(b *syntax.Block) *scope {
	names := make(map[string]bool)
	assigned(b, names)
	s := c.scope.copied()
	s.assigned = merged(s.assigned, names)
	return s
}

// condition checks an எனில் with all its இன்றேல் (…) எனில், without recursion along the chain.
func (c *checker) condition(s *syntax.IfStmt) {
	for s != nil {
		c.maybe(s.Cond)
		c.block(s.Then)
		next, chained := s.Else.(*syntax.IfStmt)
		if b, ok := s.Else.(*syntax.Block); ok {
			c.block(b)
		}
		if !chained {
			return
		}
		s = next
	}
}

func (c *checker) input(s *syntax.InputStmt) {
	switch target := s.Target.(type) {
	case nil:
	case *syntax.NameExpr:
		c.bind(&target.Name, s.Kw.Value, true)
	case *syntax.FieldExpr, *syntax.IndexExpr:
		c.assignPart(target)
	default:
		c.expr(target)
	}
}

// word checks a statement of the vocabulary.
func (c *checker) word(s *syntax.WordStmt) {
	for _, a := range s.Args {
		c.maybe(a)
	}
	if s.Word != nil && s.Word.Runs == words.RunsNow {
		c.block(s.Body)
		return
	}
	c.later(s.Body)
}

// body checks a function's body in a scope of its own.
func (c *checker) body(f *fn, b *syntax.Block) {
	if f == nil || b == nil {
		return
	}
	c.within(c.function(f, b), func() { c.block(b) })
}

// shapeBody checks a shape's rules and methods.
func (c *checker) shapeBody(s *syntax.ShapeDecl) {
	if s.Name == nil {
		return
	}
	sh := c.shapes[s.Name.Text]
	if sh == nil {
		return
	}
	outer := c.params
	c.params = sh.params
	for _, f := range s.Fields {
		if f.Rule != nil {
			c.within(ruleScope(sh), func() { c.expr(f.Rule) })
		}
	}
	for _, m := range s.Methods {
		c.body(c.methods[m], m.Body)
	}
	c.params = outer
}

// ruleScope is the scope of a விதி: the fields, as variables.
func ruleScope(sh *shape) *scope {
	s := newScope(make(map[string]bool), nil)
	for _, f := range sh.fields {
		s.assigned[f.name] = true
		s.vars[f.name] = &variable{typ: f.typ}
	}
	return s
}
