package check

import (
	"context"
	"maps"
	"slices"
)

// round infers every unit once: functions after those that they call, then the rest.
func (s *Session) round(ctx context.Context, w *world, order [][]*unit, round int) {
	w.result[round] = make(map[string]*ty, len(w.units))
	w.moved = false
	for _, group := range order {
		if ctx.Err() != nil {
			return
		}
		if !w.reuse(group, round) {
			s.infer(w, group, round)
		}
	}
	if s.learntBefore(w, round) {
		w.global[round], w.before[round], w.params[round] = s.last.global[round], s.last.before[round], s.last.params[round]
		return
	}
	w.learn(round)
}

// learntBefore tells whether all units pass and store in a round what they did in the last check.
func (s *Session) learntBefore(w *world, round int) bool {
	if !w.steady {
		return false
	}
	for _, u := range w.units {
		out := u.outs[round]
		if out == nil || u.mem != nil && u.mem.outs[round] == out {
			continue
		}
		m := s.units[u.key]
		if m == nil || m.outs[round] == nil || !sameFlow(m.outs[round], out) {
			w.steady = false
			return false
		}
	}
	return true
}

// sameFlow tells whether two outputs pass the same to functions and store the same in globals.
func sameFlow(a, b *outputs) bool {
	return maps.EqualFunc(a.calls, b.calls, sameAll) && maps.EqualFunc(a.writes, b.writes, same)
}

// infer infers a group of functions that call each other, until what they answer stays the same.
func (s *Session) infer(w *world, group []*unit, round int) {
	for _, u := range group {
		w.result[round][u.key] = neverT
		if !u.inferred {
			u.inferred = true
			s.work.Inferred++
		}
	}
	for pass := 0; ; pass++ {
		stable := true
		for _, u := range group {
			s.work.Passes++
			out := newRun(w, u, round).infer()
			was := w.result[round][u.key]
			got := join(was, out.result)
			if pass > maxPasses && !same(was, got) {
				got = unknownT
			}
			stable = stable && same(was, got)
			w.result[round][u.key], out.result = got, got
			u.outs[round] = out
		}
		if stable || len(group) == 1 && !w.callsItself(group[0]) {
			s.compare(w, group, round)
			return
		}
	}
}

// compare notes whether a group that was inferred again answers something else than in the last check.
func (s *Session) compare(w *world, group []*unit, round int) {
	for _, u := range group {
		m := s.units[u.key]
		if m == nil || m.outs[round] == nil || !same(m.outs[round].result, u.outs[round].result) {
			w.moved = true
		}
	}
}

// maxPasses is after how many passes over a circle of functions what still changes becomes unknown.
const maxPasses = 4

func (w *world) callsItself(u *unit) bool {
	if u.kind != unitFunc && u.kind != unitMethod {
		return false
	}
	sum := u.items[0].sum
	return u.kind == unitMethod || slices.Contains(sum.mentions, u.name)
}

// reuse takes over what is known of a group when everything that it asked for is the same: from the last check, where
// its texts are the same, or from the round before.
func (w *world) reuse(group []*unit, round int) bool {
	from := func(pick func(*unit) *outputs) bool {
		for _, u := range group {
			if out := pick(u); out == nil || !w.current(group, u, out, round) {
				return false
			}
		}
		for _, u := range group {
			u.outs[round] = pick(u)
			w.result[round][u.key] = u.outs[round].result
		}
		return true
	}
	if w.steady && !w.moved {
		// Nothing that a unit could ask for has changed so far: its text decides.
		fast := true
		for _, u := range group {
			fast = fast && u.mem != nil && u.mem.outs[round] != nil && !u.mem.outs[round].texts
		}
		if fast {
			for _, u := range group {
				u.outs[round] = u.mem.outs[round]
				w.result[round][u.key] = u.outs[round].result
			}
			return true
		}
	}
	return from(func(u *unit) *outputs {
		if u.mem == nil {
			return nil
		}
		return u.mem.outs[round]
	}) || round > 0 && from(func(u *unit) *outputs { return u.outs[round-1] })
}

// current tells whether all questions of a unit have the answers that they had.
func (w *world) current(group []*unit, u *unit, out *outputs, round int) bool {
	for i := range out.deps {
		d := &out.deps[i]
		if d.kind == depResult && inGroup(group, d.name) {
			continue
		}
		if t, text := w.ask(d.kind, d.name, u, round); text != d.text || !sameOrNil(t, d.t) {
			return false
		}
	}
	return true
}

// inGroup tells whether a key is that of a member of the group.
func inGroup(group []*unit, key string) bool {
	for _, u := range group {
		if u.key == key {
			return true
		}
	}
	return false
}

func sameOrNil(a, b *ty) bool {
	if a == nil || b == nil {
		return a == b
	}
	return same(a, b)
}

// learn joins what all units of a round pass to functions and store in globals.
func (w *world) learn(round int) {
	w.global[round], w.before[round] = map[string]*ty{}, map[string]*ty{}
	w.params[round] = make(map[string][]*ty, len(w.funcs))
	for _, u := range w.units {
		out := u.outs[round]
		if out == nil {
			continue
		}
		for name, t := range out.writes {
			joinAt(w.global[round], name, t)
			if u.kind == unitMain {
				joinAt(w.before[round], name, t)
			}
		}
		for name, args := range out.calls {
			known := w.params[round][name]
			for len(known) < len(args) {
				known = append(known, neverT)
			}
			for i, t := range args {
				known[i] = join(known[i], t)
			}
			w.params[round][name] = known
		}
	}
}

func joinAt(m map[string]*ty, name string, t *ty) {
	if old := m[name]; old != nil {
		t = join(old, t)
	}
	m[name] = t
}
