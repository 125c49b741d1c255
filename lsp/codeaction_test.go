package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// actionVerbs are the verbs of code actions.
func actionVerbs() map[string]verb {
	return map[string]verb{
		// actions [KIND…]: what can be done at a place or between ⟦actions⟧ and ⟦/⟧.
		"actions": func(x *fixture, s spot) string {
			var out strings.Builder
			for _, a := range x.actions(s, s.args) {
				fmt.Fprintf(&out, "%s: %s", *a.Kind, a.Title)
				if yes(a.IsPreferred) {
					out.WriteString(" (preferred)")
				}
				if a.Disabled.Reason != "" {
					out.WriteString(" – " + a.Disabled.Reason)
				}
				for _, d := range a.Diagnostics {
					fmt.Fprintf(&out, " [%v]", d.Code)
				}
				out.WriteByte('\n')
			}
			return out.String()
		},
		// act KIND TITLE…: the edits of the action whose title starts so, after it is resolved; _ stands for a blank.
		"act": func(x *fixture, s spot) string {
			title := strings.ReplaceAll(strings.Join(s.args[1:], " "), "_", " ")
			for _, a := range x.actions(s, s.args[:1]) {
				if !strings.HasPrefix(a.Title, title) {
					continue
				}
				if a.Edit != nil {
					x.t.Errorf("%s has edits before it is resolved", a.Title)
				}
				raw, err := protocol.Marshal(a)
				if err != nil {
					x.t.Fatal(err)
				}
				result, werr := x.c.call("codeAction/resolve", json.RawMessage(raw))
				var whole struct{ Edit json.RawMessage }
				if werr == nil && json.Unmarshal(result, &whole) != nil {
					x.t.Fatal(string(result))
				}
				return x.show(s.file, whole.Edit, werr)
			}
			return "no such action"
		},
	}
}

// actions asks for the actions of some kinds, all where there is none.
func (x *fixture) actions(s spot, kinds []string) []*protocol.CodeAction {
	x.t.Helper()
	only, err := json.Marshal(append([]string{}, kinds...))
	if err != nil {
		x.t.Fatal(err)
	}
	params := fmt.Sprintf(`{"textDocument":{"uri":%q},"range":%s,"context":{"diagnostics":[],"only":%s}}`,
		x.uri(s.file), x.rangeJSON(s.file, s.off, s.to), only)
	result, werr := x.c.call("textDocument/codeAction", json.RawMessage(params))
	if werr != nil {
		x.t.Fatal(werr)
	}
	if string(result) == "null" {
		return nil
	}
	var list []*protocol.CodeAction
	if err := protocol.Unmarshal(result, &list); err != nil {
		x.t.Fatal(err)
	}
	return list
}

// askActions asks for what can be done at the start of the second line of a text.
func askActions(c *client, name, context string) []*protocol.CodeAction {
	c.t.Helper()
	place := `{"line":1,"character":0}`
	result, werr := c.call("textDocument/codeAction", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q},"range":{"start":%s,"end":%s},"context":%s}`,
		uriOf(filepath.ToSlash(name)), place, place, context)))
	if werr != nil {
		c.t.Fatal(werr)
	}
	var list []*protocol.CodeAction
	if string(result) != "null" && protocol.Unmarshal(result, &list) != nil {
		c.t.Fatal(string(result))
	}
	return list
}

// A client that cannot resolve gets the edits at once, without what it does not understand; one that knows commands alone
// is not offered actions.
func TestCodeActionClients(t *testing.T) {
	t.Parallel()
	main := filepath.Join(tempDir(t), "main.qmz")
	c := connect(t, Options{})
	c.initialize(`{"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}}}}}`)
	c.openText(main, "அச்சு \"𝒳\";\nவிலை = 1;\nவிலை = 2;\nஅச்சு விலை;\nவழி பெறு, \"/\" {\n    பதில் 200, 1;\n}\n")
	list := askActions(c, main, `{"diagnostics":[]}`)
	for _, a := range list {
		switch {
		case a.Edit == nil || len(a.Edit.Changes) == 0:
			t.Errorf("%s has no edits", a.Title)
		case a.Data != nil || a.IsPreferred != nil || a.Disabled.Reason != "" || a.Edit.ChangeAnnotations != nil:
			t.Errorf("%s says what the client does not understand", a.Title)
		}
	}
	if len(list) == 0 {
		t.Error("no actions")
	}
	old := connect(t, Options{})
	if result := old.initialize(`{}`); strings.Contains(string(result), "codeActionProvider") {
		t.Errorf("a client of commands is offered actions: %s", result)
	}
}

// What is about the whole file is not offered at every move of the cursor, and an action of a text that has changed since
// has no edits.
func TestCodeActionTriggers(t *testing.T) {
	t.Parallel()
	main := filepath.Join(tempDir(t), "main.qmz")
	c := open(t, "utf-16")
	c.openText(main, "அச்சு \"𝒳\";\nவிலை = 18%;\nஅச்சு விலை;\n")
	count := func(context string) (sources, all int) {
		for _, a := range askActions(c, main, context) {
			if all++; strings.HasPrefix(string(*a.Kind), "source") {
				sources++
			}
		}
		return sources, all
	}
	if sources, all := count(`{"diagnostics":[],"triggerKind":2}`); sources != 0 || all == 0 {
		t.Errorf("at a move of the cursor: %d, of them %d of the file", all, sources)
	}
	if sources, _ := count(`{"diagnostics":[],"triggerKind":1}`); sources == 0 {
		t.Error("nothing of the file when asked")
	}
	if sources, all := count(`{"diagnostics":[],"only":["source"]}`); sources == 0 || sources != all {
		t.Errorf("of the file: %d, %d", sources, all)
	}
	action := askActions(c, main, `{"diagnostics":[],"only":["refactor.inline"]}`)[0]
	raw, err := protocol.Marshal(action)
	if err != nil {
		t.Fatal(err)
	}
	if result, werr := c.call("codeAction/resolve", json.RawMessage(raw)); werr != nil || !strings.Contains(string(result), "documentChanges") {
		t.Errorf("resolved: %s, %v", result, werr)
	}
	c.setText(main, 2, "அச்சு \"𝒳\";\n")
	if result, werr := c.call("codeAction/resolve", json.RawMessage(raw)); werr == nil || werr.Code != -32801 {
		t.Errorf("an old action: %s, %v", result, werr)
	}
	if _, werr := c.call("codeAction/resolve", json.RawMessage(`{"title":"x","data":{"id":7}}`)); werr != nil {
		t.Errorf("data of somebody else: %v", werr)
	}
}
