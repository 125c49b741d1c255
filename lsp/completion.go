package lsp

import (
	"context"
	"encoding/json"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/assist"
)

func completionCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.CompletionProvider = &protocol.CompletionOptions{
		TriggerCharacters: []string{".", `"`, "/"},
		ResolveProvider:   ptr(true),
		CompletionItem:    &protocol.ServerCompletionItemOptions{LabelDetailsSupport: ptr(true)},
	}
}

// completionCaps is what a client says of completion; never nil.
func (c *clientCaps) completionCaps() (item *protocol.ClientCompletionItemOptions, defaults []string) {
	item = &protocol.ClientCompletionItemOptions{}
	if t := c.raw.TextDocument; t != nil && t.Completion != nil {
		if t.Completion.CompletionItem != nil {
			item = t.Completion.CompletionItem
		}
		if l := t.Completion.CompletionList; l != nil {
			defaults = l.ItemDefaults
		}
	}
	return item, defaults
}

// Completion answers what could stand at a place. The list holds for what was typed so far: clients ask again with every
// letter, because Latin letters that are typed are no part of the Tamil that is offered.
func (s *Server) Completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	q, err := s.question(ctx, p.TextDocumentPositionParams)
	if err != nil || q == nil {
		return nil, err
	}
	if q.prog == nil {
		return q.snap.projectCompletion(q.file, q.at.Offset), nil
	}
	r := &rendering{q: q}
	var defaults []string
	r.caps, defaults = q.snap.client.completionCaps()
	r.hints = q.snap.client.showsHints()
	o := q.options()
	o.Plain = !yes(r.caps.SnippetSupport) || !q.snap.settings.Completion.Snippets
	if others, paths := q.others(&s.assist); q.snap.settings.Completion.Imports {
		o.Others, o.Imports = others, paths
	} else {
		o.Imports = paths
	}
	found := s.assist.helper.Complete(ctx, q.at, o)
	list := &protocol.CompletionList{IsIncomplete: true, Items: make([]protocol.CompletionItem, 0, len(found.Items))}
	if len(found.Items) > 0 && slices.Contains(defaults, "editRange") {
		r.common = &found.Items[0]
		list.ItemDefaults = &protocol.CompletionItemDefaults{EditRange: r.editRange(r.common)}
	}
	for i := range found.Items {
		list.Items = append(list.Items, r.item(&found.Items[i]))
	}
	return list, ctx.Err()
}

// rendering makes the protocol's items.
type rendering struct {
	q      *question
	caps   *protocol.ClientCompletionItemOptions
	common *assist.Item // whose range all have that say nothing; nil where the client does not know that
	hints  bool         // whether the client shows signatures on command
}

// hintsCommand is the client's command that shows the signature of the call around the caret. A client tells that it has
// it in experimental.commands.commands, as those of rust-analyzer do.
const hintsCommand = "editor.action.triggerParameterHints"

func (c *clientCaps) showsHints() bool {
	var e struct {
		Commands struct {
			Commands []string `json:"commands"`
		} `json:"commands"`
	}
	return len(c.raw.Experimental) > 0 && json.Unmarshal(c.raw.Experimental, &e) == nil && slices.Contains(e.Commands.Commands, hintsCommand)
}

// itemData is what an item brings back when it is resolved.
type itemData struct {
	URI uri.URI    `json:"uri"`
	Ref assist.Ref `json:"ref"`
}

func (r *rendering) item(it *assist.Item) protocol.CompletionItem {
	out := protocol.CompletionItem{
		Label: it.Label, Kind: itemKinds[it.Kind],
		SortText: protocol.NewOptional(it.Sort), FilterText: protocol.NewOptional(it.Filter),
	}
	r.details(&out, it)
	if it.Snippet {
		out.InsertTextFormat = protocol.InsertTextFormatSnippet
	}
	if r.common != nil && r.common.Insert == it.Insert && r.common.Replace == it.Replace {
		if it.Text != it.Label {
			out.TextEditText = protocol.NewOptional(it.Text)
		}
	} else {
		out.TextEdit = r.textEdit(it)
	}
	for _, e := range it.Edits {
		out.AdditionalTextEdits = append(out.AdditionalTextEdits, protocol.TextEdit{Range: r.q.file.rangeOf(e.Span), NewText: e.Text})
	}
	if it.Asks && r.hints {
		out.Command = protocol.Command{Title: r.q.snap.say("அளவுருக்கள்", "parameters"), Command: hintsCommand}
	}
	if it.Ref != (assist.Ref{}) {
		out.Data, _ = json.Marshal(itemData{r.q.file.uri, it.Ref}) // strings: it cannot fail
	}
	return out
}

// details shows what an item says besides its label.
func (r *rendering) details(out *protocol.CompletionItem, it *assist.Item) {
	if !yes(r.caps.LabelDetailsSupport) {
		if text := it.Detail + " " + it.Description; text != " " {
			out.Detail = protocol.NewOptional(text)
		}
		return
	}
	d := &protocol.CompletionItemLabelDetails{}
	if it.Detail != "" {
		d.Detail = ptr(it.Detail)
	}
	if it.Description != "" {
		d.Description = ptr(it.Description)
	}
	if *d != (protocol.CompletionItemLabelDetails{}) {
		out.LabelDetails = d
	}
}

func (r *rendering) textEdit(it *assist.Item) protocol.CompletionItemTextEdit {
	if !yes(r.caps.InsertReplaceSupport) {
		return &protocol.TextEdit{Range: r.q.file.rangeOf(it.Insert), NewText: it.Text}
	}
	return &protocol.InsertReplaceEdit{NewText: it.Text, Insert: r.q.file.rangeOf(it.Insert), Replace: r.q.file.rangeOf(it.Replace)}
}

func (r *rendering) editRange(it *assist.Item) protocol.CompletionItemDefaultsEditRange {
	if !yes(r.caps.InsertReplaceSupport) {
		return ptr(r.q.file.rangeOf(it.Insert))
	}
	return &protocol.EditRangeWithInsertReplace{Insert: r.q.file.rangeOf(it.Insert), Replace: r.q.file.rangeOf(it.Replace)}
}

// itemKinds are the protocol's kinds, which choose the icons.
var itemKinds = [...]protocol.CompletionItemKind{
	assist.KindKeyword: protocol.CompletionItemKindKeyword, assist.KindSnippet: protocol.CompletionItemKindSnippet,
	assist.KindWord: protocol.CompletionItemKindFunction, assist.KindFunction: protocol.CompletionItemKindFunction,
	assist.KindMethod: protocol.CompletionItemKindMethod, assist.KindField: protocol.CompletionItemKindField,
	assist.KindVariable: protocol.CompletionItemKindVariable, assist.KindParameter: protocol.CompletionItemKindVariable,
	assist.KindShape: protocol.CompletionItemKindStruct, assist.KindConstant: protocol.CompletionItemKindConstant,
	assist.KindOperator: protocol.CompletionItemKindOperator, assist.KindType: protocol.CompletionItemKindClass,
	assist.KindFile: protocol.CompletionItemKindFile, assist.KindTable: protocol.CompletionItemKindStruct,
	assist.KindColumn: protocol.CompletionItemKindField, assist.KindText: protocol.CompletionItemKindText,
}

// CompletionResolve adds an item's documentation. An item that nothing is known of comes back as it is.
func (s *Server) CompletionResolve(ctx context.Context, it *protocol.CompletionItem) (*protocol.CompletionItem, error) {
	var data itemData
	if len(it.Data) == 0 || json.Unmarshal(it.Data, &data) != nil {
		return it, nil
	}
	q := &question{snap: s.snap(ctx)}
	if data.Ref.Word == "" {
		var err error
		q, err = s.question(ctx, protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: data.URI}})
		if err != nil || q == nil {
			return it, err
		}
	}
	caps, _ := q.snap.client.completionCaps()
	if doc := markup(s.assist.helper.Explain(q.at, data.Ref, q.options()), caps.DocumentationFormat); doc != nil {
		it.Documentation = doc
	}
	return it, ctx.Err()
}
