package format

import "github.com/etamil-lang/etamil/syntax"

// stmt marks a statement; its parts come after it.
func (m *marker) stmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.FuncDecl:
		m.whole(s)
		m.block(s.Body, false)
	case *syntax.ShapeDecl:
		m.shape(s)
	case *syntax.IfStmt:
		m.cond(s)
	case *syntax.WhileStmt:
		m.whole(s)
		m.paren(m.tok(&s.Open))
		m.block(s.Body, false)
	case *syntax.EachStmt:
		m.whole(s)
		m.block(s.Body, false)
	case *syntax.TryStmt:
		m.try(s)
	case *syntax.RetryStmt:
		m.whole(s)
		m.args(m.tok(&s.Open), present(s.Times, s.Options))
		m.block(s.Body, false)
	case *syntax.TimeoutStmt:
		m.whole(s)
		m.paren(m.tok(&s.Open))
		m.block(s.Body, false)
	case *syntax.RouteStmt:
		m.whole(s)
		m.operands(s, present(s.Path, s.Guards, s.Options), true)
		m.block(s.Body, false)
	case *syntax.EveryStmt:
		m.whole(s)
		m.block(s.Body, false)
	case *syntax.WordStmt:
		m.whole(s)
		m.operands(s, nodes(s.Args), false)
		if s.Body != nil {
			m.block(s.Body, false)
		}
	default:
		m.service(s)
	}
}

// service marks the statements that take operands without brackets.
func (m *marker) service(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.RespondStmt:
		m.operands(s, present(s.Status, s.Body, s.Headers), false)
	case *syntax.JSONStmt:
		m.operands(s, present(s.Body, s.Status), false)
	case *syntax.FileStmt:
		list := present(s.Path, s.Arg)
		if s.Into != nil {
			list = append(list, s.Into)
		}
		m.operands(s, list, false)
	case *syntax.ConnectStmt:
		m.operands(s, handled(present(s.DSN), &s.Handle), true)
	case *syntax.QueryStmt:
		m.operands(s, handled(append(present(s.SQL, s.Params), s.Into), &s.Handle), false)
	case *syntax.ExecStmt:
		m.operands(s, handled(present(s.SQL, s.Params), &s.Handle), false)
	case *syntax.TableStmt:
		list := make([]syntax.Node, 0, len(s.Names)+len(s.Args))
		for _, n := range s.Names {
			list = append(list, n)
		}
		m.operands(s, append(list, nodes(s.Args)...), false)
	case *syntax.ServerStmt:
		m.operands(s, nodes(s.Args), false)
	}
}

func nodes(list []syntax.Expr) []syntax.Node {
	out := make([]syntax.Node, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// present are the parts that a statement has.
func present(list ...syntax.Expr) []syntax.Node {
	out := make([]syntax.Node, 0, len(list)+1)
	for _, x := range list {
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

// handled adds the name of a connection where a statement gives one.
func handled(list []syntax.Node, handle *syntax.Token) []syntax.Node {
	if handle.Type != 0 {
		list = append(list, &syntax.Name{Tok: *handle})
	}
	return list
}

// whole makes a statement one group, so that its blocks are on one line together or not at all.
func (m *marker) whole(s syntax.Stmt) {
	m.marks[m.first(s)].begin++
	m.marks[m.end(s)].ends++
}

// operands lays out what a word takes without brackets. The first stays beside its word, unless something of the
// statement stands before it.
func (m *marker) operands(s syntax.Stmt, list []syntax.Node, preceded bool) {
	if len(list) == 0 || len(list) == 1 && !preceded {
		return
	}
	start := m.first(s)
	m.marks[start].force++
	for k, n := range list {
		i := m.first(n)
		// Words may stand between operands, as in தேர்வெடு … இதனில் …; only a comma lets a line end.
		if (k > 0 || preceded) && m.toks[i-1].Type == syntax.Comma {
			m.marks[i].sep = sepFill
		}
	}
	last := list[len(list)-1]
	if hugged(last) {
		m.marks[m.first(last)].out++
		return
	}
	m.marks[m.end(last)].outs++
}

// hugged tells parts whose own brackets hold their lines, so that a list that ends with one need not break.
func hugged(n syntax.Node) bool {
	switch x := n.(type) {
	case *syntax.LambdaExpr:
		return len(x.Body.Stmts) > 0
	case *syntax.RecordLit:
		return len(x.Fields) > 0 || x.Spread != nil
	case *syntax.ArrayLit:
		return len(x.Items) > 0
	}
	return false
}

// cond marks எனில் and all its இன்றேல் branches, each on a line of its own, as programs have it (grammar.md section 6:
// 43 of 44). Blocks that fit stay on one line: all of them in one line, or, where the author began lines with இன்றேல்,
// each in its own.
func (m *marker) cond(s *syntax.IfStmt) {
	if open := m.tok(&s.Open); open > 0 && m.toks[open-1].Type == syntax.KwElse {
		return // the first of the chain has marked it
	}
	m.whole(s)
	steps := m.steps(s)
	kind, apart := sepLine, false
	for _, i := range steps {
		if m.wish(i - 1) {
			kind, apart = sepHard, true
		}
	}
	for _, i := range steps {
		m.marks[i].sep = kind
	}
	for {
		m.paren(m.tok(&s.Open))
		m.block(s.Then, apart)
		if b, ok := s.Else.(*syntax.Block); ok {
			m.block(b, apart)
		}
		next, ok := s.Else.(*syntax.IfStmt)
		if !ok {
			return
		}
		s = next
	}
}

// steps are the tokens இன்றேல் of a chain.
func (m *marker) steps(s *syntax.IfStmt) []int {
	var list []int
	for {
		switch e := s.Else.(type) {
		case *syntax.IfStmt:
			list = append(list, m.tok(&e.Open)-1)
			s = e
			continue
		case *syntax.Block:
			list = append(list, m.tok(&e.Open)-1)
		}
		return list
	}
}

// clause keeps a word beside the brace before it.
func (m *marker) clause(i int) { m.marks[i].sep = sepClause }

func (m *marker) try(s *syntax.TryStmt) {
	m.whole(s)
	m.block(s.Body, false)
	if s.Catch != nil {
		m.clause(m.tok(&s.CatchKw))
		if s.Var != nil {
			m.marks[m.first(s.Var)-1].sep = sepNone
		}
		m.block(s.Catch, false)
	}
	if s.Finally != nil {
		m.clause(m.tok(&s.Finally.Open) - 1)
		m.block(s.Finally, false)
	}
}

// shape marks a shape's members.
func (m *marker) shape(s *syntax.ShapeDecl) {
	m.whole(s)
	open := m.tok(&s.Name.Tok) + 1
	if m.toks[open].Type == syntax.LBrack {
		m.marks[open].sep = sepNone
		open = int(m.marks[open].pair) + 1
	}
	close := int(m.marks[open].pair)
	m.marks[open].sep = sepClause
	m.inner(open, close)
	if len(s.Fields)+len(s.Methods) == 0 {
		m.marks[close].sep = sepNone
		return
	}
	kind := sepLine
	if m.wish(open) || len(s.Methods) > 0 {
		kind = sepHard
	}
	member := func(n syntax.Node) {
		i := m.first(n)
		m.marks[i].sep, m.marks[i].item = kind, i != open+1
	}
	for _, f := range s.Fields {
		member(f)
	}
	for _, f := range s.Methods {
		member(f)
	}
	m.marks[close].sep = kind
}
