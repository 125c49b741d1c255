package repl

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// editor is a text with a caret, as a Tamil writer sees it: the caret stands between letters (grapheme clusters), never
// inside one. It knows nothing of terminals.
type editor struct {
	text   string
	caret  int // in bytes, on the edge of a letter
	anchor int // where a selection began; the caret where there is none
	killed string
	done   []snapshot // what undo goes back to
	typing bool       // the last change was typing, which one undo takes back as a whole
}

type snapshot struct {
	text  string
	caret int
}

// maxChanges is how many changes can be taken back.
const maxChanges = 200

// set replaces everything; the caret stands at the end.
func (e *editor) set(text string) {
	e.remember(false)
	e.text = text
	e.moveTo(len(text), false)
}

// reset begins a new entry.
func (e *editor) reset() { *e = editor{killed: e.killed} }

// remember keeps the text for undo; typing on is one change.
func (e *editor) remember(typing bool) {
	if typing && e.typing {
		return
	}
	e.typing = typing
	e.done = append(e.done, snapshot{e.text, e.caret})
	if len(e.done) > maxChanges {
		e.done = append(e.done[:0], e.done[1:]...)
	}
}

func (e *editor) undo() {
	n := len(e.done) - 1
	if n < 0 {
		return
	}
	s := e.done[n]
	e.done, e.typing = e.done[:n], false
	e.text = s.text
	e.moveTo(s.caret, false)
}

// selection is the selected range, empty at the caret when nothing is.
func (e *editor) selection() (from, to int) { return min(e.caret, e.anchor), max(e.caret, e.anchor) }

// replace puts text in the place of a range. The caret stands behind it, moved on to the edge of the letter that the text
// may have become a part of.
func (e *editor) replace(from, to int, text string) {
	e.text = e.text[:from] + text + e.text[to:]
	e.moveTo(e.edge(from+len(text)), false)
}

// insert types text in the place of what is selected.
func (e *editor) insert(text string) {
	e.remember(!strings.ContainsFunc(text, unicode.IsSpace))
	from, to := e.selection()
	e.replace(from, to, text)
}

func (e *editor) moveTo(at int, selecting bool) {
	e.caret = at
	if !selecting {
		e.anchor = at
	}
}

// line is the line that holds an offset, without its line end.
func (e *editor) line(at int) (from, to int) {
	from = strings.LastIndexByte(e.text[:at], '\n') + 1
	if i := strings.IndexByte(e.text[at:], '\n'); i >= 0 {
		return from, at + i
	}
	return from, len(e.text)
}

// edge is the nearest edge of a letter at or behind an offset.
func (e *editor) edge(at int) int {
	from, to := e.line(at)
	g := graphemes.FromString(e.text[from:to])
	for from < at && g.Next() {
		from += len(g.Value())
	}
	return max(from, at)
}

// before is where the letter before an offset begins.
func (e *editor) before(at int) int {
	if at == 0 {
		return 0
	}
	from, _ := e.line(at)
	if from == at {
		return at - 1
	}
	g := graphemes.FromString(e.text[from:at])
	last := from
	for g.Next() {
		last, from = from, from+len(g.Value())
	}
	return last
}

// after is where the letter behind an offset ends.
func (e *editor) after(at int) int {
	if at == len(e.text) {
		return at
	}
	if e.text[at] == '\n' {
		return at + 1
	}
	_, to := e.line(at)
	g := graphemes.FromString(e.text[at:to])
	g.Next()
	return at + len(g.Value())
}

func (e *editor) left(selecting bool) {
	if from, to := e.selection(); from != to && !selecting {
		e.moveTo(from, false)
		return
	}
	e.moveTo(e.before(e.caret), selecting)
	e.typing = false
}

func (e *editor) right(selecting bool) {
	if from, to := e.selection(); from != to && !selecting {
		e.moveTo(to, false)
		return
	}
	e.moveTo(e.after(e.caret), selecting)
	e.typing = false
}

func inWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\u200c' || r == '\u200d'
}

// wordLeft is the beginning of the word before the caret.
func (e *editor) wordLeft() int {
	at := e.caret
	back := func(in bool) {
		for at > 0 {
			r, n := utf8.DecodeLastRuneInString(e.text[:at])
			if inWord(r) != in {
				return
			}
			at -= n
		}
	}
	back(false)
	back(true)
	return at
}

// wordRight is the end of the word behind the caret.
func (e *editor) wordRight() int {
	at := e.caret
	ahead := func(in bool) {
		for at < len(e.text) {
			r, n := utf8.DecodeRuneInString(e.text[at:])
			if inWord(r) != in {
				return
			}
			at += n
		}
	}
	ahead(false)
	ahead(true)
	return at
}

// typed is the word that ends at the caret.
func (e *editor) typed() (from int, word string) {
	from = e.caret
	for from > 0 {
		r, n := utf8.DecodeLastRuneInString(e.text[:from])
		if !inWord(r) {
			break
		}
		from -= n
	}
	return from, e.text[from:e.caret]
}

// backspace takes the last code point, as people who write Tamil expect: of கி it leaves க.
func (e *editor) backspace() {
	e.remember(true)
	if from, to := e.selection(); from != to {
		e.replace(from, to, "")
		return
	}
	_, n := utf8.DecodeLastRuneInString(e.text[:e.caret])
	at := e.caret - n
	e.text = e.text[:at] + e.text[e.caret:]
	// What stood behind may now belong to the letter before.
	e.moveTo(e.edge(at), false)
}

// delete takes the whole letter behind the caret.
func (e *editor) delete() {
	e.remember(false)
	from, to := e.selection()
	if from == to {
		to = e.after(from)
	}
	e.replace(from, to, "")
}

// kill takes a range and keeps it for yank.
func (e *editor) kill(from, to int) {
	if from == to {
		return
	}
	e.remember(false)
	e.killed = e.text[from:to]
	e.replace(from, to, "")
}

func (e *editor) yank() {
	e.remember(false)
	from, to := e.selection()
	e.replace(from, to, e.killed)
}

// indent is the white space that a new line begins with: that of the line, and four more behind an open bracket.
func (e *editor) indent() string {
	from, _ := e.line(e.caret)
	line := e.text[from:e.caret]
	lead := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	if t := strings.TrimRight(line, " \t"); t != "" && strings.ContainsRune("{[(", rune(t[len(t)-1])) {
		lead += "    "
	}
	return lead
}

// close pulls a line that holds only white space back by one step, before its closing bracket is typed.
func (e *editor) close(bracket string) {
	from, _ := e.line(e.caret)
	line := e.text[from:e.caret]
	if strings.TrimLeft(line, " ") == "" && len(line) >= 4 {
		e.remember(false)
		e.replace(e.caret-4, e.caret, "")
	}
	e.insert(bracket)
}
