package lsp

import (
	"context"
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// views are the texts made of programs that the client has. When a program changes the client is told once, and asks again
// for what it still shows: so nothing is made of every keystroke, and what is closed is forgotten.
type views struct {
	mu   sync.Mutex
	seen map[uri.URI][]*file // what each was made of
}

// maxViews bounds the views that are remembered; nobody looks at more at once.
const maxViews = 64

// show notes that the client is given a view.
func (v *views) show(snap *snapshot, view uri.URI, kind string, of uri.URI) {
	if kind == "explain" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.seen == nil || len(v.seen) >= maxViews {
		v.seen = map[uri.URI][]*file{}
	}
	v.seen[uri.URI(string(view))] = snap.madeOf(kind, of)
}

// madeOf are the texts of which a view is made; nil is one that there is not.
func (s *snapshot) madeOf(kind string, of uri.URI) []*file {
	f := s.at(s.key(of))
	if f == nil || kind != "bytecode" {
		return []*file{f}
	}
	var list []*file
	for _, name := range s.linked().files(s.rootsOf(f)[0]) {
		list = append(list, s.at(name))
	}
	return list
}

// stale answers the views that are no longer as the client has them, and forgets them.
func (v *views) stale(snap *snapshot) (list []uri.URI) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for view, before := range v.seen {
		kind, of := viewed(view)
		if !slices.Equal(before, snap.madeOf(kind, of)) {
			delete(v.seen, view)
			list = append(list, view)
		}
	}
	slices.Sort(list)
	return list
}

// refreshViews asks the client to ask again for the views of programs that have changed.
func (s *Server) refreshViews(ctx context.Context) {
	for _, view := range s.views.stale(s.current()) {
		if err := s.client.TextDocumentContentRefresh(ctx, &protocol.TextDocumentContentRefreshParams{URI: view}); err != nil && ctx.Err() == nil {
			s.log.Warn("the client refreshed no view", "error", err)
		}
	}
}
