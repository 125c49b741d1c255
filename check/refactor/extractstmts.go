package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// extractStmts makes a function of the selected statements: what they read is its parameters, the variable that is used
// afterwards its answer.
func extractStmts(p *place) []Action {
	list := p.selected()
	if list == nil || p.selectedExpr() != nil || blank(p.slice(p.span)) || slices.ContainsFunc(list, func(s syntax.Stmt) bool { return declares(s) }) {
		return nil
	}
	a := Action{ID: "extract-function", Title: Text{"செயலாகப் பிரித்தெடு", "Extract into a function"}}
	for _, s := range list {
		if why := p.unmovable(s); why != (Text{}) {
			a.Disabled = why
			return one(a)
		}
	}
	if p.answers(list) {
		a.Disabled = Text{"கடைசிக் கூற்று தொகுதியின் மதிப்பு", "the last statement is the value of its block"}
		return one(a)
	}
	m := &move{place: p, stmts: list, at: p.span}
	if a.Disabled = m.plan(); a.Disabled != (Text{}) {
		return one(a)
	}
	name := p.fresh("பகுதி", "part")
	body := p.slice(m.at)
	call := name + "(" + strings.Join(m.params, ", ") + ");"
	if m.result != "" {
		body += "\n" + p.word("திரும்பு") + " " + m.result + ";"
		call = m.head + " = " + call
	}
	a.raw = []diag.Edit{p.edit(m.at, call), p.behindTop(p.function(name, m.params, "", body))}
	return one(a)
}

// answers tells whether the last of some statements is the value of a block.
func (p *place) answers(list []syntax.Stmt) bool {
	last := list[len(list)-1]
	if _, expr := last.(*syntax.ExprStmt); !expr {
		return false
	}
	for i, n := range p.path {
		b, ok := n.(*syntax.Block)
		if !ok || i == 0 || len(b.Stmts) == 0 || b.Stmts[len(b.Stmts)-1] != last {
			continue
		}
		switch p.path[i-1].(type) {
		case *syntax.LambdaExpr, *syntax.CallExpr:
			return true
		}
	}
	return false
}

// move finds what statements need and leave behind.
type move struct {
	*place
	stmts  []syntax.Stmt
	at     syntax.Span
	params []string
	result string
	head   string // what stands before the = of the call
}

// plan fills in parameters and result, or says why the statements have to stay.
func (m *move) plan() Text {
	seen := map[index.Symbol]bool{}
	local := m.local()
	for _, o := range m.variables(m.at) {
		s := o.Symbol
		if seen[s] || local && !m.hidden(s) {
			continue
		}
		seen[s] = true
		if why := m.variable(s, local); why != (Text{}) {
			return why
		}
	}
	return Text{}
}

// variable decides about one variable.
func (m *move) variable(s index.Symbol, local bool) Text {
	reads, writes, after, elsewhere := m.use(s)
	own := !after && !elsewhere && !m.setBefore(s.Name)
	if own || s.Kind == index.Parameter && m.inner(s) {
		return Text{}
	}
	decl, sets := m.sets(s.Name)
	if reads && !sets {
		switch {
		case isSelf(s.Name):
			return Text{"இது வடிவின் செயலுக்கே உரியது", "இது belongs to the method"}
		case !m.setBefore(s.Name):
			return Text{s.Name + " இங்கே மதிப்பு பெற்றிருக்கிறதா எனத் தெரியவில்லை", s.Name + " may have no value yet"}
		}
		m.params = append(m.params, s.Name)
	}
	if !writes || !after && !elsewhere {
		return Text{}
	}
	switch {
	case m.result != "":
		return Text{"பின்னர் தேவைப்படும் மாறிகள் ஒன்றுக்கு மேல்", "more than one variable is needed afterwards"}
	case !sets && !slices.Contains(m.params, s.Name):
		return Text{s.Name + " எப்போதும் மதிப்பு பெறுவதில்லை", s.Name + " is not always set"}
	case m.caught():
		return Text{s.Name + " பிழை பிடிக்கப்பட்ட பின்னும் தேவைப்படலாம்", s.Name + " may be needed after an error is caught"}
	case !local && elsewhere && slices.ContainsFunc(m.stmts, func(n syntax.Stmt) bool { return calls(n) || hasLambda(n) }):
		return Text{s.Name + " வேறு செயல்களிலும் படிக்கப்படுகிறது", s.Name + " is read by other functions too"}
	}
	m.result, m.head = s.Name, s.Name
	if d, ok := decl.(*syntax.VarDecl); ok && m.declaredOnce(s.Name) {
		end := m.place.at(d.Name).End
		if d.Type != nil {
			end = max(end, m.place.at(d.Type).End)
		}
		m.head = m.slice(syntax.Span{Start: m.place.at(d).Start, End: end})
	}
	return Text{}
}

// declaredOnce tells whether only one of the statements declares a variable with a type or as fixed.
func (m *move) declaredOnce(name string) bool {
	n := 0
	for _, s := range m.stmts {
		syntax.Walk(s, func(x syntax.Node) bool {
			if d, ok := x.(*syntax.VarDecl); ok && d.Name != nil && d.Name.Text == name {
				n++
			}
			return true
		})
	}
	return n == 1
}

func hasLambda(n syntax.Node) bool {
	return has(n, func(m syntax.Node) bool { _, is := m.(*syntax.LambdaExpr); return is })
}

// inner tells a parameter of a function value in the statements.
func (m *move) inner(s index.Symbol) bool {
	return slices.ContainsFunc(m.Names.Decls(s), func(d index.Occurrence) bool { return d.File == m.File && inside(d.Span, m.at) })
}

// use tells how a variable is used in the statements, whether it is used behind them, and in other functions or files.
func (m *move) use(s index.Symbol) (reads, writes, after, elsewhere bool) {
	loop, local, scope := m.inLoop(), m.local(), m.scope()
	for _, o := range m.Names.Occurrences(s) {
		switch {
		case local && (o.File != m.File || !inside(o.Span, scope)):
		case o.File != m.File:
			elsewhere = true
		case inside(o.Span, m.at):
			reads = reads || o.Access == index.Read || o.Access == index.Call || m.part(o)
			writes = writes || o.Access == index.Write || o.Access == index.Declare
		default:
			after = after || loop || o.Span.Start >= m.at.End
			if !local && !elsewhere {
				in := m.on(o.Span)
				elsewhere = in.tree == nil || in.local()
			}
		}
	}
	return reads, writes, after, elsewhere
}

// part tells whether a write is of an element or field, which needs the rest of the value.
func (p *place) part(o index.Occurrence) bool {
	rest := strings.TrimLeft(p.file.Src[o.Span.End:], " \t\n")
	return o.Access == index.Write && (strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "."))
}

// inLoop tells whether the statements are run again and again.
func (m *move) inLoop() bool {
	for _, n := range slices.Backward(m.outside()) {
		switch n.(type) {
		case *syntax.FuncDecl, *syntax.LambdaExpr:
			return false
		case *syntax.WhileStmt, *syntax.EachStmt, *syntax.RetryStmt:
			return true
		}
	}
	return false
}

// sets tells whether the statements surely set a variable before they read it, and by which of them.
func (m *move) sets(name string) (syntax.Stmt, bool) {
	for _, s := range m.stmts {
		if setsFirst(s, name) {
			return s, true
		}
		if mentions(s, name) {
			return nil, false
		}
	}
	return nil, false
}

// setsFirst tells whether a statement sets a variable, whatever else happens, and does not read it.
func setsFirst(s syntax.Stmt, name string) bool {
	is := func(x syntax.Expr) bool { n, ok := x.(*syntax.NameExpr); return ok && n.Text == name }
	named := func(n *syntax.Name) bool { return n != nil && n.Text == name }
	switch s := s.(type) {
	case *syntax.AssignStmt:
		return is(s.Target) && !mentions(s.Value, name)
	case *syntax.VarDecl:
		return named(s.Name) && (s.Init == nil || !mentions(s.Init, name))
	case *syntax.ExprStmt:
		return is(s.X)
	case *syntax.InputStmt:
		return is(s.Target)
	case *syntax.FileStmt:
		return named(s.Into)
	case *syntax.QueryStmt:
		return named(s.Into)
	}
	return false
}

// setBefore tells whether a variable surely has a value where the statements begin.
func (p *place) setBefore(name string) bool {
	is := func(n *syntax.Name) bool { return n != nil && n.Text == name }
	before := func(list []syntax.Stmt, base func(i int) int) bool {
		for i, s := range list {
			if s.Span().End+base(i) > p.span.Start {
				break
			}
			if sets(s, name) {
				return true
			}
		}
		return false
	}
	for _, n := range slices.Backward(p.outside()) {
		switch n := n.(type) {
		case *syntax.Block:
			if before(n.Stmts, func(int) int { return p.base }) {
				return true
			}
		case *syntax.EachStmt:
			if is(n.Var) {
				return true
			}
		case *syntax.FuncDecl:
			return takes(n.Sig, name)
		case *syntax.LambdaExpr:
			return takes(n.Sig, name)
		case *syntax.RouteStmt, *syntax.EveryStmt:
			return false
		}
	}
	return before(p.file.Stmts, p.file.Base)
}

// sets tells whether a statement surely sets a variable.
func sets(s syntax.Stmt, name string) bool {
	if a, ok := s.(*syntax.AssignStmt); ok {
		x, is := a.Target.(*syntax.NameExpr)
		return is && x.Text == name
	}
	if d, ok := s.(*syntax.VarDecl); ok {
		return d.Name != nil && d.Name.Text == name
	}
	return setsFirst(s, name)
}

func takes(sig *syntax.Signature, name string) bool {
	return sig != nil && slices.ContainsFunc(sig.Params, func(p *syntax.Param) bool { return p.Name != nil && p.Name.Text == name })
}
