package lsp

import (
	"context"
	"path"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax/project/files"
)

// register asks the client to tell of files that change on disk.
func (s *Server) register(ctx context.Context) {
	if !s.current().client.watchFiles {
		return
	}
	watchers := []protocol.FileSystemWatcher{
		{GlobPattern: protocol.Pattern("**/*" + files.Ext)},
		{GlobPattern: protocol.Pattern("**/" + projectName)},
		{GlobPattern: protocol.Pattern("**/.gitignore")},
	}
	err := s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
		ID: "etamil/watch", Method: protocol.MethodWorkspaceDidChangeWatchedFiles,
		RegisterOptions: anyOf(&protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: watchers}),
	}}})
	if err != nil {
		s.log.Warn("the client watches no files", "error", err)
	}
}

// DidChangeWatchedFiles reads again what has changed on disk. What decides which files there are makes for a new look
// through the folders.
func (s *Server) DidChangeWatchedFiles(_ context.Context, p *protocol.DidChangeWatchedFilesParams) error {
	s.cache.forget()
	again := false
	var names []string
	for _, change := range p.Changes {
		name := s.canonical(pathOf(change.URI))
		switch path.Base(name) {
		case projectName, ".gitignore":
			again = true
		default:
			names = append(names, name)
		}
		if path.Ext(name) != files.Ext && change.Type != protocol.FileChangeTypeChanged {
			again = true // a folder that came or went
		}
	}
	s.update(func(next *snapshot) { next.refresh(names) })
	if again {
		s.scan()
	} else {
		s.work.spawn(func() { s.refreshClient(s.work.ctx) })
	}
	return nil
}

// refreshClient asks the client to ask again for what depends on more than the text of one file.
func (s *Server) refreshClient(ctx context.Context) {
	c := s.current().client
	s.refreshDiagnostics(ctx)
	s.refresh(ctx, c.refreshTokens, s.client.SemanticTokensRefresh)
	s.refresh(ctx, c.refreshHints, s.client.InlayHintRefresh)
	s.refresh(ctx, c.refreshLenses, s.client.CodeLensRefresh)
}

// refreshDiagnostics asks a client that asks for diagnostics to do so again.
func (s *Server) refreshDiagnostics(ctx context.Context) {
	s.refresh(ctx, s.current().client.refreshDiagnostic, s.client.DiagnosticRefresh)
}

func (s *Server) refresh(ctx context.Context, can bool, do func(context.Context) error) {
	if !can || ctx.Err() != nil {
		return
	}
	if err := do(ctx); err != nil && ctx.Err() == nil {
		s.log.Warn("the client refreshed nothing", "error", err)
	}
}
