package check

import "github.com/etamil-lang/etamil/syntax"

func (r *run) returnStmt(s *syntax.ReturnStmt) {
	t := nilT
	if s.Value != nil {
		t = r.expr(s.Value)
		r.fn.returns = append(r.fn.returns, returned{s.Value, t})
	}
	switch {
	case r.fins > 0:
		r.errorAt(s, CodeLeaveFinally, s.Kw.Value)
	case r.fn.main:
		r.errorAt(s, CodeReturnOutside)
	}
	r.fn.result = join(r.fn.result, t)
	r.dead = true
}

func (r *run) leave(s syntax.Node, isBreak bool) {
	if len(r.loops) == 0 {
		return
	}
	l := r.loops[len(r.loops)-1]
	if r.fins > l.fins {
		word := "தொடர்"
		if isBreak {
			word = "நிறுத்து"
		}
		r.errorAt(s, CodeLeaveFinally, word)
	}
	st := state{r.env.since(l.base), r.dead}
	if isBreak {
		l.breaks = append(l.breaks, st)
	} else {
		l.continues = append(l.continues, st)
	}
	r.dead = true
}

func (r *run) ifStmt(s *syntax.IfStmt) {
	var ends []state
	base := r.env
	r.env = &env{up: base} // what is known where no condition held so far
	for {
		r.condition(s.Cond)
		always, known := r.constant(s.Cond)
		then := r.branch(func() {
			r.narrow(s.Cond, true)
			if known && !always {
				r.unreached(func() { r.block(s.Then) })
				r.dead = true
				return
			}
			r.block(s.Then)
		})
		ends = append(ends, r.since(base, then))
		r.narrow(s.Cond, false)
		if known && always {
			r.dead = true
		}
		next, chained := s.Else.(*syntax.IfStmt)
		if chained && !r.dead {
			s = next
			continue
		}
		if b, ok := s.Else.(*syntax.Block); ok && !r.dead {
			r.block(b)
		} else if s.Else != nil && r.dead {
			r.unreached(func() { r.stmt(s.Else) })
		}
		break
	}
	ends = append(ends, state{r.env.since(base), r.dead})
	r.env, r.dead = base, false
	r.meet(ends...)
}

// since is a branch's end as what changed after base.
func (r *run) since(base *env, s state) state {
	vars := r.env.since(base)
	for name, t := range s.vars {
		vars[name] = t
	}
	return state{vars, s.dead}
}

func (r *run) whileStmt(s *syntax.WhileStmt) {
	always, known := r.constant(s.Cond)
	r.loop(s.Body, nil, false, func() state {
		r.maybeExpr(s.Cond)
		exit := r.branch(func() {
			r.narrow(s.Cond, false)
			if known && always {
				r.dead = true
			}
		})
		exit = r.since(r.loops[len(r.loops)-1].base, exit)
		r.narrow(s.Cond, true)
		if known && !always {
			r.unreached(func() { r.block(s.Body) })
			r.dead = true
		} else {
			r.block(s.Body)
		}
		return exit
	})
	if known && !always {
		r.hintAt(s.Cond, CodeConstant, "பொய்", "false")
	}
}

func (r *run) eachStmt(s *syntax.EachStmt) {
	over := unknownT
	if s.In != nil {
		over = r.expr(s.In)
	}
	elem, once, never := r.iterated(s.In, over)
	if never {
		r.unreached(func() { r.block(s.Body) })
		return
	}
	r.loop(s.Body, s.Var, once, func() state {
		exit := state{vars: map[string]*ty{}}
		exit.vars = r.env.since(r.loops[len(r.loops)-1].base)
		if s.Var != nil && s.Var.Text != "" {
			r.assign(s.Var, elem)
		}
		r.block(s.Body)
		return exit
	})
}

// iterated is what ஒவ்வொரு gives of a collection; once tells that there is an item for sure, never that there is none.
func (r *run) iterated(in syntax.Expr, over *ty) (elem *ty, once, never bool) {
	if !over.known() {
		return unknownT, false, false
	}
	elem = neverT
	bad := true
	over.each(func(a *ty) {
		switch a.k {
		case tArray:
			elem = join(elem, a.elem)
			bad = false
		case tRecord, tShaped:
			elem = join(elem, textT)
			bad = false
		case tText:
			elem = join(elem, a)
			bad = false
		case tHandle:
			if a.name == "channel" {
				elem = join(elem, unknownT)
				bad = false
			}
		case tUnknown, tNever:
			elem, bad = unknownT, false
		}
	})
	if bad && in != nil {
		r.errorAt(in, CodeNotIterable, over.phrase())
		return unknownT, false, false
	}
	if over.k == tArray {
		once, never = over.n > 0, over.n == 0
	}
	return elem, once, never
}

func (r *run) tryStmt(s *syntax.TryStmt) {
	base := r.env
	frame := map[string]*ty{}
	catches := s.Catch != nil
	if catches {
		r.caught++
		r.catch++
	}
	r.tries = append(r.tries, frame)
	body := r.branch(func() { r.block(s.Body) })
	r.tries = r.tries[:len(r.tries)-1]
	if catches {
		r.caught--
		r.catch--
	}
	ends := []state{body}
	if catches {
		ends = append(ends, r.branch(func() {
			for name, t := range frame {
				r.env.set(name, join(r.held(name), t))
			}
			if s.Var != nil && s.Var.Text != "" {
				r.assign(s.Var, errorT())
			}
			r.block(s.Catch)
		}))
	}
	r.env, r.dead = base, false
	r.meet(ends...)
	if s.Finally != nil {
		r.finally(s.Finally, frame)
	}
}

// finally infers an இறுதியில்: it runs whatever happened before.
func (r *run) finally(b *syntax.Block, frame map[string]*ty) {
	dead := r.dead
	r.dead = false
	st := r.branch(func() {
		if dead {
			for name, t := range frame {
				r.env.set(name, join(r.held(name), t))
			}
		}
		r.fins++
		r.block(b)
		r.fins--
	})
	r.set(st.vars)
	r.dead = dead || st.dead
}
