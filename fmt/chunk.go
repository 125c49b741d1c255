package format

import (
	"bytes"
	"errors"
	"iter"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// chunkSize is how much of a large program is laid out at a time. Tokens and trees take fifty times the room of their
// source; in chunks a program needs that room for one of them only.
const chunkSize = 8 << 10

// part is a piece of a source that is laid out by itself.
type part struct {
	start, end int
	apart      bool // an empty line stands before it
	raw        bool // it starts between fmt: off and fmt: on
}

// partsOf takes a source without its byte order mark apart: a large one into chunks, a small one not at all.
func partsOf(src []byte, size int) iter.Seq[part] {
	return func(yield func(part) bool) {
		if len(src) < 2*size {
			yield(part{end: len(src)})
			return
		}
		s := splitter{src: src, fresh: true}
		for start := 0; start < len(src); {
			p := part{start: start, apart: s.apart, raw: s.raw}
			p.end = s.next(start + size)
			start = p.end
			if !yield(p) {
				return
			}
		}
	}
}

// inChunks lays out a large program chunk by chunk. ok is false where it has to be done as a whole: because it has an
// error, whose place is right in the whole program only.
func inChunks(name string, src []byte, opt Options, size int, eol string, a *arranger) (out []byte, ok bool, err error) {
	if len(src) < 2*size || len(src) > syntax.MaxFileSize || opt.Lines != (Range{}) || opt.respells() {
		return nil, false, nil
	}
	body := bytes.TrimPrefix(src, []byte(bom))
	out = make([]byte, 0, len(src)+len(src)/8)
	out = append(out, src[:len(src)-len(body)]...)
	v := &verifier{}
	for p := range partsOf(body, size) {
		if bytes.HasPrefix(body[p.start:], []byte(bom)) {
			return nil, false, nil // a mark in the middle is an error
		}
		text, err := whole(name, body[p.start:p.end], opt, setting{p, eol, a, v})
		var broken *SyntaxError
		var loss *LossError
		switch {
		case errors.As(err, &broken):
			return nil, false, nil
		case errors.As(err, &loss):
			loss.Offset += p.start - bytes.Count(body[:p.start], []byte("\r\n"))
			return nil, true, loss
		case err != nil:
			return nil, true, err
		}
		if p.apart {
			out = append(out, eol...)
		}
		out = append(out, text...)
	}
	return out, true, nil
}

// splitter finds places between two statements at the top where a line ends.
type splitter struct {
	src   []byte
	at    int
	depth int
	last  byte // the last byte that is neither blank nor comment
	fresh bool // nothing but blanks stands before on the line
	noted bool // a comment stands on the line, which may be aligned with one of the next line
	held  bool // a comment speaks of the next statement
	raw   bool // between fmt: off and fmt: on
	apart bool // the place that was found last is behind an empty line
	ahead int  // the next token, where it is not behind at
}

// next finds the first such place at or behind an offset, behind the empty lines there.
func (s *splitter) next(from int) int {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; c {
		case '"':
			s.text()
		case '/':
			if bytes.HasPrefix(s.src[s.at:], []byte("//")) {
				s.comment()
				continue
			}
			s.token()
		case '(', '[', '{':
			s.depth++
			s.token()
		case ')', ']', '}':
			s.depth--
			s.token()
		case '\n':
			s.at++
			if s.ended() && s.at >= from && !s.held && s.parted() {
				return s.at
			}
		case ' ', '\t', '\f', '\r':
			s.at++
		default:
			s.token()
		}
	}
	return len(s.src)
}

// token passes over a byte of one.
func (s *splitter) token() {
	s.last, s.fresh, s.held = s.src[s.at], false, false
	s.at++
}

// text passes over quoted text.
func (s *splitter) text() {
	s.token()
	for s.at < len(s.src) && s.src[s.at] != '"' {
		if s.src[s.at] == '\\' {
			s.at++
		}
		s.at++
	}
	s.at++
}

// comment passes over one.
func (s *splitter) comment() {
	start := s.at
	s.line()
	s.noted = true
	if !s.fresh {
		return
	}
	text := strings.TrimRight(string(s.src[start:s.at]), blank)
	switch {
	case text == off:
		s.raw = true
	case text == on:
		s.raw = false
	case silences(text):
		s.held = true
	}
}

// ended tells whether a part may start behind the end of a line.
func (s *splitter) ended() bool {
	noted := s.noted
	s.noted, s.fresh = false, true
	if s.depth != 0 {
		return false
	}
	if s.raw {
		s.apart = false
		return true // every byte stays
	}
	s.apart = s.empty()
	return s.apart || !noted
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
		case ' ', '\t', '\f', '\r':
		default:
			return found
		}
	}
	return false // the end of the file
}

// parted tells whether a statement ended before the empty line and another starts behind it: a semicolon that none
// follows, or a brace and a word that never goes on with what it closed.
func (s *splitter) parted() bool {
	if s.last != ';' && s.last != '}' {
		return false
	}
	rest := s.src[s.following():]
	if s.last == ';' {
		return !bytes.HasPrefix(rest, []byte(";"))
	}
	end := bytes.IndexAny(rest[:min(len(rest), 200)], " \t\r\n({\"")
	if end <= 0 {
		return false
	}
	w := words.Keyword(string(rest[:end]))
	return w != nil && strings.Contains(starters, " "+w.Token+" ")
}

// following finds the next token. It is looked for once, however many places before it are asked about.
func (s *splitter) following() int {
	if s.ahead >= s.at {
		return s.ahead
	}
	s.ahead = s.at
	for s.ahead < len(s.src) {
		if bytes.HasPrefix(s.src[s.ahead:], []byte("//")) {
			i := bytes.IndexByte(s.src[s.ahead:], '\n')
			if i < 0 {
				i = len(s.src) - s.ahead
			}
			s.ahead += i
			continue
		}
		if strings.IndexByte(blank+"\n", s.src[s.ahead]) < 0 {
			break
		}
		s.ahead++
	}
	return s.ahead
}

// starters are keywords that only ever start a statement.
const starters = " Function Shape ForEach Print Route Every Import Return "
