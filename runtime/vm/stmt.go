package vm

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func (g *gen) block(b *syntax.Block) {
	for _, s := range b.Stmts {
		g.stmt(s)
	}
}

// stmt lowers one statement and gives its temporaries back.
func (g *gen) stmt(s syntax.Stmt) {
	old := g.at(s)
	g.tmp = g.floor
	switch s := s.(type) {
	case *syntax.FuncDecl, *syntax.ShapeDecl, *syntax.RouteStmt, *syntax.EveryStmt:
		// Declared before the program runs; nothing happens in place (semantics.md 2, services.md rule 11).
	case *syntax.AssignStmt:
		g.assign(s)
	case *syntax.VarDecl:
		g.declare(s)
	case *syntax.ExprStmt:
		if laterCall(s) == nil {
			g.exprStmt(s)
		}
	case *syntax.PrintStmt:
		g.emit(opPrint, g.raw(s.X), 0, 0, 0)
	case *syntax.ReturnStmt:
		g.returnStmt(s)
	case *syntax.Block:
		g.block(s)
	case *syntax.ImportStmt:
		if s.Path != nil {
			g.fault(CodeNestedImport)
		}
	default:
		g.control(s)
	}
	g.span = old
	g.tmp = g.floor
}

func (g *gen) control(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.IfStmt:
		g.ifStmt(s)
	case *syntax.WhileStmt:
		g.whileStmt(s)
	case *syntax.EachStmt:
		g.eachStmt(s)
	case *syntax.BreakStmt:
		g.leave(true)
	case *syntax.ContinueStmt:
		g.leave(false)
	case *syntax.TryStmt:
		g.tryStmt(s)
	case *syntax.RetryStmt:
		g.fault(CodeNotBuilt, "மீள்முயல்")
	case *syntax.TimeoutStmt:
		g.fault(CodeNotBuilt, "காலவரம்பு")
	case *syntax.WordStmt:
		g.wordStmt(s)
	default:
		g.hostStmt(s)
	}
}

func (g *gen) assign(s *syntax.AssignStmt) {
	x, ok := s.Target.(*syntax.NameExpr)
	if !ok {
		g.assignPath(s)
		return
	}
	r := g.variable(x.Text)
	if item, word := g.growsPlace(s); item != nil {
		g.copyIn(x, r)
		t := g.temp()
		g.into(item, t)
		g.emit(opAppend, r, t, 0, word)
		return
	}
	if rest := concatsOnto(s.Value, x); rest != nil && g.set[r] {
		g.emit(opConcat, r, r, g.concat(rest), 0)
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
		g.emit(opConcat, dst, dst, g.concat(rest), 0)
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

func (g *gen) declare(s *syntax.VarDecl) {
	r := g.variable(s.Name.Text)
	if s.Init == nil {
		g.loadK(r, value.FromInt(0))
	} else {
		g.into(s.Init, r)
	}
	g.setVar(r)
}

// exprStmt: a bare NAME; stores the number 0 (grammar.md 4.5); anything else is evaluated for its effect.
func (g *gen) exprStmt(s *syntax.ExprStmt) {
	if x, ok := s.X.(*syntax.NameExpr); ok {
		r := g.variable(x.Text)
		g.loadK(r, value.FromInt(0))
		g.setVar(r)
		return
	}
	g.value(s.X, g.temp())
}

func (g *gen) returnStmt(s *syntax.ReturnStmt) {
	if g.p == g.c.prog.main {
		g.fault(CodeReturnOutside)
		return
	}
	if s.Value == nil {
		g.leaveBody(-1)
		return
	}
	g.leaveBody(g.result(s.Value))
}

// result evaluates what a function answers. A local that no caller can see any more is moved out; everything else is
// owned by the caller.
func (g *gen) result(x syntax.Expr) int {
	if n, ok := x.(*syntax.NameExpr); ok && !g.sc.global && len(g.exits) == 0 {
		if r := g.variable(n.Text); r >= len(g.sc.params)+len(g.sc.caps) && g.set[r] {
			return r
		}
	}
	t := g.temp()
	g.into(x, t)
	return t
}

func (g *gen) ifStmt(s *syntax.IfStmt) {
	no := g.cond(s.Cond, false)
	g.tmp = g.floor
	mark := g.mark()
	g.block(s.Then)
	if s.Else == nil {
		g.patch(no)
		g.back(mark)
		return
	}
	end := []int{g.emit(opJump, 0, 0, 0, 0)}
	g.patch(no)
	then := g.back(mark)
	g.stmt(s.Else)
	other := map[int]bool{}
	for _, v := range g.back(mark) {
		other[v] = true
	}
	for _, v := range then {
		if other[v] {
			g.setVar(v)
		}
	}
	g.patch(end)
}

func (g *gen) whileStmt(s *syntax.WhileStmt) {
	mark := g.mark()
	entry := g.emit(opJump, 0, 0, 0, 0)
	top := g.here()
	l := g.enter()
	g.block(s.Body)
	g.loops = g.loops[:len(g.loops)-1]
	g.back(mark)
	g.patch([]int{entry})
	g.patch(l.continues)
	g.tmp = g.floor
	g.patchTo(g.cond(s.Cond, true), top)
	g.patch(l.breaks)
}

func (g *gen) enter() *loop {
	l := &loop{exits: len(g.exits), fins: g.fins}
	g.loops = append(g.loops, l)
	return l
}

// eachStmt walks a snapshot of the collection (semantics.md 2). A variable that the body may change is shared, so that
// the change copies.
func (g *gen) eachStmt(s *syntax.EachStmt) {
	it := g.temps(2)
	if n := baseName(s.In); n != nil && !changes(s.Body, n.Text) {
		g.value(s.In, it)
	} else {
		g.into(s.In, it)
	}
	g.emit(opEach, it, it, 0, 0)
	floor := g.floor
	g.floor = it + 2
	mark := g.mark()
	top := g.here()
	r := g.variable(s.Var.Text)
	next := g.emit(opNext, it, r, 0, 0)
	g.setVar(r)
	l := g.enter()
	g.block(s.Body)
	g.loops = g.loops[:len(g.loops)-1]
	g.patch(l.continues)
	g.emit(opLoop, 0, 0, 0, top)
	g.patch([]int{next})
	g.patch(l.breaks)
	g.back(mark)
	g.floor = floor
}

// changes tells whether a block may assign the variable or a part of it.
func changes(b *syntax.Block, name string) bool {
	found := false
	syntax.Walk(b, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.AssignStmt:
			if x := baseName(n.Target); x != nil && x.Text == name {
				found = true
			}
		case *syntax.LambdaExpr, *syntax.FuncDecl:
			return false
		}
		return !found
	})
	return found
}

// leave is நிறுத்து or தொடர் in the innermost loop.
func (g *gen) leave(isBreak bool) {
	if len(g.loops) == 0 {
		g.fault(CodeReturnOutside)
		return
	}
	l := g.loops[len(g.loops)-1]
	if l.fins != g.fins {
		g.fault(CodeLeaveFinally)
		return
	}
	if len(g.exits) > l.exits {
		g.exits[len(g.exits)-1].exit(g, exitLoop, isBreak)
		return
	}
	pc := g.emit(opJump, 0, 0, 0, 0)
	if isBreak {
		l.breaks = append(l.breaks, pc)
	} else {
		l.continues = append(l.continues, pc)
	}
}

// wordStmt is a service word as a statement. A declaration whose block runs later is inert in place.
func (g *gen) wordStmt(s *syntax.WordStmt) {
	if s.Body != nil && s.Word.Runs == words.RunsLater {
		return
	}
	if s.Body != nil {
		g.fault(CodeNotBuilt, s.Tok.Value)
		return
	}
	g.native(s.Word.ID, s.Tok.Value, s.Args, g.temp())
}
