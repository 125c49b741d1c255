package task

// The run-time codes of this package. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeNeeds (வகை): "{0} is needed here, but this is {1}." {0} the kind that is needed, {1} the value's kind.
	CodeNeeds = "E0393"
	// CodeClosed (பொது): "The channel is closed: nothing more can be sent." No arguments.
	CodeClosed = "E0394"
	// CodeTooMany (எல்லை): "There are {0} unfinished tasks; no more can be started." {0} the limit.
	CodeTooMany = "E0395"
	// CodeBadCount (வகை): "A whole number from {0} to {1} is needed here, but this is {2}." {0} and {1} the bounds, {2} the value.
	CodeBadCount = "E0396"
)
