package files

import (
	"io/fs"
	"path"
	"strings"

	"github.com/etamil-lang/etamil/syntax/project"
)

// ignoreFile is a .gitignore file's patterns, in order; the last one that fits a path decides.
type ignoreFile struct {
	patterns []ignorePattern
	last     bool // the folder is the repository's own: those above say nothing
}

// ignorePattern is one line of a .gitignore file.
type ignorePattern struct {
	glob     string
	again    bool // "!": not ignored after all
	folder   bool // "x/": folders only
	anchored bool // with a slash inside: from the file's folder on, and not at any depth
}

// gitignored tells whether the .gitignore files of a path's folders, up to the repository's own, leave it out.
func (f *Finder) gitignored(name string, dir bool) bool {
	abs := f.abs(name)
	for at := path.Dir(abs); ; at = path.Dir(at) {
		file := f.ignoreFile(at)
		rel := strings.TrimPrefix(strings.TrimPrefix(abs, at), "/")
		if ignored, says := file.match(rel, dir); says {
			return ignored
		}
		if file.last || at == path.Dir(at) {
			return false
		}
	}
}

// ignoreFile reads a folder's .gitignore; a folder without one has no patterns.
func (f *Finder) ignoreFile(dir string) *ignoreFile {
	if file, ok := f.ignore[dir]; ok {
		return file
	}
	file := &ignoreFile{}
	if text, err := fs.ReadFile(f.fsys, path.Join(dir, ".gitignore")); err == nil {
		file.patterns = readIgnore(string(text))
	}
	if _, err := fs.Stat(f.fsys, path.Join(dir, ".git")); err == nil {
		file.last = true
	}
	f.ignore[dir] = file
	return file
}

// readIgnore reads the lines of a .gitignore file.
func readIgnore(text string) []ignorePattern {
	var list []ignorePattern
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		var p ignorePattern
		line, p.again = strings.CutPrefix(line, "!")
		line = strings.TrimPrefix(line, `\`)
		line, p.folder = strings.CutSuffix(line, "/")
		p.anchored = strings.Contains(line, "/")
		p.glob = strings.TrimPrefix(line, "/")
		list = append(list, p)
	}
	return list
}

// match tells what the file says of a path below it.
func (f *ignoreFile) match(rel string, dir bool) (ignored, says bool) {
	base := rel[strings.LastIndexByte(rel, '/')+1:]
	for _, p := range f.patterns {
		if p.folder && !dir {
			continue
		}
		if project.Match(p.glob, rel) || !p.anchored && project.Match(p.glob, base) {
			ignored, says = !p.again, true
		}
	}
	return ignored, says
}
