package lsp

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/syntax/position"
)

// maxText is one byte more than a program may have; the parser refuses the longer one.
const maxText = 4<<20 + 1

// disk is what is known of the folders' files. It never changes.
type disk struct {
	files    map[string]*file // programs, by canonical path
	projects map[string]*projectFile
	scanned  bool // whether the folders were looked through
	stopped  bool // whether people stopped that
}

// with is a disk in which some files have changed: nil is a file that is gone.
func (d *disk) with(changed map[string]*file) *disk {
	n := &disk{files: maps.Clone(d.files), projects: d.projects, scanned: d.scanned, stopped: d.stopped}
	if n.files == nil {
		n.files = map[string]*file{}
	}
	for name, f := range changed {
		if f == nil {
			delete(n.files, name)
		} else {
			n.files[name] = f
		}
	}
	return n
}

// refresh reads files again after the disk may have changed.
func (s *snapshot) refresh(names []string) {
	changed := map[string]*file{}
	takes := s.taker()
	for _, name := range names {
		old := s.disk.files[name]
		switch {
		case !takes(name):
			if old != nil {
				changed[name] = nil
			} else {
				s.changed(name, true) // programs may import it from elsewhere
			}
		default:
			f := s.server.readFile(name, s.enc)
			if f == nil && old == nil || f != nil && old != nil && f.text == old.text {
				continue
			}
			changed[name] = f
		}
	}
	for name, f := range changed {
		s.changed(name, f == nil || s.disk.files[name] == nil)
	}
	if len(changed) > 0 {
		s.disk = s.disk.with(changed)
	}
}

// cache remembers what the operating system said of paths.
type cache struct {
	mu        sync.Mutex
	canonical map[string]string
	outside   map[string]outside
}

// outside is a file of no folder, and what it looked like when it was read.
type outside struct {
	file *file
	size int64
	time time.Time
}

// forget drops what may have changed.
func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.canonical)
}

// maxCanonical bounds the remembered paths.
const maxCanonical = 20_000

// canonical is the one path of a file that may have several. Of a file that there is not, the nearest folder's that
// there is is resolved.
func (s *Server) canonical(name string) string {
	if !isFile(name) {
		return name
	}
	s.cache.mu.Lock()
	known, ok := s.cache.canonical[name]
	s.cache.mu.Unlock()
	if ok {
		return known
	}
	id, err := s.opt.Source.Canonical(name)
	if err != nil {
		name = path.Clean(name)
		dir, base := path.Split(name)
		if base == "" || dir == "" {
			return name
		}
		return path.Join(s.canonical(path.Clean(dir)), base) // not remembered: the file may become a link
	}
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	if s.cache.canonical == nil || len(s.cache.canonical) > maxCanonical {
		s.cache.canonical = map[string]string{}
	}
	s.cache.canonical[name] = id
	return id
}

// readFile reads a file from the disk; nil is one that cannot be read. It is parsed anew only when it has changed.
func (s *Server) readFile(name string, enc position.Encoding) *file {
	in, err := s.opt.Source.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	u := s.clientURI(name)
	s.cache.mu.Lock()
	known := s.cache.outside[name]
	s.cache.mu.Unlock()
	if known.file != nil && known.size == info.Size() && known.time.Equal(info.ModTime()) && known.file.enc == enc && known.file.uri == u {
		return known.file
	}
	text, err := io.ReadAll(io.LimitReader(in, maxText))
	if err != nil && !errors.Is(err, fs.ErrClosed) {
		return nil
	}
	f := diskFile(name, u, string(text), enc)
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	if s.cache.outside == nil {
		s.cache.outside = map[string]outside{}
	}
	s.cache.outside[name] = outside{file: f, size: info.Size(), time: info.ModTime()}
	return f
}
