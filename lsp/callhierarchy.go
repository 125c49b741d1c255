package lsp

import (
	"cmp"
	"context"
	"path"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

func callHierarchyCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.CallHierarchyProvider = protocol.Boolean(true)
}

// PrepareCallHierarchy answers the function or method that is named at a place, else the one around it.
func (s *Server) PrepareCallHierarchy(ctx context.Context, p *protocol.CallHierarchyPrepareParams) ([]protocol.CallHierarchyItem, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	var list []protocol.CallHierarchyItem
	o, _ := t.name()
	for _, sym := range symbols(o) {
		list = append(list, t.prog.functionItems(sym)...)
	}
	if len(list) == 0 {
		if item, ok := t.prog.caller(t.n, t.off); ok && item.Kind != protocol.SymbolKindFile {
			list = append(list, item)
		}
	}
	return list, ctx.Err()
}

// functionItems are a function or method where it is declared.
func (p *program) functionItems(sym index.Symbol) []protocol.CallHierarchyItem {
	if sym.Kind != index.Function && sym.Kind != index.Method {
		return nil
	}
	var list []protocol.CallHierarchyItem
	for _, d := range p.names.Decls(sym) {
		list = append(list, p.functionItem(sym, d))
	}
	return list
}

func (p *program) functionItem(sym index.Symbol, d index.Occurrence) protocol.CallHierarchyItem {
	f := p.files[d.File]
	whole := nameSpan(d)
	if around, ok := declarationAround(p.prog.Files[d.File], whole); ok {
		whole = around
	}
	item := protocol.CallHierarchyItem{
		Name: sym.Name, Kind: symbolKinds[sym.Kind], URI: f.uri, Range: f.rangeOf(whole), SelectionRange: f.rangeOf(nameSpan(d)),
	}
	if sym.Of != "" {
		item.Detail = &sym.Of
	}
	return item
}

// caller is what runs at an offset: a function, a route, or a file as a whole.
func (p *program) caller(n, off int) (protocol.CallHierarchyItem, bool) {
	f := p.files[n]
	if sym, whole, ok := p.names.Enclosing(n, off); ok {
		for _, d := range p.names.Decls(sym) {
			if d.File == n && whole.Start <= d.Span.Start && d.Span.End <= whole.End {
				return p.functionItem(sym, d), true
			}
		}
	}
	for _, r := range p.names.Routes() {
		if r.File == n && r.Whole.Start <= off && off <= r.Whole.End {
			return protocol.CallHierarchyItem{
				Name: cmp.Or(r.Path, r.Method, "?"), Kind: symbolKinds[index.Route], Detail: ptr(r.Method), URI: f.uri,
				Range: f.rangeOf(around(r.Whole, r.At)), SelectionRange: f.rangeOf(r.At),
			}, true
		}
	}
	end := syntax.Span{End: len(p.prog.Files[n].Src)}
	return protocol.CallHierarchyItem{
		Name: path.Base(f.path), Kind: protocol.SymbolKindFile, URI: f.uri, Range: f.rangeOf(end), SelectionRange: f.rangeOf(syntax.Span{}),
	}, true
}

// itemKey identifies an item among others.
type itemKey struct {
	uri uri.URI
	at  protocol.Range
	is  protocol.SymbolKind
}

func keyOf(it *protocol.CallHierarchyItem) itemKey {
	return itemKey{it.URI, it.SelectionRange, it.Kind}
}

// item finds again what an item stands for.
func (s *Server) item(ctx context.Context, u uri.URI, at protocol.Position) (*spotted, error) {
	return s.spot(ctx, protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: u}, Position: at})
}

// IncomingCalls answers what calls a function or method, or uses it as a value, in all programs that can see it. Routes and
// files as a whole are called by nobody that is known.
func (s *Server) IncomingCalls(ctx context.Context, p *protocol.CallHierarchyIncomingCallsParams) ([]protocol.CallHierarchyIncomingCall, error) {
	t, err := s.item(ctx, p.Item.URI, p.Item.SelectionRange.Start)
	if err != nil || t == nil || p.Item.Kind != symbolKinds[index.Function] && p.Item.Kind != symbolKinds[index.Method] {
		return nil, err
	}
	found, err := t.everywhere(ctx, false)
	if err != nil {
		return nil, err
	}
	calls := map[itemKey]int{}
	list := []protocol.CallHierarchyIncomingCall{}
	for _, prog := range found.progs {
		for _, sym := range found.done[prog.root] {
			for _, site := range prog.names.CallsTo(sym) {
				from, _ := prog.caller(site.At.File, site.At.Span.Start)
				i, known := calls[keyOf(&from)]
				if !known {
					i = len(list)
					calls[keyOf(&from)] = i
					list = append(list, protocol.CallHierarchyIncomingCall{From: from})
				}
				at := prog.files[site.At.File].rangeOf(nameSpan(site.At))
				if !slices.Contains(list[i].FromRanges, at) {
					list[i].FromRanges = append(list[i].FromRanges, at)
				}
			}
		}
	}
	return list, ctx.Err()
}

// OutgoingCalls answers which functions and methods of the program a function, a route or a file calls.
func (s *Server) OutgoingCalls(ctx context.Context, p *protocol.CallHierarchyOutgoingCallsParams) ([]protocol.CallHierarchyOutgoingCall, error) {
	t, err := s.item(ctx, p.Item.URI, p.Item.SelectionRange.Start)
	if err != nil || t == nil {
		return nil, err
	}
	calls := map[itemKey]int{}
	list := []protocol.CallHierarchyOutgoingCall{}
	for _, site := range t.calls(&p.Item) {
		at := t.prog.files[site.At.File].rangeOf(nameSpan(site.At))
		for _, to := range t.prog.functionItems(site.To) {
			i, known := calls[keyOf(&to)]
			if !known {
				i = len(list)
				calls[keyOf(&to)] = i
				list = append(list, protocol.CallHierarchyOutgoingCall{To: to})
			}
			list[i].FromRanges = append(list[i].FromRanges, at)
		}
	}
	return list, ctx.Err()
}

// calls are the calls in what an item stands for, in its own file.
func (t *spotted) calls(item *protocol.CallHierarchyItem) []index.CallSite {
	if o, ok := t.name(); ok && (o.Symbol.Kind == index.Function || o.Symbol.Kind == index.Method) {
		return slices.DeleteFunc(t.prog.names.CallsFrom(o.Symbol), func(c index.CallSite) bool { return c.At.File != t.n })
	}
	within := t.file.spanOf(item.Range)
	routes := t.prog.names.Routes()
	var list []index.CallSite
	t.prog.names.Names(t.n, func(o index.Occurrence) bool {
		at := o.Span.Start
		if o.Access != index.Call && o.Access != index.Read || at < within.Start || at > within.End {
			return true
		}
		if _, _, inside := t.prog.names.Enclosing(t.n, at); inside {
			return true
		}
		if item.Kind == protocol.SymbolKindFile && slices.ContainsFunc(routes, func(r index.RouteInfo) bool {
			return r.File == t.n && r.Whole.Start <= at && at <= r.Whole.End
		}) {
			return true
		}
		full, _ := t.prog.names.At(t.n, at)
		for _, to := range symbols(full) {
			list = append(list, index.CallSite{To: to, At: full})
		}
		return true
	})
	return list
}
