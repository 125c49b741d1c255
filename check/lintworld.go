package check

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// crossLint holds the findings that need the whole program: what nothing uses, names of both scripts, routes.
type crossLint struct {
	w     *world
	found []finding
}

func (c *crossLint) add(it *item, l local, fix, code string, args ...string) {
	span := syntax.Span{Start: it.start + l.start, End: it.start + l.end}
	name := c.w.prog.Files[it.file].Name
	d := diag.New(code, name, span, args...)
	if fix != "" {
		d.Fixes = append(d.Fixes, diag.Replace(name, span, fix))
	}
	c.found = append(c.found, finding{it.file, d})
}

// lint answers the warnings about the program as a whole.
func (w *world) lint() []finding {
	c := &crossLint{w: w}
	uses := make(map[string]int, 4*len(w.items))
	for _, it := range w.items {
		for name, n := range it.sum.reads {
			uses[name] += n
		}
	}
	c.names()
	c.globals(uses)
	c.functions(uses)
	c.routes()
	c.imports()
	return c.found
}

// names reports odd spellings, once for each name.
func (c *crossLint) names() {
	first, shadow := make(map[string]placed, 4*len(c.w.items)), map[string]bool{}
	for _, it := range c.w.items {
		for _, l := range it.sum.declared {
			if l.kind != nameFunc && l.kind != nameShape && l.kind != nameField && c.w.shapes[l.name] != nil && !shadow[l.name] {
				shadow[l.name] = true
				c.add(it, l, "", CodeShapeVariable, l.name)
			}
			if _, seen := first[l.name]; seen {
				continue
			}
			at := l
			at.start, at.end = it.start+l.start, it.start+l.end
			first[l.name] = placed{at, it.file}
			if l.odd != nil {
				c.add(it, l, l.odd.fix, l.odd.code, l.odd.args...)
			}
		}
	}
	c.w.scripts(first, func(p placed, code string, args ...string) {
		span := syntax.Span{Start: p.start, End: p.end}
		c.found = append(c.found, finding{p.file, diag.New(code, c.w.prog.Files[p.file].Name, span, args...)})
	})
}

// globals reports variables of the top level that nothing reads. A response's variables are read by the server.
func (c *crossLint) globals(uses map[string]int) {
	seen := map[string]bool{}
	for _, it := range c.w.items {
		for name, l := range it.sum.writes {
			if seen[name] || uses[name] > 0 || quiet(name) || l.kind == nameLoop || serverName(name) != nil {
				continue
			}
			if l.name == "" {
				continue
			}
			seen[name] = true
			if l.kind == nameTyped {
				c.add(it, l, "", CodeUnusedVar, name)
			} else {
				c.add(it, l, "", CodeNeverRead, name)
			}
		}
	}
}

// functions reports functions that nothing uses, and those that a later one of the same name hides.
func (c *crossLint) functions(uses map[string]int) {
	w := c.w
	for _, u := range w.units {
		if u.kind != unitFunc || u.decl.Name == nil {
			continue
		}
		it := u.items[0]
		s := u.decl.Name.Span()
		l := local{name: u.name, start: s.Start - it.start, end: s.End - it.start}
		if f := w.funcs[u.name]; f.u != u {
			if f.u.items[0].file == it.file {
				c.add(it, l, "", CodeHidden, u.name)
			}
			continue
		}
		if !w.library && !quiet(u.name) && uses[u.name] == it.sum.own(u.name) {
			c.add(it, l, "", CodeUnusedFunc, u.name)
		}
	}
}

// own is how often a function's own statement mentions it; a statement with several functions is not told apart.
func (s *summary) own(name string) int {
	if s.funcs > 1 {
		return 0
	}
	return s.reads[name]
}

// reachable are the statements whose code may run: the prelude, later blocks, and the functions that they mention.
func (w *world) reachable() map[*item]bool {
	reach := map[*item]bool{}
	var todo []*item
	add := func(it *item) {
		if !reach[it] {
			reach[it] = true
			todo = append(todo, it)
		}
	}
	for _, u := range w.units {
		if u.kind == unitMain || u.kind == unitLater || w.library {
			for _, it := range u.items {
				add(it)
			}
		}
	}
	for name := range w.mocked {
		if f := w.funcs[name]; f != nil {
			add(f.u.items[0])
		}
	}
	for len(todo) > 0 {
		it := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for name := range it.sum.reads {
			if f := w.funcs[name]; f != nil {
				add(f.u.items[0])
			}
			if s := w.shapes[name]; s != nil {
				add(s.it)
			}
		}
		for _, name := range it.sum.fields {
			for _, m := range w.methods[name] {
				add(m.u.items[0])
			}
		}
	}
	return reach
}

// routes reports routes that answer the same requests, and guards that no role has.
func (c *crossLint) routes() {
	first := map[string]placed{}
	roles, open := map[string]bool{}, false
	for _, it := range c.w.items {
		for _, r := range it.sum.roles {
			roles[r] = true
		}
		open = open || it.sum.openRoles
	}
	for _, it := range c.w.items {
		for _, r := range it.sum.routes {
			if r.path != "" && r.method != "" {
				key := r.method + " " + routeKey(r.path)
				if _, twice := first[key]; twice {
					c.add(it, r.at, "", CodeRouteTwice, methodText(r.method), r.path)
					c.relate(first[key], r.path)
				} else {
					first[key] = placed{local{name: r.path, start: it.start + r.at.start, end: it.start + r.at.end}, it.file}
				}
			}
			for _, g := range r.guards {
				if len(roles) > 0 && !open && g.name != "auth" && !roles[g.name] {
					list := make([]string, 0, len(roles))
					for role := range roles {
						list = append(list, role)
					}
					c.add(it, g, quoted(nearest(g.name, list)), CodeGuard, g.name)
				}
			}
		}
	}
}

func (c *crossLint) relate(p placed, name string) {
	d := &c.found[len(c.found)-1].d
	d.Related = append(d.Related, diag.Related{
		Code: diag.NoteDeclared, Args: []string{name}, File: c.w.prog.Files[p.file].Name, Span: syntax.Span{Start: p.start, End: p.end},
	})
}

// routeKey is a path as requests see it: empty parts left out, parameters without their names.
func routeKey(path string) string {
	var parts []string
	for _, p := range strings.Split(path, "/") {
		if p == "" {
			continue
		}
		if p[0] == ':' {
			p = ":"
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, "/")
}

func methodText(id string) string {
	if w := words.ByID(id); w != nil && len(w.Tamil) > 0 {
		return w.Tamil[0]
	}
	return id
}

// imports reports an imported file of which nothing is used and which does nothing by itself.
func (c *crossLint) imports() {
	w := c.w
	if len(w.prog.Files) == 1 {
		return
	}
	type content struct {
		names map[string]bool
		acts  bool
	}
	files := make([]content, len(w.prog.Files))
	for i := range files {
		files[i].names = map[string]bool{}
	}
	for _, it := range w.items {
		f := &files[it.file]
		if it.sum.acts {
			f.acts = true
		}
		for _, l := range it.sum.declared {
			f.names[l.name] = true
		}
	}
	for i, f := range w.prog.Files {
		for _, s := range f.Stmts {
			imp, ok := s.(*syntax.ImportStmt)
			if !ok || imp.Path == nil {
				continue
			}
			to := w.imported(imp.Path.Value)
			if to <= 0 || to == i || files[to].acts || len(files[to].names) == 0 || w.importsMore(to) {
				continue
			}
			if !w.usesOf(to, files[to].names) {
				c.found = append(c.found, finding{i, diag.New(CodeUnusedImport, f.Name, imp.Path.Span(), imp.Path.Value)})
			}
		}
	}
}

// imported finds the file that an import's path most likely names, by the end of the path; -1 when several may be meant.
func (w *world) imported(path string) int {
	path = strings.TrimLeft(strings.ReplaceAll(path, "../", ""), "./")
	at := -1
	for i, f := range w.prog.Files {
		if f.Name == path || strings.HasSuffix(f.Name, "/"+path) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

func (w *world) importsMore(file int) bool {
	for _, s := range w.prog.Files[file].Stmts {
		if _, ok := s.(*syntax.ImportStmt); ok {
			return true
		}
	}
	return false
}

func (w *world) usesOf(file int, names map[string]bool) bool {
	for _, it := range w.items {
		if it.file == file {
			continue
		}
		for name := range it.sum.reads {
			if names[name] {
				return true
			}
		}
		for _, name := range it.sum.fields {
			if names[name] {
				return true
			}
		}
		for _, name := range it.sum.mocks {
			if names[name] {
				return true
			}
		}
	}
	return false
}

// routeRules reports what is wrong with one route.
func (r *run) routeRules(s *syntax.RouteStmt) {
	if s.Path != nil {
		if _, ok := unparen(s.Path).(*syntax.TextLit); !ok {
			r.errorAt(s.Path, CodeNotLiteral, s.Kw.Value)
		}
	}
	w := words.Lookup(s.Method.Value)
	id := ""
	if w != nil {
		id = w.ID
	}
	method := tokenNode{s.Method}
	switch id {
	case "HttpGet", "HttpPost", "HttpPut", "HttpDelete", "HttpPatch", "HttpOptions", "HttpHead", "ws", "sse", "grpc":
	default:
		var list []string
		for _, id := range []string{"HttpGet", "HttpPost", "HttpPut", "HttpDelete", "HttpPatch", "HttpOptions", "HttpHead", "ws", "sse", "grpc"} {
			if w := words.ByID(id); w != nil {
				list = append(list, w.Tamil...)
			}
		}
		r.errorAt(method, CodeMethod, s.Method.Value).near(guess{wrong: s.Method.Value, among: list})
		return
	}
	if s.Body != nil && id != "ws" && id != "sse" && !r.answers(s.Body, map[string]bool{}) {
		r.warnAt(tokenNode{s.Kw}, CodeSilentRoute, s.Kw.Value)
	}
}

// tokenNode is a token as a place.
type tokenNode struct{ t syntax.Token }

// Span is the place of the token.
func (n tokenNode) Span() syntax.Span {
	at := n.t.Pos.Offset
	return syntax.Span{Start: at, End: at + len(n.t.Value)}
}

// answerWords are the words that answer a request.
var answerWords = map[string]bool{"respondStream": true, "respondFile": true, "oauthStart": true, "oauthFinish": true}

// answers tells whether a block, or a function that it calls, may answer the request. A call that is not known may.
func (r *run) answers(n syntax.Node, seen map[string]bool) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.RespondStmt, *syntax.JSONStmt:
			found = true
		case *syntax.WordStmt:
			found = found || n.Word != nil && answerWords[n.Word.ID]
		case *syntax.AssignStmt:
			if b := base(n.Target); b != nil && strings.HasPrefix(b.Text, "response_") {
				found = true
			}
		case *syntax.CallExpr:
			found = found || r.callAnswers(n, seen)
		}
		return !found
	})
	return found
}

func (r *run) callAnswers(n *syntax.CallExpr, seen map[string]bool) bool {
	w := wordOf(n)
	if w != nil && answerWords[w.ID] {
		return true
	}
	fn, ok := n.Fn.(*syntax.NameExpr)
	if !ok {
		return w == nil
	}
	if seen[fn.Text] {
		return false
	}
	seen[fn.Text] = true
	r.ask(depFunc, fn.Text)
	f := r.w.funcs[fn.Text]
	if f == nil {
		return w == nil || r.w.globals[fn.Text]
	}
	r.readsText(fn.Text, f)
	return r.answers(f.u.decl.Body, seen)
}

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

// impossible tells a constraint that no number can meet: bounds that exclude each other.
func impossible(e syntax.Expr) bool {
	low, high := map[string]bound{}, map[string]bound{}
	if !bounds(e, low, high) {
		return true
	}
	for name, l := range low {
		if h, ok := high[name]; ok && (l.n > h.n || l.n == h.n && (l.open || h.open)) {
			return true
		}
	}
	return false
}

type bound struct {
	n    float64
	open bool
}

// bounds collects what மற்றும் joins of comparisons of a field with a number; it answers false when a part is always false.
func bounds(e syntax.Expr, low, high map[string]bound) bool {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return e.X == nil || bounds(e.X, low, high)
	case *syntax.ConstLit:
		return e.Tok.Type == syntax.KwTrue
	case *syntax.CompareChain:
		for i, op := range e.Ops {
			compareBound(op.Type, e.Operands[i], e.Operands[i+1], low, high)
		}
	case *syntax.BinaryExpr:
		if e.Op.Type == syntax.KwAnd {
			return bounds(e.X, low, high) && bounds(e.Y, low, high)
		}
		x, okX := literalNumber(e.X)
		y, okY := literalNumber(e.Y)
		if okX && okY {
			return holds(e.Op.Type, x, y)
		}
		compareBound(e.Op.Type, e.X, e.Y, low, high)
	}
	return true
}

func holds(op syntax.Kind, x, y float64) bool {
	switch op {
	case syntax.Lt:
		return x < y
	case syntax.Le:
		return x <= y
	case syntax.Gt:
		return x > y
	case syntax.Ge:
		return x >= y
	case syntax.Eq:
		return x == y
	}
	return true
}

func compareBound(op syntax.Kind, x, y syntax.Expr, low, high map[string]bound) {
	name, left := fieldName(x)
	n, ok := literalNumber(y)
	if !left || !ok {
		if name, left = fieldName(y); !left {
			return
		}
		if n, ok = literalNumber(x); !ok {
			return
		}
		op = turned(op)
	}
	switch op {
	case syntax.Lt, syntax.Le, syntax.Eq:
		if b, seen := high[name]; !seen || n < b.n {
			high[name] = bound{n, op == syntax.Lt}
		}
	}
	switch op {
	case syntax.Gt, syntax.Ge, syntax.Eq:
		if b, seen := low[name]; !seen || n > b.n {
			low[name] = bound{n, op == syntax.Gt}
		}
	}
}

func turned(op syntax.Kind) syntax.Kind {
	switch op {
	case syntax.Lt:
		return syntax.Gt
	case syntax.Le:
		return syntax.Ge
	case syntax.Gt:
		return syntax.Lt
	case syntax.Ge:
		return syntax.Le
	}
	return op
}

// fieldName is the name of a field, or of its length.
func fieldName(e syntax.Expr) (string, bool) {
	switch e := unparen(e).(type) {
	case *syntax.NameExpr:
		return e.Text, true
	case *syntax.CallExpr:
		if w := wordOf(e); w != nil && w.ID == "length" && len(e.Args) == 1 {
			if x, ok := unparen(e.Args[0]).(*syntax.NameExpr); ok {
				return "#" + x.Text, true
			}
		}
	}
	return "", false
}
