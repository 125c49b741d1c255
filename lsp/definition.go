package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

func definitionCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.DefinitionProvider = protocol.Boolean(true)
	c.DeclarationProvider = protocol.Boolean(true)
	c.TypeDefinitionProvider = protocol.Boolean(true)
}

// textCaps is what a client says of texts; never nil.
func (c *clientCaps) textCaps() *protocol.TextDocumentClientCapabilities {
	if c.raw.TextDocument != nil {
		return c.raw.TextDocument
	}
	return &protocol.TextDocumentClientCapabilities{}
}

// aim is where a request for a definition leads: from a range of the asking file to a name inside a declaration.
type aim struct {
	from  protocol.Range
	file  *file
	whole syntax.Span
	at    syntax.Span
}

// Definition answers where what stands at a place is declared: names at their declarations, a variable where it is first
// set, the path of an import at the file, a part of a route's path that a variable holds at that path.
func (s *Server) Definition(ctx context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	aims, caps, err := s.definitions(ctx, p.TextDocumentPositionParams)
	if err != nil {
		return nil, err
	}
	c := caps.textCaps().Definition
	return definitionResult(aims, c != nil && yes(c.LinkSupport)), ctx.Err()
}

// Declaration answers the same as Definition: eTamil declares what it defines.
func (s *Server) Declaration(ctx context.Context, p *protocol.DeclarationParams) (protocol.DeclarationResult, error) {
	aims, caps, err := s.definitions(ctx, p.TextDocumentPositionParams)
	if err != nil || len(aims) == 0 {
		return nil, err
	}
	if c := caps.textCaps().Declaration; c != nil && yes(c.LinkSupport) {
		list := make(protocol.DeclarationLinkSlice, 0, len(aims))
		for _, l := range linksOf(aims) {
			list = append(list, protocol.DeclarationLink(l))
		}
		return list, ctx.Err()
	}
	return protocol.LocationSlice(locationsOf(aims)), ctx.Err()
}

// TypeDefinition answers where the shapes are declared that a value at a place is of: its own, those of its items, of what
// a call answers.
func (s *Server) TypeDefinition(ctx context.Context, p *protocol.TypeDefinitionParams) (protocol.TypeDefinitionResult, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil || t.prog.info == nil {
		return nil, err
	}
	names, from := t.shapesAt()
	var aims []aim
	for _, name := range names {
		if sh := t.prog.info.Shape(name); sh != nil {
			aims = append(aims, t.declaration(from, index.Occurrence{File: sh.At.File, Span: sh.At.Span}))
		}
	}
	c := t.snap.client.textCaps().TypeDefinition
	return definitionResult(aims, c != nil && yes(c.LinkSupport)), ctx.Err()
}

func definitionResult(aims []aim, links bool) protocol.DefinitionResult {
	switch {
	case len(aims) == 0:
		return nil
	case links:
		list := make(protocol.DefinitionLinkSlice, 0, len(aims))
		for _, l := range linksOf(aims) {
			list = append(list, protocol.DefinitionLink(l))
		}
		return list
	}
	return protocol.LocationSlice(locationsOf(aims))
}

func linksOf(aims []aim) []protocol.LocationLink {
	list := make([]protocol.LocationLink, 0, len(aims))
	for _, a := range aims {
		list = append(list, protocol.LocationLink{
			OriginSelectionRange: &a.from, TargetURI: a.file.uri, TargetRange: a.file.rangeOf(a.whole), TargetSelectionRange: a.file.rangeOf(a.at),
		})
	}
	return list
}

func locationsOf(aims []aim) []protocol.Location {
	list := make([]protocol.Location, 0, len(aims))
	for _, a := range aims {
		list = append(list, a.file.location(a.at))
	}
	return list
}

// definitions finds where what stands at a place is declared.
func (s *Server) definitions(ctx context.Context, p protocol.TextDocumentPositionParams) ([]aim, *clientCaps, error) {
	snap := s.snap(ctx)
	t, err := s.spot(ctx, p)
	if err != nil || t == nil {
		return nil, snap.client, err
	}
	if list, ok := t.imported(); ok {
		return list, snap.client, nil
	}
	o, ok := t.name()
	if !ok {
		return nil, snap.client, nil
	}
	if o.Symbol.Kind == index.Server {
		return t.pathPart(o), snap.client, nil
	}
	var aims []aim
	for _, sym := range symbols(o) {
		for _, d := range t.prog.names.Decls(sym) {
			aims = append(aims, t.declaration(nameSpan(o), d))
		}
	}
	return aims, snap.client, nil
}

// declaration is the way from a span to the name of a declaration, with the whole of it.
func (t *spotted) declaration(from syntax.Span, d index.Occurrence) aim {
	f := t.prog.files[d.File]
	a := aim{from: t.file.rangeOf(from), file: f, at: nameSpan(d), whole: nameSpan(d)}
	if around, ok := declarationAround(t.prog.prog.Files[d.File], a.at); ok {
		a.whole = around
	}
	return a
}

// declarationAround is the innermost statement, field, parameter or function that declares the name at a span.
func declarationAround(f *syntax.File, at syntax.Span) (best syntax.Span, ok bool) {
	for i, s := range f.Stmts {
		base := f.Base(i)
		if span := s.Span().Shift(base); at.Start < span.Start || at.End > span.End {
			continue
		}
		syntax.Walk(s, func(n syntax.Node) bool {
			span := n.Span().Shift(base)
			if at.Start < span.Start || at.End > span.End {
				return false
			}
			switch n.(type) {
			case *syntax.FieldDecl, *syntax.Param:
				best, ok = span, true
			case *syntax.EachStmt, *syntax.TryStmt, *syntax.RouteStmt: // the name, not the block
				best, ok = at, true
			case syntax.Stmt:
				if _, block := n.(*syntax.Block); !block {
					best, ok = span, true
				}
			}
			return true
		})
		break
	}
	return best, ok
}

// imported is the file that the import at the place names.
func (t *spotted) imported() ([]aim, bool) {
	f := t.file.tree()
	for i, s := range f.Stmts {
		imp, ok := s.(*syntax.ImportStmt)
		if !ok || imp.Path == nil {
			continue
		}
		at := imp.Path.Span().Shift(f.Base(i))
		if t.off < at.Start || t.off > at.End {
			continue
		}
		to := t.snap.at(t.snap.resolve(t.file.path, imp.Path.Value))
		if to == nil {
			return nil, true
		}
		return []aim{{from: t.file.rangeOf(at), file: to}}, true
	}
	return nil, false
}

// pathPart is the part of a route's path that a variable of the server holds.
func (t *spotted) pathPart(o index.Occurrence) []aim {
	part, ok := strings.CutPrefix(t.file.tree().Src[o.Span.Start:o.Span.End], "param_")
	if !ok {
		return nil
	}
	for _, r := range t.prog.names.Routes() {
		if r.File != t.n || o.Span.Start < r.Whole.Start || o.Span.End > r.Whole.End {
			continue
		}
		src := t.file.tree().Src[r.At.Start:r.At.End]
		if i := strings.Index(src, ":"+part); i >= 0 {
			at := syntax.Span{Start: r.At.Start + i, End: r.At.Start + i + 1 + len(part)}
			return []aim{{from: t.file.rangeOf(o.Span), file: t.file, whole: r.At, at: at}}
		}
	}
	return nil
}

// typeAt is the type of what stands at the place: of a name what it holds, of a call what it answers.
func (t *spotted) typeAt() (check.Type, syntax.Span) {
	o, ok := t.name()
	if !ok {
		typ, _ := t.prog.info.TypeBefore(t.n, t.off)
		return typ, syntax.Span{Start: t.off, End: t.off}
	}
	at := nameSpan(o)
	if typ, ok := t.prog.info.TypeOf(t.n, o.Span); ok && typ.Known() && typ.Kind() != check.Function {
		return typ, at
	}
	if sig := t.prog.names.Signature(o.Symbol); sig != nil {
		return sig.Result, at
	}
	if typ := t.prog.names.Type(o.Symbol); typ.Known() {
		return typ, at
	}
	typ, _ := t.prog.info.TypeBefore(t.n, at.End)
	return typ, at
}

// shapesAt are the shape that is named at the place, or those that its value is of.
func (t *spotted) shapesAt() ([]string, syntax.Span) {
	if o, ok := t.name(); ok && o.Symbol.Kind == index.Shape {
		return []string{o.Symbol.Name}, nameSpan(o)
	}
	typ, at := t.typeAt()
	return shapesOf(typ), at
}

// shapesOf are the shapes that values of a type are of, or hold.
func shapesOf(t check.Type) []string {
	var list []string
	for _, a := range t.Alternatives() {
		switch a.Kind() {
		case check.Shaped, check.ShapeName:
			list = append(list, a.Name())
		case check.Array, check.Result, check.Handle:
			list = append(list, shapesOf(a.Elem())...)
		case check.Function:
			if sig, ok := a.Call(); ok {
				list = append(list, shapesOf(sig.Result)...)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
