package refactor

import (
	"slices"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// logic are the changes of conditions.
func logic(p *place) (list []Action) {
	for _, f := range []func(*place) Action{deMorgan, factorNot, flipComparison, mergeChain, splitChain, removeParens} {
		if a := f(p); a.ID != "" {
			list = append(list, a)
		}
	}
	return list
}

// deMorgan writes இல்லை (a மற்றும் b) as இல்லை a அல்லது இல்லை b.
func deMorgan(p *place) Action {
	n, ok := innermost[*syntax.UnaryExpr](p)
	if !ok || n.Op.Type != syntax.KwNot {
		return Action{}
	}
	in, ok := n.X.(*syntax.ParenExpr)
	if !ok {
		return Action{}
	}
	b, ok := in.X.(*syntax.BinaryExpr)
	if !ok || b.Op.Type != syntax.KwAnd && b.Op.Type != syntax.KwOr {
		return Action{}
	}
	op := p.word("அல்லது")
	if b.Op.Type == syntax.KwOr {
		op = p.word("மற்றும்")
	}
	text := p.notOperand(b.X) + " " + op + " " + p.notOperand(b.Y)
	if !p.open(n) {
		text = "(" + text + ")"
	}
	return Action{ID: "de-morgan", Title: Text{"இல்லையை உள்ளே எடுத்துச்செல்", "Move இல்லை inside"}, raw: []diag.Edit{p.put(n, text)}}
}

// notOperand is the opposite of an operand, as a truth value.
func (p *place) notOperand(x syntax.Expr) string {
	if n, ok := x.(*syntax.UnaryExpr); ok && n.Op.Type == syntax.KwNot && !p.logical(n.X) {
		return p.word("இல்லை") + " " + p.word("இல்லை") + " " + p.wrapped(n.X)
	}
	text := p.not(x)
	if n, ok := x.(*syntax.UnaryExpr); ok && n.Op.Type == syntax.KwNot && !primary(n.X) {
		return "(" + text + ")"
	}
	return text
}

// logical tells an expression that is always true or false.
func (p *place) logical(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.ParenExpr:
		return p.logical(x.X)
	case *syntax.CompareChain:
		return true
	case *syntax.UnaryExpr:
		return x.Op.Type == syntax.KwNot
	case *syntax.ConstLit:
		return x.Tok.Type != syntax.KwNull
	case *syntax.BinaryExpr:
		switch x.Op.Type {
		case syntax.Eq, syntax.Ne, syntax.Lt, syntax.Le, syntax.Gt, syntax.Ge, syntax.KwAnd, syntax.KwOr:
			return true
		}
	}
	return false
}

// open tells an expression that stands where any may stand: alone in brackets or behind a word.
func (p *place) open(x syntax.Expr) bool {
	switch up := p.parent(x).(type) {
	case *syntax.ParenExpr, *syntax.AssignStmt, *syntax.VarDecl, *syntax.ReturnStmt, *syntax.PrintStmt, *syntax.ArrayLit, *syntax.RecordField:
		return true
	case *syntax.IfStmt:
		return up.Cond == x
	case *syntax.WhileStmt:
		return up.Cond == x
	case *syntax.CallExpr:
		return slices.Contains(up.Args, x) && !up.Tail
	}
	return false
}

// factorNot writes இல்லை a மற்றும் இல்லை b as இல்லை (a அல்லது b).
func factorNot(p *place) Action {
	b, ok := innermost[*syntax.BinaryExpr](p)
	if !ok || b.Op.Type != syntax.KwAnd && b.Op.Type != syntax.KwOr {
		return Action{}
	}
	x, okX := b.X.(*syntax.UnaryExpr)
	y, okY := b.Y.(*syntax.UnaryExpr)
	if !okX || !okY || x.Op.Type != syntax.KwNot || y.Op.Type != syntax.KwNot || !p.open(b) {
		return Action{}
	}
	op := p.word("அல்லது")
	if b.Op.Type == syntax.KwOr {
		op = p.word("மற்றும்")
	}
	text := p.word("இல்லை") + " (" + p.branchOperand(x.X) + " " + op + " " + p.branchOperand(y.X) + ")"
	return Action{ID: "factor-not", Title: Text{"இல்லையை வெளியே எடு", "Take இல்லை outside"}, raw: []diag.Edit{p.put(b, text)}}
}

// branchOperand is the text of an operand of மற்றும் or அல்லது.
func (p *place) branchOperand(x syntax.Expr) string {
	if b, ok := x.(*syntax.BinaryExpr); ok && (b.Op.Type == syntax.KwAnd || b.Op.Type == syntax.KwOr) {
		return "(" + p.text(x) + ")"
	}
	return p.text(x)
}

// comparison is the comparison whose sign or operands are selected.
func (p *place) comparison() (*syntax.BinaryExpr, bool) {
	b, ok := innermost[*syntax.BinaryExpr](p)
	if !ok {
		return nil, false
	}
	switch b.Op.Type {
	case syntax.Eq, syntax.Ne, syntax.Lt, syntax.Le, syntax.Gt, syntax.Ge:
		return b, true
	}
	return nil, false
}

// flipComparison swaps the operands of a comparison.
func flipComparison(p *place) Action {
	b, ok := p.comparison()
	if !ok {
		return Action{}
	}
	a := Action{ID: "flip-comparison", Title: Text{"ஒப்பீட்டின் இருபுறங்களையும் மாற்று", "Swap the sides of the comparison"}}
	if calls(b.X) || calls(b.Y) || !safe(b.X) && !safe(b.Y) && !p.both(b) {
		a.Disabled = Text{"இருபுறங்களின் வரிசை முக்கியமாக இருக்கலாம்", "their order may matter"}
		return a
	}
	op := map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}[b.Op.Value]
	a.raw = []diag.Edit{p.put(b, p.text(b.Y)+" "+op+" "+p.text(b.X))}
	return a
}

// both tells whether the operands of a comparison do nothing, so that only an error could come earlier.
func (p *place) both(b *syntax.BinaryExpr) bool { return !calls(b.X) && !calls(b.Y) }

// mergeChain writes a < b மற்றும் b < c as a < b < c.
func mergeChain(p *place) Action {
	b, ok := innermost[*syntax.BinaryExpr](p)
	if up, is := p.parent(b).(*syntax.BinaryExpr); ok && is && b.Op.Type != syntax.KwAnd {
		b = up
	}
	if !ok || b.Op.Type != syntax.KwAnd {
		return Action{}
	}
	x, okX := b.X.(*syntax.BinaryExpr)
	y, okY := b.Y.(*syntax.BinaryExpr)
	if !okX || !okY || !compares(x) || !compares(y) || p.text(x.Y) != p.text(y.X) || !chainable(x.Y) || x.Op.Value[0] != y.Op.Value[0] {
		return Action{}
	}
	text := p.text(x) + " " + y.Op.Value + " " + p.text(y.Y)
	return Action{ID: "merge-chain", Title: Text{"ஒரே தொடர் ஒப்பீடாக்கு", "Make it a chain of comparisons"}, raw: []diag.Edit{p.put(b, text)}}
}

// compares tells a comparison of plain operands.
func compares(b *syntax.BinaryExpr) bool {
	switch b.Op.Type {
	case syntax.Lt, syntax.Le, syntax.Gt, syntax.Ge, syntax.Eq:
		return true
	}
	return false
}

// chainable tells what may stand in the middle of a chain.
func chainable(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.NameExpr, *syntax.NumberLit, *syntax.TextLit, *syntax.ConstLit:
		return true
	case *syntax.FieldExpr:
		return chainable(x.X)
	case *syntax.IndexExpr:
		return chainable(x.X) && chainable(x.Index)
	}
	return false
}

// splitChain is the way back.
func splitChain(p *place) Action {
	c, ok := innermost[*syntax.CompareChain](p)
	if !ok {
		return Action{}
	}
	text := ""
	for i, op := range c.Ops {
		if i > 0 {
			text += " " + p.word("மற்றும்") + " "
			if !chainable(c.Operands[i]) {
				return Action{}
			}
		}
		text += p.text(c.Operands[i]) + " " + op.Value + " " + p.text(c.Operands[i+1])
	}
	if !p.open(c) {
		text = "(" + text + ")"
	}
	return Action{ID: "split-chain", Title: Text{"மற்றும் கொண்டு பிரி", "Split the chain with மற்றும்"}, raw: []diag.Edit{p.put(c, text)}}
}

// removeParens takes needless brackets away.
func removeParens(p *place) Action {
	x, ok := innermost[*syntax.ParenExpr](p)
	if !ok || !primary(x.X) && !p.open(x) {
		return Action{}
	}
	switch up := p.parent(x).(type) {
	case *syntax.CallExpr:
		if up.Fn == x {
			return Action{}
		}
	case *syntax.EachStmt:
		return Action{}
	case *syntax.FieldExpr:
		if literal(x.X) {
			return Action{}
		}
	}
	text := p.text(x.X)
	if p.at(x).Start > 0 && isWordByte(p.file.Src[p.at(x).Start-1]) {
		text = " " + text
	}
	return Action{ID: "remove-parentheses", Title: Text{"தேவையற்ற அடைப்புக்குறிகளை நீக்கு", "Remove the needless brackets"}, raw: []diag.Edit{p.put(x, text)}}
}

// isWordByte tells a byte that may end a word.
func isWordByte(b byte) bool {
	return b >= 0x80 || b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
