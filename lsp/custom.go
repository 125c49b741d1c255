package lsp

import (
	"context"

	"go.lsp.dev/jsonrpc2"
)

// Custom answers the methods that only this server has; docs/lsp.md lists them.
func (s *Server) Custom(context.Context, string, []byte) (any, error) {
	return nil, jsonrpc2.ErrMethodNotFound
}
