package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/words"
)

// skipped are folders that hold no sources of their own; so are all whose names start with a dot.
var skipped = map[string]bool{"node_modules": true, "vendor": true, "dist": true}

// finder collects the programs below the paths of the command line.
type finder struct {
	job    *checkJob
	files  []found
	ignore map[string]*ignoreFile
}

// found is a program file: its name for people and its one true path.
type found struct{ name, id string }

// gather finds what is to be checked.
func (a *app) gather(o checkOptions, args []string) (*checkJob, error) {
	job := &checkJob{source: files(), asked: map[string]bool{}, texts: map[string]string{}, configs: newConfigs()}
	if args[0] == "-" {
		entry, err := a.entry("-")
		if err != nil {
			return nil, err
		}
		if o.stdinName != "" {
			entry.Path, entry.Name = filepath.ToSlash(o.stdinName), ""
		}
		job.entries, job.files = []module.Entry{entry}, 1
		job.configs.rules(filepath.Dir(o.stdinName))
		job.configs.report(job)
		return job, nil
	}
	f := &finder{job: job, ignore: map[string]*ignoreFile{}}
	for _, arg := range args {
		f.argument(filepath.Clean(arg))
	}
	job.files = len(f.files)
	job.entries = entriesOf(f.files)
	job.configs.report(job)
	return job, nil
}

// argument takes a path of the command line: a file as it is, a folder with all that is not excluded.
func (f *finder) argument(name string) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		f.fault(name, err)
	case info.IsDir():
		f.folder(name)
	default:
		f.file(name)
	}
}

// folder walks a folder. Links to folders are not followed, so that no loop can catch the walk.
func (f *finder) folder(root string) {
	f.job.paths = append(f.job.paths, filepath.Join(root, projectFile))
	_ = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			f.fault(name, err)
			if e != nil && e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if e.IsDir() {
			if name != root && (skipped[e.Name()] || strings.HasPrefix(e.Name(), ".") || f.excluded(name, true)) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) == programExt && !f.excluded(name, false) {
			f.link(name, e)
		}
		return nil
	}) // the function never answers an error of its own
}

// link takes a file, or what a link points to when that is one.
func (f *finder) link(name string, e fs.DirEntry) {
	if e.Type()&fs.ModeSymlink != 0 {
		info, err := os.Stat(name)
		if err != nil {
			f.fault(name, err)
			return
		}
		if info.IsDir() {
			return
		}
	} else if !e.Type().IsRegular() {
		return // a pipe or a device would keep the check waiting
	}
	f.file(name)
}

func (f *finder) file(name string) {
	id := absolute(name)
	if f.job.asked[filepath.ToSlash(id)] {
		return
	}
	f.job.asked[filepath.ToSlash(id)] = true
	f.files = append(f.files, found{filepath.ToSlash(name), id})
	f.job.paths = append(f.job.paths, name)
	f.job.configs.rules(filepath.Dir(name))
}

// excluded tells whether .gitignore files or the project leave a path out.
func (f *finder) excluded(name string, dir bool) bool {
	return f.gitignored(name, dir) || f.job.configs.excluded(name)
}

// fault says that a path cannot be looked at; the others still are.
func (f *finder) fault(name string, err error) {
	shown := filepath.ToSlash(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.job.found = append(f.job.found, diag.New(module.NoEntry, "", syntax.Span{}, shown))
	case errors.Is(err, fs.ErrPermission):
		f.job.found = append(f.job.found, diag.New(module.NoPermission, "", syntax.Span{}, shown))
	default:
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		f.job.found = append(f.job.found, diag.New(module.Unreadable, "", syntax.Span{}, shown, err.Error()))
	}
}

// entriesOf are the programs among files: those that no other imports. Of files that import each other in a circle the
// first stands for all.
func entriesOf(files []found) []module.Entry {
	imports := importsOf(files)
	imported := map[string]bool{}
	for _, f := range files {
		for _, to := range imports[f.id] {
			if to != f.id {
				imported[to] = true
			}
		}
	}
	var entries []module.Entry
	reached := map[string]bool{}
	var reach func(id string)
	reach = func(id string) {
		if !reached[id] {
			reached[id] = true
			for _, to := range imports[id] {
				reach(to)
			}
		}
	}
	take := func(f found) {
		entries = append(entries, module.Entry{Path: f.name})
		reach(f.id)
	}
	for _, f := range files {
		if !imported[f.id] {
			take(f)
		}
	}
	for _, f := range files {
		if !reached[f.id] {
			take(f)
		}
	}
	return entries
}

// importsOf reads which files each file imports, as canonical paths. Only what has the word is parsed.
func importsOf(files []found) map[string][]string {
	marks := importWords()
	var mu sync.Mutex
	imports := make(map[string][]string)
	parallel(len(files), func(i int) {
		f := files[i]
		text, err := readProgram(f.name)
		if err != nil || !slices.ContainsFunc(marks, func(w string) bool { return bytes.Contains(text, []byte(w)) }) {
			return // the loader says why it cannot be read
		}
		var to []string
		for _, s := range syntax.Parse(f.name, text).Stmts {
			if imp, ok := s.(*syntax.ImportStmt); ok && imp.Path != nil {
				to = append(to, places(path.Dir(f.name), imp.Path.Value)...)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		imports[f.id] = to
	})
	return imports
}

// places are where an import may lead to: beside the file, or below the roots. The first that exists is meant.
func places(dir, want string) []string {
	if strings.TrimSpace(want) == "" {
		return nil
	}
	for _, base := range append([]string{dir}, roots()...) {
		name := filepath.FromSlash(want)
		if !filepath.IsAbs(name) {
			name = filepath.Join(filepath.FromSlash(base), name)
		}
		if info, err := os.Stat(name); err == nil && !info.IsDir() {
			return []string{absolute(name)}
		}
	}
	return nil
}

// importWords are all spellings of இறக்கு.
func importWords() []string {
	w := words.Lookup("இறக்கு")
	return slices.Concat(w.Tamil, w.Roman, w.English, w.Also)
}

// parallel calls f for 0 to n-1, as many at a time as there are processors.
func parallel(n int, f func(i int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// readProgram reads a file as far as the parser takes it.
func readProgram(name string) (text []byte, err error) {
	in, err := os.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	text, err = io.ReadAll(io.LimitReader(in, maxSource))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return text, nil
}
