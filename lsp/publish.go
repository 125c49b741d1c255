package lsp

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// reports are what the client was told about each file.
type reports struct {
	mu   sync.Mutex
	sent map[string]report // by path
}

// report is what was sent about a file.
type report struct {
	uri     uri.URI
	version int32
	open    bool
	text    string // the diagnostics as they were sent
}

// publish tells the client what is found in the files of the open programs: faults of the syntax at once, as they need no
// check, all else when it is known. A client that asks by itself is told of project files only.
func (s *Server) publish(ctx context.Context, snap *snapshot) {
	told := map[string]bool{}
	for _, p := range snap.disk.projects {
		if p != nil && !told[p.file.path] {
			told[p.file.path] = true
			s.send(ctx, snap, p.file, snap.diagnostics(p.file, p.found))
		}
	}
	if !snap.client.pullDiagnostics {
		s.publishOpen(ctx, snap, told)
	}
	if ctx.Err() == nil {
		s.withdraw(ctx, snap, told)
	}
}

func (s *Server) publishOpen(ctx context.Context, snap *snapshot, told map[string]bool) {
	if !snap.settings.Diagnostics.Enable {
		return
	}
	names := slices.Sorted(maps.Keys(snap.open))
	s.publishEarly(ctx, snap, names)
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[name] = true
		roots, late := snap.judgedWithin(snap.open[name])
		for _, root := range late { // what was said of these stays until more is known
			for _, in := range snap.linked().files(root) {
				told[in] = true
			}
		}
		for _, root := range roots {
			p, err := snap.judged(ctx, root)
			if err != nil {
				return
			}
			for _, in := range p.files {
				wanted[in] = true
			}
		}
	}
	if snap.settings.Diagnostics.Scope == "workspace" {
		for name := range snap.disk.files {
			wanted[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		f := snap.at(name)
		if f == nil || snap.projectAt(name) != nil {
			continue
		}
		list, err := snap.findings(ctx, f)
		if err != nil {
			return
		}
		told[name] = true
		s.send(ctx, snap, f, snap.diagnostics(f, list))
	}
}

// patience is how long faults of the syntax wait for what a check says beside them, so that no finding blinks while someone
// writes.
const patience = 30 * time.Millisecond

// publishEarly tells faults of the syntax where a check lasts, and returns when all open programs are checked.
func (s *Server) publishEarly(ctx context.Context, snap *snapshot, names []string) {
	ready := make(chan struct{})
	started := s.work.spawn(func() {
		defer close(ready)
		for _, name := range names {
			if _, err := snap.judged(ctx, snap.rootsOf(snap.open[name])[0]); err != nil {
				return
			}
		}
	})
	if !started {
		return
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-ready:
		return
	case <-timer.C:
	}
	for _, name := range names {
		if f := snap.open[name]; snap.projectAt(name) == nil && f.tree().HasErrors() {
			s.send(ctx, snap, f, snap.diagnostics(f, snap.syntaxFindings(f)))
		}
	}
	<-ready
}

// send publishes a file's diagnostics where the client does not have them yet.
func (s *Server) send(ctx context.Context, snap *snapshot, f *file, list []protocol.Diagnostic) {
	if ctx.Err() != nil {
		return
	}
	raw, _ := protocol.Marshal(list) // our own values always encode
	now := report{uri: f.uri, version: f.version, open: f.open, text: string(raw)}
	s.reports.mu.Lock()
	before, known := s.reports.sent[f.path]
	if before == now || !known && len(list) == 0 && !f.open {
		s.reports.mu.Unlock()
		return
	}
	if s.reports.sent == nil {
		s.reports.sent = map[string]report{}
	}
	s.reports.sent[f.path] = now
	s.reports.mu.Unlock()
	if known && before.uri != now.uri && before.text != "[]" {
		s.clear(ctx, before.uri) // the client calls the file otherwise now
	}
	p := &protocol.PublishDiagnosticsParams{URI: f.uri, Diagnostics: list}
	if f.open {
		p.Version = protocol.NewOptional(f.version)
	}
	if err := s.client.PublishDiagnostics(ctx, p); err != nil && ctx.Err() == nil {
		s.log.Warn("diagnostics were not sent", "error", err)
	}
}

// withdraw takes back what was said of files that are gone, or that are no part of an open program any more.
func (s *Server) withdraw(ctx context.Context, snap *snapshot, told map[string]bool) {
	s.reports.mu.Lock()
	var gone []uri.URI
	for name, r := range s.reports.sent {
		if !told[name] {
			delete(s.reports.sent, name)
			if r.text != "[]" {
				gone = append(gone, r.uri)
			}
		}
	}
	s.reports.mu.Unlock()
	slices.Sort(gone)
	for _, u := range gone {
		s.clear(ctx, u)
	}
}

// clear takes back all that was said of a file.
func (s *Server) clear(ctx context.Context, u uri.URI) {
	_ = s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{URI: u, Diagnostics: []protocol.Diagnostic{}}) // a client that is gone needs none
}
