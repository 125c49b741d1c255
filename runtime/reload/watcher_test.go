package reload

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// must fails the test at the first error.
func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func put(path, text string) error { return os.WriteFile(path, []byte(text), 0o600) }

// dances are the ways in which editors and tools save a file, each with a file that is there.
var dances = []struct {
	name string
	save func(file, text string) error
}{
	{"in place, as VS Code and nano", put},
	{"appended to", func(file, text string) error {
		f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteString(text)
		return errors.Join(err, f.Close())
	}},
	{"a new file in its place, as formatters and git", func(file, text string) error {
		return errors.Join(put(file+".tmp", text), os.Rename(file+".tmp", file))
	}},
	{"the old one to a backup, as vim", func(file, text string) error {
		return errors.Join(os.Rename(file, file+"~"), put(file, text), os.Remove(file+"~"))
	}},
	{"the old one stays as a backup, as emacs", func(file, text string) error {
		return errors.Join(os.Rename(file, file+"~"), put(file, text))
	}},
	{"removed and made again", func(file, text string) error {
		return errors.Join(os.Remove(file), put(file, text))
	}},
	{"from another folder", func(file, text string) error {
		far := filepath.Join(filepath.Dir(file), "..", "far.tmp")
		return errors.Join(put(far, text), os.Rename(far, file))
	}},
	{"its folder replaced", func(file, text string) error {
		dir := filepath.Dir(file)
		next := dir + ".next"
		return errors.Join(os.Mkdir(next, 0o755), put(filepath.Join(next, filepath.Base(file)), text), os.Rename(dir, dir+".old"), os.Rename(next, dir), os.RemoveAll(dir+".old"))
	}},
	{"its folder removed and made again", func(file, text string) error {
		dir := filepath.Dir(file)
		return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o755), put(file, text))
	}},
}

// TestSaves sees every way of saving twice, told by the system and looked for.
func TestSaves(t *testing.T) {
	t.Parallel()
	for _, d := range dances {
		for name, o := range map[string]Options{"told": {}, "polled": {Poll: 10 * time.Millisecond}} {
			t.Run(d.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				file := filepath.Join(t.TempDir(), "உள்", "நிரல்.qmz")
				must(t, os.Mkdir(filepath.Dir(file), 0o755), put(file, "அ"))
				w := NewWatcher(o)
				defer w.Close()
				for _, text := range []string{"அ = 10;", "அ = 𝒳 100;"} {
					w.Watch([]string{file})
					must(t, d.save(file, text))
					seen(t, w, file, text)
				}
			})
		}
	}
}

// seen waits until the watcher has told of what the file holds. A way of saving may be told of in several steps.
func seen(t *testing.T, w *Watcher, file, want string) {
	t.Helper()
	for {
		if !w.Next(t.Context()) {
			t.Fatal("nothing was told")
		}
		w.Watch([]string{file})
		if text, err := os.ReadFile(file); err == nil && len(text) >= len(want) && string(text[len(text)-len(want):]) == want {
			return
		}
	}
}

// TestLinks swaps what symbolic links lead to: the file itself, and a folder on the way, as deployments do.
func TestLinks(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{"told": {}, "polled": {Poll: 10 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
			for _, release := range []string{"1", "2"} {
				must(t, os.Mkdir(at(release), 0o755), put(at(release, "a.qmz"), release), put(at(release, "x.qmz"), "x"+release))
			}
			swap := func(target, link string) error {
				return errors.Join(os.Symlink(target, at("next")), os.Rename(at("next"), at(link)))
			}
			must(t, swap("1", "now"), swap(filepath.Join("1", "x.qmz"), "one.qmz"))
			w := NewWatcher(o)
			defer w.Close()
			w.Watch([]string{at("now", "a.qmz")})
			must(t, swap("2", "now"))
			seen(t, w, at("now", "a.qmz"), "2")
			must(t, put(at("2", "a.qmz"), "22")) // the file behind the link
			seen(t, w, at("now", "a.qmz"), "22")
			w.Watch([]string{at("one.qmz")})
			must(t, swap(filepath.Join("2", "x.qmz"), "one.qmz"))
			seen(t, w, at("one.qmz"), "x2")
		})
	}
}

// TestMissing waits for what is not there yet: a file whose folder is missing too, and one beside, which nobody has named.
func TestMissing(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{"told": {Ext: ".qmz"}, "polled": {Ext: ".qmz", Poll: 10 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			deep := filepath.Join(dir, "a", "b", "c.qmz")
			w := NewWatcher(o)
			defer w.Close()
			w.Watch([]string{deep})
			must(t, os.MkdirAll(filepath.Dir(deep), 0o755), put(deep, "1"))
			seen(t, w, deep, "1")
			must(t, put(filepath.Join(filepath.Dir(deep), "வேறு.qmz"), "2"))
			if !w.Next(t.Context()) {
				t.Error("a program beside is not seen")
			}
		})
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := NewWatcher(Options{Ext: ".qmz"})
	defer w.Close()
	w.Watch([]string{filepath.Join(dir, "a.qmz"), filepath.Join(dir, "etamil.toml")})
	for name, want := range map[string]bool{
		"a.qmz": true, "etamil.toml": true, "b.qmz": true, "a.db": false, "a.db-wal": false, ".a.qmz.swp": false, "a.qmz~": false, "4913": false, "sub/c.qmz": false,
	} {
		if got := w.counts(filepath.Join(dir, filepath.FromSlash(name))); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestExhausted goes on by looking when the system has no more handles: for a watcher, or for one more folder. It says so once.
func TestExhausted(t *testing.T) {
	t.Parallel()
	for name, notify := range map[string]func() (*fsnotify.Watcher, error){
		"no watcher": func() (*fsnotify.Watcher, error) { return nil, syscall.EMFILE },
		"no more folders": func() (*fsnotify.Watcher, error) {
			n, err := fsnotify.NewWatcher()
			if err == nil {
				err = n.Close() // it takes no folder any more
			}
			return n, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "a.qmz")
			must(t, put(file, "1"))
			told := 0
			w := NewWatcher(Options{notify: notify, Fallback: func(err error) {
				if told++; err == nil {
					t.Error("no reason")
				}
			}})
			defer w.Close()
			for _, text := range []string{"10", "100"} {
				w.Watch([]string{file})
				must(t, put(file, text))
				seen(t, w, file, text)
			}
			if told != 1 {
				t.Errorf("told %d times", told)
			}
		})
	}
}

// TestBetween tells of a change that is made after the files were read and before they are watched again.
func TestBetween(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{"told": {}, "polled": {Poll: 10 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "a.qmz")
			must(t, put(file, "1"))
			w := NewWatcher(o)
			defer w.Close()
			w.Watch([]string{file})
			must(t, put(file, "22"))
			seen(t, w, file, "22")
			must(t, put(file, "333"))
			w.Watch([]string{file})
			seen(t, w, file, "333")
		})
	}
}

func TestNextEnds(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {Poll: time.Hour}} {
		w := NewWatcher(o)
		w.Watch([]string{filepath.Join(t.TempDir(), "a")})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if w.Next(ctx) {
			t.Error("a change without one")
		}
		w.Close()
	}
}
