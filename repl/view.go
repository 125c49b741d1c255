package repl

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/syntax"
)

// The prompts, of the first row of an entry, of further lines, and of rows that are soft wrapped.
const (
	promptFirst = "» "
	promptMore  = "… "
	promptWrap  = "  "
	promptCells = 2
)

// popupRows is how many suggestions are shown at once.
const popupRows = 8

// cells is how many cells of a row are the entry's own.
func (m *model) cells() int { return m.wide() - promptCells }

// View draws the entry and what helps to type it.
func (m *model) View() tea.View {
	if m.quit {
		return tea.NewView("")
	}
	if m.search != nil {
		return m.searchView()
	}
	list := rows(m.ed.text, m.cells(), m.camp.Width)
	y, x := place(m.ed.text, list, m.ed.caret, m.camp.Width)
	top := m.window(len(list), y)
	shown := list[top:min(len(list), top+m.tall())]
	lines := m.entryLines(shown)
	below := m.below()
	if room := m.tall() - len(lines); len(below) > room {
		below = below[:max(room, 0)]
	}
	v := tea.NewView(strings.Join(append(lines, below...), "\n"))
	v.Cursor = tea.NewCursor(promptCells+x, y-top)
	return v
}

// spare is how many rows of the screen stay free for what is printed above: bubbletea loses lines when what it prints at
// once and what it draws are together higher than the screen.
func (m *model) spare() int { return max(m.high()/3, 1) }

// tall is how many rows are drawn at most.
func (m *model) tall() int { return max(m.high()-m.spare(), 1) }

// window is the first row that is shown of an entry too long for the screen.
func (m *model) window(n, y int) int {
	if room := m.tall(); n > room {
		return min(max(y-room+1, 0), n-room)
	}
	return 0
}

// entryLines are rows of the entry with their prompts and colours.
func (m *model) entryLines(list []row) []string {
	marks := m.marks()
	from, to := m.ed.selection()
	lines := make([]string, len(list))
	for i, r := range list {
		prompt := promptMore
		switch {
		case !r.first:
			prompt = promptWrap
		case r.from == 0:
			prompt = promptFirst
		}
		lines[i] = m.s.paint(colourBold, prompt) + m.colourRow(r, marks, syntax.Span{Start: from, End: to})
	}
	return lines
}

// marks are the colours of the entry. While another entry runs, the session belongs to it, and there are none.
func (m *model) marks() []Mark {
	if m.running != nil || !m.s.o.Color {
		return nil
	}
	return m.s.Highlight(m.ed.text)
}

// selected is the colour of what is selected.
const selected = "\x1b[7m"

func (m *model) colourRow(r row, marks []Mark, sel syntax.Span) string {
	text := m.ed.text
	if !m.s.o.Color {
		return text[r.from:r.to]
	}
	var b strings.Builder
	put := func(from, to int, colour string) {
		from, to = max(from, r.from), min(to, r.to)
		if from >= to {
			return
		}
		for _, part := range [...]struct {
			from, to int
			on       bool
		}{{from, min(to, sel.Start), false}, {max(from, sel.Start), min(to, sel.End), true}, {max(from, sel.End), to, false}} {
			if part.from >= part.to {
				continue
			}
			c := colour
			if part.on {
				c += selected
			}
			if c == "" {
				b.WriteString(text[part.from:part.to])
				continue
			}
			b.WriteString(c + text[part.from:part.to] + colourOff)
		}
	}
	at := r.from
	for _, mk := range marks {
		if mk.End <= r.from || mk.Start >= r.to {
			continue
		}
		put(at, mk.Start, "")
		put(mk.Start, mk.End, paints[mk.Paint])
		at = max(at, mk.End)
	}
	put(at, r.to, "")
	return b.String()
}

// entryText is a whole entry as it stays in the scrollback.
func (m *model) entryText(text string) string {
	typed := m.ed
	defer func() { m.ed = typed }()
	m.ed = editor{text: text}
	return strings.Join(m.entryLines(rows(text, m.cells(), m.camp.Width)), "\n")
}

// portions divides a text into pieces that can be printed above at once.
func (m *model) portions(text string) []string {
	lines := strings.Split(text, "\n")
	var out []string
	for len(lines) > m.spare() {
		out = append(out, strings.Join(lines[:m.spare()], "\n"))
		lines = lines[m.spare():]
	}
	return append(out, strings.Join(lines, "\n"))
}

// printAbove prints a text above the entry.
func (m *model) printAbove(text string) tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range m.portions(text) {
		cmds = append(cmds, tea.Println(part))
	}
	return tea.Sequence(cmds...)
}

// below is what stands under the entry: suggestions, the signature of the call, a hint.
func (m *model) below() []string {
	var lines []string
	if m.running != nil {
		lines = append(lines, m.s.paint(colourDim, m.fit("⏳ "+m.text("ஓடுகிறது; நிறுத்த Ctrl-C", "running; Ctrl-C stops it"))))
	}
	for _, text := range m.waiting {
		first, _, more := strings.Cut(text, "\n")
		if more {
			first += " …"
		}
		lines = append(lines, m.s.paint(colourDim, m.fit("⋯ "+first)))
	}
	if line := m.signatureLine(); line != "" {
		lines = append(lines, line)
	}
	lines = append(lines, m.popupLines()...)
	if m.hint != "" {
		lines = append(lines, m.s.paint(colourDim, m.fit(m.hint)))
	}
	return lines
}

// fit cuts a line to the screen's width, between letters.
func (m *model) fit(text string) string {
	text = strings.ReplaceAll(text, "\n", " ")
	list := wrap(text, 0, len(text), m.wide()-1, m.camp.Width)
	if len(list) == 1 || list[0].to == len(text) {
		return text
	}
	return text[:list[0].to]
}

func (m *model) popupLines() []string {
	if !m.popup.open {
		return nil
	}
	items := m.popup.list.Items
	top := max(0, min(m.popup.chosen-popupRows/2, len(items)-popupRows))
	items = items[top:min(len(items), top+popupRows)]
	wide := 0
	for _, it := range items {
		wide = max(wide, m.camp.Width(label(it)))
	}
	lines := make([]string, len(items))
	for i, it := range items {
		l := label(it)
		line := " " + l + strings.Repeat(" ", wide-m.camp.Width(l)) + "  " + clean(it.Description)
		colour := colourDim
		if top+i == m.popup.chosen {
			colour = selected
			line = "▸" + line[1:]
		}
		lines[i] = "  " + m.s.paint(colour, m.fit(line))
	}
	return lines
}

func label(it assist.Item) string { return clean(it.Label + it.Detail) }

// signatureLine shows the call around the caret with the parameter that is being typed.
func (m *model) signatureLine() string {
	if m.running != nil || !strings.ContainsAny(m.ed.text, "( ") {
		return ""
	}
	sig := m.s.Signature(m.ctx, m.ed.text, m.ed.caret)
	if sig.Active < 0 || sig.Active >= len(sig.List) {
		return ""
	}
	one := sig.List[sig.Active]
	if m.camp.Width(one.Label) >= m.wide()-2 || one.Active < 0 || one.Active >= len(one.Params) || !m.s.o.Color {
		return m.s.paint(colourDim, "  "+m.fit(one.Label))
	}
	p := one.Params[one.Active]
	return "  " + m.s.paint(colourDim, one.Label[:p.Start]) + m.s.paint(colourBold, one.Label[p.Start:p.End]) + m.s.paint(colourDim, one.Label[p.End:])
}

func (m *model) searchView() tea.View {
	found := m.search.found(m.history.Entries())
	head := m.text("தேடல்", "search") + ": "
	line := head + m.search.query
	first, _, more := strings.Cut(found, "\n")
	if more {
		first += " …"
	}
	v := tea.NewView(m.fit(line) + "\n" + m.s.paint(colourDim, m.fit(promptWrap+clean(first))))
	v.Cursor = tea.NewCursor(min(m.camp.Width(line), m.wide()-1), 0)
	return v
}
