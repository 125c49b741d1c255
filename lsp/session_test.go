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

// What changes on disk under the server is seen, also where a file that is open depends on it.
func TestWatchedFiles(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	main, lib := filepath.Join(dir, "main.qmz"), filepath.Join(dir, "துணை", "lib.qmz")
	c := open(t, "utf-16", dir)
	c.scanned()
	c.openText(main, "இறக்கு \"துணை/lib.qmz\";\nஅச்சு இரட்டை(2);\n")
	c.wantPull(main, "E0202")
	writeFile(t, lib, "செயல் இரட்டை(அ) { திரும்பு அ * 2; }\n")
	c.watched(1, lib)
	c.wantPull(main)
	writeFile(t, lib, "செயல் இரட்டை(அ, ஆ) { திரும்பு அ * ஆ; }\n")
	c.watched(2, lib)
	c.wantPull(main, "E0603")
	if err := os.Remove(lib); err != nil {
		t.Fatal(err)
	}
	c.watched(3, lib)
	c.wantPull(main, "E0202")
	// An open text stands for a file that is not there.
	c.openText(lib, "செயல் இரட்டை(அ) { திரும்பு அ * 2; }\n")
	c.wantPull(main)
	c.closeText(lib)
	c.wantPull(main, "E0202")
	// A file that is open and is deleted stays what the client has.
	if err := os.RemoveAll(main); err != nil {
		t.Fatal(err)
	}
	c.watched(3, main)
	c.wantPull(main, "E0202")
}

// Two folders may have modules of the same name; each program sees its own.
func TestFolders(t *testing.T) {
	t.Parallel()
	one, two := filepath.Join(tempDir(t), "ஒன்று %25"), filepath.Join(tempDir(t), "இரண்டு")
	for dir, text := range map[string]string{one: "செயல் வரி(அ) { திரும்பு அ; }\n", two: "செயல் வரி(அ, ஆ) { திரும்பு அ + ஆ; }\n"} {
		writeFile(t, filepath.Join(dir, "lib.qmz"), text)
		writeFile(t, filepath.Join(dir, "main.qmz"), "இறக்கு \"lib.qmz\";\nஅச்சு வரி(1);\n")
	}
	c := open(t, "utf-16", one)
	c.scanned()
	c.wantPull(filepath.Join(one, "main.qmz"))
	c.wantPull(filepath.Join(two, "main.qmz"), "E0603") // of no folder yet, but there
	files := func() int { return len(c.server.current().disk.files) }
	if files() != 2 {
		t.Errorf("%d files", files())
	}
	change := func(added, removed string) {
		item := func(dir string) string {
			if dir == "" {
				return ""
			}
			return fmt.Sprintf(`{"uri":%q,"name":"x"}`, uriOf(filepath.ToSlash(dir)))
		}
		c.notify("workspace/didChangeWorkspaceFolders", c.raw(`{"event":{"added":[`+item(added)+`],"removed":[`+item(removed)+`]}}`))
	}
	change(two, "")
	c.eventually("four files", func() bool { return files() == 4 })
	c.wantPull(filepath.Join(two, "main.qmz"), "E0603")
	change("", one)
	c.eventually("two files", func() bool { return files() == 2 })
	c.wantPull(filepath.Join(one, "main.qmz"))
}

// The project file decides which files there are and how loud findings are; it is read and watched, also while it is edited.
func TestProjectFile(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	main, toml := filepath.Join(dir, "main.qmz"), filepath.Join(dir, "etamil.toml")
	writeFile(t, main, "செயல் தனி() { திரும்பு 1; }\nஅச்சு 1;\n")
	writeFile(t, filepath.Join(dir, "build", "x.qmz"), "அச்சு 1;\n")
	c := open(t, "utf-16", dir)
	c.scanned()
	c.wantPull(main, "W0103")
	writeFile(t, toml, "[check]\nexclude = [\"build\"]\n[check.rules]\nW0103 = \"off\"\nW9999 = \"off\"\n")
	c.watched(1, toml)
	c.eventually("one file", func() bool { return len(c.server.current().disk.files) == 1 })
	c.wantPull(main)
	c.pushed(toml, 0, "W0502")
	c.notify("textDocument/didOpen", c.raw(fmt.Sprintf(
		`{"textDocument":{"uri":%q,"languageId":"toml","version":1,"text":"[check.rules]\nW0103 = \"lout\"\n"}}`, uriOf(filepath.ToSlash(toml)))))
	c.pushed(toml, 1, "E0504")
	c.wantPull(main, "W0103")
	c.closeText(toml)
	c.wantPull(main)
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

// All files of the folders are asked for at once; parts come as they are found, and what the client has is not sent again.
func TestWorkspaceDiagnostics(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	for i := range 5 {
		writeFile(t, filepath.Join(dir, fmt.Sprintf("m%d.qmz", i)), "அச்சு \"𝒳👍🏽\" + ;\n")
	}
	writeFile(t, filepath.Join(dir, "etamil.toml"), "colour = 1\n")
	c := open(t, "utf-8", dir)
	c.scanned()
	type item struct {
		Kind, URI, ResultID string
		Items               []any
	}
	read := func(raw json.RawMessage) []item {
		var r struct{ Items []item }
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		return r.Items
	}
	result, err := c.call("workspace/diagnostic", c.raw(`{"previousResultIds":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	first := read(result)
	if len(first) != 6 {
		t.Fatalf("%d files: %s", len(first), result)
	}
	var known []string
	for _, it := range first {
		if it.Kind != "full" || len(it.Items) != 1 {
			t.Errorf("%+v", it)
		}
		known = append(known, fmt.Sprintf(`{"uri":%q,"value":%q}`, it.URI, it.ResultID))
	}
	c.openText(filepath.Join(dir, "m2.qmz"), "அச்சு \"𝒳👍🏽\";\n")
	result, err = c.call("workspace/diagnostic", c.raw(`{"partialResultToken":"பகுதி","previousResultIds":[`+strings.Join(known, ",")+`]}`))
	if err != nil || len(read(result)) != 0 {
		t.Fatal(string(result), err)
	}
	kinds := map[string]int{}
	c.mu.Lock()
	for _, n := range c.notes {
		var p struct {
			Token any
			Value json.RawMessage
		}
		if n.Method == "$/progress" && json.Unmarshal(n.Params, &p) == nil && p.Token == "பகுதி" {
			for _, it := range read(p.Value) {
				kinds[it.Kind]++
			}
		}
	}
	c.mu.Unlock()
	if kinds["full"] != 1 || kinds["unchanged"] != 5 {
		t.Errorf("parts: %v", kinds)
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

// Older clients have one folder, or none.
func TestOneFolder(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	writeFile(t, filepath.Join(dir, "a.qmz"), "அச்சு 1;\n")
	for _, root := range []string{
		fmt.Sprintf(`"rootUri":%q`, uriOf(filepath.ToSlash(dir))), fmt.Sprintf(`"rootUri":null,"rootPath":%q`, filepath.ToSlash(dir)),
	} {
		c := connect(t, Options{})
		if _, err := c.call("initialize", c.raw(`{"processId":null,"capabilities":{},`+root+`}`)); err != nil {
			t.Fatal(err)
		}
		c.notify("initialized", c.raw(`{}`))
		c.scanned()
		if n := len(c.server.current().disk.files); n != 1 {
			t.Errorf("%s: %d files", root, n)
		}
	}
}

// A folder that the client reaches through a link keeps its name; a file is one, by whatever path it is named.
func TestLinkedFolder(t *testing.T) {
	t.Parallel()
	real, link := filepath.Join(tempDir(t), "உண்மை"), filepath.Join(tempDir(t), "இணைப்பு")
	writeFile(t, filepath.Join(real, "main.qmz"), "இறக்கு \"lib.qmz\";\nஅச்சு வரி(1) + ;\n")
	writeFile(t, filepath.Join(real, "lib.qmz"), "செயல் வரி(அ) { திரும்பு அ; }\n")
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	c := open(t, "utf-16", link)
	c.scanned()
	result, err := c.call("workspace/diagnostic", c.raw(`{"previousResultIds":[]}`))
	if err != nil || strings.Count(string(result), `"uri":"`+string(uriOf(filepath.ToSlash(link)))+"/") != 2 {
		t.Errorf("%s %v", result, err)
	}
	c.openText(filepath.Join(link, "main.qmz"), "அச்சு 1;\n")
	c.wantPull(filepath.Join(real, "main.qmz"))
	c.wantPull(filepath.Join(link, "main.qmz"))
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
