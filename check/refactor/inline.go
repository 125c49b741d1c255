package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// inlineVariable writes a variable's value where it is read, and takes the variable away.
func inlineVariable(p *place) []Action {
	s, name, value := p.assignment()
	if s == nil || value == nil || p.span.Start > p.at(name).End {
		return nil
	}
	sym, ok := p.symbol(name)
	list, _ := p.siblings(s)
	if !ok || sym.Kind != index.Variable || list == nil {
		return nil
	}
	a := Action{ID: "inline-variable", Title: Text{"மாறியின் இடத்தில் மதிப்பை எழுது: " + sym.Name, "Inline the variable " + sym.Name}}
	reads, why := p.onlyReads(sym, p.at(name))
	if why != (Text{}) {
		a.Disabled = why
		return one(a)
	}
	if len(reads) == 0 {
		return nil
	}
	early := slices.ContainsFunc(reads, func(o index.Occurrence) bool { return o.Span.Start < p.at(s).Start })
	if early || !literal(value) && !p.nextAlone(s, value, reads) && !p.constant(s, value, reads) {
		a.Disabled = Text{"அங்கே மதிப்பு வேறாக இருக்கலாம்", "the value may be another one there"}
		return one(a)
	}
	a.raw = []diag.Edit{p.drop(s)}
	for _, r := range reads {
		q := p.on(r.Span)
		text, ok := q.asOperand(p, value)
		if !ok {
			a.Disabled = Text{"அங்கே பெயர் மட்டுமே நிற்கலாம்", "only a name can stand there"}
			return one(a)
		}
		a.raw = append(a.raw, p.edit(r.Span, text))
	}
	return p.typed(a)
}

// assignment is the statement at the selection that sets a whole variable.
func (p *place) assignment() (syntax.Stmt, *syntax.Name, syntax.Expr) {
	switch s := p.stmt().(type) {
	case *syntax.VarDecl:
		if s.Name != nil {
			return s, s.Name, s.Init
		}
	case *syntax.AssignStmt:
		if x, ok := s.Target.(*syntax.NameExpr); ok {
			return s, &x.Name, s.Value
		}
	}
	return nil, nil, nil
}

// onlyReads are the places that read a variable which is set at one place alone.
func (p *place) onlyReads(sym index.Symbol, set syntax.Span) ([]index.Occurrence, Text) {
	var reads []index.Occurrence
	for _, o := range p.Names.Occurrences(sym) {
		switch {
		case o.File == p.File && o.Span == set:
		case o.File != p.File || o.Quoted || len(o.Also) > 0:
			return nil, Text{"மற்றக் கோப்புகளும் இதைப் பயன்படுத்துகின்றன", "other files use it too"}
		case o.Access == index.Write || o.Access == index.Declare:
			return nil, Text{"இதன் மதிப்பு வேறு இடத்திலும் மாற்றப்படுகிறது", "it is set at another place too"}
		case o.Access == index.Call:
			return nil, Text{"இது செயலாக அழைக்கப்படுகிறது", "it is called"}
		default:
			reads = append(reads, o)
		}
	}
	return reads, Text{}
}

// nextAlone tells whether the only read is in the next statement, where it is evaluated first and once.
func (p *place) nextAlone(s syntax.Stmt, value syntax.Expr, reads []index.Occurrence) bool {
	next := p.next(s)
	if next == nil || len(reads) != 1 || !inside(reads[0].Span, p.at(next)) {
		return false
	}
	q := p.on(reads[0].Span)
	x, ok := q.read()
	if !ok || q.anchor() == nil || q.at(q.anchor()) != p.at(next) || q.isTarget(x) {
		return false
	}
	if _, why := q.carrier(x); why != (Text{}) {
		return false
	}
	if target, ok := next.(*syntax.AssignStmt); ok && inside(x.Span(), target.Target.Span()) {
		return false
	}
	first := !has(next, func(m syntax.Node) bool {
		e, is := m.(syntax.Expr)
		return is && p.at(e).End <= reads[0].Span.Start && !safe(e)
	})
	return safe(value) || first
}

// read is the name at the selection as an expression.
func (p *place) read() (syntax.Expr, bool) {
	x, ok := innermost[*syntax.NameExpr](p)
	return x, ok && p.at(x) == p.span
}

// constant tells whether a value is the same wherever it is read: it does nothing, and its names never change.
func (p *place) constant(s syntax.Stmt, value syntax.Expr, reads []index.Occurrence) bool {
	if calls(value) || hasLambda(value) || has(value, func(m syntax.Node) bool { _, is := m.(*syntax.RecordLit); return is }) {
		return false
	}
	scope := p.scope()
	for _, r := range reads {
		if r.Span.Start < p.at(s).End || p.on(r.Span).scope() != scope {
			return false
		}
	}
	for _, o := range p.variables(p.at(value)) {
		n := 0
		for _, other := range p.Names.Occurrences(o.Symbol) {
			if other.Access == index.Write || other.Access == index.Declare {
				n++
			}
		}
		if n > 1 || n == 1 && !p.setBefore(o.Symbol.Name) || p.again() {
			return false
		}
	}
	return true
}

// again tells whether the selection is in a loop.
func (p *place) again() bool { return (&move{place: p}).inLoop() }

// chained tells whether a node is in the middle of a chain of comparisons, where only names, literals and their parts stand.
func (p *place) chained(n syntax.Node) bool {
	for _, m := range p.path {
		c, ok := m.(*syntax.CompareChain)
		if !ok || n == m {
			continue
		}
		for _, x := range c.Operands[1 : len(c.Operands)-1] {
			if inside(n.Span(), x.Span()) {
				return true
			}
		}
	}
	return false
}

// scope is the function, function value or route around the selection; the whole file at the top level.
func (p *place) scope() syntax.Span {
	all := p.scopes()
	return all[len(all)-1]
}

// scopes are all of them, the outermost first.
func (p *place) scopes() []syntax.Span {
	list := []syntax.Span{{End: len(p.file.Src)}}
	for _, n := range p.outside() {
		switch n := n.(type) {
		case *syntax.FuncDecl, *syntax.LambdaExpr, *syntax.RouteStmt, *syntax.EveryStmt:
			list = append(list, p.at(n))
		case *syntax.WordStmt:
			if n.Body != nil {
				list = append(list, p.at(n))
			}
		}
	}
	return list
}

// hidden tells whether a variable belongs to the code around the selection: no other function would see it. A function value
// has copies of those of the function around it.
func (p *place) hidden(s index.Symbol) bool {
	if s.Local() || !p.local() {
		return s.Local()
	}
	scope := p.scopes()[1]
	return slices.ContainsFunc(p.Names.Occurrences(s), func(o index.Occurrence) bool {
		return o.File == p.File && inside(o.Span, scope) && (o.Access == index.Write || o.Access == index.Declare)
	})
}

// asOperand is the text of another place's expression to stand where the selected name does.
func (p *place) asOperand(from *place, value syntax.Expr) (string, bool) {
	x, ok := p.read()
	if !ok || p.isTarget(x) {
		return "", false
	}
	text := from.text(value)
	if p.chained(x) && (!literal(value) || p.chained(p.parent(x))) {
		return "", false
	}
	switch up := p.parent(x).(type) {
	case *syntax.CompareChain, *syntax.BinaryExpr, *syntax.UnaryExpr, *syntax.IndexExpr, *syntax.FieldExpr, *syntax.TryExpr, *syntax.EachStmt:
		return from.wrapped(value), true
	case *syntax.CallExpr:
		if up.Fn == x || up.Tail {
			return from.wrapped(value), true
		}
	case *syntax.ExprStmt:
		return "", false
	case *syntax.WordStmt, *syntax.RouteStmt, *syntax.EveryStmt:
		return text, literal(value)
	}
	return text, true
}

// inlineFunction writes what a function answers where it is called, for one that does nothing else.
func inlineFunction(p *place) []Action {
	call, ok := innermost[*syntax.CallExpr](p)
	if !ok || call.Block != nil || call.Tail || call.Open.Type == 0 {
		return nil
	}
	name, ok := call.Fn.(*syntax.NameExpr)
	if !ok || p.span.Start < p.at(name).Start || p.span.End > p.at(name).End {
		return nil
	}
	sym, ok := p.symbol(name)
	if !ok || sym.Kind != index.Function {
		return nil
	}
	decls := p.Names.Decls(sym)
	if len(decls) != 1 || slices.ContainsFunc(p.Names.Occurrences(sym), func(o index.Occurrence) bool { return o.Access == index.Write }) {
		return nil
	}
	a := Action{ID: "inline-function", Title: Text{"செயலின் விடையை இங்கே எழுது: " + sym.Name, "Inline the function " + sym.Name}}
	text, why := p.inlined(call, decls[0])
	if a.Disabled = why; why == (Text{}) {
		a.raw = []diag.Edit{p.put(call, text)}
		if p.onlyCall(decls[0]) {
			a.raw, a.sheds = append(a.raw, p.in(decls[0]).removeFunction().raw...), true
		}
	}
	return p.typed(a)
}

// onlyCall tells whether a function is mentioned at its declaration and at one more place.
func (p *place) onlyCall(decl index.Occurrence) bool {
	return len(p.Names.Occurrences(decl.Symbol)) == 2 && (p.Places == nil || p.Places(decl) == 2)
}

// inlined is the text that a call answers, or why it cannot be written.
func (p *place) inlined(call *syntax.CallExpr, decl index.Occurrence) (string, Text) {
	from := p.in(decl)
	if from.tree == nil {
		return "", Text{"செயலில் தொடரியல் பிழை உள்ளது", "the function has a syntax error"}
	}
	f, ok := from.stmt().(*syntax.FuncDecl)
	if !ok || f.Background || f.Body == nil || len(f.Body.Stmts) != 1 {
		return "", Text{"செயல் ஒரு திரும்பு மட்டும் கொண்டதல்ல", "the function is more than one திரும்பு"}
	}
	ret, ok := f.Body.Stmts[0].(*syntax.ReturnStmt)
	if !ok || ret.Value == nil || comments(from.text(f.Body)) != "" {
		return "", Text{"செயல் ஒரு திரும்பு மட்டும் கொண்டதல்ல", "the function is more than one திரும்பு"}
	}
	x := ret.Value
	switch {
	case len(call.Args) != len(f.Sig.Params):
		return "", Text{"உள்ளீடுகளின் எண்ணிக்கை பொருந்தவில்லை", "the number of arguments does not fit"}
	case hasLambda(x) || leaves(x) || mentions(x, f.Name.Text) || has(x, func(m syntax.Node) bool { c, is := m.(*syntax.CallExpr); return is && c.Block != nil }):
		return "", Text{"விடை செயலுக்குள்ளேயே கணக்கிடப்பட வேண்டும்", "the answer has to be computed inside the function"}
	}
	args := map[string]string{}
	for i, param := range f.Sig.Params {
		if param.Name == nil || args[param.Name.Text] != "" || !safe(call.Args[i]) {
			return "", Text{"உள்ளீடுகள் தாங்களே கணக்கீடுகள்; முதலில் மாறிகளாக்கவும்", "its arguments are computed; extract them first"}
		}
		args[param.Name.Text] = p.wrapped(call.Args[i])
	}
	for _, o := range from.variables(from.at(x)) {
		if args[o.Symbol.Name] == "" && p.local() && p.ownName(o.Symbol.Name) {
			return "", Text{o.Symbol.Name + " இங்கே வேறு மாறி", o.Symbol.Name + " is another variable here"}
		}
	}
	text := from.substituted(x, args)
	switch p.parent(call).(type) {
	case *syntax.ExprStmt:
		if _, again := x.(*syntax.CallExpr); !again {
			return "", Text{"விடை இங்கே பயன்படுவதில்லை", "the answer is not used here"}
		}
	case *syntax.BinaryExpr, *syntax.UnaryExpr, *syntax.CompareChain, *syntax.IndexExpr, *syntax.FieldExpr, *syntax.TryExpr,
		*syntax.CallExpr, *syntax.EachStmt:
		if !primary(x) {
			text = "(" + text + ")"
		}
	}
	return text, Text{}
}

// ownName tells whether the function around the selection has a variable of a name.
func (p *place) ownName(name string) bool {
	return slices.ContainsFunc(p.Names.Visible(p.File, p.span.Start), func(s index.Symbol) bool { return s.Name == name && s.Local() })
}

// substituted is an expression's text with names replaced by other texts.
func (p *place) substituted(x syntax.Expr, by map[string]string) string {
	var b strings.Builder
	end := p.at(x).Start
	syntax.Walk(x, func(n syntax.Node) bool {
		name, ok := n.(*syntax.NameExpr)
		if !ok {
			return true
		}
		if text := by[name.Text]; text != "" {
			b.WriteString(p.slice(syntax.Span{Start: end, End: p.at(n).Start}) + text)
			end = p.at(n).End
		}
		return true
	})
	return b.String() + p.slice(syntax.Span{Start: end, End: p.at(x).End})
}
