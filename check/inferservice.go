package check

import (
	"strconv"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// wordStmt infers a statement of the vocabulary.
func (r *run) wordStmt(s *syntax.WordStmt) {
	if s.Body != nil && s.Word != nil && s.Word.Runs == words.RunsLater && s.Word.ID != "taskCreate" {
		r.nested(func() { r.laterStmt(s) })
		return
	}
	got := make([]*ty, len(s.Args))
	for i, a := range s.Args {
		got[i] = r.maybeExpr(a)
	}
	if s.Word != nil {
		r.wordArgs(s, s.Tok.Value, s.Word, s.Args, got, s.Body != nil)
		r.wordRules(s, s.Word, s.Args)
	}
	if s.Body == nil {
		return
	}
	if s.Word != nil && s.Word.ID == "taskCreate" {
		t := r.nested(func() { r.fn.result = join(r.fn.result, r.valueBlock(s.Body)) })
		r.unseen(s, t)
		return
	}
	r.block(s.Body)
}

// laterStmt infers a declaration whose block runs later.
func (r *run) laterStmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.RouteStmt:
		r.maybeExpr(s.Path)
		r.maybeExpr(s.Guards)
		r.maybeExpr(s.Options)
		r.block(s.Body)
		r.routeRules(s)
	case *syntax.EveryStmt:
		r.maybeExpr(s.Seconds)
		if s.Seconds != nil {
			if _, ok := unparen(s.Seconds).(*syntax.NumberLit); !ok {
				r.errorAt(s.Seconds, CodeNotLiteral, s.Kw.Value)
			}
		}
		r.block(s.Body)
	case *syntax.WordStmt:
		got := make([]*ty, len(s.Args))
		for i, a := range s.Args {
			got[i] = r.maybeExpr(a)
		}
		if s.Word != nil {
			r.wordArgs(s, s.Tok.Value, s.Word, s.Args, got, true)
		}
		r.valueBlock(s.Body)
	case *syntax.ExprStmt:
		call := s.X.(*syntax.CallExpr)
		for _, a := range call.Args {
			r.maybeExpr(a)
		}
		r.valueBlock(call.Block)
	}
}

func unparen(e syntax.Expr) syntax.Expr {
	for {
		p, ok := e.(*syntax.ParenExpr)
		if !ok || p.X == nil {
			return e
		}
		e = p.X
	}
}

func (r *run) service(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.InputStmt:
		if x, ok := s.Target.(*syntax.NameExpr); ok {
			r.assign(&x.Name, inputT)
		} else {
			r.maybeExpr(s.Target)
		}
	case *syntax.FileStmt:
		r.fileStmt(s)
	case *syntax.RespondStmt:
		r.respond(s)
	case *syntax.JSONStmt:
		if t := r.maybeExpr(s.Body); t.known() && !t.may(tText) {
			r.errorAt(s.Body, CodeJSONText, t.phrase())
		}
		r.maybeExpr(s.Status)
		r.statusRange(s.Status)
	case *syntax.ConnectStmt:
		r.maybeExpr(s.DSN)
	case *syntax.QueryStmt:
		r.maybeExpr(s.SQL)
		rows := r.sql(s.SQL, s.Params, r.maybeExpr(s.Params))
		if s.Into != nil {
			r.assign(s.Into, arrayOf(rows, -1))
		}
	case *syntax.ExecStmt:
		r.maybeExpr(s.SQL)
		r.sql(s.SQL, s.Params, r.maybeExpr(s.Params))
	case *syntax.TableStmt:
		for _, a := range s.Args {
			r.maybeExpr(a)
		}
	case *syntax.ServerStmt:
		for _, a := range s.Args {
			r.maybeExpr(a)
		}
	}
}

func (r *run) fileStmt(s *syntax.FileStmt) {
	r.maybeExpr(s.Path)
	if s.Kw.Type != syntax.KwFileOpen {
		r.maybeExpr(s.Arg)
	}
	if s.Into == nil {
		return
	}
	if s.Kw.Type == syntax.KwReadCSV {
		r.assign(s.Into, numberT)
	} else {
		r.assign(s.Into, inputT)
	}
}

func (r *run) respond(s *syntax.RespondStmt) {
	r.maybeExpr(s.Status)
	r.maybeExpr(s.Body)
	r.maybeExpr(s.Headers)
	r.statusRange(s.Status)
	r.headers(s.Headers)
	for _, name := range []string{"response_status", "response_body", "response_headers"} {
		joinAt(r.out.writes, name, unknownT)
	}
}

// statusRange reports a literal status that no HTTP response can have, and in a route of gRPC a code that is none of its own.
func (r *run) statusRange(e syntax.Expr) {
	low, high, code := 100.0, 599.0, CodeStatus
	switch s, ok := r.u.stmt.(*syntax.RouteStmt); {
	case ok && isGRPC(s):
		low, high, code = 0, 16, CodeGRPCStatus
	case !ok && r.u.kind != unitLater: // a function may be called from any route
		return
	}
	n, ok := literalNumber(e)
	if ok && (n < low || n > high || n != float64(int(n))) {
		r.errorAt(e, code, strconv.FormatFloat(n, 'f', -1, 64))
	}
}

func isGRPC(s *syntax.RouteStmt) bool {
	w := words.Lookup(s.Method.Value)
	return w != nil && w.ID == "grpc"
}

// literalNumber is the value of a number literal, also with a minus.
func literalNumber(e syntax.Expr) (float64, bool) {
	switch e := e.(type) {
	case *syntax.NumberLit:
		n, err := strconv.ParseFloat(e.Text, 64)
		if e.Percent {
			n /= 100
		}
		return n, err == nil
	case *syntax.ParenExpr:
		return literalNumber(e.X)
	case *syntax.UnaryExpr:
		if e.Op.Type == syntax.Minus {
			n, ok := literalNumber(e.X)
			return -n, ok
		}
	}
	return 0, false
}

// headers reports header fields of a literal record that cannot be sent.
func (r *run) headers(e syntax.Expr) {
	if e == nil {
		return
	}
	rec, ok := unparen(e).(*syntax.RecordLit)
	if !ok {
		return
	}
	for _, f := range rec.Fields {
		if f.Key == nil {
			continue
		}
		if !headerName(f.Key.Text) {
			r.errorAt(f.Key, CodeHeaderName, f.Key.Text)
		}
		if t, ok := f.Value.(*syntax.TextLit); ok && !headerValue(t.Value) {
			r.errorAt(f.Value, CodeHeaderValue, f.Key.Text)
		}
	}
}

func headerName(s string) bool {
	for i := range len(s) {
		b := s[i]
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'z', b >= '0' && b <= '9':
		default:
			if b >= 0x80 || !tokenSign[b] {
				return false
			}
		}
	}
	return s != ""
}

// tokenSign are the signs that RFC 9110 allows in a header's name.
var tokenSign = func() (s [128]bool) {
	for _, b := range "!#$%&'*+-.^_`|~" {
		s[b] = true
	}
	return s
}()

func headerValue(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// rules infers the constraints of a shape's fields.
func (r *run) rules(sh *shapeInfo) {
	r.ask(depShape, sh.name)
	r.fn = &fnCtx{result: neverT, failing: neverT}
	r.local = map[string]bool{}
	r.params = sh.params
	for _, f := range sh.fields {
		r.local[f.name] = true
	}
	for _, f := range sh.decl.Fields {
		if f.Rule == nil {
			continue
		}
		r.env = &env{}
		for _, g := range sh.fields {
			r.env.set(g.name, g.t)
		}
		r.expr(f.Rule)
		if impossible(f.Rule) {
			name := ""
			if f.Name != nil {
				name = f.Name.Text
			}
			r.errorAt(f.Rule, CodeNeverHolds, sh.name, name)
		}
	}
}
