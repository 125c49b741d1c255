package module

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/syntax"
)

// Source is where files come from. Paths are slash-separated everywhere, on Windows as "C:/folder/file.qmz".
type Source interface {
	// Open opens a file for reading. The error is fs.ErrNotExist (wrapped or not) when there is none.
	Open(path string) (fs.File, error)
	// Canonical answers the one path of a file that may have several: symbolic links resolved, no "." and "..".
	Canonical(path string) (string, error)
}

// Parser is what a Source may also be: an editor's, which keeps the files that it has parsed, so that loading a program
// again after an edit reads and parses nothing else.
type Parser interface {
	// Parsed answers the file at a canonical path, ready parsed; it is taken as it is, with the name that it has. Where ok is
	// false, Load opens and parses the file.
	Parsed(path string) (file *syntax.File, ok bool)
}

// Funcs is a Source of two functions. The command line makes one of os.Open and filepath.EvalSymlinks, so that this
// package needs no operating system.
type Funcs struct {
	OpenFile      func(path string) (fs.File, error)
	CanonicalPath func(path string) (string, error)
}

// Open opens a file.
func (f Funcs) Open(path string) (fs.File, error) { return f.OpenFile(path) }

// Canonical resolves a path.
func (f Funcs) Canonical(path string) (string, error) { return f.CanonicalPath(path) }

// FS is a Source over a file system such as os.DirFS or embed.FS. A path with a leading slash is the same as one
// without; a path that climbs out of the file system does not exist. Symbolic links are followed where the file system
// can read them.
func FS(fsys fs.FS) Source { return fsSource{fsys} }

type fsSource struct{ fsys fs.FS }

func (s fsSource) Open(name string) (fs.File, error) {
	f, err := s.fsys.Open(inside(name))
	if err != nil {
		return nil, fmt.Errorf("open %q: %w", name, err)
	}
	return f, nil
}

// maxLinks bounds the symbolic links followed for one path, as operating systems do.
const maxLinks = 40

func (s fsSource) Canonical(name string) (string, error) {
	name = inside(name)
	if _, ok := s.fsys.(fs.ReadLinkFS); !ok {
		return name, nil
	}
	done, rest := ".", strings.Split(name, "/")
	for links := 0; len(rest) > 0; {
		next := path.Join(done, rest[0])
		info, err := fs.Lstat(s.fsys, next)
		if err != nil {
			return "", fmt.Errorf("look at %q: %w", next, err)
		}
		rest = rest[1:]
		if info.Mode()&fs.ModeSymlink == 0 {
			done = next
			continue
		}
		if links++; links > maxLinks {
			return "", fmt.Errorf("resolve %q: %w", name, errLinks)
		}
		target, err := fs.ReadLink(s.fsys, next)
		if err != nil {
			return "", fmt.Errorf("read link %q: %w", next, err)
		}
		if path.IsAbs(target) {
			done, target = ".", target[1:]
		}
		rest = append(strings.Split(path.Join(done, target), "/"), rest...)
		done = "."
	}
	return done, nil
}

var errLinks = errors.New("too many symbolic links")

// inside makes the name that fs.FS wants.
func inside(name string) string {
	name = strings.TrimLeft(path.Clean(name), "/")
	if name == "" {
		return "."
	}
	return name
}

// Overlay is a Source in which some files have other texts than base has: the buffers of an editor. The keys are
// canonical paths; a buffer also stands for a file that base does not have.
func Overlay(base Source, buffers map[string][]byte) Source { return overlay{base, buffers} }

type overlay struct {
	base    Source
	buffers map[string][]byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if id, err := o.Canonical(name); err == nil {
		if text, ok := o.buffers[id]; ok {
			return &buffer{Reader: bytes.NewReader(text), name: path.Base(id)}, nil
		}
	}
	return o.base.Open(name)
}

func (o overlay) Parsed(id string) (*syntax.File, bool) {
	if p, ok := o.base.(Parser); ok && o.buffers[id] == nil {
		return p.Parsed(id)
	}
	return nil, false
}

func (o overlay) Canonical(name string) (string, error) {
	id, err := o.base.Canonical(name)
	if err != nil {
		for _, as := range []string{path.Clean(name), inside(name)} {
			if _, ok := o.buffers[as]; ok {
				return as, nil
			}
		}
	}
	return id, err
}

// buffer is an overlay's text as a file.
type buffer struct {
	*bytes.Reader
	name string
}

func (b *buffer) Close() error               { return nil }
func (b *buffer) Stat() (fs.FileInfo, error) { return bufferInfo{b}, nil }

type bufferInfo struct{ b *buffer }

func (i bufferInfo) Name() string       { return i.b.name }
func (i bufferInfo) Size() int64        { return i.b.Reader.Size() }
func (i bufferInfo) Mode() fs.FileMode  { return 0o444 }
func (i bufferInfo) ModTime() time.Time { return time.Time{} }
func (i bufferInfo) IsDir() bool        { return false }
func (i bufferInfo) Sys() any           { return nil }

// errFolder says that a path names a folder.
var errFolder = errors.New("is a folder")

// read answers a file's bytes, at most limit+1 of them: one byte too many tells the parser that the file is too large.
func read(src Source, name string, limit int64) (text []byte, err error) {
	f, err := src.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = fmt.Errorf("close %q: %w", name, e)
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("look at %q: %w", name, err)
	}
	if info.IsDir() {
		return nil, errFolder
	}
	text, err = io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", name, err)
	}
	return text, nil
}
