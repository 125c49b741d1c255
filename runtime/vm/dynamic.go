package vm

import (
	"errors"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// dynamic makes ready a call whose target is known only now. It answers the callee and where its frame starts; a native
// word is called at once, and the callee is nil.
func (m *Machine) dynamic(in *Ins, base int) (*Proto, int, error) {
	row := base + int(in.B)/scale
	n := int(in.C)
	switch in.Op {
	case opMethod:
		return m.method(in, base, row, n)
	case opCallName:
		return m.callName(in, base, row, n)
	}
	return m.callValue(m.stack[row], in, base, row+1, n)
}

// callValue calls a function value with the n arguments from register args.
func (m *Machine) callValue(fn value.Value, in *Ins, base, args, n int) (*Proto, int, error) {
	f := fn.Func()
	if f == nil {
		return nil, 0, machineError(CodeNotCallable, fn.KindName())
	}
	switch impl := f.Impl.(type) {
	case *Proto:
		impl = m.code(impl)
		if n != impl.params {
			return nil, 0, machineError(CodeArity, shown(impl), strconv.Itoa(impl.params), strconv.Itoa(n))
		}
		m.ensure(args + impl.regs)
		copy(m.stack[args+n:], f.Captured)
		return impl, args, nil
	case *Native:
		return nil, 0, m.callNative(impl, f.Name, in, base, args, n)
	}
	return nil, 0, machineError(CodeNotCallable, fn.KindName())
}

// native runs a word's implementation. The machine has one Call, lent for the time of a call, so that calling allocates nothing.
func (m *Machine) native(nat *Native, args []value.Value) (value.Value, error) {
	for i := range args {
		if nat.Whole>>i&1 == 0 && nests(args[i]) {
			if err := m.showable(args[i]); err != nil {
				return value.Nil, err
			}
		}
	}
	outer := m.call.Args
	m.call.Args = args
	v, err := nat.Fn(&m.call)
	m.call.Args = outer
	switch {
	case err != nil:
		err = m.interrupted(err)
	case !nat.Enters:
		err = m.stopped()
	}
	return v, err
}

func (m *Machine) callNative(nat *Native, name string, in *Ins, base, args, n int) error {
	if want, ok := nat.accepts(n); !ok {
		return machineError(CodeArity, name, want, strconv.Itoa(n))
	}
	row := m.stack[args : args+n : args+n]
	if nat.Keeps {
		for _, v := range row {
			value.Share(v)
		}
	}
	v, err := m.native(nat, row)
	if err == nil {
		m.stack[base+int(in.A)/scale] = v
	}
	return err
}

// callName calls NAME(…) where NAME may be a variable: a variable that holds a function wins, then the function of that
// name, the builtin, the shape.
func (m *Machine) callName(in *Ins, base, row, n int) (*Proto, int, error) {
	ref := &m.prog.names[m.prog.sites[in.D].ref]
	held := value.Unset
	if ref.local >= 0 {
		held = m.stack[base+ref.local/scale]
	}
	if held.Tag == value.TagUnset && ref.global >= 0 {
		held = m.stack[ref.global]
	}
	switch {
	case held.Kind() == value.FuncKind:
		return m.callValue(held, in, base, row+1, n)
	case ref.fn != nil:
		return m.callValue(ref.fn.fn, in, base, row+1, n)
	case ref.native >= 0:
		return nil, 0, m.callNative(m.prog.natives[ref.native], ref.name, in, base, row+1, n)
	case ref.shape != nil:
		v, err := m.convert(ref.shape, m.stack[row+1:row+1+n])
		if err == nil {
			m.stack[base+int(in.A)/scale] = v
		}
		return nil, 0, err
	case ref.word:
		return nil, 0, machineError(CodeNotBuilt, ref.name)
	case held.Tag != value.TagUnset:
		return nil, 0, machineError(CodeNotCallable, held.KindName())
	}
	return nil, 0, machineError(CodeNoFunction, ref.name)
}

// method calls x.name(…): a method of x's shape, else a field that holds a function (grammar.md 4.3).
func (m *Machine) method(in *Ins, base, row, n int) (*Proto, int, error) {
	recv := m.stack[row]
	name := m.prog.sites[in.D].name
	r := recv.Record()
	if r == nil {
		if sh := recv.Shape(); sh != nil {
			return m.shapeMethod(sh.Decl.(*shape), name, in, base, row, n)
		}
		if h := recv.Handle(); h != nil {
			return nil, 0, m.handleMethod(h, name, in, base, row, n)
		}
		return nil, 0, machineError(CodeNoMethod, recv.KindName(), name)
	}
	if r.Shape != nil {
		if p := m.findMethod(r.Shape, name, int(in.D)); p != nil {
			if n+1 != p.params {
				return nil, 0, machineError(CodeArity, p.name, strconv.Itoa(p.params-1), strconv.Itoa(n))
			}
			m.ensure(row + p.regs)
			return p, row, nil
		}
	}
	if f, ok := r.Get(name); ok {
		return m.callValue(f, in, base, row+1, n)
	}
	if r.Shape != nil {
		return nil, 0, machineError(CodeNoMethod, r.Shape.Name, name)
	}
	_, err := value.Field(recv, name)
	return nil, 0, err
}

// handleMethod calls a word of a handle.
func (m *Machine) handleMethod(h *value.Handle, name string, in *Ins, base, row, n int) error {
	var nat *Native
	if impl, ok := h.Impl.(Methods); ok {
		nat = impl.Method(name)
	}
	if nat == nil {
		return machineError(CodeNoMethod, h.Kind, name)
	}
	shown := Native{Min: nat.Min - 1, Max: nat.Max - 1} // nobody counts the handle
	if want, ok := shown.accepts(n); !ok {
		return machineError(CodeArity, name, want, strconv.Itoa(n))
	}
	return m.callNative(nat, name, in, base, row, n+1)
}

// shapeMethod calls S.name(…) where S is a value.
func (m *Machine) shapeMethod(s *shape, name string, in *Ins, base, row, n int) (*Proto, int, error) {
	p := s.methods[name]
	if p == nil {
		return nil, 0, machineError(CodeNoMethod, s.Name, name)
	}
	return m.callValue(m.code(p).fn, in, base, row+1, n)
}

// findMethod looks an instance method up, through the site's cache.
func (m *Machine) findMethod(sh *value.Shape, name string, at int) *Proto {
	s, ok := sh.Decl.(*shape)
	if !ok {
		return nil
	}
	c := &m.caches[at]
	if c.shape != s || c.proto == nil {
		p := s.methods[name]
		if p != nil {
			p = m.code(p)
		}
		if p == nil || !p.method {
			return nil
		}
		c.shape, c.proto = s, p
	}
	return c.proto
}

// convert is S(record): சரி(a record of the shape), or தவறு(what is wrong with it).
func (m *Machine) convert(s *shape, args []value.Value) (value.Value, error) {
	if len(args) != 1 {
		return value.Nil, machineError(CodeArity, s.Name, "1", strconv.Itoa(len(args)))
	}
	r := args[0].Record()
	if r == nil {
		return m.refused(machineError(CodeNotShape, s.Name, args[0].KindName())), nil
	}
	slots := make([]value.Value, len(s.fields))
	given := make([]bool, len(s.fields))
	for i, key := range r.Layout.Keys() {
		at, ok := s.index[key]
		if !ok {
			return m.refused(machineError(value.CodeShapeField, s.Name, key, strings.Join(s.Fields, ", "))), nil
		}
		slots[at], given[at] = r.Slots[i], true
		value.Share(slots[at])
	}
	v, err := m.finishShape(s, slots, given)
	if err != nil {
		if f := (*Fault)(nil); errors.As(err, &f) && !f.Catchable() {
			return value.Nil, err
		}
		return m.refused(err), nil
	}
	return value.FromOk(v), nil
}

// rule asks the விதி of field i, if it has one (services.md rule 23).
func (m *Machine) rule(s *shape, i int, fields []value.Value) error {
	p := s.fields[i].rule
	if p == nil {
		return nil
	}
	v, err := m.invoke(m.code(p).fn, fields)
	if err != nil {
		return err
	}
	if !v.Truthy() {
		return machineError(CodeRule, s.Name, s.fields[i].name)
	}
	return nil
}
