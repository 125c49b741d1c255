package lsp

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax"
)

func semanticCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.SemanticTokensProvider = &protocol.SemanticTokensOptions{
		Legend: protocol.SemanticTokensLegend{TokenTypes: tokenTypes(), TokenModifiers: tokenModifiers()},
		Full:   &protocol.SemanticTokensFullDelta{Delta: ptr(true)},
		Range:  protocol.Boolean(true),
	}
}

// painted is the last answer about a file, of which the next one is told as a difference.
type painted struct {
	id   string
	data []uint32
}

// palette keeps what clients have been told of the colours of open files.
type palette struct {
	mu   sync.Mutex
	next int
	last map[string]painted // by path
}

// keep remembers an answer and names it.
func (p *palette) keep(name string, data []uint32) (before painted, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil {
		p.last = map[string]painted{}
	}
	p.next++
	id = strconv.Itoa(p.next)
	before = p.last[name]
	p.last[name] = painted{id: id, data: data}
	return before, id
}

// forget drops the answer about a file that was closed.
func (p *palette) forget(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.last, name)
}

// SemanticTokensFull answers what every word of a text is.
func (s *Server) SemanticTokensFull(ctx context.Context, p *protocol.SemanticTokensParams) (*protocol.SemanticTokens, error) {
	f, data, err := s.paint(ctx, p.TextDocument, nil)
	if err != nil {
		return nil, err
	}
	_, id := s.palette.keep(f.path, data)
	return &protocol.SemanticTokens{ResultID: &id, Data: data}, nil
}

// SemanticTokensFullDelta answers how the words of a text differ from the last answer.
func (s *Server) SemanticTokensFullDelta(ctx context.Context, p *protocol.SemanticTokensDeltaParams) (protocol.SemanticTokensDeltaResult, error) {
	f, data, err := s.paint(ctx, p.TextDocument, nil)
	if err != nil {
		return nil, err
	}
	before, id := s.palette.keep(f.path, data)
	if before.id == "" || before.id != p.PreviousResultID {
		return &protocol.SemanticTokens{ResultID: &id, Data: data}, nil
	}
	return &protocol.SemanticTokensDelta{ResultID: &id, Edits: tokenEdits(before.data, data)}, nil
}

// tokenEdits is the change from one list of numbers to another: one edit, in whole tokens.
func tokenEdits(old, fresh []uint32) []protocol.SemanticTokensEdit {
	const one = 5
	a := 0
	for a < len(old) && a < len(fresh) && old[a] == fresh[a] {
		a++
	}
	a -= a % one
	b := 0
	for b < len(old)-a && b < len(fresh)-a && old[len(old)-1-b] == fresh[len(fresh)-1-b] {
		b++
	}
	b -= b % one
	if a == len(old) && a == len(fresh) {
		return []protocol.SemanticTokensEdit{}
	}
	return []protocol.SemanticTokensEdit{{
		Start: uint32(a), DeleteCount: uint32(len(old) - b - a), Data: slices.Clone(fresh[a : len(fresh)-b]),
	}}
}

// SemanticTokensRange answers what the words of a range are.
func (s *Server) SemanticTokensRange(ctx context.Context, p *protocol.SemanticTokensRangeParams) (*protocol.SemanticTokens, error) {
	_, data, err := s.paint(ctx, p.TextDocument, &p.Range)
	if err != nil {
		return nil, err
	}
	return &protocol.SemanticTokens{Data: data}, nil
}

// paint finds what the words of a text are, or of a range of it.
func (s *Server) paint(ctx context.Context, doc protocol.TextDocumentIdentifier, within *protocol.Range) (*file, []uint32, error) {
	snap := s.snap(ctx)
	f, err := snap.file(doc.URI)
	if err != nil {
		return nil, nil, err
	}
	span := syntax.Span{Start: 0, End: len(f.tree().Src)}
	if within != nil {
		span = f.spanOf(*within)
	}
	return f, snap.written(f).paint(f, span), ctx.Err()
}
