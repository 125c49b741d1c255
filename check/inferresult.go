package check

import "github.com/etamil-lang/etamil/syntax"

// wordResult is what a word answers for what it is given.
func (r *run) wordResult(id string, e *syntax.CallExpr, got []*ty, out *ty) *ty {
	arg := func(i int) *ty {
		if i < len(got) {
			return got[i]
		}
		return neverT
	}
	switch id {
	case "append":
		return appended(arg(0), arg(1))
	case "sort", "sortByField":
		if t := arg(0); t.k == tArray {
			return t
		}
	case "ok":
		return resultOf(arg(0), neverT)
	case "err":
		return resultOf(neverT, arg(0))
	case "unwrap":
		return inside(arg(0), func(t *ty) *ty { return t.elem })
	case "unwrapErr":
		return inside(arg(0), func(t *ty) *ty { return t.err })
	case "unwrapOr":
		return join(inside(arg(0), func(t *ty) *ty { return t.elem }), arg(1))
	case "fieldOr":
		return r.fieldOr(e, arg(0), arg(2))
	}
	return r.serviceResult(id, got, arg, out)
}

// serviceResult is wordResult for the words of services.
func (r *run) serviceResult(id string, got []*ty, arg func(int) *ty, out *ty) *ty {
	switch id {
	case "env":
		if len(got) > 1 {
			return join(inputT, arg(1))
		}
	case "await":
		return awaited(arg(0))
	case "taskAll":
		if t := arg(0); t.k == tArray {
			return arrayOf(awaited(t.elem), t.n)
		}
	case "taskRace":
		if t := arg(0); t.k == tArray {
			return awaited(t.elem)
		}
	case "newError":
		if len(got) == 3 {
			return errorT().withField("விவரம்", arg(2))
		}
		return errorT().withField("விவரம்", recordOf(nil, false, nil))
	case "configCreate":
		return configured(arg(0))
	case "depsCreate":
		if t := arg(0); t.k == tRecord {
			return t
		}
	case "validate":
		return resultOf(arg(0), errorT().withField("விவரம்", anyRec))
	case "validateShape":
		if t := arg(1); t.k == tShapeName {
			return resultOf(shapedOf(t.name, nil), arrayOf(errorT(), -1))
		}
	case "exit":
		r.dead = true
		return neverT
	}
	return out
}

func appended(list, item *ty) *ty {
	switch list.k {
	case tArray:
		n := -1
		if list.n >= 0 && list.n < 64 {
			n = list.n + 1
		}
		return arrayOf(join(list.elem, item), n)
	case tUnion:
		out := neverT
		list.each(func(a *ty) {
			if a.k == tArray {
				out = join(out, appended(a, item))
			}
		})
		if out != neverT {
			return out
		}
	}
	return anyArr
}

// inside is the part of a result, or of the results among several kinds.
func inside(t *ty, part func(*ty) *ty) *ty {
	if !t.known() {
		return unknownT
	}
	out, any := neverT, false
	t.each(func(a *ty) {
		switch a.k {
		case tResult:
			out, any = join(out, part(a)), true
		case tUnknown:
			out, any = unknownT, true
		}
	})
	if !any {
		return unknownT
	}
	return out
}

func (r *run) fieldOr(e *syntax.CallExpr, rec, or *ty) *ty {
	if rec.k == tUnion {
		rec = rec.keep(func(a *ty) bool { return a.k == tRecord })
	}
	if e == nil || len(e.Args) < 2 || rec.k != tRecord { // the call may be half typed
		return unknownT
	}
	key, literal := literalKey(e.Args[1])
	if !literal {
		return join(rec.values(), or)
	}
	if f := rec.field(key); f != nil {
		if f.opt {
			return join(f.t, or)
		}
		return f.t
	}
	if rec.open {
		return join(rec.elem, or)
	}
	return or
}

// awaited is the முடிவு of a task, or of waiting for a time.
func awaited(t *ty) *ty {
	if !t.known() {
		return anyRes
	}
	out := neverT
	t.each(func(a *ty) {
		switch {
		case a.k == tHandle && a.name == "task" && a.elem != nil:
			out = join(out, a.elem)
		case a.k == tNumber:
			out = join(out, resultOf(nilT, neverT))
		default:
			out = join(out, anyRes)
		}
	})
	return out
}

// configured is the configuration made of a record: the environment may replace what stands in it, with text.
func configured(t *ty) *ty {
	switch t.k {
	case tRecord:
		fields := make([]rfield, len(t.rec))
		for i, f := range t.rec {
			fields[i] = rfield{f.name, configured(f.t), f.opt}
		}
		return recordOf(fields, true, unknownT)
	case tNumber, tText, tBool, tNil:
		return join(t, inputT)
	}
	return t
}
