package lsp

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sort"
	"strings"

	"go.lsp.dev/protocol"

	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
)

func formattingCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.DocumentFormattingProvider = protocol.Boolean(true)
	c.DocumentRangeFormattingProvider = &protocol.DocumentRangeFormattingOptions{RangesSupport: ptr(true)}
	c.DocumentOnTypeFormattingProvider = protocol.DocumentOnTypeFormattingOptions{FirstTriggerCharacter: "}", MoreTriggerCharacter: []string{";", "\n"}}
}

// Formatting lays a whole text out. A text that cannot be read stays as it is: its faults are told elsewhere.
func (s *Server) Formatting(ctx context.Context, p *protocol.DocumentFormattingParams) ([]protocol.TextEdit, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil || !snap.layout(f) {
		return nil, err
	}
	out, err := snap.layOut(ctx, f)
	if err != nil {
		return nil, s.unformatted(f, err)
	}
	return f.editsTo(out), ctx.Err()
}

// layout tells whether a text is laid out at all.
func (s *snapshot) layout(f *file) bool {
	return s.settings.Format.Enable && s.projectAt(f.path) == nil && !s.unformatted(f.path)
}

// unformatted is what a request answers for a text that was not laid out: nothing is wrong with asking.
func (s *Server) unformatted(f *file, err error) error {
	var unreadable *format.SyntaxError
	if !errors.As(err, &unreadable) {
		s.log.Error("a text was not laid out", "file", f.path, "error", err)
	}
	return nil
}

// RangeFormatting lays out the lines of a range.
func (s *Server) RangeFormatting(ctx context.Context, p *protocol.DocumentRangeFormattingParams) ([]protocol.TextEdit, error) {
	return s.formatRanges(ctx, p.TextDocument, []protocol.Range{p.Range})
}

// RangesFormatting lays out the lines of several ranges.
func (s *Server) RangesFormatting(ctx context.Context, p *protocol.DocumentRangesFormattingParams) ([]protocol.TextEdit, error) {
	return s.formatRanges(ctx, p.TextDocument, p.Ranges)
}

func (s *Server) formatRanges(ctx context.Context, doc protocol.TextDocumentIdentifier, ranges []protocol.Range) ([]protocol.TextEdit, error) {
	snap := s.snap(ctx)
	f, err := snap.file(doc.URI)
	if err != nil || !snap.layout(f) {
		return nil, err
	}
	ranges = slices.Clone(ranges)
	slices.SortFunc(ranges, func(a, b protocol.Range) int {
		return cmp.Or(cmp.Compare(a.Start.Line, b.Start.Line), cmp.Compare(a.End.Line, b.End.Line))
	})
	var edits []protocol.TextEdit
	upto := 0
	for _, r := range ranges {
		span := f.spanOf(r)
		span.Start = max(span.Start, upto)
		if span.End < span.Start {
			continue
		}
		part, end := snap.formatPart(f, span)
		edits = append(edits, part...)
		upto = max(end, upto)
	}
	return edits, ctx.Err()
}

// OnTypeFormatting lays out the statement that was just ended, or the block: no other line moves under the writer.
func (s *Server) OnTypeFormatting(ctx context.Context, p *protocol.DocumentOnTypeFormattingParams) ([]protocol.TextEdit, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil || !snap.layout(f) {
		return nil, err
	}
	off := f.offset(p.Position)
	src := f.tree().Src
	switch {
	case p.Ch == "\n":
		// The line above is done; the new one is the writer's.
		off = strings.LastIndexByte(src[:off], '\n')
		if off < 0 {
			return nil, nil
		}
	case !strings.HasSuffix(src[:off], p.Ch):
		return nil, nil
	}
	span := syntax.Span{Start: strings.LastIndexByte(src[:off], '\n') + 1, End: off}
	if p.Ch == "}" {
		span.Start = min(span.Start, blockStart(f.tree(), off))
	}
	edits, _ := snap.formatPart(f, span)
	at := f.position(off)
	return slices.DeleteFunc(edits, func(e protocol.TextEdit) bool { return after(e.Range.End, at) }), ctx.Err()
}

// after tells whether a place comes after another.
func after(a, b protocol.Position) bool {
	return a.Line > b.Line || a.Line == b.Line && a.Character > b.Character
}

// blockStart is where the block begins that ends at an offset.
func blockStart(f *syntax.File, off int) int {
	start := off
	i, ok := statementAt(f, off-1)
	if !ok {
		return start
	}
	base := f.Base(i)
	syntax.Walk(f.Stmts[i], func(n syntax.Node) bool {
		span := n.Span().Shift(base)
		if span.End == off && start == off {
			start = span.Start
		}
		return span.Start < off && off <= span.End
	})
	return start
}

// formatPart lays out the lines of a span: only the statements of the top level that stand on them are looked at, so that
// others may be broken, and the cost is theirs. end is the end of the last of them.
func (s *snapshot) formatPart(f *file, span syntax.Span) (edits []protocol.TextEdit, end int) {
	tree := f.tree()
	src := tree.Src
	first, last := statementsIn(tree, span)
	if first > last {
		return nil, span.End
	}
	start := tree.Stmts[first].Span().Start + tree.Base(first)
	end = tree.Stmts[last].Span().End + tree.Base(last)
	start = strings.LastIndexByte(src[:start], '\n') + 1
	if n := strings.IndexByte(src[end:], '\n'); n >= 0 {
		end += n
	} else {
		end = len(src)
	}
	line := func(off int) int { return strings.Count(src[start:max(off, start)], "\n") + 1 }
	lines := format.Range{From: line(span.Start), To: line(max(span.End, span.Start))}
	o := format.Options{Lines: lines}
	if p := s.project(f.path); p != nil {
		o.Width = int(p.project.Int("fmt.width"))
	}
	out, err := format.Source(f.path, []byte(src[start:end]), o)
	if err != nil {
		_ = s.server.unformatted(f, err)
		return nil, end
	}
	fresh := string(out)
	if !strings.HasSuffix(src[start:end], "\n") {
		fresh = strings.TrimSuffix(fresh, "\n")
	}
	return f.edits(start, end, fresh), end
}

// statementsIn are the first and the last statement of the top level that stand on the lines of a span.
func statementsIn(f *syntax.File, span syntax.Span) (first, last int) {
	from := strings.LastIndexByte(f.Src[:span.Start], '\n') + 1
	to := span.End
	if n := strings.IndexByte(f.Src[to:], '\n'); n >= 0 {
		to += n
	} else {
		to = len(f.Src)
	}
	first = sort.Search(len(f.Stmts), func(i int) bool { return f.Stmts[i].Span().End+f.Base(i) >= from })
	last = sort.Search(len(f.Stmts), func(i int) bool { return f.Stmts[i].Span().Start+f.Base(i) > to }) - 1
	return first, last
}

// statementAt is the statement of the top level that an offset is in, or that ends there.
func statementAt(f *syntax.File, off int) (int, bool) {
	i := sort.Search(len(f.Stmts), func(i int) bool { return f.Stmts[i].Span().End+f.Base(i) >= off })
	return i, i < len(f.Stmts) && f.Stmts[i].Span().Start+f.Base(i) <= off
}
