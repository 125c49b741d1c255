package value

import "math/bits"

// u192 is an unsigned integer of three words, a the lowest. Every exact sum and product of two decimals fits it.
type u192 struct{ a, b, c uint64 }

// mul2x2 multiplies (x1,x0) by (y1,y0); the product must fit 192 bits.
func mul2x2(x1, x0, y1, y0 uint64) u192 {
	h00, l00 := bits.Mul64(x0, y0)
	if x1|y1 == 0 {
		return u192{l00, h00, 0}
	}
	h01, l01 := bits.Mul64(x0, y1)
	h10, l10 := bits.Mul64(x1, y0)
	b, c1 := bits.Add64(h00, l01, 0)
	b, c2 := bits.Add64(b, l10, 0)
	return u192{l00, b, h01 + h10 + x1*y1 + c1 + c2}
}

// mul1 multiplies by one word; the product must fit 192 bits.
func (u u192) mul1(m uint64) u192 {
	h0, a := bits.Mul64(u.a, m)
	h1, l1 := bits.Mul64(u.b, m)
	b, c1 := bits.Add64(h0, l1, 0)
	return u192{a, b, h1 + u.c*m + c1}
}

func (u u192) add(v u192) u192 {
	a, c := bits.Add64(u.a, v.a, 0)
	b, c := bits.Add64(u.b, v.b, c)
	d, _ := bits.Add64(u.c, v.c, c)
	return u192{a, b, d}
}

// sub answers u-v, v not greater than u.
func (u u192) sub(v u192) u192 {
	a, c := bits.Sub64(u.a, v.a, 0)
	b, c := bits.Sub64(u.b, v.b, c)
	d, _ := bits.Sub64(u.c, v.c, c)
	return u192{a, b, d}
}

func (u u192) cmp(v u192) int {
	switch {
	case u.c != v.c:
		return order(u.c, v.c)
	case u.b != v.b:
		return order(u.b, v.b)
	}
	return order(u.a, v.a)
}

func order(x, y uint64) int {
	if x < y {
		return -1
	}
	if x > y {
		return 1
	}
	return 0
}

func (u u192) bitlen() int {
	if u.c != 0 {
		return 128 + bits.Len64(u.c)
	}
	if u.b != 0 {
		return 64 + bits.Len64(u.b)
	}
	return bits.Len64(u.a)
}

// fits96 tells whether u is a coefficient.
func (u u192) fits96() bool { return u.c == 0 && u.b>>32 == 0 }

// div1 divides by one word.
func (u u192) div1(d uint64) (q u192, rem uint64) {
	if u.c != 0 {
		q.c, rem = u.c/d, u.c%d
	}
	if rem != 0 || u.b >= d {
		q.b, rem = bits.Div64(rem, u.b, d)
	} else {
		rem = u.b
	}
	if rem == 0 {
		q.a, rem = u.a/d, u.a%d
	} else {
		q.a, rem = bits.Div64(rem, u.a, d)
	}
	return q, rem
}

// divPow10 divides by 10^k, 1 ≤ k ≤ 38. half compares the remainder with one half of the divisor (-1, 0, 1); exact tells
// that nothing was left.
func (u u192) divPow10(k int) (q u192, half int, exact bool) {
	if k <= 19 {
		d := pow10[k]
		q, rem := u.div1(d)
		return q, order(rem, d/2), rem == 0
	}
	q, low := u.div1(pow10[19])
	d := pow10[k-19]
	q, rem := q.div1(d)
	half = order(rem, d/2)
	if half == 0 && low != 0 {
		half = 1
	}
	return q, half, rem|low == 0
}

// roundEven adds one to u when half (as divPow10 gives it) says so: half goes to the even neighbour.
func (u u192) roundEven(half int) u192 {
	if half > 0 || half == 0 && u.a&1 == 1 {
		return u.add(u192{a: 1})
	}
	return u
}

// digitsOver is the number of decimal digits in n bits, rounded down: ⌊n·log10 2⌋, right for 0 ≤ n ≤ 256.
func digitsOver(n int) int { return n * 30103 / 100000 }

// reduce brings an exact result into range as semantics.md 1.3 says: it drops the fewest digits that leave at most 28 decimals and
// 96 bits, rounding once, half to even. ok is false when the number does not fit.
func reduce(u u192, scale int, neg bool) (Decimal, bool) {
	if scale <= MaxScale && u.fits96() {
		return Decimal{u.a, uint32(u.b), uint8(scale), neg}, true
	}
	k := max(scale-MaxScale, 0)
	if bl := u.bitlen(); bl > 96 {
		k = max(k, digitsOver(bl-97), 1)
	}
	for ; k <= scale; k++ {
		q, half, _ := u.divPow10(k)
		q = q.roundEven(half)
		if q.fits96() {
			return Decimal{q.a, uint32(q.b), uint8(scale - k), neg}, true
		}
	}
	return Decimal{}, false
}
