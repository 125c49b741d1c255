package main

import (
	"net/url"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readablePath is the path in its own letters, or percent-encoded where it holds what a log may not.
func readablePath(u *url.URL) string {
	hidden := func(r rune) bool { return r == ' ' || r == utf8.RuneError || !unicode.IsGraphic(r) }
	if strings.ContainsFunc(u.Path, hidden) {
		return u.EscapedPath()
	}
	return u.Path
}

// absolute is the path that a file really has, or as much of it as is there.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}
