package lsp

import (
	"strings"
	"sync"
	"weak"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/position"
)

// file is one text, and what it is when read. Like a snapshot it never changes. Offsets are bytes of its tree's Src, which
// is the text without a byte order mark and with \r\n as \n; position and offset lead from there to the client and back.
type file struct {
	path    string  // canonical; the URI of what is no file
	uri     uri.URI // as the client writes it
	open    bool    // whether the text is the client's
	version int32   // the client's, where it is open
	text    string  // exactly as the client or the disk has it
	enc     position.Encoding

	doc     func() *syntax.Document
	lines   func() *position.Map // of text
	plain   bool                 // Src is the text itself
	tooLong bool                 // the parser reads none of it: Src is empty
	imports func() []string      // what its top-level imports name
}

// openFile makes a file of a text that the client edits.
func openFile(doc *syntax.Document, u uri.URI, version int32, enc position.Encoding) *file {
	f := makeFile(doc.File().Name, u, doc.Text(), enc)
	f.open, f.version = true, version
	f.doc, f.lines = func() *syntax.Document { return doc }, doc.Map
	return f
}

// diskFile makes a file of a text that nobody edits. It lets go of the tree when nobody uses it, to be parsed again when
// someone does: the trees of a folder of a thousand files do not fit into memory.
func diskFile(name string, u uri.URI, text string, enc position.Encoding) *file {
	f := makeFile(name, u, text, enc)
	f.lines = sync.OnceValue(func() *position.Map { return position.NewMap(text) })
	var mu sync.Mutex
	var kept weak.Pointer[syntax.Document]
	f.doc = func() *syntax.Document {
		mu.Lock()
		defer mu.Unlock()
		if doc := kept.Value(); doc != nil {
			return doc
		}
		doc := syntax.NewDocument(name, text)
		kept = weak.Make(doc)
		return doc
	}
	return f
}

func makeFile(name string, u uri.URI, text string, enc position.Encoding) *file {
	f := &file{path: name, uri: u, text: text, enc: enc}
	f.tooLong = len(text) > syntax.MaxFileSize
	f.plain = !strings.HasPrefix(text, byteOrderMark) && !strings.Contains(text, "\r\n")
	f.imports = sync.OnceValue(func() []string { return module.Imports(text, f.tree) })
	return f
}

// tree is the parsed text.
func (f *file) tree() *syntax.File { return f.doc().File() }

// toText is the place in the text of an offset.
func (f *file) toText(off int) int {
	if f.plain {
		return off
	}
	return f.doc().ToText(off)
}

// position is the protocol's place of an offset.
func (f *file) position(off int) protocol.Position { return f.textPosition(f.toText(off)) }

// textPosition is the protocol's place of an offset in the text.
func (f *file) textPosition(off int) protocol.Position {
	line, col := f.lines().At(off, f.enc)
	return protocol.Position{Line: uint32(line), Character: uint32(col)}
}

// textOffset is the place in the text of a place of the protocol; one outside the text is the nearest inside.
func (f *file) textOffset(p protocol.Position) int {
	return f.lines().Offset(number(p.Line), number(p.Character), f.enc)
}

// offset is the offset of a place of the protocol.
func (f *file) offset(p protocol.Position) int {
	switch {
	case f.tooLong:
		return 0
	case f.plain:
		return f.textOffset(p)
	}
	return f.doc().ToSource(f.textOffset(p))
}

// number is a line or column as Go counts; what is too large is as large as any text can be.
func number(n uint32) int { return int(min(n, 1<<30)) }

// rangeOf is the protocol's range of a span.
func (f *file) rangeOf(s syntax.Span) protocol.Range {
	return protocol.Range{Start: f.position(s.Start), End: f.position(s.End)}
}

// spanOf is the span of a range of the protocol, the right way round.
func (f *file) spanOf(r protocol.Range) syntax.Span {
	a, b := f.offset(r.Start), f.offset(r.End)
	return syntax.Span{Start: min(a, b), End: max(a, b)}
}

// location is the protocol's place of a span, with the file.
func (f *file) location(s syntax.Span) protocol.Location {
	return protocol.Location{URI: f.uri, Range: f.rangeOf(s)}
}
