package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/index"
)

func linkedEditingCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.LinkedEditingRangeProvider = protocol.Boolean(true)
}

// namePattern is what a name is made of, for clients that follow what is typed: no blanks and no signs of ASCII but the
// underscore. Classes such as \p{L} would need a flag of the expression that clients do not set.
const namePattern = `[^\s!-/:-@\[-^\x60{-~]+`

// LinkedEditingRange answers the places that are edited as one while a name is typed: those of a name that nothing outside
// of one function can see. The protocol wants the same text at all of them, so that the other script's spelling of a name is
// none of them; a rename takes it along.
func (s *Server) LinkedEditingRange(ctx context.Context, p *protocol.LinkedEditingRangeParams) (*protocol.LinkedEditingRanges, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	o, ok := t.name()
	if !ok || o.Quoted || len(o.Also) > 0 {
		return nil, ctx.Err()
	}
	switch o.Symbol.Kind {
	case index.Variable, index.Parameter, index.Loop, index.TypeParam:
	default:
		return nil, ctx.Err()
	}
	if !o.Symbol.Local() || isSelf(o.Symbol.Name) {
		return nil, ctx.Err()
	}
	src := t.file.tree().Src
	text := src[o.Span.Start:o.Span.End]
	out := &protocol.LinkedEditingRanges{WordPattern: ptr(namePattern)}
	for _, one := range t.prog.names.Occurrences(o.Symbol) {
		if one.File != t.n || one.Quoted || len(one.Also) > 0 || src[one.Span.Start:one.Span.End] != text {
			return nil, ctx.Err()
		}
		out.Ranges = append(out.Ranges, t.file.rangeOf(one.Span))
	}
	if len(out.Ranges) < 2 {
		return nil, ctx.Err()
	}
	return out, ctx.Err()
}
