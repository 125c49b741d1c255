package lsp

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// assistVerbs are the verbs of completion, hover and signature help.
func assistVerbs() map[string]verb {
	return map[string]verb{
		// complete [N]: the first N items (8), a line each: label, kind, what the line becomes when the item is taken.
		"complete": completeVerb,
		// item: the first item as it is on the wire, and resolved.
		"item":      itemVerb,
		"hover":     at("textDocument/hover"),
		"signature": at("textDocument/signatureHelp"),
	}
}

// wireItem is what the tests read of an item.
type wireItem struct {
	Label        string
	Kind         int
	FilterText   string
	TextEditText string
	TextEdit     *struct {
		NewText        string
		Range, Replace *wireRange
	}
	AdditionalTextEdits []struct {
		NewText string
		Range   wireRange
	}
	LabelDetails struct{ Detail, Description string }
}

type wireRange struct {
	Start, End struct{ Line, Character int }
}

// completions asks for the items of a place; ranges are as the client has to read them.
func (x *fixture) completions(at spot) (items []json.RawMessage, replace wireRange) {
	x.t.Helper()
	result, werr := x.c.call("textDocument/completion", x.params(at, ""))
	if werr != nil {
		x.t.Fatal(werr)
	}
	var list struct {
		IsIncomplete bool
		ItemDefaults struct {
			EditRange struct{ Insert, Replace wireRange }
		}
		Items []json.RawMessage
	}
	if len(result) > 0 && string(result) != "null" {
		if err := json.Unmarshal(result, &list); err != nil {
			x.t.Fatal(err)
		}
		if !list.IsIncomplete {
			x.t.Error("a list that holds for more than what was typed")
		}
	}
	return list.Items, list.ItemDefaults.EditRange.Replace
}

func completeVerb(x *fixture, at spot) string {
	items, replace := x.completions(at)
	n := 8
	if len(at.args) > 0 {
		n, _ = strconv.Atoi(at.args[0])
	}
	var out strings.Builder
	for _, raw := range items[:min(n, len(items))] {
		var it wireItem
		if err := json.Unmarshal(raw, &it); err != nil {
			x.t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s%s (%d) %s\n", it.Label, it.LabelDetails.Detail, it.Kind, it.LabelDetails.Description)
		text := it.Label
		if it.TextEditText != "" {
			text = it.TextEditText
		}
		r := replace
		if it.TextEdit != nil {
			text = it.TextEdit.NewText
			if r = *cmp.Or(it.TextEdit.Replace, it.TextEdit.Range); r == (wireRange{}) {
				x.t.Fatalf("no range: %s", raw)
			}
		}
		a, b := x.byte(at.file, r.Start.Line, r.Start.Character), x.byte(at.file, r.End.Line, r.End.Character)
		fmt.Fprintf(&out, "   %s «%s» → %q\n", x.placeName(at.file, a), x.texts[at.file][a:b], text)
		for _, e := range it.AdditionalTextEdits {
			a, b := x.byte(at.file, e.Range.Start.Line, e.Range.Start.Character), x.byte(at.file, e.Range.End.Line, e.Range.End.Character)
			fmt.Fprintf(&out, "   and %s «%s» → %q\n", x.placeName(at.file, a), x.texts[at.file][a:b], e.NewText)
		}
	}
	if len(items) == 0 {
		return "nothing\n"
	}
	return out.String()
}

func itemVerb(x *fixture, at spot) string {
	items, _ := x.completions(at)
	if len(items) == 0 {
		return "nothing\n"
	}
	resolved, werr := x.c.call("completionItem/resolve", items[0])
	return x.show(at.file, items[0], nil) + x.show(at.file, resolved, werr)
}
