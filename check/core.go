package check

import (
	"cmp"
	"slices"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// MaxErrors caps the errors reported for one program.
const MaxErrors = 500

// Core answers the static errors of a program, ordered by file and place. The program may have faults; then only what
// was understood is checked.
func Core(p *module.Program) []diag.Diagnostic { return core(p, nil) }

// hints spare a core check the work whose outcome is known.
type hints struct {
	// flat tells a statement that declares no function or shape inside, but itself.
	flat func(item int) bool
	// clean tells a function in which nothing was found before, with the same declarations around it.
	clean func(item int) bool
	// found is told how many errors the body of each statement gave.
	found func(item, errors int)
}

// core is Core with what is known from an earlier check; h may be nil.
func core(p *module.Program, h *hints) []diag.Diagnostic {
	c := &checker{
		hints: h,
		prog:  p,
		funcs: make(map[string]*fn), shapes: make(map[string]*shape),
		types: make(map[*syntax.Type]typ), lambdas: make(map[*syntax.Signature]*fn), methods: make(map[*syntax.FuncDecl]*fn),
		globals: make(map[string]bool),
	}
	c.declare()
	c.scope = newScope(c.globals, nil)
	for i, item := range p.Items {
		if h != nil && h.clean(i) {
			continue
		}
		before := len(c.found)
		c.enter(item)
		c.stmt(item.Stmt)
		if h != nil && len(c.found) < MaxErrors {
			h.found(i, len(c.found)-before)
		}
	}
	slices.SortStableFunc(c.found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.d.Span.Start, b.d.Span.Start))
	})
	list := make([]diag.Diagnostic, 0, len(c.found))
	for _, f := range c.found {
		list = append(list, f.d)
	}
	return list
}

// checker is the state of one check.
type checker struct {
	hints *hints
	prog  *module.Program
	found []finding

	funcs   map[string]*fn
	shapes  map[string]*shape
	types   map[*syntax.Type]typ // resolved declared types, so that each is reported once
	lambdas map[*syntax.Signature]*fn
	methods map[*syntax.FuncDecl]*fn
	globals map[string]bool // names that are variables somewhere at the top level

	// Where the walk is.
	file   int
	base   int // what is added to places in the tree
	scope  *scope
	params map[string]int // type parameters of the shape whose member is being read
}

// finding is a diagnostic and its file's index, by which findings are ordered.
type finding struct {
	file int
	d    diag.Diagnostic
}

// place is a place in one of the program's files.
type place struct {
	file int
	span syntax.Span
}

// enter makes a statement the one whose places are meant from here on.
func (c *checker) enter(it module.Item) { c.file, c.base = it.File, it.Base }

func (c *checker) here(n syntax.Node) place { return place{c.file, n.Span().Shift(c.base)} }

// report adds an error. The related places are given as note code, argument and place.
func (c *checker) report(code string, at place, args []string, notes ...note) {
	if len(c.found) >= MaxErrors {
		return
	}
	d := diag.New(code, c.name(at.file), at.span, args...)
	for _, n := range notes {
		if n.at == (place{}) {
			continue
		}
		rel := diag.Related{Code: n.code, File: c.name(n.at.file), Span: n.at.span}
		if n.arg != "" {
			rel.Args = []string{n.arg}
		}
		d.Related = append(d.Related, rel)
	}
	c.found = append(c.found, finding{at.file, d})
}

// suggest adds the fix that writes the nearest of the candidates to the error reported last.
func (c *checker) suggest(at place, wrong string, candidates []string) {
	if best := nearest(wrong, candidates); best != "" && len(c.found) > 0 {
		d := &c.found[len(c.found)-1].d
		if d.Span == at.span {
			d.Fixes = append(d.Fixes, diag.Replace(c.name(at.file), at.span, best))
		}
	}
}

// note is a related place.
type note struct {
	code, arg string
	at        place
}

func (c *checker) name(file int) string {
	if file < len(c.prog.Files) {
		return c.prog.Files[file].Name
	}
	return ""
}
