package repl

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// History is what was entered in earlier conversations, oldest first: a plain file with one entry per line, in which a
// line break is written \n and a backslash \\. Who reads the file with other tools reads text.
type History struct {
	path    string
	entries []string
	err     error
}

// maxHistory is how many entries a history keeps.
const maxHistory = 10_000

// OpenHistory reads the history in a file; "" keeps it in memory only. A file that is not there is an empty history. The
// error says that the file cannot be used; the history then lives in memory.
func OpenHistory(path string) (*History, error) {
	h := &History{path: path}
	if path == "" {
		return h, nil
	}
	if err := h.read(); err != nil {
		h.path = ""
		return h, err
	}
	return h, nil
}

func (h *History) read() error {
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		return fmt.Errorf("make the folder of the history: %w", err)
	}
	f, err := os.Open(h.path)
	if errors.Is(err, fs.ErrNotExist) {
		return h.writable()
	}
	if err != nil {
		return fmt.Errorf("read the history: %w", err)
	}
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	for lines.Scan() {
		if text := unescape(lines.Text()); text != "" {
			h.entries = append(h.entries, text)
		}
	}
	if err := errors.Join(lines.Err(), f.Close()); err != nil {
		return fmt.Errorf("read the history: %w", err)
	}
	if len(h.entries) > maxHistory {
		h.entries = append([]string(nil), h.entries[len(h.entries)-maxHistory:]...)
		if err := h.rewrite(); err != nil {
			return err
		}
	}
	return h.writable()
}

// writable finds out whether entries can be added, before one is lost.
func (h *History) writable() error {
	f, err := os.OpenFile(h.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	return f.Close() //nolint:wrapcheck // nothing was written
}

// rewrite replaces the file by the entries that are kept.
func (h *History) rewrite() (err error) {
	f, err := os.CreateTemp(filepath.Dir(h.path), ".history-*")
	if err != nil {
		return fmt.Errorf("shorten the history: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the error above says more
		}
	}()
	w := bufio.NewWriter(f)
	for _, e := range h.entries {
		_, _ = w.WriteString(escape(e) + "\n") // Flush answers the error
	}
	if err = errors.Join(w.Flush(), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("shorten the history: %w", err)
	}
	if err = os.Rename(f.Name(), h.path); err != nil {
		return fmt.Errorf("shorten the history: %w", err)
	}
	return nil
}

// Add remembers an entry; one that repeats the last is not remembered twice. A file that cannot be written any more is
// left alone from then on, and Err says why.
func (h *History) Add(text string) {
	text = strings.TrimSpace(text)
	if text == "" || len(h.entries) > 0 && h.entries[len(h.entries)-1] == text {
		return
	}
	h.entries = append(h.entries, text)
	if h.path == "" {
		return
	}
	f, err := os.OpenFile(h.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		_, err = f.WriteString(escape(text) + "\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		h.path, h.err = "", fmt.Errorf("write the history: %w", err)
	}
}

// Err is why entries are no longer written, nil while they are.
func (h *History) Err() error { return h.err }

// Entries are all entries, oldest first. The slice must not be changed.
func (h *History) Entries() []string { return h.entries }

var (
	escaper   = strings.NewReplacer("\\", "\\\\", "\n", "\\n", "\r", "\\r")
	unescaper = strings.NewReplacer("\\\\", "\\", "\\n", "\n", "\\r", "\r")
)

func escape(text string) string   { return escaper.Replace(text) }
func unescape(line string) string { return unescaper.Replace(line) }
