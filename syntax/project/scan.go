package project

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// entry is a key of the text, or a table's header, and where it stands. The TOML library answers values without their
// places, so that they are found here; the text is known to be TOML.
type entry struct {
	parts  []string
	key    syntax.Span
	value  syntax.Span // empty for a header
	header bool
	inline bool // the value is an inline table, whose keys are entries of their own
}

// scanner finds the keys of a text. On what is no TOML it answers something, and ends.
type scanner struct {
	src  string
	at   int
	list []entry
}

// scan lists the keys of a text in order.
func scan(src string) []entry {
	s := &scanner{src: src}
	var table []string
	for s.space(true); s.at < len(s.src); s.space(true) {
		start := s.at
		if s.src[s.at] == '[' {
			for s.at < len(s.src) && s.src[s.at] == '[' {
				s.at++
			}
			s.space(false)
			var span syntax.Span
			table, span = s.key()
			s.list = append(s.list, entry{parts: table, key: span, header: true})
			s.line()
		} else {
			s.pair(table)
		}
		if s.at == start {
			s.at++
		}
	}
	return s.list
}

// pair reads key = value.
func (s *scanner) pair(table []string) {
	parts, span := s.key()
	parts = append(append([]string{}, table...), parts...)
	s.space(false)
	if s.at >= len(s.src) || s.src[s.at] != '=' {
		s.line()
		return
	}
	s.at++
	s.space(false)
	i, start := len(s.list), s.at
	s.list = append(s.list, entry{parts: parts, key: span, inline: strings.HasPrefix(s.src[s.at:], "{")})
	s.valueOf(parts)
	s.list[i].value = syntax.Span{Start: start, End: s.at}
}

// key reads a dotted key.
func (s *scanner) key() (parts []string, span syntax.Span) {
	span = syntax.Span{Start: s.at, End: s.at}
	for s.at < len(s.src) {
		start := s.at
		switch s.src[s.at] {
		case '"', '\'':
			s.quoted()
			parts = append(parts, unquote(s.src[start:s.at]))
		default:
			for s.at < len(s.src) && strings.IndexByte(" \t.=]\n#\"'", s.src[s.at]) < 0 {
				s.at++
			}
			parts = append(parts, s.src[start:s.at])
		}
		span.End = s.at
		s.space(false)
		if s.at >= len(s.src) || s.src[s.at] != '.' {
			break
		}
		s.at++
		s.space(false)
	}
	return parts, span
}

func unquote(text string) string {
	if text[0] == '\'' {
		return strings.Trim(text, "'")
	}
	if plain, err := strconv.Unquote(text); err == nil {
		return plain
	}
	return strings.Trim(text, `"`)
}

// valueOf passes a value; the keys of an inline table are entries below parts.
func (s *scanner) valueOf(parts []string) {
	if s.at >= len(s.src) {
		return
	}
	switch s.src[s.at] {
	case '"', '\'':
		s.quoted()
	case '[', '{':
		closing := s.src[s.at] + 2 // ']' is two after '[', and '}' two after '{'
		inline := closing == '}'
		s.at++
		for s.space(true); s.at < len(s.src) && s.src[s.at] != closing; s.space(true) {
			start := s.at
			switch {
			case s.src[s.at] == ',':
				s.at++
			case inline:
				s.pair(parts)
			default:
				s.valueOf(parts)
			}
			if s.at == start {
				s.at++
			}
		}
		s.at = min(s.at+1, len(s.src))
	default:
		start := s.at
		for s.at < len(s.src) && strings.IndexByte(",]}#\n", s.src[s.at]) < 0 {
			s.at++
		}
		s.at = start + len(strings.TrimRight(s.src[start:s.at], " \t"))
	}
}

// quoted passes a text of any of the four forms.
func (s *scanner) quoted() {
	mark := s.src[s.at : s.at+1]
	if long := strings.Repeat(mark, 3); strings.HasPrefix(s.src[s.at:], long) {
		mark = long
	}
	for s.at += len(mark); s.at < len(s.src); s.at++ {
		switch {
		case s.src[s.at] == '\\' && mark[0] == '"':
			s.at++
		case strings.HasPrefix(s.src[s.at:], mark):
			s.at += len(mark)
			for len(mark) == 3 && s.at < len(s.src) && s.src[s.at] == mark[0] {
				s.at++ // up to two marks may stand before the closing three
			}
			return
		}
	}
	s.at = len(s.src)
}

// space passes spaces and, where lines is set, line ends and comments.
func (s *scanner) space(lines bool) {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == ' ' || c == '\t' || lines && (c == '\n' || c == '\r'):
			s.at++
		case lines && c == '#':
			s.line()
		default:
			return
		}
	}
}

// line passes the rest of the line.
func (s *scanner) line() {
	if n := strings.IndexByte(s.src[s.at:], '\n'); n >= 0 {
		s.at += n
		return
	}
	s.at = len(s.src)
}
