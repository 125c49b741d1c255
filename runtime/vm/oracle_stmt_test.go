package vm_test

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
)

func (o *oracle) block(b *syntax.Block, at *place) *stop {
	for _, s := range b.Stmts {
		if st := o.stmt(s, at); st != nil {
			return st
		}
	}
	return nil
}

func (o *oracle) stmt(s syntax.Stmt, at *place) *stop {
	if st := o.spend(1); st != nil {
		return st
	}
	switch s := s.(type) {
	case *syntax.FuncDecl, *syntax.ShapeDecl:
		return nil
	case *syntax.Block:
		return o.block(s, at)
	case *syntax.AssignStmt:
		return o.assign(s, at)
	case *syntax.VarDecl:
		v, st := value.FromInt(0), (*stop)(nil)
		if s.Init != nil {
			v, st = o.expr(s.Init, at)
		}
		if st == nil {
			o.write(s.Name.Text, v, at)
		}
		return st
	case *syntax.ExprStmt:
		if x, ok := s.X.(*syntax.NameExpr); ok {
			o.write(x.Text, value.FromInt(0), at)
			return nil
		}
		_, st := o.expr(s.X, at)
		return st
	case *syntax.PrintStmt:
		v, st := o.expr(s.X, at)
		if st == nil {
			text := v.Display()
			o.out.WriteString(text + "\n")
			return o.spend(len(text) / 64)
		}
		return st
	case *syntax.ReturnStmt:
		return o.returning(s, at)
	}
	return o.control(s, at)
}

func (o *oracle) control(s syntax.Stmt, at *place) *stop {
	switch s := s.(type) {
	case *syntax.IfStmt:
		v, st := o.expr(s.Cond, at)
		switch {
		case st != nil:
			return st
		case v.Truthy():
			return o.block(s.Then, at)
		case s.Else != nil:
			return o.stmt(s.Else, at)
		}
		return nil
	case *syntax.WhileStmt:
		return o.while(s, at)
	case *syntax.EachStmt:
		return o.each(s, at)
	case *syntax.BreakStmt:
		return o.leaving(broke, at)
	case *syntax.ContinueStmt:
		return o.leaving(continued, at)
	case *syntax.TryStmt:
		return o.try(s, at)
	}
	return o.fault(vm.CodeInternal)
}

func (o *oracle) returning(s *syntax.ReturnStmt, at *place) *stop {
	if at.locals == nil {
		return o.fault(vm.CodeReturnOutside)
	}
	v, st := value.Nil, (*stop)(nil)
	if s.Value != nil {
		if v, st = o.expr(s.Value, at); st != nil {
			return st
		}
	}
	if at.fins > 0 {
		return o.fault(vm.CodeLeaveFinally)
	}
	return &stop{kind: returned, result: o.copied(v)}
}

func (o *oracle) leaving(kind stopKind, at *place) *stop {
	if at.loopFin[len(at.loopFin)-1] != at.fins {
		return o.fault(vm.CodeLeaveFinally)
	}
	return &stop{kind: kind}
}

// round runs a loop's body once; again is false when the loop is over.
func (o *oracle) round(b *syntax.Block, at *place) (again bool, s *stop) {
	at.loopFin = append(at.loopFin, at.fins)
	s = o.block(b, at)
	at.loopFin = at.loopFin[:len(at.loopFin)-1]
	switch {
	case s == nil || s.kind == continued:
		return true, nil
	case s.kind == broke:
		return false, nil
	}
	return false, s
}

func (o *oracle) while(s *syntax.WhileStmt, at *place) *stop {
	for {
		v, st := o.expr(s.Cond, at)
		if st != nil || !v.Truthy() {
			return st
		}
		if again, st := o.round(s.Body, at); !again {
			return st
		}
	}
}

func (o *oracle) each(s *syntax.EachStmt, at *place) *stop {
	v, st := o.expr(s.In, at)
	if st != nil {
		return st
	}
	v = o.copied(v)
	it, err := value.NewIter(v)
	if err != nil {
		return o.failed(err)
	}
	for {
		x, ok := it.Next()
		if !ok {
			return nil
		}
		if st := o.spend(1); st != nil {
			return st
		}
		o.write(s.Var.Text, x, at)
		if again, st := o.round(s.Body, at); !again {
			return st
		}
	}
}

func (o *oracle) try(s *syntax.TryStmt, at *place) *stop {
	if s.Catch != nil {
		at.tries++
	}
	tries, fins, loops := at.tries, at.fins, len(at.loopFin)
	st := o.block(s.Body, at)
	at.tries, at.fins, at.loopFin = tries, fins, at.loopFin[:loops]
	if s.Catch != nil {
		at.tries--
		if st != nil && st.kind == faulted {
			if s.Var != nil {
				o.write(s.Var.Text, st.caught, at)
			}
			st = o.block(s.Catch, at)
		}
	}
	if s.Finally == nil || st != nil && st.kind == exhausted {
		return st
	}
	at.fins++
	last := o.block(s.Finally, at)
	at.fins--
	if last != nil {
		return last
	}
	return st
}

// assign stores into a variable or a part of one. The variable is looked up first, then come the indexes, then the value.
func (o *oracle) assign(s *syntax.AssignStmt, at *place) *stop {
	if x, ok := s.Target.(*syntax.NameExpr); ok {
		v, st := o.expr(s.Value, at)
		if st == nil {
			o.write(x.Text, v, at)
		}
		return st
	}
	name := rootName(s.Target)
	base, ok := o.read(name, at)
	if !ok {
		return o.fault(vm.CodeUndefined)
	}
	// A copy of the global is made even when the assignment then fails.
	o.write(name, base, at)
	base, _ = o.read(name, at)
	keys, st := o.keys(s.Target, at)
	if st != nil {
		return st
	}
	v, st := o.expr(s.Value, at)
	if st != nil {
		return st
	}
	changed, st := o.changed(o.copied(base), keys, o.copied(v))
	if st == nil {
		o.write(name, changed, at)
	}
	return st
}

type key struct {
	field bool
	v     value.Value
}

func (o *oracle) keys(x syntax.Expr, at *place) ([]key, *stop) {
	switch x := x.(type) {
	case *syntax.IndexExpr:
		ks, st := o.keys(x.X, at)
		if st != nil {
			return nil, st
		}
		i, st := o.expr(x.Index, at)
		return append(ks, key{v: i}), st
	case *syntax.FieldExpr:
		ks, st := o.keys(x.X, at)
		return append(ks, key{true, value.FromText(x.Name.Text)}), st
	}
	return nil, nil
}

// changed is base, which is a copy, with one place inside it changed.
func (o *oracle) changed(base value.Value, ks []key, v value.Value) (value.Value, *stop) {
	k := ks[0]
	if len(ks) > 1 {
		var inner value.Value
		var err error
		if k.field {
			inner, err = value.Field(base, k.v.Text())
		} else {
			inner, err = value.Index(base, k.v)
		}
		if err != nil {
			return value.Nil, o.failed(err)
		}
		var st *stop
		if v, st = o.changed(o.copied(inner), ks[1:], v); st != nil {
			return value.Nil, st
		}
	}
	var err error
	if k.field {
		base, err = value.SetField(base, k.v.Text(), v)
	} else {
		base, err = value.SetIndex(base, k.v, v)
	}
	if err != nil {
		return value.Nil, o.failed(err)
	}
	if r := base.Record(); r != nil && r.Shape != nil {
		return base, o.sound(r.Shape.Decl.(*declared), r, k.v.Display())
	}
	return base, nil
}

// sound checks a shape's record: the type of one field, or of all when name is "", and the rules.
func (o *oracle) sound(d *declared, r *value.Record, name string) *stop {
	for _, f := range d.decl.Fields {
		v, _ := r.Get(f.Name.Text)
		if (name == "" || name == f.Name.Text) && f.Type != nil && f.Type.Kind == syntax.TypeNumber &&
			v.Kind() != value.NumberKind && v.Kind() != value.NilKind {
			return o.fault(vm.CodeFieldType)
		}
		if name != "" {
			if st := o.rule(d, f, r); st != nil {
				return st
			}
		}
	}
	if name == "" {
		for _, f := range d.decl.Fields {
			if st := o.rule(d, f, r); st != nil {
				return st
			}
		}
	}
	return nil
}

func (o *oracle) rule(d *declared, f *syntax.FieldDecl, r *value.Record) *stop {
	if f.Rule == nil {
		return nil
	}
	if o.depth >= vm.DefaultDepth {
		return o.fault(vm.CodeDepth)
	}
	at := &place{locals: map[string]value.Value{}}
	for _, g := range d.decl.Fields {
		at.locals[g.Name.Text], _ = r.Get(g.Name.Text)
	}
	o.depth++
	v, st := o.expr(f.Rule, at)
	o.depth--
	if st == nil && !v.Truthy() {
		return o.fault(vm.CodeRule)
	}
	return st
}
