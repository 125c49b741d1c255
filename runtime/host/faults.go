package host

import (
	"strconv"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax/words"
)

// fault makes the run-time error of the word being called: its Tamil name goes before the arguments.
func (c *call) fault(code string, args ...string) error { return fault(c.word, code, args...) }

// fault makes a run-time error of the word with that ID.
func fault(id, code string, args ...string) error {
	return &value.Error{Code: code, Args: append([]string{tamilName(id)}, args...)}
}

// tamilName is the canonical Tamil spelling of a word, or the ID of one that has none.
func tamilName(id string) string {
	if w := words.ByID(id); w != nil && len(w.Tamil) > 0 {
		return w.Tamil[0]
	}
	return id
}

// failed is the result தவறு with a text in both languages. Programs can print it, so it does not depend on --lang.
func failed(tamil, english string) value.Value {
	return value.FromErr(value.FromText(tamil + "  (" + english + ")"))
}

// array is argument i, which must be an array.
func (c *call) array(i int) ([]value.Value, error) {
	if v := c.args[i]; v.Kind() == value.ArrayKind {
		return v.Array().Items, nil
	}
	return nil, c.fault(CodeNeedsArray, strconv.Itoa(i+1), c.args[i].KindName())
}

// record is argument i, which must be a record.
func (c *call) record(i int) (*value.Record, error) {
	if v := c.args[i]; v.Kind() == value.RecordKind {
		return v.Record(), nil
	}
	return nil, c.fault(CodeNeedsRecord, strconv.Itoa(i+1), c.args[i].KindName())
}

// text is argument i as display text.
func (c *call) text(i int) string { return display(c.args[i]) }

// decimal is argument i as a number; what is none counts as semantics.md 1.4 says.
func (c *call) decimal(i int) value.Decimal { return value.ToNumber(c.args[i]).Decimal() }

// display is the display text of v, without a copy where v is text already.
func display(v value.Value) string {
	if v.Kind() == value.TextKind {
		return v.Text()
	}
	return v.Display()
}
