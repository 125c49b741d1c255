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
