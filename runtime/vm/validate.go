package vm

import (
	"errors"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// CheckShape holds a record against a shape's fields, types and rules (services.md rule 23). It answers every fault as an
// error record, in the order of the shape's fields and then of the unknown ones, and the record as one of the shape
// when there is none. The error is a run-time error: the shape is no shape, or a rule itself failed beyond catching.
func (c *Call) CheckShape(record, shp value.Value) (rec value.Value, faults []value.Value, err error) {
	s, ok := declared(shp)
	if !ok {
		return value.Nil, nil, machineError(CodeNotAShape, shp.KindName())
	}
	r := record.Record()
	if r == nil {
		return value.Nil, []value.Value{c.m.refused(machineError(CodeNotShape, s.Name, record.KindName())).Inner()}, nil
	}
	v := validation{m: c.m, shape: s, slots: make([]value.Value, len(s.fields))}
	v.fields(r)
	if err := v.rules(); err != nil {
		return value.Nil, nil, err
	}
	for _, key := range r.Keys() {
		if _, known := s.index[key]; !known {
			v.fault(machineError(value.CodeShapeField, s.Name, key, strings.Join(s.Fields, ", ")))
		}
	}
	if len(v.faults) > 0 {
		return value.Nil, v.faults, nil
	}
	return value.ShapeRecord(s.Shape, value.NewLayout(s.Fields...), v.slots), nil, nil
}

func declared(v value.Value) (*shape, bool) {
	sh := v.Shape()
	if sh == nil {
		return nil, false
	}
	s, ok := sh.Decl.(*shape)
	return s, ok
}

// validation collects what is wrong with one record.
type validation struct {
	m      *Machine
	shape  *shape
	slots  []value.Value
	bad    map[int]bool // fields that are missing or of a wrong type
	faults []value.Value
}

func (v *validation) fault(err error) {
	v.faults = append(v.faults, v.m.refused(err).Inner())
}

func (v *validation) fields(r *value.Record) {
	v.bad = map[int]bool{}
	for i, f := range v.shape.fields {
		x, ok := r.Get(f.name)
		switch {
		case !ok:
			v.fault(machineError(CodeShapeFields, v.shape.Name, f.name))
		case !v.m.fits(f.typ, x):
			v.fault(machineError(CodeFieldType, f.name, f.typ.Name.Text, x.KindName()))
		default:
			value.Share(x)
			v.slots[i] = x
			continue
		}
		v.slots[i], v.bad[i] = value.Nil, true
	}
}

// rules asks every rule whose own field is sound. A rule that fails by a run-time error, for example because another
// field is missing, counts as broken.
func (v *validation) rules() error {
	for i := range v.shape.fields {
		if v.bad[i] {
			continue
		}
		err := v.m.rule(v.shape, i, v.slots)
		if err == nil {
			continue
		}
		if f := (*Fault)(nil); errors.As(err, &f) && !f.Catchable() {
			return err
		}
		v.fault(machineError(CodeRule, v.shape.Name, v.shape.fields[i].name))
	}
	return nil
}
