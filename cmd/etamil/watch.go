package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/etamil-lang/etamil/syntax/module"
)

const (
	// settle is how long files must rest before a change counts: editors write in several steps.
	settle = 100 * time.Millisecond
	// pollEvery is how often files are looked at where the system does not tell of changes.
	pollEvery = time.Second
	// programExt is the extension of programs; the databases and logs beside them change all the time.
	programExt = ".qmz"
)

// watcher tells when a file of a program changes. Folders are watched and not files, because editors put a new file in
// the place of the old one.
type watcher struct {
	notify *fsnotify.Watcher // nil where the system cannot; then files are polled
	entry  string
	files  map[string]bool // of the program, absolute
	seen   map[string]stamp
}

// stamp is what changes when a file does.
type stamp struct {
	size int64
	time time.Time
}

func newWatcher(entry string, prog *module.Program) *watcher {
	w := &watcher{entry: entry}
	if n, err := fsnotify.NewWatcher(); err == nil {
		w.notify = n
	}
	w.watch(prog)
	return w
}

// watch makes these the files, and the entry's folder stays watched: what was broken may come back there. prog may be nil.
func (w *watcher) watch(prog *module.Program) {
	w.files = map[string]bool{absolute(w.entry): true}
	if prog != nil {
		for _, p := range prog.Paths {
			if p != "" {
				w.files[absolute(filepath.FromSlash(p))] = true
			}
		}
	}
	for file := range w.files {
		if w.notify != nil && w.notify.Add(filepath.Dir(file)) != nil {
			_ = w.notify.Close() // too many watched folders, or a file system without news
			w.notify = nil
		}
	}
	w.seen = w.look()
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// counts tells whether a change of this file may change the program: it is a file of it, or a program beside one, which
// an import may be looking for.
func (w *watcher) counts(path string) bool {
	return w.files[path] || filepath.Ext(path) == programExt
}

// next waits for a change that has settled; false when ctx ended.
func (w *watcher) next(ctx context.Context) bool {
	if w.notify == nil {
		return w.poll(ctx)
	}
	quiet := time.NewTimer(time.Hour)
	defer quiet.Stop()
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case e, ok := <-w.notify.Events:
			if !ok {
				w.notify = nil
				return w.poll(ctx)
			}
			if e.Op&^fsnotify.Chmod != 0 && w.counts(e.Name) {
				quiet.Reset(settle)
			}
		case <-w.notify.Errors: // some news may have been lost: look
			quiet.Reset(settle)
		case <-quiet.C:
			return true
		}
	}
}

// poll looks at the files every so often.
func (w *watcher) poll(ctx context.Context) bool {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		now := w.look()
		if len(now) != len(w.seen) {
			return true
		}
		for file, s := range now {
			if w.seen[file] != s {
				return true
			}
		}
	}
}

// look reads the stamps of the files, and of the programs beside them.
func (w *watcher) look() map[string]stamp {
	if w.notify != nil {
		return nil
	}
	all := map[string]stamp{}
	add := func(file string) {
		if info, err := os.Stat(file); err == nil {
			all[file] = stamp{info.Size(), info.ModTime()}
		}
	}
	for file := range w.files {
		add(file)
		beside, _ := filepath.Glob(filepath.Join(globSafe(filepath.Dir(file)), "*"+programExt)) // the pattern is well-formed
		for _, other := range beside {
			add(other)
		}
	}
	return all
}

func (w *watcher) close() {
	if w.notify != nil {
		_ = w.notify.Close() // nothing is read from it any more
	}
}
