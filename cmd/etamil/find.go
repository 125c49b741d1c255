package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// skipped are folders that hold no sources of their own; so are all whose names start with a dot.
var skipped = map[string]bool{"node_modules": true, "vendor": true, "dist": true}

// finder collects the programs below the paths of the command line.
type finder struct {
	job    *checkJob
	files  []found
	ignore map[string]*ignoreFile
	// leftOut tells what the project excludes from this command.
	leftOut func(name string) bool
}

// found is a program file: its name for people and its one true path.
type found struct{ name, id string }

// dir is the folder of the file.
func (f found) dir() string { return filepath.Dir(f.id) }

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
	return f.gitignored(name, dir) || f.leftOut(name)
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

// parallel calls f for 0 to n-1, as many at a time as there are processors.
func parallel(n int, f func(i int)) {
	if n == 1 {
		f(0) // a tiny program should not pay for threads
		return
	}
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
	var b bytes.Buffer
	if info, err := in.Stat(); err == nil {
		b.Grow(int(min(info.Size(), maxSource)) + bytes.MinRead)
	}
	if _, err = b.ReadFrom(io.LimitReader(in, maxSource)); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return b.Bytes(), nil
}
