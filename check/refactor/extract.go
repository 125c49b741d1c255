package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// extractVariable gives the selected expression a name, in a statement before the one that it is in.
func extractVariable(p *place) []Action {
	x := p.selectedExpr()
	if x == nil || !p.extractable(x) {
		return nil
	}
	a := Action{ID: "extract-variable", Title: Text{"மாறியாகப் பிரித்தெடு", "Extract into a variable"}}
	s, why := p.carrier(x)
	if s == nil {
		a.Disabled = why
		return one(a)
	}
	name := p.fresh("பெறுமதி", "value")
	a.raw = []diag.Edit{p.before(s, name+" = "+p.text(x)+";"), p.put(p.unwrapped(x), name)}
	return one(a)
}

// unwrapped is an expression with the brackets around it.
func (p *place) unwrapped(x syntax.Expr) syntax.Expr {
	for {
		up, ok := p.parent(x).(*syntax.ParenExpr)
		if !ok {
			return x
		}
		x = up
	}
}

// extractConstant gives a literal a name for the whole program.
func extractConstant(p *place) []Action {
	x := p.selectedExpr()
	if x == nil || !literal(x) || !p.extractable(x) {
		return nil
	}
	first := slices.IndexFunc(p.file.Stmts, func(s syntax.Stmt) bool { _, is := s.(*syntax.ImportStmt); return !is })
	at, end := p.file.Stmts[first].Span().Start+p.file.Base(first), 0
	if first > 0 {
		end = p.file.Stmts[first-1].Span().End + p.file.Base(first-1)
	}
	if !blank(p.file.Src[end:at]) {
		return nil
	}
	name := p.fresh("மாறிலி", "constant")
	a := Action{ID: "extract-constant", Title: Text{"மாறிலியாகப் பிரித்தெடு", "Extract into a constant"}}
	text := p.word("நிலை") + " " + name + " = " + p.text(x) + ";\n"
	a.raw = []diag.Edit{p.edit(syntax.Span{Start: at, End: at}, text), p.put(x, name)}
	return one(a)
}

// extractable tells whether an expression could be a name instead: it is evaluated for its value where it stands.
func (p *place) extractable(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.NameExpr, *syntax.FaultyExpr, *syntax.BadExpr:
		return false
	case *syntax.CallExpr:
		if x.Block != nil {
			return false
		}
	case *syntax.LambdaExpr:
		if x.Implicit {
			return false
		}
	}
	switch up := p.parent(x).(type) {
	case *syntax.ExprStmt, *syntax.InputStmt, *syntax.ConnectStmt, *syntax.ImportStmt:
		return false
	case *syntax.CallExpr:
		if up.Fn == x || up.Tail && up.Args[len(up.Args)-1] == x {
			return false
		}
	case *syntax.FileStmt:
		return up.Path == x
	}
	if _, rule := enclosing[*syntax.FieldDecl](p); rule {
		return false
	}
	return !p.inHead() && !p.isTarget(x)
}

// inHead tells whether the selection is in the head of a block that runs later, which is read before anything runs.
func (p *place) inHead() bool {
	switch s := p.stmt().(type) {
	case *syntax.RouteStmt, *syntax.EveryStmt:
		return true
	case *syntax.WordStmt:
		return s.Body != nil
	}
	return false
}

// isTarget tells whether an expression is part of what a statement assigns to; an index in it is not.
func (p *place) isTarget(x syntax.Expr) bool {
	i := slices.Index(p.path, syntax.Node(x))
	for ; i > 0; i-- {
		switch up := p.path[i-1].(type) {
		case *syntax.IndexExpr:
			if up.Index == p.path[i] {
				return false
			}
		case *syntax.AssignStmt:
			return up.Target == p.path[i]
		case *syntax.InputStmt:
			return true
		case syntax.Stmt:
			return false
		}
	}
	return false
}

// carrier is the statement before which an expression can be evaluated just as well, or why there is none.
func (p *place) carrier(x syntax.Expr) (syntax.Stmt, Text) {
	s := p.anchor()
	if s == nil {
		return nil, Text{"இங்கே கூற்றைச் சேர்க்க இடமில்லை", "there is no place for a statement here"}
	}
	if _, loop := s.(*syntax.WhileStmt); loop {
		return nil, Text{"சுற்றின் நிபந்தனை ஒவ்வொரு சுற்றிலும் கணக்கிடப்படுகிறது", "the condition of a loop is evaluated in every round"}
	}
	sometimes := Text{"இது சில நேரங்களில் மட்டுமே கணக்கிடப்படுகிறது", "it is evaluated only sometimes"}
	for i := slices.Index(p.path, syntax.Node(s)); p.path[i] != syntax.Node(x); i++ {
		switch up := p.path[i].(type) {
		case *syntax.IfStmt:
			if up != s {
				return nil, sometimes
			}
		case *syntax.BinaryExpr:
			if (up.Op.Type == syntax.KwAnd || up.Op.Type == syntax.KwOr) && up.Y == p.path[i+1] {
				return nil, sometimes
			}
		case *syntax.CompareChain:
			if up.Operands[0] != p.path[i+1] && up.Operands[1] != p.path[i+1] {
				return nil, sometimes
			}
		}
	}
	if !literal(x) && p.callBefore(s, x) {
		return nil, Text{"இதற்கு முன் ஓர் அழைப்பு நடக்கிறது", "a call is made before it"}
	}
	return s, Text{}
}

// callBefore tells whether a statement does something before it evaluates an expression in it, which would then come later.
func (p *place) callBefore(s syntax.Stmt, x syntax.Expr) bool {
	return has(s, func(m syntax.Node) bool {
		if _, block := m.(*syntax.Block); block {
			return false
		}
		c, ok := m.(*syntax.CallExpr)
		switch {
		case !ok || inside(x.Span(), m.Span()) || inside(m.Span(), x.Span()):
			return false
		case c.Block != nil:
			return true
		}
		target, assigns := s.(*syntax.AssignStmt)
		late := assigns && inside(x.Span(), target.Target.Span())
		return !safe(x) && (late || m.Span().End <= x.Span().Start)
	})
}

// variables are the places of variables in a span.
func (p *place) variables(at syntax.Span) (list []index.Occurrence) {
	p.Names.NamesIn(p.File, at, func(o index.Occurrence) bool {
		switch o.Symbol.Kind {
		case index.Variable, index.Parameter, index.Loop:
			list = append(list, o)
		}
		return true
	})
	return list
}

// local tells whether the selection is in code that has variables of its own.
func (p *place) local() bool { return len(p.scopes()) > 1 }

// isSelf tells the names of the value before the dot of a method.
func isSelf(name string) bool { return name == "இது" || name == "iqu" || name == "_self" }

// extractExpr makes a function of the selected expression.
func extractExpr(p *place) []Action {
	x := p.selectedExpr()
	if x == nil || literal(x) || !p.extractable(x) {
		return nil
	}
	a := Action{ID: "extract-function", Title: Text{"செயலாகப் பிரித்தெடு", "Extract into a function"}}
	if a.Disabled = p.unmovable(x); a.Disabled != (Text{}) {
		return one(a)
	}
	params := p.needs(p.at(x))
	if slices.ContainsFunc(params, isSelf) {
		a.Disabled = Text{"இது வடிவின் செயலுக்கே உரியது", "இது belongs to the method"}
		return one(a)
	}
	name := p.fresh("கணக்கீடு", "compute")
	text := p.function(name, params, "", p.word("திரும்பு")+" "+p.text(x)+";")
	a.raw = []diag.Edit{p.put(x, name+"("+strings.Join(params, ", ")+")"), p.behindTop(text)}
	return one(a)
}

// unmovable says why a node cannot be part of another function.
func (p *place) unmovable(n syntax.Node) Text {
	switch {
	case has(n, func(m syntax.Node) bool { _, is := m.(*syntax.TryExpr); return is }):
		return Text{"? இந்தச் செயலைவிட்டு வெளியேறும்", "? leaves this function"}
	case leaves(n):
		return Text{"திரும்பு, நிறுத்து அல்லது தொடர் இங்கிருந்து வெளியேறும்", "திரும்பு, நிறுத்து or தொடர் leaves from here"}
	case has(n, func(m syntax.Node) bool { c, is := m.(*syntax.CallExpr); return is && c.Block != nil }):
		return Text{"அழைப்பின் தொகுதி இங்குள்ள மாறிகளை மாற்றலாம்", "the block of a call may change variables here"}
	}
	return Text{}
}

// needs are the variables that code reads which would be elsewhere: those of the function; at the top level all.
func (p *place) needs(at syntax.Span) (list []string) {
	local := p.local()
	for _, o := range p.variables(at) {
		own := slices.ContainsFunc(p.Names.Decls(o.Symbol), func(d index.Occurrence) bool { return d.File == p.File && inside(d.Span, at) })
		if (!local || p.hidden(o.Symbol)) && !own && !slices.Contains(list, o.Symbol.Name) {
			list = append(list, o.Symbol.Name)
		}
	}
	return list
}
