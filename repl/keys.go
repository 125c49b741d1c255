package repl

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// key answers a key. While an old entry is searched for, keys belong to the search.
func (m *model) key(k tea.KeyPressMsg) tea.Cmd {
	name := k.String()
	if name != "ctrl+c" {
		m.leaving = false
	}
	if name == "ctrl+c" {
		return m.interrupt()
	}
	m.hint = ""
	if m.search != nil {
		return m.searchKey(name, k.Text)
	}
	if cmd, ok := m.command(name); ok {
		return cmd
	}
	if m.movement(name) {
		m.popup = popup{}
		return nil
	}
	if m.change(name) {
		m.recall = recall{}
		m.suggest()
		return nil
	}
	if k.Text != "" {
		m.typeText(k.Text)
	}
	return nil
}

// command answers keys that do more than move or change text.
func (m *model) command(name string) (tea.Cmd, bool) {
	switch name {
	case "enter", "ctrl+j":
		if m.popup.open && m.popup.moved {
			m.accept()
			return nil, true
		}
		return m.submit(), true
	case "alt+enter", "shift+enter":
		m.newline()
	case "tab":
		m.accept()
	case "esc":
		m.popup = popup{}
	case "up", "ctrl+p":
		m.up()
	case "down", "ctrl+n":
		m.down()
	case "f1", "alt+?":
		return m.explain(), true
	case "ctrl+r":
		m.search = newSearch(m.ed.text)
		m.popup = popup{}
	case "ctrl+l":
		return tea.ClearScreen, true
	case "ctrl+d":
		if m.ed.text == "" && m.running == nil {
			m.quit = true
			return tea.Quit, true
		}
		m.ed.delete()
	default:
		return nil, false
	}
	return nil, true
}

// up moves in the suggestions, then between rows, then to older entries.
func (m *model) up() {
	if m.popup.open && m.popup.moved {
		m.choose(-1)
		return
	}
	if !m.vertical(-1) {
		m.older()
	}
}

func (m *model) down() {
	if m.popup.open {
		if m.popup.moved {
			m.choose(1)
		} else {
			m.popup.moved = true
		}
		return
	}
	if !m.vertical(1) {
		m.newer()
	}
}

// vertical moves the caret between the rows of the entry as they stand on the screen.
func (m *model) vertical(step int) bool {
	list := rows(m.ed.text, m.cells(), m.camp.Width)
	y, x := place(m.ed.text, list, m.ed.caret, m.camp.Width)
	if y+step < 0 || y+step >= len(list) {
		return false
	}
	m.popup = popup{}
	m.ed.moveTo(offset(m.ed.text, list[y+step], x, m.camp.Width), false)
	return true
}

// movement answers keys that move the caret; with Shift they select.
func (m *model) movement(name string) bool {
	plain, selecting := strings.CutPrefix(name, "shift+")
	e := &m.ed
	from, to := e.line(e.caret)
	switch plain {
	case "left", "ctrl+b":
		e.left(selecting)
	case "right", "ctrl+f":
		e.right(selecting)
	case "home", "ctrl+a":
		e.moveTo(from, selecting)
	case "end", "ctrl+e":
		e.moveTo(to, selecting)
	case "ctrl+left", "alt+left", "alt+b":
		e.moveTo(e.wordLeft(), selecting)
	case "ctrl+right", "alt+right", "alt+f":
		e.moveTo(e.wordRight(), selecting)
	case "ctrl+home":
		e.moveTo(0, selecting)
	case "ctrl+end":
		e.moveTo(len(e.text), selecting)
	default:
		return false
	}
	return true
}

// change answers keys that change the text.
func (m *model) change(name string) bool {
	e := &m.ed
	from, to := e.line(e.caret)
	switch name {
	case "backspace", "ctrl+h":
		e.backspace()
	case "delete":
		e.delete()
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		e.kill(e.wordLeft(), e.caret)
	case "alt+d", "ctrl+delete":
		e.kill(e.caret, e.wordRight())
	case "ctrl+k":
		e.kill(e.caret, to)
	case "ctrl+u":
		e.kill(from, e.caret)
	case "ctrl+y":
		e.yank()
	case "ctrl+_", "ctrl+z", "ctrl+/":
		e.undo()
	default:
		return false
	}
	return true
}

func (m *model) typeText(text string) {
	m.recall = recall{}
	if text == "}" || text == "]" || text == ")" {
		m.ed.close(text)
	} else {
		m.ed.insert(visible(text))
	}
	m.suggest()
}

// toTamil turns the romanised word before the caret into Tamil letters; without a word it indents.
func (m *model) toTamil() {
	from, word := m.ed.typed()
	if word == "" {
		m.ed.insert("    ")
		return
	}
	if tamil := ezuqqu.ToTamil(word); tamil != word {
		m.ed.remember(false)
		m.ed.replace(from, m.ed.caret, tamil)
	}
}
