package value

// The fields of an error record, as a caught error has them (services.md rule 13).
const (
	FieldKind    = "வகை"
	FieldMessage = "செய்தி"
	FieldDetails = "விவரம்"
	FieldCause   = "காரணம்"
	FieldPlace   = "இருப்பிடம்"
	FieldStack   = "அடுக்கு"
)

// Fault is the content of an error record. Make it with NewFault, which fills what may be empty with Nil.
type Fault struct {
	Kind, Message  string
	Details, Cause Value
	Place          string
	Stack          Value
}

// NewFault makes a fault without details, cause, place and stack.
func NewFault(kind, message string) Fault {
	return Fault{Kind: kind, Message: message, Details: Nil, Cause: Nil, Stack: Nil}
}

// Record makes the error record {வகை, செய்தி, விவரம், காரணம், இருப்பிடம், அடுக்கு}.
func (f Fault) Record() Value {
	layout := NewLayout(FieldKind, FieldMessage, FieldDetails, FieldCause, FieldPlace, FieldStack)
	return FromSlots(layout, []Value{
		FromText(f.Kind), FromText(f.Message), f.Details, f.Cause, FromText(f.Place), f.Stack,
	})
}

// IsFault tells whether v is an error record: a record with the text fields வகை and செய்தி.
func IsFault(v Value) bool {
	r := v.Record()
	if r == nil {
		return false
	}
	kind, ok := r.Get(FieldKind)
	message, also := r.Get(FieldMessage)
	return ok && also && kind.Tag == TagText && message.Tag == TagText
}

// errorAlias gives the full name of the two shorter field names that error records know too: மூலம் and இடம்.
func errorAlias(r *Record, name string) (string, bool) {
	var long string
	switch name {
	case "மூலம்":
		long = FieldCause
	case "இடம்":
		long = FieldPlace
	default:
		return "", false
	}
	_, ok := r.Layout.Slot(long)
	if _, kind := r.Layout.Slot(FieldKind); !kind {
		return "", false
	}
	return long, ok
}
