package check

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// ignored warns of a result that nobody looks at, and of a builtin that is called for nothing.
func (r *run) ignored(s *syntax.ExprStmt, t *ty) {
	call, ok := unparen(s.X).(*syntax.CallExpr)
	if !ok {
		if _, try := unparen(s.X).(*syntax.TryExpr); !try {
			r.warnAt(s, CodeIdle)
		}
		return
	}
	w := wordOf(call)
	if w != nil && call.Block != nil && w.ID == "taskCreate" {
		r.unseen(s, unknownT)
		return
	}
	fn, named := call.Fn.(*syntax.NameExpr)
	own := named && (r.w.mocked[fn.Text] || r.w.funcs[fn.Text] != nil || r.w.globals[fn.Text] || r.local[fn.Text])
	switch {
	case t.k == tHandle && t.name == "task" && t.elem != nil && own:
		r.unseen(s, t.elem)
	case t.only(tResult) && t.known() && canFail(t):
		r.warnAt(s, CodeIgnored, callText(call))
	case w != nil && !own && pureWords[w.ID]:
		r.warnAt(s, CodeIdle)
	}
}

// canFail tells a result that may be a தவறு because the program says so, and not only because something went wrong.
func canFail(t *ty) bool {
	fails := false
	t.each(func(a *ty) { fails = fails || a.k == tResult && a.err != neverT && a.err != errorT() })
	return fails
}

func callText(call *syntax.CallExpr) string {
	switch fn := call.Fn.(type) {
	case *syntax.NameExpr:
		return fn.Text
	case *syntax.FieldExpr:
		if fn.Name != nil {
			return fn.Name.Text
		}
	}
	return "…"
}

// pureWords only make a value: calling one as a statement does nothing.
var pureWords = map[string]bool{
	"length": true, "append": true, "typeof": true, "hasField": true, "fieldOr": true, "sort": true, "sortByField": true, "ok": true,
	"err": true, "isOk": true, "isErr": true, "round": true, "floor": true, "ceil": true, "toString": true, "upper": true, "lower": true,
	"replace": true, "split": true, "join": true, "jsonStringify": true, "today": true, "nowSeconds": true, "bytes": true,
	"newError": true, "wrapError": true,
}

// unseen warns of a task whose error nobody sees: it is started and dropped, and may fail.
func (r *run) unseen(s syntax.Stmt, t *ty) {
	fails := false
	switch s := s.(type) {
	case *syntax.ExprStmt:
		if call, ok := unparen(s.X).(*syntax.CallExpr); ok && call.Block != nil {
			fails = raises(call.Block)
		} else {
			fails = t.may(tResult) && t.known() && t.elem != nil && r.backgroundFails(call)
		}
	case *syntax.WordStmt:
		fails = raises(s.Body)
	}
	if fails {
		r.warnAt(s, CodeUnseenTask)
	}
}

// readsText notes that the unit depends on the whole text of a function.
func (r *run) readsText(name string, f *funcInfo) {
	r.out.texts = true
	r.out.deps = append(r.out.deps, dep{kind: depText, name: name, text: f.u.items[0].text})
}

// backgroundFails tells whether the background function that a call starts lets an error out.
func (r *run) backgroundFails(call *syntax.CallExpr) bool {
	fn, ok := call.Fn.(*syntax.NameExpr)
	if !ok {
		return false
	}
	f := r.w.funcs[fn.Text]
	if f == nil || !f.task {
		return false
	}
	r.readsText(fn.Text, f)
	return raises(f.u.decl.Body)
}

// raises tells a block in which a ? has no முயல் around it.
func raises(b *syntax.Block) bool {
	found := false
	syntax.Walk(b, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.TryStmt:
			if n.Catch != nil {
				return false
			}
		case *syntax.LambdaExpr, *syntax.FuncDecl:
			return false
		case *syntax.TryExpr:
			found = true
		}
		return !found
	})
	return found
}

// wordRules reports what is wrong with a statement of the vocabulary beyond its arguments' kinds.
func (r *run) wordRules(s *syntax.WordStmt, w *words.Word, args []syntax.Expr) {
	if w.ID == "respondStream" {
		if len(args) > 0 {
			r.statusRange(args[0])
		}
		if len(args) > 1 {
			r.headers(args[1])
		}
	}
}
