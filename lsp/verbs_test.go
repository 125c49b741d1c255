package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	format "github.com/etamil-lang/etamil/fmt"
)

// textVerbs are the verbs of requests about a text as such.
func textVerbs() map[string]verb {
	return map[string]verb{
		// diagnostics: what is found in a file.
		"diagnostics": diagnosticsVerb,
		// format: the changes that lay a file out; they have to make what etamil fmt makes.
		"format": formatVerb,
		// unformatted: the changes to a file that is not laid out: none.
		"unformatted": func(x *fixture, at spot) string { return editsVerb(x, "textDocument/formatting", at, layoutOptions) },
		// formatRange: the changes that lay out what stands between ⟦formatRange⟧ and ⟦/⟧.
		"formatRange": func(x *fixture, at spot) string {
			return editsVerb(x, "textDocument/rangeFormatting", at, `"range":`+x.rangeJSON(at.file, at.off, at.to)+`,`+layoutOptions)
		},
		// onType C: the changes after C was typed before the mark.
		"onType": func(x *fixture, at spot) string {
			ch := strings.NewReplacer(`\n`, "\n").Replace(at.args[0])
			return editsVerb(x, "textDocument/onTypeFormatting", at, fmt.Sprintf(`"ch":%q,%s`, ch, layoutOptions))
		},
		// folding: what can be folded.
		"folding": foldingVerb,
		// selection: what grows around the mark.
		"selection": selectionVerb,
		// tokens: what every word is, line by line; tokensRange: of what stands between ⟦tokensRange⟧ and ⟦/⟧.
		"tokens": func(x *fixture, at spot) string { return tokensVerb(x, at, "full", "") },
		"tokensRange": func(x *fixture, at spot) string {
			return tokensVerb(x, at, "range", `"range":`+x.rangeJSON(at.file, at.off, at.to))
		},
		// script KIND FILE: the view of a file.
		"script": func(x *fixture, at spot) string {
			u := uri.URI(contentScheme + ":/" + at.file + "/" + string(x.uri(at.args[0])))
			result, err := x.c.call("workspace/textDocumentContent", json.RawMessage(fmt.Sprintf(`{"uri":%q}`, u)))
			return x.show("", result, err)
		},
		// content URI: a text that the server makes.
		"content": func(x *fixture, at spot) string {
			result, err := x.c.call("workspace/textDocumentContent", json.RawMessage(fmt.Sprintf(`{"uri":%q}`, at.file)))
			return x.show("", result, err)
		},
	}
}

const layoutOptions = `"options":{"tabSize":4,"insertSpaces":true}`

// diagnosticsVerb pulls a file's diagnostics, a line each.
func diagnosticsVerb(x *fixture, at spot) string {
	result, werr := x.c.call("textDocument/diagnostic", x.params(at, ""))
	if werr != nil {
		return x.show(at.file, nil, werr)
	}
	var report struct {
		Items []map[string]any
	}
	if err := json.Unmarshal(result, &report); err != nil {
		x.t.Fatal(err)
	}
	var out strings.Builder
	for _, d := range report.Items {
		x.people(at.file, d)
		fmt.Fprintf(&out, "%v %v %v %v", d["range"], d["severity"], d["code"], strings.ReplaceAll(x.names(d["message"].(string)), "\n", " | "))
		if d["tags"] != nil {
			fmt.Fprintf(&out, " tags %v", d["tags"])
		}
		out.WriteByte('\n')
		related, _ := d["relatedInformation"].([]any)
		for _, r := range related {
			r := r.(map[string]any)
			where := r["location"].(map[string]any)
			fmt.Fprintf(&out, "  %s %v %v\n", x.names(where["uri"].(string)), where["range"], r["message"])
		}
	}
	return out.String()
}

// editsVerb asks for edits and writes them a line each.
func editsVerb(x *fixture, method string, at spot, more string) string {
	edits, shown := x.edits(method, at, more)
	if edits == nil {
		return shown
	}
	x.apply(at.file, edits)
	return shown
}

func (x *fixture) edits(method string, at spot, more string) ([]protocol.TextEdit, string) {
	x.t.Helper()
	result, werr := x.c.call(method, x.params(at, more))
	if werr != nil || string(result) == "null" {
		return nil, x.show(at.file, result, werr)
	}
	var edits []protocol.TextEdit
	if err := protocol.Unmarshal(result, &edits); err != nil {
		x.t.Fatal(err)
	}
	var out strings.Builder
	for _, e := range edits {
		a, b := x.span(at.file, e.Range)
		fmt.Fprintf(&out, "%s-%s %s → %s\n", x.placeName(at.file, a), x.placeName(at.file, b), strconv.Quote(x.texts[at.file][a:b]), strconv.Quote(e.NewText))
	}
	return edits, out.String()
}

// span is a range of the protocol in bytes.
func (x *fixture) span(file string, r protocol.Range) (start, end int) {
	return x.byte(file, int(r.Start.Line), int(r.Start.Character)), x.byte(file, int(r.End.Line), int(r.End.Character))
}

// apply makes the text after edits, which must not overlap.
func (x *fixture) apply(file string, edits []protocol.TextEdit) string {
	x.t.Helper()
	type change struct {
		start, end int
		text       string
	}
	var list []change
	for _, e := range edits {
		a, b := x.span(file, e.Range)
		list = append(list, change{a, b, e.NewText})
	}
	slices.SortStableFunc(list, func(a, b change) int { return a.start - b.start })
	var out strings.Builder
	end := 0
	for _, c := range list {
		if c.start < end || c.end < c.start {
			x.t.Fatalf("edits of %s overlap at %s", file, x.placeName(file, c.start))
		}
		out.WriteString(x.texts[file][end:c.start] + c.text)
		end = c.end
	}
	return out.String() + x.texts[file][end:]
}

func formatVerb(x *fixture, at spot) string {
	edits, shown := x.edits("textDocument/formatting", at, layoutOptions)
	imports := format.NewImporter(osSource()).Beside(context.Background(), filepath.ToSlash(x.dir))
	want, err := format.Source(at.file, []byte(x.texts[at.file]), format.Options{Imports: imports})
	if err == nil && edits == nil && string(want) != x.texts[at.file] {
		x.t.Errorf("%s was not laid out", at.file)
	}
	if got := x.apply(at.file, edits); err == nil && edits != nil && got != string(want) {
		x.t.Errorf("the edits make\n%q, etamil fmt makes\n%q", got, want)
	}
	return shown
}

func foldingVerb(x *fixture, at spot) string {
	result, werr := x.c.call("textDocument/foldingRange", x.params(at, ""))
	var list []protocol.FoldingRange
	if err := protocol.Unmarshal(result, &list); err != nil {
		return x.show(at.file, result, werr)
	}
	var out strings.Builder
	for _, r := range list {
		a := x.byte(at.file, int(r.StartLine), int(*r.StartCharacter))
		b := x.byte(at.file, int(r.EndLine), int(*r.EndCharacter))
		fmt.Fprintf(&out, "%s-%s %s «%s»", x.placeName(at.file, a), x.placeName(at.file, b), r.Kind, short(x.texts[at.file][a:b]))
		if r.CollapsedText != nil {
			fmt.Fprintf(&out, " as %q", *r.CollapsedText)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func selectionVerb(x *fixture, at spot) string {
	pos := x.position(at.file, at.off)
	result, werr := x.c.call("textDocument/selectionRange", json.RawMessage(fmt.Sprintf(
		`{"textDocument":{"uri":%q},"positions":[{"line":%d,"character":%d}]}`, x.uri(at.file), pos.Line, pos.Character)))
	var list []protocol.SelectionRange
	if err := protocol.Unmarshal(result, &list); err != nil || len(list) != 1 {
		return x.show(at.file, result, werr)
	}
	var out strings.Builder
	for r := &list[0]; r != nil; r = r.Parent {
		a, b := x.span(at.file, r.Range)
		fmt.Fprintf(&out, "%s-%s «%s»\n", x.placeName(at.file, a), x.placeName(at.file, b), short(x.texts[at.file][a:b]))
	}
	return out.String()
}

// tokensVerb writes words with what they are, a line of the text on a line.
func tokensVerb(x *fixture, at spot, kind, more string) string {
	at.off = -1
	result, werr := x.c.call("textDocument/semanticTokens/"+kind, x.params(at, more))
	var toks protocol.SemanticTokens
	if err := protocol.Unmarshal(result, &toks); err != nil {
		return x.show(at.file, result, werr)
	}
	types, modifiers := tokenTypes(), tokenModifiers()
	var out strings.Builder
	line, col := 0, 0
	for d := toks.Data; len(d) >= 5; d = d[5:] {
		if d[0] > 0 || out.Len() == 0 {
			line, col = line+int(d[0]), 0
			fmt.Fprintf(&out, "\n%d:", line+1)
		}
		col += int(d[1])
		a, b := x.byte(at.file, line, col), x.byte(at.file, line, col+int(d[2]))
		fmt.Fprintf(&out, " %s/%s", strings.ReplaceAll(x.texts[at.file][a:b], " ", "␠"), types[d[3]])
		for i, m := range modifiers {
			if d[4]&(1<<i) != 0 {
				out.WriteString("+" + m)
			}
		}
	}
	return strings.TrimPrefix(out.String(), "\n")
}
