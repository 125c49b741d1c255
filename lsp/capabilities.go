package lsp

import (
	"go.lsp.dev/protocol"
)

// capabilities is what the server says that it can. A new request adds its line to the list.
func (s *Server) capabilities(caps *clientCaps) protocol.ServerCapabilities {
	var c protocol.ServerCapabilities
	for _, add := range []func(*protocol.ServerCapabilities, *clientCaps){
		syncCapability,
		diagnosticCapability,
		completionCapability,
		hoverCapability,
		signatureCapability,
		formattingCapability,
		foldingCapability,
		selectionCapability,
		semanticCapability,
		workspaceCapability,
		fileOperations,
		commandCapability,
		definitionCapability,
		referencesCapability,
		highlightCapability,
		documentSymbolCapability,
		workspaceSymbolCapability,
		renameCapability,
		callHierarchyCapability,
		typeHierarchyCapability,
		codeLensCapability,
		documentLinkCapability,
		linkedEditingCapability,
		inlayHintCapability,
		codeActionCapability,
	} {
		add(&c, caps)
	}
	return c
}

// ptr is a pointer to a value, for the protocol's optional fields.
func ptr[T any](v T) *T { return &v }

func syncCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.TextDocumentSync = &protocol.TextDocumentSyncOptions{
		OpenClose: ptr(true), Change: ptr(protocol.TextDocumentSyncKindIncremental), Save: protocol.Boolean(true),
	}
}

func workspaceCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.Workspace = &protocol.WorkspaceOptions{
		WorkspaceFolders:    &protocol.WorkspaceFoldersServerCapabilities{Supported: ptr(true), ChangeNotifications: protocol.Boolean(true)},
		TextDocumentContent: &protocol.TextDocumentContentOptions{Schemes: []string{contentScheme}},
	}
}
