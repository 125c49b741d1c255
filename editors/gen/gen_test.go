package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/etamil-lang/etamil/syntax/words"
)

// TestDrift holds the files of editors/ to what syntax/words says now.
func TestDrift(t *testing.T) {
	t.Parallel()
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("editors/%s is out of date; run: go generate ./editors/gen", name)
		}
	}
}

// TestKinds holds that the table of exceptions names words that exist, and that no reserved word is left plain.
func TestKinds(t *testing.T) {
	t.Parallel()
	for id := range special {
		if words.ByID(id) == nil {
			t.Errorf("there is no word %s", id)
		}
	}
	for _, w := range words.All() {
		if w.Class == words.Reserved && of(w) == plain {
			t.Errorf("%s is reserved and has no colour", w.ID)
		}
		if w.Class == words.Usable && !w.Builtin && of(w) != plain {
			t.Errorf("%s may be a name and would be coloured everywhere", w.ID)
		}
	}
}

// TestKindsAreApart holds that no spelling has two colours.
func TestKindsAreApart(t *testing.T) {
	t.Parallel()
	seen := map[string]kind{}
	for k, list := range sort() {
		for _, s := range list {
			if other, ok := seen[s]; ok {
				t.Errorf("%s is both %s and %s", s, names[other], names[k])
			}
			seen[s] = k
		}
	}
}
