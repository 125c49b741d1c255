package token

// The run-time codes of this package. The comment of each gives its error kind, its English text and its arguments; the
// bilingual catalogue in check/diag is built from it.
const (
	// CodeClaims (வகை): "The claims of a token are a record, or the JSON text of one, but this is {0}." {0} the value's kind.
	CodeClaims = "E0420"
	// CodeSeconds (வகை): "A token is valid for a whole number of seconds, not {0}." {0} the value.
	CodeSeconds = "E0421"
	// CodeSecret (அமைப்பு): "A token needs a secret of 32 bytes or more." No arguments.
	CodeSecret = "E0422"
	// CodeOption (வகை): "The token's option '{0}' cannot be {1}." {0} the option, {1} the value.
	CodeOption = "E0423"

	// CodeInvalid (அனுமதி): "The token is not valid." No arguments.
	CodeInvalid = "E0424"
	// CodeExpired (அனுமதி): "The token has expired." No arguments.
	CodeExpired = "E0425"
)
