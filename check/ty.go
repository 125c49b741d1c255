package check

import (
	"slices"
	"strings"
)

// tkind is the kind of an inferred type.
type tkind uint8

const (
	tUnknown tkind = iota // could be anything: nothing is ever reported about it
	tNever                // no value: what was not computed yet, or code that never answers
	tUnset                // a variable that holds nothing yet
	tNil
	tNumber
	tText
	tBool
	tArray
	tRecord
	tShaped
	tFunc
	tResult
	tHandle
	tShapeName // a shape as a value
	tUnion
)

// ty is an inferred type. It is never changed after it was made, and holds no node of a tree, so that what was inferred
// of one version of a file stays valid for the next.
type ty struct {
	k     tkind
	depth uint8
	// name is the shape's, the handle's or the function's name; of a text, where it came from ("input", "date").
	name string
	elem *ty      // an array's items, a task's result, what a சரி holds
	err  *ty      // what a தவறு holds
	n    int      // how many items an array surely has, or -1
	args []*ty    // of a generic shape
	rec  []rfield // of a record, by name
	open bool     // a record may have other fields, each of type elem
	fn   *fnType
	alts []*ty // of a union: two or more, no two of a kind but shapes and handles
}

// rfield is a known field of a record.
type rfield struct {
	name string
	t    *ty
	opt  bool // it may be missing
}

// fnType is what is known of a function value.
type fnType struct {
	min, max int // how many arguments; max -1: no limit; min -1: unknown
	result   *ty
	task     bool // the call answers a task
	word     string
	params   []paramInfo // of a function value, where they are known
}

// maxDepth bounds how deep a type nests; deeper parts are unknown.
const maxDepth = 7

// maxAlts bounds a union, maxFields a record.
const (
	maxAlts   = 10
	maxFields = 200
)

// The types without parts.
var (
	unknownT = &ty{k: tUnknown}
	neverT   = &ty{k: tNever}
	unsetT   = &ty{k: tUnset}
	nilT     = &ty{k: tNil}
	numberT  = &ty{k: tNumber}
	textT    = &ty{k: tText}
	inputT   = &ty{k: tText, name: "input"}
	dateT    = &ty{k: tText, name: "date"}
	boolT    = &ty{k: tBool}
	anyFnT   = &ty{k: tFunc, fn: &fnType{min: -1, max: -1, result: unknownT}}
	anyArr   = &ty{k: tArray, elem: unknownT, n: -1, depth: 1}
	anyRec   = &ty{k: tRecord, open: true, elem: unknownT, depth: 1}
	anyRes   = &ty{k: tResult, elem: unknownT, err: unknownT, depth: 1}
	shapeT   = &ty{k: tShapeName}
	// dataT is what JSON and forms hold, columnT what a database's column does.
	dataT = &ty{k: tUnion, depth: 1, alts: []*ty{
		nilT, numberT, inputT, boolT,
		{k: tArray, elem: unknownT, n: -1, depth: 1},
		{k: tRecord, open: true, elem: unknownT, depth: 1},
	}}
	columnT   = &ty{k: tUnion, alts: []*ty{nilT, numberT, inputT, boolT}}
	declTextT = &ty{k: tUnion, alts: []*ty{numberT, textT}}
)

func deeper(parts ...*ty) uint8 {
	d := uint8(0)
	for _, p := range parts {
		if p != nil {
			d = max(d, p.depth)
		}
	}
	return d + 1
}

func shallow(t *ty) *ty {
	if t == nil || t.depth >= maxDepth {
		return unknownT
	}
	return t
}

func arrayOf(elem *ty, n int) *ty {
	elem = shallow(elem)
	return &ty{k: tArray, elem: elem, n: n, depth: deeper(elem)}
}

func resultOf(ok, err *ty) *ty {
	ok, err = shallow(ok), shallow(err)
	return &ty{k: tResult, elem: ok, err: err, depth: deeper(ok, err)}
}

func handleOf(name string, elem *ty) *ty {
	if elem != nil {
		elem = shallow(elem)
	}
	return &ty{k: tHandle, name: name, elem: elem, depth: deeper(elem)}
}

func shapedOf(name string, args []*ty) *ty {
	for i := range args {
		args[i] = shallow(args[i])
	}
	return &ty{k: tShaped, name: name, args: args, depth: deeper(args...)}
}

func funcOf(name string, f fnType) *ty {
	f.result = shallow(f.result)
	return &ty{k: tFunc, name: name, fn: &f, depth: deeper(f.result)}
}

// recordOf makes a record type; the fields need not be sorted, the first of a name counts.
func recordOf(fields []rfield, open bool, rest *ty) *ty {
	if len(fields) > maxFields {
		fields, open, rest = nil, true, unknownT
	}
	slices.SortStableFunc(fields, func(a, b rfield) int { return strings.Compare(a.name, b.name) })
	fields = slices.CompactFunc(fields, func(a, b rfield) bool { return a.name == b.name })
	t := &ty{k: tRecord, rec: fields, open: open, depth: 1}
	if open {
		t.elem = shallow(rest)
		t.depth = deeper(t.elem)
	}
	for i := range fields {
		fields[i].t = shallow(fields[i].t)
		t.depth = max(t.depth, fields[i].t.depth+1)
	}
	return t
}

// rec1 makes a closed record type of names and types in turn.
func fieldsOf(pairs ...any) []rfield {
	list := make([]rfield, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, rfield{name: pairs[i].(string), t: pairs[i+1].(*ty)})
	}
	return list
}

func (t *ty) field(name string) *rfield {
	i, ok := slices.BinarySearchFunc(t.rec, name, func(f rfield, name string) int { return strings.Compare(f.name, name) })
	if !ok {
		return nil
	}
	return &t.rec[i]
}

// each calls f for every alternative of a type.
func (t *ty) each(f func(*ty)) {
	if t.k != tUnion {
		f(t)
		return
	}
	for _, a := range t.alts {
		f(a)
	}
}

// all tells whether f holds for every alternative; never for unknown and for no value.
func (t *ty) all(f func(*ty) bool) bool {
	if t.k == tUnknown || t.k == tNever {
		return false
	}
	ok := true
	t.each(func(a *ty) { ok = ok && f(a) })
	return ok
}

// known tells a type of which something is known.
func (t *ty) known() bool { return t.k != tUnknown && t.k != tNever }

// only tells whether every alternative is of one of the kinds.
func (t *ty) only(kinds ...tkind) bool {
	return t.all(func(a *ty) bool { return slices.Contains(kinds, a.k) })
}

// may tells whether a value of the type may be of one of the kinds.
func (t *ty) may(kinds ...tkind) bool {
	if t.k == tUnknown {
		return true
	}
	found := false
	t.each(func(a *ty) { found = found || slices.Contains(kinds, a.k) })
	return found
}

// keep is the type with only the alternatives for which f holds. Unknown stays unknown.
func (t *ty) keep(f func(*ty) bool) *ty {
	if t.k == tUnknown {
		return t
	}
	var left []*ty
	t.each(func(a *ty) {
		if f(a) {
			left = append(left, a)
		}
	})
	return unionOf(left)
}

func unionOf(list []*ty) *ty {
	switch len(list) {
	case 0:
		return neverT
	case 1:
		return list[0]
	}
	d := uint8(0)
	for _, a := range list {
		d = max(d, a.depth)
	}
	return &ty{k: tUnion, alts: list, depth: d}
}

// set drops what says that a variable may hold nothing yet.
func (t *ty) set() *ty {
	if t.k != tUnion && t.k != tUnset {
		return t
	}
	return t.keep(func(a *ty) bool { return a.k != tUnset })
}

// same tells whether two types are equal.
func same(a, b *ty) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.k != b.k || a.name != b.name || a.n != b.n || a.open != b.open || a.depth != b.depth {
		return false
	}
	return same(a.elem, b.elem) && same(a.err, b.err) && sameAll(a.args, b.args) && sameAll(a.alts, b.alts) &&
		slices.EqualFunc(a.rec, b.rec, func(x, y rfield) bool { return x.name == y.name && x.opt == y.opt && same(x.t, y.t) }) &&
		sameFn(a.fn, b.fn)
}

func sameAll(a, b []*ty) bool { return slices.EqualFunc(a, b, same) }

func sameFn(a, b *fnType) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.min == b.min && a.max == b.max && a.task == b.task && a.word == b.word && same(a.result, b.result) && sameParams(a.params, b.params)
}

func sameParams(a, b []paramInfo) bool {
	return slices.EqualFunc(a, b, func(x, y paramInfo) bool { return x.name == y.name && sameOrNil(x.declared, y.declared) })
}
