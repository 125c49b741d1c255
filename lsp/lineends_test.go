package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
)

// Every kind of line end is one to the painter as it is to the client: \r\r\n is two.
func TestLineEnds(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	name := filepath.Join(dir, "main.qmz")
	c := open(t, "utf-16", dir)
	for text, want := range map[string]string{
		"𝒳 = 1;\r\nஅ":             "[1 0 1]",
		"அச்சு 1;\r\r\nஅ":         "[2 0 1]",
		"அச்சு 1;\r\r\r\n\n\rஅ":   "[5 0 1]",
		"அச்சு \"𝒳\r\r\n\" அ":     "[2 0 3]",
		"\ufeff// 𝒳\r\r\n அ":      "[2 1 1]",
		"அச்சு 1;\u2028\v\r\r\nஅ": "[2 0 1]",
	} {
		c.openText(name, text)
		result, werr := c.call("textDocument/semanticTokens/full", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uriOf(filepath.ToSlash(name)))))
		if werr != nil {
			t.Fatal(werr)
		}
		var r struct{ Data []int }
		if err := json.Unmarshal(result, &r); err != nil {
			t.Fatal(err)
		}
		line, col, length := 0, 0, 0
		for d := r.Data; len(d) > 0; d = d[5:] {
			if d[0] > 0 {
				col = 0
			}
			line, col, length = line+d[0], col+d[1], d[2]
		}
		if got := fmt.Sprint([]int{line, col, length}); got != want {
			t.Errorf("%q: the last token is at %s, want %s", text, got, want)
		}
	}
}
