package words_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax/words"
)

var (
	tamilLetter = regexp.MustCompile(`[\x{0B80}-\x{0BFF}]`)
	typeName    = regexp.MustCompile(`^(number|text|boolean|array|record|result|nil|any|function|date|shape|name|task|channel|` +
		`lock|atomic|pool|connection|cache|breaker|session|redis)(<.+>)?$`)
)

func TestEveryWordHasHelp(t *testing.T) {
	t.Parallel()
	for _, w := range words.All() {
		for _, h := range []string{w.HelpTamil, w.HelpEnglish} {
			if h == "" || strings.ContainsAny(h, "\n\t") || strings.TrimSpace(h) != h || strings.HasSuffix(h, ".") {
				t.Errorf("%s: bad help %q", w.ID, h)
			}
		}
		if !tamilLetter.MatchString(w.HelpTamil) || len(w.HelpEnglish) < 4 || w.HelpTamil == w.Tamil[0] {
			t.Errorf("%s: thin help %q / %q", w.ID, w.HelpTamil, w.HelpEnglish)
		}
		if w.Group == "" {
			t.Errorf("%s has no group", w.ID)
		}
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	for _, w := range words.All() {
		optional := false
		seen := map[string]bool{}
		for _, p := range w.Params {
			if p.Name == "" || seen[p.Name] || optional && !p.Optional || !tamilLetter.MatchString(p.Name) {
				t.Errorf("%s: bad parameter %+v", w.ID, p)
			}
			checkType(t, w, p.Type)
			optional, seen[p.Name] = p.Optional, true
		}
		if w.Result != "" {
			checkType(t, w, w.Result)
		}
		if w.Builtin && w.Result == "" && w.ID != "exit" {
			t.Errorf("builtin %s has no result", w.ID)
		}
	}
}

// checkType fails on a type that is not of the closed list, alternatives and elements included.
func checkType(t *testing.T, w *words.Word, typ string) {
	t.Helper()
	for _, one := range alternatives(typ, '|') {
		if fields, ok := strings.CutPrefix(one, "record{"); ok {
			for _, f := range alternatives(strings.TrimSuffix(fields, "}"), ',') {
				if name, of, typed := strings.Cut(f, ":"); typed && tamilLetter.MatchString(name) {
					checkType(t, w, of)
				} else if f != "..." {
					t.Errorf("%s: bad field %q of %q", w.ID, f, typ)
				}
			}
			continue
		}
		m := typeName.FindStringSubmatch(one)
		if m == nil {
			t.Errorf("%s: unknown type %q", w.ID, typ)
			continue
		}
		if m[2] != "" {
			checkType(t, w, m[2][1:len(m[2])-1])
		}
	}
}

// alternatives splits "a|b<c|d>" at the outer bars, or other signs.
func alternatives(typ string, sign rune) []string {
	var list []string
	depth, from := 0, 0
	for i, r := range typ {
		switch {
		case r == '<', r == '{':
			depth++
		case r == '>', r == '}':
			depth--
		case r == sign && depth == 0:
			list, from = append(list, typ[from:i]), i+1
		}
	}
	return append(list, typ[from:])
}

func TestArgumentCounts(t *testing.T) {
	t.Parallel()
	for id, want := range map[string][2]int{
		"length": {1, 1}, "today": {0, 0}, "env": {1, 2}, "issueToken": {2, 3}, "readToken": {1, 2}, "replace": {3, 3},
		"registerFunction": {3, 4}, "newError": {2, 3}, "await": {1, 1}, "channelCreate": {0, 1}, "cacheSet": {3, 4},
		"verifyTokenRSA": {5, 5}, "StopServer": {0, 1},
	} {
		w := words.ByID(id)
		if w == nil {
			t.Errorf("no word %s", id)
			continue
		}
		if got := [2]int{w.MinArgs(), w.MaxArgs()}; got != want {
			t.Errorf("%s takes %v arguments, want %v", id, got, want)
		}
	}
	if got := (&words.Word{Variadic: true}).MaxArgs(); got != -1 {
		t.Errorf("MaxArgs of a variadic word = %d", got)
	}
}
