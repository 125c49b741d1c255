package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/words"
)

// The run-time errors about a name that means nothing or a field that is not there (packages vm and value).
const (
	codeNoVariable = "E0330"
	codeNoFunction = "E0331"
	codeNoField    = "E0305"
)

// Suggest adds to a run-time error about an unknown name, function or field the fix that writes what was most likely
// meant: a name of the program, a word of the vocabulary, or eTamil's word for one of another language. Any other
// diagnostic is answered as it is.
func Suggest(p *module.Program, d diag.Diagnostic) diag.Diagnostic {
	if p == nil || len(d.Args) == 0 || d.Args[0] == "" {
		return d
	}
	wrong, meant := d.Args[0], ""
	switch d.Code {
	case codeNoVariable, codeNoFunction:
		meant = meantName(p, wrong, d.Code == codeNoFunction)
	case codeNoField:
		if len(d.Args) > 1 {
			meant = nearest(wrong, strings.Split(d.Args[1], ", "))
		}
	}
	at, ok := within(p.Source(d.File), d.Span, wrong)
	if meant == "" || !ok {
		return d
	}
	d.Fixes = append(slices.Clip(d.Fixes), diag.Replace(d.File, at, meant))
	return d
}

// meantName finds what an unknown name was meant to be.
func meantName(p *module.Program, wrong string, call bool) string {
	if s := words.Instead(wrong); s != "" {
		return s
	}
	if s := digits(wrong); s != "" {
		return s
	}
	own := programNames(p)
	if slices.Contains(own, wrong) {
		return "" // it is spelt right, but has no value yet or belongs to another function
	}
	if s := nearest(wrong, own); s != "" {
		return s
	}
	return nearest(wrong, vocabulary(call))
}

// programNames are the names that the program itself gives.
func programNames(p *module.Program) []string {
	seen := make(map[string]bool)
	add := func(n *syntax.Name) {
		if n != nil {
			seen[n.Text] = true
		}
	}
	for _, f := range p.Files {
		syntax.Walk(f, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.VarDecl:
				add(n.Name)
			case *syntax.AssignStmt:
				if x, ok := n.Target.(*syntax.NameExpr); ok {
					add(&x.Name)
				}
			case *syntax.FuncDecl:
				add(n.Name)
			case *syntax.Param:
				add(n.Name)
			case *syntax.EachStmt:
				add(n.Var)
			case *syntax.ShapeDecl:
				add(n.Name)
			}
			return true
		})
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	return names
}

// vocabulary are the spellings that make sense where a name stands: builtin functions, and for what is no call the
// constants too.
func vocabulary(call bool) []string {
	var out []string
	for _, w := range words.All() {
		constant := w.Token == "True" || w.Token == "False" || w.Token == "Null"
		if w.Builtin || w.Shape == words.ShapeCall || constant && !call {
			out = slices.Concat(out, w.Tamil, w.Roman, w.English)
		}
	}
	return out
}

// digits reads a name of Tamil digits alone as the number that it was meant to be.
func digits(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r < '௦' || r > '௯' {
			return ""
		}
		b.WriteString(strconv.Itoa(int(r - '௦')))
	}
	return b.String()
}

// within finds the wrong name in the marked text: a call's mark begins with it, a field's ends with it.
func within(src string, span syntax.Span, wrong string) (syntax.Span, bool) {
	if span.Start < 0 || span.End > len(src) || span.Start >= span.End {
		return span, false
	}
	marked := src[span.Start:span.End]
	switch {
	case strings.HasPrefix(marked, wrong):
		return syntax.Span{Start: span.Start, End: span.Start + len(wrong)}, true
	case strings.HasSuffix(marked, wrong):
		return syntax.Span{Start: span.End - len(wrong), End: span.End}, true
	case strings.HasSuffix(marked, wrong+`"]`):
		end := span.End - len(`"]`)
		return syntax.Span{Start: end - len(wrong), End: end}, true
	}
	return span, false
}
