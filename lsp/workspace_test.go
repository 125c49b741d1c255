package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
