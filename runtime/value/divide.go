package value

import "math/bits"

// quotient is an integer quotient with what its remainder says about rounding.
type quotient struct {
	hi, lo uint64
	half   int  // the remainder compared with half the divisor
	exact  bool // no remainder
}

// Div answers d/e at the largest scale whose half-even rounded quotient fits (semantics.md 1.3). e must not be zero; ok is false when
// the quotient does not fit.
func (d Decimal) Div(e Decimal) (q Decimal, ok bool) {
	if d.IsZero() {
		return Decimal{}, true
	}
	neg := d.Neg != e.Neg
	sd := int(d.Scale) - int(e.Scale)
	lx, ly := d.coef().bitlen(), e.coef().bitlen()
	// 10^k may multiply the dividend: at k the quotient has at most 98 bits, at k-1 it surely fits 96.
	k := min(digitsOver(97-(lx-ly)), MaxScale-sd)
	if k < 0 || k < -sd {
		return Decimal{}, false
	}
	var r quotient
	if e.Hi == 0 {
		r = divNarrow(d, k, e.Lo)
	} else {
		r = divWide(d, k, e)
	}
	return r.round(sd+k, neg)
}

// round makes the decimal of r at scale, dropping one digit when 96 bits are not enough. It rounds once.
func (r quotient) round(scale int, neg bool) (Decimal, bool) {
	u := u192{a: r.lo, b: r.hi}
	if q := u.roundEven(r.half); q.fits96() {
		return trimExact(Decimal{q.a, uint32(q.b), uint8(scale), neg}, r.exact)
	}
	if scale == 0 {
		return Decimal{}, false
	}
	q, rem := u.div1(10)
	half := order(rem, 5)
	if half == 0 && !r.exact {
		half = 1
	}
	q = q.roundEven(half)
	return trimExact(Decimal{q.a, uint32(q.b), uint8(scale - 1), neg}, r.exact && rem == 0)
}

// trimExact trims what may end in many zeros.
func trimExact(d Decimal, exact bool) (Decimal, bool) {
	if d.IsZero() {
		return Decimal{}, true
	}
	if exact {
		return d.Trim(), true
	}
	return d, true
}

// divNarrow divides d·10^k by one word. The dividend fits 192 bits because the quotient has at most 98.
func divNarrow(d Decimal, k int, e uint64) quotient {
	var u u192
	if k < len(pow10x2) {
		p := &pow10x2[k]
		u = mul2x2(uint64(d.Hi), d.Lo, p[1], p[0])
	} else {
		u = d.scaled(k - 28)
		u = u.mul1(pow10[14]).mul1(pow10[14])
	}
	q, rem := u.div1(e)
	return quotient{q.b, q.a, halfOf(rem, e), rem == 0}
}

// halfOf compares rem with e/2.
func halfOf(rem, e uint64) int {
	if rem > e-rem {
		return 1
	}
	if rem == e-rem {
		return 0
	}
	return -1
}

// divWide divides d·10^k by a divisor of two words: schoolbook division after shifting the divisor's top bit up.
func divWide(d Decimal, k int, e Decimal) quotient {
	u := d.scaled(min(k, 28))
	var top uint64
	for k -= 28; k > 0; k -= 19 {
		top, u = mulTop(top, u, pow10[min(k, 19)])
	}
	s := uint(bits.LeadingZeros64(uint64(e.Hi)))
	d1, d0 := uint64(e.Hi)<<s|e.Lo>>(64-s), e.Lo<<s
	u3, u2 := top<<s|u.c>>(64-s), u.c<<s|u.b>>(64-s)
	u1, u0 := u.b<<s|u.a>>(64-s), u.a<<s
	q1, r1, r0 := div3by2(u3, u2, u1, d1, d0)
	q0, r1, r0 := div3by2(r1, r0, u0, d1, d0)
	return quotient{q1, q0, halfOf2(r1, r0, d1, d0), r1|r0 == 0}
}

// mulTop multiplies (top,u) by m.
func mulTop(top uint64, u u192, m uint64) (uint64, u192) {
	h0, a := bits.Mul64(u.a, m)
	h1, l1 := bits.Mul64(u.b, m)
	h2, l2 := bits.Mul64(u.c, m)
	b, c := bits.Add64(h0, l1, 0)
	cc, c := bits.Add64(h1, l2, c)
	return top*m + h2 + c, u192{a, b, cc}
}

// div3by2 divides three words by two whose top bit is set; (u2,u1) < (d1,d0).
func div3by2(u2, u1, u0, d1, d0 uint64) (q, r1, r0 uint64) {
	var rhat, carry uint64
	if u2 >= d1 {
		q = ^uint64(0)
		rhat, carry = bits.Add64(u1, d1, 0)
	} else {
		q, rhat = bits.Div64(u2, u1, d1)
	}
	h, l := bits.Mul64(q, d0)
	for carry == 0 && (h > rhat || h == rhat && l > u0) {
		q--
		rhat, carry = bits.Add64(rhat, d1, 0)
		h, l = bits.Mul64(q, d0)
	}
	r0, b := bits.Sub64(u0, l, 0)
	r1, _ = bits.Sub64(rhat, h, b)
	return q, r1, r0
}

// halfOf2 compares (r1,r0) with half of (d1,d0).
func halfOf2(r1, r0, d1, d0 uint64) int {
	l, b := bits.Sub64(d0, r0, 0)
	h, _ := bits.Sub64(d1, r1, b)
	if r1 != h {
		return order(r1, h)
	}
	return order(r0, l)
}
