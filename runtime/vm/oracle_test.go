package vm_test

import (
	"errors"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// The oracle walks the tree and copies every value, to the bottom, wherever the language says that values are copied. It
// shares nothing with the machine but the value package's arithmetic, display and comparison.

// oracle runs one program.
type oracle struct {
	funcs   map[string]*closure
	shapes  map[string]*declared
	natives vm.Natives
	globals map[string]value.Value
	out     strings.Builder
	depth   int
	work    int // what is left of the budget of steps and copied values
}

// closure is what a function value of the oracle calls.
type closure struct {
	name     string
	params   []string
	types    []*syntax.Type
	body     *syntax.Block
	captured map[string]value.Value
	fn       value.Value
	self     bool
}

type declared struct {
	shape   *value.Shape
	decl    *syntax.ShapeDecl
	methods map[string]*closure
}

// stop is how a statement ended when not normally: a fault has a code.
type stop struct {
	kind   stopKind
	code   string
	caught value.Value // the error record that பிழை would get
	result value.Value // of a return
}

type stopKind int

const (
	returned stopKind = iota
	broke
	continued
	faulted
	exhausted
)

// place is the scope of a body and where in it the oracle stands, lexically.
type place struct {
	locals  map[string]value.Value // nil at the top level
	names   map[string]bool        // what the body declares
	tries   int
	fins    int
	loopFin []int // fins of the loops around
}

func newOracle(p *module.Program) *oracle {
	o := &oracle{funcs: map[string]*closure{}, shapes: map[string]*declared{}, natives: host.Core(), globals: map[string]value.Value{}, work: 40000}
	for _, it := range p.Items {
		o.declare(it.Stmt)
	}
	return o
}

// declare hoists functions and shapes from wherever they stand.
func (o *oracle) declare(n syntax.Node) {
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.FuncDecl:
			c := o.closure(n.Name.Text, n.Sig, n.Body)
			o.funcs[n.Name.Text] = c
		case *syntax.ShapeDecl:
			d := &declared{shape: &value.Shape{Name: n.Name.Text}, decl: n, methods: map[string]*closure{}}
			d.shape.Decl = d
			for _, f := range n.Fields {
				d.shape.Fields = append(d.shape.Fields, f.Name.Text)
			}
			for _, m := range n.Methods {
				c := o.closure(n.Name.Text+"."+m.Name.Text, m.Sig, m.Body)
				c.self = len(c.params) > 0 && c.params[0] == "இது"
				d.methods[m.Name.Text] = c
			}
			o.shapes[n.Name.Text] = d
			return false
		}
		return true
	})
}

func (o *oracle) closure(name string, sig *syntax.Signature, body *syntax.Block) *closure {
	c := &closure{name: name, body: body}
	if sig != nil {
		for _, p := range sig.Params {
			c.params = append(c.params, p.Name.Text)
			c.types = append(c.types, p.Type)
		}
	}
	c.fn = value.FromFunc(&value.Func{Name: name, Impl: c})
	return c
}

// run answers what the program printed and the code it failed with; ok is false when the budget did not last.
func (o *oracle) run(p *module.Program) (out, code string, ok bool) {
	top := &place{}
	for _, it := range p.Items {
		if s := o.stmt(it.Stmt, top); s != nil {
			if s.kind == exhausted {
				return "", "", false
			}
			return o.out.String(), s.code, true
		}
	}
	return o.out.String(), "", true
}

// spend pays for n steps.
func (o *oracle) spend(n int) *stop {
	if o.work -= n; o.work < 0 {
		return &stop{kind: exhausted}
	}
	return nil
}

func (o *oracle) fault(code string) *stop {
	kind := "பொது"
	if e := diag.Lookup(code); e != nil && e.Kind != "" {
		kind = e.Kind
	}
	rec := value.NewFault(kind, "")
	rec.Details = value.FromFields(nil, nil)
	return &stop{kind: faulted, code: code, caught: rec.Record()}
}

// failed is the fault of an error from the value package or a word.
func (o *oracle) failed(err error) *stop {
	if err == nil {
		return nil
	}
	var ve *value.Error
	if errors.As(err, &ve) {
		return o.fault(ve.Code)
	}
	return o.fault(vm.CodeInternal)
}

// raised is the fault of தவறு(v)? where something catches it or nothing may.
func (o *oracle) raised(v value.Value) *stop {
	if value.IsFault(v) {
		return &stop{kind: faulted, code: vm.CodeRaised, caught: v}
	}
	s := o.fault(vm.CodeUnhandled)
	rec := value.NewFault("பொது", v.Display())
	rec.Details = v
	s.caught = rec.Record()
	return s
}

// copied is v to the bottom.
func (o *oracle) copied(v value.Value) value.Value {
	o.work--
	if o.work < 0 {
		return value.Nil
	}
	switch v.Kind() {
	case value.TextKind:
		o.work -= len(v.Text()) / 64
	case value.ArrayKind:
		items := make([]value.Value, len(v.Array().Items))
		for i, x := range v.Array().Items {
			items[i] = o.copied(x)
		}
		return value.FromItems(items)
	case value.RecordKind:
		r := v.Record()
		slots := make([]value.Value, len(r.Slots))
		for i, x := range r.Slots {
			slots[i] = o.copied(x)
		}
		return value.ShapeRecord(r.Shape, value.NewLayout(r.Layout.Keys()...), slots)
	case value.OkKind:
		return value.FromOk(o.copied(v.Inner()))
	case value.ErrKind:
		return value.FromErr(o.copied(v.Inner()))
	}
	return v
}

func (o *oracle) read(name string, at *place) (value.Value, bool) {
	if at.locals != nil {
		if v, ok := at.locals[name]; ok {
			return v, true
		}
	}
	v, ok := o.globals[name]
	return v, ok
}

func (o *oracle) write(name string, v value.Value, at *place) {
	v = o.copied(v)
	if at.locals != nil {
		at.locals[name] = v
		return
	}
	o.globals[name] = v
}

// call runs a closure; the arguments count as copied already.
func (o *oracle) call(c *closure, args []value.Value) (value.Value, *stop) {
	if s := o.spend(5); s != nil {
		return value.Nil, s
	}
	if len(args) != len(c.params) {
		return value.Nil, o.fault(vm.CodeArity)
	}
	if o.depth >= vm.DefaultDepth {
		return value.Nil, o.fault(vm.CodeDepth)
	}
	o.depth++
	defer func() { o.depth-- }()
	at := &place{locals: map[string]value.Value{}, names: namesOf(c.params, c.body)}
	for name, v := range c.captured {
		at.locals[name] = o.copied(v)
	}
	for i := len(args) - 1; i >= 0; i-- {
		at.locals[c.params[i]] = o.copied(args[i])
	}
	for i, t := range c.types {
		if t == nil || t.Kind != syntax.TypeShape || o.shapes[t.Name.Text] == nil {
			continue
		}
		if r := args[i].Record(); r == nil || r.Shape != o.shapes[t.Name.Text].shape {
			return value.Nil, o.fault(vm.CodeNotShape)
		}
	}
	s := o.block(c.body, at)
	switch {
	case s == nil:
		return value.Nil, nil
	case s.kind == returned:
		return o.copied(s.result), nil
	}
	return value.Nil, s
}

// namesOf lists what a body declares: its parameters and what it assigns, lambdas apart.
func namesOf(params []string, b *syntax.Block) map[string]bool {
	names := map[string]bool{}
	for _, p := range params {
		names[p] = true
	}
	syntax.Walk(b, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.LambdaExpr, *syntax.FuncDecl:
			return false
		case *syntax.AssignStmt:
			names[rootName(n.Target)] = true
		case *syntax.VarDecl:
			names[n.Name.Text] = true
		case *syntax.EachStmt:
			names[n.Var.Text] = true
		case *syntax.TryStmt:
			if n.Var != nil {
				names[n.Var.Text] = true
			}
		case *syntax.ExprStmt:
			if x, ok := n.X.(*syntax.NameExpr); ok {
				names[x.Text] = true
			}
		}
		return true
	})
	return names
}

func rootName(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.NameExpr:
		return x.Text
	case *syntax.IndexExpr:
		return rootName(x.X)
	case *syntax.FieldExpr:
		return rootName(x.X)
	}
	return ""
}
