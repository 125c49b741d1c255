package lsp

import (
	"context"
	"path"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/project/files"
)

// fileOperations are the files whose renames the server wants to be asked about.
func fileOperations(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.Workspace.FileOperations = &protocol.FileOperationOptions{
		WillRename: protocol.FileOperationRegistrationOptions{Filters: []protocol.FileOperationFilter{
			{Scheme: ptr("file"), Pattern: protocol.FileOperationPattern{Glob: "**/*" + files.Ext, Matches: protocol.FileOperationPatternKindFile}},
			{Scheme: ptr("file"), Pattern: protocol.FileOperationPattern{Glob: "**", Matches: protocol.FileOperationPatternKindFolder}},
		}},
	}
}

// move is a file or folder that gets another path.
type move struct{ from, to string }

// WillRenameFiles answers the edits that keep imports right when files and folders get other paths: in the files that import
// them, and in those that move. An import that is found below a library's folder stays as it is.
func (s *Server) WillRenameFiles(ctx context.Context, p *protocol.RenameFilesParams) (*protocol.WorkspaceEdit, error) {
	snap := s.snap(ctx)
	var moves []move
	for _, f := range p.Files {
		moves = append(moves, move{snap.key(uri.URI(f.OldURI)), snap.key(uri.URI(f.NewURI))})
	}
	var list []change
	for _, name := range snap.everything() {
		if ctx.Err() != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
		}
		if f := snap.at(name); f != nil && snap.projectAt(name) == nil && len(f.imports()) > 0 {
			list = append(list, snap.imports(f, moves)...)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	return snap.workspaceEdit(list, nil), nil
}

// imports are the edits of a file's imports after moves.
func (s *snapshot) imports(f *file, moves []move) []change {
	var list []change
	tree := f.tree()
	for i, stmt := range tree.Stmts {
		imp, ok := stmt.(*syntax.ImportStmt)
		if !ok || imp.Path == nil {
			continue
		}
		at := imp.Path.Span().Shift(tree.Base(i))
		to := s.moved(f.path, imp.Path.Value, moves)
		if to == imp.Path.Value || at.End-at.Start < 2 || tree.Src[at.Start+1:at.End-1] != imp.Path.Value {
			continue
		}
		list = append(list, change{file: f, span: syntax.Span{Start: at.Start + 1, End: at.End - 1}, text: to})
	}
	return list
}

// moved is what an import has to say after moves.
func (s *snapshot) moved(from, want string, moves []move) string {
	target := s.resolve(from, want)
	if target == "" {
		return want
	}
	here, there := movedTo(from, moves), movedTo(target, moves)
	switch {
	case here == from && there == target:
		return want
	case isFile(want):
		return there
	case s.server.canonical(path.Join(path.Dir(from), want)) != target && there == target:
		return want // found below a library's folder, from wherever the file is
	}
	to := relative(path.Dir(here), there)
	if strings.HasPrefix(want, "./") && !strings.HasPrefix(to, "../") {
		to = "./" + to
	}
	return to
}

// movedTo is where a path is after moves; the one that names it nearest counts.
func movedTo(name string, moves []move) string {
	best, to := -1, name
	for _, m := range moves {
		rest, inside := strings.CutPrefix(name, m.from)
		if inside && (rest == "" || rest[0] == '/') && len(m.from) > best {
			best, to = len(m.from), m.to+rest
		}
	}
	return to
}
