package lsp

import (
	"slices"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax/position"
)

// clientCaps are the client's abilities, read once; what it does not mention it has not.
type clientCaps struct {
	raw protocol.ClientCapabilities

	positionEncodings []protocol.PositionEncodingKind
	progress          bool // window.workDoneProgress
	configuration     bool // workspace.configuration
	watchFiles        bool // workspace.didChangeWatchedFiles.dynamicRegistration
	pullDiagnostics   bool
	markupMessages    bool // messages of diagnostics may be Markdown
	refreshDiagnostic bool
	refreshTokens     bool
	refreshHints      bool
	refreshLenses     bool
	related           bool // diagnostics may name further places
	tags              bool
	codeHref          bool
	lineFolding       bool // whole lines only
	foldingLimit      int  // 0 is none
	collapsedText     bool
	documentChanges   bool
	annotations       bool // edits may carry what they are for
	resourceOps       []protocol.ResourceOperationKind
	applyEdit         bool
	showDocument      bool
	multilineTokens   bool
	textContent       bool
	markdownHover     bool
}

// yes reads an optional switch.
func yes(b *bool) bool { return b != nil && *b }

// readCaps reads what a client says of itself.
func readCaps(raw protocol.ClientCapabilities) *clientCaps {
	c := &clientCaps{raw: raw}
	if g := raw.General; g != nil {
		c.positionEncodings = g.PositionEncodings
	}
	if w := raw.Window; w != nil {
		c.progress = yes(w.WorkDoneProgress)
		c.showDocument = w.ShowDocument != nil && w.ShowDocument.Support
	}
	if w := raw.Workspace; w != nil {
		c.readWorkspace(w)
	}
	if t := raw.TextDocument; t != nil {
		c.readText(t)
	}
	return c
}

func (c *clientCaps) readWorkspace(w *protocol.WorkspaceClientCapabilities) {
	c.configuration, c.applyEdit = yes(w.Configuration), yes(w.ApplyEdit)
	c.watchFiles = w.DidChangeWatchedFiles != nil && yes(w.DidChangeWatchedFiles.DynamicRegistration)
	c.refreshDiagnostic = w.Diagnostics != nil && yes(w.Diagnostics.RefreshSupport)
	c.refreshTokens = w.SemanticTokens != nil && yes(w.SemanticTokens.RefreshSupport)
	c.refreshHints = w.InlayHint != nil && yes(w.InlayHint.RefreshSupport)
	c.refreshLenses = w.CodeLens != nil && yes(w.CodeLens.RefreshSupport)
	c.textContent = w.TextDocumentContent != nil
	if e := w.WorkspaceEdit; e != nil {
		c.documentChanges = yes(e.DocumentChanges)
		c.annotations = e.ChangeAnnotationSupport != nil
		c.resourceOps = e.ResourceOperations
	}
}

func (c *clientCaps) readText(t *protocol.TextDocumentClientCapabilities) {
	if d := t.Diagnostic; d != nil {
		c.pullDiagnostics, c.markupMessages = true, yes(d.MarkupMessageSupport)
		c.readDiagnostics(d.DiagnosticsCapabilities)
	}
	if d := t.PublishDiagnostics; d != nil {
		c.readDiagnostics(d.DiagnosticsCapabilities)
	}
	if f := t.FoldingRange; f != nil {
		c.lineFolding = yes(f.LineFoldingOnly)
		c.collapsedText = f.FoldingRange != nil && yes(f.FoldingRange.CollapsedText)
		if f.RangeLimit != nil {
			c.foldingLimit = number(*f.RangeLimit)
		}
	}
	c.multilineTokens = yes(t.SemanticTokens.MultilineTokenSupport)
	c.markdownHover = t.Hover != nil && slices.Contains(t.Hover.ContentFormat, protocol.MarkupKindMarkdown)
}

func (c *clientCaps) readDiagnostics(d protocol.DiagnosticsCapabilities) {
	c.related = c.related || yes(d.RelatedInformation)
	c.tags = c.tags || len(d.TagSupport.ValueSet) > 0
	c.codeHref = c.codeHref || yes(d.CodeDescriptionSupport)
}

// encoding chooses the units of columns: bytes, which need no counting, then code points; UTF-16 where a client says
// nothing, as the protocol wants.
func (c *clientCaps) encoding() (position.Encoding, protocol.PositionEncodingKind) {
	for _, e := range []struct {
		kind protocol.PositionEncodingKind
		enc  position.Encoding
	}{{protocol.PositionEncodingKindUTF8, position.UTF8}, {protocol.PositionEncodingKindUTF32, position.UTF32}} {
		if slices.Contains(c.positionEncodings, e.kind) {
			return e.enc, e.kind
		}
	}
	return position.UTF16, protocol.PositionEncodingKindUTF16
}
