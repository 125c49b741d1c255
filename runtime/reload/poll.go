package reload

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// poll looks at the files every so often, and once more when they have changed, so that half a file is no change yet.
func (w *Watcher) poll(ctx context.Context) bool {
	tick := time.NewTicker(w.opt.Poll)
	defer tick.Stop()
	changed := false
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		now := w.look()
		same := alike(now, w.seen)
		if changed && same {
			return true
		}
		changed = changed || !same
		w.seen = now
	}
}

// look reads what can be seen of the files from outside, and of those that count beside them. It does nothing where the
// system tells.
func (w *Watcher) look() map[string]fs.FileInfo {
	if w.notify != nil {
		return nil
	}
	all := map[string]fs.FileInfo{}
	for _, file := range w.files {
		note(all, file)
	}
	if w.opt.Ext == "" {
		return all
	}
	for dir := range w.folders {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // it is not there, which is seen as well
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), w.opt.Ext) {
				note(all, filepath.Join(dir, e.Name()))
			}
		}
	}
	return all
}

func note(all map[string]fs.FileInfo, file string) {
	if info, err := os.Stat(file); err == nil {
		all[file] = info
	}
}

// alike tells whether two looks saw the same files.
func alike(a, b map[string]fs.FileInfo) bool {
	if len(a) != len(b) {
		return false
	}
	for file, x := range a {
		y, ok := b[file]
		if !ok || x.Size() != y.Size() || !x.ModTime().Equal(y.ModTime()) || !os.SameFile(x, y) {
			return false
		}
	}
	return true
}
