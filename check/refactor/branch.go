package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// branches are the changes of an எனில்.
func branches(p *place) (list []Action) {
	s, ok := p.stmt().(*syntax.IfStmt)
	if !ok || s.Then == nil || s.Then.Close.Type == 0 {
		return nil
	}
	for _, f := range []func(*place, *syntax.IfStmt) Action{
		invertIf, mergeElseIf, splitElseIf, mergeIf, splitIf, earlyLeave, toElse, dropElse, constantIf,
	} {
		if a := f(p, s); a.ID != "" {
			list = append(list, a)
		}
	}
	return list
}

// body is what stands between the braces of a block, with its comments.
func (p *place) body(b *syntax.Block) string {
	return p.slice(syntax.Span{Start: p.tok(&b.Open).End, End: p.tok(&b.Close).Start})
}

// inner are a block's statements without the blanks around them.
func (p *place) inner(b *syntax.Block) string { return strings.TrimSpace(p.body(b)) }

// block is a block's text.
func block(body string) string { return "{\n" + strings.TrimSpace(body) + "\n}" }

// whole tells a block that was closed.
func whole(b *syntax.Block) bool { return b != nil && b.Open.Type != 0 && b.Close.Type != 0 }

// not is the text of the opposite of a condition.
func (p *place) not(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.ParenExpr:
		return p.not(x.X)
	case *syntax.UnaryExpr:
		if x.Op.Type == syntax.KwNot {
			if inner, ok := x.X.(*syntax.ParenExpr); ok {
				return p.text(inner.X)
			}
			return p.text(x.X)
		}
	case *syntax.ConstLit:
		switch x.Tok.Type {
		case syntax.KwTrue:
			return p.word("பொய்")
		case syntax.KwFalse:
			return p.word("மெய்")
		}
	case *syntax.BinaryExpr:
		if op := p.opposite(x); op != "" {
			return p.text(x.X) + " " + op + " " + p.text(x.Y)
		}
	}
	return p.word("இல்லை") + " " + p.wrapped(x)
}

// opposite is the operator that holds where another does not; "" where that depends on what is compared: of values without
// an order neither < nor >= holds.
func (p *place) opposite(x *syntax.BinaryExpr) string {
	switch x.Op.Type {
	case syntax.Eq:
		return "!="
	case syntax.Ne:
		return "=="
	}
	k := p.kind(x.X)
	if k != p.kind(x.Y) || k != check.Number && k != check.Text {
		return ""
	}
	switch x.Op.Type {
	case syntax.Lt:
		return ">="
	case syntax.Le:
		return ">"
	case syntax.Gt:
		return "<="
	case syntax.Ge:
		return "<"
	}
	return ""
}

// invertIf swaps the branches of an எனில் and turns its condition round.
func invertIf(p *place, s *syntax.IfStmt) Action {
	other, ok := s.Else.(*syntax.Block)
	if !ok || !whole(other) || len(s.Then.Stmts) == 0 && comments(p.text(s.Then)) == "" {
		return Action{}
	}
	return Action{
		ID: "invert-if", Title: Text{"நிபந்தனையைத் தலைகீழாக்கு", "Invert the condition"},
		raw: []diag.Edit{p.put(s.Cond, p.not(s.Cond)), p.put(s.Then, block(p.body(other))), p.put(other, block(p.body(s.Then)))},
	}
}

// mergeElseIf writes இன்றேல் { (…) எனில் … } as இன்றேல் (…) எனில் ….
func mergeElseIf(p *place, s *syntax.IfStmt) Action {
	other, ok := s.Else.(*syntax.Block)
	if !ok || !whole(other) || len(other.Stmts) != 1 {
		return Action{}
	}
	inner, ok := other.Stmts[0].(*syntax.IfStmt)
	if !ok {
		return Action{}
	}
	return Action{
		ID: "merge-else-if", Title: Text{"இன்றேல் உள்ளிருக்கும் எனிலோடு சேர்", "Join இன்றேல் with the எனில் in it"},
		raw: []diag.Edit{p.put(other, p.text(inner))},
	}
}

// splitElseIf is the way back.
func splitElseIf(p *place, s *syntax.IfStmt) Action {
	inner, ok := s.Else.(*syntax.IfStmt)
	if !ok {
		return Action{}
	}
	return Action{
		ID: "split-else-if", Title: Text{"இன்றேல் எனிலைத் தொகுதியாக்கு", "Put the எனில் into a block of இன்றேல்"},
		raw: []diag.Edit{p.put(inner, block(p.text(inner)))},
	}
}

// operand is the text of a condition as an operand of மற்றும்.
func (p *place) operand(x syntax.Expr) string {
	if b, ok := x.(*syntax.BinaryExpr); ok && b.Op.Type == syntax.KwOr {
		return "(" + p.text(x) + ")"
	}
	return p.text(x)
}

// mergeIf makes one எனில் of two where one holds nothing but the other.
func mergeIf(p *place, s *syntax.IfStmt) Action {
	if s.Else != nil || len(s.Then.Stmts) != 1 {
		return Action{}
	}
	inner, ok := s.Then.Stmts[0].(*syntax.IfStmt)
	if !ok || inner.Else != nil || !whole(inner.Then) {
		return Action{}
	}
	return Action{
		ID: "merge-if", Title: Text{"உள்ளிருக்கும் எனிலோடு சேர்", "Join with the எனில் inside"},
		raw: []diag.Edit{
			p.put(s.Cond, p.operand(s.Cond)+" "+p.word("மற்றும்")+" "+p.operand(inner.Cond)), p.put(s.Then, p.text(inner.Then)),
		},
	}
}

// splitIf makes two எனில் of one whose condition is joined by மற்றும்.
func splitIf(p *place, s *syntax.IfStmt) Action {
	cond, ok := s.Cond.(*syntax.BinaryExpr)
	if !ok || cond.Op.Type != syntax.KwAnd || s.Else != nil {
		return Action{}
	}
	inner := "(" + p.text(cond.Y) + ") " + p.word("எனில்") + " " + p.text(s.Then)
	return Action{
		ID: "split-if", Title: Text{"நிபந்தனையை இரண்டு எனிலாகப் பிரி", "Split into two எனில்"},
		raw: []diag.Edit{p.put(cond, p.text(cond.X)), p.put(s.Then, block(inner))},
	}
}

// earlyLeave turns the last எனில் of a function or loop into one that leaves where the condition does not hold.
func earlyLeave(p *place, s *syntax.IfStmt) Action {
	list, i := p.siblings(s)
	if s.Else != nil || i < 0 || i != len(list)-1 || len(s.Then.Stmts) == 0 {
		return Action{}
	}
	b, ok := p.parent(s).(*syntax.Block)
	if !ok {
		return Action{}
	}
	word := ""
	switch p.parent(b).(type) {
	case *syntax.FuncDecl:
		word = p.word("திரும்பு")
	case *syntax.WhileStmt, *syntax.EachStmt:
		word = p.word("தொடர்")
		if p.written(word+" ") || p.written(word+"=") {
			return Action{} // it may be a variable
		}
	default:
		return Action{}
	}
	head := "(" + p.not(s.Cond) + ") " + p.word("எனில்") + " {\n" + word + ";\n}\n"
	return Action{
		ID: "early-return", Title: Text{"முன்கூட்டியே வெளியேறு", "Leave early instead"},
		raw: []diag.Edit{p.put(s, head+p.inner(s.Then))},
	}
}

// toElse puts what follows an எனில் that leaves into its இன்றேல்.
func toElse(p *place, s *syntax.IfStmt) Action {
	list, i := p.siblings(s)
	b, inBlock := p.parent(s).(*syntax.Block)
	if s.Else != nil || !inBlock || !whole(b) || i < 0 || i == len(list)-1 || !ends(s.Then) || p.answers(list[i+1:]) ||
		slices.ContainsFunc(list[i+1:], func(s syntax.Stmt) bool { return declares(s) }) || p.valued(b) {
		return Action{}
	}
	rest := syntax.Span{Start: p.at(s).End, End: p.tok(&b.Close).Start}
	return Action{
		ID: "to-else", Title: Text{"பின்வருவதை இன்றேலுக்குள் வை", "Put what follows into இன்றேல்"},
		raw: []diag.Edit{p.edit(rest, " "+p.word("இன்றேல்")+" "+block(p.slice(rest))+"\n")},
	}
}

// valued tells a block whose last statement may be its value.
func (p *place) valued(b *syntax.Block) bool {
	switch p.parent(b).(type) {
	case *syntax.LambdaExpr, *syntax.CallExpr:
		return true
	}
	return false
}

// dropElse takes away an இன்றேல் behind a branch that leaves.
func dropElse(p *place, s *syntax.IfStmt) Action {
	other, ok := s.Else.(*syntax.Block)
	list, _ := p.siblings(s)
	b, inBlock := p.parent(s).(*syntax.Block)
	if !ok || !whole(other) || list == nil || inBlock && p.valued(b) || !ends(s.Then) || p.gap(p.at(s.Then).End, p.at(other).Start) {
		return Action{}
	}
	return Action{
		ID: "drop-else", Title: Text{"தேவையற்ற இன்றேலை நீக்கு", "Remove the needless இன்றேல்"},
		raw: []diag.Edit{p.edit(syntax.Span{Start: p.at(s.Then).End, End: p.at(s).End}, "\n"+p.inner(other))},
	}
}

// gap tells whether comments stand between two places.
func (p *place) gap(a, b int) bool { return comments(p.file.Src[a:max(a, b)]) != "" }

// constantIf leaves of an எனில் whose condition is written out the branch that is taken.
func constantIf(p *place, s *syntax.IfStmt) Action {
	c, ok := s.Cond.(*syntax.ConstLit)
	list, _ := p.siblings(s)
	b, inBlock := p.parent(s).(*syntax.Block)
	if !ok || list == nil || inBlock && p.valued(b) {
		return Action{}
	}
	kept, gone := s.Then, s.Else
	if c.Tok.Type != syntax.KwTrue {
		kept, gone = nil, s.Then
		if inner, ok := s.Else.(*syntax.Block); ok {
			kept = inner
		} else if s.Else != nil {
			return Action{}
		}
	}
	if gone != nil && declares(gone) || kept != nil && !whole(kept) {
		return Action{}
	}
	a := Action{ID: "constant-if", Title: Text{"எப்போதும் நடக்கும் கிளையை மட்டும் வை", "Keep only the branch that is taken"}, raw: []diag.Edit{p.drop(s)}}
	if kept != nil && len(kept.Stmts) > 0 {
		a.raw = []diag.Edit{p.put(s, p.inner(kept))}
	}
	return a
}
