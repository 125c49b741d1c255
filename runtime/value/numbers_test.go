package value

import (
	"errors"
	"math/big"
	"strings"
	"testing"
)

func TestGoldenArithmetic(t *testing.T) {
	t.Parallel()
	cases := []struct{ a, op, b, want string }{
		{"0.0000000000000000000000000001", "/", "10", "0"},
		{"0.0000000000000000000000000005", "*", "0.1", "0"},
		{"0.0000000000000000000000000015", "*", "0.1", "0.0000000000000000000000000002"},
		{"0.0000000000000000000000000025", "*", "0.1", "0.0000000000000000000000000002"},
		{"22", "/", "7", "3.1428571428571428571428571429"},
		{"1", "/", "3", "0.3333333333333333333333333333"},
		{"2", "/", "3", "0.6666666666666666666666666667"},
		{"100", "/", "3", "33.333333333333333333333333333"},
		{"1000000", "/", "3", "333333.33333333333333333333333"},
		{"100000000000000000000", "/", "3", "33333333333333333333.333333333"},
		{"10", "/", "4", "2.5"},
		{"1", "/", "1000000000000000000000000000", "0.000000000000000000000000001"},
		{"5", "/", "1000000000000000000000000000", "0.000000000000000000000000005"},
		{"-7", "/", "2", "-3.5"},
		{"0", "/", "-5", "0"},
		{"-9223372036854775808", "/", "-1", "9223372036854775808"},
		{"12345678901234567890123456789", "+", "0.4", "12345678901234567890123456789"},
		{"9999999999999999999999999999", "*", "1.5", "14999999999999999999999999998"},
		{"9223372036854775807", "+", "1", "9223372036854775808"},
		{"-9223372036854775808", "-", "1", "-9223372036854775809"},
		{"1.50", "-", "1.5", "0"},
		{"0", "-", "0.0", "0"},
		{"-0.5", "*", "0", "0"},
		{"99.99", "*", "3", "299.97"},
		{"79228162514264337593543950335", "+", "0.4", "79228162514264337593543950335"},
		{"79228162514264337593543950335", "+", "0.5", "E0301"},
		{"79228162514264337593543950335", "*", "2", "E0301"},
		{"79228162514264337593543950335", "/", "0.1", "E0301"},
		{"1", "/", "0", "E0302"},
		{"1", "/", "0.000", "E0302"},
	}
	ops := map[string]func(a, b Value) (Value, error){"+": Add, "-": Sub, "*": Mul, "/": Div}
	for _, c := range cases {
		got, err := ops[c.op](number(t, c.a), number(t, c.b))
		if text := shown(got, err); text != c.want {
			t.Errorf("%s %s %s = %s, want %s", c.a, c.op, c.b, text, c.want)
		}
	}
}

// shown is the display text, or the code of the error.
func shown(v Value, err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return v.Display()
}

func TestThirdTimesThree(t *testing.T) {
	t.Parallel()
	third, _ := Div(FromInt(1), FromInt(3))
	if got := shown(Mul(third, FromInt(3))); got != "0.9999999999999999999999999999" {
		t.Errorf("1/3*3 = %s", got)
	}
	ten, _ := Div(FromInt(10), FromInt(3))
	if got := shown(Mul(ten, FromInt(3))); got != "10" {
		t.Errorf("10/3*3 = %s", got)
	}
}

func TestCoercion(t *testing.T) {
	t.Parallel()
	array := FromItems([]Value{FromInt(1), FromInt(2)})
	cases := []struct {
		v    Value
		want string
	}{
		{FromText("1_000"), "1001"},
		{FromText("+5"), "6"},
		{FromText(".5"), "1.5"},
		{FromText(" 5. \n"), "6"},
		{FromText(""), "1"},
		{FromText("12abc"), "1"},
		{FromText("-7"), "-6"},
		{FromText("௧௨"), "1"},
		{FromText("ஒன்று"), "1"},
		{FromText("👍🏽"), "1"},
		{FromBool(true), "2"},
		{FromBool(false), "1"},
		{Nil, "1"},
		{Unset, "1"},
		{array, "1"},
		{FromOk(FromInt(7)), "1"},
		{FromFields([]string{"அ"}, []Value{FromInt(9)}), "1"},
	}
	for _, c := range cases {
		if got := shown(Add(c.v, FromInt(1))); got != c.want {
			t.Errorf("%s + 1 = %s, want %s", c.v.Display(), got, c.want)
		}
		if got := shown(Sub(FromInt(1), c.v)); c.v.Tag == TagText && c.v.Text() == "+5" && got != "-4" {
			t.Errorf("1 - %s = %s", c.v.Display(), got)
		}
	}
	if got := shown(Div(FromInt(5), FromText("x"))); got != CodeDivisionByZero {
		t.Errorf(`5 / "x" = %s`, got)
	}
	if got := shown(Mul(FromText("2.5"), FromText("4"))); got != "10" {
		t.Errorf(`"2.5" * "4" = %s`, got)
	}
	if got := shown(Neg(FromText("abc"))); got != "0" {
		t.Errorf(`-"abc" = %s`, got)
	}
}

func TestNeg(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"5": "-5", "-1.50": "1.5", "0": "0", "-9223372036854775808": "9223372036854775808",
		"79228162514264337593543950335": "-79228162514264337593543950335",
	} {
		if got := shown(Neg(number(t, in))); got != want {
			t.Errorf("-(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	good := map[string]string{
		"1_": "1", "1__0": "10", "1._5": "1.5", "-.5": "-0.5", "00012": "12", "-0": "0", "-0.0": "0", "5.": "5", "1e3": "1000",
		"1E+5": "100000", "1.5e-1": "0.15", "\u00a05\u2003": "5", "1e-28": "0.0000000000000000000000000001", "1e28": "10000000000000000000000000000",
		"0.123456789012345678901234567891234": "0.1234567890123456789012345679",
		"0.12345678901234567890123456785":     "0.1234567890123456789012345679",
		"7.9228162514264337593543950336":      "7.922816251426433759354395034",
		"79228162514264337593543950335.4999":  "79228162514264337593543950335",
		"7922816251426433759354395033.55":     "7922816251426433759354395034",
		"0.00000000000000000000000000005":     "0.0000000000000000000000000001",
		"0.00000000000000000000000000004":     "0",
		"0.1234567890123456789012345678_9":    "0.1234567890123456789012345679", "1e00003": "1000", "0e9": "0", "5.e1": "50",
	}
	for in, want := range good {
		v, ok := ParseNumber(in)
		if !ok || v.Display() != want {
			t.Errorf("ParseNumber(%q) = %s %v, want %s", in, v.Display(), ok, want)
		}
	}
	bad := []string{
		"", " ", ".", "+", "-", "1,000", "_1", "-_1", "1e", "1e+", "1e-30", "1.5e-28", "0x10", "NaN", "inf", "1 2", "--1", "+-1", "1.2.3", "௧",
		"1e1_0", "1e99999", "1e99999999999999999999", "1e500", "e5", "1e5e5", "._5", "1e+-5", "1e29",
		"99999999999999999999999999999999", "79228162514264337593543950336", "79228162514264337593543950335.5",
		"79228162514264337593543950335x", "0.12345678901234567890123456789x", "0.12345678901234567890123456789.1", "79228162514264337593543950335_6",
	}
	for _, in := range bad {
		if v, ok := ParseNumber(in); ok {
			t.Errorf("ParseNumber(%q) = %s", in, v.Display())
		}
	}
}

func TestParseLiteral(t *testing.T) {
	t.Parallel()
	cases := []struct {
		text    string
		percent bool
		want    string
	}{
		{"18", true, "0.18"},
		{"0.5", true, "0.005"},
		{"12.50", true, "0.125"},
		{"00012", false, "12"},
		{"0.12345678901234567890123456789", false, "0.1234567890123456789012345679"},
		{"1.00000000000000000000000000001", false, "1"},
		{"0.0000000000000000000000000001", true, "0"},
		{"79228162514264337593543950335.4", false, "79228162514264337593543950335"},
		{"79228162514264337593543950335.5", false, ErrLiteral.Error()},
		{"79228162514264337593543950336", false, ErrLiteral.Error()},
		{"79228162514264337593543950336", true, ErrLiteral.Error()},
	}
	for _, c := range cases {
		if got := shown(ParseLiteral(c.text, c.percent)); got != c.want {
			t.Errorf("literal %s (percent %v) = %s, want %s", c.text, c.percent, got, c.want)
		}
	}
}

func TestRounding(t *testing.T) {
	t.Parallel()
	cases := []struct {
		in     string
		places int
		want   string
	}{
		{"2.5", 0, "3"},
		{"-2.5", 0, "-3"},
		{"1.005", 2, "1.01"},
		{"1234.5678", 2, "1234.57"},
		{"5", 2, "5"},
		{"1.25", 50, "1.25"},
		{"-0.4", 0, "0"},
		{"0.5", 0, "1"},
		{"79228162514264337593543950.335", 0, "79228162514264337593543950"},
		{"7.9228162514264337593543950335", 27, "7.922816251426433759354395034"},
		{"1.5", -1, "1.5"},
	}
	for _, c := range cases {
		if got := FromDecimal(number(t, c.in).Decimal().Round(c.places)).Display(); got != c.want {
			t.Errorf("round(%s, %d) = %s, want %s", c.in, c.places, got, c.want)
		}
	}
	for in, want := range map[string]string{"1.5": "1 2", "-1.5": "-2 -1", "1.2": "1 2", "-1.2": "-2 -1", "-0.5": "-1 -0", "0.5": "0 1", "-3": "-3 -3", "0": "0 0"} {
		d := number(t, in).Decimal()
		if got := FromDecimal(d.Floor()).Display() + " " + FromDecimal(d.Ceil()).Display(); got != want {
			t.Errorf("floor and ceil of %s: %s, want %s", in, got, want)
		}
	}
}

func TestNegativeZero(t *testing.T) {
	t.Parallel()
	z := FromDecimal(number(t, "-0.5").Decimal().Ceil())
	if z.Display() != "-0" || FromItems([]Value{z}).Display() != "[-0]" {
		t.Errorf("-0 shows as %s", z.Display())
	}
	if z.Truthy() || !Equal(z, FromInt(0)) || !Equal(FromInt(0), z) || Less(z, FromInt(0)) || !LessEq(z, FromInt(0)) {
		t.Error("-0 is not 0")
	}
	for name, got := range map[string]string{
		"+": shown(Add(z, FromInt(0))), "*": shown(Mul(z, FromInt(1))), "-": shown(Neg(z)), "/": shown(Div(z, FromInt(2))), "+ itself": shown(Add(z, z)),
	} {
		if got != "0" {
			t.Errorf("-0 with %s shows %s", name, got)
		}
	}
	if json := string(AppendJSON(nil, z)); json != "0" {
		t.Errorf("-0 as JSON: %s", json)
	}
	if n, ok := z.Int(); n != 0 || !ok {
		t.Errorf("Int of -0: %d %v", n, ok)
	}
}

func TestInt(t *testing.T) {
	t.Parallel()
	good := map[string]int64{"0": 0, "5.00": 5, "-3": -3, "9223372036854775807": 1<<63 - 1, "-9223372036854775808": -1 << 63, "1e18": 1e18}
	for in, want := range good {
		if n, ok := number(t, in).Int(); n != want || !ok {
			t.Errorf("Int(%s) = %d %v", in, n, ok)
		}
	}
	for _, in := range []string{"0.5", "9223372036854775808", "-9223372036854775809", "1e28", "0.00000000000000000000000001"} {
		if n, ok := number(t, in).Int(); ok {
			t.Errorf("Int(%s) = %d", in, n)
		}
	}
	if _, ok := FromText("5").Int(); ok {
		t.Error("text is no integer")
	}
}

func TestFunctionsOfAnalysis(t *testing.T) {
	t.Parallel()
	one := func(f func(Decimal) (Decimal, bool)) func(string) string {
		return func(in string) string {
			d, ok := f(number(t, in).Decimal())
			if !ok {
				return "no"
			}
			return d.String()
		}
	}
	functions := map[string]func(string) string{
		"sqrt": one(Decimal.Sqrt), "ln": one(Decimal.Ln), "exp": one(Decimal.Exp), "log10": one(Decimal.Log10),
		"pow": func(in string) string {
			base, exp, _ := strings.Cut(in, "^")
			d, ok := number(t, base).Decimal().Pow(number(t, exp).Decimal())
			if !ok {
				return "no"
			}
			return d.String()
		},
	}
	cases := []struct{ f, in, want string }{
		{"sqrt", "25", "5"},
		{"sqrt", "2", "1.4142135623730950488016887242"},
		{"sqrt", "0", "0"},
		{"sqrt", "-1", "no"},
		{"sqrt", "0.0004", "0.02"},
		{"sqrt", "79228162514264337593543950335", "281474976710656"},
		{"sqrt", "0.0000000000000000000000000001", "0.00000000000001"},
		{"ln", "1", "0"},
		{"ln", "2", "0.6931471805599453094172321215"},
		{"ln", "10", "2.3025850929940456840179914547"},
		{"ln", "0.5", "-0.6931471805599453094172321215"},
		{"ln", "0", "no"},
		{"ln", "-2", "no"},
		{"exp", "0", "1"},
		{"exp", "1", "2.7182818284590452353602874714"},
		{"exp", "-1", "0.3678794411714423215955237702"},
		{"exp", "67", "no"},
		{"exp", "1e28", "no"},
		{"exp", "-1e28", "0"},
		{"exp", "-66", "0"},
		{"log10", "1000", "3"},
		{"log10", "0.001", "-3"},
		{"log10", "1", "0"},
		{"log10", "2", "0.3010299956639811952137388947"},
		{"log10", "0", "no"},
		{"log10", "1e28", "28"},
		{"log10", "1e-28", "-28"},
		{"pow", "2^10", "1024"},
		{"pow", "2^-2", "0.25"},
		{"pow", "4^0.5", "2"},
		{"pow", "1.05^12", "1.795856326022129150390625"},
		{"pow", "0^0", "1"},
		{"pow", "0^-1", "no"},
		{"pow", "0^2.5", "0"},
		{"pow", "-2^3", "-8"},
		{"pow", "-2^4", "16"},
		{"pow", "-2^0.5", "no"},
		{"pow", "2^96", "no"},
		{"pow", "2^95", "39614081257132168796771975168"},
		{"pow", "10^-28", "0.0000000000000000000000000001"},
		{"pow", "10^-29", "0"},
		{"pow", "1.0000001^10000000", "2.7182816925449662711985502258"},
		{"pow", "-1^1000001", "-1"},
		{"pow", "2^1e28", "no"},
		{"pow", "0.5^1e28", "0"},
		{"pow", "2^0.5", "1.4142135623730950488016887242"},
	}
	for _, c := range cases {
		if got := functions[c.f](c.in); got != c.want {
			t.Errorf("%s(%s) = %s, want %s", c.f, c.in, got, c.want)
		}
	}
}

// TestCutTies rounds integers that end in exactly one half, with and without more behind it.
func TestCutTies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n    string
		more bool
		want string
	}{
		{"25", false, "0.0000000000000000000000000002"},
		{"25", true, "0.0000000000000000000000000003"},
		{"35", false, "0.0000000000000000000000000004"},
		{"-25", true, "-0.0000000000000000000000000003"},
		{"5", false, "0"},
	} {
		n, _ := new(big.Int).SetString(c.n, 10)
		if d, ok := fromBig(n, MaxScale+1, c.more); !ok || d.String() != c.want {
			t.Errorf("%s cut (more %v) is %s, want %s", c.n, c.more, d, c.want)
		}
	}
}

func TestNumbersDoNotAllocate(t *testing.T) {
	pairs := [][2]Value{
		{number(t, "1234.56"), number(t, "0.001")},
		{number(t, "1"), number(t, "3")},
		{number(t, "1234567890123456789.123456789"), number(t, "9876543210.987654")},
		{number(t, "0.1234567890123456789012345678"), number(t, "0.0000000001234567890123456789")},
		{number(t, "79228162514264337593543950330"), number(t, "3")},
	}
	for _, p := range pairs {
		for _, op := range []func(a, b Value) (Value, error){Add, Sub, Div} {
			if n := testing.AllocsPerRun(100, func() { sink, _ = op(p[0], p[1]) }); n != 0 {
				t.Errorf("%s with %s: %v allocations", p[0].Display(), p[1].Display(), n)
			}
		}
		if n := testing.AllocsPerRun(100, func() { Less(p[0], p[1]); Equal(p[0], p[1]) }); n != 0 {
			t.Errorf("comparing: %v allocations", n)
		}
	}
	for _, p := range pairs[:4] {
		if n := testing.AllocsPerRun(100, func() { sink, _ = Mul(p[0], p[1]) }); n != 0 {
			t.Errorf("%s * %s: %v allocations", p[0].Display(), p[1].Display(), n)
		}
	}
}
