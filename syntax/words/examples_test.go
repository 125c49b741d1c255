package words_test

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// plain are the words that need no example of their own: keywords that no statement uses, and words whose behaviour
// needs equipment or a server that an example cannot assume.
func plain(w *words.Word) bool {
	if w.IsKeyword() {
		return true
	}
	switch w.Group {
	case "Hardware", "Hardware simulator", "Hardware keys", "Message queues", "MongoDB", "XML":
		return true
	}
	switch w.ID {
	case "packageRead", "packageWrite", "registerFunction", "redisCommand", "redisClose", "tokenHeader",
		"verifyTokenRSA", "vitY":
		return true
	}
	return false
}

// TestExamples parses every example, as a program of its own: people paste them.
func TestExamples(t *testing.T) {
	t.Parallel()
	count := 0
	for _, w := range words.All() {
		if w.Example == "" {
			if !plain(w) {
				t.Errorf("%s has no example", w.ID)
			}
			continue
		}
		count++
		if !strings.Contains(w.Example, w.Tamil[0]) {
			t.Errorf("%s: the example does not use the word:\n%s", w.ID, w.Example)
		}
		for _, f := range syntax.Parse(w.ID, []byte(w.Example)).Faults {
			t.Errorf("%s: %s at %v in\n%s", w.ID, f.Code, f.Span, w.Example)
		}
	}
	if count < 200 {
		t.Errorf("only %d words have an example", count)
	}
}
