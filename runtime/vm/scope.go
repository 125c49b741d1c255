package vm

import (
	"strconv"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// scope is what is known of the names of one body: the top level with all later blocks (global), a named function, or
// a lambda. Blocks open no scope (grammar.md 4.7).
type scope struct {
	global bool
	outer  *scope // of a lambda: the body that it is written in
	// vars numbers the variables: parameters first, then captured names, then what the body assigns.
	vars    map[string]int
	params  []*syntax.Param
	writes  []string // in order, each once
	written map[string]bool
	reads   map[string]bool // names the body and its lambdas read
	// stored holds variables that are changed in place: nested assignments and appends.
	stored map[string]bool
	caps   []string
	count  int // registers of the variables
	done   bool
}

// responseNames are the globals that பதில் sets (builtins.tsv).
var responseNames = [...]string{"response_status", "response_body", "response_headers"}

func newScope(outer *scope, global bool) *scope {
	return &scope{outer: outer, global: global, vars: map[string]int{}, reads: map[string]bool{}, written: map[string]bool{}, stored: map[string]bool{}}
}

// analysis finds every declaration of the program and the names of every body.
type analysis struct {
	scopes  map[syntax.Node]*scope // of each *FuncDecl, *LambdaExpr and rule
	inOrder []*scope
	funcs   map[string]*syntax.FuncDecl
	order   []*syntax.FuncDecl
	fileOf  map[syntax.Node]int // file of each function, shape and later block
	shapes  map[string]*syntax.ShapeDecl
	shapeNs []*syntax.ShapeDecl
	later   []laterBlock
	top     *scope
	file    int
	// lent holds the variable of every call that lends its block something, and of every name that means it; lending are the blocks
	// around the place that is being read.
	lent    map[syntax.Node]string
	lending []lending
}

// lending is a block whose word lends it something under a name.
type lending struct{ word, variable string }

type laterBlock struct {
	stmt syntax.Stmt
	file int
}

func analyse(items []item) *analysis {
	a := &analysis{
		scopes: map[syntax.Node]*scope{}, funcs: map[string]*syntax.FuncDecl{}, fileOf: map[syntax.Node]int{},
		shapes: map[string]*syntax.ShapeDecl{}, top: newScope(nil, true), lent: map[syntax.Node]string{},
	}
	for _, it := range items {
		a.file = it.file
		a.collect(a.top, it.stmt)
	}
	return a
}

// function analyses a named function; the last definition of a name is the one that counts (semantics.md 2).
func (a *analysis) function(f *syntax.FuncDecl, name string) {
	sc := newScope(nil, false)
	sc.params = f.Sig.Params
	a.add(f, sc)
	a.fileOf[f] = a.file
	a.order = append(a.order, f)
	if name != "" {
		a.funcs[name] = f
	}
	around := a.lending
	a.lending = nil // a function that is called elsewhere
	a.body(sc, f.Body)
	a.lending = around
}

func (a *analysis) add(n syntax.Node, sc *scope) {
	a.scopes[n] = sc
	a.inOrder = append(a.inOrder, sc)
}

func (a *analysis) body(sc *scope, b *syntax.Block) {
	for _, s := range b.Stmts {
		a.collect(sc, s)
	}
	sc.number()
}

// declare gives a variable the next register. A parameter takes one even when its name was there before, because
// arguments are counted by place; the first of two wins.
func (s *scope) declare(name string, param bool) {
	_, dup := s.vars[name]
	if !dup {
		s.vars[name] = s.count
	}
	if !dup || param {
		s.count++
	}
}

// capture marks the enclosing function's variables that a lambda reads. The enclosing body may still be collecting, so
// that what it declares is asked of its writes and parameters.
func (s *scope) capture() {
	for o := s.outer; o != nil && !o.global; o = o.outer {
		for _, name := range o.declared() {
			if _, own := s.vars[name]; !own && s.reads[name] {
				s.caps = append(s.caps, name)
				s.declare(name, false)
			}
		}
	}
}

func (s *scope) declared() []string {
	names := make([]string, 0, len(s.params)+len(s.writes))
	for _, p := range s.params {
		names = append(names, p.Name.Text)
	}
	return append(names, s.writes...)
}

func (s *scope) write(name string) {
	if !s.written[name] {
		s.written[name] = true
		s.writes = append(s.writes, name)
	}
}

// collect notes what one statement or expression declares, reads and writes in sc.
func (a *analysis) collect(sc *scope, n syntax.Node) {
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.FuncDecl:
			a.function(n, n.Name.Text)
			return false
		case *syntax.ShapeDecl:
			a.shape(n)
			return false
		case *syntax.LambdaExpr:
			sig := n.Sig
			if sig == nil {
				sig = &syntax.Signature{}
			}
			a.lambda(sc, n, sig.Params, n.Body)
			return false
		case *syntax.CallExpr:
			if body := taskBlock(n); body != nil {
				for _, x := range n.Args {
					a.collect(sc, x)
				}
				a.lambda(sc, body, nil, body)
				return false
			}
			if name := lentName(n); name != "" {
				a.lend(sc, n, name)
				return false
			}
		case *syntax.RouteStmt:
			a.laterBlock(n, n.Body, n.Path, n.Guards, n.Options)
			return false
		case *syntax.EveryStmt:
			a.laterBlock(n, n.Body, n.Seconds)
			return false
		case *syntax.WordStmt:
			if n.Body != nil && n.Word.ID == taskWord {
				for _, x := range n.Args {
					a.collect(sc, x)
				}
				a.lambda(sc, n.Body, nil, n.Body)
				return false
			}
			if n.Body != nil && n.Word.Runs == words.RunsLater {
				a.laterBlock(n, n.Body, n.Args...)
				return false
			}
		case *syntax.ExprStmt:
			if call := laterCall(n); call != nil {
				a.laterBlock(n, call.Block, call.Args...)
				return false
			}
			return a.writes(sc, n)
		case *syntax.AssignStmt:
			if call := laterCall(n); call != nil && sc == a.top {
				a.laterBlock(n, call.Block, call.Args...)
				a.collect(sc, call.Fn)
				sc.write(n.Target.(*syntax.NameExpr).Text)
				return false
			}
			return a.writes(sc, n)
		case *syntax.NameExpr:
			sc.reads[a.variable(n)] = true
		default:
			return a.writes(sc, n)
		}
		return true
	})
}

// writes notes the variables that a statement assigns; it answers whether the walk goes into the children.
func (a *analysis) writes(sc *scope, n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.AssignStmt:
		if x, ok := n.Target.(*syntax.NameExpr); ok {
			sc.write(x.Text)
			if appendsTo(n) != nil {
				sc.stored[x.Text] = true
			}
			a.collect(sc, n.Value)
			return false
		}
		if x := baseName(n.Target); x != nil {
			sc.write(x.Text)
			sc.stored[x.Text] = true
		}
	case *syntax.VarDecl:
		sc.write(n.Name.Text)
	case *syntax.EachStmt:
		sc.write(n.Var.Text)
	case *syntax.InputStmt:
		if x := baseName(n.Target); x != nil {
			sc.write(x.Text)
		}
	case *syntax.FileStmt:
		if n.Into != nil {
			sc.write(n.Into.Text)
		}
	case *syntax.QueryStmt:
		sc.write(n.Into.Text)
	case *syntax.RespondStmt, *syntax.JSONStmt:
		// The response belongs to the run, wherever in it the statement stands (services.md rule 19).
		for _, name := range responseNames {
			a.top.write(name)
		}
	case *syntax.TryStmt:
		if n.Var != nil {
			sc.write(n.Var.Text)
		}
	case *syntax.ExprStmt:
		if x, ok := n.X.(*syntax.NameExpr); ok {
			sc.write(x.Text)
		}
	}
	return true
}

func (s *scope) param(name string) bool {
	for _, p := range s.params {
		if p.Name.Text == name {
			return true
		}
	}
	return false
}

// lambda analyses a function value, which node stands for: a lambda, or the block of a task.
func (a *analysis) lambda(outer *scope, node syntax.Node, params []*syntax.Param, body *syntax.Block) {
	sc := newScope(outer, false)
	sc.params = params
	a.add(node, sc)
	a.fileOf[node] = a.file
	for _, s := range body.Stmts {
		a.collect(sc, s)
	}
	for name := range sc.reads {
		if !sc.param(name) {
			outer.reads[name] = true
		}
	}
}

// number gives the variables their registers: parameters, captured names, the rest. A lambda's are numbered once the
// bodies around it are complete.
func (s *scope) number() {
	if s.done || s.global {
		return
	}
	s.done = true
	for _, p := range s.params {
		s.declare(p.Name.Text, true)
	}
	s.capture()
	for _, w := range s.writes {
		s.declare(w, false)
	}
}

func (a *analysis) shape(n *syntax.ShapeDecl) {
	a.shapes[n.Name.Text] = n
	a.shapeNs = append(a.shapeNs, n)
	a.fileOf[n] = a.file
	for _, m := range n.Methods {
		a.function(m, "")
	}
	for _, f := range n.Fields {
		if f.Rule != nil {
			sc := newScope(nil, false)
			a.add(f, sc)
			a.fileOf[f] = a.file
			for _, g := range n.Fields {
				sc.declare(g.Name.Text, true)
			}
			sc.done = true
			a.collect(sc, f.Rule)
		}
	}
}

// laterBlock notes a declaration whose body runs later, in a view of the globals of its own (services.md rule 15).
func (a *analysis) laterBlock(s syntax.Stmt, b *syntax.Block, args ...syntax.Expr) {
	a.later = append(a.later, laterBlock{s, a.file})
	for _, x := range args {
		if x != nil {
			a.collect(a.top, x)
		}
	}
	for _, t := range b.Stmts {
		a.collect(a.top, t)
	}
}

// lentName is the ID of the name under which a call's word lends something to its block, or "".
func lentName(x *syntax.CallExpr) string {
	if w := calleeWord(x); x.Block != nil && w != nil {
		return lends[w.ID]
	}
	return ""
}

// lends are the words whose block gets something for its time, and the word that names it there: இணைப்பு in the block of திரள்_இணைப்பு
// (services.md rule 17). It is held in a variable that no program can name.
var lends = map[string]string{"poolWith": "connection"}

// lend collects a call whose block is lent something.
func (a *analysis) lend(sc *scope, x *syntax.CallExpr, word string) {
	for _, arg := range x.Args {
		a.collect(sc, arg)
	}
	variable := word + hidden + strconv.Itoa(len(a.lending))
	a.lent[x] = variable
	sc.write(variable)
	a.lending = append(a.lending, lending{word, variable})
	for _, s := range x.Block.Stmts {
		a.collect(sc, s)
	}
	a.lending = a.lending[:len(a.lending)-1]
}

// variable is the variable that a name means: what the innermost block around it was lent under the name, or the name's own.
func (a *analysis) variable(x *syntax.NameExpr) string {
	if name, known := a.lent[x]; known {
		return name
	}
	if x.Word == nil {
		return x.Text
	}
	for i := len(a.lending) - 1; i >= 0; i-- {
		if a.lending[i].word == x.Word.ID {
			a.lent[x] = a.lending[i].variable
			return a.lent[x]
		}
	}
	return x.Text
}

// hidden is in the names of variables that no program can write.
const hidden = "\x00"

// laterCall is the call of a word whose block runs later, as மீளேற்று("--watch") { }, or nil: a statement, or what one assigns
// to a name. A task starts at once, so it is none.
func laterCall(s syntax.Stmt) *syntax.CallExpr {
	var x syntax.Expr
	switch s := s.(type) {
	case *syntax.ExprStmt:
		x = s.X
	case *syntax.AssignStmt:
		if _, name := s.Target.(*syntax.NameExpr); name {
			x = s.Value
		}
	}
	call, ok := x.(*syntax.CallExpr)
	if !ok || call.Block == nil {
		return nil
	}
	w := calleeWord(call)
	if w == nil || w.Runs != words.RunsLater || w.ID == taskWord {
		return nil
	}
	return call
}

// taskBlock is the block of a call that starts a task, or nil.
func taskBlock(x *syntax.CallExpr) *syntax.Block {
	if w := calleeWord(x); x.Block != nil && w != nil && w.ID == taskWord {
		return x.Block
	}
	return nil
}

// taskWord is the ID of பணி_உருவாக்கு.
const taskWord = "taskCreate"

// calleeWord is the vocabulary's word that a call names, or nil.
func calleeWord(x *syntax.CallExpr) *words.Word {
	switch fn := x.Fn.(type) {
	case *syntax.NameExpr:
		return fn.Word
	case *syntax.FieldExpr:
		return fn.Word
	}
	return nil
}

// baseName is the variable that a nested target starts from, or nil.
func baseName(x syntax.Expr) *syntax.NameExpr {
	for {
		switch t := x.(type) {
		case *syntax.NameExpr:
			return t
		case *syntax.IndexExpr:
			x = t.X
		case *syntax.FieldExpr:
			x = t.X
		case *syntax.ParenExpr:
			x = t.X
		default:
			return nil
		}
	}
}

// appendsTo recognises PLACE = இணை(PLACE, E): it answers E, or nil. Whether the called name still means the builtin is for
// the caller to ask.
func appendsTo(n *syntax.AssignStmt) syntax.Expr {
	call, ok := n.Value.(*syntax.CallExpr)
	if !ok || len(call.Args) != 2 || call.Tail || call.Block != nil {
		return nil
	}
	fn, ok := call.Fn.(*syntax.NameExpr)
	if !ok || fn.Word == nil || fn.Word.ID != "append" {
		return nil
	}
	if !samePlace(n.Target, call.Args[0]) {
		return nil
	}
	return call.Args[1]
}

// samePlace tells whether two expressions are written alike and mean the same place: variables, fields, and indexes that
// are names, literals or such places themselves.
func samePlace(a, b syntax.Expr) bool {
	switch x := a.(type) {
	case *syntax.NameExpr:
		y, ok := b.(*syntax.NameExpr)
		return ok && x.Text == y.Text
	case *syntax.FieldExpr:
		y, ok := b.(*syntax.FieldExpr)
		return ok && x.Name.Text == y.Name.Text && samePlace(x.X, y.X)
	case *syntax.IndexExpr:
		y, ok := b.(*syntax.IndexExpr)
		return ok && samePlace(x.X, y.X) && samePlace(x.Index, y.Index)
	case *syntax.NumberLit:
		y, ok := b.(*syntax.NumberLit)
		return ok && x.Text == y.Text && x.Percent == y.Percent
	case *syntax.TextLit:
		y, ok := b.(*syntax.TextLit)
		return ok && x.Value == y.Value
	}
	return false
}
