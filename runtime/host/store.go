package host

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// files is the file system as the file words and statements see it (builtins.tsv). The zero value takes relative names
// from the working directory and reaches every file that the process may reach.
type files struct {
	dir      string
	confined bool // nothing outside dir is reached, through links neither
}

// path is where a name of the program leads when it is not confined.
func (f files) path(name string) string {
	if f.dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(f.dir, name)
}

// place is a part of the file system: the whole of it, or an os.Root.
type place interface {
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
	Stat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
	Rename(from, to string) error
	Remove(name string) error
}

// everywhere is the whole file system.
type everywhere struct{}

func (everywhere) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag, perm)
}
func (everywhere) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }
func (everywhere) Readlink(name string) (string, error)  { return os.Readlink(name) }
func (everywhere) Rename(from, to string) error          { return os.Rename(from, to) }
func (everywhere) Remove(name string) error              { return os.Remove(name) }

var (
	errIsDir   = errors.New("is a directory")
	errOutside = errors.New("is outside the program's folder")
	errLoop    = errors.New("too many links")
)

// in calls do with the place that holds the file of that name, and the name there.
func (f files) in(name string, do func(p place, path string) error) (err error) {
	if !f.confined {
		return do(everywhere{}, f.path(name))
	}
	path, err := f.inside(name)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(f.folder())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if err = do(root, path); escapes(err) {
		return errOutside
	}
	return err
}

// folder is the folder that relative names start from.
func (f files) folder() string {
	if f.dir == "" {
		return "."
	}
	return f.dir
}

// inside is a name as one below the folder. An absolute name that leads there counts too.
func (f files) inside(name string) (string, error) {
	if filepath.IsAbs(name) {
		base, err := filepath.Abs(f.folder())
		if err != nil {
			return "", err
		}
		if name, err = filepath.Rel(base, name); err != nil {
			return "", errOutside
		}
	}
	switch {
	case name == "":
		return "", fs.ErrNotExist
	case !filepath.IsLocal(name):
		return "", errOutside
	}
	return name, nil
}

// escapes tells the error of an os.Root for a name or a link that leads out of it. It has no exported value.
func escapes(err error) bool {
	var at *fs.PathError
	return errors.As(err, &at) && at.Err.Error() == "path escapes from parent"
}

// open opens a file for reading.
func (f files) open(name string) (file *os.File, err error) {
	err = f.in(name, func(p place, path string) (err error) {
		file, err = p.OpenFile(path, os.O_RDONLY, 0)
		return err
	})
	return file, err
}

// stat describes a file or folder, links followed.
func (f files) stat(name string) (info fs.FileInfo, err error) {
	err = f.in(name, func(p place, path string) (err error) {
		info, err = p.Stat(path)
		return err
	})
	return info, err
}

// list is what stands in a folder.
func (f files) list(name string) (entries []fs.DirEntry, err error) {
	dir, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	return dir.ReadDir(-1)
}

// readStep is how much is read between two charges, in bytes.
const readStep = 1 << 20

// read reads a whole file and charges what it reads.
func (f files) read(name string, charge func(n int) error) (text string, err error) {
	file, err := f.open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return "", errIsDir
	}
	return readAll(file, charge)
}

// readAll reads to the end step by step and charges each step, so that an endless source ends at the memory limit.
func readAll(r io.Reader, charge func(n int) error) (string, error) {
	var out strings.Builder
	for {
		n, err := io.CopyN(&out, r, readStep)
		if err := charge(int(n)); err != nil {
			return "", chargeError{err}
		}
		switch {
		case errors.Is(err, io.EOF):
			return out.String(), nil
		case err != nil:
			return "", err
		}
	}
}

// chargeError marks an error of the memory limit, which goes back as it is.
type chargeError struct{ error }

// charged is the error of the memory limit that err holds, or nil.
func charged(err error) error {
	var c chargeError
	if errors.As(err, &c) {
		return c.error
	}
	return nil
}
