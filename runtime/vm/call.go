package vm

import (
	"strconv"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func (g *gen) call(x *syntax.CallExpr, dst int) {
	if x.Block != nil {
		g.callBlock(x, dst)
		return
	}
	switch fn := x.Fn.(type) {
	case *syntax.NameExpr:
		g.callNamed(fn, x, dst)
		return
	case *syntax.FieldExpr:
		g.callMethod(fn, x, dst)
		return
	}
	base := g.temps(1 + len(x.Args))
	g.value(x.Fn, base)
	g.args(x.Args, base+1, false)
	g.emitN(opCallV, dst, base, len(x.Args), 0)
	g.wide(len(x.Args))
}

func calleeName(x *syntax.CallExpr) string {
	switch fn := x.Fn.(type) {
	case *syntax.NameExpr:
		return fn.Tok.Value
	case *syntax.FieldExpr:
		return fn.Name.Text
	}
	return ""
}

// args evaluates arguments left to right into a row of registers.
func (g *gen) args(xs []syntax.Expr, base int, own bool) {
	for i, x := range xs {
		g.expr(x, base+i, own || i+1 < len(xs) && holdsBlockAny(xs[i+1:]))
	}
}

func holdsBlockAny(xs []syntax.Expr) bool {
	for _, x := range xs {
		if holdsBlock(x) {
			return true
		}
	}
	return false
}

// callNamed calls NAME(…). A variable that holds a function wins over a function of that name (semantics.md 2.2), so a
// name that some code assigns is looked up when the call runs.
func (g *gen) callNamed(fn *syntax.NameExpr, x *syntax.CallExpr, dst int) {
	ref := g.ref(fn)
	n := len(x.Args)
	switch {
	case ref.local >= 0 || ref.global >= 0:
		base := g.temps(1 + n)
		g.args(x.Args, base+1, false)
		g.c.prog.names = append(g.c.prog.names, ref)
		g.emitN(opCallName, dst, base, n, g.site(fn.Text, len(g.c.prog.names)-1))
		g.wide(n)
	case ref.fn != nil:
		base := g.temps(n)
		g.args(x.Args, base, false)
		if n != ref.fn.params {
			g.fault(CodeArity, fn.Text, strconv.Itoa(ref.fn.params), strconv.Itoa(n))
			return
		}
		g.emitCall(dst, base, ref.fn)
	case ref.shape != nil:
		base := g.temps(1 + n)
		g.args(x.Args, base+1, true)
		g.c.prog.names = append(g.c.prog.names, ref)
		g.emitN(opCallName, dst, base, n, g.site(fn.Text, len(g.c.prog.names)-1))
	case ref.word:
		g.native(fn.Word.ID, fn.Tok.Value, x.Args, dst)
	default:
		g.args(x.Args, g.temps(n), false)
		g.fault(CodeNoFunction, fn.Text)
	}
}

// emitCall calls a function that is known, with its arguments from register base. C is the register's plain number: how
// far the callee's frame starts above the caller's.
func (g *gen) emitCall(dst, base int, fn *Proto) { g.emitN(opCall, dst, base, base, g.c.index[fn]) }

// native calls a builtin word. One that keeps its arguments gets values of its own.
func (g *gen) native(id, spelling string, args []syntax.Expr, dst int) {
	i := g.c.native(id, spelling)
	if i < 0 {
		g.fault(CodeNotBuilt, spelling)
		return
	}
	nat := g.c.prog.natives[i]
	base := g.temps(len(args))
	g.args(args, base, nat.Keeps)
	if want, ok := nat.accepts(len(args)); !ok {
		g.fault(CodeArity, spelling, want, strconv.Itoa(len(args)))
		return
	}
	g.emitN(opNative, dst, base, len(args), i)
	g.wide(len(args))
}

// accepts tells whether n arguments fit, and how many would.
func (n *Native) accepts(count int) (string, bool) {
	want := strconv.Itoa(n.Min)
	if n.Max < 0 {
		want += "+"
	} else if n.Max != n.Min {
		want += "–" + strconv.Itoa(n.Max)
	}
	return want, count >= n.Min && (n.Max < 0 || count <= n.Max)
}

// callMethod calls x.name(…): a function of a shape when x is the shape's name, else what the record's shape or field
// says when the call runs.
func (g *gen) callMethod(fn *syntax.FieldExpr, x *syntax.CallExpr, dst int) {
	n := len(x.Args)
	if s := g.shapeName(fn.X); s != nil {
		m := s.methods[fn.Name.Text]
		base := g.temps(n)
		g.args(x.Args, base, false)
		switch {
		case m == nil:
			g.fault(CodeNoMethod, s.Name, fn.Name.Text)
		case n != m.params:
			g.fault(CodeArity, m.name, strconv.Itoa(m.params), strconv.Itoa(n))
		default:
			g.emitCall(dst, base, m)
		}
		return
	}
	base := g.temps(1 + n)
	g.expr(fn.X, base, holdsBlockAny(x.Args))
	g.args(x.Args, base+1, false)
	g.emitN(opMethod, dst, base, n, g.site(fn.Name.Text, 0))
	g.wide(n)
}

// shapeName is the shape that an expression names, unless a variable has taken its name (services.md rule 10).
func (g *gen) shapeName(x syntax.Expr) *shape {
	n, ok := x.(*syntax.NameExpr)
	if !ok || g.variable(n.Text) >= 0 {
		return nil
	}
	if _, global := g.c.prog.slot[n.Text]; global {
		return nil
	}
	return g.c.prog.shapes[n.Text]
}

// hostStmt lowers the statements whose work is a native word's: files, databases, responses, servers.
func (g *gen) hostStmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.InputStmt:
		g.intoTarget("Input", s.Kw, nil, s.Target)
	case *syntax.FileStmt:
		g.fileStmt(s)
	case *syntax.RespondStmt:
		g.native("Response", s.Kw.Value, present(s.Status, s.Body, s.Headers), g.temp())
	case *syntax.JSONStmt:
		g.native("JSONBody", s.Kw.Value, present(s.Body, s.Status), g.temp())
	case *syntax.ConnectStmt:
		g.native("DBConnect", s.Kw.Value, present(driver(s.Driver), s.DSN, handle(s.Handle)), g.temp())
	case *syntax.DisconnectStmt:
		g.native("DBDisconnect", s.Kw.Value, present(handle(s.Handle)), g.temp())
	case *syntax.QueryStmt:
		g.intoName("DBQuery", s.Kw, present(s.SQL, s.Params, handle(s.Handle)), s.Into)
	case *syntax.ExecStmt:
		g.native("DBExecute", s.Kw.Value, present(s.SQL, s.Params, handle(s.Handle)), g.temp())
	case *syntax.ServerStmt:
		id := "StartServer"
		if s.Kw.Type == syntax.KwStopServer {
			id = "StopServer"
		}
		g.native(id, s.Kw.Value, s.Args, g.temp())
	case *syntax.TableStmt:
		g.fault(CodeNotBuilt, s.Kw.Value)
	default:
		g.fault(CodeInternal, "statement")
	}
}

func present(xs ...syntax.Expr) []syntax.Expr {
	out := xs[:0]
	for _, x := range xs {
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

// handle is a connection's name as text, or nil when the statement gives none.
func handle(t syntax.Token) syntax.Expr {
	if t.Value == "" {
		return nil
	}
	if t.Type == syntax.Text {
		return &syntax.TextLit{Tok: t, Value: t.Value[1 : len(t.Value)-1]}
	}
	return &syntax.TextLit{Tok: t, Value: t.Value}
}

// driver is the database word's token name as text ("SQLite"), or the text that stands in its place.
func driver(t syntax.Token) syntax.Expr {
	if w := words.Lookup(t.Value); w != nil && w.Token != "" {
		return &syntax.TextLit{Tok: t, Value: w.Token}
	}
	return handle(t)
}

var fileWords = map[syntax.Kind]string{
	syntax.KwFileOpen: "FileOpen", syntax.KwFileClose: "FileClose", syntax.KwFileRead: "FileRead", syntax.KwFileWrite: "FileWrite",
	syntax.KwReadCSV: "ReadCSV", syntax.KwWriteCSV: "WriteCSV",
}

func (g *gen) fileStmt(s *syntax.FileStmt) {
	id := fileWords[s.Kw.Type]
	args := present(s.Path, s.Arg)
	if n, ok := s.Arg.(*syntax.NameExpr); ok && id == "FileOpen" {
		// The mode is a bare word (grammar.md 4.1).
		args[1] = &syntax.TextLit{Tok: n.Tok, Value: n.Text}
	}
	if s.Into != nil {
		g.intoName(id, s.Kw, args, s.Into)
		return
	}
	g.native(id, s.Kw.Value, args, g.temp())
}

func (g *gen) intoName(id string, kw syntax.Token, args []syntax.Expr, into *syntax.Name) {
	r := g.variable(into.Text)
	t := g.temp()
	g.native(id, kw.Value, args, t)
	g.emit(opMove, r, t, 0, 0)
	g.setVar(r)
}

// intoTarget stores an input in a variable; any other target takes it and drops it, as the core language does.
func (g *gen) intoTarget(id string, kw syntax.Token, args []syntax.Expr, target syntax.Expr) {
	if n, ok := target.(*syntax.NameExpr); ok {
		g.intoName(id, kw, args, &n.Name)
		return
	}
	g.native(id, kw.Value, args, g.temp())
}
