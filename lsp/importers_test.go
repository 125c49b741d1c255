package lsp

import (
	"path/filepath"
	"testing"
)

// What an edit of a module breaks is told in each of its importers, open or not, and taken back when it is mended.
func TestImporters(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	lib := filepath.Join(dir, "lib.qmz")
	a, b := filepath.Join(dir, "a.qmz"), filepath.Join(dir, "உள்", "b.qmz")
	writeFile(t, lib, "செயல் கூட்டு(அ) { திரும்பு அ; }\n")
	writeFile(t, a, "இறக்கு \"lib.qmz\";\nஅச்சு \"𝒳\" & கூட்டு(1);\n")
	writeFile(t, b, "இறக்கு \"../lib.qmz\";\nஅச்சு \"𝒳\" & கூட்டு(2);\n")
	c := connect(t, Options{})
	c.initialize(pushCaps, dir)
	c.scanned()
	c.openText(lib, "செயல் கூட்டு(அ, ஆ) { திரும்பு அ + ஆ; }\n")
	c.pushed(a, 0, "E0603")
	c.pushed(b, 0, "E0603")
	c.setText(lib, 2, "செயல் கூட்டு(அ) { திரும்பு அ; }\n")
	c.pushed(a, 0)
	c.pushed(b, 0)
}
