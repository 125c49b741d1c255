package check

import (
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

// remark is something to say about a unit, with places counted from the start of one of its statements.
type remark struct {
	code       string
	warn       bool // an error that would be caught: a warning
	hint       bool // what the first round says counts, not the last
	item       int
	start, end int
	args       []string
	notes      []noteRef
	fix        *fixRef
	guess      *guess
	callee     *int // of an argument, a field's value: where the called name, the field starts
}

// guess is what a fix is found from: a name and those that it may have meant. It is only made where the finding is shown.
type guess struct {
	wrong string
	among []string
	names bool // among names of the program and words besides
	call  bool
	quote bool
}

// noteRef is a related place: in the same unit, or the declaration of a function or shape.
type noteRef struct {
	code, arg  string
	fn, shape  string
	item       int
	start, end int
}

type fixRef struct {
	start, end int
	text       string
}

type findingKey struct {
	code             string
	item, start, end int
}

// mark and reset take back what a round of a loop said that has to be inferred again.
type mark struct{ found, exprs, known int }

func (r *run) mark() mark { return mark{len(r.out.found), r.out.exprs, r.out.knownExp} }

func (r *run) reset(m mark) {
	for _, f := range r.out.found[m.found:] {
		delete(r.seen, findingKey{f.code, f.item, f.start, f.end})
	}
	r.out.found = slices.Clip(r.out.found[:m.found])
	r.out.exprs, r.out.knownExp = m.exprs, m.known
}

// at is the place of a node in its statement.
func (r *run) at(s syntax.Span) (int, int) {
	start := r.u.items[r.item].tree
	return s.Start - start, s.End - start
}

// errorAt reports what fails when it is reached. What the last round says counts.
func (r *run) errorAt(n syntax.Node, code string, args ...string) *remark {
	return r.report(n.Span(), code, r.caught > 0, false, args)
}

// warnAt reports a warning; what the last round says counts.
func (r *run) warnAt(n syntax.Node, code string, args ...string) *remark {
	return r.report(n.Span(), code, false, false, args)
}

// hintAt reports a warning that rests on types: of the first round, in which nothing is assumed of the calls, so that a
// function's checks of its own arguments are never called needless.
func (r *run) hintAt(n syntax.Node, code string, args ...string) *remark {
	return r.report(n.Span(), code, false, true, args)
}

func (r *run) report(s syntax.Span, code string, warn, hint bool, args []string) *remark {
	start, end := r.at(s)
	key := findingKey{code, r.item, start, end}
	if r.mute > 0 || r.seen[key] || start < 0 {
		return nil
	}
	r.seen[key] = true
	r.out.found = append(r.out.found, remark{code: code, warn: warn, hint: hint, item: r.item, start: start, end: end, args: args})
	return &r.out.found[len(r.out.found)-1]
}

// near adds the fix that writes the nearest of some names.
func (f *remark) near(g guess) *remark {
	if f != nil {
		f.guess = &g
	}
	return f
}

func (f *remark) note(n noteRef) *remark {
	if f != nil {
		f.notes = append(f.notes, n)
	}
	return f
}
