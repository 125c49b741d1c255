package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// errChanged says that somebody else wrote a file in the meantime.
var errChanged = errors.New("மற்றொருவர் அதை மாற்றியுள்ளார்  (it was changed in the meantime)")

// replaceFile puts a new text in a file's place in one step: who reads it meanwhile sees the old one or the new one. It
// keeps the file's permissions, and refuses when the file is no longer what it was. The path must be no link.
func replaceFile(path string, before, after []byte) error {
	now, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if !bytes.Equal(now, before) {
		return errChanged
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	return putFile(path, after, info.Mode().Perm())
}

// putFile writes a whole file in one step, with these permissions.
func putFile(path string, text []byte, mode os.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".etamil-*")
	if err != nil {
		return fmt.Errorf("write beside %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the error above says more
		}
	}()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write beside %s: %w", path, err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	return nil
}
