package check

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// recordLit checks {…} and S{…}.
func (c *checker) recordLit(e *syntax.RecordLit) typ {
	var sh *shape
	if e.Shape != nil {
		if sh = c.shapes[e.Shape.Text]; sh == nil {
			at := c.here(e.Shape)
			c.report(CodeUnknownShape, at, []string{e.Shape.Text})
			c.suggest(at, e.Shape.Text, c.shapeNames())
		}
	}
	given := make(map[string]bool)
	var args []typ
	if sh != nil {
		args = make([]typ, len(sh.params))
	}
	for _, f := range e.Fields {
		var got typ
		if f.Value != nil {
			got = c.expr(f.Value)
		}
		if sh != nil && f.Key != nil {
			c.literalField(sh, f.Key, got, given, args)
		}
	}
	var spread typ
	if e.Spread != nil {
		spread = c.expr(e.Spread)
	}
	if sh == nil {
		if e.Shape != nil {
			return typ{}
		}
		return typ{kind: record}
	}
	out := typ{kind: shaped, shape: sh, args: args}
	c.completeness(e, sh, given, spread)
	if spread.kind == shaped && spread.shape == sh {
		infer(typ{kind: shaped, shape: sh, args: ownParams(sh)}, spread, args)
	}
	return out
}

// ownParams are a generic shape's parameters as its own arguments.
func ownParams(sh *shape) []typ {
	args := make([]typ, len(sh.params))
	for i := range args {
		args[i] = typ{kind: param, index: i}
	}
	return args
}

func (c *checker) literalField(sh *shape, key *syntax.Name, got typ, given map[string]bool, args []typ) {
	at, name := c.here(key), key.Text
	f := sh.byName[name]
	declared := note{diag.NoteShape, sh.name, sh.at}
	switch {
	case f == nil:
		c.report(CodeLiteralField, at, []string{sh.name, name, sh.fieldNames()}, declared)
		c.suggest(at, name, sh.names())
		return
	case given[name]:
		c.report(CodeLiteralTwice, at, []string{sh.name, name})
	case !accepts(f.typ, got):
		c.report(CodeLiteralType, at, []string{sh.name, name, f.typ.declared(), got.found()}, declared)
	}
	given[name] = true
	infer(f.typ, got, args)
}

// completeness checks that a literal gives every field, or spreads a value that does.
func (c *checker) completeness(e *syntax.RecordLit, sh *shape, given map[string]bool, spread typ) {
	if e.Spread != nil {
		if !accepts(typ{kind: shaped, shape: sh}, spread) {
			c.report(CodeSpread, c.here(e.Spread), []string{sh.name, spread.found()})
		}
		return
	}
	var lacks []string
	for _, f := range sh.fields {
		if !given[f.name] {
			lacks = append(lacks, f.name)
		}
	}
	if len(lacks) > 0 {
		c.report(CodeLiteralLacks, c.here(e.Shape), []string{sh.name, strings.Join(lacks, ", ")}, note{diag.NoteShape, sh.name, sh.at})
	}
}

// field checks X.name that is read.
func (c *checker) field(e *syntax.FieldExpr) typ {
	if c.namedShape(e.X) != nil || e.X == nil {
		return typ{} // S.name without a call is looked up at run time
	}
	x := c.expr(e.X)
	if x.kind != shaped || e.Name == nil || e.Name.Text == "" {
		return typ{}
	}
	return c.part(x, e.Name, c.here(e.Name))
}

// part checks a field of a value that is known to be of a shape.
func (c *checker) part(x typ, name *syntax.Name, at place) typ {
	sh := x.shape
	if f := sh.byName[name.Text]; f != nil {
		return f.typ.with(x.args)
	}
	if m := sh.methods[name.Text]; m != nil {
		c.report(CodeMethodRead, at, []string{sh.name, name.Text}, note{diag.NoteMethod, name.Text, m.at})
		return typ{}
	}
	c.report(CodeNoField, at, []string{sh.name, name.Text, sh.fieldNames()}, note{diag.NoteShape, sh.name, sh.at})
	c.suggest(at, name.Text, sh.names())
	return typ{}
}

// target checks the parts of an assignment's target. An index with a literal text is a field.
func (c *checker) target(e syntax.Expr) {
	index, ok := e.(*syntax.IndexExpr)
	if !ok {
		c.expr(e)
		return
	}
	var x typ
	if index.X != nil {
		x = c.expr(index.X)
	}
	key, literal := index.Index.(*syntax.TextLit)
	if x.kind != shaped || !literal {
		c.maybe(index.Index)
		return
	}
	c.part(x, &syntax.Name{Tok: key.Tok, Text: key.Value}, c.here(key))
}

// namedShape is the shape that a name in front of a dot means, or nil where it may be a variable.
func (c *checker) namedShape(e syntax.Expr) *shape {
	if name, ok := e.(*syntax.NameExpr); ok && !c.isVariable(name.Text) {
		return c.shapes[name.Text]
	}
	return nil
}

// callMethod checks x.name(…) and S.name(…).
func (c *checker) callMethod(f *syntax.FieldExpr, e *syntax.CallExpr) typ {
	sh := c.namedShape(f.X)
	var x typ
	if sh == nil && f.X != nil {
		x = c.expr(f.X)
	}
	got := c.exprs(e.Args)
	if f.Name == nil || f.Name.Text == "" {
		return typ{}
	}
	switch {
	case sh != nil:
		return c.onShape(sh, f.Name, got)
	case x.kind == shaped:
		return c.onValue(x, f.Name, got)
	}
	return typ{}
}

// onShape checks S.name(…): a method with all its parameters.
func (c *checker) onShape(sh *shape, name *syntax.Name, got []typ) typ {
	m := sh.methods[name.Text]
	if m == nil {
		c.noMethod(sh, name)
		return typ{}
	}
	args := make([]typ, len(sh.params))
	c.arguments(m, m.params, args, got, c.here(name))
	return c.answer(m, args)
}

// onValue checks a call on a value that is known to be of a shape.
func (c *checker) onValue(x typ, name *syntax.Name, got []typ) typ {
	sh, at := x.shape, c.here(name)
	m, f := sh.methods[name.Text], sh.byName[name.Text]
	switch {
	case m != nil && !m.self:
		c.report(CodeNoSelf, at, []string{sh.name, name.Text}, note{diag.NoteMethod, name.Text, m.at})
		return typ{}
	case m != nil:
		c.arguments(m, m.params[1:], x.args, got, at)
		return c.answer(m, x.args)
	case f != nil:
		if t := f.typ.with(x.args); !accepts(typ{kind: function}, t) {
			c.report(CodeFieldCall, at, []string{sh.name, name.Text, t.declared()}, note{diag.NoteShape, sh.name, sh.at})
		}
	default:
		c.noMethod(sh, name)
	}
	return typ{}
}

// answer is the type of a method's call.
func (c *checker) answer(m *fn, args []typ) typ {
	if m.background {
		return typ{}
	}
	return m.result.with(args)
}

func (c *checker) noMethod(sh *shape, name *syntax.Name) {
	list := strings.Join(sh.order, ", ")
	if list == "" {
		list = "–"
	}
	at := c.here(name)
	c.report(CodeNoMethod, at, []string{sh.name, name.Text, list}, note{diag.NoteShape, sh.name, sh.at})
	c.suggest(at, name.Text, sh.order)
}

func (sh *shape) names() []string {
	names := make([]string, len(sh.fields))
	for i, f := range sh.fields {
		names[i] = f.name
	}
	return names
}

// fieldNames lists the fields for people.
func (sh *shape) fieldNames() string {
	if len(sh.fields) == 0 {
		return "–"
	}
	return strings.Join(sh.names(), ", ")
}
