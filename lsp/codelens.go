package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

func codeLensCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.CodeLensProvider = &protocol.CodeLensOptions{ResolveProvider: ptr(true)}
}

// CodeLens answers what can be done with parts of a file: run it, serve its routes, open a route in a browser, see who uses a
// function, a method or a shape. The commands are the client's: docs/lsp.md says what each has to do.
func (s *Server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil || snap.projectAt(f.path) != nil {
		return nil, err
	}
	list := []protocol.CodeLens{}
	outline := index.Outline(f.tree())
	if snap.settings.CodeLens.Run {
		list = append(list, snap.runLenses(f, outline)...)
	}
	if snap.settings.CodeLens.References {
		list = append(list, f.referenceLenses(outline)...)
	}
	return list, ctx.Err()
}

// runLenses are those of a program that is nobody's module, and of its routes.
func (s *snapshot) runLenses(f *file, outline []index.Entry) []protocol.CodeLens {
	if !slices.Equal(s.rootsOf(f), []string{f.path}) || len(f.tree().Stmts) == 0 {
		return nil
	}
	top := f.rangeOf(syntax.Span{})
	list := []protocol.CodeLens{{Range: top, Command: protocol.Command{
		Title: "▶ " + s.say("இயக்கு", "Run"), Command: "etamil.runFile", Arguments: []protocol.LSPAny{anyOf(f.uri)},
	}}}
	routes := slices.DeleteFunc(slices.Clone(outline), func(e index.Entry) bool { return e.Kind != index.Route })
	if len(routes) > 0 {
		list = append(list, protocol.CodeLens{Range: top, Command: protocol.Command{
			Title: "⇅ " + s.say("வழங்கு", "Serve"), Command: "etamil.dev", Arguments: []protocol.LSPAny{anyOf(f.uri)},
		}})
	}
	base := s.address(f.path)
	for _, r := range routes {
		if !strings.HasPrefix(r.Name, "/") || strings.Contains(r.Name, "/:") || wordID(r.Detail) != "HttpGet" {
			continue
		}
		link := base.JoinPath(r.Name).String()
		list = append(list, protocol.CodeLens{Range: f.rangeOf(r.At), Command: protocol.Command{
			Title: "↗ " + s.say("திற", "Open") + " " + r.Name, Tooltip: &link, Command: "etamil.open", Arguments: []protocol.LSPAny{anyOf(link)},
		}})
	}
	return list
}

// address is where the dev server of a program listens.
func (s *snapshot) address(name string) *url.URL {
	scheme, port := "http", int64(8080)
	if p := s.project(name); p != nil {
		port = p.project.Int("server.port")
		if len(p.project.List("server.tls.cert")) > 0 {
			scheme = "https"
		}
	}
	return &url.URL{Scheme: scheme, Host: fmt.Sprintf("localhost:%d", port), Path: "/"}
}

// lensData is what a lens that counts brings back.
type lensData struct {
	URI uri.URI           `json:"uri"`
	At  protocol.Position `json:"at"`
}

// referenceLenses are those of functions, methods and shapes; they are counted when they are seen.
func (f *file) referenceLenses(outline []index.Entry) []protocol.CodeLens {
	var list []protocol.CodeLens
	for _, e := range outline {
		if e.Kind == index.Function || e.Kind == index.Method || e.Kind == index.Shape {
			r := f.rangeOf(e.At)
			raw, _ := json.Marshal(lensData{f.uri, r.Start}) // it cannot fail
			list = append(list, protocol.CodeLens{Range: r, Data: raw})
		}
		list = append(list, f.referenceLenses(e.Children)...)
	}
	return list
}

// maxShown bounds the places that a lens brings along; all of them are counted.
const maxShown = 1000

// CodeLensResolve counts the references of a lens.
func (s *Server) CodeLensResolve(ctx context.Context, p *protocol.CodeLens) (*protocol.CodeLens, error) {
	var data lensData
	if len(p.Data) == 0 || json.Unmarshal(p.Data, &data) != nil {
		return p, nil
	}
	t, err := s.item(ctx, data.URI, data.At)
	if err != nil || t == nil {
		return p, err
	}
	list, err := t.references(ctx, false)
	if err != nil {
		return nil, err
	}
	n := len(list)
	tamil, english := fmt.Sprintf("%d இடங்கள்", n), fmt.Sprintf("%d references", n)
	if n == 1 {
		tamil, english = "1 இடம்", "1 reference"
	}
	list = list[:min(n, maxShown)]
	p.Command = protocol.Command{
		Title: t.snap.say(tamil, english), Command: "etamil.showReferences",
		Arguments: []protocol.LSPAny{anyOf(data.URI), anyOf(&data.At), anyOf(list)},
	}
	return p, ctx.Err()
}
