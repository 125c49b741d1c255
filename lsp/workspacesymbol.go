package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

func workspaceSymbolCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.WorkspaceSymbolProvider = &protocol.WorkspaceSymbolOptions{ResolveProvider: ptr(true)}
}

// maxSymbols bounds an answer: nobody looks through more.
const maxSymbols = 200

// catalogue is what the files of the workspace declare, by path, kept while their texts stay.
type catalogue struct {
	mu    sync.Mutex
	files map[string]*listing
}

// listing is what one text declares, prepared for being found.
type listing struct {
	text    string
	symbols []listed
}

// listed is one declaration. Its place is an offset alone: few of those that are looked through are shown.
type listed struct {
	form *assist.Form // of its name
	name string       // as it is shown
	kind index.Kind
	in   string // the shape of a member, the function of one inside it
	at   syntax.Span
}

// of answers what a file declares; a text is read once.
func (c *catalogue) of(f *file) *listing {
	c.mu.Lock()
	l := c.files[f.path]
	c.mu.Unlock()
	if l != nil && l.text == f.text {
		return l
	}
	l = &listing{text: f.text}
	if !f.tooLong {
		l.symbols = listOf(scan(sourceOf(f.text)))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files == nil {
		c.files = map[string]*listing{}
	}
	c.files[f.path] = l
	return l
}

// sourceOf is a text as the parser reads it.
func sourceOf(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, byteOrderMark), "\r\n", "\n")
}

func listOf(list []index.Entry) []listed {
	out := make([]listed, 0, len(list))
	for _, e := range list {
		name := strings.Clone(e.Name) // it would keep the whole text
		shown := name
		if e.Kind == index.Route || e.Kind == index.Event {
			shown = strings.Clone(shownName(e))
		}
		out = append(out, listed{assist.FormOf(name), shown, e.Kind, strings.Clone(e.Of), e.At})
	}
	return out
}

// hit is a declaration that fits a question.
type hit struct {
	*listed
	file *file
	rank assist.Rank
	cost int
}

// Symbols answers the declarations of all files of the folders whose names fit what was typed, in Tamil, as it is romanised
// or as it roughly sounds, the best first. What stands before a dot or a space is looked for in what they are inside of.
func (s *Server) Symbols(ctx context.Context, p *protocol.WorkspaceSymbolParams) (protocol.WorkspaceSymbolResult, error) {
	snap := s.snap(ctx)
	hits, err := snap.fitting(ctx, p.Query)
	if err != nil {
		return nil, err
	}
	lazy := false
	if w := snap.client.raw.Workspace; w != nil && w.Symbol != nil {
		lazy = slices.Contains(w.Symbol.ResolveSupport.Properties, "location.range")
	}
	list := make(protocol.WorkspaceSymbolSlice, 0, len(hits))
	for _, h := range hits {
		list = append(list, h.symbol(lazy))
	}
	return list, ctx.Err()
}

// fitting are the declarations that fit what was typed.
func (s *snapshot) fitting(ctx context.Context, typed string) ([]hit, error) {
	in, name := "", strings.TrimSpace(typed)
	if i := strings.LastIndexAny(name, ". "); i >= 0 {
		in, name = strings.Trim(name[:i], ". "), name[i+1:]
	}
	pattern, around := assist.PatternOf(name), assist.PatternOf(in)
	best := &ranking{}
	for _, path := range s.everything() {
		f := s.at(path)
		if f == nil || s.projectAt(path) != nil {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
		}
		l := s.server.catalogue.of(f)
		for i := range l.symbols {
			one := &l.symbols[i]
			rank, cost := pattern.Match(one.form)
			if rank > assist.Near || rank == assist.Sense || in != "" && !within(around, one) {
				continue
			}
			best.add(hit{one, f, rank, cost})
		}
	}
	return best.list(), nil
}

// within tells whether a declaration is inside something of the name; the word of a route or an event counts too.
func within(around *assist.Pattern, one *listed) bool {
	in := one.in
	if in == "" {
		in, _, _ = strings.Cut(one.name, " ")
	}
	rank, _ := around.Match(assist.FormOf(in))
	return rank <= assist.Inner
}

// ranking keeps the best hits without ever holding many more than are shown.
type ranking struct {
	hits []hit
	full bool // the first maxSymbols are in order, and nothing that is not better than the last of them counts
}

func (r *ranking) add(h hit) {
	if r.full && !better(&h, &r.hits[maxSymbols-1]) {
		return
	}
	if r.hits = append(r.hits, h); len(r.hits) >= 4*maxSymbols {
		r.hits = r.list()
		r.full = true
	}
}

func (r *ranking) list() []hit {
	slices.SortStableFunc(r.hits, func(a, b hit) int { return compareHits(&a, &b) })
	return r.hits[:min(len(r.hits), maxSymbols)]
}

func better(a, b *hit) bool { return compareHits(a, b) < 0 }

func compareHits(a, b *hit) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.cost, b.cost), cmp.Compare(shownLast(a.kind), shownLast(b.kind)))
}

// shownLast puts variables and fields behind what programs are made of.
func shownLast(k index.Kind) int {
	if k == index.Variable || k == index.Field {
		return 1
	}
	return 0
}

// symbolData is what a symbol brings back when its place is asked for.
type symbolData struct {
	URI        uri.URI `json:"uri"`
	Start, End int
}

func (h hit) symbol(lazy bool) protocol.WorkspaceSymbol {
	one := protocol.WorkspaceSymbol{BaseSymbolInformation: protocol.BaseSymbolInformation{Name: h.name, Kind: symbolKinds[h.kind]}}
	if h.in != "" {
		one.ContainerName = &h.in
	}
	if !lazy {
		one.Location = ptr(h.file.location(h.at))
		return one
	}
	one.Location = &protocol.LocationUriOnly{URI: h.file.uri}
	one.Data, _ = json.Marshal(symbolData{h.file.uri, h.at.Start, h.at.End}) // it cannot fail
	return one
}

// WorkspaceSymbolResolve adds a symbol's place. Where the text has changed meanwhile it is looked for by its name.
func (s *Server) WorkspaceSymbolResolve(ctx context.Context, p *protocol.WorkspaceSymbol) (*protocol.WorkspaceSymbol, error) {
	var data symbolData
	if len(p.Data) == 0 || json.Unmarshal(p.Data, &data) != nil {
		return p, nil
	}
	f, err := s.snap(ctx).file(data.URI)
	if err != nil {
		return nil, err
	}
	for _, one := range s.catalogue.of(f).symbols {
		if one.name != p.Name || p.ContainerName != nil && one.in != *p.ContainerName {
			continue
		}
		p.Location = ptr(f.location(one.at))
		if one.at == (syntax.Span{Start: data.Start, End: data.End}) {
			break
		}
	}
	return p, ctx.Err()
}
