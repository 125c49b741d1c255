package lsp

import (
	"context"
	"fmt"
	"sync"

	"go.lsp.dev/protocol"
)

// anyOf encodes a value for a field that may hold anything.
func anyOf(v any) protocol.LSPAny {
	raw, err := protocol.Marshal(v)
	if err != nil {
		return nil // nothing that we send fails to encode
	}
	return raw
}

// progress tells the client how far a piece of work is. Without a token it says nothing.
type progress struct {
	s     *Server
	token protocol.ProgressToken
}

// progresses are the pieces of work that people can stop, by token.
type progresses struct {
	mu   sync.Mutex
	stop map[protocol.ProgressToken]context.CancelFunc
}

// begin starts to tell of work that the server does by itself; the context ends when the client wants it to stop.
func (s *Server) begin(ctx context.Context, snap *snapshot, name, title string) (*progress, context.Context) {
	p := &progress{s: s}
	if !snap.client.progress {
		return p, ctx
	}
	token := protocol.String(fmt.Sprintf("etamil/%s/%d", name, snap.seq))
	if err := s.client.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: token}); err != nil {
		return p, ctx
	}
	p.token = token
	work, stop := context.WithCancel(ctx)
	s.progress.set(token, stop)
	p.send(ctx, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Cancellable: ptr(true), Percentage: ptr(uint32(0))})
	return p, work
}

func (p *progresses) set(token protocol.ProgressToken, stop context.CancelFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop == nil {
		p.stop = map[protocol.ProgressToken]context.CancelFunc{}
	}
	p.stop[token] = stop
}

// end stops a piece of work that may have ended already.
func (p *progresses) end(token protocol.ProgressToken) {
	p.mu.Lock()
	stop := p.stop[token]
	delete(p.stop, token)
	p.mu.Unlock()
	if stop != nil {
		stop()
	}
}

// WorkDoneProgressCancel stops a piece of work that the client is told of.
func (s *Server) WorkDoneProgressCancel(_ context.Context, p *protocol.WorkDoneProgressCancelParams) error {
	s.progress.end(p.Token)
	return nil
}

// report says how much is done, in percent.
func (p *progress) report(ctx context.Context, message string, done, all int) {
	p.send(ctx, &protocol.WorkDoneProgressReport{Kind: "report", Message: &message, Percentage: ptr(uint32(100 * done / max(all, 1)))})
}

// end says that it is over.
func (p *progress) end(ctx context.Context, message string) {
	p.send(ctx, &protocol.WorkDoneProgressEnd{Kind: "end", Message: &message})
	p.s.progress.end(p.token)
}

func (p *progress) send(ctx context.Context, v any) {
	if p.token == nil || ctx.Err() != nil {
		return
	}
	_ = p.s.client.Progress(ctx, &protocol.ProgressParams{Token: p.token, Value: anyOf(v)}) // a client that is gone needs none
}

// partial sends a part of an answer under the request's token, and tells whether the client wants parts.
func (s *Server) partial(ctx context.Context, token protocol.ProgressToken, part any) bool {
	if token == nil {
		return false
	}
	return s.client.Progress(ctx, &protocol.ProgressParams{Token: token, Value: anyOf(part)}) == nil
}
