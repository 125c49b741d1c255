package host

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// fileWords are the words that answer something about a file.
var fileWords = table{
	"fileSave":   pure(2, fileSave),
	"fileExists": pure(1, fileExists),
	"fileInfo":   pure(1, fileInfo),
	"readDir":    pure(1, readDir),
}

// fileSave is கோப்பு_சேமி(path, text): the number of bytes written, or தவறு. Readers see the old file or the new one,
// never a part.
func fileSave(c *call) (value.Value, error) {
	name, text := c.text(0), c.text(1)
	if err := c.files.save(name, text); err != nil {
		return FileFailed(name, err), nil
	}
	return value.FromOk(value.FromInt(int64(len(text)))), nil
}

// fileExists is கோப்பு_உள்ளதா(path): file or folder.
func fileExists(c *call) (value.Value, error) {
	_, err := c.files.stat(c.text(0))
	return value.FromBool(err == nil), nil
}

// fileInfo is கோப்பு_விவரம்(path): {வகை, அளவு, மாற்றம்}, மாற்றம் in whole seconds since 1970.
func fileInfo(c *call) (value.Value, error) {
	name := c.text(0)
	info, err := c.files.stat(name)
	if err != nil {
		return FileFailed(name, err), nil
	}
	kind := "கோப்பு"
	if info.IsDir() {
		kind = "கோப்பகம்"
	}
	changed := value.Nil
	if t := info.ModTime(); !t.IsZero() {
		changed = value.FromInt(t.Unix())
	}
	return value.FromOk(value.FromFields(
		[]string{"வகை", "அளவு", "மாற்றம்"},
		[]value.Value{value.FromText(kind), value.FromInt(info.Size()), changed},
	)), nil
}

// readDir is கோப்பகம்_படி(path): the bare names, by code point.
func readDir(c *call) (value.Value, error) {
	name := c.text(0)
	entries, err := c.files.list(name)
	if err != nil {
		return FileFailed(name, err), nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.ToValidUTF8(e.Name(), "\uFFFD")
	}
	slices.Sort(names)
	items, err := c.textArray(names)
	return value.FromOk(items), err
}
