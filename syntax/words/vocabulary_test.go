package words_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/etamil-lang/etamil/syntax/words"
)

// TestKeywordTable holds every row of the language's keyword table.
func TestKeywordTable(t *testing.T) {
	t.Parallel()
	classes := map[string]words.Class{
		"hard-reserved": words.Reserved, "contextual": words.Contextual, "name-usable": words.Usable,
	}
	count := map[words.Class]int{}
	spellings := 0
	rows := tsv(t, "keywords.tsv")
	for _, row := range rows {
		w := words.ByID(row[0])
		if w == nil || w.Token != row[0] || w.Class != classes[row[5]] || w.Group != row[1] {
			t.Errorf("%s: %+v", row[0], w)
			continue
		}
		count[w.Class]++
		all := append([]string{row[2]}, strings.Split(row[3], "|")...)
		if row[4] != "" {
			all = append(all, row[4])
		}
		for _, s := range all {
			spellings++
			if words.Keyword(s) != w || words.Lookup(s) != w {
				t.Errorf("%s: Keyword(%q) = %v", row[0], s, words.Keyword(s))
			}
		}
		if w.Tamil[0] != row[2] || w.Roman[0] != all[1] {
			t.Errorf("%s: canonical spellings are %q, %q", row[0], w.Tamil[0], w.Roman[0])
		}
	}
	if len(rows) != 203 || spellings != 545 {
		t.Errorf("%d keywords with %d spellings, want 203 with 545", len(rows), spellings)
	}
	if count[words.Reserved] != 109 || count[words.Contextual] != 2 || count[words.Usable] != 92 {
		t.Errorf("classes %v, want 109 reserved, 2 contextual, 92 usable", count)
	}
	keywords := 0
	for _, w := range words.All() {
		if w.IsKeyword() {
			keywords++
		}
	}
	if keywords != 203 {
		t.Errorf("the table has %d keywords", keywords)
	}
}

// joinText is the English spelling of ஒன்றிணை: the builtin table's _join is the reserved keyword சேர்.
const joinText = "_joinText"

func TestBuiltinTable(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, row := range tsv(t, "builtins.tsv") {
		name, roman, english := row[0], row[1], row[2]
		if strings.ContainsAny(name, " ;") || name[0] == '(' {
			continue // a statement or a note
		}
		seen++
		w := words.Lookup(name)
		if w == nil || !w.Builtin || w.Tamil[0] != name {
			t.Errorf("Lookup(%q) = %+v, want a builtin", name, w)
			continue
		}
		if english == "_join" {
			english = joinText
		}
		if roman != "?" && (words.Lookup(roman) != w || words.Lookup(english) != w) {
			t.Errorf("%s is not found as %q and %q", name, roman, english)
		}
		if !w.IsKeyword() && english != joinText && english != "?" && w.ID != english[1:] {
			t.Errorf("%s: the ID is %q, want %q", name, w.ID, english[1:])
		}
	}
	if seen != 120 {
		t.Errorf("%d builtins, want 120", seen)
	}
}

type service struct {
	Section, Shape, Runs, Canonical, Ezuqqu, English string
	Also                                             []string
}

func TestServiceTable(t *testing.T) {
	t.Parallel()
	shapes := map[string]words.Shape{
		"stmt": words.ShapeStmt, "call": words.ShapeCall, "call+block": words.ShapeCallBlock,
		"builder": words.ShapeBuilder, "decl+block": words.ShapeDeclBlock, "method": words.ShapeMethod,
		"method+block": words.ShapeMethodBlock, "name": words.ShapeName, "clause": words.ShapeClause,
		"modifier": words.ShapeModifier, "keyword": words.ShapeKeyword,
	}
	runs := map[string]words.Runs{"": words.RunsNone, "now": words.RunsNow, "later": words.RunsLater}
	var rows []service
	if err := json.Unmarshal([]byte(read(t, "testdata/services.json")), &rows); err != nil {
		t.Fatal(err)
	}
	punctuation := 0
	for _, row := range rows {
		if row.Canonical == "(punctuation)" {
			punctuation++
			continue
		}
		w := words.Lookup(row.Canonical)
		if w == nil || w.Section != row.Section || w.Shape != shapes[row.Shape] || w.Runs != runs[row.Runs] {
			t.Errorf("Lookup(%q) = %+v, want %+v", row.Canonical, w, row)
			continue
		}
		if w.Tamil[0] != row.Canonical || w.Roman[0] != row.Ezuqqu {
			t.Errorf("%s: canonical spellings are %q, %q", w.ID, w.Tamil[0], w.Roman[0])
		}
		if row.English != "" && words.Lookup(row.English) != w {
			t.Errorf("%s is not found as %q", w.ID, row.English)
		}
		for _, s := range row.Also {
			if !slices.Contains(words.Lookups(s), w) || !slices.Contains(w.Tamil, s) {
				t.Errorf("%s is not found as %q", w.ID, s)
			}
		}
	}
	if len(rows) != 135 || punctuation != 2 {
		t.Errorf("%d service rows, %d of them punctuation; want 135, 2", len(rows), punctuation)
	}
}

func TestSpellings(t *testing.T) {
	t.Parallel()
	owner := map[string]*words.Word{}
	for _, w := range words.All() {
		for _, s := range slices.Concat(w.Tamil, w.Roman, w.English) {
			if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) && !words.HasForeign(s) {
				t.Errorf("%s: %q is not NFC", w.ID, s)
			}
			if words.HasForeign(s) && !slices.Contains(w.Also, s) {
				t.Errorf("%s: %q is foreign but no other spelling", w.ID, s)
			}
			if o := owner[s]; o != nil && len(words.Lookups(s)) != 2 {
				t.Errorf("%q names %s and %s", s, o.ID, w.ID)
			}
			owner[s] = w
		}
		for _, s := range slices.Concat(w.Roman, w.English) {
			if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
				t.Errorf("%s: %q is not ASCII", w.ID, s)
			}
		}
		for _, s := range w.Also {
			if words.Keyword(s) == w {
				t.Errorf("%s: %q must not be reserved", w.ID, s)
			}
		}
	}
}

// TestForeignSpellings holds that no other spellings with letters of other scripts slip in than the user's own.
func TestForeignSpellings(t *testing.T) {
	t.Parallel()
	var want []string
	for spelling, meaning := range seedWords {
		if meaning.name == "" { // found whole, not through its repair
			want = append(want, spelling)
		}
	}
	var got []string
	for _, w := range words.All() {
		for _, s := range w.Tamil {
			if words.HasForeign(s) {
				got = append(got, s)
			}
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("foreign spellings\n%+q, want\n%+q", got, want)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tsv reads the rows of a table in testdata, without its head.
func tsv(t *testing.T, name string) [][]string {
	t.Helper()
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(read(t, "testdata/"+name)), "\n")[1:] {
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}
