package module

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// MaxFiles caps the files of one program.
const MaxFiles = 4096

// maxBytes is how much of a file is read; the parser refuses a longer one.
const maxBytes = 4 << 20

// Entry says what program to load.
type Entry struct {
	// Path is the entry file. With Text it is only the name under which the text takes part in imports, and may be empty.
	Path string
	// Name is how the entry is shown to people; empty is Path.
	Name string
	// Text is the program itself where HasText is set: standard input, or an editor's buffer.
	Text    []byte
	HasText bool
	// Dir is the folder from which a Text entry without a Path resolves its imports; empty is ".".
	Dir string
}

// Program is an entry file with everything that it imports.
type Program struct {
	// Files are the parsed files in the order in which they were met; the first is the entry.
	Files []*syntax.File
	// Paths are the canonical paths of Files; "" for an entry that is only text.
	Paths []string
	// Items are the top-level statements of all files in the order in which they run.
	Items []Item
}

// Item is one top-level statement and the file, by its index in Files, where it stands. Resolved imports are no items.
type Item struct {
	File int
	Stmt syntax.Stmt
	// Base is what is added to every offset inside Stmt to get its place in the file's Src: syntax.File.Base.
	Base int
}

// Source answers the text of one of the program's files by its shown name, "" for others.
func (p *Program) Source(name string) string {
	for _, f := range p.Files {
		if f.Name == name {
			return f.Src
		}
	}
	return ""
}

// Fault is a fault of one of the program's files.
type Fault struct {
	syntax.Fault
	// File is the file's name as it is shown to people.
	File string
	// Index is the file's index in Program.Files.
	Index int
	// Related are further places, such as the other definition of a function.
	Related []Place
}

// Place is a place in a file.
type Place struct {
	File string
	Span syntax.Span
}

// HasErrors tells whether a program with these faults must not run: whether any of them is more than a warning.
func HasErrors(faults []Fault) bool {
	for _, f := range faults {
		if f.IsError() {
			return true
		}
	}
	return false
}

// Load reads and parses the entry and, depth first, everything that top-level imports name. An import is looked for
// beside the importing file, then under each of the roots in order; a file takes part once, however it is named, so that
// a cycle yields nothing the second time. The program is whole even when there are faults: a file that could not be read
// is left out, and an entry that could not be read is an empty file.
func Load(ctx context.Context, src Source, entry Entry, roots ...string) (*Program, []Fault) {
	l := &loader{ctx: ctx, src: src, roots: roots, prog: &Program{}, seen: make(map[string]bool)}
	l.entry(entry)
	l.sameFunctions()
	return l.prog, l.faults
}

type loader struct {
	ctx    context.Context
	src    Source
	roots  []string
	prog   *Program
	faults []Fault
	seen   map[string]bool // canonical paths
}

func (l *loader) entry(e Entry) {
	name := e.Name
	if name == "" {
		name = e.Path
	}
	dir, id := e.Dir, ""
	if e.Path != "" {
		dir = path.Dir(e.Path)
		id = e.Path
		if c, err := l.src.Canonical(e.Path); err == nil {
			id = c
		}
	}
	var f *syntax.File
	if e.HasText {
		f = syntax.Parse(name, e.Text)
	} else {
		var err error
		if f, err = l.read(name, e.Path, id); err != nil {
			l.file(syntax.Parse(name, nil), id)
			l.fault(0, unreadable(name, err, syntax.Span{}))
			return
		}
	}
	if id != "" {
		l.seen[id] = true
	}
	l.splice(l.file(f, id), dir)
}

// read answers the file at a path whose canonical form is id: the one that the source has parsed already, or its text
// parsed under the given name.
func (l *loader) read(name, path, id string) (*syntax.File, error) {
	if p, ok := l.src.(Parser); ok {
		if f, ok := p.Parsed(id); ok {
			return f, nil
		}
	}
	text, err := read(l.src, path, maxBytes)
	if err != nil {
		return nil, err
	}
	return syntax.Parse(name, text), nil
}

// file adds a parsed file and answers its index.
func (l *loader) file(f *syntax.File, id string) int {
	index := len(l.prog.Files)
	l.prog.Files = append(l.prog.Files, f)
	l.prog.Paths = append(l.prog.Paths, id)
	for _, fault := range f.Faults {
		l.fault(index, fault)
	}
	return index
}

func (l *loader) fault(file int, f syntax.Fault) {
	l.faults = append(l.faults, Fault{Fault: f, File: l.prog.Files[file].Name, Index: file})
}

// splice appends a file's statements, with what they import in the imports' places.
func (l *loader) splice(file int, dir string) {
	f := l.prog.Files[file]
	l.prog.Items = slices.Grow(l.prog.Items, len(f.Stmts))
	for i, s := range f.Stmts {
		if imp, ok := s.(*syntax.ImportStmt); ok {
			if imp.Path != nil {
				l.imported(file, dir, imp.Path.Value, imp.Path.Span().Shift(f.Base(i)))
			}
			continue
		}
		l.prog.Items = append(l.prog.Items, Item{File: file, Stmt: s, Base: f.Base(i)})
	}
}

// imported adds the file that an import at a place wants.
func (l *loader) imported(file int, dir, want string, at syntax.Span) {
	if err := l.ctx.Err(); err != nil {
		l.fault(file, syntax.Fault{Code: Stopped, Span: at, Args: []string{want, err.Error()}})
		return
	}
	if strings.TrimSpace(want) == "" {
		l.fault(file, syntax.Fault{Code: NoPath, Span: at})
		return
	}
	places := l.places(dir, want)
	for _, c := range places {
		place := c.path
		id, err := l.src.Canonical(place)
		if err == nil && l.seen[id] {
			return
		}
		if err != nil {
			id = place
		}
		f, err := l.read(place, place, id)
		switch {
		case err == nil && len(l.prog.Files) >= MaxFiles:
			l.fault(file, syntax.Fault{Code: TooMany, Span: at, Args: []string{strconv.Itoa(MaxFiles), want}})
			return
		case err == nil:
			l.seen[id] = true
			l.splice(l.file(f, id), path.Dir(place))
			return
		case errors.Is(err, errFolder), missing(err):
			continue // a folder of that name hides nothing
		default:
			l.fault(file, unreadable(place, err, at))
			return
		}
	}
	l.fault(file, syntax.Fault{Code: NoImport, Span: at, Args: []string{want, folders(places)}})
}

// candidate is a place where an imported file may be.
type candidate struct{ dir, path string }

// places lists where a file may be, in the order of the search.
func (l *loader) places(dir, want string) []candidate {
	if absolute(want) {
		want = path.Clean(want)
		return []candidate{{path.Dir(want), want}}
	}
	if dir == "" {
		dir = "."
	}
	places := []candidate{{dir, path.Join(dir, want)}}
	for _, root := range l.roots {
		c := candidate{root, path.Join(root, want)}
		if root != "" && !slices.ContainsFunc(places, func(o candidate) bool { return o.path == c.path }) {
			places = append(places, c)
		}
	}
	return places
}

// absolute tells a path that needs no search: "/x" and, for Windows, "C:/x".
func absolute(p string) bool {
	return path.IsAbs(p) || len(p) > 2 && p[1] == ':' && p[2] == '/'
}

// folders lists for people where a file was looked for.
func folders(places []candidate) string {
	list := make([]string, len(places))
	for i, p := range places {
		list[i] = p.dir
	}
	return strings.Join(list, ", ")
}

// missing tells that there is no file, also where a folder on the way is none, or the name can be no file's.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || notFolder(err)
}

// notFolder recognises "not a directory" (a file stands where the path wants a folder), which package fs has no name for.
func notFolder(err error) bool {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return false
	}
	why := p.Err.Error()
	return why == "not a directory" || why == "file name too long" || why == "invalid argument"
}

func unreadable(name string, err error, at syntax.Span) syntax.Fault {
	switch {
	case errors.Is(err, errFolder):
		return syntax.Fault{Code: IsFolder, Span: at, Args: []string{name}}
	case missing(err):
		return syntax.Fault{Code: NoEntry, Span: at, Args: []string{name}}
	case errors.Is(err, fs.ErrPermission):
		return syntax.Fault{Code: NoPermission, Span: at, Args: []string{name}}
	}
	reason := err.Error()
	var p *fs.PathError
	if errors.As(err, &p) {
		reason = p.Err.Error()
	}
	return syntax.Fault{Code: Unreadable, Span: at, Args: []string{name, reason}}
}

// sameFunctions refuses one function name in two imported files. The entry may redefine anything.
func (l *loader) sameFunctions() {
	type definition struct {
		file int
		at   syntax.Span
	}
	first := make(map[string]definition)
	for _, item := range l.prog.Items {
		f, ok := item.Stmt.(*syntax.FuncDecl)
		if !ok || item.File == 0 || f.Name == nil {
			continue
		}
		at := f.Name.Span().Shift(item.Base)
		other, ok := first[f.Name.Text]
		if !ok {
			first[f.Name.Text] = definition{item.File, at}
			continue
		}
		if other.file == item.File {
			continue // the last one in a file wins
		}
		here, there := l.prog.Files[item.File].Name, l.prog.Files[other.file].Name
		l.faults = append(l.faults, Fault{
			Fault:   syntax.Fault{Code: SameFunction, Span: at, Args: []string{f.Name.Text, there, here}},
			File:    here,
			Index:   item.File,
			Related: []Place{{File: there, Span: other.at}},
		})
	}
}
