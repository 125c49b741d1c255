package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
)

func typeHierarchyCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.TypeHierarchyProvider = protocol.Boolean(true)
}

// Shapes declare no parents; one is below another where it has all fields of the other, with the same types, and all its
// methods: code that reads a value of the other reads its values as well.

// PrepareTypeHierarchy answers the shape that is named at a place, or that the value there is of.
func (s *Server) PrepareTypeHierarchy(ctx context.Context, p *protocol.TypeHierarchyPrepareParams) ([]protocol.TypeHierarchyItem, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil || t.prog.info == nil {
		return nil, err
	}
	names, _ := t.shapesAt()
	var list []protocol.TypeHierarchyItem
	for _, name := range names {
		if sh := t.prog.info.Shape(name); sh != nil {
			list = append(list, t.prog.shapeItem(sh))
		}
	}
	return list, ctx.Err()
}

func (p *program) shapeItem(sh *check.Shape) protocol.TypeHierarchyItem {
	f := p.files[sh.At.File]
	whole := sh.At.Span
	if around, ok := declarationAround(p.prog.Files[sh.At.File], whole); ok {
		whole = around
	}
	fields := make([]string, 0, len(sh.Fields))
	for _, one := range sh.Fields {
		fields = append(fields, one.Name)
	}
	detail := "{" + strings.Join(fields, ", ") + "}"
	return protocol.TypeHierarchyItem{
		Name: sh.Name, Kind: symbolKinds[index.Shape], Detail: &detail, URI: f.uri, Range: f.rangeOf(whole), SelectionRange: f.rangeOf(sh.At.Span),
	}
}

// Supertypes answers the shapes whose fields and methods a shape has.
func (s *Server) Supertypes(ctx context.Context, p *protocol.TypeHierarchySupertypesParams) ([]protocol.TypeHierarchyItem, error) {
	return s.related(ctx, p.Item.URI, p.Item.SelectionRange.Start, func(this, other *check.Shape) bool { return has(this, other) })
}

// Subtypes answers the shapes that have the fields and methods of a shape.
func (s *Server) Subtypes(ctx context.Context, p *protocol.TypeHierarchySubtypesParams) ([]protocol.TypeHierarchyItem, error) {
	return s.related(ctx, p.Item.URI, p.Item.SelectionRange.Start, func(this, other *check.Shape) bool { return has(other, this) })
}

func (s *Server) related(ctx context.Context, u uri.URI, at protocol.Position, is func(this, other *check.Shape) bool) ([]protocol.TypeHierarchyItem, error) {
	t, err := s.item(ctx, u, at)
	if err != nil || t == nil || t.prog.info == nil {
		return nil, err
	}
	o, _ := t.name()
	this := t.prog.info.Shape(o.Symbol.Name)
	if o.Symbol.Kind != index.Shape || this == nil {
		return nil, nil
	}
	list := []protocol.TypeHierarchyItem{}
	for _, name := range t.prog.info.Shapes() {
		if other := t.prog.info.Shape(name); name != this.Name && is(this, other) {
			list = append(list, t.prog.shapeItem(other))
		}
	}
	return list, ctx.Err()
}

// has tells whether a shape has all fields and methods of another one that has any.
func has(this, other *check.Shape) bool {
	types := map[string]check.Type{}
	for _, f := range this.Fields {
		types[f.Name] = f.Type
	}
	for _, f := range other.Fields {
		if t, ok := types[f.Name]; !ok || !t.Same(f.Type) {
			return false
		}
	}
	methods := map[string]bool{}
	for _, m := range this.Methods {
		methods[m.Name] = true
	}
	for _, m := range other.Methods {
		if !methods[m.Name] {
			return false
		}
	}
	return len(other.Fields)+len(other.Methods) > 0
}
