package repl

import (
	"context"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/check/diag"
)

// model is the conversation on a terminal: the entry that is being typed, and what helps to type it. What was said stands
// above, in the terminal's own scrollback.
type model struct {
	ctx     context.Context
	s       *Session
	history *History
	// start runs an entry elsewhere and sends its finished message.
	start func(ctx context.Context, text string)

	ed      editor
	size    *size
	lang    diag.Lang // of hints; the session's own belongs to the entry that runs
	camp    Camp
	typed   string // before the conversation began
	popup   popup
	search  *search
	recall  recall
	running context.CancelFunc // of the entry that runs; nil when none does
	waiting []string           // entries that were entered meanwhile
	leaving bool               // Ctrl-C was pressed with nothing to stop; once more leaves
	hint    string
	status  int
	quit    bool
}

// finished says what became of an entry that ran.
type finished struct{ result Result }

// maxPaste is how much text one paste may bring, in bytes. A longer program is loaded, not pasted.
const maxPaste = 256 << 10

// size is how large the terminal is, in cells. An entry that runs asks for it while the terminal may change it.
type size struct{ wide, high atomic.Int64 }

func (z *size) set(wide, high int) {
	z.wide.Store(int64(max(wide, 8)))
	z.high.Store(int64(max(high, 3)))
}

func newModel(ctx context.Context, s *Session, h *History, camp Camp) *model {
	m := &model{ctx: ctx, s: s, history: h, size: &size{}, lang: s.o.Lang, camp: camp}
	m.size.set(80, 24)
	s.o.Width = camp.Width
	s.o.Columns = m.wide
	return m
}

func (m *model) wide() int { return int(m.size.wide.Load()) }

func (m *model) high() int { return int(m.size.high.Load()) }

// text is a message in the language of the conversation.
func (m *model) text(tamil, english string) string { return textIn(m.lang, tamil, english) }

// Init presses the keys that were pressed before the conversation began.
func (m *model) Init() tea.Cmd {
	var keys []tea.Cmd
	for _, r := range m.typed {
		key := tea.KeyPressMsg{Code: r, Text: string(r)}
		if r == '\n' {
			key = tea.KeyPressMsg{Code: tea.KeyEnter}
		}
		keys = append(keys, func() tea.Msg { return key })
	}
	return tea.Sequence(keys...)
}

// Update changes the model by what happened.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.size.set(msg.Width, msg.Height)
	case tea.PasteMsg:
		return m, m.paste(msg.Content)
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case finished:
		return m, m.finish(msg)
	case tea.InterruptMsg:
		return m, m.interrupt()
	}
	return m, nil
}

// paste takes a pasted text as it is: line breaks are no Enter.
func (m *model) paste(text string) tea.Cmd {
	m.leaving = false
	if len(text) > maxPaste {
		m.hint = m.text("ஒட்டியது மிக நீளம்; கோப்பில் இட்டு :ஏற்று FILE பயன்படுத்தவும்", "too long to paste; put it into a file and use :load FILE")
		return nil
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text)
	if !utf8.ValidString(text) {
		m.hint = m.text("ஒட்டியதில் UTF-8 அல்லாதவை � ஆயின", "what was no UTF-8 in the pasted text became �")
		text = strings.ToValidUTF8(text, "\ufffd")
	}
	m.ed.remember(false)
	m.ed.insert(visible(text))
	m.popup = popup{}
	return nil
}

// visible keeps control characters from reaching the terminal.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '\ufffd'
		}
		return r
	}, text)
}

// submit runs the entry, or lets it go on when it is not complete. While another one runs it waits for its turn.
func (m *model) submit() tea.Cmd {
	text := m.ed.text
	if Incomplete(text) && !strings.HasSuffix(strings.TrimRight(text, " "), "\n") {
		m.newline()
		return nil
	}
	m.popup, m.hint, m.recall = popup{}, "", recall{}
	m.ed.reset()
	if m.running != nil {
		if firstRune(text) != 0 {
			m.waiting = append(m.waiting, text)
		}
		return nil
	}
	return m.begin(text)
}

// begin shows an entry above and runs it.
func (m *model) begin(text string) tea.Cmd {
	shown := m.entryText(text)
	if firstRune(text) == 0 {
		return m.printAbove(shown)
	}
	text = strings.TrimRight(text, " \n")
	m.history.Add(text)
	ctx, cancel := context.WithCancel(m.ctx)
	m.running = cancel
	return tea.Sequence(m.printAbove(shown), func() tea.Msg {
		m.start(ctx, text)
		return nil
	})
}

// newline breaks the line and indents the next one.
func (m *model) newline() {
	m.ed.remember(false)
	m.ed.insert("\n" + m.ed.indent())
	m.popup = popup{}
}

func (m *model) finish(f finished) tea.Cmd {
	if m.running != nil {
		m.running()
		m.running = nil
	}
	m.lang = m.s.o.Lang
	if f.result.Draft != "" {
		m.ed.set(f.result.Draft)
	}
	if f.result.Quit {
		m.quit, m.status = true, f.result.Status
		return tea.Quit
	}
	if len(m.waiting) == 0 {
		return nil
	}
	next := m.waiting[0]
	m.waiting = m.waiting[1:]
	return m.begin(next)
}

// interrupt is Ctrl-C: it stops what runs, and what waits can be changed again; else it drops what was typed; with nothing typed, twice leaves.
func (m *model) interrupt() tea.Cmd {
	switch {
	case m.running != nil:
		m.running()
		m.takeBack()
	case m.ed.text != "" || m.search != nil:
		m.search = nil
		m.ed.remember(false)
		m.ed.replace(0, len(m.ed.text), "")
		m.popup, m.recall, m.hint = popup{}, recall{}, ""
	case m.leaving:
		m.quit = true
		return tea.Quit
	default:
		m.leaving = true
		m.hint = m.text("வெளியேற மீண்டும் Ctrl-C", "Ctrl-C once more leaves")
	}
	return nil
}

// takeBack puts the entries that wait into the one that is being typed.
func (m *model) takeBack() {
	if len(m.waiting) == 0 {
		return
	}
	list := m.waiting
	if m.ed.text != "" {
		list = append(list, m.ed.text)
	}
	m.waiting = nil
	m.ed.set(strings.Join(list, "\n"))
}

// explain shows what is known of the word at the caret above the entry.
func (m *model) explain() tea.Cmd {
	if m.running != nil {
		return nil
	}
	at := m.ed.caret
	doc, ok := m.s.Explain(m.ctx, m.ed.text, at)
	if !ok && at > 0 {
		doc, ok = m.s.Explain(m.ctx, m.ed.text, m.ed.before(at))
	}
	if !ok {
		m.hint = m.text("இங்கு விளக்க எதுவும் இல்லை", "there is nothing to explain here")
		return nil
	}
	return m.printAbove(m.foldAll(m.s.paint(colourDim, clean(doc))))
}

func (m *model) foldAll(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = fold(line, m.wide(), m.camp.Width)
	}
	return strings.Join(lines, "\n")
}

// recall is where in the history the arrow keys are.
type recall struct {
	back  int    // entries back from the end; 0 is what is being typed
	typed string // what was being typed
}

// older and newer bring back whole entries.
func (m *model) older() {
	list := m.history.Entries()
	if m.recall.back >= len(list) {
		return
	}
	if m.recall.back == 0 {
		m.recall.typed = m.ed.text
	}
	m.recall.back++
	m.ed.set(list[len(list)-m.recall.back])
	m.popup = popup{}
}

func (m *model) newer() {
	if m.recall.back == 0 {
		return
	}
	m.recall.back--
	m.popup = popup{}
	if m.recall.back == 0 {
		m.ed.set(m.recall.typed)
		return
	}
	list := m.history.Entries()
	m.ed.set(list[len(list)-m.recall.back])
}

// popup is the list of what could stand at the caret.
type popup struct {
	list   assist.List
	chosen int
	moved  bool // the user chose, so that Enter accepts
	open   bool
}

// suggest asks what could stand at the caret, once something is typed there.
func (m *model) suggest() {
	m.popup = popup{}
	if m.running != nil {
		return
	}
	from, word := m.ed.typed()
	before := m.ed.text[:from]
	if word == "" && !strings.HasSuffix(before, ".") && strings.TrimSpace(before) != ":" {
		return
	}
	list := m.s.Complete(m.ctx, m.ed.text, m.ed.caret)
	if len(list.Items) == 0 || len(list.Items) == 1 && list.Items[0].Text == word {
		return
	}
	m.popup = popup{list: list, open: true}
}

// accept puts the chosen suggestion into the entry. Without one, a romanised word becomes Tamil.
func (m *model) accept() {
	if m.popup.open {
		it := m.popup.list.Items[m.popup.chosen]
		m.popup = popup{}
		m.ed.remember(false)
		from, to := it.Insert.Start, m.ed.caret
		if from <= to && to <= len(m.ed.text) {
			m.ed.replace(from, to, it.Text)
		}
		return
	}
	m.toTamil()
}

func (m *model) choose(step int) {
	n := len(m.popup.list.Items)
	m.popup.chosen = (m.popup.chosen + step + n) % n
	m.popup.moved = true
}
