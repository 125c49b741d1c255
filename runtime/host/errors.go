package host

import "github.com/etamil-lang/etamil/runtime/value"

// errorWords make structured errors (services.md rule 13).
var errorWords = table{
	"newError":  {min: 2, max: 3, fn: newError, keeps: true, whole: 0b100},
	"wrapError": keeping(2, wrapError).of(0),
}

// kindGeneral is the kind of an error that nothing better is known about, kindCheck that of வகை_சரிபார்.
const (
	kindGeneral = "பொது"
	kindCheck   = "சரிபார்ப்பு"
)

// errorRecord makes a structured error that was not raised yet: its place is "" and it has no stack.
func errorRecord(kind, message string, details, cause value.Value) value.Value {
	return value.FromFields(
		[]string{value.FieldKind, value.FieldMessage, value.FieldDetails, value.FieldCause, value.FieldPlace},
		[]value.Value{value.FromText(kind), value.FromText(message), details, cause, value.FromText("")},
	)
}

// newError is பிழை_ஆக்கு(kind, message[, details]).
func newError(c *call) (value.Value, error) {
	if err := c.growError(); err != nil {
		return value.Nil, err
	}
	details := emptyRecord()
	if len(c.args) == 3 {
		details = c.args[2]
	}
	return errorRecord(c.text(0), c.text(1), details, value.Nil), nil
}

// wrapError is பிழை_உறையிடு(error, message): the kind stays, the error becomes the cause. What is no structured error is
// made one first, as rule 13 says; of தவறு(x) it is x that counts.
func wrapError(c *call) (value.Value, error) {
	if err := c.growError(); err != nil {
		return value.Nil, err
	}
	cause := c.args[0]
	if cause.Kind() == value.ErrKind {
		cause = inner(cause)
	}
	if !value.IsFault(cause) {
		message, err := c.display(cause)
		if err != nil {
			return value.Nil, err
		}
		cause = errorRecord(kindGeneral, message, cause, value.Nil)
	}
	kind, _ := cause.Record().Get(value.FieldKind)
	return errorRecord(kind.Text(), c.text(1), emptyRecord(), cause), nil
}

func emptyRecord() value.Value { return value.FromFields(nil, nil) }

// growError charges one error record.
func (c *call) growError() error { return c.Grow(value.SizeRecord + 5*value.SizeValue) }
