package value

import "strings"

// Error is a run-time error of an operation on values: a stable code of codes.go and the arguments of its message. The
// machine adds the place. It is immutable.
type Error struct {
	Code string
	Args []string
}

// Error gives the code and the arguments, for logs and tests; people see the texts of check/diag.
func (e *Error) Error() string {
	if len(e.Args) == 0 {
		return e.Code
	}
	return e.Code + ": " + strings.Join(e.Args, ", ")
}

func overflow() error       { return &Error{Code: CodeOverflow} }
func divisionByZero() error { return &Error{Code: CodeDivisionByZero} }

func fail(code string, args ...string) error { return &Error{Code: code, Args: args} }
