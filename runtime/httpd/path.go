package httpd

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nextSegment parts the first segment of a path from the rest. Empty segments do not count, so that /a/ and //a are /a;
// without a segment ok is false.
func nextSegment(path string) (seg, rest string, ok bool) {
	for path != "" && path[0] == '/' {
		path = path[1:]
	}
	if path == "" {
		return "", "", false
	}
	if i := strings.IndexByte(path, '/'); i >= 0 {
		return path[:i], path[i:], true
	}
	return path, "", true
}

// reason is why something is refused, in both languages, for the argument of a message.
type reason struct{ tamil, english string }

func (r reason) String() string { return r.tamil + " (" + r.english + ")" }

var (
	pathControl = reason{"கட்டுப்பாட்டு எழுத்து", "a control character"}
	pathSlash   = reason{"குறியாக்கிய சாய்வுக்கோடு", "an encoded slash"}
	pathBack    = reason{"பின்சாய்வுக்கோடு", "a backslash"}
	pathDots    = reason{"'.' அல்லது '..' என்னும் பகுதி", "a segment '.' or '..'"}
	pathBytes   = reason{"UTF-8 அல்லாத பைட்டுகள்", "bytes that are not UTF-8"}
)

// badPath tells why a request's path is refused, nil when it is not. What is left has one meaning only, however often it
// is decoded behind us: no dots that climb, no slash inside a segment, nothing that a file system reads in its own way.
func badPath(u *url.URL) *reason {
	p, plain, dots := u.Path, true, false
	for i := range len(p) {
		switch c := p[i]; {
		case c < ' ' || c == 0x7f:
			return &pathControl
		case c == '\\':
			return &pathBack
		case c >= utf8.RuneSelf:
			plain = false
		case c == '.' && (i == 0 || p[i-1] == '/'):
			dots = true
		}
	}
	switch {
	case !plain && !utf8.ValidString(p):
		return &pathBytes
	case u.RawPath != "" && (strings.Contains(u.RawPath, "%2f") || strings.Contains(u.RawPath, "%2F")):
		return &pathSlash
	case dots && hasDots(p):
		return &pathDots
	}
	return nil
}

// normal is a segment in the form that routes are kept in: a letter has one form, however it was typed.
func normal(seg string) string {
	for i := range len(seg) {
		if seg[i] >= utf8.RuneSelf {
			return norm.NFC.String(seg)
		}
	}
	return seg
}

func hasDots(path string) bool {
	for seg, rest, ok := nextSegment(path); ok; seg, rest, ok = nextSegment(rest) {
		if seg == "." || seg == ".." {
			return true
		}
	}
	return false
}
