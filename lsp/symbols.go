package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

func documentSymbolCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.DocumentSymbolProvider = &protocol.DocumentSymbolOptions{Label: ptr("eTamil")}
}

// symbolKinds are the protocol's kinds, which choose the icons.
var symbolKinds = map[index.Kind]protocol.SymbolKind{
	index.Function: protocol.SymbolKindFunction, index.Shape: protocol.SymbolKindStruct, index.Field: protocol.SymbolKindField,
	index.Method: protocol.SymbolKindMethod, index.Variable: protocol.SymbolKindVariable, index.Route: protocol.SymbolKindInterface,
	index.Event: protocol.SymbolKindEvent, index.Import: protocol.SymbolKindModule,
}

// DocumentSymbol answers what a file declares: nested for clients that can show that, else as a list.
func (s *Server) DocumentSymbol(ctx context.Context, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil || snap.projectAt(f.path) != nil {
		return nil, err
	}
	outline := index.Outline(f.tree())
	if c := snap.client.textCaps().DocumentSymbol; c != nil && yes(c.HierarchicalDocumentSymbolSupport) {
		return protocol.DocumentSymbolSlice(f.documentSymbols(outline)), ctx.Err()
	}
	return protocol.SymbolInformationSlice(f.flatSymbols(nil, outline, "")), ctx.Err()
}

func (f *file) documentSymbols(list []index.Entry) []protocol.DocumentSymbol {
	out := make([]protocol.DocumentSymbol, 0, len(list))
	for _, e := range list {
		one := protocol.DocumentSymbol{
			Name: shownName(e), Kind: symbolKinds[e.Kind], Range: f.rangeOf(around(e.Whole, e.At)), SelectionRange: f.rangeOf(e.At),
		}
		if e.Detail != "" {
			one.Detail = &e.Detail
		}
		if len(e.Children) > 0 {
			one.Children = f.documentSymbols(e.Children)
		}
		out = append(out, one)
	}
	return out
}

func (f *file) flatSymbols(out []protocol.SymbolInformation, list []index.Entry, in string) []protocol.SymbolInformation {
	if out == nil {
		out = []protocol.SymbolInformation{}
	}
	for _, e := range list {
		one := protocol.SymbolInformation{
			BaseSymbolInformation: protocol.BaseSymbolInformation{Name: shownName(e), Kind: symbolKinds[e.Kind]}, Location: f.location(e.At),
		}
		if in != "" {
			one.ContainerName = &in
		}
		out = f.flatSymbols(append(out, one), e.Children, e.Name)
	}
	return out
}

// shownName is what people know an entry by; the protocol allows no empty name.
func shownName(e index.Entry) string {
	switch {
	case e.Kind == index.Route && e.Detail != "":
		return e.Detail + " " + e.Name
	case e.Kind == index.Event && e.Detail != e.Name:
		return e.Detail + " " + e.Name
	case e.Name == "":
		return "?"
	}
	return e.Name
}

// around is a span with another one that it has to hold.
func around(whole, at syntax.Span) syntax.Span {
	return syntax.Span{Start: min(whole.Start, at.Start), End: max(whole.End, at.End)}
}
