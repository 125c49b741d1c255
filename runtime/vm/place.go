package vm

import (
	"unsafe"

	"github.com/etamil-lang/etamil/runtime/value"
)

// This file changes places: x.a = v, x[i] = v, x.a[i].b = v, and appending to what is there. What nobody else holds changes in place;
// what somebody else holds is copied on the way (runtime.md 5).

// setIndex is base with x at key.
func (m *Machine) setIndex(base, key, x value.Value) (value.Value, error) {
	return m.setOne(base, step{}, key, x)
}

// setField is base with a field set; the site remembers where the field was.
func (m *Machine) setField(base, x value.Value, at int) (value.Value, error) {
	name := m.prog.sites[at].name
	v, err := m.setOne(base, step{name, true}, value.Nil, x)
	if err == nil && v.Record().Shape == nil {
		m.remember(at, v.Record(), name)
	}
	return v, err
}

// ruled runs the operations that may ask a shape's rules. They call back into the machine, which may move the stack, so
// that the result is stored by the caller.
func (m *Machine) ruled(in *Ins, R unsafe.Pointer) (value.Value, error) {
	if in.Op == opShaped {
		return m.shaped(&m.prog.shaped[in.D], row(R, in))
	}
	p := &m.prog.paths[in.D]
	return m.setSteps(*at(R, in.A), p.steps, at(R, in.B), *at(R, in.C), p)
}

// setSteps changes one place inside nested arrays and records, or appends to what is there. Every level on the way is made
// the variable's own first.
func (m *Machine) setSteps(base value.Value, steps []step, index *value.Value, x value.Value, p *path) (value.Value, error) {
	s := steps[0]
	key := *index
	if !s.field {
		index = (*value.Value)(unsafe.Add(unsafe.Pointer(index), valueSize))
	}
	if len(steps) == 1 && !p.grows {
		return m.setOne(base, s, key, x)
	}
	inner, err := getOne(base, s, key)
	if err != nil {
		return value.Nil, err
	}
	// Owning the outer level first shares what is inside, if the outer one was shared.
	if base, err = m.own(base); err != nil {
		return value.Nil, err
	}
	if len(steps) == 1 {
		inner, err = m.appended(inner, x, p.word)
	} else {
		inner, err = m.setSteps(inner, steps[1:], index, x, p)
	}
	if err != nil {
		return value.Nil, err
	}
	return m.setOne(base, s, key, inner)
}

func getOne(base value.Value, s step, key value.Value) (value.Value, error) {
	if s.field {
		return value.Field(base, s.name)
	}
	return value.Index(base, key)
}

// own is base as its only holder may change it. A record with rules counts as held by others, so that a rule that breaks
// in the end leaves everything as it was.
func (m *Machine) own(base value.Value) (value.Value, error) {
	if s := shapeOf(base); s != nil && s.ruled {
		value.Share(base)
	}
	if !value.IsShared(base) {
		return base, nil
	}
	base = value.Own(base)
	return base, m.grow(int64(value.Size(base)))
}

// setOne sets one place of base. For a record of a shape the field's type is asked first, and the rules last.
func (m *Machine) setOne(base value.Value, s step, key, x value.Value) (value.Value, error) {
	sh := shapeOf(base)
	name := s.name
	if sh != nil {
		if !s.field {
			var err error
			if name, err = value.Key(key); err != nil {
				return value.Nil, err
			}
		}
		if i, ok := sh.index[name]; ok && !m.fits(sh.fields[i].typ, x) {
			return value.Nil, machineError(CodeFieldType, name, sh.fields[i].typ.Name.Text, x.KindName())
		}
		if sh.ruled {
			value.Share(base)
		}
	}
	shared := value.IsShared(base)
	var err error
	if s.field {
		base, err = value.SetField(base, s.name, x)
	} else {
		base, err = value.SetIndex(base, key, x)
	}
	if err != nil {
		return value.Nil, err
	}
	if sh != nil && sh.ruled {
		if err := m.checkRules(sh, base.Record().Slots); err != nil {
			return value.Nil, err
		}
	}
	if shared {
		return base, m.grow(int64(value.Size(base)))
	}
	return base, m.grow(value.SizeValue)
}

// shapeOf is the declared shape of a record, nil for every other value.
func shapeOf(v value.Value) *shape {
	r := v.Record()
	if r == nil || r.Shape == nil {
		return nil
	}
	s, _ := r.Shape.Decl.(*shape)
	return s
}

// checkRules asks the rules of all fields: a rule sees all of them.
func (m *Machine) checkRules(s *shape, slots []value.Value) error {
	for i := range s.fields {
		if err := m.rule(s, i, slots); err != nil {
			return err
		}
	}
	return nil
}

// appended is v with x at its end. What is no array is left to the word itself, whose error it is.
func (m *Machine) appended(v, x value.Value, word int) (value.Value, error) {
	arr := v.Array()
	if arr == nil {
		return m.native(m.prog.natives[word], []value.Value{v, x})
	}
	room := cap(arr.Items)
	v, err := value.Append(v, x)
	if err != nil {
		return value.Nil, err
	}
	if now := v.Array(); now != arr || cap(now.Items) != room {
		return v, m.grow(int64(cap(now.Items)) * value.SizeValue)
	}
	return v, nil
}
