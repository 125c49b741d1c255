package syntax

// This file says where every node stands and which nodes are statements and expressions.

func from(first *Token, end int) Span { return Span{first.Pos.Offset, max(end, tokenEnd(first))} }

// over joins the places of two nodes.
func over(a, b Span) Span { return Span{a.Start, max(a.End, b.End)} }

// Span is the place of the name.
func (n *Name) Span() Span { return tokenSpan(&n.Tok) }

// Span is the place of the type with its arguments.
func (ty *Type) Span() Span { return over(ty.Name.Span(), Span{0, ty.end}) }

// Span is the place of the parameter.
func (p *Param) Span() Span {
	switch {
	case p.Type == nil && p.Name == nil:
		return Span{}
	case p.Type == nil:
		return p.Name.Span()
	case p.Name == nil:
		return p.Type.Span()
	}
	t, n := p.Type.Span(), p.Name.Span()
	return Span{min(t.Start, n.Start), max(t.End, n.End)}
}

// Span is the place of the parameter list and the result type.
func (s *Signature) Span() Span { return from(&s.Open, s.end) }

// Span is the place of the block with its braces.
func (b *Block) Span() Span {
	if b.Open.Type == 0 {
		return Span{b.end, b.end}
	}
	return from(&b.Open, b.end)
}

// Span is the place of the field.
func (f *FieldDecl) Span() Span { return f.at }

// Span is the place of the key and its value.
func (f *RecordField) Span() Span { return over(f.Key.Span(), f.Value.Span()) }

// Span is the place of the statement.
func (s *ImportStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the declaration, from பின்னணி where it is written.
func (s *FuncDecl) Span() Span {
	span := from(&s.Kw, s.end)
	if s.Background {
		span.Start = s.first
	}
	return span
}

// Span is the place of the statement.
func (s *ShapeDecl) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *VarDecl) Span() Span { return from(&s.First, s.end) }

// Span is the place of the statement.
func (s *AssignStmt) Span() Span { return over(s.Target.Span(), Span{0, s.end}) }

// Span is the place of the statement.
func (s *ExprStmt) Span() Span { return over(s.X.Span(), Span{0, s.end}) }

// Span is the place of the statement.
func (s *ReturnStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *IfStmt) Span() Span { return from(&s.Open, s.end) }

// Span is the place of the statement.
func (s *WhileStmt) Span() Span { return from(&s.Open, s.end) }

// Span is the place of the statement.
func (s *EachStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *BreakStmt) Span() Span { return from(&s.Tok, s.end) }

// Span is the place of the statement.
func (s *ContinueStmt) Span() Span { return from(&s.Tok, s.end) }

// Span is the place of the statement.
func (s *PrintStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *InputStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *RespondStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *JSONStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *RouteStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *EveryStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *FileStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *ConnectStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *DisconnectStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *QueryStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *ExecStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *TableStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *ServerStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *TryStmt) Span() Span { return from(&s.Kw, s.end) }

// Span is the place of the statement.
func (s *RetryStmt) Span() Span { return from(&s.Open, s.end) }

// Span is the place of the statement.
func (s *TimeoutStmt) Span() Span { return from(&s.Open, s.end) }

// Span is the place of the statement.
func (s *WordStmt) Span() Span { return from(&s.Tok, s.end) }

// Span is the place of everything that was passed over.
func (s *BadStmt) Span() Span { return from(&s.First, s.end) }

func (*ImportStmt) stmt()     {}
func (*FuncDecl) stmt()       {}
func (*ShapeDecl) stmt()      {}
func (*VarDecl) stmt()        {}
func (*AssignStmt) stmt()     {}
func (*ExprStmt) stmt()       {}
func (*ReturnStmt) stmt()     {}
func (*IfStmt) stmt()         {}
func (*WhileStmt) stmt()      {}
func (*EachStmt) stmt()       {}
func (*BreakStmt) stmt()      {}
func (*ContinueStmt) stmt()   {}
func (*PrintStmt) stmt()      {}
func (*InputStmt) stmt()      {}
func (*RespondStmt) stmt()    {}
func (*JSONStmt) stmt()       {}
func (*RouteStmt) stmt()      {}
func (*EveryStmt) stmt()      {}
func (*FileStmt) stmt()       {}
func (*ConnectStmt) stmt()    {}
func (*DisconnectStmt) stmt() {}
func (*QueryStmt) stmt()      {}
func (*ExecStmt) stmt()       {}
func (*TableStmt) stmt()      {}
func (*ServerStmt) stmt()     {}
func (*TryStmt) stmt()        {}
func (*RetryStmt) stmt()      {}
func (*TimeoutStmt) stmt()    {}
func (*WordStmt) stmt()       {}
func (*BadStmt) stmt()        {}
func (*Block) stmt()          {}

func (s *ImportStmt) setEnd(n int)     { s.end = n }
func (s *FuncDecl) setEnd(n int)       { s.end = n }
func (s *ShapeDecl) setEnd(n int)      { s.end = n }
func (s *VarDecl) setEnd(n int)        { s.end = n }
func (s *AssignStmt) setEnd(n int)     { s.end = n }
func (s *ExprStmt) setEnd(n int)       { s.end = n }
func (s *ReturnStmt) setEnd(n int)     { s.end = n }
func (s *IfStmt) setEnd(n int)         { s.end = n }
func (s *WhileStmt) setEnd(n int)      { s.end = n }
func (s *EachStmt) setEnd(n int)       { s.end = n }
func (s *PrintStmt) setEnd(n int)      { s.end = n }
func (s *InputStmt) setEnd(n int)      { s.end = n }
func (s *RespondStmt) setEnd(n int)    { s.end = n }
func (s *JSONStmt) setEnd(n int)       { s.end = n }
func (s *RouteStmt) setEnd(n int)      { s.end = n }
func (s *EveryStmt) setEnd(n int)      { s.end = n }
func (s *FileStmt) setEnd(n int)       { s.end = n }
func (s *ConnectStmt) setEnd(n int)    { s.end = n }
func (s *DisconnectStmt) setEnd(n int) { s.end = n }
func (s *QueryStmt) setEnd(n int)      { s.end = n }
func (s *ExecStmt) setEnd(n int)       { s.end = n }
func (s *TableStmt) setEnd(n int)      { s.end = n }
func (s *ServerStmt) setEnd(n int)     { s.end = n }
func (s *TryStmt) setEnd(n int)        { s.end = n }
func (s *RetryStmt) setEnd(n int)      { s.end = n }
func (s *TimeoutStmt) setEnd(n int)    { s.end = n }
func (s *WordStmt) setEnd(n int)       { s.end = n }
