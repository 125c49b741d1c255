package check

import (
	"cmp"
	"slices"
)

// order sorts the units so that a function comes after those that it calls; those that call each other in a circle stand
// together. The prelude and later blocks come last.
func (w *world) order() [][]*unit {
	t := tarjan{w: w}
	for _, u := range w.units {
		if (u.kind == unitFunc || u.kind == unitMethod) && u.visit.index == 0 {
			t.visit(u)
		}
	}
	for _, u := range w.units {
		if u.kind != unitFunc && u.kind != unitMethod {
			t.groups = append(t.groups, []*unit{u})
		}
	}
	return t.groups
}

type tarjan struct {
	w      *world
	met    int32
	stack  []*unit
	groups [][]*unit
}

// visited is what the search knows of a unit.
type visited struct {
	index, low int32 // 0 before it was met
	on         bool  // the stack
}

// visit is one step of Tarjan's search for circles. Calls nest as deep as functions call each other, which a Go stack bears.
func (t *tarjan) visit(u *unit) {
	t.met++
	u.visit = visited{t.met, t.met, true}
	t.stack = append(t.stack, u)
	for _, v := range t.w.callees(u) {
		if v.visit.index == 0 {
			t.visit(v)
			u.visit.low = min(u.visit.low, v.visit.low)
		} else if v.visit.on {
			u.visit.low = min(u.visit.low, v.visit.index)
		}
	}
	if u.visit.low != u.visit.index {
		return
	}
	at := slices.Index(t.stack, u)
	group := slices.Clone(t.stack[at:])
	t.stack = t.stack[:at]
	for _, v := range group {
		v.visit.on = false
	}
	slices.SortFunc(group, func(a, b *unit) int { return cmp.Compare(a.key, b.key) })
	t.groups = append(t.groups, group)
}

// callees are the functions and methods whose answers a unit's inference may ask for.
func (w *world) callees(u *unit) []*unit {
	var list []*unit
	sum := u.items[0].sum
	for _, name := range sum.mentions {
		if f := w.funcs[name]; f != nil {
			list = append(list, f.u)
		}
	}
	for _, name := range sum.fields {
		for _, m := range w.methods[name] {
			list = append(list, m.u)
		}
	}
	slices.SortFunc(list, func(a, b *unit) int { return cmp.Compare(a.key, b.key) })
	return slices.Compact(list)
}
