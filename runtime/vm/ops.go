package vm

import (
	"errors"
	"math/bits"
	"strconv"
	"unsafe"

	"github.com/etamil-lang/etamil/runtime/value"
)

// mulInt multiplies; ok is false when the product does not fit.
func mulInt(a, b int64) (int64, bool) {
	h, l := bits.Mul64(uint64(a), uint64(b))
	h -= uint64((a>>63)&b) + uint64((b>>63)&a)
	return int64(l), int64(h) == int64(l)>>63
}

func equal(a, b *value.Value) bool {
	if a.Tag == b.Tag && a.Tag < numbers {
		return a.Bits == b.Bits
	}
	return value.Equal(*a, *b)
}

// less is a < b where the two are not numbers of one scale.
func less(a, b *value.Value) bool {
	if x, y, ok := aligned(a, b); ok {
		return x < y
	}
	return value.Less(*a, *b)
}

// lessEq is a <= b where the two are not numbers of one scale.
func lessEq(a, b *value.Value) bool {
	if x, y, ok := aligned(a, b); ok {
		return x <= y
	}
	return value.LessEq(*a, *b)
}

var pow10 = [value.MaxSmallScale + 1]int64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// aligned brings the coefficients of two small decimals to one scale; ok is false when they do not fit.
func aligned(a, b *value.Value) (x, y int64, ok bool) {
	x, y = a.Bits, b.Bits
	if a.Tag > value.MaxSmallScale || b.Tag > value.MaxSmallScale {
		return x, y, false
	}
	if a.Tag < b.Tag {
		x, ok = mulInt(x, pow10[b.Tag-a.Tag])
	} else {
		y, ok = mulInt(y, pow10[a.Tag-b.Tag])
	}
	return x, y, ok
}

// lifted is the coefficient of the number k at the scale of another number, whose tag is given; ok is false where that
// other value is no small decimal, or where it takes more than a multiplication that cannot overflow.
func lifted(k *value.Value, tag uint64) (coefficient int64, ok bool) {
	if d := tag - k.Tag; d <= 9 && tag < numbers && int64(int32(k.Bits)) == k.Bits {
		return k.Bits * pow10[d], true
	}
	return 0, false
}

// holds decides the less frequent conditions of jumps that are taken when they hold.
func holds(in *Ins, R, K unsafe.Pointer) bool {
	a := at(R, in.A)
	switch in.Op {
	case opJumpT:
		return a.Truthy()
	case opJumpLe:
		return lessEq(a, at(R, in.B))
	case opJumpEq:
		return equal(a, at(R, in.B))
	case opJumpNe:
		return !equal(a, at(R, in.B))
	case opJumpLeK:
		return lessEq(a, at(K, in.B))
	case opJumpGtK:
		return less(at(K, in.B), a)
	case opJumpGeK:
		return lessEq(at(K, in.B), a)
	case opJumpEqK:
		return equal(a, at(K, in.B))
	}
	return !equal(a, at(K, in.B))
}

// other runs the operations that are rare or slow anyway.
func (m *Machine) other(in *Ins, R unsafe.Pointer, fn *Proto) error {
	if in.Op == opUnlimit { // also when the run is to stop
		return m.leaveLimit(*at(R, in.A))
	}
	if err := m.stopped(); err != nil {
		return err
	}
	d := at(R, in.A)
	switch in.Op {
	case opNop:
	case opUnset:
		*d = value.Unset
	case opLoadG, opLoadGS:
		v := m.stack[in.D]
		if v.Tag == value.TagUnset {
			return machineError(CodeUndefined, m.prog.globals[in.D])
		}
		if in.Op == opLoadGS {
			value.Share(v)
		}
		*d = v
	case opName:
		v, err := m.name(&m.prog.names[in.D], R)
		if err != nil {
			return err
		}
		*d = v
	case opCopyIn:
		return m.copyIn(d, &m.prog.names[in.D])
	case opNeg:
		v, err := value.Neg(*at(R, in.B))
		if err != nil {
			return err
		}
		*d = v
	case opConcatN:
		return m.concatN(d, unsafe.Slice(at(R, in.B), int(in.C)))
	case opConcatOnto:
		return m.extend(d, row(R, in))
	case opEq:
		*d = value.FromBool(equal(at(R, in.B), at(R, in.C)))
	case opNe:
		*d = value.FromBool(!equal(at(R, in.B), at(R, in.C)))
	case opLt:
		*d = value.FromBool(value.Less(*at(R, in.B), *at(R, in.C)))
	case opLe:
		*d = value.FromBool(value.LessEq(*at(R, in.B), *at(R, in.C)))
	case opNot:
		*d = value.FromBool(!at(R, in.B).Truthy())
	case opTruth:
		*d = value.FromBool(at(R, in.B).Truthy())
	default:
		return m.build(in, R, fn)
	}
	return nil
}

// build runs the operations that make or take apart values.
func (m *Machine) build(in *Ins, R unsafe.Pointer, fn *Proto) error {
	d := at(R, in.A)
	switch in.Op {
	case opClosure:
		c := &m.prog.closure[in.D]
		f := &value.Func{Impl: c.proto, Captured: make([]value.Value, len(c.from))}
		for i, r := range c.from {
			v := *at(R, r)
			if v.Tag == value.TagUnset {
				v = value.Nil
			}
			value.Share(v)
			f.Captured[i] = v
		}
		*d = value.FromFunc(f)
	case opArray:
		items := make([]value.Value, in.C)
		copy(items, row(R, in))
		*d = value.FromItems(items)
		return m.grow(int64(in.C)*value.SizeValue + value.SizeArray)
	case opExtend:
		items := row(R, in)
		for _, v := range items {
			*d, _ = value.Append(*d, v)
		}
		return m.grow(int64(in.C) * value.SizeValue)
	case opRecord:
		*d = value.CopySlots(m.prog.layouts[in.D], row(R, in))
		return m.grow(int64(in.C)*value.SizeValue + value.SizeRecord)
	case opEach:
		return m.each(d, at(R, in.A+scale))
	case opCatch:
		f := d.Handle().Impl.(*Fault)
		*d = f.record()
		value.Share(*d)
	case opPrint:
		return m.print(*d)
	case opIsShape:
		return m.isShape(*d, m.prog.sites[in.D].name)
	case opLimit:
		return m.enterLimit(*d)
	case opFault:
		f := fn.faults[in.D]
		return machineError(f.code, f.args...)
	default:
		return errors.New("operation " + strconv.Itoa(int(in.Op)))
	}
	return nil
}

func row(R unsafe.Pointer, in *Ins) []value.Value {
	if in.C == 0 {
		return nil
	}
	return unsafe.Slice(at(R, in.B), int(in.C))
}

func (m *Machine) print(v value.Value) error {
	var buf [64]byte
	if err := m.showable(v); err != nil {
		return err
	}
	if v.IsText() {
		m.out.WriteString(v.Text())
	} else {
		m.out.Write(value.AppendDisplay(buf[:0], v))
	}
	err := m.out.WriteByte('\n')
	if m.opts.FlushLines {
		err = m.out.Flush()
	}
	return err
}

// longest is the longest text of an aggregate that a run without a memory limit may ask for, in bytes.
const longest = 1 << 30

// room is the longest text of an aggregate that the run may ask for, in bytes.
func (m *Machine) room() int {
	if m.opts.MaxMemory > 0 {
		return int(min(longest, m.opts.MaxMemory))
	}
	return longest
}

// showable fails when v is an aggregate whose display text would go over the memory limit.
func (m *Machine) showable(v value.Value) error {
	if !nests(v) {
		return nil
	}
	limit := m.room()
	n := value.DisplaySize(v, limit)
	switch {
	case n > limit:
		return machineError(CodeMemory, strconv.Itoa(limit>>20))
	case n > weighedText && m.ending == nil:
		if err := m.weigh(int64(n)); err != nil {
			return err
		}
	}
	return m.stopped()
}

// nests tells that v holds other values.
func nests(v value.Value) bool { return v.Tag >= value.TagArray && v.Tag <= value.TagErr }

// weighedText is the length of a text that is worth looking at the heap before it is made.
const weighedText = 1 << 20

func (m *Machine) concat(a, b value.Value) (value.Value, error) {
	if err := m.showable(a); err != nil {
		return value.Nil, err
	}
	if err := m.showable(b); err != nil {
		return value.Nil, err
	}
	v := value.Concat(a, b)
	return v, m.grow(int64(len(v.Text()) - len(a.Text()) + value.SizeText))
}

// extend grows the text in d by several parts at once.
func (m *Machine) extend(d *value.Value, parts []value.Value) error {
	before := 0
	if d.IsText() {
		before = len(d.Text())
	} else if err := m.showable(*d); err != nil {
		return err
	}
	for _, p := range parts {
		if err := m.showable(p); err != nil {
			return err
		}
	}
	*d = value.Extend(*d, parts)
	return m.grow(int64(len(d.Text()) - before + value.SizeText))
}

func (m *Machine) concatN(d *value.Value, parts []value.Value) error {
	for _, p := range parts {
		if err := m.showable(p); err != nil {
			return err
		}
	}
	v := value.Joined(parts...)
	*d = v
	return m.grow(int64(len(v.Text()) + value.SizeText))
}

// name finds what a name means now: its variable here, the global, the function, the word, the shape.
func (m *Machine) name(n *nameRef, R unsafe.Pointer) (value.Value, error) {
	if n.local >= 0 {
		if v := *at(R, uint16(n.local)); v.Tag != value.TagUnset {
			return v, nil
		}
	}
	if n.global >= 0 {
		if v := m.stack[n.global]; v.Tag != value.TagUnset {
			return v, nil
		}
	}
	switch {
	case n.fn != nil:
		return n.fn.fn, nil
	case n.shape != nil:
		return value.FromShape(n.shape.Shape), nil
	case n.native >= 0:
		return n.nfn, nil
	case n.empty:
		return value.Nil, nil
	case n.means != "":
		return value.FromText(n.means), nil
	case n.word:
		return value.Nil, machineError(CodeNotBuilt, n.name)
	}
	return value.Nil, machineError(CodeUndefined, n.name)
}

func (m *Machine) copyIn(d *value.Value, n *nameRef) error {
	if d.Tag != value.TagUnset {
		return nil
	}
	if n.global >= 0 {
		if v := m.stack[n.global]; v.Tag != value.TagUnset {
			value.Share(v)
			*d = v
			return nil
		}
	}
	return machineError(CodeUndefined, n.name)
}

// each prepares a walk: the collection itself for arrays and texts, a list of the keys for records. The place is
// counted in the register behind it.
func (m *Machine) each(d, i *value.Value) error {
	switch d.Kind() {
	case value.ArrayKind, value.TextKind:
	case value.HandleKind:
		if _, ok := d.Handle().Impl.(Source); !ok {
			return machineError(value.CodeNotIterable, d.KindName())
		}
	case value.RecordKind:
		keys := d.Record().Keys()
		items := make([]value.Value, len(keys))
		for i, k := range keys {
			items[i] = value.FromText(k)
		}
		*d = value.FromItems(items)
	default:
		return machineError(value.CodeNotIterable, d.KindName())
	}
	*i = value.FromInt(0)
	return nil
}

// field reads a field the slow way and remembers where it was.
func (m *Machine) field(base value.Value, at int) (value.Value, error) {
	name := m.prog.sites[at].name
	v, err := value.Field(base, name)
	if err == nil {
		m.remember(at, base.Record(), name)
	}
	return v, err
}

func (m *Machine) remember(at int, r *value.Record, name string) {
	if slot, ok := r.Layout.Slot(name); ok {
		m.caches[at].layout, m.caches[at].slot = r.Layout, slot
	}
}
