package check

import (
	"context"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Options say how a program is checked. The zero value is what `etamil check` does.
type Options struct {
	// Stats is filled with what the check learnt, where it is not nil.
	Stats *Stats
}

// Stats tells how much of a program the checker understood.
type Stats struct {
	// Expressions counts the program's expressions, Known those whose type is known.
	Expressions, Known int
}

// Program answers everything that is to be said about a program: the core language's static errors, what would fail when
// reached, and warnings; ordered by file and place. It stops early, with what was found so far, when ctx is done.
func Program(ctx context.Context, p *module.Program, o Options) []diag.Diagnostic {
	return NewSession().Check(ctx, p, o)
}
