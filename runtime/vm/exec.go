package vm

import (
	"strconv"
	"unsafe"

	"github.com/etamil-lang/etamil/runtime/value"
)

const (
	insSize   = unsafe.Sizeof(Ins{})
	valueSize = unsafe.Sizeof(value.Value{})
	numbers   = 32 // tags below are small decimals
)

// exec runs fn with its frame at base until it returns to where exec was entered. The arguments are in place.
//
// The hot operations stand in this one function, because a call costs more than most of them. A case that is done
// continues the loop; one that failed leaves the switch with err set.
func (m *Machine) exec(fn *Proto, base int) (value.Value, error) {
	entry := len(m.frames)
	m.ensure(base + fn.regs)
	R := unsafe.Pointer(&m.stack[base])
	K, code := constPtr(fn), codePtr(fn)
	pc := 0
	fuel := m.fuel
	var err error
	for {
		in := (*Ins)(unsafe.Add(code, uintptr(pc)*insSize))
		pc++
		switch in.Op {
		case opMove:
			put(at(R, in.A), *at(R, in.B))
			continue
		case opMoveS:
			v := *at(R, in.B)
			if v.Tag >= value.TagArray {
				value.Share(v)
			}
			put(at(R, in.A), v)
			continue
		case opShare:
			value.Share(*at(R, in.A))
			continue
		case opLoadK:
			put(at(R, in.A), *(*value.Value)(unsafe.Add(K, uintptr(in.D)*valueSize)))
			continue
		case opAdd:
			a, b := at(R, in.B), at(R, in.C)
			if a.Tag == b.Tag && a.Tag < numbers {
				if c := a.Bits + b.Bits; (c > a.Bits) == (b.Bits > 0) {
					number(at(R, in.A), a.Tag, c)
					continue
				}
			}
			if err = arith(value.Add, at(R, in.A), a, b); err == nil {
				continue
			}
		case opAddK:
			a, b := at(R, in.B), at(K, in.C)
			if a.Tag == b.Tag && a.Tag < numbers {
				if c := a.Bits + b.Bits; (c > a.Bits) == (b.Bits > 0) {
					number(at(R, in.A), a.Tag, c)
					continue
				}
			}
			if err = arith(value.Add, at(R, in.A), a, b); err == nil {
				continue
			}
		case opSub:
			a, b := at(R, in.B), at(R, in.C)
			if a.Tag == b.Tag && a.Tag < numbers {
				if c := a.Bits - b.Bits; (c < a.Bits) == (b.Bits > 0) {
					number(at(R, in.A), a.Tag, c)
					continue
				}
			}
			if err = arith(value.Sub, at(R, in.A), a, b); err == nil {
				continue
			}
		case opSubK:
			a, b := at(R, in.B), at(K, in.C)
			if a.Tag == b.Tag && a.Tag < numbers {
				if c := a.Bits - b.Bits; (c < a.Bits) == (b.Bits > 0) {
					number(at(R, in.A), a.Tag, c)
					continue
				}
			}
			if err = arith(value.Sub, at(R, in.A), a, b); err == nil {
				continue
			}
		case opMul:
			a, b := at(R, in.B), at(R, in.C)
			if a.Tag < numbers && b.Tag < numbers && a.Tag+b.Tag <= value.MaxSmallScale {
				if c, ok := mulInt(a.Bits, b.Bits); ok {
					number(at(R, in.A), a.Tag+b.Tag, c)
					continue
				}
			}
			if err = arith(value.Mul, at(R, in.A), a, b); err == nil {
				continue
			}
		case opMulK:
			a, b := at(R, in.B), at(K, in.C)
			if a.Tag < numbers && b.Tag < numbers && a.Tag+b.Tag <= value.MaxSmallScale {
				if c, ok := mulInt(a.Bits, b.Bits); ok {
					number(at(R, in.A), a.Tag+b.Tag, c)
					continue
				}
			}
			if err = arith(value.Mul, at(R, in.A), a, b); err == nil {
				continue
			}
		case opDiv:
			if err = arith(value.Div, at(R, in.A), at(R, in.B), at(R, in.C)); err == nil {
				continue
			}
		case opDivK:
			if err = arith(value.Div, at(R, in.A), at(R, in.B), at(K, in.C)); err == nil {
				continue
			}
		case opJump:
			pc = int(in.D)
			continue
		case opLoop:
			pc = int(in.D)
			if fuel--; fuel >= 0 {
				continue
			}
			if err = m.refuel(); err == nil {
				fuel = m.fuel
				continue
			}
		case opJumpF:
			if !at(R, in.A).Truthy() {
				pc = int(in.D)
			}
			continue
		case opJumpNLt:
			a, b := at(R, in.A), at(R, in.B)
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits >= b.Bits {
					pc = int(in.D)
				}
			} else if !less(a, b) {
				pc = int(in.D)
			}
			continue
		case opJumpNLtK:
			a, b := at(R, in.A), at(K, in.B)
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits >= b.Bits {
					pc = int(in.D)
				}
			} else if k, ok := lifted(b, a.Tag); ok {
				if a.Bits >= k {
					pc = int(in.D)
				}
			} else if !less(a, b) {
				pc = int(in.D)
			}
			continue
		case opJumpNLe:
			a, b := at(R, in.A), at(R, in.B)
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits > b.Bits {
					pc = int(in.D)
				}
			} else if !lessEq(a, b) {
				pc = int(in.D)
			}
			continue
		case opJumpNLeK:
			a, b := at(R, in.A), at(K, in.B)
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits > b.Bits {
					pc = int(in.D)
				}
			} else if k, ok := lifted(b, a.Tag); ok {
				if a.Bits > k {
					pc = int(in.D)
				}
			} else if !lessEq(a, b) {
				pc = int(in.D)
			}
			continue
		case opJumpNGtK:
			a, b := at(R, in.A), at(K, in.B)
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits <= b.Bits {
					pc = int(in.D)
				}
			} else if k, ok := lifted(b, a.Tag); ok {
				if a.Bits <= k {
					pc = int(in.D)
				}
			} else if !less(b, a) {
				pc = int(in.D)
			}
			continue
		case opJumpNGeK:
			a, b := at(R, in.A), at(K, in.B)
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits < b.Bits {
					pc = int(in.D)
				}
			} else if k, ok := lifted(b, a.Tag); ok {
				if a.Bits < k {
					pc = int(in.D)
				}
			} else if !lessEq(b, a) {
				pc = int(in.D)
			}
			continue
		case opJumpNEq:
			if a, b := at(R, in.A), at(R, in.B); !equal(a, b) {
				pc = int(in.D)
			}
			continue
		case opJumpNEqK:
			if !equal(at(R, in.A), at(K, in.B)) {
				pc = int(in.D)
			}
			continue
		case opJumpNNe:
			if equal(at(R, in.A), at(R, in.B)) {
				pc = int(in.D)
			}
			continue
		case opJumpNNeK:
			if equal(at(R, in.A), at(K, in.B)) {
				pc = int(in.D)
			}
			continue
		case opJumpLt, opJumpLtK:
			a, b := at(R, in.A), at(R, in.B)
			if in.Op == opJumpLtK {
				b = at(K, in.B)
			}
			if a.Tag == b.Tag && a.Tag < numbers {
				if a.Bits >= b.Bits {
					continue
				}
			} else if !less(a, b) {
				continue
			}
			pc = int(in.D)
			if fuel--; fuel >= 0 {
				continue
			}
			if err = m.refuel(); err == nil {
				fuel = m.fuel
				continue
			}
		case opJumpT, opJumpLe, opJumpEq, opJumpNe, opJumpLeK, opJumpGtK, opJumpGeK, opJumpEqK, opJumpNeK:
			if !holds(in, R, K) {
				continue
			}
			pc = int(in.D)
			if fuel--; fuel >= 0 {
				continue
			}
			if err = m.refuel(); err == nil {
				fuel = m.fuel
				continue
			}
		case opCall:
			if len(m.frames) >= m.depth {
				err = machineError(CodeDepth, strconv.Itoa(m.opts.MaxDepth))
				break
			}
			if fuel--; fuel < 0 {
				if err = m.refuel(); err != nil {
					break
				}
				fuel = m.fuel
			}
			if n := len(m.frames); n < cap(m.frames) {
				// A slot is used again and again by the same function, so that its pointer is written only when it
				// changes: writing one costs a check for the garbage collector.
				m.frames = m.frames[:n+1]
				fr := &m.frames[n]
				if fr.fn != fn {
					fr.fn = fn
				}
				fr.pc, fr.base, fr.dst = pc, base, in.A
			} else {
				m.frames = append(m.frames, frame{fn, pc, base, in.A})
			}
			base += int(in.C)
			fn = m.prog.funcs[in.D]
			R = unsafe.Add(R, uintptr(in.B)*8)
			if base+fn.regs > len(m.stack) {
				m.ensure(base + fn.regs)
				R = unsafe.Pointer(&m.stack[base])
			}
			K, code, pc = constPtr(fn), codePtr(fn), 0
			continue
		case opReturn, opReturnNil:
			v := &nothing
			if in.Op == opReturn {
				v = at(R, in.A)
			}
			n := len(m.frames)
			if n == entry {
				m.fuel = fuel
				return *v, nil
			}
			fr := &m.frames[n-1]
			fn, pc, base = fr.fn, fr.pc, fr.base
			R = unsafe.Pointer(&m.stack[base])
			K, code = constPtr(fn), codePtr(fn)
			put(at(R, fr.dst), *v)
			m.frames = m.frames[:n-1]
			continue
		case opIndex, opIndexS:
			a, i := at(R, in.B), at(R, in.C)
			var v value.Value
			if i.Tag == 0 && a.Tag == value.TagArray {
				if items := (*value.Array)(a.Ref).Items; uint64(i.Bits) < uint64(len(items)) {
					v = items[i.Bits]
				} else {
					_, err = value.Index(*a, *i)
					break
				}
			} else if v, err = value.Index(*a, *i); err != nil {
				break
			}
			if in.Op == opIndexS && v.Tag >= value.TagArray {
				value.Share(v)
			}
			put(at(R, in.A), v)
			continue
		case opField, opFieldS:
			a := at(R, in.B)
			var v value.Value
			if c := &m.caches[in.D]; a.Tag == value.TagRecord && c.layout == (*value.Record)(a.Ref).Layout {
				v = (*value.Record)(a.Ref).Slots[c.slot]
			} else if v, err = m.field(*a, int(in.D)); err != nil {
				break
			}
			if in.Op == opFieldS && v.Tag >= value.TagArray {
				value.Share(v)
			}
			put(at(R, in.A), v)
			continue
		case opSetIndex:
			d, i := at(R, in.A), at(R, in.B)
			if d.Tag == value.TagArray && i.Tag == 0 {
				if a := (*value.Array)(d.Ref); !a.Shared() && uint64(i.Bits) < uint64(len(a.Items)) {
					put(&a.Items[i.Bits], *at(R, in.C))
					continue
				}
			}
			m.lend(fn, pc, base, fuel)
			var v value.Value
			v, err = m.setIndex(*d, *i, *at(R, in.C))
			m.frames = m.frames[:len(m.frames)-1]
			if err == nil {
				R = unsafe.Pointer(&m.stack[base]) // a rule may have moved the stack
				put(at(R, in.A), v)
				fuel = m.fuel
				continue
			}
		case opSetField:
			d := at(R, in.A)
			if c := &m.caches[in.D]; d.Tag == value.TagRecord && c.layout == (*value.Record)(d.Ref).Layout {
				if r := (*value.Record)(d.Ref); !r.Shared() && r.Shape == nil {
					put(&r.Slots[c.slot], *at(R, in.B))
					continue
				}
			}
			m.lend(fn, pc, base, fuel)
			var v value.Value
			v, err = m.setField(*d, *at(R, in.B), int(in.D))
			m.frames = m.frames[:len(m.frames)-1]
			if err == nil {
				R = unsafe.Pointer(&m.stack[base]) // a rule may have moved the stack
				put(at(R, in.A), v)
				fuel = m.fuel
				continue
			}
		case opAppend:
			d := at(R, in.A)
			if d.Tag == value.TagArray {
				a := (*value.Array)(d.Ref)
				if n := len(a.Items); n < cap(a.Items) && !a.Shared() {
					a.Items = a.Items[:n+1]
					a.Items[n] = *at(R, in.B)
					continue
				}
			}
			var v value.Value
			if v, err = m.appended(*d, *at(R, in.B), int(in.D)); err == nil {
				put(d, v)
				continue
			}
		case opNext:
			s := at(R, in.A)
			i := at(R, in.A+scale)
			var v value.Value
			if s.Tag == value.TagArray {
				items := (*value.Array)(s.Ref).Items
				if uint64(i.Bits) >= uint64(len(items)) {
					pc = int(in.D)
					continue
				}
				v = items[i.Bits]
				if v.Tag >= value.TagArray {
					value.Share(v)
				}
			} else {
				var ok bool
				if s.Tag == value.TagHandle {
					m.lend(fn, pc, base, fuel)
					v, ok, err = s.Handle().Impl.(Source).Next(&m.call)
					m.frames = m.frames[:len(m.frames)-1]
					if err != nil {
						break
					}
				} else {
					v, ok = value.ClusterAt(*s, int(i.Bits))
				}
				if !ok {
					pc = int(in.D)
					continue
				}
			}
			i.Bits++
			put(at(R, in.B), v)
			continue
		case opConcat:
			var v value.Value
			if v, err = m.concat(*at(R, in.B), *at(R, in.C)); err == nil {
				put(at(R, in.A), v)
				continue
			}
		case opCallV, opCallName, opMethod:
			m.fuel, m.top = fuel-1, base+fn.regs
			m.frames = append(m.frames, frame{fn, pc, base, in.A})
			var callee *Proto
			var window int
			if callee, window, err = m.dynamic(in, base); err == nil && callee != nil {
				err = m.entered()
			}
			fuel = m.fuel
			if err != nil || callee == nil {
				m.frames = m.frames[:len(m.frames)-1]
				if err != nil {
					break
				}
				R = unsafe.Pointer(&m.stack[base]) // the stack may have moved
				continue
			}
			base, fn = window, callee
			R = unsafe.Pointer(&m.stack[base])
			K, code, pc = constPtr(fn), codePtr(fn), 0
			continue
		case opNative:
			m.lend(fn, pc, base, fuel)
			var v value.Value
			v, err = m.native(m.prog.natives[in.D], row(R, in))
			m.frames = m.frames[:len(m.frames)-1]
			fuel = m.fuel
			if err == nil {
				R = unsafe.Pointer(&m.stack[base])
				put(at(R, in.A), v)
				continue
			}
		case opQuest:
			if v := at(R, in.B); v.Tag == value.TagOk {
				inner := v.Inner()
				value.Share(inner) // the result holds it too
				put(at(R, in.A), inner)
				pc = int(in.D)
				continue
			} else if v.Tag == value.TagErr {
				continue
			} else {
				err = machineError(CodeNotResult, v.KindName())
			}
		case opRaise:
			err = m.raise(*at(R, in.A), fn, pc-1)
		case opRethrow:
			err = at(R, in.A).Handle().Impl.(error)
		case opShaped, opSetPath:
			m.lend(fn, pc, base, fuel)
			var v value.Value
			v, err = m.ruled(in, R)
			m.frames = m.frames[:len(m.frames)-1]
			if err == nil {
				R = unsafe.Pointer(&m.stack[base])
				put(at(R, in.A), v)
				fuel = m.fuel
				continue
			}
		default:
			if err = m.other(in, R, fn); err == nil {
				continue
			}
		}
		// A fault: go on at the nearest handler, or leave.
		m.fuel = fuel
		fn, base, pc, err = m.unwind(err, fn, base, pc-1, entry)
		if err != nil {
			return value.Nil, err
		}
		fuel = m.fuel
		R = unsafe.Pointer(&m.stack[base])
		K, code = constPtr(fn), codePtr(fn)
	}
}
