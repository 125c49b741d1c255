package check

import (
	"maps"

	"github.com/etamil-lang/etamil/syntax"
)

// env is what the variables hold at one place of the program: what changed since the place of up, and all that up has.
// A branch is a new env over the one before it, so that a branch costs what it changes.
type env struct {
	up   *env
	vars map[string]*ty
}

func (e *env) get(name string) *ty {
	for ; e != nil; e = e.up {
		if t := e.vars[name]; t != nil {
			return t
		}
	}
	return nil
}

func (e *env) set(name string, t *ty) {
	if e.vars == nil {
		e.vars = map[string]*ty{}
	}
	e.vars[name] = t
}

// since is all that changed after the place of base.
func (e *env) since(base *env) map[string]*ty {
	out := map[string]*ty{}
	for ; e != nil && e != base; e = e.up {
		for name, t := range e.vars {
			if _, newer := out[name]; !newer {
				out[name] = t
			}
		}
	}
	return out
}

// state is a place in the program: the variables, and whether the place can be reached.
type state struct {
	vars map[string]*ty // what changed since a common place
	dead bool
}

// branch runs f with a copy of the variables and answers where it ended.
func (r *run) branch(f func()) state {
	base, dead := r.env, r.dead
	r.env = &env{up: base}
	f()
	s := state{r.env.since(base), r.dead}
	r.env, r.dead = base, dead
	return s
}

// meet continues after branches of one place: a variable holds what it holds at the end of any of them.
func (r *run) meet(list ...state) {
	live := list[:0:0]
	for _, s := range list {
		if !s.dead {
			live = append(live, s)
		}
	}
	if len(live) == 0 {
		r.dead = true
		return
	}
	r.set(r.joined(live))
}

// joined is what the variables hold after any of the states.
func (r *run) joined(list []state) map[string]*ty {
	out := map[string]*ty{}
	for _, s := range list {
		for name := range s.vars {
			if out[name] != nil {
				continue
			}
			t := neverT
			for _, other := range list {
				v := other.vars[name]
				if v == nil {
					v = r.held(name)
				}
				t = join(t, v)
			}
			out[name] = t
		}
	}
	return out
}

func (r *run) set(vars map[string]*ty) {
	for name, t := range vars {
		r.env.set(name, t)
	}
}

// loopCtx is a loop that is being inferred.
type loopCtx struct {
	base      *env
	breaks    []state
	continues []state
	fins      int
}

// maxLoops is how deep loops nest until everything that they change is unknown at once: each level multiplies the work.
const maxLoops = 4

// loop infers a loop: body runs with what the variables hold at its head, until that stays the same. The head of the
// next round is the join of what the last one began and ended with. body answers the state in which the loop ends by
// itself; once tells that it runs at least one time.
func (r *run) loop(b *syntax.Block, each *syntax.Name, once bool, body func() state) {
	base := r.env
	head := map[string]*ty{}
	if len(r.loops) >= maxLoops {
		names := map[string]bool{}
		if b != nil {
			assigned(b, names)
		}
		if each != nil {
			names[each.Text] = true
		}
		for name := range names {
			head[name] = unknownT
		}
	}
	for pass := 0; ; pass++ {
		mark := r.mark()
		ctx := &loopCtx{base: base, fins: r.fins}
		r.loops = append(r.loops, ctx)
		r.env, r.dead = &env{up: base, vars: maps.Clone(head)}, false
		exit := body()
		end := state{r.env.since(base), r.dead}
		r.loops = r.loops[:len(r.loops)-1]
		r.env, r.dead = base, false
		ends := live(append(ctx.continues, end))
		next := r.nextHead(head, ends, pass)
		if next == nil || len(r.loops) >= maxLoops {
			r.leaveLoop(head, ends, once, exit, ctx.breaks)
			return
		}
		head = next
		r.reset(mark)
	}
}

func live(list []state) []state {
	out := list[:0:0]
	for _, s := range list {
		if !s.dead {
			out = append(out, s)
		}
	}
	return out
}

// nextHead is what the head of a loop holds after another round, nil when it stays as it was.
func (r *run) nextHead(head map[string]*ty, ends []state, pass int) map[string]*ty {
	var next map[string]*ty
	for _, s := range ends {
		for name, t := range s.vars {
			was := head[name]
			if next != nil && next[name] != nil {
				was = next[name]
			}
			if was == nil {
				was = r.held(name)
			}
			got := join(was, widen(t))
			if same(was, got) {
				continue
			}
			if pass > 3 {
				got = unknownT
			}
			if next == nil {
				next = maps.Clone(head)
			}
			next[name] = got
		}
	}
	return next
}

// leaveLoop continues behind a loop. exit is where the loop ends by itself, from its head; a loop that runs at least once
// never ends with what was there before it.
func (r *run) leaveLoop(head map[string]*ty, ends []state, once bool, exit state, breaks []state) {
	var out []state
	switch {
	case exit.dead: // an endless loop
	case once:
		out = append(out, ends...)
	default:
		out = append(out, exit)
	}
	out = append(out, breaks...)
	for i := range out {
		if out[i].vars == nil {
			out[i].vars = head
		}
	}
	r.meet(out...)
}

// changes notes that a variable got a value: an error may come after it in every முயல் around.
func (r *run) noteChange(name string, t *ty) {
	for _, tr := range r.tries {
		joinAt(tr, name, t)
	}
}
