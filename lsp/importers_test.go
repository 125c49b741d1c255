package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// Files move below a folder that is a link, to folders that are not there yet: imports stay relative and inside it.
func TestMovesBelowLinks(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	link := filepath.Join(dir, "இணைப்பு")
	writeFile(t, filepath.Join(dir, "real", "lib.qmz"), "செயல் கூட்டு(அ) { திரும்பு அ; }\n")
	writeFile(t, filepath.Join(dir, "real", "a.qmz"), "இறக்கு \"lib.qmz\";\nஅச்சு \"𝒳\" & கூட்டு(1);\n")
	if err := os.Symlink(filepath.Join(dir, "real"), link); err != nil {
		t.Fatal(err)
	}
	c := open(t, "utf-16", link)
	c.scanned()
	moved := func(name string) string { return string(uriOf(filepath.ToSlash(filepath.Join(link, name)))) }
	for to, want := range map[string]string{"b.qmz": `"b.qmz"`, "புதிய/lib.qmz": `"புதிய/lib.qmz"`, "புதிய/உள்/lib.qmz": `"புதிய/உள்/lib.qmz"`} {
		result, err := c.call("workspace/willRenameFiles", c.raw(fmt.Sprintf(`{"files":[{"oldUri":%q,"newUri":%q}]}`, moved("lib.qmz"), moved(to))))
		if err != nil || !strings.Contains(string(result), `"newText":`+want) {
			t.Errorf("to %s: %s %v", to, result, err)
		}
	}
}

// A module that more programs import than anybody waits for is judged within all of them: what only the last one uses is
// used, and what an edit breaks is told in each.
func TestManyImporters(t *testing.T) {
	t.Parallel()
	const n = maxWithin + 9
	for _, caps := range []string{pushCaps, fmt.Sprintf(allCaps, "utf-16")} {
		dir := tempDir(t)
		lib, last := filepath.Join(dir, "நூல்", "lib.qmz"), filepath.Join(dir, fmt.Sprintf("p%02d.qmz", n-1))
		writeFile(t, lib, "")
		for i := range n - 1 {
			writeFile(t, filepath.Join(dir, fmt.Sprintf("p%02d.qmz", i)), "இறக்கு \"நூல்/lib.qmz\";\nஅச்சு \"𝒳\" & கூட்டு(1);\n")
		}
		writeFile(t, last, "இறக்கு \"நூல்/lib.qmz\";\nஅச்சு \"𝒳\" & கூட்டு(கழி(2));\n")
		c := connect(t, Options{})
		c.initialize(caps, dir)
		c.scanned()
		module := "செயல் கூட்டு(அ) { திரும்பு அ; }\nசெயல் கழி(அ) { திரும்பு அ; }\n"
		c.openText(lib, module+"செயல் வீண்() { திரும்பு 1; }\n")
		want := "[W0103]"
		if caps == pushCaps {
			c.pushed(lib, 1, "W0103")
		} else if got := fmt.Sprint(c.pull(lib)); got != want { // of வீண் alone, before and after all of them are known
			t.Errorf("%s, want %s", got, want)
		}
		c.eventually("all importers", func() bool {
			snap := c.server.current()
			_, late := snap.judgedWithin(snap.at(snap.key(uriOf(filepath.ToSlash(lib)))))
			return len(late) == 0
		})
		c.setText(lib, 2, strings.Replace(module, "கழி(அ) {", "கழி(அ, ஆ) { அச்சு ஆ;", 1))
		if caps == pushCaps {
			c.pushed(last, 0, "E0603")
			c.pushed(lib, 2)
		} else if got := c.pull(lib); len(got) != 0 {
			t.Errorf("%s", got)
		}
	}
}
