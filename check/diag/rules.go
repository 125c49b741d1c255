package diag

import (
	"slices"

	"github.com/etamil-lang/etamil/syntax"
)

// Level is what a project makes of a code.
type Level uint8

// The levels. LevelDefault leaves the catalogue's own severity.
const (
	LevelDefault Level = iota
	LevelOff
	LevelWarn
	LevelError
)

// ParseLevel reads off, warn or error.
func ParseLevel(s string) (Level, bool) {
	i := slices.Index([]string{"", "off", "warn", "error"}, s)
	if i < 1 {
		return LevelDefault, false
	}
	return Level(i), true
}

// Rules are a project's levels by code.
type Rules map[string]Level

// Set takes one line of [check.rules] in a project file; the diagnostic says what is wrong with it, where ok is false. A
// level that is none is left to syntax/project, which says so.
func (r Rules) Set(file, code, level string, at syntax.Span) (wrong Diagnostic, ok bool) {
	l, known := ParseLevel(level)
	switch {
	case Lookup(code) == nil:
		return New(CodeIgnoreUnknown, file, at, code), false
	case Stops(code):
		return New(CodeIgnoreStops, file, at, code), false
	case known:
		r[code] = l
	}
	return Diagnostic{}, true
}

// Apply answers the diagnostic as the rules want it, and false where they turn it off. What stops a run stays an error:
// a check that is silent about it would be a lie.
func (r Rules) Apply(d Diagnostic) (Diagnostic, bool) {
	level := r[d.Code]
	if level == LevelDefault || Stops(d.Code) {
		return d, true
	}
	switch level {
	case LevelOff:
		return d, false
	case LevelWarn:
		d.Severity = Warning
	case LevelError:
		d.Severity = Error
	}
	return d, true
}

// lastCore is the last code of the core language's own static errors (grammar.md section 5).
const lastCore = "E0131"

// Stops tells whether a code stops a run before it starts: errors of the syntax, of the core language's types, of
// loading files and of the project file. Such a code can be neither silenced nor made a warning.
func Stops(code string) bool {
	switch {
	case len(code) != 5 || code[0] != 'E':
		return false
	case code <= lastCore, code >= "E0200" && code < "E0300", code >= "E0500" && code < "E0530":
		return true
	}
	return false
}
