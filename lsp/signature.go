package lsp

import (
	"context"
	"unicode/utf16"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/assist"
)

func signatureCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.SignatureHelpProvider = &protocol.SignatureHelpOptions{
		TriggerCharacters: []string{"(", ",", " "}, RetriggerCharacters: []string{")"},
	}
}

// signatureCaps is what a client says of signatures; never nil.
func (c *clientCaps) signatureCaps() *protocol.ClientSignatureInformationOptions {
	if t := c.raw.TextDocument; t != nil && t.SignatureHelp != nil && t.SignatureHelp.SignatureInformation != nil {
		return t.SignatureHelp.SignatureInformation
	}
	return &protocol.ClientSignatureInformationOptions{}
}

// SignatureHelp tells what the call around a place takes. A space that was typed asks only for what takes several things: a
// statement word without brackets is followed by one.
func (s *Server) SignatureHelp(ctx context.Context, p *protocol.SignatureHelpParams) (*protocol.SignatureHelp, error) {
	q, err := s.question(ctx, p.TextDocumentPositionParams)
	if err != nil || q == nil || q.prog == nil {
		return nil, err
	}
	found := s.assist.helper.Signature(q.at, q.options())
	typed := p.Context.TriggerCharacter
	if len(found.List) == 0 || typed != nil && *typed == " " && !p.Context.IsRetrigger && len(found.List[found.Active].Params) < 2 {
		return nil, ctx.Err()
	}
	caps := q.snap.client.signatureCaps()
	help := &protocol.SignatureHelp{ActiveSignature: ptr(uint32(found.Active))}
	for i := range found.List {
		help.Signatures = append(help.Signatures, signatureOf(&found.List[i], caps))
	}
	help.ActiveParameter = activeParameter(&found.List[found.Active], caps)
	return help, ctx.Err()
}

func signatureOf(sig *assist.Signature, caps *protocol.ClientSignatureInformationOptions) protocol.SignatureInformation {
	out := protocol.SignatureInformation{Label: sig.Label, Parameters: make([]protocol.ParameterInformation, 0, len(sig.Params))}
	if doc := markup(sig.Doc, caps.DocumentationFormat); doc != nil {
		out.Documentation = doc
	}
	offsets := caps.ParameterInformation != nil && yes(caps.ParameterInformation.LabelOffsetSupport)
	for i, span := range sig.Params {
		param := protocol.ParameterInformation{Label: protocol.String(sig.Label[span.Start:span.End])}
		if offsets {
			param.Label = protocol.ParameterInformationLabelTuple{utf16Length(sig.Label[:span.Start]), utf16Length(sig.Label[:span.End])}
		}
		if sig.Docs[i] != "" {
			param.Documentation = protocol.String(sig.Docs[i])
		}
		out.Parameters = append(out.Parameters, param)
	}
	if yes(caps.ActiveParameterSupport) {
		out.ActiveParameter = activeParameter(sig, caps)
	}
	return out
}

// activeParameter is the active one's number. Where there is none, clients that know null are told so; for others a number
// behind the last does.
func activeParameter(sig *assist.Signature, caps *protocol.ClientSignatureInformationOptions) protocol.Nullable[uint32] {
	switch {
	case sig.Active >= 0:
		return protocol.NewNullable(uint32(sig.Active))
	case yes(caps.NoActiveParameterSupport):
		return protocol.NullNullable[uint32]()
	}
	return protocol.NewNullable(uint32(len(sig.Params)))
}

// utf16Length counts as the labels of parameters are counted, whatever was agreed on for positions.
func utf16Length(s string) uint32 {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return uint32(n)
}
