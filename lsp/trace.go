package lsp

import (
	"context"
	"fmt"
	"time"

	"go.lsp.dev/protocol"
)

// SetTrace turns the trace of messages on or off.
func (s *Server) SetTrace(_ context.Context, p *protocol.SetTraceParams) error {
	s.trace.Store(tracing(p.Value))
	return nil
}

// tracing tells whether a trace is wanted, and 2 where its details are.
func tracing(v protocol.TraceValue) int32 {
	switch v {
	case protocol.TraceValueMessages:
		return 1
	case protocol.TraceValueVerbose:
		return 2
	}
	return 0
}

// traced tells a client that wants to know of each message, and how long it took; the log hears of slow and failed ones.
func (s *Server) traced(method string, took time.Duration, err error) {
	if err != nil || took > 200*time.Millisecond {
		s.log.Info("message", "method", method, "took", took, "error", err)
	}
	level := s.trace.Load()
	if level == 0 || method == protocol.MethodExit {
		return
	}
	p := &protocol.LogTraceParams{Message: fmt.Sprintf("%s: %.1f ms", method, float64(took.Microseconds())/1000)}
	if level == 2 {
		snap := s.current()
		p.Verbose = ptr(fmt.Sprintf("snapshot %d, %d open, %d files, error: %v", snap.seq, len(snap.open), len(snap.disk.files), err))
	}
	_ = s.client.LogTrace(s.work.ctx, p) // a client that is gone needs none
}
