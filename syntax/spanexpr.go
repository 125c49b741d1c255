package syntax

// Span is the place of the literal.
func (x *NumberLit) Span() Span { return tokenSpan(&x.Tok) }

// Span is the place of the text with its quotes.
func (x *TextLit) Span() Span { return tokenSpan(&x.Tok) }

// Span is the place of the literal.
func (x *ConstLit) Span() Span { return tokenSpan(&x.Tok) }

// Span is the place of the array with its brackets.
func (x *ArrayLit) Span() Span { return from(&x.Open, x.end) }

// Span is the place of the record with its braces and the shape's name before them.
func (x *RecordLit) Span() Span {
	if x.Shape != nil {
		return over(x.Shape.Span(), Span{0, x.end})
	}
	return from(&x.Open, x.end)
}

// Span is the place of the operator and its operand.
func (x *UnaryExpr) Span() Span { return from(&x.Op, x.X.Span().End) }

// Span is the place of both operands.
func (x *BinaryExpr) Span() Span {
	start := x.X
	for {
		b, ok := start.(*BinaryExpr)
		if !ok {
			break
		}
		start = b.X
	}
	return Span{start.Span().Start, max(x.Y.Span().End, tokenEnd(&x.Op))}
}

// Span is the place of all operands.
func (x *CompareChain) Span() Span {
	return over(x.Operands[0].Span(), x.Operands[len(x.Operands)-1].Span())
}

// Span is the place of the call with its arguments and its block.
func (x *CallExpr) Span() Span { return over(x.Fn.Span(), Span{0, x.end}) }

// Span is the place of the value and its index.
func (x *IndexExpr) Span() Span { return over(x.X.Span(), Span{0, x.end}) }

// Span is the place of the value and the field.
func (x *FieldExpr) Span() Span {
	return over(x.X.Span(), Span{0, max(tokenEnd(&x.Dot), tokenEnd(&x.Name.Tok))})
}

// Span is the place of the value and the question mark.
func (x *TryExpr) Span() Span { return over(x.X.Span(), tokenSpan(&x.Quest)) }

// Span is the place of the brackets and what is in them.
func (x *ParenExpr) Span() Span { return from(&x.Open, x.end) }

// Span is the place of the function value.
func (x *LambdaExpr) Span() Span {
	if x.Implicit {
		return x.Body.Span()
	}
	return from(&x.Kw, max(x.Sig.end, x.Body.Span().End))
}

// Span is the place of what could be read.
func (x *FaultyExpr) Span() Span { return x.X.Span() }

// Span is the empty place where an expression is missing.
func (x *BadExpr) Span() Span { return Span{x.At, x.At} }

func (*NameExpr) expr()     {}
func (*NumberLit) expr()    {}
func (*TextLit) expr()      {}
func (*ConstLit) expr()     {}
func (*ArrayLit) expr()     {}
func (*RecordLit) expr()    {}
func (*UnaryExpr) expr()    {}
func (*BinaryExpr) expr()   {}
func (*CompareChain) expr() {}
func (*CallExpr) expr()     {}
func (*IndexExpr) expr()    {}
func (*FieldExpr) expr()    {}
func (*TryExpr) expr()      {}
func (*ParenExpr) expr()    {}
func (*LambdaExpr) expr()   {}
func (*FaultyExpr) expr()   {}
func (*BadExpr) expr()      {}
