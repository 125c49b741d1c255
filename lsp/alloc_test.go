package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"go.lsp.dev/protocol"
)

// Requests about one place cost no more in a long text than in a short one, and no more than they did.
//
//nolint:paralleltest // it counts what the whole process allocates
func TestAllocations(t *testing.T) {
	ctx := context.Background()
	asks := []struct {
		name string
		most float64
		ask  func(s *Server, at protocol.TextDocumentPositionParams) (any, error)
	}{
		{"hover", 100, func(s *Server, at protocol.TextDocumentPositionParams) (any, error) {
			return s.Hover(ctx, &protocol.HoverParams{TextDocumentPositionParams: at})
		}},
		{"definition", 60, func(s *Server, at protocol.TextDocumentPositionParams) (any, error) {
			return s.Definition(ctx, &protocol.DefinitionParams{TextDocumentPositionParams: at})
		}},
		{"highlight", 60, func(s *Server, at protocol.TextDocumentPositionParams) (any, error) {
			return s.DocumentHighlight(ctx, &protocol.DocumentHighlightParams{TextDocumentPositionParams: at})
		}},
		{"rename", 140, func(s *Server, at protocol.TextDocumentPositionParams) (any, error) {
			return s.Rename(ctx, &protocol.RenameParams{TextDocumentPositionParams: at, NewName: "புதியது"})
		}},
		{"colours of a range", 50, func(s *Server, at protocol.TextDocumentPositionParams) (any, error) {
			end := protocol.Position{Line: at.Position.Line + 50}
			return s.SemanticTokensRange(ctx, &protocol.SemanticTokensRangeParams{TextDocument: at.TextDocument, Range: protocol.Range{Start: at.Position, End: end}})
		}},
		{"layout while typing", 220, func(s *Server, at protocol.TextDocumentPositionParams) (any, error) {
			return s.OnTypeFormatting(ctx, &protocol.DocumentOnTypeFormattingParams{TextDocument: at.TextDocument, Position: protocol.Position{Line: at.Position.Line + 1}, Ch: "\n"})
		}},
	}
	counts := map[string][]float64{}
	for _, lines := range []int{300, 3000} {
		dir := tempDir(t)
		name := filepath.Join(dir, "main.qmz")
		c := open(t, "utf-16", dir)
		c.scanned()
		c.openText(name, sampleProgram(lines))
		c.wantPull(name)
		at := protocol.TextDocumentPositionParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: uriOf(filepath.ToSlash(name))}, Position: protocol.Position{Line: 109, Character: 7},
		}
		for _, a := range asks {
			if got, err := a.ask(c.server, at); err != nil || fmt.Sprint(got) == "<nil>" {
				t.Fatal(a.name, got, err)
			}
			counts[a.name] = append(counts[a.name], testing.AllocsPerRun(20, func() { _, _ = a.ask(c.server, at) }))
		}
	}
	for _, a := range asks {
		short, long := counts[a.name][0], counts[a.name][1]
		if long > 1.5*short+10 || long > a.most {
			t.Errorf("%s: %.0f allocations in 300 lines, %.0f in 3,000; %.0f are allowed", a.name, short, long, a.most)
		}
		t.Logf("%s: %.0f, %.0f", a.name, short, long)
	}
}
