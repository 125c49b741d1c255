package lsp

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/lsp/rpc"
)

func diagnosticCapability(c *protocol.ServerCapabilities, caps *clientCaps) {
	if caps.pullDiagnostics {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: ptr("etamil"), InterFileDependencies: true, WorkspaceDiagnostics: true}
	}
}

// Diagnostic answers what is found in one file, or that it is what the client has.
func (s *Server) Diagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	list, err := snap.pulled(ctx, f)
	if err != nil {
		return nil, err
	}
	id := resultID(list)
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id},
		}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: "full", ResultID: &id, Items: list},
	}, nil
}

// pulled are a file's diagnostics for a client that asks. A newer edit makes them useless: the client asks again.
func (s *snapshot) pulled(ctx context.Context, f *file) ([]protocol.Diagnostic, error) {
	if !s.settings.Diagnostics.Enable {
		return []protocol.Diagnostic{}, nil
	}
	found, err := s.findings(ctx, f)
	if errors.Is(err, rpc.ErrStale) {
		return nil, rpc.Superseded()
	}
	if err != nil {
		return nil, err
	}
	if _, late := s.judgedWithin(f); len(late) > 0 {
		s.server.work.wake() // for the rest; the client is told where that changes anything
	}
	return s.diagnostics(f, found), nil
}

// resultID names a list of diagnostics: equal lists have the same name.
func resultID(list []protocol.Diagnostic) string {
	raw, _ := protocol.Marshal(list) // our own values always encode
	h := fnv.New64a()
	_, _ = h.Write(raw) // never fails
	return fmt.Sprintf("%016x", h.Sum64())
}

// DiagnosticWorkspace answers what is found in all files of the folders, a program at a time where the client takes parts.
func (s *Server) DiagnosticWorkspace(ctx context.Context, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	snap := s.snap(ctx)
	before := map[string]string{}
	for _, id := range p.PreviousResultIds {
		before[snap.key(id.URI)] = id.Value
	}
	all := &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}
	for _, name := range snap.everything() {
		f := snap.at(name)
		if f == nil {
			continue
		}
		list, err := snap.pulled(ctx, f)
		if err != nil {
			return nil, err
		}
		item := workspaceItem(f, list, before[name])
		part := &protocol.WorkspaceDiagnosticReportPartialResult{Items: []protocol.WorkspaceDocumentDiagnosticReport{item}}
		if !s.partial(ctx, p.PartialResultToken, part) {
			all.Items = append(all.Items, item)
		}
		delete(before, name)
	}
	return all, nil
}

func workspaceItem(f *file, list []protocol.Diagnostic, before string) protocol.WorkspaceDocumentDiagnosticReport {
	var version *int32
	if f.open {
		version = &f.version
	}
	id := resultID(list)
	if id == before {
		return &protocol.WorkspaceUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id},
			URI:                               f.uri, Version: version,
		}
	}
	return &protocol.WorkspaceFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: "full", ResultID: &id, Items: list},
		URI:                          f.uri, Version: version,
	}
}

// everything lists the paths of all files that are spoken of: the open ones, the folders' programs, the project files.
func (s *snapshot) everything() []string {
	names := map[string]bool{}
	for name := range s.open {
		names[name] = true
	}
	for name := range s.disk.files {
		names[name] = true
	}
	for _, p := range s.disk.projects {
		if p != nil {
			names[p.file.path] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
