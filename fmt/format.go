package format

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/etamil-lang/etamil/fmt/doc"
	"github.com/etamil-lang/etamil/syntax"
)

// DefaultWidth is how long lines get before they break, in letters.
const DefaultWidth = 100

// Options are what a caller may choose. The zero value is right for everyone.
type Options struct {
	// Width is the length of a line in grapheme clusters; 0 is DefaultWidth.
	Width int
	// Lines limits the layout to these lines of the source; the zero value is all of them. Words keep their spelling then.
	Lines Range
	// Script turns keywords into another script. Names, fields and texts stay: they are what the program is about. So does
	// the layout: lines that break because one script is wider would stay broken on the way back.
	Script Script
	// Names, where it is set, turns the names of the program into Script too, and the language's own that it calls. It
	// holds the names of all files of the program.
	Names *Names
	// Imports tells what an import brings, by its path as it is written; ok is false where that cannot be known. Imports
	// are grouped and sorted where it shows that no order matters; where it is nil they stay. See Importer.
	Imports func(path string) (b Brought, ok bool)
	// Canonical replaces old and garbled spellings of keywords by the recommended ones, and nothing else.
	Canonical bool
}

// Range is a run of lines, counted from 1, both ends included.
type Range struct{ From, To int }

// SyntaxError says that a program cannot be laid out because it cannot be read.
type SyntaxError struct {
	File *syntax.File // with its faults
}

func (e *SyntaxError) Error() string {
	for _, f := range e.File.Faults {
		if f.IsError() {
			return fmt.Sprintf("%s: syntax error %s", e.File.Name, f.Code)
		}
	}
	return e.File.Name + ": syntax error"
}

// LossError says that the layout would have changed the program: a mistake of this package, never of the program.
type LossError struct {
	Name   string
	What   string // what would have changed, in English
	Offset int    // where in the source, in bytes after line ends became \n
	Around string // the source around that place, quoted
}

func (e *LossError) Error() string {
	return fmt.Sprintf("%s: the layout would change the program at byte %d: %s", e.Name, e.Offset, e.What)
}

// bom is the byte order mark.
const bom = "\ufeff"

// Source lays out a program and answers its new text; name is how it is shown to people. The line ends that prevail in
// src and its byte order mark stay. The error is a *SyntaxError, NameErrors or a *LossError.
func Source(name string, src []byte, opt Options) ([]byte, error) {
	return source(name, src, opt, chunkSize)
}

func source(name string, src []byte, opt Options, chunk int) ([]byte, error) {
	a := newArranger(name, src, opt)
	eol := lineEnd(src)
	out, err := lay(name, src, opt, chunk, eol, a)
	if err != nil || a == nil {
		return out, err
	}
	moved, err := a.arranged()
	if err != nil || moved == nil {
		return out, err
	}
	return lay(name, moved, opt, chunk, eol, nil)
}

// lay lays out a program in chunks or at once. The arranger, where there is one, sees its trees.
func lay(name string, src []byte, opt Options, chunk int, eol string, a *arranger) ([]byte, error) {
	if out, ok, err := inChunks(name, src, opt, chunk, eol, a); ok {
		return out, err
	}
	if a != nil {
		a.units = nil
	}
	return whole(name, src, opt, setting{part{end: len(bytes.TrimPrefix(src, []byte(bom)))}, eol, a, &verifier{}})
}

// setting is where a text stands that is laid out.
type setting struct {
	part
	eol string    // of the whole source
	a   *arranger // may be nil
	v   *verifier
}

// lineEnd is the line end that prevails.
func lineEnd(src []byte) string {
	if crlf := bytes.Count(src, []byte("\r\n")); 2*crlf > bytes.Count(src, []byte("\n")) {
		return "\r\n"
	}
	return "\n"
}

// whole lays out a program, or a part of one, at once.
func whole(name string, src []byte, opt Options, at setting) ([]byte, error) {
	f := syntax.Parse(name, src)
	if f.HasErrors() {
		return nil, &SyntaxError{f}
	}
	if opt.Lines != (Range{}) {
		opt.Script, opt.Canonical = KeepScript, false
	}
	if at.a != nil {
		at.a.add(f, at.part)
	}
	spell, same, err := opt.spelling(f)
	if err != nil {
		return nil, err
	}
	var laid *laidOut
	if opt.respells() {
		laid = respelled(f, spell)
	} else {
		laid = layout(f, opt, spell, at.raw)
	}
	if opt.Lines != (Range{}) {
		laid = laid.only(f, opt.Lines)
	}
	if string(laid.text) != f.Src {
		if err := at.v.verify(f, laid.text, same); err != nil {
			return nil, err
		}
	}
	return laid.bytes(src, f, at.eol), nil
}

// laidOut is a new text of a file and where each of its tokens starts in it.
type laidOut struct {
	text  []byte
	marks []int32
}

// layout computes the new text of a file without errors; raw tells that it starts between fmt: off and fmt: on.
func layout(f *syntax.File, opt Options, spell func(i int) string, raw bool) *laidOut {
	if opt.Width == 0 {
		opt.Width = DefaultWidth
	}
	e := &emitter{marker: newMarker(f), spell: spell, raw: raw}
	e.file()
	e.out = &doc.Output{Width: opt.Width, Tab: tab, Marks: make([]int32, len(f.Tokens))}
	e.out.Text = make([]byte, 0, len(f.Src)+len(f.Src)/8)
	e.emit()
	var list []insert
	for _, t := range e.tables {
		list = append(list, e.columns(t)...)
	}
	pad(e.out, list)
	pad(e.out, align(e.out.Suffixes))
	return &laidOut{e.out.Text, e.out.Marks}
}

// farthest is how much the code beside two neighbouring comments may differ in width for them to be aligned.
const farthest = 40

// align puts the comments behind neighbouring lines into one column.
func align(list []doc.Suffix) []insert {
	pads := make([]insert, len(list))
	for i := 0; i < len(list); {
		j, low, high := i+1, list[i].Column, list[i].Column
		for ; j < len(list) && list[j].Line == list[j-1].Line+1; j++ {
			lo, hi := min(low, list[j].Column), max(high, list[j].Column)
			if hi-lo > farthest {
				break
			}
			low, high = lo, hi
		}
		for ; i < j; i++ {
			pads[i] = insert{list[i].At, high - list[i].Column}
		}
	}
	return pads
}

// bytes gives the text the byte order mark of the source and its line ends. Quoted text keeps its own line ends.
func (l *laidOut) bytes(src []byte, f *syntax.File, eol string) []byte {
	body := bytes.TrimPrefix(src, []byte(bom))
	mark := src[:len(src)-len(body)]
	if eol == "\n" && !bytes.Contains(src, []byte("\r\n")) {
		if len(mark) == 0 {
			return l.text
		}
		return append(mark[:len(mark):len(mark)], l.text...)
	}
	var b bytes.Buffer
	b.Write(mark)
	src = body
	raw := rawOffsets{src: src}
	at := 0
	for i := range f.Tokens {
		t := &f.Tokens[i]
		if t.Type == syntax.Text && strings.Contains(t.Value, "\n") {
			start := int(l.marks[i])
			b.WriteString(strings.ReplaceAll(string(l.text[at:start]), "\n", eol))
			from := raw.of(t.Pos.Offset)
			b.Write(src[from:raw.of(t.Pos.Offset+len(t.Value))])
			at = start + len(t.Value)
		}
	}
	b.WriteString(strings.ReplaceAll(string(l.text[at:]), "\n", eol))
	return b.Bytes()
}

// rawOffsets finds offsets of the text with \n in the source as it was; they are asked for in order.
type rawOffsets struct {
	src      []byte
	at, seen int
}

func (r *rawOffsets) of(off int) int {
	for r.seen < off && r.at < len(r.src) {
		if r.src[r.at] == '\r' && r.at+1 < len(r.src) && r.src[r.at+1] == '\n' {
			r.at++
		}
		r.at++
		r.seen++
	}
	return r.at
}
