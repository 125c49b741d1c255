package vm

import (
	"errors"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
)

// grace is the fuel that every இறுதியில் of a run together get after a limit or a cancellation ended it.
const grace = 100000

// unwind finds the nearest handler for a fault, from the frame it struck in down to the frame that exec was entered
// with. It answers where to go on, or the fault itself.
func (m *Machine) unwind(err error, fn *Proto, base, pc, entry int) (*Proto, int, int, error) {
	var stop *Exit
	if errors.As(err, &stop) {
		m.frames = m.frames[:entry]
		return nil, 0, 0, err
	}
	f := m.fault(err, fn, pc)
	if f.Code == CodeTimeout && f.limit == nil {
		m.fuel = 0 // what was left of the grace
	}
	for {
		if h := handlerAt(fn, pc, f.Catchable(), m.over); h != nil {
			m.stack[base+int(h.reg)/scale] = value.FromHandle(&value.Handle{Kind: "பிழை", Impl: f})
			if !f.Catchable() && m.ending == nil {
				m.ending, m.fuel = f, grace
			}
			if m.ending != nil {
				m.farewell()
			}
			return fn, base, int(h.pc), nil
		}
		if len(m.frames) == entry {
			return nil, 0, 0, f
		}
		fr := m.frames[len(m.frames)-1]
		m.frames = m.frames[:len(m.frames)-1]
		fn, base, pc = fr.fn, fr.base, fr.pc-1
	}
}

// handlerAt is the innermost handler of a place. Once the grace is spent only what ends the blocks of words still runs.
func handlerAt(fn *Proto, pc int, catchable, over bool) *handler {
	for i := range fn.trys {
		h := &fn.trys[i]
		if int(h.from) <= pc && pc < int(h.to) && (catchable || h.final) && !(over && h.own) {
			return h
		}
	}
	return nil
}

// refused is தவறு(error record) for an error that the program asked to have as a value.
func (m *Machine) refused(err error) value.Value {
	var f *Fault
	if errors.As(err, &f) {
		return value.FromErr(f.record())
	}
	var ve *value.Error
	if !errors.As(err, &ve) {
		return value.FromErr(value.FromText(err.Error()))
	}
	kind := "பொது"
	if e := diag.Lookup(ve.Code); e != nil && e.Kind != "" {
		kind = e.Kind
	}
	rec := value.NewFault(kind, diag.Message(ve.Code, diag.Both, ve.Args...))
	rec.Details = value.FromFields(nil, nil)
	rec.Stack = value.FromItems(nil)
	return value.FromErr(rec.Record())
}
