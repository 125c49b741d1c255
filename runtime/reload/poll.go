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
		same := len(now) == len(w.seen) && !differs(now, w.seen)
		if changed && same {
			return true
		}
		changed = changed || !same
		w.seen = now
	}
}

// look reads what can be seen from outside of the files, and of those that count beside them.
func (w *Watcher) look() map[string]fs.FileInfo {
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
	info, err := os.Stat(file)
	if err != nil {
		info = nil
	}
	all[file] = info
}

// differs tells whether two looks saw different things where both have looked.
func differs(a, b map[string]fs.FileInfo) bool {
	for file, x := range a {
		if y, both := b[file]; both && !alike(x, y) {
			return true
		}
	}
	return false
}

// alike tells whether a file looks as it did.
func alike(x, y fs.FileInfo) bool {
	if x == nil || y == nil {
		return x == nil && y == nil
	}
	return x.Size() == y.Size() && x.ModTime().Equal(y.ModTime()) && os.SameFile(x, y)
}
