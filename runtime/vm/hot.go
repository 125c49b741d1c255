package vm

import (
	"strconv"
	"unsafe"

	"github.com/etamil-lang/etamil/runtime/value"
)

// This file has what the loop of exec asks for in passing; most of it is inlined there.

func codePtr(p *Proto) unsafe.Pointer  { return unsafe.Pointer(unsafe.SliceData(p.code)) }
func constPtr(p *Proto) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(p.consts)) }

func at(base unsafe.Pointer, operand uint16) *value.Value {
	return (*value.Value)(unsafe.Add(base, uintptr(operand)*8))
}

// put stores v without a write barrier where the pointer stays what it was, which is nearly always for numbers.
func put(d *value.Value, v value.Value) {
	d.Tag, d.Bits = v.Tag, v.Bits
	if d.Ref != v.Ref {
		d.Ref = v.Ref
	}
}

// lend makes the machine ready to be called back by what the instruction before pc does: the frame is on the stack of
// calls until the caller takes it off.
func (m *Machine) lend(fn *Proto, pc, base int, fuel int64) {
	m.fuel, m.top = fuel, base+fn.regs
	m.frames = append(m.frames, frame{fn: fn, pc: pc, base: base})
}

// entered checks the limits for a call whose frame is on the stack already.
func (m *Machine) entered() error {
	if len(m.frames) > m.depth {
		return machineError(CodeDepth, strconv.Itoa(m.opts.MaxDepth))
	}
	if m.fuel < 0 {
		return m.refuel()
	}
	return nil
}

// arith stores the result of what the fast paths leave over.
func arith(op func(a, b value.Value) (value.Value, error), d, a, b *value.Value) error {
	v, err := op(*a, *b)
	if err == nil {
		put(d, v)
	}
	return err
}

func number(d *value.Value, tag uint64, n int64) {
	d.Tag, d.Bits = tag, n
	if d.Ref != nil {
		d.Ref = nil
	}
}

// nothing is what a function without a திரும்பு answers.
var nothing = value.Nil
