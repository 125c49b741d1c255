package repl

import (
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// reflowed is a filter of messages for terminals that break long rows anew when they become narrower. What is drawn then
// takes more rows than bubbletea knows of, and the upper ones would stay: so the cursor is brought back to where bubbletea
// takes it to be before it hears of the new size.
func reflowed(out io.Writer) func(tea.Model, tea.Msg) tea.Msg {
	return func(current tea.Model, msg tea.Msg) tea.Msg {
		size, resized := msg.(tea.WindowSizeMsg)
		m, ours := current.(*model)
		if resized && ours && size.Width < m.wide() {
			if n := m.added(size.Width); n > 0 {
				_, _ = fmt.Fprint(out, ansi.CursorUp(n)) // a terminal that is gone needs none
			}
		}
		return msg
	}
}

// added is how many rows more there are from the first one to the caret's when the screen is so many cells wide.
func (m *model) added(cells int) int {
	v := m.View()
	if v.Cursor == nil || cells < 2 {
		return 0
	}
	n := 0
	for i, line := range strings.Split(v.Content, "\n") {
		text := ansi.Strip(line)
		if i == v.Cursor.Y {
			return n + broken(text, v.Cursor.X, cells, m.camp.Width)
		}
		n += broken(text, m.camp.Width(text)-1, cells, m.camp.Width)
	}
	return n
}

// broken is in which row of a terminal so many cells wide a cell of a line is, counted from 0: no letter is parted.
func broken(line string, cell, cells int, width func(string) int) int {
	row, used, at := 0, 0, 0
	g := graphemes.FromString(line)
	for g.Next() && at <= cell {
		w := width(g.Value())
		if used+w > cells {
			row++
			used = 0
		}
		used += w
		at += w
	}
	if at <= cell { // behind the last letter
		row += (used + cell - at) / cells
	}
	return row
}
