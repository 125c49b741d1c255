package host

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/value"
)

// packageWords read and rewrite zip files.
var packageWords = table{
	"packageRead":  pure(2, packageRead),
	"packageWrite": pure(3, packageWrite).of(2),
}

// packageLimits bound what is read of zip files, in bytes: a small file can hold very much.
type packageLimits struct {
	entry     int64 // one entry when unpacked
	directory int64 // the list of entries as it stands in the file
}

var defaultPackageLimits = packageLimits{entry: 64 << 20, directory: 8 << 20}

// packageRead is பொதி_படி(file, entry): the entry as text, or தவறு.
func packageRead(c *call) (value.Value, error) {
	name, entry := c.text(0), c.text(1)
	var text string
	err := c.withPackage(name, func(p *zip.Reader) error {
		f, err := findEntry(p, entry)
		if err != nil {
			return err
		}
		text, err = c.unpack(f)
		return err
	})
	if err != nil {
		return c.packageFailed(name, entry, err)
	}
	return value.FromOk(value.FromText(text)), nil
}

// packageWrite is பொதி_மாற்று(source, target, entries): the target becomes the source with the named entries replaced,
// all others as they are, packed and in their order. It answers how many entries there are, or தவறு; then the target is what
// it was. Source and target may be the same file.
func packageWrite(c *call) (value.Value, error) {
	source, target := c.text(0), c.text(1)
	changes, err := c.record(2)
	if err != nil {
		return value.Nil, err
	}
	count := 0
	about, blamed := source, "" // what an error is about: a file, an entry
	err = c.withPackage(source, func(p *zip.Reader) error {
		for _, key := range changes.Keys() {
			if _, err := findEntry(p, key); err != nil {
				blamed = key
				return err
			}
		}
		count, about = len(p.File), target
		return c.files.saveWith(target, func(w io.Writer) error { return c.repack(w, p, changes) })
	})
	if err != nil {
		return c.packageFailed(about, blamed, err)
	}
	return value.FromOk(value.FromInt(int64(count))), nil
}

// withPackage opens a zip file for use, which ends with it.
func (c *call) withPackage(name string, use func(p *zip.Reader) error) (err error) {
	file, err := c.files.open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return errIsDir
	}
	p, err := openPackage(file, info, c.packages.directory)
	if err != nil {
		return err
	}
	return use(p)
}

// openPackage reads the list of a zip file's entries, up to a limit, and refuses names that lead out of a folder.
func openPackage(file *os.File, info fs.FileInfo, limit int64) (*zip.Reader, error) {
	meter := &meteredReader{from: file}
	meter.left.Store(limit)
	p, err := zip.NewReader(meter, info.Size())
	if meter.left.Load() < 0 {
		return nil, errManyEntries
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	meter.left.Store(1 << 62)
	for _, f := range p.File {
		if name := strings.TrimSuffix(f.Name, "/"); !filepath.IsLocal(name) || strings.ContainsAny(name, "\\\x00") {
			return nil, errEntryName
		}
	}
	return p, nil
}

// meteredReader reads from a file until its allowance is used up.
type meteredReader struct {
	from io.ReaderAt
	left atomic.Int64
}

func (m *meteredReader) ReadAt(b []byte, at int64) (int, error) {
	if m.left.Add(-int64(len(b))) < 0 {
		return 0, errManyEntries
	}
	return m.from.ReadAt(b, at)
}

// findEntry is the one entry of that name.
func findEntry(p *zip.Reader, name string) (*zip.File, error) {
	var found *zip.File
	for _, f := range p.File {
		if f.Name != name {
			continue
		}
		if found != nil {
			return nil, errEntryTwice
		}
		found = f
	}
	if found == nil {
		return nil, errNoEntry
	}
	return found, nil
}

// encrypted is the flag of entries that need a password.
const encrypted = 1

// unpack reads an entry as text, however large it says it is.
func (c *call) unpack(f *zip.File) (text string, err error) {
	switch {
	case f.Flags&encrypted != 0:
		return "", errEntryLocked
	case f.UncompressedSize64 > uint64(c.packages.entry):
		return "", errEntryLarge
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	text, err = readAll(io.LimitReader(r, c.packages.entry+1), c.Grow)
	switch {
	case err != nil:
		return "", err
	case int64(len(text)) > c.packages.entry:
		return "", errEntryLarge
	case badUTF8(text) >= 0:
		return "", errEntryText
	}
	return text, nil
}

// repack writes the zip file p with changes.
func (c *call) repack(w io.Writer, p *zip.Reader, changes *value.Record) error {
	out := zip.NewWriter(w)
	for _, f := range p.File {
		err := c.Context().Err()
		if err == nil {
			if v, ok := changes.Get(f.Name); ok {
				var text string
				if text, err = c.display(v); err != nil {
					return chargeError{err}
				}
				err = c.packEntry(out, f, text)
			} else {
				err = out.Copy(f)
			}
		}
		if err != nil {
			return err
		}
	}
	if err := out.SetComment(p.Comment); err != nil {
		return err
	}
	return out.Close()
}

// packEntry writes text in place of entry f. The entry mimetype of documents must stay unpacked, so that a program that
// looks at the file's first bytes knows what it is.
func (c *call) packEntry(out *zip.Writer, f *zip.File, text string) error {
	if f.Name == "mimetype" {
		return storeEntry(out, f.FileHeader, text)
	}
	head := &zip.FileHeader{
		Name: f.Name, Comment: f.Comment, Method: zip.Deflate, Modified: c.now().UTC(),
		CreatorVersion: f.CreatorVersion, ExternalAttrs: f.ExternalAttrs,
	}
	w, err := out.CreateHeader(head)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}
