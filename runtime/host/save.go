package host

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// save replaces the content of the file by text, as saveWith does.
func (f files) save(name, text string) error {
	return f.saveWith(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// saveWith replaces the content of the file at once by what write writes: into a neighbour, which is brought to the disk
// and renamed. Whoever reads, and whoever looks after a crash or on a full disk, sees the old file or the new one. A link
// is followed, and the file's permissions stay. What is no regular file (/dev/stdout), or lies in a folder that takes
// no new files, is written in place.
func (f files) saveWith(name string, write func(io.Writer) error) error {
	return f.in(name, func(p place, path string) error {
		path, err := follow(p, path)
		if err != nil {
			return err
		}
		return replaceFile(p, path, write)
	})
}

func replaceFile(p place, path string, write func(io.Writer) error) error {
	mode, fresh := fs.FileMode(0o666), true
	if info, err := p.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return overwrite(p, path, write)
		}
		mode, fresh = info.Mode().Perm(), false
	}
	dir, _ := filepath.Split(path)
	// Not yet the file's own name, and with the permissions of any new file.
	next := dir + ".etamil-" + rand.Text()
	file, err := p.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		if !fresh && errors.Is(err, fs.ErrPermission) {
			return overwrite(p, path, write)
		}
		return err
	}
	if err = fill(file, write, mode, fresh); err == nil {
		err = p.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, p.Remove(next))
	}
	syncDir(p, dir)
	return nil
}

// maxLinks is how many links in a row are followed, as the systems themselves do.
const maxLinks = 40

// follow is where the link at path leads in the end, there or not; any other path is answered as it is. The pieces are
// joined as they are: ".." after a link to a folder means something else than before it.
func follow(p place, path string) (string, error) {
	for range maxLinks {
		target, err := p.Readlink(path)
		if err != nil {
			return path, nil // no link; or an error that opening meets again
		}
		if !filepath.IsAbs(target) {
			dir, _ := filepath.Split(path)
			target = dir + target
		}
		path = target
	}
	return "", errLoop
}

// fill writes a file, brings it to the disk and closes it.
func fill(file *os.File, write func(io.Writer) error, mode fs.FileMode, fresh bool) error {
	err := write(file)
	if err == nil && !fresh {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// syncDir brings a rename to the disk. Not every file system lets a folder be synced, and the file itself is safe.
func syncDir(p place, dir string) {
	if dir == "" {
		dir = "."
	}
	if d, err := p.OpenFile(dir, os.O_RDONLY, 0); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// overwrite writes a file in place.
func overwrite(p place, path string, write func(io.Writer) error) error {
	file, err := p.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// empty makes the file exist and hold nothing.
func (f files) empty(name string) error {
	return f.in(name, func(p place, path string) error {
		return overwrite(p, path, func(io.Writer) error { return nil })
	})
}

// add writes text to the end of the file, all of it or nothing.
func (f files) add(name, text string) error {
	return f.in(name, func(p place, path string) error {
		file, err := p.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
		if err != nil {
			return err
		}
		return errors.Join(appendWhole(file, text), file.Close())
	})
}

// appendWhole takes back what was written of text when the disk did not take all of it.
func appendWhole(file *os.File, text string) error {
	before, _ := file.Stat()
	n, err := io.WriteString(file, text)
	if err == nil || n == 0 || before == nil || !before.Mode().IsRegular() {
		return err
	}
	// Only while nobody else added something meanwhile.
	if after, errStat := file.Stat(); errStat == nil && after.Size() == before.Size()+int64(n) {
		err = errors.Join(err, file.Truncate(before.Size()))
	}
	return err
}
