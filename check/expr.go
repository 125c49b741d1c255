package check

import (
	"strconv"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// expr checks an expression and answers its type, as far as language/grammar.md 5 infers one.
func (c *checker) expr(e syntax.Expr) typ {
	switch e := e.(type) {
	case *syntax.NameExpr:
		if v := c.scope.vars[e.Text]; v != nil {
			return v.typ
		}
	case *syntax.NumberLit:
		return typ{kind: number}
	case *syntax.TextLit:
		return typ{kind: text}
	case *syntax.ConstLit:
		if e.Tok.Type != syntax.KwNull {
			return typ{kind: boolean}
		}
	case *syntax.ArrayLit:
		c.exprs(e.Items)
		return typ{kind: array}
	case *syntax.RecordLit:
		return c.recordLit(e)
	case *syntax.ParenExpr:
		if e.X != nil {
			return c.expr(e.X)
		}
	case *syntax.LambdaExpr:
		c.lambda(e)
		return typ{kind: function}
	case *syntax.FaultyExpr:
		if e.X != nil {
			return c.expr(e.X)
		}
	default:
		return c.compound(e)
	}
	return typ{}
}

// compound checks expressions made with operators, calls and parts.
func (c *checker) compound(e syntax.Expr) typ {
	switch e := e.(type) {
	case *syntax.UnaryExpr:
		c.maybe(e.X)
		if e.Op.Type == syntax.Minus {
			return typ{kind: number}
		}
		return typ{kind: boolean}
	case *syntax.BinaryExpr:
		c.maybe(e.X)
		c.maybe(e.Y)
		return typ{kind: result(e.Op.Type)}
	case *syntax.CompareChain:
		c.exprs(e.Operands)
		return typ{kind: boolean}
	case *syntax.CallExpr:
		return c.call(e)
	case *syntax.IndexExpr:
		c.maybe(e.X)
		c.maybe(e.Index)
	case *syntax.FieldExpr:
		return c.field(e)
	case *syntax.TryExpr:
		c.maybe(e.X)
	}
	return typ{}
}

// result is the kind that an operator makes.
func result(op syntax.Kind) kind {
	switch op {
	case syntax.Plus, syntax.Minus, syntax.Star, syntax.Slash:
		return number
	case syntax.Amp:
		return text
	}
	return boolean
}

func (c *checker) exprs(list []syntax.Expr) []typ {
	types := make([]typ, len(list))
	for i, e := range list {
		if e != nil {
			types[i] = c.expr(e)
		}
	}
	return types
}

// lambda checks a function value in a scope of its own. The bare block that became a call's argument has its last
// statement as its value.
func (c *checker) lambda(e *syntax.LambdaExpr) {
	f := c.lambdas[e.Sig]
	if f == nil || e.Sig == nil {
		f = c.signature(nil, e.Sig, nil)
		f.name, f.at = "செயல்", c.here(tokenNode{e.Kw})
		if e.Sig != nil {
			c.lambdas[e.Sig] = f
		}
	}
	if e.Body == nil {
		return
	}
	c.within(c.function(f, e.Body), func() {
		if e.Implicit {
			c.valueBlock(e.Body)
			return
		}
		c.block(e.Body)
	})
}

// returned checks திரும்பு against the function's declared result.
func (c *checker) returned(s *syntax.ReturnStmt) {
	if s.Value == nil {
		return
	}
	got, f := c.expr(s.Value), c.scope.fn
	if f == nil || accepts(f.result, got) {
		return
	}
	c.report(CodeReturn, f.at, []string{f.name, f.result.declared(), got.found()}, note{diag.NoteReturn, "", c.here(s.Value)})
}

// call checks a call and its block.
func (c *checker) call(e *syntax.CallExpr) typ {
	var out typ
	switch f := e.Fn.(type) {
	case *syntax.NameExpr:
		out = c.callName(f, e)
	case *syntax.FieldExpr:
		out = c.callMethod(f, e)
	default:
		c.maybe(e.Fn)
		c.exprs(e.Args)
	}
	if e.Block != nil {
		c.callBlock(e)
	}
	return out
}

func (c *checker) callBlock(e *syntax.CallExpr) {
	var w *words.Word
	switch f := e.Fn.(type) {
	case *syntax.NameExpr:
		w = f.Word
	case *syntax.FieldExpr:
		w = f.Word
	}
	if w != nil && w.Runs == words.RunsLater {
		c.within(c.laterScope(e.Block), func() { c.valueBlock(e.Block) })
		return
	}
	c.valueBlock(e.Block)
}

// callName checks name(…): a function, a shape, a builtin, or a variable that holds a function.
func (c *checker) callName(f *syntax.NameExpr, e *syntax.CallExpr) typ {
	got := c.exprs(e.Args)
	if c.isVariable(f.Text) {
		return typ{}
	}
	if target := c.funcs[f.Text]; target != nil {
		c.arguments(target, target.params, nil, got, c.here(f))
		if target.background {
			return typ{} // the call answers a task
		}
		return target.result
	}
	if sh := c.shapes[f.Text]; sh != nil && len(got) != 1 {
		c.report(CodeConvert, c.here(f), []string{sh.name, strconv.Itoa(len(got))}, note{diag.NoteShape, sh.name, sh.at})
	}
	return typ{}
}

// arguments checks what a call passes against declared parameters. The place of the error is the parameter's
// declaration; how many there are is the run's matter.
func (c *checker) arguments(f *fn, params []parameter, args, got []typ, call place) {
	for i := range min(len(params), len(got)) {
		p := params[i]
		if want := p.typ.with(args); !accepts(want, got[i]) {
			c.report(CodeArgument, p.at, []string{f.name, p.name, want.declared(), got[i].found()}, note{diag.NoteCall, f.name, call})
		}
	}
}
