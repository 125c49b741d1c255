package value

// Round answers d with at most places decimals, half away from zero (வட்டமிடு). places must not be negative; fewer decimals are
// kept as they are. Zero is never negative.
func (d Decimal) Round(places int) Decimal {
	k := int(d.Scale) - places
	if k <= 0 || places < 0 {
		return d.plus()
	}
	q, half, _ := d.coef().divPow10(k)
	if half >= 0 {
		q = q.add(u192{a: 1})
	}
	return Decimal{q.a, uint32(q.b), uint8(places), d.Neg}.plus()
}

// plus turns -0 into 0.
func (d Decimal) plus() Decimal {
	if d.IsZero() {
		return Decimal{}
	}
	return d
}

// Trunc answers the whole part of d, cut towards zero.
func (d Decimal) Trunc() Decimal {
	q, _ := d.cut()
	return q.plus()
}

// Floor answers the largest whole number that is not above d (தரை).
func (d Decimal) Floor() Decimal {
	q, exact := d.cut()
	if exact || !d.Neg {
		return q.plus()
	}
	return q.awayFromZero()
}

// Ceil answers the smallest whole number that is not below d (மேல்). From -0.9… to -0.0…1 it is -0, which shows its sign, as the
// reference does.
func (d Decimal) Ceil() Decimal {
	q, exact := d.cut()
	if exact || d.Neg {
		return q
	}
	return q.awayFromZero()
}

// cut drops the fraction and keeps the sign, also of zero.
func (d Decimal) cut() (whole Decimal, exact bool) {
	if d.Scale == 0 || d.IsZero() {
		return d.plus(), true
	}
	q, _, exact := d.coef().divPow10(int(d.Scale))
	return Decimal{q.a, uint32(q.b), 0, d.Neg}, exact
}

// awayFromZero moves a whole number one step. It fits: a fraction was there, so that the number has fewer digits than 96 bits hold.
func (d Decimal) awayFromZero() Decimal {
	u := d.coef().add(u192{a: 1})
	return Decimal{u.a, uint32(u.b), 0, d.Neg}
}
