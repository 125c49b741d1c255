package vm

import (
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/position"
	"github.com/etamil-lang/etamil/syntax/words"
)

// item is one top-level statement with the number of its file.
type item struct {
	file int
	stmt syntax.Stmt
}

// compiler holds what the bodies of one program share while they are lowered.
type compiler struct {
	an       *analysis
	prog     *Program
	natives  Natives
	nativeAt map[string]int
	protoOf  map[*syntax.FuncDecl]*Proto
	index    map[*Proto]int
	reads    map[int]bool // slots of the globals that functions ask for
	wordFns  map[string]value.Value
	lambdas  map[*syntax.LambdaExpr]*Proto // of a program that grows; nil for any other
	problems []diag.Diagnostic
}

func newCompiler(items []item, natives Natives) *compiler {
	return &compiler{
		an:       analyse(items),
		prog:     &Program{slot: map[string]int{}, shapes: map[string]*shape{}},
		natives:  natives,
		nativeAt: map[string]int{},
		protoOf:  map[*syntax.FuncDecl]*Proto{},
		index:    map[*Proto]int{},
		reads:    map[int]bool{},
		wordFns:  map[string]value.Value{},
	}
}

// Compile lowers a loaded program. Natives are the words that have an implementation; every other word becomes a fault
// where it is reached. The diagnostics are about programs too large for the machine; a program that module.Load and
// check.Core accept compiles otherwise. Compile keeps p's files.
func Compile(p *module.Program, natives Natives) (*Program, []diag.Diagnostic) {
	items := make([]item, len(p.Items))
	for i, it := range p.Items {
		items[i] = item{it.File, it.Stmt}
	}
	c := newCompiler(items, natives)
	c.prog.files = p.Files
	for _, f := range p.Files {
		c.prog.maps = append(c.prog.maps, lazyMap(f))
	}
	c.declareShapes()
	c.declareGlobals()
	c.declareFunctions()
	set := c.lowerMain(items)
	for _, f := range c.an.order {
		c.lowerFunction(f)
	}
	c.lowerRules()
	for _, b := range c.an.later {
		c.lowerBlock(b, set)
	}
	c.prog.reads = slices.AppendSeq([]int{}, maps.Keys(c.reads))
	return c.prog, c.problems
}

func lazyMap(f *syntax.File) func() *position.Map {
	return sync.OnceValue(func() *position.Map { return position.NewMap(f.Src) })
}

func (c *compiler) declareShapes() {
	for _, d := range c.an.shapeNs {
		s := &shape{Shape: &value.Shape{Name: d.Name.Text}, methods: map[string]*Proto{}, index: map[string]int{}, decl: d}
		s.Decl = s
		for i, f := range d.Fields {
			s.Fields = append(s.Fields, f.Name.Text)
			s.fields = append(s.fields, fieldRule{name: f.Name.Text, typ: f.Type})
			s.index[f.Name.Text] = i
			s.ruled = s.ruled || f.Rule != nil
		}
		c.prog.shapes[d.Name.Text] = s
	}
}

// declareGlobals gives a slot to every name that is assigned at the top level, and to every name that is read somewhere
// and means nothing else: a server may bind it (request_body …), and otherwise it is undefined when reached.
func (c *compiler) declareGlobals() {
	for _, w := range c.an.top.writes {
		c.addGlobal(w)
	}
	free := func(sc *scope) {
		for _, name := range slices.Sorted(maps.Keys(sc.reads)) {
			if _, local := sc.vars[name]; local && !sc.global {
				continue
			}
			if c.an.funcs[name] == nil && c.an.shapes[name] == nil && !c.isWord(name) {
				c.addGlobal(name)
			}
		}
	}
	free(c.an.top)
	for _, sc := range c.an.inOrder {
		sc.number()
		free(sc)
	}
}

func (c *compiler) isWord(name string) bool {
	w := words.Lookup(name)
	return w != nil && (w.Builtin || w.Section != "") && w.Shape != words.ShapeName
}

func (c *compiler) addGlobal(name string) {
	if _, ok := c.prog.slot[name]; !ok {
		c.prog.slot[name] = len(c.prog.globals)
		c.prog.globals = append(c.prog.globals, name)
	}
}

func (c *compiler) declareFunctions() {
	for _, f := range c.an.order {
		p := &Proto{name: f.Name.Text, params: len(f.Sig.Params), file: c.an.fileOf[f]}
		p.method = len(f.Sig.Params) > 0 && isSelf(f.Sig.Params[0].Name.Text)
		c.addProto(p)
		c.protoOf[f] = p
	}
	for _, d := range c.an.shapeNs {
		s := c.prog.shapes[d.Name.Text]
		for _, m := range d.Methods {
			p := c.protoOf[m]
			p.name = d.Name.Text + "." + m.Name.Text
			s.methods[m.Name.Text] = p
		}
	}
}

func (c *compiler) addProto(p *Proto) {
	p.fn = value.FromFunc(&value.Func{Name: p.name, Impl: p})
	c.list(p)
}

func (c *compiler) list(p *Proto) {
	c.index[p] = len(c.prog.funcs)
	c.prog.funcs = append(c.prog.funcs, p)
}

// isSelf tells whether a first parameter makes an instance method (grammar.md 4.3).
func isSelf(name string) bool { return name == "இது" || name == "iqu" || name == "_self" }

func (c *compiler) lowerMain(items []item) []bool {
	p := &Proto{globals: true}
	c.prog.main = p
	g := c.newGen(p, c.an.top)
	for _, it := range items {
		g.file = it.file
		g.stmt(it.stmt)
	}
	set := append([]bool(nil), g.set...)
	g.emit(opReturnNil, 0, 0, 0, 0)
	g.finish()
	return set
}

func (c *compiler) lowerFunction(f *syntax.FuncDecl) {
	p := c.protoOf[f]
	if f.Background {
		p = c.background(f, p)
	}
	g := c.newGen(p, c.an.scopes[f])
	g.file = p.file
	g.function(f.Sig, f.Body)
}

// lowerRules lowers the விதி of every field: a function of all fields that answers whether the rule holds.
func (c *compiler) lowerRules() {
	for _, d := range c.an.shapeNs {
		s := c.prog.shapes[d.Name.Text]
		for i, f := range d.Fields {
			if f.Rule == nil {
				continue
			}
			p := &Proto{name: d.Name.Text + "." + f.Name.Text, params: len(d.Fields), file: c.an.fileOf[f]}
			c.addProto(p)
			c.lowerRule(f, p)
			s.fields[i].rule = p
		}
	}
}

func (c *compiler) lowerRule(f *syntax.FieldDecl, p *Proto) {
	g := c.newGen(p, c.an.scopes[f])
	g.file = p.file
	g.setParams(p.params)
	g.at(f.Rule)
	dst := g.temp()
	g.into(f.Rule, dst)
	g.emit(opReturn, dst, 0, 0, 0)
	g.finish()
}

func (c *compiler) lowerBlock(b laterBlock, set []bool) {
	out := Block{File: c.prog.files[b.file], Span: b.stmt.Span()}
	var body *syntax.Block
	var args []syntax.Expr
	switch s := b.stmt.(type) {
	case *syntax.RouteStmt:
		out.Word, out.Method, body, args = "Route", methodName(s.Method), s.Body, []syntax.Expr{s.Path, s.Guards, s.Options}
	case *syntax.EveryStmt:
		out.Word, body, args = "Every", s.Body, []syntax.Expr{s.Seconds}
	case *syntax.ExprStmt, *syntax.AssignStmt:
		call := laterCall(s)
		body, args = call.Block, call.Args
		out.Word = calleeWord(call).ID
	case *syntax.WordStmt:
		out.Word, body, args = s.Word.ID, s.Body, s.Args
	}
	for _, x := range args {
		if x != nil {
			v, ok := c.operand(x)
			out.Args = append(out.Args, Operand{v, ok, x.Span()})
		}
	}
	p := &Proto{globals: true, file: b.file, name: blockName(out)}
	c.addProto(p)
	g := c.newGen(p, c.an.top)
	g.file = b.file
	copy(g.set, set)
	g.block(body)
	g.emit(opReturnNil, 0, 0, 0, 0)
	g.finish()
	out.body = p
	c.prog.blocks = append(c.prog.blocks, out)
}

func methodName(t syntax.Token) string {
	w := words.Lookup(t.Value)
	if w == nil {
		return ""
	}
	return methodNames[w.Token+w.ID]
}

var methodNames = map[string]string{
	"HttpGetHttpGet": "GET", "HttpPostHttpPost": "POST", "HttpPutHttpPut": "PUT", "HttpDeleteHttpDelete": "DELETE",
	"HttpPatchHttpPatch": "PATCH", "HttpOptionsHttpOptions": "OPTIONS", "HttpHeadHttpHead": "HEAD",
	"ws": "WS", "sse": "SSE", "grpc": "GRPC",
}

func blockName(b Block) string {
	name := b.Word
	if b.Method != "" {
		name = b.Method
	}
	for _, a := range b.Args {
		if a.Literal {
			return name + " " + a.Value.Display()
		}
	}
	return name
}

// operand evaluates an operand of a declaration. Besides literals, an array may hold shapes by their names, and இன்மை, and
// a record literals.
func (c *compiler) operand(x syntax.Expr) (value.Value, bool) {
	if rec, ok := x.(*syntax.RecordLit); ok && rec.Shape == nil && rec.Spread == nil {
		return literalRecord(rec)
	}
	list, ok := x.(*syntax.ArrayLit)
	if !ok {
		return literal(x)
	}
	items := make([]value.Value, len(list.Items))
	for i, it := range list.Items {
		if items[i], ok = c.named(it); !ok {
			return value.Nil, false
		}
	}
	return value.FromItems(items), true
}

func literalRecord(rec *syntax.RecordLit) (value.Value, bool) {
	keys, vals := make([]string, len(rec.Fields)), make([]value.Value, len(rec.Fields))
	for i, f := range rec.Fields {
		v, ok := literal(f.Value)
		if !ok {
			return value.Nil, false
		}
		keys[i], vals[i] = f.Key.Text, v
	}
	return value.FromFields(keys, vals), true
}

// named evaluates a literal, இன்மை, or the name of a shape.
func (c *compiler) named(x syntax.Expr) (value.Value, bool) {
	switch x := x.(type) {
	case *syntax.ConstLit:
		v := constant(x)
		return v, v.IsNil()
	case *syntax.NameExpr:
		if s := c.prog.shapes[x.Text]; s != nil {
			return value.FromShape(s.Shape), true
		}
	}
	return literal(x)
}

// textWords are the words that are names of texts, by their IDs.
var textWords = map[string]string{"cYkY_SIGTERM": "SIGTERM"}

// literal evaluates an operand that is known before the program runs: text, a number, or an array of such.
func literal(x syntax.Expr) (value.Value, bool) {
	switch x := x.(type) {
	case *syntax.NameExpr:
		if x.Word != nil && textWords[x.Word.ID] != "" {
			return value.FromText(textWords[x.Word.ID]), true
		}
	case *syntax.TextLit:
		return value.FromText(x.Value), true
	case *syntax.NumberLit:
		v, err := value.ParseLiteral(x.Text, x.Percent)
		return v, err == nil
	case *syntax.ParenExpr:
		return literal(x.X)
	case *syntax.ArrayLit:
		items := make([]value.Value, len(x.Items))
		for i, it := range x.Items {
			v, ok := literal(it)
			if !ok {
				return value.Nil, false
			}
			items[i] = v
		}
		return value.FromItems(items), true
	}
	return value.Nil, false
}

// native finds the implementation of a word and its number, or -1 when it has none yet.
func (c *compiler) native(id, spelling string) int {
	if i, ok := c.nativeAt[id]; ok {
		return i
	}
	n := c.natives[id]
	if n == nil {
		return -1
	}
	i := len(c.prog.natives)
	c.nativeAt[id] = i
	c.prog.natives = append(c.prog.natives, n)
	c.prog.nnames = append(c.prog.nnames, spelling)
	return i
}

// wordValue is a native word as a value, one for each spelling, because functions are compared by identity.
func (c *compiler) wordValue(spelling string, i int) value.Value {
	v, ok := c.wordFns[spelling]
	if !ok {
		v = value.FromFunc(&value.Func{Name: spelling, Impl: c.prog.natives[i]})
		c.wordFns[spelling] = v
	}
	return v
}

func (c *compiler) tooLarge(file int, span syntax.Span, what string, limit int) {
	c.problems = append(c.problems, diag.Diagnostic{
		Code: CodeTooLarge, File: c.prog.files[file].Name, Span: span, Args: []string{what, strconv.Itoa(limit)},
	})
}
