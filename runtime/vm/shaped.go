package vm

import (
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

// isShape checks a parameter that was declared as a shape.
func (m *Machine) isShape(v value.Value, name string) error {
	if r := v.Record(); r != nil && r.Shape != nil && r.Shape.Name == name {
		return nil
	}
	return machineError(CodeNotShape, name, v.KindName())
}

// shaped makes the record of a shape literal. The checker has seen its fields where it could; a spread is seen here.
func (m *Machine) shaped(s *shapedSite, vals []value.Value) (value.Value, error) {
	sh := s.shape
	slots := make([]value.Value, len(sh.fields))
	given := make([]bool, len(sh.fields))
	if s.spread {
		from := vals[len(vals)-1].Record()
		if from == nil || from.Shape != sh.Shape {
			return value.Nil, machineError(CodeNotShape, sh.Name, vals[len(vals)-1].KindName())
		}
		for i, f := range sh.fields {
			slots[i], _ = from.Get(f.name)
			value.Share(slots[i])
			given[i] = true
		}
	}
	for i, key := range s.keys {
		at, ok := sh.index[key]
		if !ok {
			return value.Nil, machineError(value.CodeShapeField, sh.Name, key, strings.Join(sh.Fields, ", "))
		}
		slots[at], given[at] = vals[i], true
	}
	return m.finishShape(sh, slots, given)
}

func (m *Machine) finishShape(sh *shape, slots []value.Value, given []bool) (value.Value, error) {
	var missing []string
	for i, f := range sh.fields {
		if !given[i] {
			missing = append(missing, f.name)
		}
	}
	if missing != nil {
		return value.Nil, machineError(CodeShapeFields, sh.Name, strings.Join(missing, ", "))
	}
	for i, f := range sh.fields {
		if !m.fits(f.typ, slots[i]) {
			return value.Nil, machineError(CodeFieldType, f.name, f.typ.Name.Text, slots[i].KindName())
		}
	}
	rec := value.ShapeRecord(sh.Shape, value.NewLayout(sh.Fields...), slots)
	for i := range sh.fields {
		if err := m.rule(sh, i, slots); err != nil {
			return value.Nil, err
		}
	}
	return rec, m.grow(int64(len(slots))*value.SizeValue + value.SizeRecord)
}

// fits tells whether a value may stand in a field of a declared type; the acceptance rules are those of the checker
// (grammar.md 5), and a type parameter takes everything.
func (m *Machine) fits(t *syntax.Type, v value.Value) bool {
	if t == nil {
		return true
	}
	switch k := v.Kind(); t.Kind {
	case syntax.TypeNumber:
		return k == value.NumberKind || k == value.NilKind
	case syntax.TypeText, syntax.TypeDate:
		return k == value.TextKind || k == value.NumberKind || k == value.NilKind
	case syntax.TypeBoolean:
		return k == value.BooleanKind || k == value.NilKind
	case syntax.TypeArray:
		return k == value.ArrayKind || k == value.NilKind
	case syntax.TypeRecord:
		return k == value.RecordKind || k == value.NilKind
	case syntax.TypeFunction:
		return k == value.FuncKind || k == value.NilKind
	}
	if sh := m.prog.shapes[t.Name.Text]; sh != nil {
		r := v.Record()
		return v.IsNil() || r != nil && r.Shape == sh.Shape
	}
	return true
}
