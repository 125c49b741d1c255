package main

import (
	"fmt"
	"os"
)

// maxLog is how many bytes a log may have before it is put aside.
const maxLog = 10 << 20

// logFile is a log that does not grow for ever: when it is full it becomes NAME.1, in place of an older one, and a new one
// begins. Its writes are whole records, one at a time, as a slog.Handler's are.
type logFile struct {
	name string
	max  int64 // 0 is no limit
	file *os.File
	size int64
}

// openLog opens a log to be written on. What is no ordinary file, as /dev/stderr, has no limit.
func openLog(name string, limit int64) (*logFile, error) {
	l := &logFile{name: name, max: limit}
	if err := l.open(); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *logFile) open() error {
	file, err := os.OpenFile(l.name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		l.max = 0
	} else {
		l.size = info.Size()
	}
	l.file = file
	return nil
}

// Write writes one record. A log that cannot be put aside grows on.
func (l *logFile) Write(p []byte) (int, error) {
	if l.max > 0 && l.size > 0 && l.size+int64(len(p)) > l.max {
		l.turn()
	}
	n, err := l.file.Write(p)
	l.size += int64(n)
	if err != nil {
		return n, fmt.Errorf("log: %w", err)
	}
	return n, nil
}

func (l *logFile) turn() {
	full := l.file
	if err := os.Rename(l.name, l.name+".1"); err != nil {
		l.max = 0
		return
	}
	if err := l.open(); err != nil {
		l.file, l.max = full, 0
		return
	}
	_ = full.Close() // what it holds was written
}

// Close ends the log.
func (l *logFile) Close() error { return l.file.Close() } //nolint:wrapcheck // it names the file
