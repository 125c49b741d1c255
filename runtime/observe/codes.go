package observe

// The run-time codes of this package. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeLevel (வகை): "There is no level '{0}' of the log." {0} the value.
	CodeLevel = "E0459"
	// CodeFields (வகை): "The fields of the log must be a record, but this is {0}." {0} the value's kind.
	CodeFields = "E0429"
)
