package value

import (
	"errors"
	"testing"
)

func TestUniqueJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"அ": 1, "ஆ": {"அ": 1}}`:        "",
		`{"அ": 1, "அ": 1}`:               "a key twice in one record",
		`[{"a": {"b": 1, "\u0062": 2}}]`: "a key twice in one record",
		`{"a": 1,}`:                      "a key in quotes is expected",
	} {
		_, err := ParseUniqueJSON(text)
		got := ""
		if fault := (*Error)(nil); errors.As(err, &fault) {
			got = fault.Args[1]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
		if v, err := ParseJSON(text); want == "a key twice in one record" && (err != nil || v.IsNil()) {
			t.Errorf("%s: the last key counts for texts of our own: %v", text, err)
		}
	}
}
