package check

type depKey struct {
	kind byte
	name string
}

// What a unit may ask of the rest of the program.
const (
	depResult = 'r' // what a function answers
	depFunc   = 'f' // a function's parameters
	depGlobal = 'g' // what a global may hold
	depBefore = 'b' // what the prelude leaves in a global
	depParam  = 'p' // what the calls pass to the unit itself
	depShape  = 's' // a shape's declaration
	depConst  = 'c' // the text of a fixed name
	depTables = 't' // the columns of a table
	depText   = 'x' // a function's whole text
)

// ask looks something up in the rest of the program and notes that the unit depends on it.
func (r *run) ask(kind byte, name string) *ty {
	t, text := r.w.ask(kind, name, r.u, r.round)
	key := depKey{kind, name}
	if i, asked := r.deps[key]; asked {
		r.out.deps[i].t = t
	} else {
		r.deps[key] = len(r.out.deps)
		r.out.deps = append(r.out.deps, dep{kind, name, t, text})
	}
	return t
}

// ask answers a question of a unit in a round: a type, a text that tells whether the answer is still the same, or both.
func (w *world) ask(kind byte, name string, u *unit, round int) (*ty, string) {
	switch kind {
	case depResult:
		if t := w.result[round][name]; t != nil {
			return t, ""
		}
		return unknownT, ""
	case depFunc:
		if f := w.funcs[name]; f != nil {
			return nil, f.print
		}
		if w.mocked[name] {
			return nil, "m"
		}
		return nil, ""
	case depGlobal:
		if !w.globals[name] {
			return nil, ""
		}
		return w.lastRound(w.global, name, round), "v"
	case depBefore:
		if !w.globals[name] {
			return nil, ""
		}
		if t := w.lastRound(w.before, name, round); t != neverT {
			return t, "v"
		}
		return unsetT, "v"
	case depParam:
		return w.passed(u, int(name[0]-'0'), round), ""
	case depShape:
		if s := w.shapes[name]; s != nil {
			return nil, s.it.text
		}
		return nil, ""
	case depConst:
		return nil, w.consts[name]
	case depTables:
		return nil, joinNames(w.tables[name])
	case depText:
		if f := w.funcs[name]; f != nil {
			return nil, f.u.items[0].text
		}
	}
	return nil, ""
}

func (w *world) lastRound(table [rounds]map[string]*ty, name string, round int) *ty {
	if round == 0 {
		return unknownT
	}
	if t := table[round-1][name]; t != nil {
		return t
	}
	return neverT
}

// passed is what all calls of a function pass for a parameter, nil where not all calls are known.
func (w *world) passed(u *unit, i, round int) *ty {
	if round == 0 || u.kind != unitFunc || w.library || w.escaped[u.name] || w.mocked[u.name] || w.funcs[u.name] == nil || w.funcs[u.name].u != u {
		return nil
	}
	args := w.params[round-1][u.name]
	if i >= len(args) {
		return nil
	}
	return args[i]
}
