package reload

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long files must rest before a change counts: editors write in several steps.
	settle = 100 * time.Millisecond
	// patience is how long a change waits for files that never rest.
	patience = 2 * time.Second
	// pollEvery is how often files are looked at where the system does not tell of changes.
	pollEvery = 500 * time.Millisecond
)

// Options say how files are watched.
type Options struct {
	// Ext is the extension of files that count although nobody has named them, as long as they are beside one that was named:
	// what is missing may come. "" for none.
	Ext string
	// Poll looks at the files every so often instead of asking the system; for folders of other machines, which tell nothing.
	Poll time.Duration
	// Fallback, which may be nil, is told once when files are looked at because the system can tell no more.
	Fallback func(err error)

	notify func() (*fsnotify.Watcher, error) // fsnotify.NewWatcher, unless a test says otherwise
}

// Watcher tells when one of a set of files changes. It watches folders and not files, because editors put a new file in the
// place of the old one; and the folders of symbolic links on the way, because a whole release may be put in the place of the
// last. Its methods are for one goroutine.
type Watcher struct {
	opt     Options
	notify  *fsnotify.Watcher      // nil while files are polled
	files   []string               // as they were named
	named   map[string]bool        // every path whose change counts: the files, and what links to them
	folders map[string]bool        // that hold them
	seen    map[string]fs.FileInfo // nil where there is none
	late    bool                   // something has changed after the last Next
}

// NewWatcher makes a watcher of no files. It must be closed.
func NewWatcher(o Options) *Watcher {
	if o.notify == nil {
		o.notify = fsnotify.NewWatcher
	}
	w := &Watcher{opt: o}
	if o.Poll > 0 {
		return w
	}
	w.opt.Poll = pollEvery
	n, err := o.notify()
	if err != nil {
		w.fallBack(err)
		return w
	}
	w.notify = n
	return w
}

// fallBack goes over to polling, for good.
func (w *Watcher) fallBack(err error) {
	if w.notify != nil {
		_ = w.notify.Close() // nothing is read from it any more
		w.notify = nil
	}
	if w.opt.Fallback != nil {
		w.opt.Fallback(err)
	}
}

// Watch makes these the files whose changes count. What has changed since the last Next is told of by the next one.
func (w *Watcher) Watch(files []string) {
	w.files, w.named, w.folders = files, map[string]bool{}, map[string]bool{}
	for _, file := range files {
		w.follow(file)
	}
	if w.notify != nil {
		w.watchFolders()
	}
	now := w.look()
	if w.seen != nil {
		w.late = w.late || differs(w.seen, now)
	}
	w.seen = now
}

// follow notes a file and the links that lead to it.
func (w *Watcher) follow(file string) {
	path, err := filepath.Abs(file)
	if err != nil {
		path = filepath.Clean(file)
	}
	const most = 40 // links that lead to links
	for range most {
		next, ok := firstLink(path)
		if !ok {
			break
		}
		w.note(next.at)
		path = next.path
	}
	w.note(path)
}

// note makes a path count. No part of it but the last is a link, so that every folder has one name here: two for one would
// confuse fsnotify.
func (w *Watcher) note(path string) {
	w.named[path] = true
	w.folders[filepath.Dir(path)] = true
}

// link is a symbolic link on the way to a file, and the path of the file behind it.
type link struct{ at, path string }

// firstLink finds the first symbolic link of a path.
func firstLink(path string) (link, bool) {
	for i := 1; i <= len(path); i++ {
		if i < len(path) && !os.IsPathSeparator(path[i]) {
			continue
		}
		at := path[:i]
		target, err := os.Readlink(at)
		if err != nil {
			continue
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(at), target)
		}
		return link{at, filepath.Join(target, path[i:])}, true
	}
	return link{}, false
}

// watchFolders asks the system for news of the folders, and of those above the ones that are not there. Folders that do not
// count any more stay watched: there are few, and none may be there any more to be taken back.
func (w *Watcher) watchFolders() {
	for dir := range w.folders {
		for range 3 { // what was not there may have come meanwhile
			at := w.watchAbove(dir)
			if _, err := os.Stat(below(at, dir)); err != nil || at == dir || w.notify == nil {
				break
			}
		}
		if w.notify == nil {
			return
		}
	}
}

// watchAbove watches a folder, or the nearest one above that is there, which it answers.
func (w *Watcher) watchAbove(dir string) string {
	for {
		err := w.add(dir)
		if err == nil {
			return dir
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) || dir == filepath.Dir(dir) {
			w.fallBack(err) // too many watched folders, or a file system without news
			return dir
		}
		w.named[dir] = true // it may come
		dir = filepath.Dir(dir)
	}
}

// below is the folder on the way from one folder down to another, dir itself when they are the same.
func below(at, dir string) string {
	for at != dir && filepath.Dir(dir) != at && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
	}
	return dir
}

// add watches a folder. One that was watched may have been replaced by another of its name, so that it is asked for anew.
func (w *Watcher) add(dir string) error {
	if info, err := os.Stat(dir); err != nil {
		return err //nolint:wrapcheck // the caller looks at it
	} else if !info.IsDir() {
		return fs.ErrNotExist
	}
	return w.notify.Add(dir) //nolint:wrapcheck // the caller looks at it
}

// counts tells whether a change of this path may matter.
func (w *Watcher) counts(path string) bool {
	return w.named[path] || w.folders[path] || w.opt.Ext != "" && filepath.Ext(path) == w.opt.Ext && w.folders[filepath.Dir(path)]
}

// Next waits for a change that has settled; false when ctx ended.
func (w *Watcher) Next(ctx context.Context) bool {
	told := w.late && ctx.Err() == nil
	if w.late = false; !told {
		told = w.told(ctx)
	}
	w.seen = w.look()
	return told
}

// told waits for news.
func (w *Watcher) told(ctx context.Context) bool {
	if w.notify == nil {
		return w.poll(ctx)
	}
	quiet, late := stopped(), stopped()
	defer quiet.Stop()
	defer late.Stop()
	waiting := false
	changed := func() {
		if !waiting {
			late.Reset(patience)
		}
		waiting = true
		quiet.Reset(settle)
	}
	for {
		select {
		case <-ctx.Done():
			return false
		case e, ok := <-w.notify.Events:
			if !ok {
				return w.poll(ctx)
			}
			if e.Op&^fsnotify.Chmod != 0 && w.counts(e.Name) {
				changed()
			}
		case <-w.notify.Errors: // some news may have been lost: look
			changed()
		case <-quiet.C:
			return true
		case <-late.C:
			return true
		}
	}
}

func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// Close ends the watch.
func (w *Watcher) Close() {
	if w.notify != nil {
		_ = w.notify.Close() // nothing is read from it any more
	}
}
