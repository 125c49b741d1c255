package lsp

import (
	"context"
	"path"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/lsp/rpc"
)

// contentScheme is the scheme of the texts that the server makes: etamil-doc:/explain/E0101.md.
const contentScheme = "etamil-doc"

// TextDocumentContent answers a text that is on no disk.
func (s *Server) TextDocumentContent(ctx context.Context, p *protocol.TextDocumentContentParams) (*protocol.TextDocumentContentResult, error) {
	snap := s.snap(ctx)
	kind, name, _ := strings.Cut(strings.TrimPrefix(p.URI.Path(), "/"), "/")
	if p.URI.Scheme() == contentScheme && kind == "explain" {
		code := strings.TrimSuffix(path.Base(name), ".md")
		if x, ok := diag.Explanation(code); ok {
			return &protocol.TextDocumentContentResult{Text: "# " + code + "\n\n" + x.Text(snap.settings.lang) + "\n"}, nil
		}
	}
	return nil, rpc.Failed(snap.say("இப்படி ஒரு பக்கம் இல்லை: "+p.URI.String(), "there is no such page: "+p.URI.String()))
}
