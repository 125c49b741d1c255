package host

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// files is the file system as the file words and statements see it (builtins.tsv). The zero value takes relative names
// from the working directory.
type files struct{ dir string }

// path is where a name of the program leads.
func (f files) path(name string) string {
	if f.dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(f.dir, name)
}

var errIsDir = errors.New("is a directory")

// save replaces the content of the file at once: it writes a neighbour, brings it to the disk and renames it. A link is
// followed, and the file's permissions stay. What is no regular file (/dev/stdout), or lies in a folder that takes no
// new files, is written in place.
func (f files) save(name, text string) error {
	path := f.path(name)
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode, fresh := fs.FileMode(0o666), true
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return put(path, text, os.O_TRUNC)
		}
		mode, fresh = info.Mode().Perm(), false
	}
	next, err := neighbour(path)
	if err != nil {
		if !fresh && errors.Is(err, fs.ErrPermission) {
			return put(path, text, os.O_TRUNC)
		}
		return err
	}
	if err = fill(next, text, mode, fresh); err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	syncDir(filepath.Dir(path))
	return nil
}

// neighbour creates an empty file of a name not taken, beside path. Its permissions are those of any new file.
func neighbour(path string) (*os.File, error) {
	next := filepath.Join(filepath.Dir(path), ".etamil-"+rand.Text())
	return os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// fill writes text to a file on the disk and closes it.
func fill(file *os.File, text string, mode fs.FileMode, fresh bool) error {
	_, err := io.WriteString(file, text)
	if err == nil && !fresh {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// syncDir brings a rename to the disk. Not every file system lets a folder be synced, and the file itself is safe.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// put writes text to a file in place.
func put(path, text string, flag int) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o666)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, text)
	return errors.Join(err, file.Close())
}

// readStep is how much is read between two charges, in bytes.
const readStep = 1 << 20

// read reads a whole file step by step and charges each step, so that an endless one ends at the memory limit.
func (f files) read(name string, charge func(n int) error) (text string, err error) {
	file, err := os.Open(f.path(name))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return "", errIsDir
	}
	var out strings.Builder
	for {
		n, err := io.CopyN(&out, file, readStep)
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
