package lsp

import (
	"cmp"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/syntax"
)

// change is one edit of one text.
type change struct {
	file *file
	span syntax.Span
	text string
	// note is the annotation of the edit, by which people see and confirm several at once; "" is none.
	note protocol.ChangeAnnotationIdentifier
}

// workspaceEdit is changes of several texts as the client takes them: with the versions that they are of where it knows
// those, with notes where it shows them.
func (s *snapshot) workspaceEdit(list []change, notes map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation) *protocol.WorkspaceEdit {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.file.path, b.file.path), cmp.Compare(a.span.Start, b.span.Start))
	})
	edit := &protocol.WorkspaceEdit{}
	if !s.client.documentChanges {
		edit.Changes = map[uri.URI][]protocol.TextEdit{}
		for _, c := range list {
			edit.Changes[c.file.uri] = append(edit.Changes[c.file.uri], protocol.TextEdit{Range: c.file.rangeOf(c.span), NewText: c.text})
		}
		return edit
	}
	var last *file
	var doc *protocol.TextDocumentEdit
	for _, c := range list {
		if c.file != last {
			last, doc = c.file, &protocol.TextDocumentEdit{}
			doc.TextDocument.URI = c.file.uri
			if c.file.open {
				doc.TextDocument.Version = ptr(c.file.version)
			}
			edit.DocumentChanges = append(edit.DocumentChanges, doc)
		}
		one := protocol.TextEdit{Range: c.file.rangeOf(c.span), NewText: c.text}
		if c.note == "" || !s.client.annotations {
			doc.Edits = append(doc.Edits, &one)
			continue
		}
		doc.Edits = append(doc.Edits, &protocol.AnnotatedTextEdit{TextEdit: one, AnnotationID: c.note})
		if edit.ChangeAnnotations == nil {
			edit.ChangeAnnotations = map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation{}
		}
		edit.ChangeAnnotations[c.note] = notes[c.note]
	}
	return edit
}
