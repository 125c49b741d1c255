package lsp

import (
	"context"
	"maps"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax/position"
)

// snapshot is everything the server knew at one moment: the texts, the files of the folders, the settings. It never changes;
// what is expensive to know, such as a program's types, is found once, when it is first asked for.
type snapshot struct {
	server   *Server
	seq      int64 // later snapshots have larger ones
	enc      position.Encoding
	client   *clientCaps
	settings *settings
	locale   string
	folders  []folder
	open     map[string]*file // the texts of the client, by path
	disk     *disk            // the programs of the folders, as they are on disk

	life     context.Context // ends when a newer snapshot replaces this one
	outdated context.CancelFunc

	linked func() *graph

	mu         sync.Mutex
	loads      map[string]func() *program
	programs   map[string]*future
	judgements map[string]*judgement
	recent     []string // the roots of programs, the last one asked for last
}

// folder is one of the client's folders.
type folder struct {
	path string // canonical
	as   string // as the client calls it, where that is another path of it
	name string
}

// emptySnapshot is what a server knows before it was told anything.
func emptySnapshot(s *Server) *snapshot {
	snap := &snapshot{
		server: s, client: &clientCaps{}, settings: defaultSettings(), open: map[string]*file{}, disk: &disk{},
		loads: map[string]func() *program{}, programs: map[string]*future{}, judgements: map[string]*judgement{},
	}
	snap.linked = sync.OnceValue(snap.graph)
	snap.life, snap.outdated = context.WithCancel(context.Background())
	return snap
}

// next is a copy, to be changed before anyone sees it.
func (s *snapshot) next() *snapshot {
	n := &snapshot{
		server: s.server, seq: s.seq + 1, enc: s.enc, client: s.client, settings: s.settings, locale: s.locale, folders: s.folders,
		open: maps.Clone(s.open), disk: s.disk,
		loads: map[string]func() *program{}, programs: map[string]*future{}, judgements: map[string]*judgement{},
	}
	n.inherit(s)
	n.linked = sync.OnceValue(n.graph)
	n.life, n.outdated = context.WithCancel(context.Background())
	return n
}

// outdate says that there is a newer one. What requests still wait for is finished.
func (s *snapshot) outdate() { s.outdated() }

// file is the text at a URI: the client's, or else the disk's. The error is what a request answers where there is none.
func (s *snapshot) file(u uri.URI) (*file, error) {
	if f := s.at(s.key(u)); f != nil {
		return f, nil
	}
	return nil, rpc.Failed(s.say("இந்தக் கோப்பு இல்லை: "+u.StringNoEncoding(), "there is no such file: "+u.StringNoEncoding()))
}

// key is the path under which a URI's text is known: with symbolic links resolved, as imports resolve them.
func (s *snapshot) key(u uri.URI) string { return s.server.canonical(pathOf(u)) }

// at is the text at a canonical path, or nil.
func (s *snapshot) at(name string) *file {
	if f := s.open[name]; f != nil {
		return f
	}
	if f := s.disk.files[name]; f != nil {
		return f
	}
	if !isFile(name) {
		return nil
	}
	return s.server.readFile(name, s.enc)
}

// place finds a file and a place in it.
func (s *snapshot) place(p protocol.TextDocumentPositionParams) (*file, int, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, 0, err
	}
	return f, f.offset(p.Position), nil
}

// say chooses between two languages by what the client wants to read.
func (s *snapshot) say(tamil, english string) string { return s.settings.say(tamil, english) }
