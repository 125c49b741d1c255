package check

import (
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// declare collects what the whole program can see before anything is checked: functions of every depth (the last of a
// name wins), shapes, and the names that are variables at the top level.
func (c *checker) declare() {
	var shapes []*syntax.ShapeDecl
	var homes []module.Item
	for _, item := range c.prog.Items {
		c.enter(item)
		if s, ok := item.Stmt.(*syntax.ShapeDecl); ok && s.Name != nil {
			c.declareShape(s)
			shapes, homes = append(shapes, s), append(homes, item)
		}
		assigned(item.Stmt, c.globals)
	}
	c.nestedShapes(&shapes, &homes)
	for i, s := range shapes {
		c.enter(homes[i])
		c.members(s)
	}
	for i, item := range c.prog.Items {
		c.enter(item)
		if c.flat(i) {
			if f, ok := item.Stmt.(*syntax.FuncDecl); ok {
				c.collectFunction(f)
			}
			continue
		}
		syntax.Walk(item.Stmt, c.collectFunction)
	}
	for i, s := range shapes {
		if f := c.funcs[s.Name.Text]; f != nil {
			c.enter(homes[i])
			at := c.here(s.Name)
			c.report(CodeShapeFunction, at, []string{s.Name.Text}, note{diag.NoteFunction, s.Name.Text, f.at})
		}
	}
}

func (c *checker) flat(item int) bool { return c.hints != nil && c.hints.flat(item) }

// declareShape makes a shape known by name. Of two shapes of one name the first counts.
func (c *checker) declareShape(s *syntax.ShapeDecl) {
	at := c.here(s.Name)
	if first := c.shapes[s.Name.Text]; first != nil {
		c.report(CodeShapeTwice, at, []string{s.Name.Text}, note{diag.NoteDeclared, s.Name.Text, first.at})
		return
	}
	sh := &shape{
		name: s.Name.Text, at: at,
		params: make(map[string]int), byName: make(map[string]*field), methods: make(map[string]*fn),
	}
	for i, p := range s.TypeParams {
		sh.params[p.Text] = i
	}
	c.shapes[s.Name.Text] = sh
}

// nestedShapes reports shapes that are not at the top level, and makes them known so that nothing else is reported.
func (c *checker) nestedShapes(shapes *[]*syntax.ShapeDecl, homes *[]module.Item) {
	for i, item := range c.prog.Items {
		if c.flat(i) {
			continue
		}
		c.enter(item)
		syntax.Walk(item.Stmt, func(n syntax.Node) bool {
			s, ok := n.(*syntax.ShapeDecl)
			if !ok || s.Name == nil || n == syntax.Node(item.Stmt) {
				return true
			}
			c.report(CodeShapeNested, c.here(s.Name), []string{s.Name.Text})
			if c.shapes[s.Name.Text] == nil {
				c.declareShape(s)
				*shapes, *homes = append(*shapes, s), append(*homes, item)
			}
			return true
		})
	}
}

// members reads a shape's fields and methods. A second shape of the same name is read too, for its own faults, and kept
// nowhere.
func (c *checker) members(s *syntax.ShapeDecl) {
	sh := c.shapes[s.Name.Text]
	if sh.at != c.here(s.Name) {
		sh = &shape{name: sh.name, at: sh.at, params: sh.params, byName: make(map[string]*field), methods: make(map[string]*fn)}
	}
	c.params = sh.params
	defer func() { c.params = nil }()
	places := make(map[string]place)
	for _, f := range s.Fields {
		t := c.resolve(f.Type)
		if f.Name == nil || f.Name.Text == "" {
			continue
		}
		if sh.byName[f.Name.Text] != nil {
			c.report(CodeFieldTwice, c.here(f.Name), []string{sh.name, f.Name.Text}, note{diag.NoteDeclared, f.Name.Text, places[f.Name.Text]})
			continue
		}
		places[f.Name.Text] = c.here(f.Name)
		sh.byName[f.Name.Text] = &field{f.Name.Text, t}
		sh.fields = append(sh.fields, sh.byName[f.Name.Text])
	}
	for _, m := range s.Methods {
		c.method(sh, m, places)
	}
}

func (c *checker) method(sh *shape, m *syntax.FuncDecl, fields map[string]place) {
	f := c.signature(m.Name, m.Sig, sh)
	f.background = m.Background
	c.methods[m] = f
	if m.Name == nil || m.Name.Text == "" {
		return
	}
	if f.self && len(m.Sig.Params) > 0 {
		if want := (typ{kind: shaped, shape: sh}); !accepts(want, f.params[0].typ) {
			c.report(CodeSelfType, f.params[0].at, []string{sh.name, f.params[0].typ.declared()})
		}
	}
	name := m.Name.Text
	switch {
	case sh.methods[name] != nil:
		c.report(CodeMethodTwice, f.at, []string{sh.name, name}, note{diag.NoteDeclared, name, sh.methods[name].at})
		return
	case sh.byName[name] != nil:
		c.report(CodeFieldMethod, f.at, []string{sh.name, name}, note{diag.NoteDeclared, name, fields[name]})
	}
	sh.methods[name] = f
	sh.order = append(sh.order, name)
}

// signature reads a function's declared types.
func (c *checker) signature(name *syntax.Name, sig *syntax.Signature, owner *shape) *fn {
	f := &fn{owner: owner}
	if name != nil {
		f.name, f.at = name.Text, c.here(name)
	}
	if sig == nil {
		return f
	}
	f.params = make([]parameter, 0, len(sig.Params))
	for i, p := range sig.Params {
		out := parameter{typ: c.resolve(p.Type), fixed: p.Fixed}
		if p.Name != nil {
			out.name, out.at = p.Name.Text, c.here(p.Name)
		}
		if i == 0 && owner != nil && isSelf(out.name) {
			f.self, out.fixed = true, true
		}
		f.params = append(f.params, out)
	}
	f.result = c.resolve(sig.Result)
	return f
}

// isSelf tells the name of the value on which a method is called.
func isSelf(name string) bool { return name == "இது" || name == "iqu" || name == "_self" }

// collectFunction keeps every named function outside shapes, and what is declared inside their methods.
func (c *checker) collectFunction(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.ShapeDecl:
		outer := c.params
		if n.Name != nil && c.shapes[n.Name.Text] != nil {
			c.params = c.shapes[n.Name.Text].params
		}
		for _, m := range n.Methods {
			if m.Body != nil {
				syntax.Walk(m.Body, c.collectFunction)
			}
		}
		c.params = outer
		return false
	case *syntax.FuncDecl:
		f := c.signature(n.Name, n.Sig, nil)
		f.background = n.Background
		c.methods[n] = f
		if f.name != "" {
			c.funcs[f.name] = f
		}
	}
	return true
}

// assigned adds the names that a statement makes variables, without looking into functions and shapes.
func assigned(n syntax.Node, names map[string]bool) {
	add := func(name *syntax.Name) {
		if name != nil {
			names[name.Text] = true
		}
	}
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.FuncDecl, *syntax.LambdaExpr, *syntax.ShapeDecl:
			return false
		case *syntax.VarDecl:
			add(n.Name)
		case *syntax.AssignStmt:
			add(base(n.Target))
		case *syntax.ExprStmt:
			if name, ok := n.X.(*syntax.NameExpr); ok {
				add(&name.Name)
			}
		case *syntax.EachStmt:
			add(n.Var)
		case *syntax.InputStmt:
			add(base(n.Target))
		case *syntax.FileStmt:
			add(n.Into)
		case *syntax.QueryStmt:
			add(n.Into)
		case *syntax.TryStmt:
			add(n.Var)
		}
		return true
	})
}

// base is the variable that a target changes, or nil.
func base(e syntax.Expr) *syntax.Name {
	for {
		switch x := e.(type) {
		case *syntax.NameExpr:
			return &x.Name
		case *syntax.FieldExpr:
			e = x.X
		case *syntax.IndexExpr:
			e = x.X
		case *syntax.ParenExpr:
			e = x.X
		case *syntax.FaultyExpr:
			e = x.X
		default:
			return nil
		}
	}
}

func (c *checker) shapeNames() []string {
	names := make([]string, 0, len(c.shapes))
	for name := range c.shapes {
		names = append(names, name)
	}
	return names
}
