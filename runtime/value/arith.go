package value

import (
	"math"
	"math/bits"
)

// Add answers a+b. Values that are no numbers count as ToNumber says. The error is E0301 when the sum does not fit.
func Add(a, b Value) (Value, error) {
	if a.Tag == b.Tag && a.Tag < TagBool {
		c := a.Bits + b.Bits
		if (c > a.Bits) == (b.Bits > 0) {
			return Value{Tag: a.Tag, Bits: c}, nil
		}
	}
	return addSlow(a, b)
}

// Sub answers a-b. The error is E0301 when the difference does not fit.
func Sub(a, b Value) (Value, error) {
	if a.Tag == b.Tag && a.Tag < TagBool {
		c := a.Bits - b.Bits
		if (c < a.Bits) == (b.Bits > 0) {
			return Value{Tag: a.Tag, Bits: c}, nil
		}
	}
	return subSlow(a, b)
}

// Mul answers a·b. The error is E0301 when the product does not fit.
func Mul(a, b Value) (Value, error) {
	if a.Tag < TagBool && b.Tag < TagBool && a.Tag+b.Tag <= MaxSmallScale {
		if c, ok := mulInt(a.Bits, b.Bits); ok {
			return Value{Tag: a.Tag + b.Tag, Bits: c}, nil
		}
	}
	return mulSlow(a, b)
}

// Div answers a/b. The error is E0302 when b counts as zero, E0301 when the quotient does not fit.
func Div(a, b Value) (Value, error) {
	a, b = ToNumber(a), ToNumber(b)
	if a.Tag < TagBool && b.Tag < TagBool && b.Bits != 0 && a.Tag >= b.Tag {
		if q, ok := divSmall(a, b); ok {
			return q, nil
		}
	}
	e := b.Decimal()
	if e.IsZero() {
		return Nil, divisionByZero()
	}
	q, ok := a.Decimal().Div(e)
	return result(q, ok)
}

// Neg answers 0-a.
func Neg(a Value) (Value, error) {
	if a.Tag < TagBool && a.Bits != math.MinInt64 {
		return Value{Tag: a.Tag, Bits: -a.Bits}, nil
	}
	return Sub(Value{}, a)
}

// divSmall divides small numbers when the quotient ends within four more decimals: most amounts do.
func divSmall(a, b Value) (Value, bool) {
	if b.Bits == -1 {
		return Value{}, false // MinInt64 / -1 has no int64
	}
	q := a.Bits / b.Bits
	rem := a.Bits - q*b.Bits
	s := a.Tag - b.Tag
	if rem == 0 {
		return Value{Tag: s, Bits: q}, true
	}
	const extra, factor, limit = 4, 10_000, math.MaxInt64/10_000 - 1
	if s > MaxSmallScale-extra || q > limit || q < -limit || rem > limit || rem < -limit {
		return Value{}, false
	}
	rem *= factor
	f := rem / b.Bits
	if f*b.Bits != rem {
		return Value{}, false
	}
	q, s = q*factor+f, s+extra
	for q%10 == 0 && s > 0 {
		q, s = q/10, s-1
	}
	return Value{Tag: s, Bits: q}, true
}

// mulInt multiplies, telling whether the product fits.
func mulInt(a, b int64) (int64, bool) {
	h, l := bits.Mul64(uint64(a), uint64(b))
	h -= uint64((a>>63)&b) + uint64((b>>63)&a)
	return int64(l), int64(h) == int64(l)>>63
}

// alignSmall brings two small numbers to one scale; ok is false when that needs more than 64 bits.
func alignSmall(a, b Value) (x, y int64, scale uint64, ok bool) {
	x, y = a.Bits, b.Bits
	if a.Tag < b.Tag {
		x, ok = mulInt(x, int64(pow10[b.Tag-a.Tag]))
		return x, y, b.Tag, ok
	}
	y, ok = mulInt(y, int64(pow10[a.Tag-b.Tag]))
	return x, y, a.Tag, ok
}

func addSlow(a, b Value) (Value, error) {
	a, b = ToNumber(a), ToNumber(b)
	if a.Tag < TagBool && b.Tag < TagBool {
		if x, y, s, ok := alignSmall(a, b); ok {
			if c := x + y; (c > x) == (y > 0) {
				return Value{Tag: s, Bits: c}, nil
			}
		}
	}
	sum, ok := a.Decimal().Add(b.Decimal())
	return result(sum, ok)
}

func subSlow(a, b Value) (Value, error) {
	a, b = ToNumber(a), ToNumber(b)
	if a.Tag < TagBool && b.Tag < TagBool {
		if x, y, s, ok := alignSmall(a, b); ok {
			if c := x - y; (c < x) == (y > 0) {
				return Value{Tag: s, Bits: c}, nil
			}
		}
	}
	diff, ok := a.Decimal().Sub(b.Decimal())
	return result(diff, ok)
}

func mulSlow(a, b Value) (Value, error) {
	a, b = ToNumber(a), ToNumber(b)
	if a.Tag < TagBool && b.Tag < TagBool && a.Tag+b.Tag <= MaxSmallScale {
		if c, ok := mulInt(a.Bits, b.Bits); ok {
			return Value{Tag: a.Tag + b.Tag, Bits: c}, nil
		}
	}
	p, ok := a.Decimal().Mul(b.Decimal())
	return result(p, ok)
}

func result(d Decimal, ok bool) (Value, error) {
	if !ok {
		return Nil, overflow()
	}
	if d.IsZero() {
		return Value{}, nil
	}
	return FromDecimal(d), nil
}
