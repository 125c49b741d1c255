package lsp

import (
	"context"
	"log/slog"
	"strings"

	"go.lsp.dev/protocol"
)

// clientLog writes what the log is told to the log, and warnings and errors to the client's own too.
type clientLog struct {
	slog.Handler
	s *Server
}

// Handle writes one record.
func (h clientLog) Handle(ctx context.Context, r slog.Record) error {
	if client := h.s.client; client != nil && r.Level >= slog.LevelWarn {
		kind := protocol.MessageTypeWarning
		if r.Level >= slog.LevelError {
			kind = protocol.MessageTypeError
		}
		var text strings.Builder
		text.WriteString(r.Message)
		r.Attrs(func(a slog.Attr) bool {
			text.WriteString(" " + a.String())
			return true
		})
		_ = client.LogMessage(ctx, &protocol.LogMessageParams{Type: kind, Message: text.String()}) // a client that is gone needs none
	}
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r) //nolint:wrapcheck // nobody looks at it
}

// Enabled is for all that the client may be told.
func (h clientLog) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn || h.Handler.Enabled(ctx, l)
}
