package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// navSession opens files in a folder with a client of its own abilities. A mark | is where requests about a file ask.
type navSession struct {
	*client
	dir   string
	marks map[string]string // the parameters of a request at the mark, without the last brace
}

func navigate(t *testing.T, caps string, files map[string]string) *navSession {
	t.Helper()
	s := &navSession{client: connect(t, Options{}), dir: tempDir(t), marks: map[string]string{}}
	texts := map[string]string{}
	for name, text := range files {
		before, after, _ := strings.Cut(text, "|")
		texts[name] = before + after
		writeFile(t, filepath.Join(s.dir, name), before+after)
		line := strings.Count(before, "\n")
		s.marks[name] = fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":%d,"character":%d}`,
			s.uri(name), line, utf16Length(before[strings.LastIndexByte(before, '\n')+1:]))
	}
	s.initialize(caps, s.dir)
	s.scanned()
	for name, text := range texts {
		if strings.HasPrefix(name, "closed") {
			continue
		}
		s.openText(filepath.Join(s.dir, name), text)
	}
	return s
}

func (s *navSession) uri(name string) string {
	return string(uriOf(filepath.ToSlash(filepath.Join(s.dir, name))))
}

// at sends a request about the mark of a file.
func (s *navSession) at(name, method, more string) (string, *wireError) {
	s.t.Helper()
	result, err := s.call(method, s.raw(s.marks[name]+more+"}"))
	return strings.ReplaceAll(string(result), s.uri("")+"/", ""), err
}

func (s *navSession) want(got string, err *wireError, parts ...string) {
	s.t.Helper()
	if err != nil {
		got = err.Message
	}
	for _, part := range parts {
		if not, ok := strings.CutPrefix(part, "!"); ok == strings.Contains(got, strings.TrimPrefix(part, "!")) {
			s.t.Errorf("want %q (not: %q) in %.900s", part, not, got)
		}
	}
}

const oldCaps = `{"general":{"positionEncodings":["utf-16"]}}`

// TestOldClients holds that a client that knows nothing of links, nesting, versions and notes gets none of them, and that
// what would have to be confirmed is refused then.
func TestOldClients(t *testing.T) {
	t.Parallel()
	s := navigate(t, oldCaps, map[string]string{
		"a.qmz": "// 𝒳\nவடிவம் ஆள் { சொல் பெயர் }\n\"𝒳\"; ஒருவர் = ஆள்{பெயர்: \"\"};\nஅச்சு |ஒருவர்.பெயர்;\n",
		"b.qmz": "வடிவம் ஆள் { சொல் |பெயர் }\nசெயல் காட்டு(எது) { அச்சு எது.பெயர்; }\n",
		"c.qmz": "அச்சு |{\"பெயர்\": 1}.பெயர்;",
	})
	got, err := s.at("a.qmz", "textDocument/definition", "")
	s.want(got, err, `[{"uri":"a.qmz","range":{"start":{"line":2,"character":6}`, "!target")
	got, err = s.at("a.qmz", "textDocument/declaration", "")
	s.want(got, err, `[{"uri":"a.qmz"`)
	got, err = s.at("a.qmz", "textDocument/documentSymbol", "")
	s.want(got, err, `"containerName":"ஆள்"`, `"location":{"uri":"a.qmz"`, "!children", "!selectionRange")
	got, err = s.at("a.qmz", "textDocument/rename", `,"newName":"மனிதர்"`)
	s.want(got, err, `"changes":{"a.qmz":[`, `"newText":"மனிதர்"`, "!documentChanges", "!annotationId")
	got, err = s.at("b.qmz", "textDocument/rename", `,"newName":"அழைப்பு"`)
	s.want(got, err, "line 2: it is not known which value's field பெயர் is")
	s.marks["c.qmz"] = strings.Replace(s.marks["c.qmz"], `"character":6`, `"character":20`, 1)
	got, err = s.at("c.qmz", "textDocument/rename", `,"newName":"அழைப்பு"`)
	s.want(got, err, "declare a shape for it")
	result, err := s.call("workspace/symbol", s.raw(`{"query":"peyar"}`))
	s.want(string(result), err, `"range":{"start":{"line":1`, "!\"data\"")
}

// linkCaps is a client that takes links everywhere and asks for the places of symbols later.
const linkCaps = `{"general":{"positionEncodings":["utf-16"]},
"workspace":{"applyEdit":true,"symbol":{"resolveSupport":{"properties":["location.range"]}},"workspaceEdit":{"documentChanges":true,"changeAnnotationSupport":{}}},
"textDocument":{"declaration":{"linkSupport":true},"typeDefinition":{"linkSupport":true},"rename":{"prepareSupport":true}}}`

func TestLinks(t *testing.T) {
	t.Parallel()
	s := navigate(t, linkCaps, map[string]string{
		"a.qmz": "// 𝒳\nவடிவம் ஆள் { சொல் பெயர் }\n\"𝒳\"; ஒருவர் = ஆள்{பெயர்: \"\"};\nஅச்சு |ஒருவர்.பெயர்;\n",
	})
	got, err := s.at("a.qmz", "textDocument/declaration", "")
	s.want(got, err, `"originSelectionRange":{"start":{"line":3,"character":6}`, `"targetUri":"a.qmz"`)
	got, err = s.at("a.qmz", "textDocument/typeDefinition", "")
	s.want(got, err, `"targetSelectionRange":{"start":{"line":1,"character":7}`, `"targetUri":"a.qmz"`)
}

// TestLazySymbols holds that a symbol's place comes when it is asked for, and is right after an edit as well.
func TestLazySymbols(t *testing.T) {
	t.Parallel()
	s := navigate(t, linkCaps, map[string]string{"a.qmz": "\"𝒳\"; செயல் கூட்டு() { }\n", "closed.qmz": "செயல் கூட்டம்() { }\n"})
	result, err := s.call("workspace/symbol", s.raw(`{"query":"kUtt"}`))
	s.want(string(result), err, `"data"`, "!range")
	var list []json.RawMessage
	if err := json.Unmarshal(result, &list); err != nil || len(list) != 2 {
		t.Fatal(string(result), err)
	}
	name := filepath.Join(s.dir, "a.qmz")
	for _, text := range []string{"\"𝒳\"; செயல் கூட்டு() { }\n", "// 👍🏽\n\n\"𝒳\"; செயல் கூட்டு() { }\n"} {
		s.setText(name, 2, text)
		resolved, err := s.call("workspaceSymbol/resolve", list[0])
		s.want(string(resolved), err, fmt.Sprintf(`"range":{"start":{"line":%d,"character":12}`, strings.Count(text, "\n")-1))
	}
	resolved, err := s.call("workspaceSymbol/resolve", list[1])
	s.want(string(resolved), err, `"range":{"start":{"line":0,"character":6}`, "closed.qmz")
	resolved, err = s.call("workspaceSymbol/resolve", s.raw(`{"name":"x","kind":12,"location":{"uri":"file:///x.qmz"}}`))
	s.want(string(resolved), err, `"name":"x"`)
}

// TestRenameCommand holds that etamil.rename lets the client apply the edits.
func TestRenameCommand(t *testing.T) {
	t.Parallel()
	s := navigate(t, linkCaps, map[string]string{"a.qmz": "\"𝒳\"; செயல் |கூட்டு() { }\nசெயல் kUttu() { கூட்டு(); }\nkUttu();\n"})
	args := strings.Replace(s.marks["a.qmz"], `"textDocument":{"uri":`, `"uri":`, 1)
	args = strings.Replace(args, `},"position"`, `,"position"`, 1)
	run := func(more string) (string, *wireError) {
		result, err := s.call("workspace/executeCommand", s.raw(`{"command":"etamil.rename","arguments":[`+args+more+`}]}`))
		return string(result), err
	}
	got, err := run(`,"newName":"கூட்டல்","bothScripts":true`)
	s.want(got, err, "null")
	s.until("the edit", func() bool {
		for _, c := range s.calls {
			if c.Method == "workspace/applyEdit" {
				s.want(string(c.Params), nil, `"newText":"kUttal"`, `"newText":"கூட்டல்"`)
				return true
			}
		}
		return false
	})
	got, err = run(`,"newName":"kUttu"`)
	s.want(got, err, "there already is a kUttu (a.qmz, line 2)")
	_, err = s.call("workspace/executeCommand", s.raw(`{"command":"etamil.rename","arguments":[7]}`))
	if err == nil || err.Code != -32602 {
		t.Errorf("%v", err)
	}
}

// TestReferencesInParts holds that a client that takes parts gets them.
func TestReferencesInParts(t *testing.T) {
	t.Parallel()
	s := navigate(t, oldCaps, map[string]string{"a.qmz": "\"𝒳\"; |அ = 1; அச்சு அ;"})
	got, err := s.at("a.qmz", "textDocument/references", `,"context":{"includeDeclaration":true},"partialResultToken":"p"`)
	s.want(got, err, "[]")
	s.until("the part", func() bool {
		for _, n := range s.notes {
			if n.Method == "$/progress" && strings.Contains(string(n.Params), `"token":"p"`) {
				return strings.Count(string(n.Params), `"range"`) == 2
			}
		}
		return false
	})
}

// TestRenameElsewhere holds that names of files outside of the folders stay, and that folders with modules of one name are
// kept apart.
func TestRenameElsewhere(t *testing.T) {
	t.Parallel()
	library := tempDir(t)
	writeFile(t, filepath.Join(library, "நூல்.qmz"), "செயல் வட்டி(அ) { திரும்பு அ; }\n")
	one, two := tempDir(t), tempDir(t)
	for _, dir := range []string{one, two} {
		writeFile(t, filepath.Join(dir, "m.qmz"), "செயல் கூட்டு(அ) { திரும்பு அ; }\n")
		writeFile(t, filepath.Join(dir, "a.qmz"), "இறக்கு \"m.qmz\";\n\"𝒳\"; கூட்டு(1);\n")
	}
	c := connect(t, Options{Source: osSource(), Disk: osDisk{}, Roots: []string{filepath.ToSlash(library)}})
	c.initialize(fmt.Sprintf(allCaps, "utf-16"), one, two)
	c.scanned()
	name := filepath.Join(one, "b.qmz")
	c.openText(name, "இறக்கு \"நூல்.qmz\";\n\"𝒳\"; வட்டி(1);\n")
	s := &navSession{client: c, dir: one}
	_, err := c.call("textDocument/rename", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":1,"character":7},"newName":"ஆ"}`, s.uri("b.qmz"))))
	s.want("", err, "outside of the folders", library)
	result, err := c.call("textDocument/rename", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":1,"character":7},"newName":"ஆ"}`, s.uri("a.qmz"))))
	s.want(string(result), err, s.uri("m.qmz"), s.uri("a.qmz"), "!"+string(uriOf(filepath.ToSlash(two))))
}

// TestNamesBehindMarks holds that names are found behind a byte order mark and line ends of two characters.
func TestNamesBehindMarks(t *testing.T) {
	t.Parallel()
	s := navigate(t, linkCaps, map[string]string{"a.qmz": "\ufeff// 𝒳\r\n\"𝒳\"; அ = 1;\r\nஅச்சு |அ;\r\n"})
	got, err := s.at("a.qmz", "textDocument/rename", `,"newName":"இ"`)
	s.want(got, err, `{"start":{"line":1,"character":6},"end":{"line":1,"character":7}}`, `{"start":{"line":2,"character":6},"end":{"line":2,"character":7}}`)
}

// TestRenameHidden holds that a rename is refused where a statement that cannot be read has the name.
func TestRenameHidden(t *testing.T) {
	t.Parallel()
	s := navigate(t, linkCaps, map[string]string{"a.qmz": "\"𝒳\"; |மொத்தம் = 1;\n) ] மொத்தம் } ( மொத்தம் = = மொத்தம்\n"})
	got, err := s.at("a.qmz", "textDocument/rename", `,"newName":"இ"`)
	if err == nil && strings.Count(got, "newText") != 4 || err != nil && !strings.Contains(err.Message, "because of a syntax error") {
		t.Errorf("%s %v", got, err)
	}
}

// TestReferencesLookWhereTheyMust holds that of the programs that import a module only those are checked that have the name.
func TestReferencesLookWhereTheyMust(t *testing.T) {
	t.Parallel()
	files := map[string]string{"m.qmz": "\"𝒳\"; செயல் |கூட்டு(அ) { திரும்பு அ; }\n"}
	for i := range 30 {
		files[fmt.Sprintf("closed%d.qmz", i)] = "இறக்கு \"m.qmz\";\n\"𝒳\"; அச்சு 1;\n"
	}
	for i := range 3 {
		files[fmt.Sprintf("closed_with%d.qmz", i)] = "இறக்கு \"m.qmz\";\n\"𝒳\"; கூட்டு(1);\n"
	}
	s := navigate(t, `{"textDocument":{"diagnostic":{}}}`, files) // which asks for findings: nothing is checked by itself
	got, err := s.at("m.qmz", "textDocument/references", `,"context":{"includeDeclaration":true}`)
	s.want(got, err, "closed_with0.qmz", "closed_with1.qmz", "closed_with2.qmz")
	if n := strings.Count(got, `"uri"`); n != 4 {
		t.Errorf("%d places: %s", n, got)
	}
	snap := s.server.current()
	snap.mu.Lock()
	defer snap.mu.Unlock()
	if n := len(snap.programs); n > 4 {
		t.Errorf("%d programs were checked", n)
	}
}

// TestRenameBeforeTheFoldersAreRead holds that nothing is renamed in the files that are known so far.
func TestRenameBeforeTheFoldersAreRead(t *testing.T) {
	t.Parallel()
	s := navigate(t, oldCaps, map[string]string{"a.qmz": "\"𝒳\"; |அ = 1;"})
	s.server.update(func(next *snapshot) { next.disk = &disk{files: next.disk.files, projects: next.disk.projects} })
	_, err := s.at("a.qmz", "textDocument/rename", `,"newName":"இ"`)
	s.want("", err, "the folders are still being read")
}
