package syntax

// collect gathers the faults of a node and its parts.
func collect(n Node, out []Fault) []Fault {
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case *Name:
			out = n.faults(out)
		case *Type:
			out = append(out, n.faults...)
		case *Signature:
			out = append(out, n.Faults...)
		case *Block:
			out = append(out, n.Faults...)
		case *FaultyExpr:
			out = append(out, n.Faults...)
		case *FieldDecl:
			out = append(out, n.Faults...)
		case Stmt:
			out = append(out, stmtFaults(n)...)
		}
		return true
	})
	return out
}

// faults reports a reserved word in a name's place.
func (n *Name) faults(out []Fault) []Fault {
	if n.misuse {
		return append(out, Fault{Code: CodeReserved, Span: n.Span(), Args: []string{n.Tok.Value}})
	}
	return out
}

func stmtFaults(s Stmt) []Fault {
	switch s := s.(type) {
	case *BadStmt:
		return s.Faults
	case *ShapeDecl:
		return s.Faults
	case *TryStmt:
		return s.Faults
	case *WordStmt:
		return s.Faults
	case *TableStmt:
		return s.Faults
	}
	return nil
}
