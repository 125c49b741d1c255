package lsp

import (
	"context"
	"slices"
	"sort"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

func selectionCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.SelectionRangeProvider = protocol.Boolean(true)
}

// SelectionRange answers, for each place, what grows around it: the letter, the word, the expression, the statement, the
// block, the file. No step parts a letter.
func (s *Server) SelectionRange(ctx context.Context, p *protocol.SelectionRangeParams) ([]protocol.SelectionRange, error) {
	f, err := s.snap(ctx).file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	out := make([]protocol.SelectionRange, 0, len(p.Positions))
	for _, at := range p.Positions {
		spans := growing(f, f.offset(at))
		var parent *protocol.SelectionRange
		for _, span := range slices.Backward(spans) {
			parent = &protocol.SelectionRange{Range: f.rangeOf(span), Parent: parent}
		}
		out = append(out, *parent)
	}
	return out, ctx.Err()
}

// growing are the spans around an offset, each inside the next one; the last is the file.
func growing(f *file, off int) []syntax.Span {
	tree := f.tree()
	letter := letterAt(tree.Src, off)
	if r, _ := firstRune(tree.Src[off:]); !isWord(r) {
		if r, size := lastRune(tree.Src[:off]); isWord(r) { // right behind a word
			letter = letterAt(tree.Src, off-size)
		}
	}
	spans := []syntax.Span{letter, {Start: 0, End: len(tree.Src)}}
	toks := tree.AllTokens()
	i := sort.Search(len(toks), func(i int) bool { return toks[i].Pos.Offset+len(toks[i].Value) > off })
	if i == len(toks) || toks[i].Pos.Offset > off && i > 0 && toks[i-1].Pos.Offset+len(toks[i-1].Value) == off {
		i = max(i-1, 0) // right behind a word
	}
	if i < len(toks) && toks[i].Pos.Offset <= off && toks[i].Type != syntax.EOF {
		spans = append(spans, tokenSpans(tree.Src, &toks[i], off)...)
	} else {
		eachComment(tree, func(at syntax.Span, _ bool) {
			if at.Start <= off && off <= at.End {
				spans = append(spans, at, wordAt(tree.Src[:at.End], off))
			}
		})
	}
	if i, ok := statementAt(tree, off); ok {
		spans = append(spans, nodeSpans(tree, i, off)...)
	}
	slices.SortFunc(spans, func(a, b syntax.Span) int { return (a.End - a.Start) - (b.End - b.Start) })
	// A span that is not around the one before is left out, so that each is inside the next.
	out := spans[:1]
	for _, s := range spans[1:] {
		last := out[len(out)-1]
		if s.Start <= last.Start && s.End >= last.End && s != last {
			out = append(out, s)
		}
	}
	return out
}

// tokenSpans are the token and, of a quoted text, its inside and the word in it.
func tokenSpans(src string, t *syntax.Token, off int) []syntax.Span {
	span := syntax.Span{Start: t.Pos.Offset, End: t.Pos.Offset + len(t.Value)}
	if t.Type != syntax.Text || off == span.Start || off == span.End {
		return []syntax.Span{span}
	}
	inside := syntax.Span{Start: span.Start + 1, End: span.End - 1}
	return []syntax.Span{span, inside, wordAt(src[:inside.End], off)}
}

// nodeSpans are the nodes of a statement that hold an offset, and what stands between the brackets of its blocks.
func nodeSpans(f *syntax.File, i, off int) (spans []syntax.Span) {
	base := f.Base(i)
	syntax.Walk(f.Stmts[i], func(n syntax.Node) bool {
		span := n.Span().Shift(base)
		if off < span.Start || off > span.End {
			return false
		}
		spans = append(spans, span)
		if b, ok := n.(*syntax.Block); ok && b.Close.Type == syntax.RBrace {
			inside := strings.TrimSpace(f.Src[span.Start+1 : span.End-1])
			if at := strings.Index(f.Src[span.Start:span.End], inside); inside != "" {
				spans = append(spans, syntax.Span{Start: span.Start + at, End: span.Start + at + len(inside)})
			}
		}
		return true
	})
	return spans
}

// letterAt is the letter (grapheme cluster) at an offset; at the end of a line it has no width.
func letterAt(src string, off int) syntax.Span {
	start := strings.LastIndexAny(src[:off], "\r\n") + 1
	end := len(src)
	if n := strings.IndexAny(src[off:], "\r\n"); n >= 0 {
		end = off + n
	}
	m := position.NewMap(src[start:end])
	_, col := m.Clusters(off - start)
	return syntax.Span{Start: start + m.OffsetClusters(1, col), End: start + m.OffsetClusters(1, col+1)}
}

// wordAt is the run of letters, marks and digits around an offset.
func wordAt(src string, off int) syntax.Span {
	start, end := off, off
	for start > 0 {
		r, size := lastRune(src[:start])
		if !isWord(r) {
			break
		}
		start -= size
	}
	for end < len(src) {
		r, size := firstRune(src[end:])
		if !isWord(r) {
			break
		}
		end += size
	}
	return syntax.Span{Start: start, End: end}
}
