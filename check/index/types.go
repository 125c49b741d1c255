package index

import "github.com/etamil-lang/etamil/check"

// Type is what a symbol holds: a variable by all that is assigned to it, a local where it is declared or first set, a field
// as its shape says. It is unknown of functions, whose signatures check.Info has, and of an Index without an Info.
func (ix *Index) Type(s Symbol) check.Type {
	switch {
	case ix.info == nil:
		return check.Type{}
	case s.Kind == Field:
		if sh := ix.info.Shape(s.Of); sh != nil {
			for _, f := range sh.Fields {
				if f.Name == s.Name {
					return f.Type
				}
			}
		}
	case s.Local():
		if d := ix.Decls(s); len(d) > 0 {
			t, _ := ix.info.TypeOf(d[0].File, d[0].Span)
			return t
		}
	case s.Kind == Variable:
		t, _ := ix.info.Global(s.Name)
		return t
	}
	return check.Type{}
}

// Signature is what a function, a method or a variable that holds a function takes and answers; nil of everything else.
func (ix *Index) Signature(s Symbol) *check.Signature {
	if ix.info == nil {
		return nil
	}
	switch s.Kind {
	case Function:
		return ix.info.Func(s.Name)
	case Method:
		return ix.info.Method(s.Of, s.Name)
	}
	if sig, ok := ix.Type(s).Call(); ok {
		return sig
	}
	return nil
}
