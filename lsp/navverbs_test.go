package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax/module"
)

// navVerbs are the verbs of navigation, symbols, renames, hierarchies, lenses, links and hints.
func navVerbs() map[string]verb {
	return map[string]verb{
		// def, decl, typedef, refs, uses (references without declarations), highlight: places, a line each.
		"def":       func(x *fixture, at spot) string { return x.placesOf("textDocument/definition", at, "") },
		"decl":      func(x *fixture, at spot) string { return x.placesOf("textDocument/declaration", at, "") },
		"typedef":   func(x *fixture, at spot) string { return x.placesOf("textDocument/typeDefinition", at, "") },
		"highlight": func(x *fixture, at spot) string { return x.placesOf("textDocument/documentHighlight", at, "") },
		"refs": func(x *fixture, at spot) string {
			return x.placesOf("textDocument/references", at, `"context":{"includeDeclaration":true}`)
		},
		"uses": func(x *fixture, at spot) string {
			return x.placesOf("textDocument/references", at, `"context":{"includeDeclaration":false}`)
		},
		// outline FILE: what a file declares. symbols QUERY: what is found by a name ("." is the empty one).
		"outline": outlineVerb,
		"symbols": symbolsVerb,
		// prepare: the name that a rename would take. rename NAME: its edits; the program has to mean the same after them.
		"prepare": at("textDocument/prepareRename"),
		"rename":  renameVerb,
		// move OLD NEW [OLD NEW …]: the edits of files that move.
		"move": moveVerb,
		// calls: what calls a function, and what it calls. types: the shapes above and below one.
		"calls": callsVerb,
		"types": typesVerb,
		// lenses FILE, links FILE, linked, hints FILE: what there is, a line each.
		"lenses": lensesVerb,
		"links":  linksVerb,
		"linked": at("textDocument/linkedEditingRange"),
		"hints":  hintsVerb,
	}
}

// place is a range of a file in a line.
func (x *fixture) placeOf(file string, r protocol.Range) string {
	a, b := x.span(file, r)
	return fmt.Sprintf("%s %s-%s «%s»", file, x.placeName(file, a), x.placeName(file, b), short(x.texts[file][a:b]))
}

func (x *fixture) placesOf(method string, at spot, more string) string {
	x.t.Helper()
	result, werr := x.c.call(method, x.params(at, more))
	if werr != nil || string(result) == "null" {
		return x.show(at.file, nil, werr)
	}
	var list []struct {
		URI, TargetURI                                                 string
		Range, OriginSelectionRange, TargetRange, TargetSelectionRange *protocol.Range
		Kind                                                           int
	}
	if err := json.Unmarshal(result, &list); err != nil {
		x.t.Fatal(err)
	}
	var out strings.Builder
	for _, one := range list {
		switch {
		case one.TargetURI != "":
			file := x.nameOf(one.TargetURI, "?")
			fmt.Fprintf(&out, "«%s» → %s in %s\n", x.textOf(at.file, *one.OriginSelectionRange),
				x.placeOf(file, *one.TargetSelectionRange), x.placeOf(file, *one.TargetRange))
		case one.Kind > 0:
			fmt.Fprintf(&out, "%s %s\n", x.placeOf(at.file, *one.Range), [...]string{"", "text", "read", "write"}[one.Kind])
		default:
			out.WriteString(x.placeOf(x.nameOf(one.URI, at.file), *one.Range) + "\n")
		}
	}
	if len(list) == 0 {
		return "nothing"
	}
	return out.String()
}

func (x *fixture) textOf(file string, r protocol.Range) string {
	a, b := x.span(file, r)
	return short(x.texts[file][a:b])
}

func outlineVerb(x *fixture, at spot) string {
	result, werr := x.c.call("textDocument/documentSymbol", x.params(at, ""))
	var list []protocol.DocumentSymbol
	if err := protocol.Unmarshal(result, &list); err != nil {
		return x.show(at.file, result, werr)
	}
	var out strings.Builder
	var write func(indent string, list []protocol.DocumentSymbol)
	write = func(indent string, list []protocol.DocumentSymbol) {
		for _, s := range list {
			detail := ""
			if s.Detail != nil {
				detail = " " + *s.Detail
			}
			a, b := x.span(at.file, s.Range)
			c, d := x.span(at.file, s.SelectionRange)
			if c < a || d > b {
				x.t.Errorf("%s: the name is outside of its declaration", s.Name)
			}
			fmt.Fprintf(&out, "%s%s (%d)%s %s\n", indent, s.Name, s.Kind, detail, x.placeOf(at.file, s.SelectionRange))
			write(indent+"  ", s.Children)
		}
	}
	write("", list)
	return out.String()
}

func symbolsVerb(x *fixture, at spot) string {
	query := strings.Join(append([]string{at.file}, at.args...), " ")
	if query == "." {
		query = ""
	}
	result, werr := x.c.call("workspace/symbol", json.RawMessage(fmt.Sprintf(`{"query":%q}`, query)))
	var list []struct {
		Name, ContainerName string
		Kind                int
		Location            struct {
			URI   string
			Range protocol.Range
		}
	}
	if err := json.Unmarshal(result, &list); err != nil {
		return x.show("", result, werr)
	}
	var out strings.Builder
	for _, s := range list {
		in := ""
		if s.ContainerName != "" {
			in = " in " + s.ContainerName
		}
		fmt.Fprintf(&out, "%s (%d)%s %s\n", s.Name, s.Kind, in, x.placeOf(x.nameOf(s.Location.URI, "?"), s.Location.Range))
	}
	if len(list) == 0 {
		return "nothing"
	}
	return out.String()
}

// wireEdit is a workspace edit as tests read it.
type wireEdit struct {
	DocumentChanges []struct {
		TextDocument struct {
			URI     string
			Version *int
		}
		Edits []struct {
			Range        protocol.Range
			NewText      string
			AnnotationID string
		}
	}
	ChangeAnnotations map[string]struct {
		NeedsConfirmation bool
		Description       string
	}
}

// edited writes a workspace edit in lines and answers the texts after it.
func (x *fixture) edited(raw json.RawMessage) (shown string, texts map[string]string) {
	x.t.Helper()
	var edit wireEdit
	if err := json.Unmarshal(raw, &edit); err != nil {
		x.t.Fatal(err)
	}
	texts = map[string]string{}
	for name, text := range x.texts {
		texts[name] = text
	}
	var out strings.Builder
	for _, doc := range edit.DocumentChanges {
		file := x.nameOf(doc.TextDocument.URI, "?")
		version := "closed"
		if doc.TextDocument.Version != nil {
			version = fmt.Sprint(*doc.TextDocument.Version)
		}
		fmt.Fprintf(&out, "%s (%s)\n", file, version)
		var edits []protocol.TextEdit
		for _, e := range doc.Edits {
			edits = append(edits, protocol.TextEdit{Range: e.Range, NewText: e.NewText})
			a, b := x.span(file, e.Range)
			fmt.Fprintf(&out, "  %s-%s %q → %q", x.placeName(file, a), x.placeName(file, b), x.texts[file][a:b], e.NewText)
			if note := edit.ChangeAnnotations[e.AnnotationID]; e.AnnotationID != "rename" && e.AnnotationID != "" {
				fmt.Fprintf(&out, " %s: %s, to confirm: %v", e.AnnotationID, note.Description, note.NeedsConfirmation)
			}
			out.WriteByte('\n')
		}
		texts[file] = x.apply(file, edits)
	}
	if out.Len() == 0 {
		return "nothing", texts
	}
	return out.String(), texts
}

// renameVerb renames and holds that the program is judged after it as before.
func renameVerb(x *fixture, at spot) string {
	result, werr := x.c.call("textDocument/rename", x.params(at, fmt.Sprintf(`"newName":%q`, at.args[0])))
	if werr != nil {
		return x.show(at.file, nil, werr)
	}
	shown, texts := x.edited(result)
	if want, got := x.judged(x.texts, at.file), x.judged(texts, at.file); !slices.Equal(got, want) {
		x.t.Errorf("%s after the rename: %v, before: %v", at.file, got, want)
	}
	return shown
}

// judged are the codes of what is found in a program.
func (x *fixture) judged(texts map[string]string, root string) []string {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	prog, faults := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: path.Clean(root)})
	codes := []string{}
	for _, f := range faults {
		codes = append(codes, f.Code)
	}
	for _, d := range check.Program(context.Background(), prog, check.Options{}) {
		if d.Code != check.CodeBothScripts {
			codes = append(codes, d.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

func moveVerb(x *fixture, at spot) string {
	paths := append([]string{at.file}, at.args...)
	var list []string
	for pair := range slices.Chunk(paths, 2) {
		list = append(list, fmt.Sprintf(`{"oldUri":%q,"newUri":%q}`, x.uri(pair[0]), x.uri(pair[1])))
	}
	result, werr := x.c.call("workspace/willRenameFiles", json.RawMessage(`{"files":[`+strings.Join(list, ",")+`]}`))
	if werr != nil || string(result) == "null" {
		return x.show("", nil, werr)
	}
	shown, _ := x.edited(result)
	return shown
}

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
			var parts []struct {
				Location struct {
					URI   string
					Range protocol.Range
				}
			}
			if err := json.Unmarshal(full.Label, &parts); err != nil {
				x.t.Fatal(err)
			}
			fmt.Fprintf(&out, "%s leads to %s\n", hint.Label, x.placeOf(x.nameOf(parts[0].Location.URI, "?"), parts[0].Location.Range))
		}
	}
	var shown strings.Builder
	for i := 0; i <= len(text); i++ {
		for _, h := range hints[i] {
			shown.WriteString("⟨" + h + "⟩")
		}
		if i < len(text) {
			shown.WriteByte(text[i])
		}
	}
	for line := range strings.Lines(shown.String()) {
		if strings.Contains(line, "⟨") {
			out.WriteString(strings.TrimRight(line, "\r\n") + "\n")
		}
	}
	if out.Len() == 0 {
		return "nothing"
	}
	return out.String()
}
