package grpc

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// mismatch is what is wrong at one place of a message.
type mismatch struct {
	path           string // "" for the message itself
	tamil, english string
}

func (e *mismatch) Error() string { return e.at(e.english) }

func (e *mismatch) at(reason string) string {
	if e.path == "" {
		return reason
	}
	return e.path + ": " + reason
}

// maxPath is how long a path gets, in bytes; of a longer one the end is told.
const maxPath = 60

// in says that a mismatch is inside a field.
func (e *mismatch) in(key string) *mismatch {
	switch {
	case len(e.path) > maxPath:
		key = ""
		e.path = "…" + strings.TrimPrefix(e.path, "…")
	case e.path != "" && e.path[0] != '[':
		key += "."
	}
	e.path = key + e.path
	return e
}

// item says that a mismatch is in an item of a list.
func (e *mismatch) item(i int) *mismatch { return e.in("[" + strconv.Itoa(i) + "]") }

// of is the mismatch as an error of a message type.
func (e *mismatch) of(s *schema) error {
	return &value.Error{Code: CodeMessage, Args: []string{s.name, e.at(e.tamil) + "  (" + e.at(e.english) + ")"}}
}

func needs(tamil, english string, got value.Value) *mismatch {
	return &mismatch{tamil: tamil + " வேண்டும்", english: english + " is needed, not " + got.KindName()}
}

func wrong(tamil, english string) *mismatch { return &mismatch{tamil: tamil, english: english} }
