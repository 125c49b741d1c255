package repl

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// search is Ctrl-R: the newest entry that holds what is typed.
type search struct {
	query string
	skip  int    // matches to pass over, for one more Ctrl-R
	typed string // what was being typed before
}

func newSearch(typed string) *search { return &search{typed: typed} }

// found is the entry that the search has reached, "" when there is none.
func (s *search) found(list []string) string {
	skip := s.skip
	for i := len(list) - 1; i >= 0; i-- {
		if strings.Contains(list[i], s.query) {
			if skip == 0 {
				return list[i]
			}
			skip--
		}
	}
	return ""
}

func (m *model) searchKey(name, text string) tea.Cmd {
	s := m.search
	switch name {
	case "ctrl+r":
		s.skip++
		if s.found(m.history.Entries()) == "" {
			s.skip--
		}
	case "ctrl+s":
		s.skip = max(s.skip-1, 0)
	case "esc", "ctrl+g":
		m.search = nil
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(s.query)
		s.query, s.skip = s.query[:len(s.query)-n], 0
	default:
		if text != "" && name != "enter" {
			s.query, s.skip = s.query+visible(text), 0
			return nil
		}
		m.search = nil
		if e := s.found(m.history.Entries()); e != "" {
			m.ed.set(e)
		}
		if name == "enter" {
			return m.submit()
		}
	}
	return nil
}
