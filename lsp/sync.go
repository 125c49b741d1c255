package lsp

import (
	"context"
	"fmt"
	"path"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// DidOpen takes a text over from the disk.
func (s *Server) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	d := p.TextDocument
	u := uri.URI(strings.Clone(string(d.URI))) // a decoded text would keep the whole message
	s.update(func(next *snapshot) {
		name := next.key(u)
		next.changed(name, next.at(name) == nil)
		next.open[name] = openFile(syntax.NewDocument(name, strings.Clone(d.Text)), u, d.Version, next.enc)
		next.noticeProject(name)
	})
	return nil
}

// DidChange applies the client's edits, in order.
func (s *Server) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	var err error
	s.update(func(next *snapshot) {
		old := next.open[next.key(p.TextDocument.URI)]
		if old == nil {
			err = fmt.Errorf("%s was changed and is not open", p.TextDocument.URI)
			return
		}
		doc := old.doc()
		for _, change := range p.ContentChanges {
			doc = apply(doc, change, next.enc)
		}
		next.changed(old.path, false)
		next.open[old.path] = openFile(doc, old.uri, p.TextDocument.Version, next.enc)
		next.noticeProject(old.path)
	})
	return err
}

// apply makes the document after one change.
func apply(doc *syntax.Document, change protocol.TextDocumentContentChangeEvent, enc position.Encoding) *syntax.Document {
	switch c := change.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		return syntax.NewDocument(doc.File().Name, strings.Clone(c.Text))
	case *protocol.TextDocumentContentChangePartial:
		m := doc.Map()
		a := m.Offset(number(c.Range.Start.Line), number(c.Range.Start.Character), enc)
		b := m.Offset(number(c.Range.End.Line), number(c.Range.End.Character), enc)
		return doc.Edit(min(a, b), max(a, b), c.Text)
	}
	return doc
}

// DidClose gives a text back to the disk.
func (s *Server) DidClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	s.update(func(next *snapshot) {
		name := next.key(p.TextDocument.URI)
		delete(next.open, name)
		next.refresh([]string{name})
		next.changed(name, next.at(name) == nil)
		next.noticeProject(name)
		s.palette.forget(name)
		s.layouts.forget(name)
	})
	return nil
}

// noticeProject reads project files again where a text may be one, or be of a folder that was not looked at.
func (s *snapshot) noticeProject(name string) {
	_, known := s.disk.projects[path.Dir(name)]
	if changed := path.Base(name) == projectName; changed || !known && isFile(name) {
		s.readProjects(changed)
	}
}

// DidSave says that the disk has the client's text now.
func (s *Server) DidSave(_ context.Context, p *protocol.DidSaveTextDocumentParams) error {
	s.update(func(next *snapshot) { next.refresh([]string{next.key(p.TextDocument.URI)}) })
	return nil
}
