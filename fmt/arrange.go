package format

import (
	"bytes"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// arranger writes a file anew with its imports in order. It takes the file's statements in as one tree or as many.
type arranger struct {
	name string
	src  []byte // without its byte order mark
	mark []byte
	planner
}

// newArranger answers nil where imports stay: nobody tells what they bring, or something else was asked for than the
// layout of the whole file.
func newArranger(name string, src []byte, opt Options) *arranger {
	if opt.Imports == nil || opt.Lines != (Range{}) || opt.respells() || bytes.Contains(src, []byte(off)) {
		return nil
	}
	body := bytes.TrimPrefix(src, []byte(bom))
	a := &arranger{name: name, src: body, mark: src[:len(src)-len(body)]}
	a.ask, a.declares = opt.Imports, a.namesOf
	return a
}

// add takes in the tree of a part of the source.
func (a *arranger) add(f *syntax.File, p part) {
	raw := rawOffsets{src: a.src[p.start:p.end]}
	m := &marker{f: f, toks: f.Tokens}
	for k, s := range f.Stmts {
		imp, imports := s.(*syntax.ImportStmt)
		run := !imports && len(a.units) > 0 && !a.units[len(a.units)-1].imports
		if run && k > 0 {
			continue // in the middle of it
		}
		first := k == 0 && p.start == 0
		e := edgeOf(f, m.begin(s), first && imports)
		if k > 0 {
			a.units[len(a.units)-1].end = p.start + raw.of(e.after)
		}
		if run {
			continue // it began in the part before
		}
		u := unit{start: p.start + raw.of(e.before), imports: imports, empty: e.empty || k == 0 && e.nearest && p.apart}
		if imports {
			u.path = imp.Path.Value
		} else {
			u.unclear = first && e.nearest && e.above && !declaration(s)
		}
		a.units = append(a.units, u)
	}
	if len(f.Stmts) > 0 {
		a.units[len(a.units)-1].end = p.start + raw.of(edgeOf(f, len(f.Tokens)-1, false).after)
	}
}

// edge is where the gap before a token is parted: what belongs to the statement before it and what to its own.
type edge struct {
	after  int // the end of the one, with the comment beside it
	before int // the start of the other, with the comments right above it
	empty  bool
	above  bool // there are such comments
	// nearest tells that all comments of the gap that stand on their own lines, if there are any, belong to the token.
	nearest bool
}

// edgeOf parts the gap before token i. Above the first statement of a file the nearest comments may be the file's own;
// with head set they are.
func edgeOf(f *syntax.File, i int, head bool) edge {
	start := 0
	if i > 0 {
		start = f.Tokens[i-1].Pos.Offset + len(f.Tokens[i-1].Value)
	}
	end := f.Tokens[i].Pos.Offset
	g := readGap(f.Src[start:end], i == 0, nil)
	e := edge{after: start, before: end, empty: g.empty}
	list := g.comments
	if len(list) > 0 && !list[0].own {
		e.after = start + list[0].end
		list = list[1:]
	}
	k := len(list)
	for near := !g.empty; k > 0 && near; near = !list[k].empty {
		k--
	}
	e.nearest = k == 0
	if head && e.nearest {
		k = len(list)
	}
	for n := range k {
		if silences(list[n].text) {
			k = n // it speaks of the statement wherever that stands
			break
		}
	}
	if k < len(list) {
		e.before, e.empty, e.above = start+list[k].start, list[k].empty, true
	}
	return e
}

// declaration tells statements above which a comment speaks of them.
func declaration(s syntax.Stmt) bool {
	switch s.(type) {
	case *syntax.FuncDecl, *syntax.ShapeDecl:
		return true
	}
	return false
}

// namesOf are the functions, of every depth, and the shapes of a run.
func (a *arranger) namesOf(u unit) []string {
	var list []string
	for p := range partsOf(a.src[u.start:u.end], chunkSize) {
		list = append(list, Declared(syntax.Parse(a.name, a.src[u.start+p.start:u.start+p.end]))...)
	}
	return list
}

// Declared are the names of the functions, of every depth, and of the shapes of a file.
func Declared(f *syntax.File) []string {
	var list []string
	methods := map[*syntax.FuncDecl]bool{}
	syntax.Walk(f, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.ShapeDecl:
			for _, m := range n.Methods {
				methods[m] = true
			}
			if n.Name != nil {
				list = append(list, n.Name.Text)
			}
		case *syntax.FuncDecl:
			if n.Name != nil && !methods[n] {
				list = append(list, n.Name.Text)
			}
		}
		return true
	})
	return list
}

// arranged is the source with its imports in order, or nil where they are already. The result was verified.
func (a *arranger) arranged() ([]byte, error) {
	o := a.plan()
	if o == nil {
		return nil, nil
	}
	out := a.write(o)
	if err := a.verify(out); err != nil {
		return nil, err
	}
	return append(a.mark[:len(a.mark):len(a.mark)], out...), nil
}

// write puts the pieces of the source together in their new order. What stands between them stays where it is.
func (a *arranger) write(o *order) []byte {
	out := make([]byte, 0, len(a.src)+len(o.head))
	out = append(out, a.src[:a.units[0].start]...)
	stay := len(o.head) - o.moved
	for k, n := range o.head {
		glue := ""
		if k > 0 && k < stay {
			glue = a.between(k)
		}
		out = a.piece(out, glue, n)
	}
	glue, next := "", stay
	if stay == 0 {
		glue = "\n\n"
	}
	for _, n := range o.rest {
		for ; next <= n; next++ {
			glue = joined(glue, a.between(next))
		}
		out, glue = a.piece(out, glue, n), ""
	}
	for ; next < len(a.units); next++ {
		glue = joined(glue, a.between(next))
	}
	return append(append(out, glue...), a.src[a.units[len(a.units)-1].end:]...)
}

// piece adds a unit on a line of its own, so that no comment can swallow it.
func (a *arranger) piece(out []byte, glue string, n int) []byte {
	out = append(out, glue...)
	if line := bytes.TrimRight(out, blank); len(line) > 0 && line[len(line)-1] != '\n' {
		out = append(out, '\n')
	}
	return append(out, a.src[a.units[n].start:a.units[n].end]...)
}

// between is what stands before a unit and belongs to none.
func (a *arranger) between(n int) string {
	if n == 0 {
		return ""
	}
	return string(a.src[a.units[n-1].end:a.units[n].start])
}

// joined is what stands between two units when the one between them is gone: comments stay, and of blanks the more.
func joined(a, b string) string {
	switch {
	case strings.TrimSpace(a) != "" || strings.TrimSpace(b) != "":
		return a + b
	case strings.Count(a, "\n") > strings.Count(b, "\n"):
		return a
	}
	return b
}
