package diag

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// Same identifies a diagnostic across the programs that share a module: two with equal ones say the same of the same place.
type Same struct {
	code, file, args string
	span             syntax.Span
}

// Same is what makes the diagnostic what it is.
func (d Diagnostic) Same() Same {
	return Same{code: d.Code, file: d.File, args: strings.Join(d.Args, "\x00"), span: d.Span}
}

// WithoutNoise leaves of the findings in a binary file the one that says so.
func WithoutNoise(list []Diagnostic) []Diagnostic {
	said := map[string]bool{}
	var kept []Diagnostic
	for _, d := range list {
		if d.Code == syntax.CodeNUL && !said[d.File] {
			said[d.File] = true
			kept = append(kept, d)
		}
	}
	if len(said) == 0 {
		return list
	}
	for _, d := range list {
		if !said[d.File] {
			kept = append(kept, d)
		}
	}
	return kept
}
