package files

import (
	"io/fs"
	"path"
	"strings"
)

// Ext is what the names of programs end in.
const Ext = ".qmz"

// Finder looks for programs. It remembers the .gitignore files that it has read, and is not safe for concurrent use.
type Finder struct {
	fsys    fs.FS
	abs     func(name string) string
	leftOut func(name string) bool
	ignore  map[string]*ignoreFile
}

// New makes a finder: abs answers the absolute slash-separated path of a name, leftOut tells what the project excludes; nil
// excludes nothing.
func New(fsys fs.FS, abs func(name string) string, leftOut func(name string) bool) *Finder {
	if leftOut == nil {
		leftOut = func(string) bool { return false }
	}
	return &Finder{fsys: fsys, abs: abs, leftOut: leftOut, ignore: map[string]*ignoreFile{}}
}

// Walk calls found for each program below a folder, in the order of their names, and failed for what cannot be looked at.
// Links to folders are not followed, so that no loop can catch the walk.
func (f *Finder) Walk(root string, found func(name string), failed func(name string, err error)) {
	_ = fs.WalkDir(f.fsys, root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			failed(name, err)
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if e.IsDir() {
			if name != root && (skipped(e.Name()) || f.Excluded(name, true)) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) == Ext && !f.Excluded(name, false) {
			f.entry(name, e, found, failed)
		}
		return nil
	}) // the function never answers an error of its own
}

// entry takes a file, or what a link points to when that is one.
func (f *Finder) entry(name string, e fs.DirEntry, found func(name string), failed func(name string, err error)) {
	if e.Type()&fs.ModeSymlink != 0 {
		info, err := fs.Stat(f.fsys, name)
		if err != nil {
			failed(name, err)
			return
		}
		if info.IsDir() {
			return
		}
	} else if !e.Type().IsRegular() {
		return // a pipe or a device would keep the reader waiting
	}
	found(name)
}

// Takes tells whether Walk of root would meet a path below it, which need not exist.
func (f *Finder) Takes(root, name string) bool {
	rel, ok := strings.CutPrefix(name, strings.TrimSuffix(root, "/")+"/")
	if !ok || path.Ext(name) != Ext || f.Excluded(name, false) {
		return false
	}
	at := strings.TrimSuffix(root, "/")
	parts := strings.Split(rel, "/")
	for _, part := range parts[:len(parts)-1] {
		at += "/" + part
		if skipped(part) || f.Excluded(at, true) {
			return false
		}
	}
	return true
}

// skipped are folders that hold no sources of their own.
func skipped(base string) bool {
	switch base {
	case "node_modules", "vendor", "dist":
		return true
	}
	return strings.HasPrefix(base, ".")
}

// Excluded tells whether .gitignore files or the project leave a path out.
func (f *Finder) Excluded(name string, dir bool) bool {
	return f.gitignored(name, dir) || f.leftOut(name)
}
