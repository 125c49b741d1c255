package host

import "github.com/etamil-lang/etamil/runtime/value"

// recordWords are the words over records.
var recordWords = table{
	"hasField": pure(2, hasField).of(0),
	"fieldOr":  keeping(3, fieldOr).of(0, 2),
}

// hasField is புலம்_உள்ளதா(record, key).
func hasField(c *call) (value.Value, error) {
	r, err := c.record(0)
	if err != nil {
		return value.Nil, err
	}
	_, ok := r.Get(c.text(1))
	return value.FromBool(ok), nil
}

// fieldOr is புலம்_அல்லது(record, key, default): a field that holds இன்மை is there.
func fieldOr(c *call) (value.Value, error) {
	r, err := c.record(0)
	if err != nil {
		return value.Nil, err
	}
	if v, ok := r.Get(c.text(1)); ok {
		value.Share(v)
		return v, nil
	}
	return c.args[2], nil
}
