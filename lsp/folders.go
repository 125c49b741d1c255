package lsp

import (
	"context"
	"path"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax/project/files"
)

// folders makes ours of the client's folders. One inside another is a part of it.
func (s *Server) folders(list []protocol.WorkspaceFolder) []folder {
	var out []folder
	for _, f := range list {
		at := pathOf(f.URI)
		if !isFile(at) {
			continue
		}
		id := s.canonical(at)
		if !slices.ContainsFunc(out, func(o folder) bool { return o.path == id }) {
			out = append(out, folder{path: id, as: at, name: f.Name})
		}
	}
	return out
}

// DidChangeWorkspaceFolders takes folders in and lets others go.
func (s *Server) DidChangeWorkspaceFolders(_ context.Context, p *protocol.DidChangeWorkspaceFoldersParams) error {
	gone, come := s.folders(p.Event.Removed), s.folders(p.Event.Added)
	s.update(func(next *snapshot) {
		list := slices.DeleteFunc(slices.Clone(next.folders), func(f folder) bool {
			return slices.ContainsFunc(gone, func(g folder) bool { return g.path == f.path })
		})
		for _, f := range come {
			if !slices.ContainsFunc(list, func(o folder) bool { return o.path == f.path }) {
				list = append(list, f)
			}
		}
		next.folders = list
		s.aliases.Store(&list)
	})
	s.scan()
	return nil
}

// scan looks through the folders, in the background. People may stop it; then what was found is known, and what needs all
// of it says that there is more.
func (s *Server) scan() {
	s.work.spawn(func() {
		s.scanning.Lock() // one look at a time: the later one sees the newer folders
		defer s.scanning.Unlock()
		ctx := s.work.ctx
		snap := s.current()
		p, work := s.begin(ctx, snap, "scan", snap.say("நிரல்களைப் படிக்கிறது", "reading programs"))
		names := snap.find(work)
		found := make(map[string]*file, len(names))
		for i, name := range names {
			if work.Err() != nil {
				break
			}
			if f := s.readFile(name, snap.enc); f != nil {
				found[name] = f
				f.imports()
			}
			if i%100 == 99 {
				p.report(ctx, path.Base(name), i, len(names))
			}
		}
		if ctx.Err() != nil {
			return
		}
		s.update(func(next *snapshot) {
			next.disk = &disk{files: found, scanned: work.Err() == nil, stopped: work.Err() != nil}
			next.readProjects(true)
			next.changed("", true)
		})
		p.end(ctx, "")
		s.refreshClient(ctx)
	})
}

// find lists the programs of the folders by their canonical paths.
func (s *snapshot) find(ctx context.Context) []string {
	seen := map[string]bool{}
	projects := map[string]*projectFile{}
	finder := s.finder(func(name string) bool { return s.readProjectsAbove(path.Dir(name), projects).excludes(name) })
	var names []string
	for _, f := range s.folders {
		if ctx.Err() != nil {
			break
		}
		finder.Walk(f.path, func(name string) {
			if id := s.server.canonical(name); !seen[id] && ctx.Err() == nil {
				seen[id] = true
				names = append(names, id)
			}
		}, func(name string, err error) {
			s.server.log.Warn("a path cannot be looked at", "path", name, "error", err)
		})
	}
	return names
}

// finder finds programs as etamil check does.
func (s *snapshot) finder(leftOut func(name string) bool) *files.Finder {
	return files.New(s.server.opt.Disk, path.Clean, leftOut)
}

// taker tells of paths whether they are among the folders' programs.
func (s *snapshot) taker() func(name string) bool {
	f := s.finder(func(name string) bool { return s.project(name).excludes(name) })
	return func(name string) bool {
		return slices.ContainsFunc(s.folders, func(in folder) bool { return f.Takes(in.path, name) })
	}
}
