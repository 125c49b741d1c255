package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// pushCaps is a client that asks for nothing: diagnostics are pushed.
const pushCaps = `{"textDocument":{"publishDiagnostics":{"relatedInformation":true,"versionSupport":true}}}`

// tempDir is a folder by its one true path.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// pushed waits until the last diagnostics of a file are the given ones: their codes, and the version.
func (c *client) pushed(name string, version int, codes ...string) {
	c.t.Helper()
	u := string(uriOf(filepath.ToSlash(name)))
	var last string
	want := fmt.Sprint(version, codes)
	defer func() {
		if c.t.Failed() {
			c.t.Logf("the last were %s", last)
		}
	}()
	c.until(fmt.Sprintf("diagnostics %s of %s", want, filepath.Base(name)), func() bool {
		for _, n := range slices.Backward(c.notes) {
			var p struct {
				URI         string
				Version     int
				Diagnostics []struct{ Code string }
			}
			if n.Method != "textDocument/publishDiagnostics" || json.Unmarshal(n.Params, &p) != nil || p.URI != u {
				continue
			}
			var got []string
			for _, d := range p.Diagnostics {
				got = append(got, d.Code)
			}
			last = fmt.Sprint(p.Version, got)
			return last == want
		}
		return false
	})
}

// setText replaces a whole text.
func (c *client) setText(name string, version int, text string) {
	c.t.Helper()
	c.notify("textDocument/didChange", &protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: uriOf(filepath.ToSlash(name))}, Version: int32(version),
		},
		ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: text}},
	})
}

func (c *client) closeText(name string) {
	c.t.Helper()
	c.notify("textDocument/didClose", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uriOf(filepath.ToSlash(name)))))
}

// watched tells the server of a change on disk: 1 created, 2 changed, 3 deleted.
func (c *client) watched(kind int, names ...string) {
	c.t.Helper()
	var list []string
	for _, name := range names {
		list = append(list, fmt.Sprintf(`{"uri":%q,"type":%d}`, uriOf(filepath.ToSlash(name)), kind))
	}
	c.notify("workspace/didChangeWatchedFiles", c.raw(`{"changes":[`+strings.Join(list, ",")+`]}`))
}

// pull asks for a file's diagnostics and answers their codes.
func (c *client) pull(name string) []string {
	c.t.Helper()
	result, err := c.call("textDocument/diagnostic", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uriOf(filepath.ToSlash(name)))))
	if err != nil {
		return []string{err.Error()}
	}
	var report struct{ Items []struct{ Code string } }
	if err := json.Unmarshal(result, &report); err != nil {
		c.t.Fatal(err)
	}
	codes := []string{}
	for _, d := range report.Items {
		codes = append(codes, d.Code)
	}
	return codes
}

func (c *client) wantPull(name string, codes ...string) {
	c.t.Helper()
	if got := c.pull(name); !slices.Equal(got, codes) {
		c.t.Errorf("%s: %q, want %q", filepath.Base(name), got, codes)
	}
}

func TestInitialize(t *testing.T) {
	t.Parallel()
	tests := []struct{ offered, want string }{
		{`{}`, "utf-16"},
		{`{"general":{}}`, "utf-16"},
		{`{"general":{"positionEncodings":["utf-16","utf-32","utf-8"]}}`, "utf-8"},
		{`{"general":{"positionEncodings":["utf-16","utf-32"]}}`, "utf-32"},
		{`{"general":{"positionEncodings":["utf-7"]}}`, "utf-16"},
	}
	for _, tt := range tests {
		c := connect(t, Options{})
		var result struct {
			Capabilities struct {
				PositionEncoding   string
				DiagnosticProvider any
			}
			ServerInfo struct{ Name, Version string }
		}
		if err := json.Unmarshal(c.initialize(tt.offered), &result); err != nil {
			t.Fatal(err)
		}
		if got := result.Capabilities.PositionEncoding; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.offered, got, tt.want)
		}
		if result.ServerInfo.Name != "etamil" || result.ServerInfo.Version != "test" || result.Capabilities.DiagnosticProvider != nil {
			t.Errorf("%s: %+v", tt.offered, result)
		}
	}
}

// A client that does not ask is told: faults of the syntax and types with the version of the text, and of the files that
// depend on it; what is closed is taken back.
func TestPush(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	main, lib := filepath.Join(dir, "main.qmz"), filepath.Join(dir, "நூலகம்.qmz")
	writeFile(t, main, "இறக்கு \"நூலகம்.qmz\";\nஅச்சு கூட்டு(1);\n")
	writeFile(t, lib, "செயல் கூட்டு(அ) { திரும்பு அ; }\n")
	c := connect(t, Options{})
	c.initialize(pushCaps, dir)
	c.scanned()
	c.openText(main, "இறக்கு \"நூலகம்.qmz\";\n\"👍🏽\" அச்சு கூட்டு(1) + ;\n")
	c.pushed(main, 1, "E0028", "E0001")
	c.setText(main, 2, "இறக்கு \"நூலகம்.qmz\";\nஅச்சு கூட்டு(1) + இல்லாத;\n")
	c.pushed(main, 2, "E0600")
	c.setText(main, 3, "இறக்கு \"நூலகம்.qmz\";\nஅச்சு கூட்டு(1);\n")
	c.pushed(main, 3)
	c.openText(lib, "செயல் கூட்டு(அ, ஆ) { திரும்பு அ + ஆ; }\n")
	c.pushed(main, 3, "E0603")
	c.setText(lib, 2, "செயல் கூட்டல்(அ) { திரும்பு அ; }\n")
	c.pushed(main, 3, "W0104", "E0601")
	c.closeText(lib)
	c.pushed(main, 3)
	c.setText(main, 4, "அச்சு (;\n")
	c.pushed(main, 4, "E0001")
	c.closeText(main)
	c.pushed(main, 0)
}

// The language of messages is the client's, until a setting says otherwise.
func TestLanguage(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	main := filepath.Join(dir, "main.qmz")
	message := func(c *client) string {
		result, _ := c.call("textDocument/diagnostic", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uriOf(filepath.ToSlash(main)))))
		var report struct{ Items []struct{ Message string } }
		if err := json.Unmarshal(result, &report); err != nil || len(report.Items) == 0 {
			t.Fatal(string(result), err)
		}
		return report.Items[0].Message
	}
	const tamil, english = "கோவை", "expected an expression"
	tests := []struct {
		locale, settings string
		tamil, english   bool
	}{
		{"en-US", `null`, false, true},
		{"ta-IN", `null`, true, false},
		{"ta_LK", `{"language":"en"}`, false, true},
		{"fr", `null`, true, true},
		{"en", `{"language":"both","diagnostics":7}`, true, true},
		{"en", `{"language":7,"diagnostics":{"enable":true}}`, false, true},
	}
	for _, tt := range tests {
		c := connect(t, Options{})
		c.settings = tt.settings
		caps := fmt.Sprintf(allCaps, "utf-16")
		if _, err := c.call("initialize", c.raw(fmt.Sprintf(`{"processId":null,"rootUri":null,"locale":%q,"capabilities":%s}`, tt.locale, caps))); err != nil {
			t.Fatal(err)
		}
		c.notify("initialized", c.raw(`{}`))
		c.eventually("the question for settings", func() bool { return c.server.pulled.Load() })
		c.openText(main, "அ = ;\n")
		text := message(c)
		if strings.Contains(text, tamil) != tt.tamil || strings.Contains(text, english) != tt.english {
			t.Errorf("%s %s: %q", tt.locale, tt.settings, text)
		}
	}
}

// etamil/status tells people how the server is.
func TestStatus(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	writeFile(t, filepath.Join(dir, "a.qmz"), "அச்சு 1;\n")
	c := open(t, "utf-32", dir)
	c.scanned()
	c.openText(filepath.Join(dir, "b.qmz"), "அச்சு 2;\n")
	result, werr := c.call("etamil/status", nil)
	if werr != nil {
		t.Fatal(werr)
	}
	var s status
	if err := json.Unmarshal(result, &s); err != nil {
		t.Fatal(err)
	}
	if s.Version != "test" || s.Encoding != "utf-32" || s.Folders != 1 || s.Open != 1 || s.Files != 1 || !s.Scanned || s.HeapBytes == 0 {
		t.Errorf("%s", result)
	}
}

// A client that traces is told of each message.
func TestTrace(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, "utf-16", dir)
	traces := func() (list []protocol.LogTraceParams) {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, n := range c.notes {
			var p protocol.LogTraceParams
			if n.Method == "$/logTrace" && protocol.Unmarshal(n.Params, &p) == nil {
				list = append(list, p)
			}
		}
		return list
	}
	c.pull(filepath.Join(dir, "none.qmz"))
	if n := len(traces()); n != 0 {
		t.Errorf("%d traces that nobody asked for", n)
	}
	c.notify("$/setTrace", c.raw(`{"value":"verbose"}`))
	c.pull(filepath.Join(dir, "none.qmz"))
	c.eventually("the trace of a request", func() bool {
		return slices.ContainsFunc(traces(), func(p protocol.LogTraceParams) bool {
			return strings.HasPrefix(p.Message, "textDocument/diagnostic: ") && p.Verbose != nil
		})
	})
}

// The scope "workspace" pushes what is found in all files of the folders; findings may be turned off.
func TestScope(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	shut, main := filepath.Join(dir, "shut.qmz"), filepath.Join(dir, "main.qmz")
	writeFile(t, shut, "அச்சு \"𝒳👍🏽\" + ;\n")
	c := connect(t, Options{})
	c.initialize(pushCaps, dir)
	c.scanned()
	c.openText(main, "அச்சு (;\n")
	c.pushed(main, 1, "E0001")
	settings := func(diagnostics string) {
		c.notify("workspace/didChangeConfiguration", c.raw(`{"settings":{"etamil":{"diagnostics":`+diagnostics+`}}}`))
	}
	settings(`{"scope":"workspace"}`)
	c.pushed(shut, 0, "E0001")
	settings(`{"enable":false}`)
	c.pushed(shut, 0)
	c.pushed(main, 0)
	settings(`{}`)
	c.pushed(main, 1, "E0001")
}
