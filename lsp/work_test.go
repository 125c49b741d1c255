package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A keystroke in ten thousand lines parses one declaration, infers what it touches and reads its names once.
func TestKeystrokeWork(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	name := filepath.Join(dir, "main.qmz")
	c := open(t, "utf-16", dir)
	c.scanned()
	c.openText(name, sampleProgram(10_000))
	c.wantPull(name)
	key := c.server.canonical(filepath.ToSlash(name))
	for i := range 5 {
		line := 1000*i + 2
		c.replace(name, i+2, line, 4, 4, "அ = 1; ")
		c.wantPull(name, "W0105")
		doc := c.server.current().open[key].doc()
		if n := doc.Stats().Declarations; n != 1 {
			t.Errorf("edit %d parsed %d declarations", i, n)
		}
		s := c.server.sessions.get(key)
		if w := s.check.Work(); w.Inferred > 3 || w.Read > 1 || w.Units < 1000 {
			t.Errorf("edit %d: %+v", i, w)
		}
		c.replace(name, i+100, line, 4, 11, "")
		c.wantPull(name)
	}
}

// An edit in a folder of many files checks the programs that the file is a part of, and no other.
func TestFolderWork(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	const files = 200
	for i := range files {
		text := fmt.Sprintf("அச்சு %d;\n", i)
		if i%50 == 1 {
			text = "இறக்கு \"lib.qmz\";\nஅச்சு வரி(1);\n"
		}
		writeFile(t, filepath.Join(dir, fmt.Sprintf("m%d.qmz", i)), text)
	}
	lib := filepath.Join(dir, "lib.qmz")
	writeFile(t, lib, "செயல் வரி(அ) { திரும்பு அ; }\n")
	c := open(t, "utf-16", dir)
	c.scanned()
	all := func() int64 {
		before := c.server.counts.checks.Load()
		if _, err := c.call("workspace/diagnostic", c.raw(`{"previousResultIds":[]}`)); err != nil {
			t.Fatal(err)
		}
		return c.server.counts.checks.Load() - before
	}
	if n := all(); n != files {
		t.Errorf("%d checks of %d programs", n, files)
	}
	if n := all(); n != 0 {
		t.Errorf("%d checks where nothing has changed", n)
	}
	c.openText(lib, "செயல் வரி(அ) { திரும்பு அ * 2; }\n")
	if n := all(); n > 4 {
		t.Errorf("%d checks for a file of 4 programs", n)
	}
	c.setText(lib, 2, "செயல் வரி(அ) { திரும்பு அ * 3; }\n")
	if n := all(); n > 4 {
		t.Errorf("%d checks for an edit of a file of 4 programs", n)
	}
	if err := os.Remove(filepath.Join(dir, "m7.qmz")); err != nil {
		t.Fatal(err)
	}
	c.watched(3, filepath.Join(dir, "m7.qmz"))
	if n := all(); n > files-1 {
		t.Errorf("%d checks after a file went", n)
	}
}
