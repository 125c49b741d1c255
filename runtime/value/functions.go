package value

import "math/big"

// This file has the functions of analysis. They compute with integers of precision decimals, which leaves dozens of guard
// digits, and round the result once as semantics.md 1.3 says, so that √25 is 5 and log10(1000) is 3.

// precision is the number of decimals of the fixed-point integers here. An exponent of up to 29 digits multiplies a logarithm's error: it
// must still be far below 10^-28.
const precision = 110

// Sqrt answers the square root; ok is false for negative numbers.
func (d Decimal) Sqrt() (root Decimal, ok bool) {
	if d.Sign() <= 0 {
		return Decimal{}, d.IsZero()
	}
	const digits = 60
	n := d.bigCoef()
	n.Mul(n, bigPow10(2*digits-int(d.Scale)))
	r := new(big.Int).Sqrt(n)
	exact := new(big.Int).Mul(r, r).Cmp(n) == 0
	return fromBig(r, digits, !exact)
}

// Ln answers the natural logarithm; ok is false for numbers that are not positive.
func (d Decimal) Ln() (ln Decimal, ok bool) {
	if d.Sign() <= 0 {
		return Decimal{}, false
	}
	return fromBig(d.lnFixed(), precision, false)
}

// Log10 answers the logarithm to base 10, exact for powers of ten; ok is false for numbers that are not positive.
func (d Decimal) Log10() (log Decimal, ok bool) {
	if d.Sign() <= 0 {
		return Decimal{}, false
	}
	t := d.Trim()
	for n := range int64(MaxScale + 1) {
		if t.Cmp(Decimal{Lo: 1, Scale: uint8(n)}) == 0 {
			return NewDecimal(-n), true
		}
		if p := pow10x2[n]; t.Cmp(Decimal{Lo: p[0], Hi: uint32(p[1])}) == 0 {
			return NewDecimal(n), true
		}
	}
	ln := d.lnFixed()
	ln.Mul(ln, bigPow10(precision))
	return fromBig(ln.Quo(ln, NewDecimal(10).lnFixed()), precision, false)
}

// Exp answers e^d; ok is false when it does not fit. What is below 10^-28 becomes 0.
func (d Decimal) Exp() (power Decimal, ok bool) {
	if d.IsZero() {
		return NewDecimal(1), true
	}
	return expFixed(d.fixed())
}

// Pow answers d^e; whole exponents are exact before the one rounding. ok is false when the power does not fit or has no
// value: a negative base with a fraction as exponent, zero with a negative one. 0^0 is 1.
func (d Decimal) Pow(e Decimal) (power Decimal, ok bool) {
	switch {
	case e.IsZero():
		return NewDecimal(1), true
	case d.IsZero():
		return Decimal{}, !e.Neg
	case d.Neg && !e.IsWhole():
		return Decimal{}, false
	}
	neg := d.Neg && e.isOdd()
	d.Neg = false
	if n, whole := FromDecimal(e).Int(); whole && n >= -maxExactPower && n <= maxExactPower {
		power, ok = d.powWhole(int(n))
	} else {
		x := d.lnFixed()
		x.Mul(x, e.fixed())
		power, ok = expFixed(x.Quo(x, bigPow10(precision)))
	}
	power.Neg = neg && !power.IsZero()
	return power, ok
}

// maxExactPower bounds the exponents that are multiplied out; 96 bits to this power have 8 KB.
const maxExactPower = 700

// isOdd tells whether the whole number d is odd.
func (d Decimal) isOdd() bool { return d.Trim().Lo&1 == 1 && d.IsWhole() }

// powWhole multiplies d, which is positive, out.
func (d Decimal) powWhole(n int) (Decimal, bool) {
	d = d.Trim()
	m := max(n, -n)
	c := new(big.Int).Exp(d.bigCoef(), big.NewInt(int64(m)), nil)
	scale := int(d.Scale) * m
	if n > 0 {
		return fromBig(c, scale, false)
	}
	// 10^scale / c, with enough digits that the remainder only breaks ties.
	num := bigPow10(scale + 60)
	q, rem := num.QuoRem(num, c, new(big.Int))
	return fromBig(q, 60, rem.Sign() != 0)
}

// bigCoef is the coefficient without sign.
func (d Decimal) bigCoef() *big.Int {
	n := new(big.Int).SetUint64(uint64(d.Hi))
	n.Lsh(n, 64)
	return n.Or(n, new(big.Int).SetUint64(d.Lo))
}

// fixed is d as fixed-point integer.
func (d Decimal) fixed() *big.Int {
	n := d.bigCoef()
	n.Mul(n, bigPow10(precision-int(d.Scale)))
	if d.Neg {
		n.Neg(n)
	}
	return n
}

func bigPow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// fromBig rounds n/10^scale half to even; more tells that n was cut and something follows its last digit.
func fromBig(n *big.Int, scale int, more bool) (Decimal, bool) {
	neg := n.Sign() < 0
	n = new(big.Int).Abs(n)
	limit := new(big.Int).Lsh(big.NewInt(1), 96)
	k := max(scale-MaxScale, 0)
	if over := n.BitLen() - 96; over > 0 {
		k = max(k, digitsOverBig(over-1))
	}
	for ; k <= scale; k++ {
		q := n
		if k > 0 {
			q = roundBig(n, k, more)
		}
		if q.Cmp(limit) < 0 {
			lo := new(big.Int).And(q, new(big.Int).SetUint64(^uint64(0))).Uint64()
			hi := new(big.Int).Rsh(q, 64).Uint64()
			d := Decimal{lo, uint32(hi), uint8(scale - k), neg}
			return d.plus().Trim(), true
		}
	}
	return Decimal{}, false
}

// digitsOverBig is a lower bound of the digits in n bits.
func digitsOverBig(n int) int { return n * 30102 / 100000 }

// roundBig divides by 10^k, half to even, knowing whether more follows.
func roundBig(n *big.Int, k int, more bool) *big.Int {
	unit := bigPow10(k)
	q, rem := new(big.Int).QuoRem(n, unit, new(big.Int))
	rem.Lsh(rem, 1)
	half := rem.Cmp(unit)
	if half > 0 || half == 0 && (more || q.Bit(0) == 1) {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// lnFixed is the logarithm of the positive number d in fixed point: d = m·2^k with m near 1, ln d = k·ln 2 + ln m.
func (d Decimal) lnFixed() *big.Int {
	m := d.fixed()
	one := bigPow10(precision)
	k := m.BitLen() - one.BitLen()
	if k >= 0 {
		m.Rsh(m, uint(k))
	} else {
		m.Lsh(m, uint(-k))
	}
	// The shift to the right drops bits: the error is at most 10^-precision, far below the guard digits.
	sum := atanhSeries(new(big.Int).Sub(m, one), new(big.Int).Add(m, one), one)
	if k != 0 {
		ln2 := atanhSeries(big.NewInt(1), big.NewInt(3), one)
		sum.Add(sum, ln2.Mul(ln2, big.NewInt(int64(k))))
	}
	return sum
}

// atanhSeries is 2·atanh(num/den) = ln((den+num)/(den-num)) in fixed point.
func atanhSeries(num, den, one *big.Int) *big.Int {
	z := new(big.Int).Mul(num, one)
	z.Quo(z, den)
	square := new(big.Int).Mul(z, z)
	square.Quo(square, one)
	sum, term, t := new(big.Int), z, new(big.Int)
	for n := int64(1); term.Sign() != 0; n += 2 {
		sum.Add(sum, t.Quo(term, big.NewInt(n)))
		term.Mul(term, square)
		term.Quo(term, one)
	}
	return sum.Lsh(sum, 1)
}

// expFixed is e^x for x in fixed point: x is halved until it is small, the series is summed, and the sum squared back.
func expFixed(x *big.Int) (Decimal, bool) {
	one := bigPow10(precision)
	if whole := new(big.Int).Quo(x, one); whole.CmpAbs(big.NewInt(70)) > 0 {
		// e^70 has 31 digits before the point; e^-70 is below 10^-30.
		return Decimal{}, whole.Sign() < 0
	}
	const halvings = 16
	r := new(big.Int).Quo(x, big.NewInt(1<<halvings))
	sum, term := new(big.Int).Set(one), new(big.Int).Set(one)
	for n := int64(1); term.Sign() != 0; n++ {
		term.Mul(term, r)
		term.Quo(term, one)
		term.Quo(term, big.NewInt(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
		sum.Quo(sum, one)
	}
	return fromBig(sum, precision, false)
}
