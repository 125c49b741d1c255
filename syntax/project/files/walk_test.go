package files_test

import (
	"io/fs"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/syntax/project/files"
)

// below is a file system whose names are absolute.
type below struct{ fs.FS }

func (b below) Open(name string) (fs.File, error) {
	if name = path.Clean(name); name == "/" {
		return b.FS.Open(".")
	}
	return b.FS.Open(name[1:])
}

func tree() fs.FS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"p/main.qmz": "", "p/கடை/வரி.qmz": "", "p/கடை/note.txt": "", "p/node_modules/x.qmz": "", "p/.cache/x.qmz": "",
		"p/out/x.qmz": "", "p/out/keep.qmz": "", "p/deep/a/tmp.qmz": "", "p/deep/b/c.qmz": "", "p/draft/d.qmz": "",
		"p/.gitignore":        "# comment\n/out/*\n!/out/keep.qmz\ntmp.qmz\n",
		"p/deep/b/.gitignore": "*.bak\n",
		"p/.git/HEAD":         "", ".gitignore": "*\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return below{files}
}

func finder() *files.Finder {
	return files.New(tree(), path.Clean, func(name string) bool { return path.Base(path.Dir(name)) == "draft" })
}

var want = []string{"/p/deep/b/c.qmz", "/p/main.qmz", "/p/out/keep.qmz", "/p/கடை/வரி.qmz"}

func TestWalk(t *testing.T) {
	t.Parallel()
	var got []string
	finder().Walk("/p", func(name string) { got = append(got, name) }, func(name string, err error) { t.Errorf("%s: %v", name, err) })
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	failed := ""
	finder().Walk("/none", func(name string) { t.Errorf("found %s", name) }, func(name string, _ error) { failed = name })
	if failed != "/none" {
		t.Errorf("failed at %q", failed)
	}
}

// Takes says of every path what Walk does with it.
func TestTakes(t *testing.T) {
	t.Parallel()
	f, seen := finder(), 0
	err := fs.WalkDir(tree(), "/p", func(name string, _ fs.DirEntry, err error) error {
		if got := f.Takes("/p", name); got != slices.Contains(want, name) {
			t.Errorf("%s: %v", name, got)
		}
		seen++
		return err
	})
	if err != nil || seen < 12 {
		t.Fatal(seen, err)
	}
	for _, name := range []string{"/q/a.qmz", "/p", "/p/new/.x/a.qmz", "/p/b.txt"} {
		if f.Takes("/p", name) {
			t.Errorf("takes %s", name)
		}
	}
	if !f.Takes("/p", "/p/new/a.qmz") {
		t.Error("a file that is new is not taken")
	}
}
