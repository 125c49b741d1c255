package vm_test

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
)

func (o *oracle) expr(x syntax.Expr, at *place) (value.Value, *stop) {
	if st := o.spend(1); st != nil {
		return value.Nil, st
	}
	switch x := x.(type) {
	case *syntax.NumberLit:
		v, err := value.ParseLiteral(x.Text, x.Percent)
		return v, o.failed(err)
	case *syntax.TextLit:
		return value.FromText(x.Value), nil
	case *syntax.ConstLit:
		switch x.Tok.Type {
		case syntax.KwTrue:
			return value.FromBool(true), nil
		case syntax.KwFalse:
			return value.FromBool(false), nil
		}
		return value.Nil, nil
	case *syntax.ParenExpr:
		return o.expr(x.X, at)
	case *syntax.NameExpr:
		return o.name(x, at)
	case *syntax.UnaryExpr:
		v, st := o.expr(x.X, at)
		if st != nil {
			return value.Nil, st
		}
		if x.Op.Type == syntax.KwNot {
			return value.FromBool(!v.Truthy()), nil
		}
		n, err := value.Sub(value.FromInt(0), v)
		return n, o.failed(err)
	case *syntax.BinaryExpr:
		return o.binary(x, at)
	case *syntax.CompareChain:
		return o.chain(x, at)
	case *syntax.IndexExpr, *syntax.FieldExpr:
		return o.part(x, at)
	}
	return o.compound(x, at)
}

func (o *oracle) part(x syntax.Expr, at *place) (value.Value, *stop) {
	if f, ok := x.(*syntax.FieldExpr); ok {
		base, st := o.expr(f.X, at)
		if st != nil {
			return value.Nil, st
		}
		v, err := value.Field(base, f.Name.Text)
		return v, o.failed(err)
	}
	i := x.(*syntax.IndexExpr)
	vs, st := o.exprs([]syntax.Expr{i.X, i.Index}, at)
	if st != nil {
		return value.Nil, st
	}
	v, err := value.Index(vs[0], vs[1])
	return v, o.failed(err)
}

func (o *oracle) exprs(xs []syntax.Expr, at *place) ([]value.Value, *stop) {
	vs := make([]value.Value, len(xs))
	for i, x := range xs {
		v, st := o.expr(x, at)
		if st != nil {
			return nil, st
		}
		vs[i] = o.copied(v)
	}
	return vs, nil
}

func (o *oracle) compound(x syntax.Expr, at *place) (value.Value, *stop) {
	switch x := x.(type) {
	case *syntax.ArrayLit:
		items, st := o.exprs(x.Items, at)
		return value.FromItems(items), st
	case *syntax.RecordLit:
		if x.Shape != nil {
			return o.shaped(x, at)
		}
		keys := make([]string, len(x.Fields))
		vals := make([]value.Value, len(x.Fields))
		for i, f := range x.Fields {
			v, st := o.expr(f.Value, at)
			if st != nil {
				return value.Nil, st
			}
			keys[i], vals[i] = f.Key.Text, o.copied(v)
		}
		return value.FromFields(keys, vals), nil
	case *syntax.CallExpr:
		return o.callExpr(x, at)
	case *syntax.TryExpr:
		v, st := o.expr(x.X, at)
		switch {
		case st != nil:
			return value.Nil, st
		case v.Kind() == value.OkKind:
			return v.Inner(), nil
		case v.Kind() != value.ErrKind:
			return value.Nil, o.fault(vm.CodeNotResult)
		case at.tries > 0 || at.fins > 0 || at.locals == nil:
			return value.Nil, o.raised(v.Inner())
		}
		return value.Nil, &stop{kind: returned, result: o.copied(v)}
	case *syntax.LambdaExpr:
		return o.lambda(x, at), nil
	}
	return value.Nil, o.fault(vm.CodeInternal)
}

// lambda copies the locals of the body around that the lambda, or one inside it, reads.
func (o *oracle) lambda(x *syntax.LambdaExpr, at *place) value.Value {
	c := o.closure("", x.Sig, x.Body)
	c.captured = map[string]value.Value{}
	if at.locals == nil {
		return c.fn
	}
	own := map[string]bool{}
	for _, p := range c.params {
		own[p] = true
	}
	syntax.Walk(x.Body, func(n syntax.Node) bool {
		name := ""
		switch n := n.(type) {
		case *syntax.NameExpr:
			name = n.Text
		case *syntax.AssignStmt:
			if _, ok := n.Target.(*syntax.NameExpr); !ok {
				name = rootName(n.Target)
			}
		}
		if name == "" || own[name] {
			return true
		}
		if v, ok := at.locals[name]; ok {
			c.captured[name] = o.copied(v)
		} else if at.names[name] {
			c.captured[name] = value.Nil
		}
		return true
	})
	return c.fn
}

func (o *oracle) name(x *syntax.NameExpr, at *place) (value.Value, *stop) {
	if v, ok := o.read(x.Text, at); ok {
		return v, nil
	}
	if f := o.funcs[x.Text]; f != nil {
		return f.fn, nil
	}
	if s := o.shapes[x.Text]; s != nil {
		return value.FromShape(s.shape), nil
	}
	if x.Word != nil && o.natives[x.Word.ID] != nil {
		return value.FromFunc(&value.Func{Name: x.Text, Impl: o.natives[x.Word.ID]}), nil
	}
	return value.Nil, o.fault(vm.CodeUndefined)
}

func (o *oracle) binary(x *syntax.BinaryExpr, at *place) (value.Value, *stop) {
	a, st := o.expr(x.X, at)
	if st != nil {
		return value.Nil, st
	}
	switch {
	case x.Op.Type == syntax.KwAnd && !a.Truthy():
		return value.FromBool(false), nil
	case x.Op.Type == syntax.KwOr && a.Truthy():
		return value.FromBool(true), nil
	}
	b, st := o.expr(x.Y, at)
	if st != nil {
		return value.Nil, st
	}
	var v value.Value
	var err error
	switch x.Op.Type {
	case syntax.KwAnd, syntax.KwOr:
		v = value.FromBool(b.Truthy())
	case syntax.Plus:
		v, err = value.Add(a, b)
	case syntax.Minus:
		v, err = value.Sub(a, b)
	case syntax.Star:
		v, err = value.Mul(a, b)
	case syntax.Slash:
		v, err = value.Div(a, b)
	case syntax.Amp:
		text := a.Display() + b.Display()
		if st := o.spend(len(text) / 64); st != nil {
			return value.Nil, st
		}
		v = value.FromText(text)
	default:
		v = value.FromBool(compared(x.Op.Type, a, b))
	}
	return v, o.failed(err)
}

func compared(op syntax.Kind, a, b value.Value) bool {
	switch op {
	case syntax.Eq:
		return value.Equal(a, b)
	case syntax.Ne:
		return !value.Equal(a, b)
	case syntax.Lt:
		return value.Less(a, b)
	case syntax.Le:
		return value.LessEq(a, b)
	case syntax.Gt:
		return value.Less(b, a)
	}
	return value.LessEq(b, a)
}

func (o *oracle) chain(x *syntax.CompareChain, at *place) (value.Value, *stop) {
	a, st := o.expr(x.Operands[0], at)
	if st != nil {
		return value.Nil, st
	}
	for i, op := range x.Ops {
		b, st := o.expr(x.Operands[i+1], at)
		if st != nil {
			return value.Nil, st
		}
		if !compared(op.Type, a, b) {
			return value.FromBool(false), nil
		}
		a = b
	}
	return value.FromBool(true), nil
}

func (o *oracle) callExpr(x *syntax.CallExpr, at *place) (value.Value, *stop) {
	switch fn := x.Fn.(type) {
	case *syntax.NameExpr:
		args, st := o.exprs(x.Args, at)
		if st != nil {
			return value.Nil, st
		}
		return o.callNamed(fn, args, at)
	case *syntax.FieldExpr:
		return o.callMethod(fn, x.Args, at)
	}
	all, st := o.exprs(append([]syntax.Expr{x.Fn}, x.Args...), at)
	if st != nil {
		return value.Nil, st
	}
	return o.callValue(all[0], all[1:])
}

func (o *oracle) callNamed(fn *syntax.NameExpr, args []value.Value, at *place) (value.Value, *stop) {
	held, bound := o.read(fn.Text, at)
	switch s := o.shapes[fn.Text]; {
	case bound && held.Kind() == value.FuncKind:
		return o.callValue(held, args)
	case o.funcs[fn.Text] != nil:
		return o.call(o.funcs[fn.Text], args)
	case s != nil:
		return o.convert(s, args)
	case fn.Word != nil && o.natives[fn.Word.ID] != nil:
		return o.native(o.natives[fn.Word.ID], args)
	case bound:
		return value.Nil, o.fault(vm.CodeNotCallable)
	}
	return value.Nil, o.fault(vm.CodeNoFunction)
}

func (o *oracle) callValue(fn value.Value, args []value.Value) (value.Value, *stop) {
	if fn.Kind() != value.FuncKind {
		return value.Nil, o.fault(vm.CodeNotCallable)
	}
	if n, ok := fn.Func().Impl.(*vm.Native); ok {
		return o.native(n, args)
	}
	return o.call(fn.Func().Impl.(*closure), args)
}

func (o *oracle) native(n *vm.Native, args []value.Value) (value.Value, *stop) {
	if len(args) < n.Min || n.Max >= 0 && len(args) > n.Max {
		return value.Nil, o.fault(vm.CodeArity)
	}
	v, err := n.Fn(vm.CallForTest(args))
	return o.copied(v), o.failed(err)
}

func (o *oracle) callMethod(fn *syntax.FieldExpr, xs []syntax.Expr, at *place) (value.Value, *stop) {
	if n, ok := fn.X.(*syntax.NameExpr); ok && o.shapes[n.Text] != nil {
		args, st := o.exprs(xs, at)
		if st != nil {
			return value.Nil, st
		}
		m := o.shapes[n.Text].methods[fn.Name.Text]
		if m == nil {
			return value.Nil, o.fault(vm.CodeNoMethod)
		}
		return o.call(m, args)
	}
	all, st := o.exprs(append([]syntax.Expr{fn.X}, xs...), at)
	if st != nil {
		return value.Nil, st
	}
	r := all[0].Record()
	if sh := all[0].Shape(); sh != nil {
		if m := sh.Decl.(*declared).methods[fn.Name.Text]; m != nil {
			return o.call(m, all[1:])
		}
	}
	if r == nil {
		return value.Nil, o.fault(vm.CodeNoMethod)
	}
	if r.Shape != nil {
		if m := r.Shape.Decl.(*declared).methods[fn.Name.Text]; m != nil && m.self {
			return o.call(m, all)
		}
	}
	f, ok := r.Get(fn.Name.Text)
	switch {
	case ok:
		return o.callValue(f, all[1:])
	case r.Shape != nil:
		return value.Nil, o.fault(vm.CodeNoMethod)
	}
	return value.Nil, o.fault(value.CodeNoField)
}

func (o *oracle) shaped(x *syntax.RecordLit, at *place) (value.Value, *stop) {
	d := o.shapes[x.Shape.Text]
	have := map[string]value.Value{}
	vals := make([]value.Value, len(x.Fields))
	for i, f := range x.Fields {
		v, st := o.expr(f.Value, at)
		if st != nil {
			return value.Nil, st
		}
		vals[i] = o.copied(v)
	}
	if x.Spread != nil {
		from, st := o.expr(x.Spread, at)
		if st != nil {
			return value.Nil, st
		}
		if r := from.Record(); r == nil || r.Shape != d.shape {
			return value.Nil, o.fault(vm.CodeNotShape)
		}
		for _, f := range d.shape.Fields {
			v, _ := from.Record().Get(f)
			have[f] = o.copied(v)
		}
	}
	for i, f := range x.Fields {
		if !d.has(f.Key.Text) {
			return value.Nil, o.fault(value.CodeShapeField)
		}
		have[f.Key.Text] = vals[i]
	}
	return o.finish(d, have)
}

func (d *declared) has(name string) bool {
	for _, f := range d.shape.Fields {
		if f == name {
			return true
		}
	}
	return false
}

func (o *oracle) finish(d *declared, have map[string]value.Value) (value.Value, *stop) {
	slots := make([]value.Value, len(d.shape.Fields))
	for i, f := range d.shape.Fields {
		v, ok := have[f]
		if !ok {
			return value.Nil, o.fault(vm.CodeShapeFields)
		}
		slots[i] = v
	}
	rec := value.ShapeRecord(d.shape, value.NewLayout(d.shape.Fields...), slots)
	return rec, o.sound(d, rec.Record(), "")
}

// convert is S(record).
func (o *oracle) convert(d *declared, args []value.Value) (value.Value, *stop) {
	if len(args) != 1 {
		return value.Nil, o.fault(vm.CodeArity)
	}
	refused := func(st *stop) (value.Value, *stop) {
		if st.kind != faulted {
			return value.Nil, st
		}
		return value.FromErr(st.caught), nil
	}
	r := args[0].Record()
	if r == nil {
		return refused(o.fault(vm.CodeNotShape))
	}
	have := map[string]value.Value{}
	for i, k := range r.Layout.Keys() {
		if !d.has(k) {
			return refused(o.fault(value.CodeShapeField))
		}
		have[k] = r.Slots[i]
	}
	v, st := o.finish(d, have)
	if st != nil {
		return refused(st)
	}
	return value.FromOk(v), nil
}
