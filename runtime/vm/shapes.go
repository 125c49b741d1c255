package vm

import (
	"context"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

// Shape answers a declared shape with its declaration, or nil when the program has none of that name. Neither may be
// changed.
func (p *Program) Shape(name string) (*value.Shape, *syntax.ShapeDecl) {
	s := p.shapes[name]
	if s == nil {
		return nil, nil
	}
	return s.Shape, s.decl
}

// CheckShape is Call.CheckShape outside a run: in a view of the globals of its own, as RunBlock has it. The error may also
// be the context's.
func (m *Machine) CheckShape(ctx context.Context, globals []value.Value, record value.Value, sh *value.Shape) (rec value.Value, faults []value.Value, err error) {
	copy(m.stack, globals)
	m.left, m.pot, m.fuel, m.ending, m.over = m.opts.Fuel, nil, 0, nil, false
	m.top = len(m.prog.globals) + m.prog.main.regs
	err = m.during(ctx, func() error {
		rec, faults, err = m.call.CheckShape(record, value.FromShape(sh))
		return err
	})
	return rec, faults, err
}
