package check

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func (r *run) index(e *syntax.IndexExpr) *ty {
	base := r.maybeExpr(e.X)
	r.maybeExpr(e.Index)
	if !base.known() || e.Index == nil {
		return unknownT
	}
	key, literal := literalKey(e.Index)
	if n, ok := unparen(e.Index).(*syntax.NumberLit); ok && !literal && !n.Percent && !strings.Contains(n.Text, ".") {
		key, literal = n.Text, true
	}
	out, bad := neverT, true
	if literal {
		r.recordMember(e.Index, base, key)
	}
	if base.k == tUnion {
		r.mute++
		defer func() { r.mute-- }()
	}
	base.each(func(a *ty) {
		switch a.k {
		case tArray:
			out, bad = join(out, a.elem), false
		case tText:
			out, bad = join(out, textT), false
		case tRecord:
			bad, out = false, join(out, r.recordIndex(e.Index, a, key, literal))
		case tShaped:
			bad, out = false, r.shapedIndex(e, a, key, literal, out)
		case tUnknown, tNever:
			out, bad = unknownT, false
		}
	})
	if bad {
		r.unmuted(base, func() { r.errorAt(e.X, CodeNotIndexable, base.phrase()) })
		return unknownT
	}
	if base.k == tArray || base.k == tText {
		r.indexRange(e.Index, e.Index, base)
	}
	return out
}

// recordIndex is what a record gives for an index: a field that a literal names, or any.
func (r *run) recordIndex(at syntax.Node, a *ty, key string, literal bool) *ty {
	if !literal {
		return a.values()
	}
	if f := a.field(key); f != nil {
		return f.t
	}
	if a.open {
		return a.elem
	}
	r.noField(at, a, key)
	if r.mute > 0 {
		return neverT // another alternative has it
	}
	return unknownT
}

func (r *run) shapedIndex(e *syntax.IndexExpr, a *ty, key string, literal bool, out *ty) *ty {
	if !literal {
		return unknownT
	}
	return join(out, r.fieldOf(a, e.Index, key))
}

// indexRange reports a literal index that no array or text has.
func (r *run) indexRange(at syntax.Node, index syntax.Expr, base *ty) {
	n, ok := literalNumber(index)
	switch {
	case !ok:
	case n < 0 || n != float64(int(n)):
		r.errorAt(at, CodeIndexRange, strconv.FormatFloat(n, 'f', -1, 64), placesText(base))
	case base.k == tArray && base.n >= 0 && int(n) >= base.n:
		r.errorAt(at, CodeIndexRange, strconv.Itoa(int(n)), placesText(base))
	}
}

// unmuted reports what holds for all alternatives of a type.
func (r *run) unmuted(t *ty, f func()) {
	if t.k == tUnion {
		r.mute--
		defer func() { r.mute++ }()
	}
	f()
}

// placesText says which places an array or a text has.
func placesText(t *ty) string {
	switch {
	case t.k != tArray || t.n < 0 || t.n > 3:
		return "0, 1, 2 …"
	case t.n == 0:
		return "–"
	}
	return [...]string{"0", "0, 1", "0, 1, 2"}[t.n-1]
}

func (r *run) fieldExpr(e *syntax.FieldExpr) *ty {
	base := r.maybeExpr(e.X)
	if e.Name == nil || e.Name.Text == "" || !base.known() {
		return unknownT
	}
	out, bad := neverT, true
	name := e.Name.Text
	r.recordMember(e.Name, base, name)
	if base.k == tUnion {
		r.mute++
		defer func() { r.mute-- }()
	}
	base.each(func(a *ty) {
		switch a.k {
		case tRecord:
			bad = false
			if f := lookupField(a, name); f != nil {
				out = join(out, f)
			} else if base.k != tUnion {
				r.noField(e.Name, a, name)
				out = unknownT
			}
		case tShaped:
			bad = false
			out = join(out, r.fieldOf(a, e.Name, name))
		case tUnknown, tNever:
			out, bad = unknownT, false
		}
	})
	if bad {
		r.unmuted(base, func() { r.errorAt(e.Name, CodeNoFields, name, base.phrase()) })
		return unknownT
	}
	if out == neverT {
		return unknownT
	}
	return out
}

// lookupField is a field's type, unknown fields of an open record included; nil when the record has none. A response's
// status has several spellings.
func lookupField(t *ty, name string) *ty {
	if f := t.field(name); f != nil {
		return f.t
	}
	if w := words.Lookup(name); w != nil || name == "நிலை" {
		if name == "நிலை" || name == "நிலை_குறி" || w.ID == "nilYk_kuRi" {
			if f := t.field("நிலைக்_குறி"); f != nil && t.field("உடலுரை") != nil {
				return f.t
			}
		}
	}
	if t.open {
		return t.elem
	}
	return nil
}

// fieldOf is the type of a field of a record or a value of a shape; a field that is not there is reported.
func (r *run) fieldOf(a *ty, at syntax.Node, name string) *ty {
	if a.k == tRecord {
		if f := lookupField(a, name); f != nil {
			return f
		}
		r.noField(at, a, name)
		return unknownT
	}
	r.ask(depShape, a.name)
	sh := r.w.shapes[a.name]
	if sh == nil {
		return unknownT
	}
	if t := sh.field(name); t != nil {
		if i, ok := sh.param(name); ok && i < len(a.args) {
			return a.args[i]
		}
		return t
	}
	if sh.methods[name] != nil {
		r.errorAt(at, CodeReadMethod, sh.name, name).note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name})
		return unknownT
	}
	r.errorAt(at, CodeShapeLacks, sh.name, name, listOr(sh.names())).
		note(noteRef{code: diag.NoteShape, arg: sh.name, shape: sh.name}).near(guess{wrong: name, among: sh.names()})
	return unknownT
}

// noField reports a field that a record surely has not.
func (r *run) noField(at syntax.Node, a *ty, name string) {
	names := make([]string, len(a.rec))
	for i, f := range a.rec {
		names[i] = f.name
	}
	_, quotes := at.(*syntax.TextLit)
	shown := names
	if len(shown) > 20 {
		shown = append(shown[:20:20], "…")
	}
	r.errorAt(at, CodeLacksField, name, listOr(shown)).near(guess{wrong: name, among: names, quote: quotes})
}

func listOr(list []string) string {
	if len(list) == 0 {
		return "–"
	}
	return strings.Join(list, ", ")
}

func joinNames(list []string) string { return strings.Join(list, "\x00") }
