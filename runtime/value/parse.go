package value

import (
	"errors"
	"math/bits"
	"strconv"
	"strings"
)

// ParseNumber reads a number as எண்ணாக்கு does: blanks around it are dropped; an optional sign, digits with "_" allowed
// after the first digit, an optional point, an optional e±digits. Digits beyond 28 decimals or 96 bits round half up. ok is false
// when s does not parse or does not fit: "", "1,000", "1e-30", "0x10" (semantics.md 1.4).
func ParseNumber(s string) (v Value, ok bool) {
	s = strings.TrimSpace(s)
	neg := false
	if s != "" && (s[0] == '+' || s[0] == '-') {
		neg = s[0] == '-'
		s = s[1:]
	}
	exp := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		exp, ok = parseExponent(s[i+1:])
		if !ok {
			return Nil, false
		}
		s = s[:i]
	}
	d, ok := parseDigits(s)
	if !ok {
		return Nil, false
	}
	d.Neg = neg && !d.IsZero()
	if exp != 0 {
		d, ok = d.shift(exp)
	}
	return FromDecimal(d), ok
}

// ErrLiteral is what ParseLiteral answers for a number that cannot be written: too large before the point, or no number.
var ErrLiteral = errors.New("the number literal does not fit")

// ParseLiteral reads a literal of the source: digits with an optional point and more digits. percent divides it by 100. Digits beyond 28
// decimals or 96 bits round half up; the error is ErrLiteral when the part before the point does not fit.
func ParseLiteral(text string, percent bool) (Value, error) {
	d, ok := parseDigits(text)
	if ok && percent {
		d, ok = d.Div(NewDecimal(100))
	}
	if !ok {
		return Nil, ErrLiteral
	}
	return FromDecimal(d), nil
}

// parseExponent reads an optional sign and one to four digits; more never fit.
func parseExponent(s string) (int, bool) {
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return 0, true
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > 9999 {
		return 0, false
	}
	if s[0] == '-' {
		n = -n
	}
	return n, true
}

// shift answers d·10^exp exactly; ok is false when it needs more than 28 decimals or 96 bits.
func (d Decimal) shift(exp int) (Decimal, bool) {
	s := int(d.Scale) - exp
	if s > MaxScale {
		return Decimal{}, false
	}
	if s >= 0 {
		d.Scale = uint8(s)
		return d, true
	}
	if d.IsZero() {
		return Decimal{}, true
	}
	if -s > MaxScale {
		return Decimal{}, false
	}
	return reduce(d.scaled(-s), 0, d.Neg)
}

// maxCoefficientHigh is the upper half of 2^96-1.
const maxCoefficientHigh = 1<<32 - 1

// parseDigits reads digits, "_" after the first digit, and at most one point; at least one digit must be there.
func parseDigits(s string) (d Decimal, ok bool) {
	var lo, hi uint64
	scale, point, seen := 0, false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			seen = true
			h, l := bits.Mul64(lo, 10)
			l, carry := bits.Add64(l, uint64(c-'0'), 0)
			h += hi*10 + carry
			if h > maxCoefficientHigh || point && scale == MaxScale {
				return roundDigits(s[i:], Decimal{Lo: lo, Hi: uint32(hi), Scale: uint8(scale)}, point)
			}
			lo, hi = l, h
			if point {
				scale++
			}
		case c == '.' && !point:
			point = true
		case c == '_' && seen:
		default:
			return Decimal{}, false
		}
	}
	return Decimal{Lo: lo, Hi: uint32(hi), Scale: uint8(scale)}, seen
}

// roundDigits ends parseDigits when no further digit fits: rest starts with the digit that decides the rounding.
func roundDigits(rest string, d Decimal, point bool) (Decimal, bool) {
	up := rest[0] >= '5'
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c >= '0' && c <= '9':
			if !point {
				// One more digit before the point: the whole part does not fit.
				return Decimal{}, false
			}
		case c == '.' && !point:
			point = true
		case c != '_':
			return Decimal{}, false
		}
	}
	if !up {
		return d, true
	}
	u := d.coef().add(u192{a: 1})
	if u.fits96() {
		return Decimal{Lo: u.a, Hi: uint32(u.b), Scale: d.Scale}, true
	}
	if d.Scale == 0 {
		return Decimal{}, false
	}
	// 2^96 ends in 6, so that one digit less rounds up.
	q, _ := u.div1(10)
	q = q.add(u192{a: 1})
	return Decimal{Lo: q.a, Hi: uint32(q.b), Scale: d.Scale - 1}, true
}
