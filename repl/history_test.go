package repl

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestHistory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "அ", "b.history")
	h, err := OpenHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"x = 1", "செயல் f() {\n    திரும்பு \"\\n𝒳\";\n}", "\\", "y"}
	for _, e := range want {
		h.Add(e)
		h.Add(e) // the same once more is not remembered
	}
	h.Add("  ")
	again, err := OpenHistory(path)
	if err != nil || !slices.Equal(again.Entries(), want) || !slices.Equal(h.Entries(), want) {
		t.Errorf("%q %v", again.Entries(), err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || strings.Count(string(raw), "\n") != len(want) {
		t.Errorf("%q %v", raw, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the history: %v %v", info.Mode(), err)
	}
}

// TestHistoryIsShortened: an old history keeps its newest entries.
func TestHistoryIsShortened(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "h")
	var b strings.Builder
	for i := range maxHistory + 500 {
		fmt.Fprintln(&b, i)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h, err := OpenHistory(path)
		if n := len(h.Entries()); err != nil || n != maxHistory || h.Entries()[n-1] != fmt.Sprint(maxHistory+499) {
			t.Errorf("%d entries, %v", n, err)
		}
	}
	if list, err := os.ReadDir(filepath.Dir(path)); err != nil || len(list) != 1 {
		t.Errorf("%v %v", list, err)
	}
}

// TestHistoryCannotBeKept: where it cannot be written, it lives in memory, and says why.
func TestHistoryCannotBeKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(file, "h"), filepath.Dir(file)} {
		h, err := OpenHistory(path)
		if err == nil {
			t.Errorf("%s: no error", path)
		}
		if h.Add("x"); len(h.Entries()) != 1 {
			t.Errorf("%s: entries %q", path, h.Entries())
		}
	}
	dir := t.TempDir()
	h, err := OpenHistory(filepath.Join(dir, "sub", "h"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if h.Add("x"); h.Err() == nil || len(h.Entries()) != 1 {
		t.Errorf("%v %q", h.Err(), h.Entries())
	}
}
