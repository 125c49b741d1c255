package lsp

import (
	"cmp"
	"context"
	"slices"

	"github.com/etamil-lang/etamil/check/diag"
)

// maxWithin is in how many programs a module is looked at. It is right after an edit of any of them; the others say the
// same of it but for what they pass to it.
const maxWithin = 16

// judgedWithin are the roots of the programs that a file is judged within.
func (s *snapshot) judgedWithin(f *file) []string {
	roots := s.rootsOf(f)
	return roots[:min(len(roots), maxWithin)]
}

// findings is all that is to be said about a file, in the order of the places. A module is judged within its importers: an
// error in any of them counts, a warning only when all give it, as a function that one leaves unused may be what another one
// imports.
func (s *snapshot) findings(ctx context.Context, f *file) ([]diag.Diagnostic, error) {
	if p := s.projectAt(f.path); p != nil {
		return p.found, nil
	}
	roots := s.judgedWithin(f)
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
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return !d.IsError() && given[d.Same()] < len(roots) })
	list, _ = diag.Silence(list, f.tree(), whole)
	return s.ruled(f.path, list), nil
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
