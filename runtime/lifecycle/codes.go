package lifecycle

// The codes of this package. The comment of each gives its error kind, its English text and its arguments; the bilingual
// catalogue in check/diag is built from it.
const (
	// CodeSignal (சேவை): "There is no signal '{0}' that a program could handle." {0} the name.
	CodeSignal = "E0490"
	// CodeApp (அமைப்பு): "The application's '{0}' must be {1}, but this is {2}." {0} the key, {1} what is wanted, {2} the value or
	// its kind.
	CodeApp = "E0491"
)
