package host

import "github.com/etamil-lang/etamil/runtime/value"

// resultWords are the words that make and open results, and வகை.
var resultWords = table{
	"typeof":    pure(1, typeOf).of(0),
	"ok":        keeping(1, wrapping(value.FromOk)).of(0),
	"err":       keeping(1, wrapping(value.FromErr)).of(0),
	"isOk":      pure(1, isKind(value.OkKind)).of(0),
	"isErr":     pure(1, isKind(value.ErrKind)).of(0),
	"unwrap":    keeping(1, unwrap).of(0),
	"unwrapErr": keeping(1, unwrapErr).of(0),
	"unwrapOr":  keeping(2, unwrapOr).of(0, 1),
}

// typeOf is வகை: "a number" and so on; a shaped record answers its shape's name.
func typeOf(c *call) (value.Value, error) { return value.FromText(c.args[0].KindName()), nil }

// wrapping is சரி or தவறு around the argument.
func wrapping(wrap func(value.Value) value.Value) func(c *call) (value.Value, error) {
	return func(c *call) (value.Value, error) {
		if err := c.Grow(value.SizeResult); err != nil {
			return value.Nil, err
		}
		return wrap(c.args[0]), nil
	}
}

// isKind tells whether the argument is of one kind; any other value answers false.
func isKind(k value.Kind) func(c *call) (value.Value, error) {
	return func(c *call) (value.Value, error) { return value.FromBool(c.args[0].Kind() == k), nil }
}

// unwrap is மதிப்பு: the value inside சரி.
func unwrap(c *call) (value.Value, error) {
	switch v := c.args[0]; v.Kind() {
	case value.OkKind:
		return inner(v), nil
	case value.ErrKind:
		return value.Nil, c.fault(CodeUnwrapErr, value.Brief(v.Inner()))
	default:
		return value.Nil, c.fault(CodeNeedsResult, "1", v.KindName())
	}
}

// unwrapErr is தவறு_மதிப்பு: the value inside தவறு.
func unwrapErr(c *call) (value.Value, error) {
	switch v := c.args[0]; v.Kind() {
	case value.ErrKind:
		return inner(v), nil
	case value.OkKind:
		return value.Nil, c.fault(CodeUnwrapOk, value.Brief(v.Inner()))
	default:
		return value.Nil, c.fault(CodeNeedsResult, "1", v.KindName())
	}
}

// unwrapOr is இயல்பு: the value inside சரி, else the second argument.
func unwrapOr(c *call) (value.Value, error) {
	switch v := c.args[0]; v.Kind() {
	case value.OkKind:
		return inner(v), nil
	case value.ErrKind:
		return c.args[1], nil
	default:
		return value.Nil, c.fault(CodeNeedsResult, "1", v.KindName())
	}
}

// inner is the value inside a result. The result still holds it, so it is shared from now on.
func inner(v value.Value) value.Value {
	x := v.Inner()
	value.Share(x)
	return x
}
