package syntax

import (
	"strconv"

	"github.com/etamil-lang/etamil/syntax/words"
)

// postfix reads a primary and the calls, elements, fields and ? behind it.
func (p *exprParser) postfix() Expr {
	x := p.primary()
	for n := 0; ; n++ {
		t := p.lex.Peek().Type
		if p.ended && t != Dot && t != Quest {
			return x
		}
		var next Expr
		switch t {
		case LParen:
			if newlineBefore(p.lex) && condWords.has(conditionWord(p.lex)) {
				return x // a ; is missing: the brackets are the next statement's condition
			}
			next = p.call(x)
		case LBrack:
			if _, text := x.(*TextLit); text && ahead(p.lex)[1].Type == RBrack {
				return x // a comma is missing: [] behind a text is an array
			}
			next = p.index(x)
		case Dot:
			next = p.field(x)
		case Quest:
			next = &TryExpr{X: x, Quest: *p.lex.Next()}
		default:
			return x
		}
		if n >= MaxChain {
			p.longChain(n)
			continue
		}
		x = next
	}
}

// index reads [I].
func (p *exprParser) index(x Expr) Expr {
	known := silenced(p.lex, p.lex.Peek(), CodeExpected)
	open := p.lex.Next()
	n := &IndexExpr{X: x, Index: p.sub()}
	if _, array := x.(*ArrayLit); array && p.lex.Peek().Type == Comma {
		p.blame(open, RBrack, known, CodeExpected, Symbol(Comma), Symbol(LBrack))
	}
	p.close(RBrack, open)
	n.end = previousEnd(p.lex)
	return n
}

// field reads .NAME. On the dot's line every word is a name; on a later line a word that starts a statement is not.
func (p *exprParser) field(x Expr) Expr {
	f := &FieldExpr{X: x, Dot: *p.lex.Next(), Name: &Name{}}
	t := p.lex.Peek()
	sameLine := t.Pos.Line == f.Dot.Pos.Line
	switch {
	case anyWord.has(t.Type) && (sameLine || nameable.has(t.Type)), t.Type == Text:
		f.Name.take(p.lex.Next())
		if t.Type != Text && t.Type != Ident {
			f.Word = memberWord(t.Value)
		}
	default:
		p.want(Symbol(Ident))
	}
	return f
}

// memberWord finds the service method or field of a spelling after a dot.
func memberWord(spelling string) *words.Word {
	list := words.Lookups(spelling)
	if list == nil {
		if w := wordOf(spelling); w != nil {
			list = []*words.Word{w}
		}
	}
	for _, w := range list {
		switch w.Shape {
		case words.ShapeMethod, words.ShapeMethodBlock, words.ShapeName:
			return w
		}
	}
	return nil
}

// call reads (args) and the record or block behind them.
func (p *exprParser) call(fn Expr) Expr {
	c := &CallExpr{Fn: fn, Open: *p.lex.Next()}
	c.Args, c.Close = p.list(RParen, &c.Open)
	if !p.head && p.lex.Peek().Type == LBrace && c.Close.Type == RParen {
		p.tail(c)
	}
	if c.Block == nil {
		plainOverload(c.Fn)
	}
	c.end = previousEnd(p.lex)
	return c
}

// plainOverload settles a spelling of two words, one with a block and one without (services.md rule 9), for a call
// without one.
func plainOverload(fn Expr) {
	n, ok := fn.(*NameExpr)
	if !ok || n.Word == nil || n.Word.Shape != words.ShapeCallBlock {
		return
	}
	for _, w := range words.Lookups(n.Text) {
		if w.Shape == words.ShapeCall {
			n.Word = w
		}
	}
}

// tail reads the { … } behind a call or a bare word: the vocabulary tells a block from a record, and for other names
// what it starts with does (services.md, grammar rule 1).
func (p *exprParser) tail(c *CallExpr) {
	switch shape := calleeShape(c.Fn); {
	case shape == words.ShapeBuilder, !blockShape(shape) && (looksRecord(p.lex) || damagedRecord(p.lex)):
		c.Args = append(c.Args, p.record(nil))
		c.Tail = true
	case blockShape(shape):
		c.Block = &Block{}
		_ = c.Block.Parse(p.lex)
		p.ended = p.stmt
	default:
		l := &LambdaExpr{Sig: &Signature{}, Body: &Block{}, Implicit: true}
		_ = l.Body.Parse(p.lex)
		c.Args = append(c.Args, l)
		c.Tail = true
		p.ended = p.stmt
	}
}

func blockShape(s words.Shape) bool {
	return s == words.ShapeCallBlock || s == words.ShapeDeclBlock || s == words.ShapeMethodBlock
}

// calleeShape is the shape of the vocabulary word that is called, or ShapeNone.
func calleeShape(fn Expr) words.Shape {
	switch f := fn.(type) {
	case *NameExpr:
		switch {
		case f.Word == nil:
		case f.Word.Shape == words.ShapeStmt && f.Word.Runs != words.RunsNone:
			return words.ShapeCallBlock // மெட்ரிக்_நேரம்("x") { … }
		default:
			return f.Word.Shape
		}
	case *FieldExpr:
		if f.Word != nil && f.Word.Shape == words.ShapeMethodBlock {
			return f.Word.Shape
		}
	}
	return words.ShapeNone
}

// list reads expressions up to a closing bracket; a trailing comma is taken. A missing comma or bracket is noted.
func (p *exprParser) list(end Kind, open *Token) (items []Expr, close Token) {
	for {
		t := p.lex.Peek()
		if t.Type == end {
			return items, *p.lex.Next()
		}
		if stmtAhead(p.lex) || closed.has(t.Type) {
			return items, p.close(end, open)
		}
		before := p.lex.RawCursor()
		items = append(items, p.sub())
		if !p.nextItem(end, p.lex.RawCursor() != before && exprStart.has(p.lex.Peek().Type)) {
			return items, p.close(end, open)
		}
	}
}

// callWord reads the operands and the block of a word that takes them without brackets inside an expression.
func (p *exprParser) callWord(n *NameExpr) Expr {
	c := &CallExpr{Fn: n}
	head := p.head
	p.head = true
	p.prefix++
	for p.prefix <= MaxDepth {
		c.Args = append(c.Args, p.binary(precOr))
		if p.lex.Peek().Type != Comma {
			break
		}
		p.lex.Next()
	}
	if p.prefix > MaxDepth {
		p.fault(CodeDeep, strconv.Itoa(MaxDepth))
	}
	p.prefix--
	p.head = head
	if p.lex.Peek().Type == LBrace {
		p.tail(c)
	} else {
		p.want(Symbol(LBrace))
	}
	c.end = previousEnd(p.lex)
	return c
}
