package lsp

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax/position"
)

// Laying out again after an edit, which looks at what has changed, gives what laying out everything gives.
func TestLayoutAgain(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 5))
	dir := tempDir(t)
	name := filepath.Join(dir, "main.qmz")
	u := uriOf(filepath.ToSlash(name))
	c := open(t, "utf-8", dir)
	text := sampleProgram(200) + "வடிவம் புள்ளி { எண் x, எண் y }\nஇறக்கு \"a.qmz\";\n// முடிவு\n"
	c.openText(name, text)
	parts := []string{"  ", "\n", "\n\n", " ;", "x  =  1 ;", "{", "}", "(1 == 1)  எனில்  { அச்சு  1; }", "// குறிப்பு\n", "செயல் இடை(அ){ திரும்பு  அ; }\n", "[1,\n2]", "+ 1", "\"𝒳👍🏽\""}
	cheap := 0
	for i := range 400 {
		at := edges(text)
		a := at[random.IntN(len(at))]
		b := a
		if random.IntN(4) == 0 {
			b = min(a+strings.IndexAny(text[a:]+" ", " \n")+1, len(text))
		}
		put, good := parts[random.IntN(len(parts))], text
		text = text[:a] + put + text[b:]
		c.setText(name, i+2, text)
		want, err := format.Source(name, []byte(text), format.Options{})
		f := c.server.current().open[c.server.canonical(filepath.ToSlash(name))]
		if _, ok := f.layOutChanged(c.server.layouts.of(f.path), format.Options{}); ok {
			cheap++
		}
		result, werr := c.call("textDocument/formatting", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q},%s}`, u, layoutOptions)))
		var edits []protocol.TextEdit
		if werr != nil || json.Unmarshal(result, &edits) != nil {
			t.Fatal(werr, string(result))
		}
		if err != nil {
			text = good
			continue
		}
		x := &fixture{t: t, texts: map[string]string{"a": text}, maps: map[string]*position.Map{"a": position.NewMap(text)}, enc: position.UTF8}
		if got := x.apply("a", edits); got != string(want) {
			t.Fatalf("edit %d: laid out\n%s", i, difference(string(want), got))
		}
		text = string(want)
		c.setText(name, i+1000, text)
	}
	if cheap < 20 {
		t.Errorf("only %d layouts looked at one declaration", cheap)
	}
}
