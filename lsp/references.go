package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/index"
)

func referencesCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.ReferencesProvider = protocol.Boolean(true)
}

// References answers where a name stands, in all programs that can see it; of a field or method those places where the type
// of the value before the dot is known.
func (s *Server) References(ctx context.Context, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	list, err := t.references(ctx, p.Context.IncludeDeclaration)
	if err != nil {
		return nil, err
	}
	if len(list) > 0 && s.partial(ctx, p.PartialResultToken, list) {
		list = list[:0]
	}
	return list, ctx.Err()
}

// references are the places of the name at the place, those of the asking file first.
func (t *spotted) references(ctx context.Context, declarations bool) ([]protocol.Location, error) {
	found, err := t.everywhere(ctx, false)
	if err != nil {
		return nil, err
	}
	declared := map[placeKey]bool{}
	if !declarations {
		for _, p := range found.progs {
			for _, sym := range found.done[p.root] {
				for _, d := range p.names.Decls(sym) {
					declared[placeKey{p.files[d.File].path, d.Span.Start}] = true
				}
			}
		}
	}
	list := []protocol.Location{}
	for _, p := range found.places(t.file.path) {
		if !declared[placeKey{p.file.path, p.Span.Start}] {
			list = append(list, p.location())
		}
	}
	return list, nil
}

func highlightCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.DocumentHighlightProvider = protocol.Boolean(true)
}

// DocumentHighlight answers where a name stands in one file, and whether it is written or read there.
func (s *Server) DocumentHighlight(ctx context.Context, p *protocol.DocumentHighlightParams) ([]protocol.DocumentHighlight, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	o, ok := t.name()
	if !ok {
		return nil, ctx.Err()
	}
	var list []protocol.DocumentHighlight
	seen := map[int]bool{}
	for _, sym := range symbols(o) {
		for _, o := range t.prog.names.Occurrences(sym) {
			if o.File != t.n || seen[o.Span.Start] {
				continue
			}
			seen[o.Span.Start] = true
			list = append(list, protocol.DocumentHighlight{Range: t.file.rangeOf(nameSpan(o)), Kind: highlightKind(o)})
		}
	}
	return list, ctx.Err()
}

func highlightKind(o index.Occurrence) protocol.DocumentHighlightKind {
	switch {
	case o.Quoted:
		return protocol.DocumentHighlightKindText
	case o.Access == index.Declare, o.Access == index.Write:
		return protocol.DocumentHighlightKindWrite
	}
	return protocol.DocumentHighlightKindRead
}
