package lsp

import (
	"context"
	"path"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func documentLinkCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.DocumentLinkProvider = &protocol.DocumentLinkOptions{}
}

// DocumentLink answers the texts that name files: of imports, and of statements that read or answer files that there are.
func (s *Server) DocumentLink(ctx context.Context, p *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil || snap.projectAt(f.path) != nil {
		return nil, err
	}
	list := []protocol.DocumentLink{}
	tree := f.tree()
	for i, stmt := range tree.Stmts {
		syntax.Walk(stmt, func(n syntax.Node) bool {
			text, imported := pathIn(n)
			if text == nil || text.Value == "" {
				return true
			}
			to := snap.resolve(f.path, text.Value)
			if !imported {
				to = snap.fileBeside(f.path, text.Value)
			}
			if to != "" {
				at := text.Span().Shift(tree.Base(i))
				if len(tree.Src[at.Start:at.End]) >= 2 {
					at = syntax.Span{Start: at.Start + 1, End: at.End - 1}
				}
				list = append(list, protocol.DocumentLink{Range: f.rangeOf(at), Target: ptr(snap.server.clientURI(to)), Tooltip: ptr(path.Base(to))})
			}
			return true
		})
	}
	return list, ctx.Err()
}

// pathIn is the text of a node that names a file, and whether it is an import's.
func pathIn(n syntax.Node) (text *syntax.TextLit, imported bool) {
	switch n := n.(type) {
	case *syntax.ImportStmt:
		return n.Path, true
	case *syntax.FileStmt:
		text, _ = n.Path.(*syntax.TextLit)
	case *syntax.WordStmt:
		if n.Word != nil {
			text = fileArgument(n.Word, n.Args)
		}
	case *syntax.CallExpr:
		if fn, ok := n.Fn.(*syntax.NameExpr); ok && fn.Word != nil {
			text = fileArgument(fn.Word, n.Args)
		}
	}
	return text, false
}

// fileArgument is the argument of a word that is the path of a file.
func fileArgument(w *words.Word, args []syntax.Expr) *syntax.TextLit {
	for i, p := range w.Params {
		if i < len(args) && filePaths[p.Name] {
			text, _ := args[i].(*syntax.TextLit)
			return text
		}
	}
	return nil
}

// filePaths are the names by which the vocabulary calls parameters that are paths of files.
var filePaths = map[string]bool{"கோப்பு": true, "பாதை": true}

// fileBeside is the file of a path, beside the program or below the folder of the project; "" where there is none.
func (s *snapshot) fileBeside(from, want string) string {
	if strings.Contains(want, "\x00") {
		return ""
	}
	names := []string{path.Join(path.Dir(from), want)}
	if p := s.project(from); p != nil {
		names = append(names, path.Join(p.dir, want))
	}
	if isFile(want) {
		names = []string{path.Clean(want)}
	}
	for _, name := range names {
		if s.isRegular(name) {
			return name
		}
	}
	return ""
}

// isRegular tells whether there is a file.
func (s *snapshot) isRegular(name string) bool {
	in, err := s.server.opt.Source.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	return err == nil && info.Mode().IsRegular()
}

// wordID is the ID of a word of the language, "" of any other.
func wordID(spelling string) string {
	if w := words.Lookup(spelling); w != nil {
		return w.ID
	}
	return ""
}
