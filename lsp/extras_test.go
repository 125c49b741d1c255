package lsp

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax/module"
)

// content asks for a text that the server makes.
func (c *client) content(kind, name string) string {
	c.t.Helper()
	result, err := c.call("workspace/textDocumentContent", c.raw(fmt.Sprintf(`{"uri":%q}`, "etamil-doc:/"+kind+"/"+string(uriOf(filepath.ToSlash(name))))))
	if err != nil {
		return err.Message
	}
	var r struct{ Text string }
	if err := json.Unmarshal(result, &r); err != nil {
		c.t.Fatal(err)
	}
	return r.Text
}

// A view of a program is renewed after an edit of it: once, until the client asks for it again. Pages of codes never are.
func TestViewsAreRefreshed(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	main, other := filepath.Join(dir, "நிரல்.qmz"), filepath.Join(dir, "other.qmz")
	c := open(t, "utf-16", dir)
	refreshes := func() (n int) { // the client's lock is held
		for _, m := range c.calls {
			if m.Method == "workspace/textDocumentContent/refresh" {
				n++
				if !strings.Contains(string(m.Params), "roman") {
					t.Errorf("%s", m.Params)
				}
			}
		}
		return n
	}
	c.openText(main, "அச்சு \"𝒳\";\n")
	c.openText(other, "அச்சு 1;\n")
	if got := c.content("roman", main); got != "accu \"𝒳\";\n" {
		t.Fatalf("%q", got)
	}
	c.content("explain", "E0101.md")
	c.setText(other, 2, "அச்சு 2;\n")
	c.setText(main, 2, "அச்சு \"👍🏽\";\n")
	c.until("a refresh", func() bool { return refreshes() == 1 })
	c.setText(main, 3, "அச்சு \"👍🏽\";;\n")
	c.setText(main, 4, "அச்சு (;\n")
	if got := c.content("roman", main); !strings.Contains(got, "syntax error") {
		t.Errorf("%q", got)
	}
	c.setText(main, 5, "அச்சு \"𑿀\";\n")
	c.until("another refresh", func() bool { return refreshes() == 2 })
	if got := c.content("roman", main); got != "accu \"𑿀\";\n" {
		t.Errorf("%q", got)
	}
}

// A client that shows Markdown in messages gets it, with names as code.
func TestMarkdownMessages(t *testing.T) {
	t.Parallel()
	main := filepath.Join(tempDir(t), "main.qmz")
	for _, can := range []bool{false, true} {
		c := connect(t, Options{})
		c.initialize(fmt.Sprintf(`{"textDocument":{"diagnostic":{"markupMessageSupport":%v}}}`, can))
		c.openText(main, "\"𝒳\"; அச்சு இல்லாத_பெயர்;\n")
		result, err := c.call("textDocument/diagnostic", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uriOf(filepath.ToSlash(main)))))
		if err != nil {
			t.Fatal(err)
		}
		var report struct {
			Items []struct{ Message json.RawMessage }
		}
		if err := json.Unmarshal(result, &report); err != nil || len(report.Items) == 0 {
			t.Fatal(string(result), err)
		}
		got := string(report.Items[len(report.Items)-1].Message)
		if markup := strings.HasPrefix(got, `{"kind":"markdown"`); markup != can || can != strings.Contains(got, "`இல்லாத_பெயர்`") {
			t.Errorf("%v: %s", can, got)
		}
	}
}

func TestMarked(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"'அ_ஆ' isn't one of 'x', 'y*'": "`அ_ஆ` isn't one of `x`, `y*`",
		"a_b * c <d>":                  `a\_b \* c &lt;d>`,
		"the users' and the writers'":  "the users' and the writers'",
		"''":                           "''",
		"":                             "",
	} {
		if got := marked(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// heldSource opens one file only when it is let go.
type heldSource struct {
	module.Source
	name string
	met  chan struct{}
	let  chan struct{}
}

func (h *heldSource) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, h.name) {
		select {
		case h.met <- struct{}{}:
		default:
		}
		<-h.let
	}
	return h.Source.Open(name) //nolint:wrapcheck // it is the source's
}

// People may stop the look through the folders; a rename says so, and a new look ends it.
func TestScanIsStopped(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	for i := range 40 {
		writeFile(t, filepath.Join(dir, fmt.Sprintf("m%02d.qmz", i)), "அச்சு \"𝒳\";\n")
	}
	held := &heldSource{osSource(), "m20.qmz", make(chan struct{}, 1), make(chan struct{})}
	c := connect(t, Options{Source: held, Disk: osDisk{}})
	c.initialize(fmt.Sprintf(allCaps, "utf-8"), dir)
	<-held.met
	var token json.RawMessage
	c.until("the beginning", func() bool {
		for _, n := range c.notes {
			var p struct {
				Token json.RawMessage
				Value struct {
					Kind        string
					Cancellable bool
				}
			}
			if n.Method == "$/progress" && json.Unmarshal(n.Params, &p) == nil && p.Value.Kind == "begin" && p.Value.Cancellable {
				token = p.Token
			}
		}
		return token != nil
	})
	c.notify("window/workDoneProgress/cancel", c.raw(fmt.Sprintf(`{"token":%s}`, token)))
	c.notify("window/workDoneProgress/cancel", c.raw(`{"token":"நான் அறியாதது"}`))
	if _, err := c.call("etamil/status", nil); err != nil { // what came before was taken
		t.Fatal(err)
	}
	close(held.let)
	c.eventually("the end of the look", func() bool { return c.server.current().disk.stopped })
	if n := len(c.server.current().disk.files); n != 21 {
		t.Errorf("%d files were read", n)
	}
	main := filepath.Join(dir, "m00.qmz")
	c.openText(main, "\"𝒳\"; அ = 1; அச்சு அ;\n")
	rename := func() *wireError {
		_, err := c.call("textDocument/rename", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":0,"character":8},"newName":"இ"}`, uriOf(filepath.ToSlash(main)))))
		return err
	}
	if err := rename(); err == nil || !strings.Contains(err.Message, "etamil.rescan") {
		t.Errorf("a rename: %v", err)
	}
	if _, err := c.call("workspace/executeCommand", c.raw(`{"command":"etamil.rescan"}`)); err != nil {
		t.Fatal(err)
	}
	c.scanned()
	if err := rename(); err != nil || len(c.server.current().disk.files) != 40 {
		t.Errorf("after a new look: %v, %d files", err, len(c.server.current().disk.files))
	}
}

// A lens counts all references, and brings no more along than people look at.
func TestLensIsBounded(t *testing.T) {
	t.Parallel()
	c := open(t, "utf-16")
	main := filepath.Join(tempDir(t), "main.qmz")
	c.openText(main, "செயல் 𝒳அ() { திரும்பு 1; }\nசெயல் f() { திரும்பு 1; }\n"+strings.Repeat("அச்சு \"👍🏽\" & f();\n", maxShown+7))
	raw := fmt.Sprintf(`{"range":{"start":{"line":1,"character":6},"end":{"line":1,"character":7}},"data":{"uri":%q,"at":{"line":1,"character":6}}}`, uriOf(filepath.ToSlash(main)))
	result, err := c.call("codeLens/resolve", c.raw(raw))
	var lens struct {
		Command struct {
			Title     string
			Arguments []json.RawMessage
		}
	}
	if err != nil || json.Unmarshal(result, &lens) != nil || len(lens.Command.Arguments) != 3 {
		t.Fatal(string(result), err)
	}
	var list []any
	if err := json.Unmarshal(lens.Command.Arguments[2], &list); err != nil || len(list) != maxShown || lens.Command.Title != fmt.Sprintf("%d references", maxShown+7) {
		t.Errorf("%s: %d places, %v", lens.Command.Title, len(list), err)
	}
}

// Linked editing is asked for at every move of the cursor: no other program is checked for it.
func TestLinkedEditingChecksNothing(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	lib := filepath.Join(dir, "lib.qmz")
	writeFile(t, lib, "\"𝒳\"; செயல் கூட்டு(அ) { திரும்பு அ; }\nசெயல் கூட்டல்(அ) { திரும்பு அ + கூட்டல்(1); }\n")
	for i := range 12 {
		writeFile(t, filepath.Join(dir, fmt.Sprintf("p%d.qmz", i)), "இறக்கு \"lib.qmz\";\nஅச்சு \"𝒳\" & கூட்டு(1);\n")
	}
	c := open(t, "utf-16", dir)
	c.scanned()
	linked := func(line, col int) string {
		t.Helper()
		result, err := c.call("textDocument/linkedEditingRange", c.raw(fmt.Sprintf(
			`{"textDocument":{"uri":%q},"position":{"line":%d,"character":%d}}`, uriOf(filepath.ToSlash(lib)), line, col)))
		if err != nil {
			t.Fatal(err)
		}
		return string(result)
	}
	if got := linked(0, 13); got != "null" {
		t.Errorf("a function that others call: %s", got)
	}
	if got := linked(1, 7); strings.Count(got, `"start"`) != 2 {
		t.Errorf("one that is this file's alone: %s", got)
	}
	if n := c.server.counts.checks.Load(); n > 1 {
		t.Errorf("%d programs were checked", n)
	}
}
