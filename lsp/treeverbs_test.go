package lsp

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
)

// hierarchyItem is an item of a hierarchy.
type hierarchyItem struct {
	Name, Detail, URI     string
	Kind                  int
	Range, SelectionRange protocol.Range
}

func (x *fixture) hierarchy(raw json.RawMessage) string {
	x.t.Helper()
	var it hierarchyItem
	if err := json.Unmarshal(raw, &it); err != nil {
		x.t.Fatal(err)
	}
	detail := ""
	if it.Detail != "" {
		detail = " " + it.Detail
	}
	return fmt.Sprintf("%s (%d)%s %s", it.Name, it.Kind, detail, x.placeOf(x.nameOf(it.URI, "?"), it.SelectionRange))
}

func (x *fixture) list(method string, params json.RawMessage) []json.RawMessage {
	x.t.Helper()
	result, werr := x.c.call(method, params)
	if werr != nil {
		x.t.Fatal(werr)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(result, &list); err != nil {
		x.t.Fatal(err)
	}
	return list
}

func callsVerb(x *fixture, at spot) string {
	var out strings.Builder
	for _, item := range x.list("textDocument/prepareCallHierarchy", x.params(at, "")) {
		file := x.itemFile(item)
		out.WriteString(x.hierarchy(item) + "\n")
		for _, raw := range x.list("callHierarchy/incomingCalls", json.RawMessage(`{"item":`+string(item)+`}`)) {
			var call struct {
				From       json.RawMessage
				FromRanges []protocol.Range
			}
			if err := json.Unmarshal(raw, &call); err != nil {
				x.t.Fatal(err)
			}
			fmt.Fprintf(&out, "  from %s\n", x.hierarchy(call.From))
			for _, r := range call.FromRanges {
				fmt.Fprintf(&out, "    at %s\n", x.placeOf(x.itemFile(call.From), r))
			}
		}
		for _, raw := range x.list("callHierarchy/outgoingCalls", json.RawMessage(`{"item":`+string(item)+`}`)) {
			var call struct {
				To         json.RawMessage
				FromRanges []protocol.Range
			}
			if err := json.Unmarshal(raw, &call); err != nil {
				x.t.Fatal(err)
			}
			fmt.Fprintf(&out, "  to %s\n", x.hierarchy(call.To))
			for _, r := range call.FromRanges {
				fmt.Fprintf(&out, "    at %s\n", x.placeOf(file, r))
			}
		}
	}
	if out.Len() == 0 {
		return "nothing"
	}
	return out.String()
}

func (x *fixture) itemFile(raw json.RawMessage) string {
	var it hierarchyItem
	if err := json.Unmarshal(raw, &it); err != nil {
		x.t.Fatal(err)
	}
	return x.nameOf(it.URI, "?")
}

func typesVerb(x *fixture, at spot) string {
	var out strings.Builder
	for _, item := range x.list("textDocument/prepareTypeHierarchy", x.params(at, "")) {
		out.WriteString(x.hierarchy(item) + "\n")
		for _, way := range []string{"supertypes", "subtypes"} {
			for _, raw := range x.list("typeHierarchy/"+way, json.RawMessage(`{"item":`+string(item)+`}`)) {
				fmt.Fprintf(&out, "  %s %s\n", way, x.hierarchy(raw))
			}
		}
	}
	if out.Len() == 0 {
		return "nothing"
	}
	return out.String()
}

func lensesVerb(x *fixture, at spot) string {
	var out strings.Builder
	for _, raw := range x.list("textDocument/codeLens", x.params(at, "")) {
		resolved, werr := x.c.call("codeLens/resolve", raw)
		if werr != nil {
			x.t.Fatal(werr)
		}
		var lens struct {
			Range   protocol.Range
			Command struct {
				Title, Command string
				Arguments      []json.RawMessage
			}
		}
		if err := json.Unmarshal(resolved, &lens); err != nil {
			x.t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s %s: %s", x.placeOf(at.file, lens.Range), lens.Command.Title, lens.Command.Command)
		if lens.Command.Command != "etamil.showReferences" {
			fmt.Fprintf(&out, " %s", x.names(string(lens.Command.Arguments[0])))
		}
		out.WriteByte('\n')
	}
	if out.Len() == 0 {
		return "nothing"
	}
	return out.String()
}

func linksVerb(x *fixture, at spot) string {
	var out strings.Builder
	for _, raw := range x.list("textDocument/documentLink", x.params(at, "")) {
		var link struct {
			Range  protocol.Range
			Target string
		}
		if err := json.Unmarshal(raw, &link); err != nil {
			x.t.Fatal(err)
		}
		to := x.nameOf(link.Target, "")
		if to == "" {
			x.t.Errorf("a link to %s", link.Target)
		}
		fmt.Fprintf(&out, "%s → %s\n", x.placeOf(at.file, link.Range), to)
	}
	if out.Len() == 0 {
		return "nothing"
	}
	return out.String()
}

// hintsVerb writes the lines of a file that have hints, with the hints in them.
func hintsVerb(x *fixture, at spot) string {
	text := x.texts[at.file]
	result := x.list("textDocument/inlayHint", x.params(at, `"range":`+x.rangeJSON(at.file, 0, len(text))))
	var out strings.Builder
	hints := map[int][]string{}
	for _, raw := range result {
		resolved, werr := x.c.call("inlayHint/resolve", raw)
		if werr != nil {
			x.t.Fatal(werr)
		}
		var hint, full struct {
			Position protocol.Position
			Label    json.RawMessage
			Tooltip  json.RawMessage
		}
		if json.Unmarshal(raw, &hint) != nil || json.Unmarshal(resolved, &full) != nil {
			x.t.Fatalf("%s", raw)
		}
		if len(full.Tooltip) == 0 {
			x.t.Errorf("%s has no tooltip", hint.Label)
		}
		off := x.byte(at.file, int(hint.Position.Line), int(hint.Position.Character))
		hints[off] = append(hints[off], strings.Trim(string(hint.Label), `"`))
		if full.Label[0] == '[' {
			fmt.Fprintf(&out, "%s leads to %s\n", hint.Label, x.leadsTo(full.Label))
		}
	}
	for line := range strings.Lines(withHints(text, hints)) {
		if strings.Contains(line, "⟨") {
			out.WriteString(strings.TrimRight(line, "\r\n") + "\n")
		}
	}
	if out.Len() == 0 {
		return "nothing"
	}
	return out.String()
}

// leadsTo is the place of a hint's first part.
func (x *fixture) leadsTo(label json.RawMessage) string {
	x.t.Helper()
	var parts []struct {
		Location struct {
			URI   string
			Range protocol.Range
		}
	}
	if err := json.Unmarshal(label, &parts); err != nil {
		x.t.Fatal(err)
	}
	return x.placeOf(x.nameOf(parts[0].Location.URI, "?"), parts[0].Location.Range)
}

// withHints is a text with hints at their places.
func withHints(text string, hints map[int][]string) string {
	var shown strings.Builder
	for i := 0; i <= len(text); i++ {
		for _, h := range hints[i] {
			shown.WriteString("⟨" + h + "⟩")
		}
		if i < len(text) {
			shown.WriteByte(text[i])
		}
	}
	return shown.String()
}
