package lsp

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
)

// maxWithin is in how many programs a module is looked at before anything is said of it; the others are looked at when there
// is time, see judgeRest.
const maxWithin = 16

// judgedWithin are the roots of the programs that a file is judged within: the first ones, and those of which it is known
// already what is to be said. Late are the rest.
func (s *snapshot) judgedWithin(f *file) (roots, late []string) {
	roots = s.rootsOf(f)
	if len(roots) <= maxWithin {
		return roots, nil
	}
	roots, rest := slices.Clone(roots[:maxWithin]), roots[maxWithin:]
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, root := range rest {
		if s.judgements[root] != nil {
			roots = append(roots, root)
		} else {
			late = append(late, root)
		}
	}
	return roots, late
}

// calm is how long nobody edits before programs are looked at that nobody waits for.
const calm = 300 * time.Millisecond

// judgeRest looks at the open modules within the programs that nobody waited for. It tells whether there were any, and whether
// something else is to be said of the modules now.
func (s *snapshot) judgeRest(ctx context.Context) (more, changed bool) {
	for _, name := range slices.Sorted(maps.Keys(s.open)) {
		f := s.open[name]
		roots, late := s.judgedWithin(f)
		if len(late) == 0 || s.client.pullDiagnostics && !s.known(roots) {
			continue // a client that asks has not asked for it
		}
		if !more && !wait(ctx, calm) {
			return false, false
		}
		before, err := s.findings(ctx, f)
		for _, root := range late {
			if err == nil {
				_, err = s.judged(ctx, root)
			}
		}
		if err != nil {
			return false, false
		}
		after, err := s.findings(ctx, f)
		same := func(a, b diag.Diagnostic) bool { return a.Same() == b.Same() }
		more, changed = true, changed || err == nil && !slices.EqualFunc(before, after, same)
	}
	return more, changed
}

// wait waits for a while, and tells whether the context did not end meanwhile.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// known tells whether it is known what is to be said of programs.
func (s *snapshot) known(roots []string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !slices.ContainsFunc(roots, func(root string) bool { return s.judgements[root] == nil })
}

// findings is all that is to be said about a file, in the order of the places. A module is judged within its importers: an
// error in any of them counts, a warning only when all give it, as a function that one leaves unused may be what another one
// imports.
func (s *snapshot) findings(ctx context.Context, f *file) ([]diag.Diagnostic, error) {
	if p := s.projectAt(f.path); p != nil {
		return p.found, nil
	}
	roots, late := s.judgedWithin(f)
	var list []diag.Diagnostic
	given := map[diag.Same]int{}
	whole := true
	for _, root := range roots {
		p, err := s.judged(ctx, root)
		if err != nil {
			return nil, err
		}
		whole = whole && p.whole
		mine := map[diag.Same]bool{}
		for _, d := range p.found {
			key := d.Same()
			if d.File != f.path || mine[key] {
				continue
			}
			mine[key] = true
			if given[key]++; given[key] == 1 {
				list = append(list, d)
			}
		}
	}
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		return !d.IsError() && (given[d.Same()] < len(roots) || s.usedIn(late, d))
	})
	list, _ = diag.Silence(list, f.tree(), whole)
	return s.ruled(f.path, list), nil
}

// usedIn tells whether one of several programs may use what is said to be unused.
func (s *snapshot) usedIn(roots []string, d diag.Diagnostic) bool {
	if len(roots) == 0 || len(d.Args) == 0 || d.Code != check.CodeUnusedFunc && d.Code != check.CodeUnusedVar && d.Code != check.CodeNeverRead {
		return false
	}
	return slices.ContainsFunc(roots, func(root string) bool {
		return slices.ContainsFunc(s.linked().files(root), func(name string) bool {
			f := s.at(name)
			return name != d.File && f != nil && mayHold(f.text, d.Args[0])
		})
	})
}

// syntaxFindings are the faults of the file's own text, which need no check.
func (s *snapshot) syntaxFindings(f *file) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, fault := range f.tree().Faults {
		list = append(list, diag.FromFault(f.path, fault))
	}
	list, _ = diag.Silence(diag.WithoutNoise(list), f.tree(), false)
	return s.ruled(f.path, list)
}

// ruled applies the project's rules and puts findings in order.
func (s *snapshot) ruled(name string, list []diag.Diagnostic) []diag.Diagnostic {
	rules := s.rules(name)
	var out []diag.Diagnostic
	for _, d := range list {
		if d, ok := rules.Apply(d); ok {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b diag.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Code, b.Code))
	})
	return out
}

// projectAt is the project file at a path, nil where there is none.
func (s *snapshot) projectAt(name string) *projectFile {
	for _, p := range s.disk.projects {
		if p != nil && p.file.path == name {
			return p
		}
	}
	return nil
}
