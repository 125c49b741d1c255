package syntax

import "github.com/etamil-lang/etamil/syntax/words"

// resolveLoops turns நிறுத்து; and தொடர்; inside loops into statements. They are words only where the scope around
// them gives their name no other meaning (services.md, grammar rule 7).
func resolveLoops(f *File) {
	s := loopScope{declared: map[string]bool{}}
	s.declare(f.Stmts)
	s.stmts(f.Stmts)
}

// loopScope is one scope while its loops are looked through.
type loopScope struct {
	declared map[string]bool
	depth    int // loops around
}

func loopWord(spelling string) *words.Word {
	if w := wordOf(spelling); w != nil && (w.ID == "break" || w.ID == "continue") {
		return w
	}
	return nil
}

// declare notes the loop words that the scope uses as names.
func (s *loopScope) declare(list []Stmt) {
	note := func(n *Name) {
		if n != nil && n.Tok.Type == Word && loopWord(n.Text) != nil {
			s.declared[n.Text] = true
		}
	}
	for _, st := range list {
		Walk(st, func(n Node) bool {
			switch n := n.(type) {
			case *FuncDecl:
				note(n.Name)
				return false
			case *LambdaExpr, *RouteStmt, *EveryStmt:
				return false
			case *WordStmt:
				return !runsLater(n.Word)
			case *CallExpr:
				return n.Block == nil || !runsLater(calleeWord(n.Fn))
			case *VarDecl:
				note(n.Name)
			case *AssignStmt:
				note(rootName(n.Target))
			case *InputStmt:
				note(rootName(n.Target))
			case *EachStmt:
				note(n.Var)
			case *TryStmt:
				note(n.Var)
			case *FileStmt:
				note(n.Into)
			case *QueryStmt:
				note(n.Into)
			}
			return true
		})
	}
}

// rootName is the variable that a target changes.
func rootName(x Expr) *Name {
	for {
		switch y := x.(type) {
		case *NameExpr:
			return &y.Name
		case *FieldExpr:
			x = y.X
		case *IndexExpr:
			x = y.X
		case *FaultyExpr:
			x = y.X
		default:
			return nil
		}
	}
}

func runsLater(w *words.Word) bool { return w != nil && w.Runs == words.RunsLater }

func calleeWord(fn Expr) *words.Word {
	switch f := fn.(type) {
	case *NameExpr:
		return f.Word
	case *FieldExpr:
		return f.Word
	}
	return nil
}

// stmts replaces the loop words of a list and looks into its statements.
func (s *loopScope) stmts(list []Stmt) {
	for i, st := range list {
		if s.depth > 0 {
			list[i] = s.replace(st)
		}
		s.inside(st)
	}
}

func (s *loopScope) replace(st Stmt) Stmt {
	e, ok := st.(*ExprStmt)
	if !ok {
		return st
	}
	n, ok := e.X.(*NameExpr)
	if !ok || s.declared[n.Text] || loopWord(n.Text) == nil {
		return st
	}
	if loopWord(n.Text).ID == "break" {
		return &BreakStmt{Tok: n.Tok, end: e.end}
	}
	return &ContinueStmt{Tok: n.Tok, end: e.end}
}

// inside looks for blocks and scopes in a statement.
func (s *loopScope) inside(st Stmt) {
	switch st := st.(type) {
	case *WhileStmt:
		s.parts(st.Cond)
		s.loop(st.Body)
	case *EachStmt:
		s.parts(st.In)
		s.loop(st.Body)
	case *FuncDecl:
		s.fresh(st.Sig, st.Body)
	case *RouteStmt:
		s.fresh(nil, st.Body)
	case *EveryStmt:
		s.fresh(nil, st.Body)
	case *WordStmt:
		for _, a := range st.Args {
			s.parts(a)
		}
		s.wordBlock(st.Word, st.Body)
	default:
		s.parts(st)
	}
}

// parts looks through the parts of a node for blocks, which share this scope, and for what has a scope of its own.
func (s *loopScope) parts(n Node) {
	if n == nil {
		return
	}
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case *Block:
			s.stmts(n.Stmts)
			return false
		case *LambdaExpr:
			s.fresh(n.Sig, n.Body)
			return false
		case *FuncDecl:
			s.fresh(n.Sig, n.Body)
			return false
		case *CallExpr:
			if n.Block == nil {
				return true
			}
			s.parts(n.Fn)
			for _, a := range n.Args {
				s.parts(a)
			}
			s.wordBlock(calleeWord(n.Fn), n.Block)
			return false
		}
		return true
	})
}

func (s *loopScope) loop(b *Block) {
	if b != nil {
		s.depth++
		s.stmts(b.Stmts)
		s.depth--
	}
}

func (s *loopScope) wordBlock(w *words.Word, b *Block) {
	switch {
	case b == nil:
	case runsLater(w):
		s.fresh(nil, b)
	default:
		s.stmts(b.Stmts)
	}
}

// fresh looks through a scope of its own.
func (*loopScope) fresh(sig *Signature, b *Block) {
	if b == nil {
		return
	}
	inner := loopScope{declared: map[string]bool{}}
	if sig != nil {
		for _, p := range sig.Params {
			if p.Name != nil && loopWord(p.Name.Text) != nil {
				inner.declared[p.Name.Text] = true
			}
		}
	}
	inner.declare(b.Stmts)
	inner.stmts(b.Stmts)
}
