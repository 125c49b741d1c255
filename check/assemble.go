package check

import (
	"cmp"
	"slices"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// assemble makes the diagnostics of a check: the core's errors, what inference found, and the warnings about the whole.
func (w *world) assemble(core []diag.Diagnostic) []diag.Diagnostic {
	found := w.lint()
	reach := w.reachable()
	for _, it := range w.items {
		for i := range it.sum.found {
			found = append(found, w.place(it, []*item{it}, &it.sum.found[i], false))
		}
	}
	taken := coreSpans(core)
	for _, u := range w.units {
		runs := u.kind == unitMain || reach[u.items[0]]
		for n, out := range []*outputs{u.outs[0], u.outs[rounds-1]} {
			for i := range out.found {
				f := &out.found[i]
				if f.hint != (n == 0) {
					continue
				}
				d := w.place(u.items[f.item], u.items, f, !runs)
				if f.callee != nil && taken[spanKey{d.d.File, u.items[f.item].start + *f.callee}] {
					continue
				}
				if !taken[spanKey{d.d.File, d.d.Span.Start}] {
					found = append(found, d)
				}
			}
		}
	}
	index := map[string]int{}
	for i, f := range w.prog.Files {
		index[f.Name] = i
	}
	for _, d := range core {
		found = append(found, finding{index[d.File], d})
	}
	return sorted(found)
}

// sorted are diagnostics by file and place, each once, with at most MaxErrors errors.
func sorted(found []finding) []diag.Diagnostic {
	slices.SortStableFunc(found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.d.Span.Start, b.d.Span.Start), cmp.Compare(a.d.Code, b.d.Code))
	})
	list := make([]diag.Diagnostic, 0, len(found))
	errors := 0
	for _, f := range found {
		if n := len(list); n > 0 && list[n-1].Code == f.d.Code && list[n-1].Span == f.d.Span && list[n-1].File == f.d.File {
			continue
		}
		if f.d.IsError() {
			if errors++; errors > MaxErrors {
				continue
			}
		}
		list = append(list, f.d)
	}
	return list
}

// spanKey is where something starts.
type spanKey struct {
	file  string
	start int
}

// coreSpans are the places of the core's errors and of the calls that they are about, where nothing more is said.
func coreSpans(core []diag.Diagnostic) map[spanKey]bool {
	taken := map[spanKey]bool{}
	for _, d := range core {
		taken[spanKey{d.File, d.Span.Start}] = true
		for _, rel := range d.Related {
			if rel.Code == diag.NoteCall {
				taken[spanKey{rel.File, rel.Span.Start}] = true
			}
		}
	}
	return taken
}

// place makes a diagnostic of a remark. What never runs is no error.
func (w *world) place(it *item, items []*item, f *remark, idle bool) finding {
	name := w.prog.Files[it.file].Name
	span := syntax.Span{Start: it.start + f.start, End: it.start + f.end}
	d := diag.New(f.code, name, span, f.args...)
	if d.Severity == diag.Error && (f.warn || idle) {
		d.Severity = diag.Warning
	}
	for _, n := range f.notes {
		if rel, ok := w.related(n, items); ok {
			d.Related = append(d.Related, rel)
		}
	}
	if f.guess != nil {
		if text := w.meant(f.guess); text != "" {
			d.Fixes = append(d.Fixes, diag.Replace(name, span, text))
		}
	}
	if f.fix != nil {
		at := syntax.Span{Start: it.start + f.fix.start, End: it.start + f.fix.end}
		d.Fixes = append(d.Fixes, diag.Replace(name, at, f.fix.text))
	}
	return finding{it.file, d}
}

// related finds the place that a note speaks of.
func (w *world) related(n noteRef, items []*item) (diag.Related, bool) {
	rel := diag.Related{Code: n.code}
	if n.arg != "" {
		rel.Args = []string{n.arg}
	}
	switch {
	case n.fn != "":
		f := w.funcs[n.fn]
		if f == nil || f.u.decl.Name == nil {
			return rel, false
		}
		rel.File, rel.Span = w.prog.Files[f.u.items[0].file].Name, f.u.items[0].span(f.u.decl.Name)
	case n.shape != "":
		s := w.shapes[n.shape]
		if s == nil {
			return rel, false
		}
		rel.File, rel.Span = w.prog.Files[s.it.file].Name, s.it.span(s.decl.Name)
	default:
		it := items[n.item]
		rel.File, rel.Span = w.prog.Files[it.file].Name, syntax.Span{Start: it.start + n.start, End: it.start + n.end}
	}
	return rel, true
}
