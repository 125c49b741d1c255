package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/syntax/module"
)

// everyRequest are requests about a place, with %[1]s the URI and %[2]s the place; all that the server answers.
var everyRequest = map[string]string{
	"textDocument/completion":                `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/hover":                     `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/signatureHelp":             `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/definition":                `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/declaration":               `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/typeDefinition":            `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/references":                `{"textDocument":{"uri":%[1]s},"position":%[2]s,"context":{"includeDeclaration":true}}`,
	"textDocument/documentHighlight":         `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/prepareRename":             `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/rename":                    `{"textDocument":{"uri":%[1]s},"position":%[2]s,"newName":"புதிது"}`,
	"textDocument/linkedEditingRange":        `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/prepareCallHierarchy":      `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/prepareTypeHierarchy":      `{"textDocument":{"uri":%[1]s},"position":%[2]s}`,
	"textDocument/onTypeFormatting":          `{"textDocument":{"uri":%[1]s},"position":%[2]s,"ch":"}","options":{"tabSize":4,"insertSpaces":true}}`,
	"textDocument/selectionRange":            `{"textDocument":{"uri":%[1]s},"positions":[%[2]s]}`,
	"textDocument/codeAction":                `{"textDocument":{"uri":%[1]s},"range":{"start":%[2]s,"end":%[2]s},"context":{"diagnostics":[]}}`,
	"textDocument/inlayHint":                 `{"textDocument":{"uri":%[1]s},"range":{"start":{"line":0,"character":0},"end":%[2]s}}`,
	"textDocument/rangeFormatting":           `{"textDocument":{"uri":%[1]s},"range":{"start":{"line":0,"character":0},"end":%[2]s},"options":{"tabSize":4,"insertSpaces":true}}`,
	"textDocument/rangesFormatting":          `{"textDocument":{"uri":%[1]s},"ranges":[{"start":%[2]s,"end":%[2]s}],"options":{"tabSize":4,"insertSpaces":true}}`,
	"textDocument/semanticTokens/range":      `{"textDocument":{"uri":%[1]s},"range":{"start":%[2]s,"end":{"line":99,"character":9}}}`,
	"textDocument/formatting":                `{"textDocument":{"uri":%[1]s},"options":{"tabSize":4,"insertSpaces":true}}`,
	"textDocument/semanticTokens/full":       `{"textDocument":{"uri":%[1]s}}`,
	"textDocument/foldingRange":              `{"textDocument":{"uri":%[1]s}}`,
	"textDocument/documentSymbol":            `{"textDocument":{"uri":%[1]s}}`,
	"textDocument/documentLink":              `{"textDocument":{"uri":%[1]s}}`,
	"textDocument/codeLens":                  `{"textDocument":{"uri":%[1]s}}`,
	"textDocument/diagnostic":                `{"textDocument":{"uri":%[1]s}}`,
	"workspace/symbol":                       `{"query":%[1]s}`,
	"workspace/textDocumentContent":          `{"uri":%[1]s}`,
	"workspace/diagnostic":                   `{"previousResultIds":[]}`,
	"etamil/status":                          `{}`,
	"workspace/executeCommand":               `{"command":"etamil.none","arguments":[%[1]s,%[2]s]}`,
	"textDocument/semanticTokens/full/delta": `{"textDocument":{"uri":%[1]s},"previousResultId":"x"}`,
}

// everything sends every request about a place at once; none may break.
func (c *client) everything(u uri.URI, place string) {
	c.t.Helper()
	quoted, err := json.Marshal(u)
	if err != nil {
		c.t.Fatal(err)
	}
	ids := map[string]string{}
	for method, params := range everyRequest {
		text := strings.NewReplacer("%[1]s", string(quoted), "%[2]s", place).Replace(params)
		ids[method] = c.send(method, c.raw(text))
	}
	for method, id := range ids {
		if _, err := c.answer(id); err != nil && err.Code == -32603 {
			c.t.Errorf("%s: %v", method, err)
		}
	}
}

// Broken programs and hostile texts have an answer to every request, everywhere.
func TestEveryRequestOnBrokenCode(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, "utf-16", dir)
	texts := []string{
		"", "\x00\x01\x02", "\ufeff", "\r\r\n", "அ.", "கூ(அ, ", "(1 + ", "செயல்", "செயல் கூ(அ {", "\"திறந்த", "வடிவம் புள்ளி { எண் ", "}}}}", "((((((",
		"இறக்கு \"", "இறக்கு \"main0.qmz\";", "வழி பெறு, \"/\", {", "\xff\xfe கௌ", "ஒவ்வொரு அ இல் ", "𝒳 👍🏽 = 1;", "அ = {ப: ", strings.Repeat("(", 5000),
		"செயல் அ() { திரும்பு அ(); } அ = அ; வடிவம் அ { எண் அ }", "// etamil:ignore", "தளம்_வினா \"SELECT", "அ[", "அ?.ஆ", "- - - -", "{{{{", "அ : எண் = ",
	}
	for i, text := range texts {
		name := filepath.Join(dir, fmt.Sprintf("main%d.qmz", i))
		c.openText(name, text)
		u := uriOf(filepath.ToSlash(name))
		for _, place := range []string{`{"line":0,"character":0}`, `{"line":0,"character":2}`, `{"line":0,"character":5}`, `{"line":7,"character":4000000000}`} {
			c.everything(u, place)
		}
	}
}

func FuzzRequests(f *testing.F) {
	for _, s := range []string{"அ.", "கூ(அ, ", "செயல் கூ(அ) { திரும்பு \"𝒳\"; }\nஅச்சு கூ(1);", "வடிவம் ப { எண் x }\nஅ = ப { x: 1 }; அ.x = 2;"} {
		f.Add(s, uint16(3))
	}
	f.Fuzz(func(t *testing.T, text string, at uint16) {
		dir := tempDir(t)
		c := open(t, "utf-16", dir)
		name := filepath.Join(dir, "main.qmz")
		c.openText(name, text)
		c.everything(uriOf(filepath.ToSlash(name)), fmt.Sprintf(`{"line":%d,"character":%d}`, at%8, at/8%64))
	})
}

// A file as large as the parser takes, and one that is larger, are answered about.
func TestLargeFiles(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, "utf-16", dir)
	line := "அச்சு \"𝒳👍🏽\"; // 0123456789\n"
	for i, size := range []int{4<<20 - 100, 4<<20 + 100} {
		name := filepath.Join(dir, fmt.Sprintf("main%d.qmz", i))
		c.openText(name, strings.Repeat(line, size/len(line)))
		c.replace(name, 2, 1000, 0, 5, "அச்சு")
		codes := c.pull(name)
		if want := []int{0, 1}[i]; len(codes) != want {
			t.Errorf("%d bytes: %q", size, codes)
		}
		if _, err := c.call("textDocument/selectionRange", c.raw(fmt.Sprintf(
			`{"textDocument":{"uri":%q},"positions":[{"line":50000,"character":7}]}`, uriOf(filepath.ToSlash(name))))); err != nil {
			t.Error(err)
		}
	}
}

// URIs with Tamil, percent signs and blanks, however a client escapes them, are one file.
func TestURIs(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	name := filepath.Join(dir, "கடை 100%", "வரி#1?.qmz")
	writeFile(t, filepath.Join(filepath.Dir(name), "lib.qmz"), "செயல் வரி(அ) { திரும்பு அ; }\n")
	c := open(t, "utf-8", dir)
	plain := "file://" + strings.NewReplacer("%", "%25", "#", "%23", "?", "%3F").Replace(filepath.ToSlash(name))
	escaped := string(uriOf(filepath.ToSlash(name)))
	lower := strings.NewReplacer("%E0", "%e0", "%AE", "%ae").Replace(escaped)
	if plain == escaped || lower == escaped {
		t.Fatal(plain, escaped, lower)
	}
	c.notify("textDocument/didOpen", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q,"languageId":"etamil","version":1,"text":"இறக்கு \"lib.qmz\"; அச்சு வரி();"}}`, plain)))
	for _, u := range []string{plain, escaped, lower} {
		result, err := c.call("textDocument/diagnostic", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, u)))
		if err != nil || !strings.Contains(string(result), "E0603") {
			t.Errorf("%s: %s %v", u, result, err)
		}
	}
	c.notify("textDocument/didOpen", c.raw(`{"textDocument":{"uri":"untitled:Untitled-1","languageId":"etamil","version":1,"text":"அச்சு (;"}}`))
	result, err := c.call("textDocument/diagnostic", c.raw(`{"textDocument":{"uri":"untitled:Untitled-1"}}`))
	if err != nil || !strings.Contains(string(result), "E0001") {
		t.Errorf("untitled: %s %v", result, err)
	}
	for _, u := range []string{"untitled:none", "file:///none/none.qmz", "http://x/y", "", "%%%", "file://", "file:///%00"} {
		if _, err := c.call("textDocument/diagnostic", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, u))); err == nil || err.Code == -32603 {
			t.Errorf("%q: %v", u, err)
		}
	}
}

func TestWindowsPaths(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"file:///c%3A/Users/%E0%AE%85/a%20b.qmz": "C:/Users/அ/a b.qmz",
		"file:///C:/x/../y.qmz":                  "C:/y.qmz",
		"file:///D:/100%25.qmz":                  "D:/100%.qmz",
		"file://server/share/a.qmz":              "/server/share/a.qmz",
		"untitled:1":                             "untitled:1",
	} {
		if got := pathFor(uri.URI(in), uri.PlatformWindows); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// Neither a request that breaks nor one that never ends takes the server down; a cancelled one says so.
func TestBrokenAndStuckRequests(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	name := filepath.Join(dir, "main.qmz")
	stuck := make(chan struct{})
	mode := "break"
	c := connect(t, Options{Bytecode: func(ctx context.Context, _ *module.Program) (string, error) {
		if mode == "break" {
			panic("a bug")
		}
		close(stuck)
		<-ctx.Done()
		return "", ctx.Err()
	}})
	c.initialize(fmt.Sprintf(allCaps, "utf-16"), dir)
	c.openText(name, "அச்சு 1;\n")
	view := c.raw(fmt.Sprintf(`{"uri":%q}`, contentScheme+":/bytecode/"+string(uriOf(filepath.ToSlash(name)))))
	if _, err := c.call("workspace/textDocumentContent", view); err == nil || err.Code != -32603 {
		t.Errorf("a bug is answered with %v", err)
	}
	c.until("a message about the bug", func() bool {
		return slices.ContainsFunc(c.notes, func(n message) bool {
			return n.Method == "window/logMessage" && strings.Contains(string(n.Params), "a request panicked")
		})
	})
	mode = "stick"
	id := c.send("workspace/textDocumentContent", view)
	<-stuck
	c.wantPull(name) // others go on
	c.notify("$/cancelRequest", c.raw(`{"id":`+id+`}`))
	if _, err := c.answer(id); err == nil || err.Code != -32800 {
		t.Errorf("a cancelled request is answered with %v", err)
	}
	if _, err := c.call("shutdown", nil); err != nil {
		t.Error(err)
	}
	c.notify("exit", nil)
	if err := <-c.ended; err != nil {
		t.Error(err)
	}
	c.ended <- nil
}

// Files that vanish, that are folders, pipes or unreadable, and links in circles, are no trouble.
func TestStrangeFiles(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	writeFile(t, filepath.Join(dir, "bin.qmz"), "\x7fELF\x00\x00\x01")
	if err := os.Mkdir(filepath.Join(dir, "folder.qmz"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"loop.qmz": "loop.qmz", "self": ".", "gone.qmz": "none.qmz"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	main := filepath.Join(dir, "main.qmz")
	c := open(t, "utf-16", dir)
	c.scanned()
	c.openText(main, "இறக்கு \"bin.qmz\"; இறக்கு \"folder.qmz\"; இறக்கு \"loop.qmz\"; இறக்கு \"self/bin.qmz\"; இறக்கு \"gone.qmz\";\n")
	c.wantPull(main, "E0202", "E0205", "E0202")
	c.wantPull(filepath.Join(dir, "bin.qmz"), "E0016")
	if n := len(c.server.current().disk.files); n != 1 {
		t.Errorf("%d files", n)
	}
}
