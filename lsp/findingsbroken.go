package lsp

import (
	"slices"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// unknowns say that something is not there, which what cannot be read may hold.
var unknowns = []string{check.CodeUndefined, check.CodeNoFunction, check.CodeUnset, check.CodeUnknownType, check.CodeUnknownShape}

// settled are the findings of a check that hold although some statements, or imports, cannot be read, as is the case most of
// the time while someone writes: errors outside those statements that are not about a name which one of them may declare. Whether
// something is unused, or never defined, is not known then.
func (p *program) settled(found []diag.Diagnostic) []diag.Diagnostic {
	broken := make(map[string][]syntax.Span)
	names := map[string]bool{}
	for _, f := range p.prog.Files {
		for _, fault := range f.Faults {
			if !fault.IsError() {
				continue
			}
			i, ok := statementAt(f, fault.Span.Start)
			if !ok {
				continue
			}
			span := f.Stmts[i].Span().Shift(f.Base(i))
			if list := broken[f.Name]; len(list) > 0 && list[len(list)-1] == span {
				continue
			}
			broken[f.Name] = append(broken[f.Name], span)
			declaredIn(f.Stmts[i], names)
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(d diag.Diagnostic) bool {
		return !d.IsError() || slices.Contains(unknowns, d.Code) || slices.ContainsFunc(d.Args, func(a string) bool { return names[a] }) ||
			slices.ContainsFunc(broken[d.File], func(s syntax.Span) bool { return d.Span.Start >= s.Start && d.Span.Start <= s.End })
	})
}

// declaredIn collects the names that a statement that cannot be read may declare.
func declaredIn(s syntax.Stmt, names map[string]bool) {
	syntax.Walk(s, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Name:
			names[n.Text] = true
		case *syntax.NameExpr:
			names[n.Text] = true
		}
		return true
	})
}
