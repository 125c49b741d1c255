package resilience

// The run-time codes of this package. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeOpen (சேவை): "The circuit breaker is open: the block was not tried." No arguments.
	CodeOpen = "E0397"
	// CodeNotBreaker (வகை): "A circuit breaker is needed here, but this is {0}." {0} the value's kind.
	CodeNotBreaker = "E0398"
	// CodeOption (வகை): "The option '{0}' cannot be {1}." {0} the option, {1} the value.
	CodeOption = "E0399"
	// CodeFull (சேவை): "All {0} places are taken: the block was not tried." {0} how many there are.
	CodeFull = "E0428"
)
