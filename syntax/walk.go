package syntax

// Walk visits a node and everything in it in the order of the source, a node before its parts; where f answers false
// the parts are left out. Nil parts are not visited.
func Walk(n Node, f func(Node) bool) {
	w := walker{f}
	if file, ok := n.(*File); ok {
		if f(file) {
			w.stmts(file.Stmts)
		}
		return
	}
	w.node(n)
}

type walker struct{ f func(Node) bool }

func (w *walker) node(n Node) {
	if !w.f(n) {
		return
	}
	switch n := n.(type) {
	case Expr:
		w.exprParts(n)
	case Stmt:
		w.stmtParts(n)
	case *Type:
		w.name(n.Name)
		for _, a := range n.Args {
			w.node(a)
		}
	case *Param:
		w.typed(n.Type, n.Name)
	case *Signature:
		for _, p := range n.Params {
			w.node(p)
		}
		w.typ(n.Result)
	case *FieldDecl:
		w.typed(n.Type, n.Name)
		w.expr(n.Rule)
	case *RecordField:
		w.name(n.Key)
		w.expr(n.Value)
	}
}

func (w *walker) expr(x Expr) {
	if x != nil {
		w.node(x)
	}
}

func (w *walker) exprs(list []Expr) {
	for _, x := range list {
		w.expr(x)
	}
}

func (w *walker) name(n *Name) {
	if n != nil && n.Tok.Type != 0 {
		w.node(n)
	}
}

func (w *walker) names(list []*Name) {
	for _, n := range list {
		w.name(n)
	}
}

func (w *walker) typ(t *Type) {
	if t != nil {
		w.node(t)
	}
}

// typed visits a type and a name in the order in which they stand.
func (w *walker) typed(t *Type, n *Name) {
	if t != nil && n != nil && n.Tok.Pos.Offset < t.Name.Tok.Pos.Offset {
		w.name(n)
		w.typ(t)
		return
	}
	w.typ(t)
	w.name(n)
}

func (w *walker) block(b *Block) {
	if b != nil {
		w.node(b)
	}
}

func (w *walker) signature(s *Signature) {
	if s != nil {
		w.node(s)
	}
}

func (w *walker) stmts(list []Stmt) {
	for _, s := range list {
		w.node(s)
	}
}

func (w *walker) exprParts(x Expr) {
	switch x := x.(type) {
	case *ArrayLit:
		w.exprs(x.Items)
	case *RecordLit:
		w.name(x.Shape)
		for _, f := range x.Fields {
			w.node(f)
		}
		w.expr(x.Spread)
	case *UnaryExpr:
		w.expr(x.X)
	case *BinaryExpr:
		w.expr(x.X)
		w.expr(x.Y)
	case *CompareChain:
		w.exprs(x.Operands)
	case *CallExpr:
		w.expr(x.Fn)
		w.exprs(x.Args)
		w.block(x.Block)
	case *IndexExpr:
		w.expr(x.X)
		w.expr(x.Index)
	case *FieldExpr:
		w.expr(x.X)
		w.name(x.Name)
	case *TryExpr:
		w.expr(x.X)
	case *ParenExpr:
		w.expr(x.X)
	case *LambdaExpr:
		if !x.Implicit {
			w.signature(x.Sig)
		}
		w.block(x.Body)
	case *FaultyExpr:
		w.expr(x.X)
	}
}

func (w *walker) stmtParts(s Stmt) {
	switch s := s.(type) {
	case *Block:
		w.stmts(s.Stmts)
	case *BadStmt:
		if s.Partial != nil {
			w.node(s.Partial)
		}
	case *ImportStmt:
		if s.Path != nil {
			w.node(s.Path)
		}
	case *FuncDecl:
		w.name(s.Name)
		w.signature(s.Sig)
		w.block(s.Body)
	case *ShapeDecl:
		w.shape(s)
	case *VarDecl:
		w.typed(s.Type, s.Name)
		w.expr(s.Init)
	case *AssignStmt:
		w.expr(s.Target)
		w.expr(s.Value)
	case *ExprStmt:
		w.expr(s.X)
	case *ReturnStmt:
		w.expr(s.Value)
	case *PrintStmt:
		w.expr(s.X)
	case *InputStmt:
		w.expr(s.Target)
	default:
		w.blockStmtParts(s)
	}
}

// shape visits fields and methods in the order in which they stand.
func (w *walker) shape(s *ShapeDecl) {
	w.name(s.Name)
	w.names(s.TypeParams)
	m := 0
	for _, f := range s.Fields {
		for m < len(s.Methods) && s.Methods[m].Kw.Pos.Offset < f.at.Start {
			w.node(s.Methods[m])
			m++
		}
		w.node(f)
	}
	for _, method := range s.Methods[m:] {
		w.node(method)
	}
}

func (w *walker) blockStmtParts(s Stmt) {
	switch s := s.(type) {
	case *IfStmt:
		w.expr(s.Cond)
		w.block(s.Then)
		if s.Else != nil {
			w.node(s.Else)
		}
	case *WhileStmt:
		w.expr(s.Cond)
		w.block(s.Body)
	case *EachStmt:
		w.name(s.Var)
		w.expr(s.In)
		w.block(s.Body)
	case *TryStmt:
		w.block(s.Body)
		w.name(s.Var)
		w.block(s.Catch)
		w.block(s.Finally)
	case *RetryStmt:
		w.expr(s.Times)
		w.expr(s.Options)
		w.block(s.Body)
	case *TimeoutStmt:
		w.expr(s.Millis)
		w.block(s.Body)
	case *RouteStmt:
		w.expr(s.Path)
		w.expr(s.Guards)
		w.expr(s.Options)
		w.block(s.Body)
	case *EveryStmt:
		w.expr(s.Seconds)
		w.block(s.Body)
	case *WordStmt:
		w.exprs(s.Args)
		w.block(s.Body)
	default:
		w.serviceParts(s)
	}
}

func (w *walker) serviceParts(s Stmt) {
	switch s := s.(type) {
	case *RespondStmt:
		w.exprs([]Expr{s.Status, s.Body, s.Headers})
	case *JSONStmt:
		w.exprs([]Expr{s.Body, s.Status})
	case *FileStmt:
		w.expr(s.Path)
		w.expr(s.Arg)
		w.name(s.Into)
	case *ConnectStmt:
		w.expr(s.DSN)
	case *QueryStmt:
		w.exprs([]Expr{s.SQL, s.Params})
		w.name(s.Into)
	case *ExecStmt:
		w.exprs([]Expr{s.SQL, s.Params})
	case *TableStmt:
		w.names(s.Names)
		w.exprs(s.Args)
	case *ServerStmt:
		w.exprs(s.Args)
	}
}
