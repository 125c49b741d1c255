package lsp

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// Initialize agrees with the client on what both can.
func (s *Server) Initialize(_ context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	caps := readCaps(p.Capabilities)
	enc, kind := caps.encoding()
	locale := ""
	if p.Locale != nil {
		locale = *p.Locale
	}
	s.trace.Store(tracing(p.Trace))
	s.update(func(next *snapshot) {
		next.client, next.enc, next.locale = caps, enc, locale
		next.settings = readSettings(p.InitializationOptions, locale)
		next.folders = foldersOf(s, p)
		s.aliases.Store(&next.folders)
	})
	result := &protocol.InitializeResult{
		Capabilities: s.capabilities(caps),
		ServerInfo:   protocol.ServerInfo{Name: "etamil", Version: protocol.NewOptional(s.opt.Version)},
	}
	result.Capabilities.PositionEncoding = kind
	return result, nil
}

// foldersOf are the client's folders; older clients have one.
func foldersOf(s *Server, p *protocol.InitializeParams) []folder {
	list, ok := p.WorkspaceFolders.Get()
	if !ok || len(list) == 0 {
		root := p.RootURI                         //nolint:staticcheck // what older clients have
		switch path, given := p.RootPath.Get(); { //nolint:staticcheck // the same
		case root != nil && *root != "":
			list = []protocol.WorkspaceFolder{{URI: *root}}
		case given && path != "":
			list = []protocol.WorkspaceFolder{{URI: uri.File(path)}}
		}
	}
	return s.folders(list)
}

// Initialized starts what needs the client: its settings, its watching of files, the look through its folders.
func (s *Server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.work.spawn(func() {
		s.register(s.work.ctx)
		s.pullSettings(s.work.ctx)
	})
	s.scan()
	return nil
}

// Shutdown ends the work; only exit may follow.
func (s *Server) Shutdown(context.Context) error { return nil }

// Exit ends the connection; the chain does.
func (s *Server) Exit(context.Context) error { return nil }
