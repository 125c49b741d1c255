package value

import (
	"math"
	"math/bits"
)

// MaxScale is the largest number of decimals.
const MaxScale = 28

// Decimal is an exact decimal number: ±(Hi·2^64 + Lo) / 10^Scale, with 0 ≤ Scale ≤ 28 (semantics.md 1.3). One number has
// several forms (1.5 and 1.50); Cmp tells them equal. The zero Decimal is 0.
type Decimal struct {
	Lo    uint64
	Hi    uint32
	Scale uint8
	Neg   bool
}

// NewDecimal makes the whole number n.
func NewDecimal(n int64) Decimal { return smallDecimal(n, 0) }

func smallDecimal(n int64, scale uint64) Decimal {
	if n < 0 {
		return Decimal{Lo: -uint64(n), Scale: uint8(scale), Neg: true}
	}
	return Decimal{Lo: uint64(n), Scale: uint8(scale)}
}

// FromDecimal makes a number of d, in the small form when it has one.
func FromDecimal(d Decimal) Value {
	if d.Hi == 0 && d.Scale <= MaxSmallScale && d.Lo <= math.MaxInt64 {
		n := int64(d.Lo)
		if d.Neg {
			if n == 0 {
				return d.wide()
			}
			n = -n
		}
		return Value{Tag: uint64(d.Scale), Bits: n}
	}
	if d.Scale > 0 && d.Lo&1 == 0 && (d.Lo|uint64(d.Hi) == 0 || d.mod5() == 0) {
		t := d.Trim()
		if t.Hi == 0 && t.Scale <= MaxSmallScale && t.Lo <= math.MaxInt64 {
			return FromDecimal(t)
		}
		return t.wide()
	}
	return d.wide()
}

func (d Decimal) wide() Value {
	t := TagWide | uint64(d.Scale)<<8 | uint64(d.Hi)<<32
	if d.Neg {
		t |= 1 << 16
	}
	return Value{Tag: t, Bits: int64(d.Lo)}
}

// Decimal is the number v, and 0 when v is no number (ToNumber coerces).
func (v Value) Decimal() Decimal {
	if v.Tag <= MaxSmallScale {
		return smallDecimal(v.Bits, v.Tag)
	}
	if v.Tag&tagMask == TagWide {
		return Decimal{uint64(v.Bits), uint32(v.Tag >> 32), uint8(v.Tag >> 8), v.Tag>>16&1 != 0}
	}
	return Decimal{}
}

// Int is the number v as a machine integer; ok is false when v is no number, not whole or too large.
func (v Value) Int() (n int64, ok bool) {
	if v.Tag == 0 {
		return v.Bits, true
	}
	if !v.IsNumber() {
		return 0, false
	}
	d := v.Decimal().Trim()
	if d.Scale != 0 || d.Hi != 0 {
		return 0, false
	}
	if d.Neg {
		return -int64(d.Lo), d.Lo <= 1<<63
	}
	return int64(d.Lo), d.Lo <= math.MaxInt64
}

// IsZero tells whether d is 0, of either sign.
func (d Decimal) IsZero() bool { return d.Lo|uint64(d.Hi) == 0 }

// IsWhole tells whether d has no fraction.
func (d Decimal) IsWhole() bool { return d.Trim().Scale == 0 }

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.IsZero():
		return 0
	case d.Neg:
		return -1
	}
	return 1
}

// mod5 is the coefficient modulo 5; 2^64 leaves 1.
func (d Decimal) mod5() uint64 { return (d.Lo%5 + uint64(d.Hi)%5) % 5 }

// Trim drops the zeros at the end of the fraction; zero becomes +0 or -0 without decimals.
func (d Decimal) Trim() Decimal {
	if d.IsZero() {
		return Decimal{Neg: d.Neg}
	}
	if d.Scale == 0 || d.Lo&1 != 0 || d.mod5() != 0 {
		return d
	}
	for n := uint8(16); n > 0; n /= 2 {
		// 10^n divides only what 2^n divides.
		if d.Scale < n || bits.TrailingZeros64(d.Lo) < int(n) {
			continue
		}
		if q, rem := d.coef().div1(pow10[n]); rem == 0 {
			d.Lo, d.Hi = q.a, uint32(q.b)
			d.Scale -= n
		}
	}
	return d
}

func (d Decimal) coef() u192 { return u192{a: d.Lo, b: uint64(d.Hi)} }

// scaled is the coefficient times 10^k, k ≤ 28.
func (d Decimal) scaled(k int) u192 {
	if k == 0 {
		return d.coef()
	}
	p := &pow10x2[k]
	return mul2x2(uint64(d.Hi), d.Lo, p[1], p[0])
}

// align gives both coefficients at the larger scale.
func align(a, b Decimal) (x, y u192, scale int) {
	sa, sb := int(a.Scale), int(b.Scale)
	if sa < sb {
		return a.scaled(sb - sa), b.coef(), sb
	}
	return a.coef(), b.scaled(sa - sb), sa
}

// Add answers a+b; ok is false when it does not fit.
func (d Decimal) Add(e Decimal) (sum Decimal, ok bool) {
	x, y, scale := align(d, e)
	if d.Neg == e.Neg {
		return reduce(x.add(y), scale, d.Neg && !(d.IsZero() && e.IsZero()))
	}
	switch x.cmp(y) {
	case 1:
		return reduce(x.sub(y), scale, d.Neg)
	case -1:
		return reduce(y.sub(x), scale, e.Neg)
	}
	return Decimal{}, true
}

// Sub answers d-e; ok is false when it does not fit.
func (d Decimal) Sub(e Decimal) (Decimal, bool) {
	e.Neg = !e.Neg
	return d.Add(e)
}

// Mul answers d·e; ok is false when it does not fit.
func (d Decimal) Mul(e Decimal) (Decimal, bool) {
	u := mul2x2(uint64(d.Hi), d.Lo, uint64(e.Hi), e.Lo)
	p, ok := reduce(u, int(d.Scale)+int(e.Scale), d.Neg != e.Neg)
	if p.IsZero() {
		return Decimal{}, ok
	}
	return p, ok
}

// Cmp orders the numbers: -1, 0 or 1.
func (d Decimal) Cmp(e Decimal) int {
	ds, es := d.Sign(), e.Sign()
	if ds != es {
		if ds < es {
			return -1
		}
		return 1
	}
	x, y, _ := align(d, e)
	return x.cmp(y) * ds
}
