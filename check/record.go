package check

import (
	"cmp"
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

// recorder writes down what an inference of a unit sees at each place, for editors. A run with a recorder also goes through
// what is never reached, and changes nothing that another run could see.
type recorder struct {
	types map[where]*ty
	uses  map[where][]use
	// The place whose variables are asked for: an offset in the tree of one of the unit's statements, item -1 for none.
	item, at int
	within   syntax.Span // the innermost block around it that the walk has come to
	done     bool        // the variables there are known
	vars     map[string]*ty
}

// where is a place in one of a unit's statements, counted from its start.
type where struct{ item, start, end int }

// use is a member of a shape that is named at a place; of something that is no shape, shape is "".
type use struct{ shape, name string }

func newRecorder() *recorder {
	return &recorder{types: map[where]*ty{}, uses: map[where][]use{}, item: -1}
}

// written is what a recorder wrote down, to keep.
type written struct {
	types []typed // by statement, end and start
	uses  map[where][]use
	// extra is what it depends on besides what the unit does: code that is never reached asks too.
	extra []dep
}

// typed is a place and the type there.
type typed struct {
	where
	t *ty
}

func (c *recorder) freeze() *written {
	rec := &written{types: make([]typed, 0, len(c.types)), uses: c.uses}
	for at, t := range c.types {
		rec.types = append(rec.types, typed{at, t})
	}
	slices.SortFunc(rec.types, func(a, b typed) int { return a.compare(b.where) })
	return rec
}

// beyond are the questions of a run that another did not ask.
func beyond(asked, known []dep) []dep {
	seen := make(map[depKey]bool, len(known))
	for i := range known {
		seen[depKey{known[i].kind, known[i].name}] = true
	}
	var extra []dep
	for i := range asked {
		if !seen[depKey{asked[i].kind, asked[i].name}] {
			extra = append(extra, asked[i])
		}
	}
	return extra
}

func (a where) compare(b where) int {
	return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.end, b.end), cmp.Compare(a.start, b.start))
}

func (c *written) find(at where) (int, bool) {
	return slices.BinarySearchFunc(c.types, at, func(a typed, b where) int { return a.compare(b) })
}

func (c *written) typeOf(at where) *ty {
	if i, ok := c.find(at); ok {
		return c.types[i].t
	}
	return nil
}

// typeBefore is the type of the innermost expression that ends at a place, and where it starts.
func (c *written) typeBefore(item, end int) (int, *ty) {
	i, _ := c.find(where{item, -1, end + 1})
	if i--; i >= 0 && c.types[i].item == item && c.types[i].end == end {
		return c.types[i].start, c.types[i].t
	}
	return 0, nil
}

func (r *run) where(n syntax.Node) where {
	start, end := r.at(n.Span())
	return where{r.item, start, end}
}

func (c *recorder) typ(r *run, e syntax.Expr, t *ty) { c.types[r.where(e)] = t }

// recordName notes what a name holds where it is declared, assigned or called.
func (r *run) recordName(n *syntax.Name, t *ty) {
	if r.rec != nil && n != nil {
		r.rec.types[r.where(n)] = t
	}
}

// recordUse notes that a member of a shape stands at a place; another inference of the place takes it back.
func (r *run) recordUse(at syntax.Node, shape, name string) {
	if r.rec != nil {
		r.rec.uses[r.where(at)] = []use{{shape, name}}
	}
}

// recordMember notes which shapes a member named behind a value may belong to. Nothing is noted of a value that may be
// anything.
func (r *run) recordMember(at syntax.Node, base *ty, name string) {
	if r.rec == nil {
		return
	}
	place := r.where(at)
	delete(r.rec.uses, place)
	if !base.known() {
		return
	}
	var list []use
	unknown := false
	base.each(func(a *ty) {
		switch {
		case a.k == tUnknown:
			unknown = true
		case a.k == tShaped || a.k == tShapeName && a.name != "":
			list = append(list, use{a.name, name})
		case len(list) == 0 || list[len(list)-1].shape != "":
			list = append(list, use{"", name})
		}
	})
	if !unknown {
		r.rec.uses[place] = list
	}
}

// recordKeys notes the fields that words are given as text.
func (r *run) recordKeys(id string, args []syntax.Expr, got []*ty) {
	if r.rec == nil || len(args) < 2 || args[1] == nil {
		return
	}
	if id == "validateShape" && got[1].k == tShapeName {
		r.recordConversion(got[1].name, args)
	}
	key, ok := args[1].(*syntax.TextLit)
	if !ok {
		return
	}
	switch id {
	case "fieldOr", "hasField":
		r.recordMember(key, got[0], key.Value)
	case "sortByField":
		if t := got[0]; t.k == tArray {
			r.recordMember(key, t.elem, key.Value)
		}
	}
}

// recordConversion notes that the keys of a literal become fields of a shape: S({…}).
func (r *run) recordConversion(shape string, args []syntax.Expr) {
	if r.rec == nil || len(args) == 0 || args[0] == nil {
		return
	}
	if lit, ok := unparen(args[0]).(*syntax.RecordLit); ok && lit.Shape == nil {
		for _, f := range lit.Fields {
			if f.Key != nil {
				r.recordUse(f.Key, shape, f.Key.Text)
			}
		}
	}
}

// unreached goes through what never runs, where it is written down what stands there.
func (r *run) unreached(f func()) {
	if r.rec == nil {
		return
	}
	r.mute++
	r.branch(func() {
		r.dead = false
		f()
	})
	r.mute--
}

// unreachedRest goes through the rest of a block that is never reached.
func (r *run) unreachedRest(list []syntax.Stmt) {
	r.unreached(func() {
		for _, s := range list {
			r.stmt(s)
		}
		c := r.rec
		if end := list[len(list)-1].Span(); !c.done && c.item == r.item && c.at >= end.End && c.within.Start < end.Start && end.End <= c.within.End {
			c.done = true
			r.snapshot()
		}
	})
}

// lookInto is called where the walk enters a block; look at each statement in it and lookBehind at its end take the
// variables down when the walk comes to the place asked for.
func (r *run) lookInto(b *syntax.Block) {
	if c := r.rec; c != nil && c.item == r.item && c.inside(b) {
		c.within, c.done = b.Span(), false
		r.snapshot()
	}
}

func (r *run) look(s syntax.Span) {
	c := r.rec
	if c == nil || c.done || c.item != r.item || c.at > s.End || c.at == s.End && r.ended(s) {
		return
	}
	if c.within == (syntax.Span{}) || s.Start >= c.within.Start && s.End <= c.within.End {
		c.done = true
		r.snapshot()
	}
}

func (r *run) lookBehind(b *syntax.Block) {
	if c := r.rec; c != nil && c.item == r.item && c.within == b.Span() && !c.done {
		r.snapshot()
	}
}

// inside tells whether the place asked for stands between a block's braces.
func (c *recorder) inside(b *syntax.Block) bool {
	s := b.Span()
	return c.at > s.Start && (c.at < s.End || c.at == s.End && b.Close.Type == 0)
}

// ended tells a statement that nothing more can be typed into behind its end.
func (r *run) ended(s syntax.Span) bool {
	it := r.u.items[r.item]
	end := s.End - it.tree - 1
	return end >= 0 && end < len(it.text) && (it.text[end] == ';' || it.text[end] == '}')
}

// snapshot takes down what the variables hold.
func (r *run) snapshot() {
	vars := r.env.since(nil)
	for e := r.outer; e != nil; e = e.up {
		for name, t := range e.vars {
			if vars[name] == nil {
				vars[name] = t
			}
		}
	}
	r.rec.vars = vars
}
