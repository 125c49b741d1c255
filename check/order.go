package check

import (
	"cmp"
	"slices"
)

// order sorts the units so that a function comes after those that it calls; those that call each other in a circle stand
// together. The prelude and later blocks come last.
func (w *world) order() [][]*unit {
	t := tarjan{w: w, index: map[*unit]int{}, low: map[*unit]int{}, on: map[*unit]bool{}}
	for _, u := range w.units {
		if (u.kind == unitFunc || u.kind == unitMethod) && t.index[u] == 0 {
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
	index  map[*unit]int
	low    map[*unit]int
	stack  []*unit
	on     map[*unit]bool
	groups [][]*unit
}

// visit is one step of Tarjan's search for circles. Calls nest as deep as functions call each other, which a Go stack bears.
func (t *tarjan) visit(u *unit) {
	t.index[u] = len(t.index) + 1
	t.low[u] = t.index[u]
	t.stack = append(t.stack, u)
	t.on[u] = true
	for _, v := range t.w.callees(u) {
		if t.index[v] == 0 {
			t.visit(v)
			t.low[u] = min(t.low[u], t.low[v])
		} else if t.on[v] {
			t.low[u] = min(t.low[u], t.index[v])
		}
	}
	if t.low[u] != t.index[u] {
		return
	}
	at := slices.Index(t.stack, u)
	group := slices.Clone(t.stack[at:])
	t.stack = t.stack[:at]
	for _, v := range group {
		t.on[v] = false
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
