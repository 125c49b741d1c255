package lsp

import (
	"encoding/json"
	"fmt"
	"strings"

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
