package lsp

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"unsafe"
	"weak"
)

// What is remembered between edits holds no text but the newest: neither trees, nor checks, nor indexes, nor answers.
func TestOldTextsAreLetGo(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	name := filepath.Join(dir, "main.qmz")
	c := open(t, "utf-16", dir)
	c.scanned()
	c.openText(name, sampleProgram(300))
	c.wantPull(name)
	key := c.server.canonical(filepath.ToSlash(name))
	doc := fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uriOf(filepath.ToSlash(name)))
	var held []weak.Pointer[byte]
	for i := range 10 {
		c.replace(name, i+2, 20*i+2, 4, 4, "அ = 1; ")
		c.pull(name)
		held = append(held, weak.Make(unsafe.StringData(c.server.current().open[key].text)))
		for _, method := range []string{"textDocument/semanticTokens/full", "textDocument/documentSymbol", "textDocument/codeLens"} {
			if _, err := c.call(method, c.raw(doc)); err != nil {
				t.Fatal(method, err)
			}
		}
	}
	last := len(held) - 1
	left := func() (n int) {
		runtime.GC()
		for _, p := range held[:last] {
			if p.Value() != nil {
				n++
			}
		}
		return n
	}
	c.eventually("the old texts are let go", func() bool { return left() == 0 }) // what works on an old snapshot may still be ending
	if held[last].Value() == nil {
		t.Error("the newest text is not held: the test sees nothing")
	}
}
