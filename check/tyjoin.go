package check

import (
	"slices"
	"strings"
)

// join is the least type that holds the values of both.
func join(a, b *ty) *ty {
	switch {
	case a == b, b.k == tNever:
		return a
	case a.k == tNever:
		return b
	case a.k == tUnknown || b.k == tUnknown:
		return unknownT
	case same(a, b):
		return a
	}
	list := slices.Clone(alternatives(a))
	changed := false
	for _, x := range alternatives(b) {
		var more bool
		list, more = joinInto(list, x)
		changed = changed || more
	}
	if !changed {
		return a
	}
	if len(list) > maxAlts {
		return unknownT
	}
	slices.SortStableFunc(list, func(a, b *ty) int {
		if a.k != b.k {
			return int(a.k) - int(b.k)
		}
		return strings.Compare(a.name, b.name)
	})
	return unionOf(list)
}

func alternatives(t *ty) []*ty {
	if t.k == tUnion {
		return t.alts
	}
	return []*ty{t}
}

// joinInto puts one alternative into a list, into the one of its kind where there is one.
func joinInto(list []*ty, x *ty) ([]*ty, bool) {
	for i, a := range list {
		if a.k != x.k || (a.k == tShaped || a.k == tHandle || a.k == tShapeName) && a.name != x.name {
			continue
		}
		m := merge(a, x)
		if same(m, a) {
			return list, false
		}
		list[i] = m
		return list, true
	}
	return append(list, x), true
}

// merge joins two types of one kind.
func merge(a, b *ty) *ty {
	if same(a, b) {
		return a
	}
	switch a.k {
	case tText:
		if a.name == "input" || b.name == "input" {
			return inputT
		}
		return textT
	case tArray:
		n := a.n
		if b.n != n {
			n = -1
		}
		return arrayOf(join(a.elem, b.elem), n)
	case tResult:
		return resultOf(join(a.elem, b.elem), join(a.err, b.err))
	case tHandle:
		if a.elem == nil || b.elem == nil {
			return handleOf(a.name, nil)
		}
		return handleOf(a.name, join(a.elem, b.elem))
	case tShaped:
		return mergeShaped(a, b)
	case tFunc:
		return mergeFunc(a, b)
	case tRecord:
		return mergeRecords(a, b)
	}
	return a
}

func mergeShaped(a, b *ty) *ty {
	if len(a.args) != len(b.args) {
		return shapedOf(a.name, nil)
	}
	args := make([]*ty, len(a.args))
	for i := range args {
		args[i] = join(a.args[i], b.args[i])
	}
	return shapedOf(a.name, args)
}

func mergeFunc(a, b *ty) *ty {
	f := fnType{min: min(a.fn.min, b.fn.min), max: max(a.fn.max, b.fn.max), result: unknownT}
	if sameParams(a.fn.params, b.fn.params) {
		f.params = a.fn.params
	}
	if a.fn.min < 0 || b.fn.min < 0 {
		f.min = -1
	}
	if a.fn.max < 0 || b.fn.max < 0 {
		f.max = -1
	}
	if a.fn.task == b.fn.task && a.fn.word == "" && b.fn.word == "" {
		f.result, f.task = join(a.fn.result, b.fn.result), a.fn.task
	} else {
		f.min = -1
	}
	name := a.name
	if name != b.name {
		name = ""
	}
	return funcOf(name, f)
}

func mergeRecords(a, b *ty) *ty {
	fields := make([]rfield, 0, max(len(a.rec), len(b.rec)))
	i, j := 0, 0
	one := func(f rfield, other *ty) {
		f.opt = true
		if other.open {
			f.t = join(f.t, other.elem)
		}
		fields = append(fields, f)
	}
	for i < len(a.rec) || j < len(b.rec) {
		switch {
		case j == len(b.rec) || i < len(a.rec) && a.rec[i].name < b.rec[j].name:
			one(a.rec[i], b)
			i++
		case i == len(a.rec) || b.rec[j].name < a.rec[i].name:
			one(b.rec[j], a)
			j++
		default:
			fields = append(fields, rfield{a.rec[i].name, join(a.rec[i].t, b.rec[j].t), a.rec[i].opt || b.rec[j].opt})
			i, j = i+1, j+1
		}
	}
	rest := neverT
	if a.open {
		rest = join(rest, a.elem)
	}
	if b.open {
		rest = join(rest, b.elem)
	}
	return recordOf(fields, a.open || b.open, rest)
}

// withField is a record type whose field is surely t.
func (t *ty) withField(name string, v *ty) *ty {
	fields := make([]rfield, 0, len(t.rec)+1)
	fields = append(fields, rfield{name: name, t: v})
	for _, f := range t.rec {
		if f.name != name {
			fields = append(fields, f)
		}
	}
	return recordOf(fields, t.open, t.elem)
}

// withSome is a record type after a field of unknown name got v.
func (t *ty) withSome(v *ty) *ty {
	fields := slices.Clone(t.rec)
	for i := range fields {
		fields[i].t = join(fields[i].t, v)
	}
	rest := v
	if t.open {
		rest = join(t.elem, v)
	}
	return recordOf(fields, true, rest)
}

// values is the type of any field of a record.
func (t *ty) values() *ty {
	out := neverT
	for _, f := range t.rec {
		out = join(out, f.t)
	}
	if t.open {
		out = join(out, t.elem)
	}
	return out
}

// strip forgets what is only a hint: how many items an array has.
func widen(t *ty) *ty {
	switch t.k {
	case tArray:
		if t.n >= 0 {
			return arrayOf(t.elem, -1)
		}
	case tUnion:
		list := make([]*ty, len(t.alts))
		for i, a := range t.alts {
			list[i] = widen(a)
		}
		return unionOf(list)
	}
	return t
}
