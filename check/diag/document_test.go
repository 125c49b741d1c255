package diag

import (
	"os"
	"strings"
	"testing"
)

const documentFile = "../../docs/diagnostics.md"

// The page in docs says what the catalogue says.
func TestDocumentIsCurrent(t *testing.T) {
	t.Parallel()
	got := Document()
	if *update {
		if err := os.WriteFile(documentFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(documentFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date: go test ./check/diag -run Document -update", documentFile)
	}
	for _, e := range Entries() {
		if e.Severity != Note && !strings.Contains(got, "\n### "+e.Code+"\n") {
			t.Errorf("%s is not documented", e.Code)
		}
	}
	if n := strings.Count(got, "\n## "); n != len(documentGroups) {
		t.Errorf("%d groups of %d have codes", n, len(documentGroups))
	}
}

func TestExplanationFiles(t *testing.T) {
	t.Parallel()
	for _, e := range Entries() {
		if _, ok := Explanation(e.Code); !ok && e.Severity != Note {
			t.Errorf("%s is not explained: write it into check/diag/explain", e.Code)
		}
	}
	twice := map[string]bool{}
	names, err := explainFiles.ReadDir("explain")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range names {
		text, err := explainFiles.ReadFile("explain/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range readExplained(string(text)) {
			if twice[x.Code] {
				t.Errorf("%s is explained twice", x.Code)
			}
			twice[x.Code] = true
		}
	}
	for code, x := range explained() {
		if e := Lookup(code); e == nil || e.Severity == Note {
			t.Errorf("%s is explained, but is no code", code)
		}
		for _, text := range []string{x.Tamil, x.English} {
			if len(text) < 20 || !strings.ContainsAny(text[len(text)-1:], ".)") {
				t.Errorf("%s: %q is no explanation", code, text)
			}
		}
		if !isTamil(x.Tamil) && !strings.ContainsFunc(x.Tamil, isTamilLetter) || strings.ContainsFunc(strings.Split(x.English, " ")[0], func(r rune) bool { return r == ':' }) {
			t.Errorf("%s: the languages are mixed up", code)
		}
	}
	got := readExplained("# W1\nta: ஒன்று\nஇரண்டு\nen: one\n\nwrong:\n  a\n\n    b\nright:\n  c\n\n# W2\nen: x\n")
	want := Explained{Code: "W1", Tamil: "ஒன்று இரண்டு", English: "one", Wrong: "a\n\n  b\n", Right: "c\n"}
	if len(got) != 2 || got[0] != want || got[1].English != "x" {
		t.Errorf("read %+v", got)
	}
}
