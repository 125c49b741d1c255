package value

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"
)

// The oracle computes with big integers straight from the words of semantics.md 1.3: the exact result, rounded half to even at the
// largest scale up to 28 at which the coefficient has at most 96 bits.

var maxCoefficient = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 96), big.NewInt(1))

func ratOf(d Decimal) *big.Rat {
	n := d.bigCoef()
	if d.Neg {
		n.Neg(n)
	}
	return new(big.Rat).SetFrac(n, bigPow10(int(d.Scale)))
}

func roundRat(r *big.Rat, scale int) *big.Int {
	num := new(big.Int).Mul(r.Num(), bigPow10(scale))
	neg := num.Sign() < 0
	q, rem := new(big.Int).QuoRem(num.Abs(num), r.Denom(), new(big.Int))
	rem.Lsh(rem, 1)
	if c := rem.Cmp(r.Denom()); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	if neg {
		q.Neg(q)
	}
	return q
}

func oracle(r *big.Rat) (*big.Rat, bool) {
	for s := MaxScale; s >= 0; s-- {
		if q := roundRat(r, s); q.CmpAbs(maxCoefficient) <= 0 {
			return new(big.Rat).SetFrac(q, bigPow10(s)), true
		}
	}
	return nil, false
}

// randomDecimal favours the places where rules change: few digits, many digits, the limits, halves.
func randomDecimal(r *rand.Rand) Decimal {
	n := new(big.Int)
	switch r.IntN(6) {
	case 0:
		n.SetInt64(r.Int64N(1000))
	case 1:
		n.SetInt64(r.Int64())
	case 2:
		n.Sub(maxCoefficient, big.NewInt(r.Int64N(20)))
	case 3:
		n.Mul(big.NewInt(r.Int64N(10000)), bigPow10(r.IntN(25)))
	default:
		digits := 1 + r.IntN(28)
		for range digits {
			n.Mul(n, big.NewInt(10))
			n.Add(n, big.NewInt(r.Int64N(10)))
		}
	}
	d := Decimal{Lo: new(big.Int).And(n, new(big.Int).SetUint64(^uint64(0))).Uint64(), Hi: uint32(new(big.Int).Rsh(n, 64).Uint64())}
	d.Scale = uint8(r.IntN(MaxScale + 1))
	if r.IntN(4) == 0 {
		d.Scale = uint8(r.IntN(4))
	}
	d.Neg = r.IntN(2) == 0 && !d.IsZero()
	return d
}

// disguise gives another form of the same value, wide where small is possible.
func disguise(r *rand.Rand, d Decimal) Value {
	if r.IntN(4) == 0 {
		return d.wide()
	}
	return FromDecimal(d)
}

type operation struct {
	name  string
	run   func(a, b Value) (Value, error)
	exact func(x, y *big.Rat) *big.Rat
}

var operations = []operation{
	{"+", Add, func(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) }},
	{"-", Sub, func(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }},
	{"*", Mul, func(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }},
	{"/", Div, func(x, y *big.Rat) *big.Rat { return new(big.Rat).Quo(x, y) }},
}

func TestArithmeticAgainstOracle(t *testing.T) {
	t.Parallel()
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 96))
			overflows, wides := 0, 0
			for range 40_000 {
				x, y := randomDecimal(r), randomDecimal(r)
				if op.name == "/" && y.IsZero() {
					continue
				}
				checkOperation(t, op, disguise(r, x), disguise(r, y), &overflows, &wides)
			}
			if overflows < 100 || wides < 1000 {
				t.Errorf("the cases are too tame: %d overflows, %d wide results", overflows, wides)
			}
		})
	}
}

func checkOperation(t *testing.T, op operation, a, b Value, overflows, wides *int) {
	t.Helper()
	want, fits := oracle(op.exact(ratOf(a.Decimal()), ratOf(b.Decimal())))
	got, err := op.run(a, b)
	switch {
	case (err == nil) != fits:
		t.Fatalf("%s %s %s: error %v, the oracle says it fits: %v", a.Display(), op.name, b.Display(), err, fits)
	case err != nil:
		*overflows++
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeOverflow {
			t.Fatalf("%s %s %s: %v", a.Display(), op.name, b.Display(), err)
		}
		return
	case ratOf(got.Decimal()).Cmp(want) != 0:
		t.Fatalf("%s %s %s = %s, want %s", a.Display(), op.name, b.Display(), got.Display(), want.FloatString(28))
	case got.Decimal().Neg && got.Decimal().IsZero():
		t.Fatalf("%s %s %s is -0", a.Display(), op.name, b.Display())
	}
	if got.Tag&tagMask == TagWide {
		*wides++
		if d := got.Decimal().Trim(); FromDecimal(d).Tag <= MaxSmallScale {
			t.Fatalf("%s %s %s = %s stays wide", a.Display(), op.name, b.Display(), got.Display())
		}
	}
}

func TestOrderAgainstOracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 96))
	equal := 0
	for range 40_000 {
		x, y := randomDecimal(r), randomDecimal(r)
		if r.IntN(4) == 0 {
			y = x.Trim()
		}
		a, b := disguise(r, x), disguise(r, y)
		want := ratOf(x).Cmp(ratOf(y))
		if want == 0 {
			equal++
		}
		if Less(a, b) != (want < 0) || LessEq(a, b) != (want <= 0) || Equal(a, b) != (want == 0) || Compare(a, b) != want {
			t.Fatalf("order of %s and %s: less %v, equal %v, want %d", a.Display(), b.Display(), Less(a, b), Equal(a, b), want)
		}
	}
	if equal < 1000 {
		t.Errorf("only %d equal pairs", equal)
	}
}

func TestDisplayAndParseAgainstOracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 96))
	for range 40_000 {
		d := randomDecimal(r)
		s := disguise(r, d).Display()
		back, ok := new(big.Rat).SetString(s)
		if !ok || back.Cmp(ratOf(d)) != 0 {
			t.Fatalf("%+v shows as %q", d, s)
		}
		v, ok := ParseNumber(s)
		if !ok || v.Decimal().Cmp(d) != 0 {
			t.Fatalf("%q does not read back", s)
		}
		if dot := indexByte(s, '.'); dot >= 0 && s[len(s)-1] == '0' || s[0] == '.' {
			t.Fatalf("%q is not in normal form", s)
		}
	}
}

func indexByte(s string, c byte) int {
	for i := range len(s) {
		if s[i] == c {
			return i
		}
	}
	return -1
}

func TestRoundingAgainstOracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 96))
	for range 40_000 {
		d := randomDecimal(r)
		places := r.IntN(MaxScale + 2)
		x := ratOf(d)
		if got, want := ratOf(d.Round(places)), roundAway(x, places); got.Cmp(want) != 0 {
			t.Fatalf("round(%s, %d) = %s", d, places, d.Round(places))
		}
		floor := new(big.Int).Div(x.Num(), x.Denom())
		if ratOf(d.Floor()).Cmp(new(big.Rat).SetInt(floor)) != 0 {
			t.Fatalf("floor(%s) = %s", d, d.Floor())
		}
		ceil := new(big.Int).Neg(new(big.Int).Div(new(big.Int).Neg(x.Num()), x.Denom()))
		if ratOf(d.Ceil()).Cmp(new(big.Rat).SetInt(ceil)) != 0 {
			t.Fatalf("ceil(%s) = %s", d, d.Ceil())
		}
		trunc := new(big.Int).Quo(x.Num(), x.Denom())
		if ratOf(d.Trunc()).Cmp(new(big.Rat).SetInt(trunc)) != 0 {
			t.Fatalf("trunc(%s) = %s", d, d.Trunc())
		}
	}
}

func roundAway(x *big.Rat, places int) *big.Rat {
	num := new(big.Int).Mul(new(big.Int).Abs(x.Num()), bigPow10(places))
	num.Lsh(num, 1).Add(num, x.Denom())
	q := num.Quo(num, new(big.Int).Lsh(x.Denom(), 1))
	if x.Sign() < 0 {
		q.Neg(q)
	}
	return new(big.Rat).SetFrac(q, bigPow10(places))
}

// TestLongDivisionSteps drives the schoolbook division into its rare corrections: divisors and dividends full of ones and zeros.
func TestLongDivisionSteps(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 96))
	word := func() uint64 {
		edges := []uint64{0, 1, 1 << 63, 1<<63 + 1, ^uint64(0), ^uint64(0) - 1, 1 << 32, r.Uint64()}
		return edges[r.IntN(len(edges))]
	}
	for range 100_000 {
		d1, d0 := word()|1<<63, word()
		u2, u1, u0 := word(), word(), word()
		if u2 > d1 || u2 == d1 && u1 >= d0 {
			continue
		}
		d, u := bigWords(d1, d0), bigWords(u2, u1, u0)
		q, r1, r0 := div3by2(u2, u1, u0, d1, d0)
		wantQ, wantR := new(big.Int).QuoRem(u, d, new(big.Int))
		if bigWords(q).Cmp(wantQ) != 0 || bigWords(r1, r0).Cmp(wantR) != 0 {
			t.Fatalf("%x %x %x / %x %x = %x, remainder %x %x", u2, u1, u0, d1, d0, q, r1, r0)
		}
		twice := new(big.Int).Lsh(wantR, 1)
		if got := halfOf2(r1, r0, d1, d0); got != twice.Cmp(d) {
			t.Fatalf("half of %x %x is %d from %x %x", d1, d0, got, r1, r0)
		}
	}
	if halfOf2(1<<62, 0, 1<<63, 0) != 0 || halfOf2(1<<62, 1, 1<<63, 0) != 1 || halfOf2(1<<62, 0, 1<<63, 2) != -1 {
		t.Error("exact halves")
	}
}

func bigWords(words ...uint64) *big.Int {
	n := new(big.Int)
	for _, w := range words {
		n.Or(n.Lsh(n, 64), new(big.Int).SetUint64(w))
	}
	return n
}
