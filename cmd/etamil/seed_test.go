package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// seedCase is what a snippet of the user's needs before it can run, and what comes of it. The snippets are in syntax/testdata/seed,
// letter for letter; what they use and nobody has defined yet, the test defines first, as a user would.
type seedCase struct {
	before, after string
	want          string // on standard output
	code          string // of the error that it ends with, or ""
}

var seeds = map[string]seedCase{
	"04a": {
		before: "செயல் கணக்கை_பெறு() { சேனல்_அனுப்பு(சே, 1); சேனல்_பெறு(சே2); திரும்பு 42; }\nசே = சேனல்_உருவாக்கு(); சே2 = சேனல்_உருவாக்கு();\n",
		after:  "சேனல்_பெறு(சே); அச்சு \"தொடங்கியது\"; சேனல்_அனுப்பு(சே2, 1);", want: "தொடங்கியது\n",
	},
	"04b": {after: "அச்சு செய்தி;", want: "message\n"},
	"04c": {after: "பூட்டு_பிடி(பூட்டு) { அச்சு \"பிடித்தது\"; }", want: "பிடித்தது\n"},
	"05a": {want: "Some message\n"},
	"05b": {before: "e = \"x\";\n", code: "E0338"}, // metrics come later
	"06a": {after: "தளம்_வினா \"SELECT 1 AS x\", [], வி; அச்சு வி;", want: "[{x: 1}]\n"},
	"06b": {code: "E0363"}, // PostgreSQL comes later
	"07a": {code: "E0338"},
	"08a": {before: "பயனர் = {};\n", code: "E0338"},
	"09a": {before: "பயனர்_தரவு = {};\n", code: "E0338"},
	"10a": {code: "E0101"}, // its type error is the expected result
	"10b": {after: "அச்சு பணி.வயது;", want: "25\n"},
	"11a": {after: "அச்சு \"இயங்குகிறது\";", want: "இயங்குகிறது\n"},
	"12a": {after: "\nஅச்சு \"இயங்குகிறது\";", want: "இயங்குகிறது\n"},
	"14a": {before: "வழி பெறு, \"/api/hello\" { பதில் 200, {}; }\n", code: "E0338"},
}

func seedText(t *testing.T, name string) string {
	t.Helper()
	return acceptanceText(t, "seed", name)
}

// acceptanceText reads an acceptance program, canonical or seed.
func acceptanceText(t *testing.T, kind, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "syntax", "testdata", kind, name+".qmz"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSeed runs every snippet but the application, which TestSeedApplication serves.
func TestSeed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "syntax", "testdata", "seed", "*.qmz"))
	if err != nil || len(files) != len(seeds)+1 {
		t.Fatal(len(files), err)
	}
	for name, c := range seeds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := write(t, c.before+seedText(t, name)+c.after)
			p := startProcess(t, filepath.Dir(file), "run", file)
			code := p.wait(t)
			switch {
			case c.code == "" && (code != exitOK || p.stdout() != c.want):
				t.Errorf("it ended with %d and printed %q, not %q\n%s", code, p.stdout(), c.want, p.stderr())
			case c.code != "" && (code != exitFault || !strings.Contains(p.stderr(), "["+c.code+"]")):
				t.Errorf("it ended with %d, and not with %s:\n%s", code, c.code, p.stderr())
			}
		})
	}
}
