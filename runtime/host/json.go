package host

import (
	"errors"

	"github.com/etamil-lang/etamil/runtime/value"
)

// jsonWords are the two directions of JSON.
var jsonWords = table{
	"jsonParse":     pure(1, jsonParse),
	"jsonStringify": pure(1, jsonStringify),
}

// jsonParse is ஜேசான்_படி: strict, exact numbers; bad JSON and numbers that do not fit answer தவறு.
func jsonParse(c *call) (value.Value, error) {
	s := c.text(0)
	v, err := value.ParseJSON(s)
	if err != nil {
		return badJSON(err), nil
	}
	if err := c.Grow(sizeOf(v)); err != nil {
		return value.Nil, err
	}
	return value.FromOk(v), nil
}

// jsonStringify is ஜேசான்_ஆக்கு: compact, keys sorted; it never fails.
func jsonStringify(c *call) (value.Value, error) {
	return c.newText(string(value.AppendJSON(nil, c.args[0])))
}

// badJSON is தவறு with the place and the reason.
func badJSON(err error) value.Value {
	var fault *value.Error
	if errors.As(err, &fault) && len(fault.Args) == 2 {
		at, why := fault.Args[0], fault.Args[1]
		return failed("ஜேசான் உரை அல்ல (பைட்டு "+at+")", "not JSON (byte "+at+"): "+why)
	}
	return failed("ஜேசான் உரை அல்ல", "not JSON: "+err.Error())
}

// sizeOf estimates the bytes that a value made of JSON takes.
func sizeOf(v value.Value) int {
	switch v.Kind() {
	case value.TextKind:
		return value.SizeText + len(v.Text())
	case value.ArrayKind:
		n := value.SizeArray
		for _, x := range v.Array().Items {
			n += value.SizeValue + sizeOf(x)
		}
		return n
	case value.RecordKind:
		n := value.SizeRecord
		for _, x := range v.Record().Slots {
			n += value.SizeValue + sizeOf(x)
		}
		return n
	default:
		return 0
	}
}
