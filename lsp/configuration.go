package lsp

import (
	"context"

	"go.lsp.dev/protocol"
)

// section is the name of our settings in the client's.
const section = "etamil"

// DidChangeConfiguration takes new settings: those that come with it, or those that the client has when asked.
func (s *Server) DidChangeConfiguration(_ context.Context, p *protocol.DidChangeConfigurationParams) error {
	if s.current().client.configuration {
		s.work.spawn(func() { s.pullSettings(s.work.ctx) })
		return nil
	}
	s.configure(p.Settings)
	return nil
}

// pullSettings asks the client for its settings.
func (s *Server) pullSettings(ctx context.Context) {
	defer s.pulled.Store(true)
	if !s.current().client.configuration {
		return
	}
	name := section
	list, err := s.client.Configuration(ctx, &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: &name}}})
	if err != nil || len(list) == 0 {
		if err != nil && ctx.Err() == nil {
			s.log.Warn("the client has no settings", "error", err)
		}
		return
	}
	if string(list[0]) != "null" {
		s.configure(list[0])
		s.refreshClient(ctx)
	}
}

func (s *Server) configure(raw protocol.LSPAny) {
	s.update(func(next *snapshot) { next.settings = readSettings(raw, next.locale) })
}
