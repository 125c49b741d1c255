package format

import (
	"bytes"
	"errors"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// chunkSize is how much of a large program is laid out at a time. Tokens and trees take fifty times the room of their
// source; in chunks a program needs that room for one of them only.
const chunkSize = 32 << 10

// inChunks lays out a large program chunk by chunk. ok is false where it has to be done as a whole: because parts of it
// depend on others, or because it has an error, whose place is right in the whole program only.
func inChunks(name string, src []byte, opt Options) (out []byte, ok bool, err error) {
	if len(src) < 2*chunkSize || len(src) > syntax.MaxFileSize || opt.Lines != (Range{}) || opt.respells() ||
		bytes.IndexByte(src, '\r') >= 0 || bytes.Contains(src, []byte(off)) || bytes.HasPrefix(src, []byte("\ufeff")) {
		return nil, false, nil
	}
	out = make([]byte, 0, len(src)+len(src)/8)
	s := splitter{src: src}
	for start := 0; start < len(src); {
		apart := s.apart
		end := s.next(start + chunkSize)
		part, err := whole(name, src[start:end], opt)
		var broken *SyntaxError
		var loss *LossError
		switch {
		case errors.As(err, &broken):
			return nil, false, nil
		case errors.As(err, &loss):
			loss.Offset += start
			return nil, true, loss
		case err != nil:
			return nil, true, err
		}
		if apart {
			out = append(out, '\n')
		}
		out = append(out, part...)
		start = end
	}
	return out, true, nil
}

// splitter finds places between two statements at the top where a line ends.
type splitter struct {
	src   []byte
	at    int
	depth int
	last  byte // the last byte that is neither blank nor comment
	noted bool // a comment stands on the line, which may be aligned with one of the next line
	apart bool // the place that was found last is behind an empty line
}

// next finds the first such place at or behind an offset, behind the empty lines there.
func (s *splitter) next(from int) int {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; c {
		case '"':
			s.last = c
			s.at++
			for s.at < len(s.src) && s.src[s.at] != '"' {
				if s.src[s.at] == '\\' {
					s.at++
				}
				s.at++
			}
			s.at++
			continue
		case '/':
			if bytes.HasPrefix(s.src[s.at:], []byte("//")) {
				s.line()
				s.noted = true
				continue
			}
		case '(', '[', '{':
			s.depth++
		case ')', ']', '}':
			s.depth--
		case '\n':
			s.at++
			noted := s.noted
			s.noted = false
			if s.depth != 0 {
				continue
			}
			s.apart = s.empty()
			if s.at >= from && (s.apart || !noted) && s.parted() {
				return s.at
			}
			continue
		case ' ', '\t', '\f':
			s.at++
			continue
		}
		s.last = s.src[s.at]
		s.at++
	}
	return len(s.src)
}

// line passes over the rest of the line.
func (s *splitter) line() {
	if i := bytes.IndexByte(s.src[s.at:], '\n'); i >= 0 {
		s.at += i
		return
	}
	s.at = len(s.src)
}

// empty tells whether the line is empty, and then passes over it and all empty ones behind it.
func (s *splitter) empty() bool {
	found := false
	for i := s.at; i < len(s.src); i++ {
		switch s.src[i] {
		case '\n':
			s.at, found = i+1, true
		case ' ', '\t', '\f':
		default:
			return found
		}
	}
	return false // the end of the file
}

// parted tells whether a statement ended before the empty line and another starts behind it: a semicolon, or a brace and
// a word that never goes on with what it closed.
func (s *splitter) parted() bool {
	if s.last == ';' {
		return true
	}
	if s.last != '}' {
		return false
	}
	rest := s.src[s.at:]
	for {
		rest = bytes.TrimLeft(rest, " \t\f\n")
		if !bytes.HasPrefix(rest, []byte("//")) {
			break
		}
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			return false
		}
		rest = rest[i:]
	}
	end := bytes.IndexAny(rest[:min(len(rest), 200)], " \t\n({\"")
	if end <= 0 {
		return false
	}
	w := words.Keyword(string(rest[:end]))
	return w != nil && strings.Contains(starters, " "+w.Token+" ")
}

// starters are keywords that only ever start a statement.
const starters = " Function Shape ForEach Print Route Every Import Return "
