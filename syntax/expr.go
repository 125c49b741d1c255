package syntax

import (
	"strconv"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// exprSymbol names an expression in messages.
const exprSymbol = "கோவை (an expression)"

// exprParser reads one expression and everything in its brackets, by precedence climbing.
type exprParser struct {
	lex    *lexer.PeekingLexer
	faults []Fault
	// head tells that a bare call or name takes no {.
	head bool
	// stmt tells that the expression starts a statement, so that a call with a block ends it.
	stmt bool
	// ended tells that such a call has ended it.
	ended bool
	// prefix counts the words without brackets whose operands are being read.
	prefix int
}

// parseExpr is participle's hook for Expr.
func parseExpr(lex *lexer.PeekingLexer) (Expr, error) {
	if !exprStart.has(lex.Peek().Type) {
		return nil, participle.NextMatch
	}
	p := exprParser{lex: lex}
	return p.finish(p.binary(precOr)), nil
}

// parseHead is the hook for HeadExpr.
func parseHead(lex *lexer.PeekingLexer) (HeadExpr, error) {
	if !exprStart.has(lex.Peek().Type) {
		return nil, participle.NextMatch
	}
	p := exprParser{lex: lex, head: true}
	if lex.Peek().Type == LBrace && !looksRecord(lex) {
		return p.finish(p.missing()), nil
	}
	return p.finish(p.binary(precOr)), nil
}

// parseStmtExpr is the hook for StmtExpr.
func parseStmtExpr(lex *lexer.PeekingLexer) (StmtExpr, error) {
	t := lex.Peek().Type
	if !exprStart.has(t) && t != KwStopServer || t == LBrace {
		return nil, participle.NextMatch
	}
	p := exprParser{lex: lex, stmt: true}
	return p.finish(p.binary(precOr)), nil
}

// parseCond is the hook for CondExpr: an expression and the bracket that closes it.
func parseCond(lex *lexer.PeekingLexer) (CondExpr, error) {
	open := *previous(lex)
	p := exprParser{lex: lex}
	x := p.sub()
	if lex.Peek().Type == Comma && ahead(lex)[1].Type == RParen {
		lex.Next()
	}
	if p.close(RParen, &open); previous(lex).Type != RParen {
		skipTo(lex, RParen)
	}
	return p.finish(x), nil
}

// finish wraps an expression with the faults found in it.
func (p *exprParser) finish(x Expr) Expr {
	if len(p.faults) > 0 {
		return &FaultyExpr{X: x, Faults: p.faults}
	}
	return x
}

// The levels of precedence, loosest first.
const (
	precNone = iota
	precOr
	precAnd
	precNot
	precCompare
	precAdd
	precMul
)

var precedence = [128]uint8{
	KwOr: precOr, KwAnd: precAnd, Eq: precCompare, Ne: precCompare, Lt: precCompare, Le: precCompare, Gt: precCompare,
	Ge: precCompare, Plus: precAdd, Minus: precAdd, Amp: precAdd, Star: precMul, Slash: precMul,
}

func precedenceOf(k Kind) uint8 { return precedence[uint8(k)&127] }

// binary reads operators of at least the given level, left to right.
func (p *exprParser) binary(least uint8) Expr {
	left := p.prefixed(least)
	for n := 0; !p.ended; n++ {
		level := precedenceOf(p.lex.Peek().Type)
		if level == precNone || level < least {
			break
		}
		op := p.lex.Next()
		right := p.operand(op, level+1)
		if n >= MaxChain {
			p.longChain(n)
			continue
		}
		if level == precCompare && precedenceOf(p.lex.Peek().Type) == precCompare {
			left = p.chain(left, op, right)
			continue
		}
		left = &BinaryExpr{Op: *op, X: left, Y: right}
	}
	return left
}

// operand reads what follows an operator. A later line that starts another statement is none.
func (p *exprParser) operand(op *Token, least uint8) Expr {
	if p.lex.Peek().Pos.Line > op.Pos.Line && stmtAhead(p.lex) {
		return p.missing()
	}
	return p.binary(least)
}

// longChain reports the first link beyond MaxChain; the rest is read and dropped.
func (p *exprParser) longChain(n int) {
	if n == MaxChain {
		p.fault(CodeLongChain, strconv.Itoa(MaxChain))
	}
}

// chain reads the rest of a < b <= c.
func (p *exprParser) chain(first Expr, op *Token, second Expr) Expr {
	c := &CompareChain{Operands: []Expr{first, second}, Ops: []Token{*op}}
	for precedenceOf(p.lex.Peek().Type) == precCompare {
		if middle := c.Operands[len(c.Operands)-1]; !repeatable(middle) {
			p.faultOn(CodeChainOperand, middle.Span())
		}
		op := p.lex.Next()
		x := p.operand(op, precAdd)
		if len(c.Ops) > MaxChain {
			p.longChain(len(c.Ops) - 1)
			continue
		}
		c.Ops = append(c.Ops, *op)
		c.Operands = append(c.Operands, x)
	}
	return c
}

// repeatable tells whether an operand may stand in the middle of a chain: a name, a literal, a field or an element.
func repeatable(x Expr) bool {
	for {
		switch y := x.(type) {
		case *NameExpr, *NumberLit, *TextLit, *ConstLit, *BadExpr, *FaultyExpr:
			return true
		case *FieldExpr:
			x = y.X
		case *IndexExpr:
			if !repeatable(y.Index) {
				return false
			}
			x = y.X
		case *ParenExpr:
			x = y.X
		case *UnaryExpr:
			if y.Op.Type != Minus {
				return false
			}
			_, ok := y.X.(*NumberLit)
			return ok
		default:
			return false
		}
	}
}

// prefixed reads இல்லை at its own level, where it takes a comparison, or else one operand.
func (p *exprParser) prefixed(least uint8) Expr {
	if least > precNot || p.lex.Peek().Type != KwNot {
		return p.unary()
	}
	ops := p.run(func(k Kind) bool { return k == KwNot })
	return wrapUnary(ops, p.binary(precCompare))
}

// unary reads - and இல்லை before a postfix expression. A run of them is a loop, never a recursion.
func (p *exprParser) unary() Expr {
	if t := p.lex.Peek().Type; t != Minus && t != KwNot {
		return p.postfix()
	}
	ops := p.run(func(k Kind) bool { return k == Minus || k == KwNot })
	return wrapUnary(ops, p.postfix())
}

// run reads operators before an operand, keeping at most MaxChain.
func (p *exprParser) run(is func(Kind) bool) (ops []*Token) {
	for n := 0; is(p.lex.Peek().Type); n++ {
		t := p.lex.Next()
		if n >= MaxChain {
			p.longChain(n)
			continue
		}
		ops = append(ops, t)
	}
	return ops
}

func wrapUnary(ops []*Token, x Expr) Expr {
	for i := len(ops) - 1; i >= 0; i-- {
		x = &UnaryExpr{Op: *ops[i], X: x}
	}
	return x
}

// sub reads an expression in brackets: head mode and the end of a statement do not reach into them.
func (p *exprParser) sub() Expr {
	head, stmt, ended := p.head, p.stmt, p.ended
	p.head, p.stmt, p.ended = false, false, false
	x := p.binary(precOr)
	p.head, p.stmt, p.ended = head, stmt, ended
	return x
}

// fault notes a fault at the next token.
func (p *exprParser) fault(code string, args ...string) {
	if f, ok := faultAt(p.lex, code, args...); ok {
		p.faults = append(p.faults, f)
	}
}

// faultOn notes a fault about something that has been read.
func (p *exprParser) faultOn(code string, at Span, args ...string) {
	if stateOf(p.lex).Line <= MaxFaults {
		p.faults = append(p.faults, Fault{Code: code, Span: at, Args: args})
	}
	stateOf(p.lex).Line++
}

// want notes that something else should stand here.
func (p *exprParser) want(symbol string) { addExpected(&p.faults, p.lex, symbol) }

// close reads a closing bracket, or notes that it is missing.
func (p *exprParser) close(k Kind, open *Token) Token {
	if p.lex.Peek().Type == k {
		return *p.lex.Next()
	}
	if k == RParen && p.lex.Peek().Type == Assign {
		if f, ok := faultAt(p.lex, CodeAssignInside); ok {
			f.Fix, f.HasFix = "==", true
			p.faults = append(p.faults, f)
		}
	} else {
		addUnclosed(&p.faults, p.lex, k, open)
	}
	if skipInside(p.lex, k) {
		return *p.lex.Next()
	}
	return Token{}
}

// stmtAhead tells whether the next token can only be the start of another statement, or ends this one.
func stmtAhead(lex *lexer.PeekingLexer) bool {
	la := ahead(lex)
	switch t := la[0].Type; {
	case t == EOF || t == RBrace || t == Semi:
		return true
	case !newlineBefore(lex):
		return false
	case stmtWords.has(t):
		return true
	case nameable.has(t):
		return la[1].Type == Assign
	case typeWords.has(t):
		return nameable.has(la[1].Type)
	case t == KwFunction:
		return nameable.has(la[1].Type)
	}
	return false
}
