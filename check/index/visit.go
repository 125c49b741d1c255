package index

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func (r *reader) visit(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.Block:
		r.stmts(n)
		return false
	case *syntax.FuncDecl:
		text := ""
		if one := r.add(n.Name, roleFunc, Declare); one != nil {
			text = one.text
			r.f.funcs = append(r.f.funcs, text)
		}
		r.function(text, n.Sig, n.Body, n.Span(), scopeFunc, false)
		return false
	case *syntax.ShapeDecl:
		r.shape(n)
		return false
	case *syntax.LambdaExpr:
		r.function(r.f.scopes[r.scope].of, n.Sig, n.Body, n.Span(), scopeLambda, n.Implicit)
		return false
	case *syntax.Type:
		r.typ(n)
		return false
	case syntax.Expr:
		return r.visitExpr(n)
	case syntax.Stmt:
		return r.visitStmt(n)
	}
	return true
}

func (r *reader) visitExpr(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.NameExpr:
		r.read(e, roleName, Read)
	case *syntax.CallExpr:
		r.call(e)
		return false
	case *syntax.FieldExpr:
		r.expr(e.X)
		r.add(e.Name, roleMember, Read)
		return false
	case *syntax.IndexExpr:
		r.expr(e.X, e.Index)
		r.text(e.Index, roleText, Read)
		return false
	case *syntax.RecordLit:
		r.record(e)
		return false
	case *syntax.BinaryExpr:
		if e.Op.Type == syntax.Eq || e.Op.Type == syntax.Ne {
			r.kindText(e.X, e.Y)
			r.kindText(e.Y, e.X)
		}
	}
	return true
}

func (r *reader) call(e *syntax.CallExpr) {
	switch fn := e.Fn.(type) {
	case *syntax.NameExpr:
		r.read(fn, roleCallee, Call)
	case *syntax.FieldExpr:
		r.expr(fn.X)
		r.add(fn.Name, roleMember, Call)
	default:
		r.expr(e.Fn)
	}
	r.expr(e.Args...)
	r.textArgs(e)
	r.valueBlock(e.Block)
}

// textArgs notes the arguments of words that name something by a text.
func (r *reader) textArgs(e *syntax.CallExpr) {
	fn, ok := e.Fn.(*syntax.NameExpr)
	if !ok || fn.Word == nil || len(e.Args) == 0 {
		return
	}
	switch fn.Word.ID {
	case "fieldOr", "hasField", "sortByField":
		if len(e.Args) > 1 {
			r.text(e.Args[1], roleText, Read)
		}
	case "mock", "mockCalls":
		r.text(e.Args[0], roleFuncText, Read)
	}
}

// kindText notes the text that the kind of a value is compared with.
func (r *reader) kindText(x, text syntax.Expr) {
	call, ok := x.(*syntax.CallExpr)
	if !ok {
		return
	}
	if fn, ok := call.Fn.(*syntax.NameExpr); ok && fn.Word != nil && fn.Word.ID == "typeof" {
		r.text(text, roleShapeText, Read)
	}
}

// text notes a text that names something.
func (r *reader) text(e syntax.Expr, role role, access Access) {
	if t, ok := e.(*syntax.TextLit); ok && t.Value != "" {
		at := r.place(t.Span())
		r.f.names = append(r.f.names, name{
			start: at.start, end: at.end, scope: r.scope, role: role, access: access, quoted: true, text: t.Value,
		})
	}
}

func (r *reader) record(e *syntax.RecordLit) {
	role, of := roleKey, ""
	if e.Shape != nil {
		r.add(e.Shape, roleShape, Call)
		role, of = roleShapeKey, e.Shape.Text
	}
	for _, f := range e.Fields {
		if one := r.add(f.Key, role, Write); one != nil {
			one.of = of
		}
		r.expr(f.Value)
	}
	r.expr(e.Spread)
}

func (r *reader) visitStmt(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.VarDecl:
		r.typ(s.Type)
		r.expr(s.Init)
		r.write(s.Name, Variable, Declare, true)
		return false
	case *syntax.AssignStmt:
		r.expr(s.Value)
		r.target(s.Target, Write, true)
		return false
	case *syntax.ExprStmt:
		if x, ok := s.X.(*syntax.NameExpr); ok {
			r.write(&x.Name, Variable, Write, true)
			return false
		}
	case *syntax.InputStmt:
		if s.Target != nil {
			r.target(s.Target, Write, true)
		}
		return false
	case *syntax.EachStmt:
		r.expr(s.In)
		r.inside(s.Body, func() { r.write(s.Var, Loop, Declare, true) })
		r.walkBlock(s.Body)
		return false
	case *syntax.TryStmt:
		r.walkBlock(s.Body)
		r.inside(s.Catch, func() { r.write(s.Var, Loop, Declare, true) })
		r.walkBlock(s.Catch)
		r.walkBlock(s.Finally)
		return false
	case *syntax.RouteStmt:
		r.route(s)
	default:
		return r.visitService(s)
	}
	return true
}

func (r *reader) walkBlock(b *syntax.Block) {
	if b != nil {
		r.stmts(b)
	}
}

// inside runs f as if it stood in a block.
func (r *reader) inside(b *syntax.Block, f func()) {
	outer := r.block
	if b != nil {
		r.block = b.Span()
	}
	f()
	r.block = outer
}

// target notes what an assignment changes: a variable as a whole, or a part of one.
func (r *reader) target(e syntax.Expr, access Access, whole bool) {
	switch x := e.(type) {
	case *syntax.NameExpr:
		r.write(&x.Name, Variable, access, whole)
	case *syntax.ParenExpr:
		r.target(x.X, access, false)
	case *syntax.FaultyExpr:
		r.target(x.X, access, false)
	case *syntax.FieldExpr:
		r.target(x.X, access, false)
		r.add(x.Name, roleMember, access)
	case *syntax.IndexExpr:
		r.target(x.X, access, false)
		r.expr(x.Index)
		r.text(x.Index, roleText, access)
	default:
		r.expr(e)
	}
}

func (r *reader) visitService(s syntax.Stmt) bool {
	switch s := s.(type) {
	case *syntax.FileStmt:
		r.expr(s.Path, s.Arg)
		r.write(s.Into, Variable, Write, true)
		return false
	case *syntax.QueryStmt:
		r.expr(s.SQL, s.Params)
		r.write(s.Into, Variable, Write, true)
		r.handle(s.Handle, Read)
		return false
	case *syntax.ExecStmt:
		r.handle(s.Handle, Read)
	case *syntax.ConnectStmt:
		r.handle(s.Handle, Declare)
	case *syntax.DisconnectStmt:
		r.handle(s.Handle, Read)
	case *syntax.TableStmt:
		for _, n := range s.Names {
			r.add(n, roleTable, Read)
		}
		r.expr(s.Args...)
		return false
	}
	return true
}

func (r *reader) handle(t syntax.Token, access Access) {
	if t.Type == 0 || t.Type == syntax.Text {
		return
	}
	at := r.place(syntax.Span{Start: t.Pos.Offset, End: t.Pos.Offset + len(t.Value)})
	r.f.names = append(r.f.names, name{start: at.start, end: at.end, scope: r.scope, role: roleHandle, access: access, text: t.Value})
}

// route is a வழி.
type route struct {
	method, path string
	kw, at       span
	guards       []string
	whole        span
}

func (r *reader) route(s *syntax.RouteStmt) {
	one := route{method: s.Method.Value, whole: r.place(s.Span())}
	one.kw = r.place(syntax.Span{Start: s.Kw.Pos.Offset, End: s.Kw.Pos.Offset + len(s.Kw.Value)})
	one.at = one.kw
	if w := words.Lookup(s.Method.Value); w != nil {
		one.method = w.ID
	}
	if t, ok := s.Path.(*syntax.TextLit); ok {
		one.path, one.at = t.Value, r.place(t.Span())
	}
	if g, ok := s.Guards.(*syntax.ArrayLit); ok {
		for _, x := range g.Items {
			if t, ok := x.(*syntax.TextLit); ok {
				one.guards = append(one.guards, t.Value)
			}
		}
	}
	r.f.routes = append(r.f.routes, one)
}
