package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// plainCaps is a client that can nothing but what the protocol began with.
const plainCaps = `{"general":{"positionEncodings":["utf-16"]},"textDocument":{"completion":{},"hover":{},"signatureHelp":{}}}`

// askPlain opens a text with a caret | for a plain client and sends a request for the caret's place.
func askPlain(t *testing.T, caps, method, text, more string) (*client, string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := connect(t, Options{})
	c.initialize(caps, dir)
	before, after, ok := strings.Cut(text, "|")
	if !ok {
		t.Fatal("no caret")
	}
	name := filepath.Join(dir, "a.qmz")
	c.openText(name, before+after)
	line := strings.Count(before, "\n")
	col := utf16Length(before[strings.LastIndex(before, "\n")+1:])
	result, werr := c.call(method, json.RawMessage(fmt.Sprintf(
		`{"textDocument":{"uri":%q},"position":{"line":%d,"character":%d}%s}`, uriOf(filepath.ToSlash(name)), line, col, more)))
	if werr != nil {
		t.Fatal(werr)
	}
	return c, string(result)
}

// TestPlainClients holds that a client gets nothing that it did not say it knows: placeholders, Markdown, details of labels,
// defaults of lists, two ranges, offsets in labels.
func TestPlainClients(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, text string
		want         []string
		not          []string
	}{
		{
			"textDocument/completion", `அச்சு "𝒳" & neela|;`,
			[]string{`"newText":"நீளம்(மதிப்பு)"`, `"detail":" nILam length"`, `"textEdit":{"range":`},
			[]string{"${", "labelDetails", "itemDefaults", `"replace"`, "insertTextFormat", "documentation"},
		},
		{"textDocument/hover", `அச்சு "𝒳" & நீள|ம்("");`, []string{`"kind":"plaintext"`, "_length"}, []string{"```", `\\_`}},
		{
			"textDocument/signatureHelp", `அச்சு "𝒳" & நீளம்(|`,
			[]string{`"label":"மதிப்பு: array|record|text"`, `"kind":"plaintext"`},
			[]string{`"label":[`, "```"},
		},
	} {
		_, got := askPlain(t, plainCaps, c.method, c.text, "")
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %s in %.600s", c.method, w, got)
			}
		}
		for _, w := range c.not {
			if strings.Contains(got, w) {
				t.Errorf("%s: %s in %.600s", c.method, w, got)
			}
		}
	}
}

// TestHintsCommand holds that a call that is filled in asks a client that has the command to show its signature.
func TestHintsCommand(t *testing.T) {
	t.Parallel()
	caps := `{"experimental":{"commands":{"commands":["` + hintsCommand + `"]}},"textDocument":{"completion":{"completionItem":{"snippetSupport":true}}}}`
	for caps, want := range map[string]bool{caps: true, plainCaps: false} {
		_, got := askPlain(t, caps, "textDocument/completion", `அச்சு "𝒳" & நீளம|;`, "")
		if strings.Contains(got, hintsCommand) != want {
			t.Errorf("%s: %.400s", caps, got)
		}
	}
}

// TestResolve holds that items of words and of names come back with what is known of them, and any other as it is.
func TestResolve(t *testing.T) {
	t.Parallel()
	const text = "// 𝒳 இரண்டைக் கூட்டும்\nசெயல் கூட்டு(எண் அ) எண் { திரும்பு அ; }\nஅச்சு கூட்|;"
	c, result := askPlain(t, plainCaps, "textDocument/completion", text, "")
	var list struct{ Items []json.RawMessage }
	if err := json.Unmarshal([]byte(result), &list); err != nil || len(list.Items) == 0 {
		t.Fatal(result, err)
	}
	for item, want := range map[string]string{
		string(list.Items[0]):                               "இரண்டைக் கூட்டும்",
		`{"label":"x","data":{"ref":{"word":"length"}}}`:    "nILam",
		`{"label":"x","data":{"ref":{"word":"no such"}}}`:   `{"label":"x"`,
		`{"label":"x","data":7}`:                            `{"label":"x"`,
		`{"label":"x"}`:                                     `{"label":"x"`,
		`{"label":"x","data":{"ref":{"of":"a","name":""}}}`: "",
	} {
		got, werr := c.call("completionItem/resolve", json.RawMessage(item))
		if want != "" && werr != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s: %s %v, want %s", item, got, werr, want)
		}
	}
}

// TestSpaceAsksForCommands holds that a typed space shows the signature of what takes several things, and of nothing else.
func TestSpaceAsksForCommands(t *testing.T) {
	t.Parallel()
	const space = `,"context":{"triggerKind":2,"triggerCharacter":" ","isRetrigger":false}`
	for text, want := range map[string]string{`"𝒳"; அச்சு |`: "null", `"𝒳"; பதில் |`: "பதில் ", `"𝒳"; அ = |`: "null"} {
		if _, got := askPlain(t, plainCaps, "textDocument/signatureHelp", text, space); !strings.Contains(got, want) {
			t.Errorf("%s: %.300s", text, got)
		}
	}
}

// TestRelative holds how imports name files.
func TestRelative(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"/அ", "/அ/𝒳.qmz", "𝒳.qmz"},
		{"/அ", "/அ/ஆ/𝒳.qmz", "ஆ/𝒳.qmz"},
		{"/அ/ஆ", "/அ/𝒳.qmz", "../𝒳.qmz"},
		{"/அ/ஆ", "/இ/𝒳.qmz", "../../இ/𝒳.qmz"},
		{"/", "/𝒳.qmz", "𝒳.qmz"},
		{"/அ", "/அஆ/𝒳.qmz", "../அஆ/𝒳.qmz"},
	} {
		if got := relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %s to %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}
