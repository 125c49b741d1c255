package host

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Files is the file system as the file words and statements see it (builtins.tsv). The zero value takes relative names
// from the working directory.
type Files struct {
	// Dir is the folder that relative names start from; "" is the working directory.
	Dir string
}

// Charge is told how many bytes are about to be kept; its error ends the reading. nil keeps no count.
type Charge func(n int) error

var errIsDir = errors.New("is a directory")

// Read is கோப்பு_படி: the whole file as text, all newlines at its end removed. A file that cannot be read, or is not
// UTF-8, is a run-time error of kind கோப்பு.
func (f Files) Read(name string, charge Charge) (string, error) {
	s, err := f.text("FileRead", name, charge)
	return strings.TrimRight(s, "\n"), err
}

// CountRows is தரவுரை_படி as the reference has it: the lines that are not blank, less one for the heading, at least 0.
func (f Files) CountRows(name string, charge Charge) (int, error) {
	s, err := f.text("ReadCSV", name, charge)
	if err != nil {
		return 0, err
	}
	n := -1
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return max(n, 0), nil
}

// Append is கோப்பு_எழுது and தரவுரை_எழுது: it adds text and a newline to the file, making it when there is none.
func (f Files) Append(name, text string) error {
	err := put(f.path(name), text+"\n", os.O_APPEND)
	return statementFault("FileWrite", name, err)
}

// Truncate is கோப்பு_திற in mode "write": the file exists and is empty afterwards.
func (f Files) Truncate(name string) error {
	return statementFault("FileOpen", name, put(f.path(name), "", os.O_TRUNC))
}

// Save replaces the content of the file at once: it writes a neighbour, brings it to the disk and renames it. A link is
// followed, and the file's permissions stay. What is no regular file (/dev/stdout), or lies in a folder that takes no
// new files, is written in place.
func (f Files) Save(name, text string) error {
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

// text reads a whole file as UTF-8 for the statement with that ID.
func (f Files) text(id, name string, charge Charge) (string, error) {
	raw, err := f.read(name, charge)
	if err != nil {
		return "", statementFault(id, name, err)
	}
	if at := badUTF8(raw); at >= 0 {
		return "", fault(id, CodeFileNotText, name, strconv.Itoa(at))
	}
	return raw, nil
}

// readStep is how much is read between two charges, in bytes.
const readStep = 1 << 20

// read reads a whole file step by step, so that an endless one ends at the memory limit.
func (f Files) read(name string, charge Charge) (text string, err error) {
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
		if charge != nil {
			if err := charge(int(n)); err != nil {
				return "", chargeError{err}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return out.String(), nil
		case err != nil:
			return "", err
		}
	}
}

// chargeError marks an error that came from a Charge and goes back as it is.
type chargeError struct{ error }

// statementFault turns the error of a file operation into a run-time error of the statement with that ID.
func statementFault(id, name string, err error) error {
	if err == nil {
		return nil
	}
	var own chargeError
	if errors.As(err, &own) {
		return own.error
	}
	tamil, english := reason(err)
	if tamil != english {
		english = fmt.Sprintf("%s (%s)", tamil, english)
	}
	return fault(id, CodeFileFailed, name, english)
}
