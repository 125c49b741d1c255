package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// Options say how diagnostics are shown. The zero value is both languages, no colour, widths of most terminals.
type Options struct {
	Lang Lang
	// Color uses ANSI colours and underlines the marked text itself, so that the mark is right in every terminal.
	Color bool
	// Width measures text in terminal cells; nil is CellWidth.
	Width func(text string) int
}

// Renderer shows diagnostics. It keeps the line tables of the files it has met, so one should serve a whole list. It is
// not safe for concurrent use.
type Renderer struct {
	src  func(file string) string
	opt  Options
	maps map[string]*position.Map
}

// NewRenderer makes a renderer. The function src answers the text of a file by its shown name, as syntax.File.Src has
// it, or "" where there is none; it may be nil.
func NewRenderer(src func(file string) string, o Options) *Renderer {
	if o.Width == nil {
		o.Width = CellWidth
	}
	return &Renderer{src: src, opt: o, maps: make(map[string]*position.Map)}
}

// Render writes one diagnostic for people: the message with its place, the source line with carets, related places, the
// call stack and the cure. The error is the writer's.
func Render(w io.Writer, d Diagnostic, src func(file string) string, o Options) error {
	return NewRenderer(src, o).Render(w, d)
}

// RenderAll writes a list of diagnostics with an empty line between two of them. The error is the writer's.
func RenderAll(w io.Writer, list []Diagnostic, src func(file string) string, o Options) error {
	r := NewRenderer(src, o)
	for i, d := range list {
		if i > 0 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return fmt.Errorf("write diagnostic: %w", err)
			}
		}
		if err := r.Render(w, d); err != nil {
			return err
		}
	}
	return nil
}

// Short writes one diagnostic on one line: file:line:column: CODE: message. The error is the writer's.
func (r *Renderer) Short(w io.Writer, d Diagnostic) error {
	if _, err := fmt.Fprintf(w, "%s%s: %s\n", r.place(d.File, d.Span), d.Code, d.Message(r.opt.Lang)); err != nil {
		return fmt.Errorf("write diagnostic: %w", err)
	}
	return nil
}

// Render writes one diagnostic for people. The error is the writer's.
func (r *Renderer) Render(w io.Writer, d Diagnostic) error {
	b := bufio.NewWriter(w)
	gutter := r.gutter(d)
	mark, colour := "✗ ", red
	if d.Severity != Error {
		mark, colour = "⚠ ", yellow
	}
	fmt.Fprintf(b, "%s%s%s  %s\n", r.paint(colour, mark), r.paint(bold, r.place(d.File, d.Span)), d.Message(r.opt.Lang),
		r.paint(dim, "["+d.Code+"]"))
	r.snippet(b, d.File, d.Span, gutter, colour)
	for _, rel := range d.Related {
		fmt.Fprintf(b, "%s%s%s\n", r.paint(cyan, "  ↳ "), r.place(rel.File, rel.Span), Message(rel.Code, r.opt.Lang, rel.Args...))
		r.snippet(b, rel.File, rel.Span, gutter, cyan)
	}
	r.cures(b, d)
	r.stack(b, d.Stack)
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write diagnostic: %w", err)
	}
	return nil
}

// cures writes what the fixes do, or where there are none, the catalogue's help.
func (r *Renderer) cures(b *bufio.Writer, d Diagnostic) {
	var tamil, english []string
	if e := Lookup(d.Code); e != nil && e.HelpTamil != "" && len(d.Fixes) == 0 {
		tamil, english = append(tamil, Help(d.Code, Tamil, d.Args...)), append(english, Help(d.Code, English, d.Args...))
	}
	for _, f := range d.Fixes {
		tamil = append(tamil, Message(f.Code, Tamil, f.Args...))
		english = append(english, Message(f.Code, English, f.Args...))
	}
	for i := range tamil {
		text := ""
		switch note := Lookup(NoteFix); r.opt.Lang {
		case Tamil:
			text = fill(note.Tamil, tamil[i:i+1])
		case English:
			text = fill(note.English, english[i:i+1])
		default:
			text = fill(note.Tamil, tamil[i:i+1]) + "  (" + fill(note.English, english[i:i+1]) + ")"
		}
		fmt.Fprintf(b, "%s%s\n", r.paint(cyan, "  = "), text)
	}
}

// Bounds of a call stack that is shown: a recursion of hundreds of calls shows its two ends.
const (
	stackHead = 10
	stackTail = 3
)

// stack writes the active calls. The top level alone says nothing that the place of the error has not said.
func (r *Renderer) stack(b *bufio.Writer, frames []Frame) {
	if len(frames) == 0 || len(frames) == 1 && frames[0].Function == "" {
		return
	}
	fmt.Fprintf(b, "  %s\n", Message(NoteStack, r.opt.Lang))
	active := len(frames)
	for _, f := range frames {
		active += f.Skipped
	}
	omitted := 0
	for i, f := range frames {
		omitted += f.Skipped
		if active > stackHead+stackTail+1 && i >= stackHead && i < len(frames)-stackTail {
			omitted++
			continue
		}
		if omitted > 0 {
			fmt.Fprintf(b, "    %s\n", Message(NoteMore, r.opt.Lang, strconv.Itoa(omitted)))
			omitted = 0
		}
		name := printable(shorten(f.Function, maxArg))
		if name == "" {
			name = Message(NoteTop, r.opt.Lang)
		}
		fmt.Fprintf(b, "    %s  %s\n", name, strings.TrimSuffix(r.place(f.File, f.Span), ": "))
	}
}

// place is "file:line:column: ", or less where less is known.
func (r *Renderer) place(file string, span syntax.Span) string {
	if file == "" {
		return ""
	}
	m := r.lines(file)
	if m == nil {
		return printable(file) + ": "
	}
	line, col := m.Clusters(span.Start)
	return fmt.Sprintf("%s:%d:%d: ", printable(file), line, col)
}

func (r *Renderer) lines(file string) *position.Map {
	if m, ok := r.maps[file]; ok {
		return m
	}
	var m *position.Map
	if r.src != nil && file != "" {
		if text := r.src(file); text != "" {
			m = position.NewMap(text)
		}
	}
	r.maps[file] = m
	return m
}

// gutter is the width of the widest line number that the diagnostic shows.
func (r *Renderer) gutter(d Diagnostic) int {
	n := 1
	widen := func(file string, span syntax.Span) {
		if m := r.lines(file); m != nil {
			n = max(n, len(strconv.Itoa(m.Line(span.Start))))
		}
	}
	widen(d.File, d.Span)
	for _, rel := range d.Related {
		widen(rel.File, rel.Span)
	}
	return n
}

// snippet writes the source line of a place and the carets under it. A place of several lines is marked to the end of
// its first one.
func (r *Renderer) snippet(b *bufio.Writer, file string, span syntax.Span, gutter int, colour string) {
	m := r.lines(file)
	if m == nil {
		return
	}
	line := m.Line(span.Start)
	start, end := m.LineSpan(line)
	s := snip(m.Source()[start:end], span.Start-start, span.End-start, r.opt.Width)
	number := fmt.Sprintf("  %*d | ", gutter, line)
	marked := s.marked
	if r.opt.Color && marked != "" {
		marked = underline + colour + marked + reset
	}
	fmt.Fprintf(b, "%s%s%s%s\n", r.paint(dim, number), s.before, marked, s.after)
	fmt.Fprintf(b, "%s%s%s\n", r.paint(dim, strings.Repeat(" ", gutter+3)+"| "), s.pad, r.paint(colour, s.carets))
}

// The ANSI sequences.
const (
	reset     = "\x1b[0m"
	bold      = "\x1b[1m"
	dim       = "\x1b[2m"
	underline = "\x1b[4m"
	red       = "\x1b[1;31m"
	yellow    = "\x1b[1;33m"
	cyan      = "\x1b[36m"
)

func (r *Renderer) paint(colour, text string) string {
	if !r.opt.Color || text == "" {
		return text
	}
	return colour + text + reset
}
