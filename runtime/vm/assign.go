package vm

import "github.com/etamil-lang/etamil/syntax"

func (g *gen) assign(s *syntax.AssignStmt) {
	x, ok := s.Target.(*syntax.NameExpr)
	if !ok {
		g.assignPath(s)
		return
	}
	r := g.variable(x.Text)
	if call := laterCall(s); call != nil && g.sc == g.c.an.top {
		g.receiver(call, r)
		g.setVar(r)
		return
	}
	if item, word := g.growsPlace(s); item != nil {
		g.copyIn(x, r)
		t := g.temp()
		g.into(item, t)
		g.emit(opAppend, r, t, 0, word)
		return
	}
	if rest := concatsOnto(s.Value, x); rest != nil && g.set[r] {
		g.concatOnto(r, rest)
		return
	}
	g.into(s.Value, r)
	g.setVar(r)
}

// appendWord is the number of the word இணை under this spelling; -1 when the name is also a function or a variable of the
// program.
func (g *gen) appendWord(fn *syntax.NameExpr) int {
	if g.c.an.funcs[fn.Text] != nil || g.variable(fn.Text) >= 0 {
		return -1
	}
	if _, global := g.c.prog.slot[fn.Text]; global {
		return -1
	}
	return g.c.native(fn.Word.ID, fn.Text)
}

// concatsOnto recognises PLACE & a & b …: it answers a, b … when x is one, so that the text grows in place.
func concatsOnto(x, place syntax.Expr) []syntax.Expr {
	var rest []syntax.Expr
	for {
		b, ok := x.(*syntax.BinaryExpr)
		if !ok || b.Op.Type != syntax.Amp {
			break
		}
		rest = append(rest, b.Y)
		x = b.X
	}
	if !samePlace(place, x) {
		return nil
	}
	for i, j := 0, len(rest)-1; i < j; i, j = i+1, j-1 {
		rest[i], rest[j] = rest[j], rest[i]
	}
	return rest
}

// copyIn makes sure that a variable which is about to change in place has a value here: inside a function that never
// assigned it, a copy of the global (semantics.md 2).
func (g *gen) copyIn(x *syntax.NameExpr, r int) {
	if g.set[r] {
		return
	}
	slot := -1
	if !g.sc.global {
		if i, ok := g.c.prog.slot[x.Text]; ok {
			slot = i
			g.c.reads[i] = true
		}
	}
	old := g.at(x)
	g.c.prog.names = append(g.c.prog.names, nameRef{name: x.Text, local: r * scale, global: slot, native: -1})
	g.emit(opCopyIn, r, 0, 0, len(g.c.prog.names)-1)
	g.span = old
	g.setVar(r)
}

// assignPath lowers a.b[i] = v at any depth.
func (g *gen) assignPath(s *syntax.AssignStmt) {
	x := baseName(s.Target)
	if x == nil {
		g.fault(CodeBadTarget)
		return
	}
	r := g.variable(x.Text)
	g.copyIn(x, r)
	if item, _ := g.growsPlace(s); item != nil {
		g.setPath(s, r)
		return
	}
	switch t := s.Target.(type) {
	case *syntax.IndexExpr:
		if _, ok := t.X.(*syntax.NameExpr); ok {
			i, v := g.raw(t.Index), g.temp()
			g.placeValue(s, v)
			g.emit(opSetIndex, r, i, v, 0)
			return
		}
	case *syntax.FieldExpr:
		if _, ok := t.X.(*syntax.NameExpr); ok {
			v := g.temp()
			g.placeValue(s, v)
			g.emit(opSetField, r, v, 0, g.site(t.Name.Text, 0))
			return
		}
	}
	g.setPath(s, r)
}

func (g *gen) setPath(s *syntax.AssignStmt, r int) {
	steps, indexes := pathSteps(s.Target)
	base := g.temps(len(indexes))
	for i, x := range indexes {
		g.value(x, base+i)
	}
	p, v := path{steps: steps}, g.temp()
	if item, word := g.growsPlace(s); item != nil {
		// The place is read first, as the call's first argument is: it may not be there.
		g.value(s.Target, v)
		g.into(item, v)
		p.grows, p.word = true, word
	} else {
		g.placeValue(s, v)
	}
	g.c.prog.paths = append(g.c.prog.paths, p)
	g.emit(opSetPath, r, base, v, len(g.c.prog.paths)-1)
}

// placeValue evaluates what a place gets. PLACE = PLACE & a & b grows the text that is there, as it does for a variable.
func (g *gen) placeValue(s *syntax.AssignStmt, dst int) {
	if rest := concatsOnto(s.Value, s.Target); rest != nil {
		g.value(s.Target, dst)
		g.concatOnto(dst, rest)
		return
	}
	g.into(s.Value, dst)
}

// growsPlace recognises PLACE = இணை(PLACE, E): it answers E and the word, or nil.
func (g *gen) growsPlace(s *syntax.AssignStmt) (item syntax.Expr, word int) {
	if item = appendsTo(s); item == nil {
		return nil, 0
	}
	if word = g.appendWord(s.Value.(*syntax.CallExpr).Fn.(*syntax.NameExpr)); word < 0 {
		return nil, 0
	}
	return item, word
}

func pathSteps(x syntax.Expr) (steps []step, indexes []syntax.Expr) {
	switch t := x.(type) {
	case *syntax.IndexExpr:
		steps, indexes = pathSteps(t.X)
		return append(steps, step{}), append(indexes, t.Index)
	case *syntax.FieldExpr:
		steps, indexes = pathSteps(t.X)
		return append(steps, step{name: t.Name.Text, field: true}), indexes
	case *syntax.ParenExpr:
		return pathSteps(t.X)
	}
	return nil, nil
}

// receiver is the value of a call whose block runs later: what the method is called on, else இன்மை.
func (g *gen) receiver(call *syntax.CallExpr, dst int) {
	if fn, ok := call.Fn.(*syntax.FieldExpr); ok {
		g.into(fn.X, dst)
		return
	}
	g.emit(opLoadK, dst, 0, 0, g.constant(nothing))
}
