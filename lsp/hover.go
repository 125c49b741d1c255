package lsp

import (
	"context"

	"go.lsp.dev/protocol"
)

func hoverCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.HoverProvider = protocol.Boolean(true)
}

// Hover tells what stands at a place.
func (s *Server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	q, err := s.question(ctx, p.TextDocumentPositionParams)
	if err != nil || q == nil {
		return nil, err
	}
	if q.prog == nil {
		return q.snap.projectHover(q.file, q.at.Offset), nil
	}
	text, at, ok := s.assist.helper.Hover(q.at, q.options())
	if !ok {
		return nil, ctx.Err()
	}
	var kinds []protocol.MarkupKind
	if q.snap.client.markdownHover {
		kinds = append(kinds, protocol.MarkupKindMarkdown)
	}
	return &protocol.Hover{Contents: markup(text, kinds), Range: ptr(q.file.rangeOf(at))}, ctx.Err()
}
