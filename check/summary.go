package check

import (
	"maps"
	"slices"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// summary is what one top-level statement says of names, whatever the rest of the program is. It depends on the
// statement's text alone, with all places counted from its start.
type summary struct {
	text      string
	funcs     int // named functions inside
	shapes    int // shapes inside
	acts      bool
	responds  bool
	mentions  []string  // names called or read
	fields    []string  // names called on a value
	values    []string  // names read as values
	reads     []mention // how often a name is mentioned
	writes    []local   // of the top level, each name once
	mocks     []string
	tables    map[string][]string
	declared  []local // every name that the statement declares
	routes    []routeInfo
	roles     []string
	openRoles bool // a role whose name is computed
	found     []remark
}

// local is a name and where it stands.
type local struct {
	name       string
	start, end int
	kind       nameKind
	odd        *oddity
}

// mention is how often a name is mentioned.
type mention struct {
	name string
	n    int
}

// nameKind tells what a declared name is.
type nameKind uint8

const (
	nameVar   nameKind = iota
	nameTyped          // a variable declared with its type
	nameParam
	nameFunc
	nameShape
	nameField
	nameLoop // of ஒவ்வொரு or பிழை
	nameInto // what a statement reads into
)

// routeInfo is one வழி.
type routeInfo struct {
	method, path string
	at           local
	guards       []local
}

// reader makes a summary.
type reader struct {
	it     *item
	sum    *summary
	scope  *names
	calls  map[string]bool
	meth   map[string]bool
	values map[string]bool
	reads  map[string]int
}

// names are the variables of one function while it is read.
type names struct {
	outer  *names
	params []local
	writes []local
	reads  map[string]bool
	lambda bool
	global bool
	method bool
}

func summarise(it *item) *summary {
	r := &reader{
		it: it, calls: map[string]bool{}, meth: map[string]bool{}, values: map[string]bool{}, reads: map[string]int{},
		sum: &summary{},
	}
	r.scope = &names{global: true, reads: map[string]bool{}}
	switch it.stmt.(type) {
	case *syntax.FuncDecl, *syntax.ShapeDecl, *syntax.VarDecl, *syntax.AssignStmt:
	default:
		r.sum.acts = true
	}
	r.walk(it.stmt)
	r.misplaced(it.stmt, "")
	for _, l := range r.scope.writes {
		if !slices.ContainsFunc(r.sum.writes, func(o local) bool { return o.name == l.name }) {
			r.sum.writes = append(r.sum.writes, l)
		}
	}
	r.sum.values = slices.Sorted(maps.Keys(r.values))
	for _, name := range r.sum.values {
		r.calls[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(r.reads)) {
		r.sum.reads = append(r.sum.reads, mention{name, r.reads[name]})
	}
	r.sum.mentions = slices.Sorted(maps.Keys(r.calls))
	r.sum.fields = slices.Sorted(maps.Keys(r.meth))
	return r.sum
}

func (r *reader) at(n syntax.Node) (int, int) {
	s := n.Span()
	return s.Start - r.it.tree, s.End - r.it.tree
}

func (r *reader) local(n *syntax.Name, k nameKind) local {
	s, e := r.at(n)
	return local{name: n.Text, start: s, end: e, kind: k, odd: odd(n.Text)}
}

func (r *reader) walk(n syntax.Node) { syntax.Walk(n, r.visit) }

func (r *reader) walkAll(list ...syntax.Expr) {
	for _, e := range list {
		if e != nil {
			r.walk(e)
		}
	}
}

// write notes that a name becomes a variable of the scope.
func (r *reader) write(n *syntax.Name, k nameKind) {
	if n == nil || n.Text == "" {
		return
	}
	l := r.local(n, k)
	r.scope.writes = append(r.scope.writes, l)
	r.sum.declared = append(r.sum.declared, l)
}

func (r *reader) read(name string) {
	r.scope.reads[name] = true
	r.reads[name]++
}

func (r *reader) visit(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.FuncDecl:
		r.sum.funcs++
		if n.Name != nil && n.Name.Text != "" {
			l := r.local(n.Name, nameFunc)
			r.sum.declared = append(r.sum.declared, l)
			r.shadows(l)
		}
		r.function(n.Sig, n.Body, false, false)
		return false
	case *syntax.LambdaExpr:
		r.function(n.Sig, n.Body, true, false)
		return false
	case *syntax.ShapeDecl:
		r.shape(n)
		return false
	case syntax.Expr:
		return r.expr(n)
	case syntax.Stmt:
		return r.stmt(n)
	}
	return true
}

func (r *reader) shape(n *syntax.ShapeDecl) {
	r.sum.shapes++
	if n.Name != nil {
		r.sum.declared = append(r.sum.declared, r.local(n.Name, nameShape))
	}
	for _, f := range n.Fields {
		if f.Name != nil {
			r.sum.declared = append(r.sum.declared, r.local(f.Name, nameField))
		}
		r.typ(f.Type)
		if f.Rule != nil {
			outer := r.scope
			r.scope = &names{lambda: true, reads: map[string]bool{}}
			r.walk(f.Rule)
			r.scope = outer
		}
	}
	for _, m := range n.Methods {
		r.function(m.Sig, m.Body, false, true)
	}
}

// typ counts the shapes that a declared type names.
func (r *reader) typ(t *syntax.Type) {
	if t == nil || t.Name == nil {
		return
	}
	if t.Kind == syntax.TypeShape {
		r.reads[t.Name.Text]++
	}
	for _, a := range t.Args {
		r.typ(a)
	}
}

func (r *reader) function(sig *syntax.Signature, body *syntax.Block, lambda, method bool) {
	if body == nil {
		return
	}
	s := &names{outer: r.scope, reads: map[string]bool{}, lambda: lambda, method: method}
	if sig != nil {
		r.typ(sig.Result)
		for _, p := range sig.Params {
			r.typ(p.Type)
			if p.Name != nil && p.Name.Text != "" {
				l := r.local(p.Name, nameParam)
				s.params = append(s.params, l)
				r.sum.declared = append(r.sum.declared, l)
			}
		}
	}
	outer := r.scope
	r.scope = s
	for _, st := range body.Stmts {
		r.walk(st)
	}
	r.scope = outer
	r.unused(s, body)
	for name := range s.reads { // a lambda reads the variables around it
		if lambda {
			outer.reads[name] = true
		}
	}
}

func (r *reader) expr(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.NameExpr:
		r.read(e.Text)
		r.values[e.Text] = true
	case *syntax.CallExpr:
		r.call(e)
		return false
	case *syntax.RecordLit:
		if e.Shape != nil {
			r.reads[e.Shape.Text]++
		}
		r.record(e)
	case *syntax.BinaryExpr:
		r.labelled(e)
	}
	return true
}

func (r *reader) call(e *syntax.CallExpr) {
	switch fn := e.Fn.(type) {
	case *syntax.NameExpr:
		r.read(fn.Text)
		r.calls[fn.Text] = true
		r.wordCall(fn, e)
	case *syntax.FieldExpr:
		if fn.Name != nil {
			r.meth[fn.Name.Text] = true
		}
		if x, ok := fn.X.(*syntax.NameExpr); ok {
			r.read(x.Text) // a shape's name, or a value
			r.calls[x.Text] = true
			break
		}
		r.walkAll(fn.X)
	default:
		r.walkAll(e.Fn)
	}
	r.walkAll(e.Args...)
	if e.Block != nil {
		for _, s := range e.Block.Stmts {
			r.walk(s)
		}
	}
}

func (r *reader) wordCall(fn *syntax.NameExpr, e *syntax.CallExpr) {
	if fn.Word == nil {
		return
	}
	switch fn.Word.ID {
	case "mock":
		if len(e.Args) > 0 {
			if t, ok := e.Args[0].(*syntax.TextLit); ok {
				r.sum.mocks = append(r.sum.mocks, t.Value)
				r.reads[t.Value]++
			}
		}
	case "lockHold":
		r.heldWait(e)
	}
}

func (r *reader) stmt(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.VarDecl:
		r.typ(s.Type)
		r.secret(s.Name, s.Init)
		r.write(s.Name, nameTyped)
		r.walkAll(s.Init)
		return false
	case *syntax.AssignStmt:
		if x, ok := s.Target.(*syntax.NameExpr); ok {
			r.secret(&x.Name, s.Value)
			if call, ok := s.Value.(*syntax.CallExpr); ok && wordOf(call) != nil && wordOf(call).ID == "appCreate" {
				r.scope.reads[x.Text] = true // the server starts it
				r.reads[x.Text]++
			}
			r.write(&x.Name, nameVar)
		} else if x := base(s.Target); x != nil {
			r.write(x, nameVar)
			r.targetParts(s.Target)
		}
		r.walkAll(s.Value)
		return false
	case *syntax.ExprStmt:
		if x, ok := s.X.(*syntax.NameExpr); ok {
			r.write(&x.Name, nameInto)
			r.scope.reads[x.Text] = true
			r.reads[x.Text]++
			return false
		}
	case *syntax.EachStmt:
		r.write(s.Var, nameLoop)
	case *syntax.InputStmt:
		if x := base(s.Target); x != nil {
			r.write(x, nameInto)
			return false
		}
	case *syntax.TryStmt:
		r.write(s.Var, nameLoop)
	default:
		return r.service(s)
	}
	return true
}

// targetParts reads the indexes of an assignment's target.
func (r *reader) targetParts(e syntax.Expr) {
	switch x := e.(type) {
	case *syntax.IndexExpr:
		r.walkAll(x.Index)
		r.targetParts(x.X)
	case *syntax.FieldExpr:
		r.targetParts(x.X)
	case *syntax.ParenExpr:
		r.targetParts(x.X)
	}
}

func (r *reader) service(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.FileStmt:
		r.write(s.Into, nameInto)
	case *syntax.QueryStmt:
		r.write(s.Into, nameInto)
	case *syntax.ExecStmt:
		if t, ok := s.SQL.(*syntax.TextLit); ok {
			if name, columns := createTable(t.Value); name != "" {
				if r.sum.tables == nil {
					r.sum.tables = map[string][]string{}
				}
				r.sum.tables[name] = columns
			}
		}
	case *syntax.RespondStmt, *syntax.JSONStmt:
		r.sum.responds = true
	case *syntax.RouteStmt:
		r.route(s)
	case *syntax.WordStmt:
		if s.Word != nil && s.Word.ID == "role" && len(s.Args) > 0 {
			if t, ok := s.Args[0].(*syntax.TextLit); ok {
				r.sum.roles = append(r.sum.roles, t.Value)
			} else {
				r.sum.openRoles = true
			}
		}
	}
	return true
}

func (r *reader) route(s *syntax.RouteStmt) {
	start := s.Kw.Pos.Offset - r.it.tree
	info := routeInfo{at: local{start: start, end: start + len(s.Kw.Value)}}
	if w := words.Lookup(s.Method.Value); w != nil {
		info.method = w.ID
	}
	if t, ok := s.Path.(*syntax.TextLit); ok {
		info.path = t.Value
		info.at.start, info.at.end = r.at(t)
	}
	if g, ok := s.Guards.(*syntax.ArrayLit); ok {
		for _, x := range g.Items {
			if t, ok := x.(*syntax.TextLit); ok {
				a, b := r.at(t)
				info.guards = append(info.guards, local{name: t.Value, start: a, end: b})
			}
		}
	}
	r.sum.routes = append(r.sum.routes, info)
}
