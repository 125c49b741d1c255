package syntax

// Fault is a syntax error or a warning of the lexer or parser. The texts live in check/diag under the same code.
type Fault struct {
	// Code is the stable code, E0001 to E0099 for syntax errors, W0001 to W0099 for warnings.
	Code string
	Span Span
	// Args fill the message's {0}, {1} …: symbols ("';'"), source text, or numbers.
	Args []string
	// Opener is the place of the bracket that is still open, where the fault is about one; else zero.
	Opener Span
	// Fix is the replacement text that cures the fault when put at Span; HasFix tells an empty one from none.
	Fix    string
	HasFix bool
}

// IsError tells an error from a warning.
func (f Fault) IsError() bool { return f.Code[0] == 'E' }

// MaxFaults caps the faults kept for one file, so that hostile input gives a short answer.
const MaxFaults = 200
