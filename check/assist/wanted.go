package assist

import (
	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
)

// wanted is the type that the place asks for, unknown where it takes anything: of a parameter, of a field in the literal of
// a shape, of a variable that is declared with its type.
func (c *completion) wanted() check.Type {
	info, f, last := c.place.Info, c.top(), len(c.toks)-1
	if info == nil || c.is != inExpr {
		return check.Type{}
	}
	switch {
	case f.role == roleArgs && f.head > last && f.owner >= 0:
		return c.wantedArg(f)
	case f.role == roleRecord && f.owner >= 0 && last > 0 && c.kind(last) == syntax.Colon:
		if sh := info.Shape(c.toks[f.owner].Value); sh != nil {
			for _, field := range sh.Fields {
				if field.Name == c.toks[last-1].Value {
					return field.Type
				}
			}
		}
	case c.kind(last) == syntax.Assign && last > 1:
		t, _ := info.TypeOf(c.place.File, syntax.Span{Start: c.toks[last-1].Pos.Offset, End: end(c.toks[last-1])})
		if isType(c.kind(last - 2)) {
			return t
		}
	}
	return check.Type{}
}

func (c *completion) wantedArg(f *frame) check.Type {
	info := c.place.Info
	if c.kind(f.owner-1) == syntax.Dot {
		for _, m := range c.typeBefore(end(c.toks[f.owner-2])).Methods() {
			if n := f.commas + 1; m.Name == c.toks[f.owner].Value && m.Self && n < len(m.Params) {
				return m.Params[n].Type
			}
		}
		return check.Type{}
	}
	sig := info.Func(c.toks[f.owner].Value)
	if w := c.scanner.word(f.owner); sig == nil && w != nil {
		sig = info.Word(w)
	}
	if sig != nil && f.commas < len(sig.Params) && sig.Params[f.commas].Declared {
		return sig.Params[f.commas].Type
	}
	return check.Type{}
}

// suits tells whether a value of a type is what the place asks for.
func suits(want, got check.Type) bool {
	if !want.Known() || !got.Known() {
		return false
	}
	for _, w := range want.Alternatives() {
		for _, g := range got.Alternatives() {
			if w.Kind() == g.Kind() && (w.Name() == g.Name() || w.Name() == "") {
				return true
			}
		}
	}
	return false
}
