package lsp

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/assist"
)

// assistance is what completion, hover and signature help keep between requests.
type assistance struct {
	helper assist.Assistant

	mu    sync.Mutex
	names map[string]declared // of the workspace's files, by path
}

// declared are the names that a text declares.
type declared struct {
	text  string
	names *assist.Names
}

// of answers the names that a file declares; they are read once for each text.
func (a *assistance) of(f *file) *assist.Names {
	a.mu.Lock()
	defer a.mu.Unlock()
	if d, ok := a.names[f.path]; ok && d.text == f.text {
		return d.names
	}
	if a.names == nil {
		a.names = map[string]declared{}
	}
	d := declared{f.text, assist.NamesOf(f.text)}
	a.names[f.path] = d
	return d.names
}

// question is a place to ask about. In a project file there is no program, and of the place only the Offset is set.
type question struct {
	snap *snapshot
	file *file
	prog *program
	at   assist.Place
}

// question finds the place of a request; nil where nothing can be said.
func (s *Server) question(ctx context.Context, p protocol.TextDocumentPositionParams) (*question, error) {
	snap := s.snap(ctx)
	f, off, err := snap.place(p)
	if err != nil {
		return nil, err
	}
	if path.Base(f.path) == projectName {
		return &question{snap: snap, file: f, at: assist.Place{Offset: off}}, nil
	}
	prog, err := snap.program(ctx, f)
	if err != nil {
		return nil, err
	}
	n := prog.number(f.path)
	if n < 0 {
		return nil, nil
	}
	return &question{snap, f, prog, assist.Place{Program: prog.prog, Info: prog.info, Index: prog.names, File: n, Offset: off}}, nil
}

// options are what the settings say of answers.
func (q *question) options() assist.Options {
	o := assist.Options{Lang: q.snap.settings.lang}
	switch q.snap.settings.Completion.Script {
	case "tamil":
		o.Script = assist.Tamil
	case "roman":
		o.Script = assist.Roman
	case "english":
		o.Script = assist.English
	}
	return o
}

// others are the files of the same folder that the program does not know, and the paths of all that it may import.
func (q *question) others(a *assistance) (list []assist.Other, paths []string) {
	known := map[string]bool{q.file.path: true}
	for _, f := range q.prog.files {
		known[f.path] = true
	}
	root := q.snap.folderOf(q.file.path)
	take := func(f *file) {
		if f.path == q.file.path || q.snap.folderOf(f.path) != root || path.Ext(f.path) != ".qmz" {
			return
		}
		to := relative(path.Dir(q.file.path), f.path)
		paths = append(paths, to)
		if !known[f.path] {
			list = append(list, assist.Other{Path: to, Names: a.of(f)})
		}
	}
	for _, f := range q.snap.open {
		take(f)
	}
	for name, f := range q.snap.disk.files {
		if q.snap.open[name] == nil {
			take(f)
		}
	}
	slices.Sort(paths)
	slices.SortFunc(list, func(a, b assist.Other) int { return strings.Compare(a.Path, b.Path) })
	return list, paths
}

// folderOf is the client's folder that holds a file, "" where none does.
func (s *snapshot) folderOf(name string) string {
	best := ""
	for _, f := range s.folders {
		if strings.HasPrefix(name, f.path+"/") && len(f.path) > len(best) {
			best = f.path
		}
	}
	return best
}

// relative is the way from a folder to a file, as an import says it.
func relative(dir, name string) string {
	up := ""
	for dir != "/" && dir != "." && !strings.HasPrefix(name, strings.TrimSuffix(dir, "/")+"/") {
		dir, up = path.Dir(dir), up+"../"
	}
	return up + strings.TrimPrefix(name, strings.TrimSuffix(dir, "/")+"/")
}

// markup is an explanation as a client shows it; nil where there is nothing to say.
func markup(t *assist.Text, kinds []protocol.MarkupKind) *protocol.MarkupContent {
	if t == nil || t.Empty() {
		return nil
	}
	if slices.Contains(kinds, protocol.MarkupKindMarkdown) {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: t.Markdown()}
	}
	return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: t.Plain()}
}
