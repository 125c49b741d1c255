package host

import (
	"math"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// numberWords are the words over numbers. An argument that is no number counts as semantics.md 1.4 says.
var numberWords = table{
	"round": pure(2, round),
	"floor": pure(1, func(c *call) (value.Value, error) { return value.FromDecimal(c.decimal(0).Floor()), nil }),
	"ceil":  pure(1, func(c *call) (value.Value, error) { return value.FromDecimal(c.decimal(0).Ceil()), nil }),
	"sqrt": pure(1, function(value.Decimal.Sqrt,
		"எதிர்ம எண்ணுக்கு வர்க்கமூலம் இல்லை", "a negative number has no square root")),
	"ln": pure(1, function(value.Decimal.Ln,
		"மடக்கைக்கு சுழியை விடப் பெரிய எண் வேண்டும்", "a logarithm needs a number above zero")),
	"log10": pure(1, function(value.Decimal.Log10,
		"மடக்கைக்கு சுழியை விடப் பெரிய எண் வேண்டும்", "a logarithm needs a number above zero")),
	"exp":      pure(1, function(value.Decimal.Exp, doesNotFitTamil, doesNotFit)),
	"pow":      pure(2, pow),
	"toNumber": pure(1, toNumber),
}

const (
	doesNotFitTamil = "விடை எண்ணில் அடங்கவில்லை"
	doesNotFit      = "the answer does not fit a number"
)

// round is வட்டமிடு(number, places): half away from zero; fewer digits are not padded.
func round(c *call) (value.Value, error) {
	places, ok := truncated(c.decimal(1))
	if !ok || places < 0 || places > math.MaxUint32 {
		return value.Nil, c.fault(CodeBadPlaces, c.args[1].Display())
	}
	return value.FromDecimal(c.decimal(0).Round(int(min(places, 28)))), nil
}

// function is a word that answers சரி(f(x)), or தவறு with a text where f has no answer.
func function(f func(value.Decimal) (value.Decimal, bool), tamil, english string) func(*call) (value.Value, error) {
	return func(c *call) (value.Value, error) {
		d, ok := f(c.decimal(0))
		return answer(d, ok, tamil, english), nil
	}
}

// pow is அடுக்கேற்று(base, exponent).
func pow(c *call) (value.Value, error) {
	d, ok := c.decimal(0).Pow(c.decimal(1))
	return answer(d, ok, doesNotFitTamil, doesNotFit), nil
}

func answer(d value.Decimal, ok bool, tamil, english string) value.Value {
	if !ok {
		return failed(tamil, english)
	}
	return value.FromOk(value.FromDecimal(d))
}

// toNumber is எண்ணாக்கு: the number that the display text of any value spells, or தவறு.
func toNumber(c *call) (value.Value, error) {
	s := strings.TrimSpace(c.text(0))
	n, ok := value.ParseNumber(s)
	if !ok {
		return failed("\""+s+"\" எண் அல்ல, அல்லது அடங்கவில்லை", "\""+s+"\" is no number, or does not fit"), nil
	}
	return value.FromOk(n), nil
}

// truncated is the whole part of d, when it fits.
func truncated(d value.Decimal) (int64, bool) {
	if d.Sign() < 0 {
		d = d.Ceil()
	} else {
		d = d.Floor()
	}
	return value.FromDecimal(d).Int()
}
