package host

import (
	"errors"

	"github.com/etamil-lang/etamil/runtime/value"
)

// jsonWords are the two directions of JSON.
var jsonWords = table{
	"jsonParse":     pure(1, jsonParse),
	"jsonStringify": pure(1, jsonStringify).of(0),
}

// jsonParse is ஜேசான்_படி: strict, exact numbers; bad JSON and numbers that do not fit answer தவறு.
func jsonParse(c *call) (value.Value, error) {
	s := c.text(0)
	if err := c.Grow(ParsedSize(s)); err != nil {
		return value.Nil, err
	}
	v, err := value.ParseJSON(s)
	if err != nil {
		return badJSON(err), nil
	}
	return value.FromOk(v), nil
}

// jsonStringify is ஜேசான்_ஆக்கு: compact, keys sorted.
func jsonStringify(c *call) (value.Value, error) {
	s, err := c.json(c.args[0])
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(s), nil
}

// json is v as JSON, charged before it is made.
func (c *call) json(v value.Value) (string, error) {
	n := value.JSONSize(v, c.Room())
	if err := c.askMeasured(n); err != nil {
		return "", err
	}
	return string(value.AppendJSON(make([]byte, 0, n), v)), nil
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

// ParsedSize estimates the bytes that the values in a JSON text take, before anybody makes them.
func ParsedSize(s string) int {
	n := len(s)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ',':
			n += value.SizeValue
		case '[':
			n += value.SizeArray + value.SizeValue
		case '{':
			n += value.SizeRecord + value.SizeValue
		case '"':
			n += value.SizeText
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		}
	}
	return n
}
