package lsp

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax"
)

func foldingCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.FoldingRangeProvider = protocol.Boolean(true)
}

// fold is a part of a text that can be folded away, in bytes of the source.
type fold struct {
	span syntax.Span
	kind protocol.FoldingRangeKind
	text string // what stands for it
}

// FoldingRanges answers what can be folded: blocks, lists, records, texts of several lines, comments, imports, and what
// stands between // region and // endregion. Brackets are counted as tokens, so that broken programs fold too.
func (s *Server) FoldingRanges(ctx context.Context, p *protocol.FoldingRangeParams) ([]protocol.FoldingRange, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	tree := f.tree()
	folds := bracketFolds(tree)
	folds = append(folds, commentFolds(tree)...)
	folds = append(folds, importFolds(tree)...)
	out := make([]protocol.FoldingRange, 0, len(folds))
	for _, one := range folds {
		if r, ok := f.folding(one, snap.client); ok {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b protocol.FoldingRange) int {
		return cmp.Or(cmp.Compare(a.StartLine, b.StartLine), cmp.Compare(b.EndLine, a.EndLine))
	})
	if snap.client.lineFolding {
		out = slices.CompactFunc(out, func(a, b protocol.FoldingRange) bool { return a.StartLine == b.StartLine })
	}
	if n := snap.client.foldingLimit; n > 0 && len(out) > n {
		out = out[:n]
	}
	return out, ctx.Err()
}

// folding renders a fold; one within a line is none. A client that folds whole lines keeps the line of the closing bracket.
func (f *file) folding(one fold, caps *clientCaps) (protocol.FoldingRange, bool) {
	a, b := f.position(one.span.Start), f.position(one.span.End)
	if a.Line == b.Line {
		return protocol.FoldingRange{}, false
	}
	r := protocol.FoldingRange{StartLine: a.Line, EndLine: b.Line, Kind: one.kind}
	if caps.lineFolding {
		if one.kind == "" {
			r.EndLine--
		}
		return r, r.EndLine > r.StartLine
	}
	r.StartCharacter, r.EndCharacter = &a.Character, &b.Character
	if caps.collapsedText && one.text != "" {
		r.CollapsedText = &one.text
	}
	return r, true
}

// bracketFolds are brackets that are closed on another line, and texts of several lines.
func bracketFolds(f *syntax.File) (list []fold) {
	type opener struct {
		kind syntax.Kind
		end  int
	}
	var open []opener
	closes := map[syntax.Kind]syntax.Kind{syntax.RBrace: syntax.LBrace, syntax.RBrack: syntax.LBrack, syntax.RParen: syntax.LParen}
	for _, t := range f.AllTokens() {
		switch t.Type {
		case syntax.LBrace, syntax.LBrack, syntax.LParen:
			open = append(open, opener{t.Type, t.Pos.Offset + len(t.Value)})
		case syntax.RBrace, syntax.RBrack, syntax.RParen:
			// What was not closed is passed over, so that one forgotten bracket does not move all others.
			for i := len(open) - 1; i >= 0; i-- {
				if open[i].kind == closes[t.Type] {
					list = append(list, fold{span: syntax.Span{Start: open[i].end, End: t.Pos.Offset}})
					open = open[:i]
					break
				}
			}
		case syntax.Text:
			if strings.Contains(t.Value, "\n") {
				list = append(list, fold{span: syntax.Span{Start: t.Pos.Offset + 1, End: t.Pos.Offset + len(t.Value) - 1}})
			}
		}
	}
	return list
}

// commentFolds are comments of several lines, and regions.
func commentFolds(f *syntax.File) (list []fold) {
	var regions []syntax.Span
	var run syntax.Span // comments on lines of their own, one below the other
	flush := func() {
		if run.End > run.Start {
			list = append(list, fold{span: run, kind: protocol.FoldingRangeKindComment})
		}
		run = syntax.Span{}
	}
	eachComment(f, func(at syntax.Span, own bool) {
		text := strings.TrimSpace(strings.TrimLeft(f.Src[at.Start:at.End], "/"))
		word, _, _ := strings.Cut(strings.TrimPrefix(text, "#"), " ")
		switch {
		case own && word == "region":
			flush()
			regions = append(regions, at)
		case own && word == "endregion":
			flush()
			if n := len(regions); n > 0 {
				name := strings.TrimSpace(strings.TrimLeft(f.Src[regions[n-1].Start:regions[n-1].End], "/"))
				list = append(list, fold{syntax.Span{Start: regions[n-1].End, End: at.End}, protocol.FoldingRangeKindRegion, name})
				regions = regions[:n-1]
			}
		case !own:
			flush()
		case run.End > 0 && strings.Count(f.Src[run.End:at.Start], "\n") == 1 && strings.TrimSpace(f.Src[run.End:at.Start]) == "":
			run.End = at.End
		default:
			flush()
			run = at
		}
	})
	flush()
	return list
}

// eachComment calls see for each comment, with whether it stands alone on its line.
func eachComment(f *syntax.File, see func(at syntax.Span, own bool)) {
	end := 0
	for _, t := range f.AllTokens() {
		to := t.Pos.Offset
		if t.Type == syntax.EOF {
			to = len(f.Src)
		}
		for from := end; from < to; {
			i := strings.Index(f.Src[from:to], "//")
			if i < 0 {
				break
			}
			at := syntax.Span{Start: from + i, End: to}
			if n := strings.IndexByte(f.Src[at.Start:to], '\n'); n >= 0 {
				at.End = at.Start + n
			}
			before := f.Src[strings.LastIndexByte(f.Src[:at.Start], '\n')+1 : at.Start]
			see(at, strings.TrimSpace(before) == "")
			from = at.End
		}
		end = to + len(t.Value)
	}
}

// importFolds are imports that follow each other.
func importFolds(f *syntax.File) (list []fold) {
	for i := 0; i < len(f.Stmts); i++ {
		if _, ok := f.Stmts[i].(*syntax.ImportStmt); !ok {
			continue
		}
		last := i
		for last+1 < len(f.Stmts) {
			if _, ok := f.Stmts[last+1].(*syntax.ImportStmt); !ok {
				break
			}
			last++
		}
		if last > i {
			start, end := f.Stmts[i].Span().Start+f.Base(i), f.Stmts[last].Span().End+f.Base(last)
			list = append(list, fold{span: syntax.Span{Start: start, End: end}, kind: protocol.FoldingRangeKindImports})
		}
		i = last
	}
	return list
}
