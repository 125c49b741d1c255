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
	"sync"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	projectfiles "github.com/etamil-lang/etamil/syntax/project/files"
)

// finder collects the programs below the paths of the command line.
type finder struct {
	job    *checkJob
	files  []found
	walker *projectfiles.Finder
}

// newFinder makes a finder; leftOut tells what the project excludes from the command.
func newFinder(job *checkJob, leftOut func(name string) bool) *finder {
	return &finder{job: job, walker: projectfiles.New(disk{}, absoluteSlash, leftOut)}
}

// disk is the operating system's file system under the paths that people write, with slashes.
type disk struct{}

func (disk) Open(name string) (fs.File, error) { return os.Open(filepath.FromSlash(name)) } //nolint:wrapcheck // said in full

// absoluteSlash is the absolute form of a path, with links as they are.
func absoluteSlash(name string) string {
	abs, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		return name
	}
	return filepath.ToSlash(abs)
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

// folder takes the programs of a folder that are not excluded.
func (f *finder) folder(root string) {
	f.job.paths = append(f.job.paths, filepath.Join(root, projectFile))
	f.walker.Walk(filepath.ToSlash(root), func(name string) { f.file(filepath.FromSlash(name)) }, f.fault)
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
