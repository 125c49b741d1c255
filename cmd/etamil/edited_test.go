package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/etamil-lang/etamil/syntax/module"
)

// TestEdited compares a program with its files as they are now, whatever marks and line ends they have.
func TestEdited(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "அ = 1;\n", "\ufeffஅ = 1;\r\n", "𝒳 = \"👍🏽𑿀\";"} {
		file := filepath.Join(t.TempDir(), "a.qmz")
		put(t, file, text)
		prog, _ := module.Load(t.Context(), files(), module.Entry{Path: filepath.ToSlash(file)})
		if edited(prog) || edited(nil) {
			t.Errorf("%q: it is as it was", text)
		}
		put(t, file, text+" ")
		if !edited(prog) {
			t.Errorf("%q: it has changed", text)
		}
		if err := os.Remove(file); err != nil || !edited(prog) {
			t.Errorf("%q: it is gone, %v", text, err)
		}
	}
}
