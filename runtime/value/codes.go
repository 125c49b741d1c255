package value

// The run-time codes of this package. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeOverflow (கணிதம்): "The number does not fit: more than 96 bits before the point." No arguments.
	CodeOverflow = "E0301"
	// CodeDivisionByZero (கணிதம்): "Division by zero." No arguments.
	CodeDivisionByZero = "E0302"
	// CodeIndexRange (அட்டவணை): "Index {0} is out of range: the length is {1}." {0} the index, {1} the length.
	CodeIndexRange = "E0303"
	// CodeIndexNotWhole (அட்டவணை): "The index {0} is not a whole number." {0} the index.
	CodeIndexNotWhole = "E0304"
	// CodeNoField (புலம்): "The record has no field '{0}'. Its fields: {1}." {0} the field, {1} the record's fields, sorted,
	// joined by ", " (cut after 20), or empty.
	CodeNoField = "E0305"
	// CodeNotIndexable (வகை): "{0} cannot be indexed." {0} the kind as KindName says it.
	CodeNotIndexable = "E0306"
	// CodeNotRecord (வகை): "{0} is not a record, so it has no field '{1}'." {0} the kind, {1} the field.
	CodeNotRecord = "E0307"
	// CodeTextAssign (வகை): "Text cannot be changed by index." No arguments.
	CodeTextAssign = "E0308"
	// CodeNotIterable (வகை): "{0} cannot be walked by ஒவ்வொரு." {0} the kind.
	CodeNotIterable = "E0309"
	// CodeNotArray (வகை): "{0} is not an array: nothing can be appended." {0} the kind.
	CodeNotArray = "E0310"
	// CodeNotSettable (வகை): "{0} has no parts that could be assigned." {0} the kind.
	CodeNotSettable = "E0311"
	// CodeShapeField (புலம்): "The shape {0} has no field '{1}'. Its fields: {2}." {0} the shape's name, {1} the field, {2} the
	// shape's fields joined by ", ".
	CodeShapeField = "E0312"
	// CodeKeyTooLong (எல்லை): "{0} as a key has a text of more than {1} MB." {0} the kind, {1} the megabytes.
	CodeKeyTooLong = "E0313"
	// CodeBadJSON (பொது): "This is not JSON (byte {0}): {1}." {0} the byte offset, {1} the reason in English.
	CodeBadJSON = "E0320"
	// CodeBadNumber (பொது): "'{0}' is not a number that fits." {0} the text.
	CodeBadNumber = "E0321"
)
