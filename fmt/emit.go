package format

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/etamil-lang/etamil/fmt/doc"
	"github.com/etamil-lang/etamil/syntax"
)

// The comments between which nothing is laid out.
const (
	off = "// fmt: off"
	on  = "// fmt: on"
)

// tab is one step of indentation.
const tab = 4

// emitter writes the tokens and comments of a file as documents, one for each statement at the top.
type emitter struct {
	*marker
	b     doc.Builder
	out   *doc.Output
	spell func(i int) string
	list  []comment
	raw   bool // between fmt: off and fmt: on
	dirty bool // the document holds something
}

// emit lays out the file.
func (e *emitter) emit() {
	top := make([]int, 0, len(e.f.Stmts)+1)
	for _, s := range e.f.Stmts {
		top = append(top, e.begin(s))
	}
	next := 0
	for i := range e.toks {
		if next < len(top) && top[next] == i || i == len(e.toks)-1 {
			e.flush()
			next++
		}
		e.gap(i)
		if i < len(e.toks)-1 {
			e.token(i)
		}
	}
	e.flush()
	if n := len(e.out.Text); n > 0 && e.out.Text[n-1] != '\n' {
		e.out.Text = append(e.out.Text, '\n')
	}
}

func (e *emitter) flush() {
	e.b.Render(e.out)
	e.b.Reset()
}

// token writes a token and what starts and ends with it.
func (e *emitter) token(i int) {
	k := &e.marks[i]
	k.raw = e.raw
	for range k.begin {
		e.b.Begin()
	}
	e.b.Mark(i)
	e.text(e.spell(i))
	e.dirty = true
	for range k.outs {
		e.b.Dedent()
	}
	for range k.ends {
		e.b.End()
	}
	for range k.in {
		e.b.Indent()
	}
	for range k.force {
		e.b.ForceIndent()
	}
}

func (e *emitter) text(s string) {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		e.b.Lines(s, width(s[:i]), width(s[strings.LastIndexByte(s, '\n')+1:]))
		return
	}
	e.b.Text(s, width(s))
}

// gap writes what stands before a token: comments, and the space or the new line.
func (e *emitter) gap(i int) {
	start := 0
	if i > 0 {
		start = e.toks[i-1].Pos.Offset + len(e.toks[i-1].Value)
	}
	text := e.f.Src[start:e.toks[i].Pos.Offset]
	k := &e.marks[i]
	if i > 0 && len(text) <= 1 && !e.raw && k.pin != pinHard { // the most frequent gaps: nothing, a space, a line break
		e.outdent(k)
		e.separate(i, false)
		return
	}
	g := readGap(text, i == 0, e.list)
	e.list = g.comments
	if e.raw || hasOff(g.comments) {
		e.verbatim(i, text, g)
		return
	}
	if len(g.comments) == 0 && k.pin != pinHard {
		e.outdent(k)
		e.separate(i, g.empty)
		return
	}
	e.commented(i, g)
}

func (e *emitter) outdent(k *mark) {
	for range k.out {
		e.b.Dedent()
	}
}

// commented writes a gap in which the line must end, behind a comment or because it is pinned, so a token that would have stayed on the line
// moves to the next, further to the right.
func (e *emitter) commented(i int, g gap) {
	k := &e.marks[i]
	extra := i > 0 && (k.sep == sepAuto || k.sep == sepNone || k.sep == sepSpace) && !closing(e.toks[i].Type) && i < len(e.toks)-1
	if extra {
		e.b.ForceIndent()
	}
	e.comments(i, g.comments)
	e.outdent(k)
	if i == len(e.toks)-1 {
		if extra {
			e.b.Dedent()
		}
		return
	}
	e.b.Hard(e.empty(i, g.empty && !closing(e.toks[i].Type)))
	if extra {
		e.b.Dedent()
	}
}

// comments writes comments: those beside a token as its suffix, the others on lines of their own.
func (e *emitter) comments(i int, list []comment) {
	for n, c := range list {
		switch {
		case !c.own:
			e.b.Suffix(c.text)
		case !e.dirty:
			e.text(c.text)
		default:
			empty := 0
			if n > 0 || !opening(e.toks, i-1) {
				empty = e.empty(i, c.empty)
			}
			e.b.Hard(empty)
			e.text(c.text)
		}
		e.dirty = true
	}
}

// empty is how many empty lines stay before a token or its comments.
func (e *emitter) empty(i int, was bool) int {
	k := &e.marks[i]
	if was && (k.item || closing(e.toks[i].Type) && k.sep != sepAuto || k.sep == sepHard || i == len(e.toks)-1) {
		return 1
	}
	return 0
}

func opening(toks []syntax.Token, i int) bool {
	if i < 0 {
		return true
	}
	switch toks[i].Type {
	case syntax.LParen, syntax.LBrack, syntax.LBrace:
		return true
	}
	return false
}

func closing(k syntax.Kind) bool {
	return k == syntax.RParen || k == syntax.RBrack || k == syntax.RBrace
}

// separate writes what stands before a token without comments.
func (e *emitter) separate(i int, empty bool) {
	if i == len(e.toks)-1 || !e.dirty {
		return
	}
	k := &e.marks[i]
	if k.pin == pinFlat {
		e.flat(i)
		return
	}
	if k.item && empty {
		if k.sep == sepHard {
			e.b.Hard(1)
			return
		}
		e.b.EmptyLine(k.sep == sepLine)
		return
	}
	switch k.sep {
	case sepAuto:
		if spaced(e.toks[i-1].Type, e.toks[i].Type) {
			e.b.Text(" ", 1)
		}
	case sepSpace, sepClause:
		e.b.Text(" ", 1)
	case sepLine:
		e.b.Line()
	case sepSoft:
		e.b.Soft()
	case sepFill:
		e.b.Fill()
	case sepHard:
		e.b.Hard(0)
	}
}

// flat writes what stands before a token of a line that goes on.
func (e *emitter) flat(i int) {
	switch e.marks[i].sep {
	case sepNone, sepSoft:
		return
	case sepAuto:
		if !spaced(e.toks[i-1].Type, e.toks[i].Type) {
			return
		}
	}
	e.b.Text(" ", 1)
}

// spaced tells whether two tokens are apart where the tree says nothing of it.
func spaced(before, after syntax.Kind) bool {
	switch after {
	case syntax.Comma, syntax.Semi, syntax.Colon, syntax.Dot, syntax.Quest, syntax.RParen, syntax.RBrack:
		return false
	}
	switch before {
	case syntax.LParen, syntax.LBrack, syntax.Dot:
		return false
	}
	return true
}

func hasOff(list []comment) bool {
	for _, c := range list {
		if c.own && c.text == off {
			return true
		}
	}
	return false
}

// verbatim writes a gap in which fmt: off or fmt: on stands, or that lies between the two: what is off stays byte for
// byte. What comes before an off and after an on is laid out.
func (e *emitter) verbatim(i int, text string, g gap) {
	from := 0 // what is before it was written
	list := g.comments
	for {
		mark := on
		if !e.raw {
			mark = off
		}
		n := slices.IndexFunc(list, func(c comment) bool { return c.own && c.text == mark })
		if n < 0 {
			break
		}
		if e.raw {
			e.rawText(text[from:list[n].end])
			e.dirty = true
		} else {
			e.comments(i, list[:n+1])
		}
		e.raw = !e.raw
		from, list = list[n].end, list[n+1:]
	}
	switch {
	case e.raw:
		e.rawText(text[from:])
		e.outdent(&e.marks[i])
	case len(list) > 0:
		e.commented(i, gap{list, g.empty})
	default:
		e.outdent(&e.marks[i])
		if i < len(e.toks)-1 {
			e.b.Hard(e.empty(i, g.empty))
		}
	}
}

func (e *emitter) rawText(s string) { e.b.Raw(s, width(s[strings.LastIndexByte(s, '\n')+1:])) }

// width is how many letters people see: a vowel sign belongs to its consonant.
func width(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			n++
		case c == 0xE0 && i+2 < len(s) && (s[i+1] == 0xAE || s[i+1] == 0xAF):
			if tamilBase(s[i+1], s[i+2]) {
				n++
			}
			i += 2
		default:
			return clusters(s)
		}
	}
	if len(s) >= 3 && s[0] == 0xE0 && !tamilBase(s[1], s[2]) {
		return n + 1 // a sign that has no letter before it
	}
	return n
}

// tamilBase tells letters of the Tamil block from its signs, by the last two bytes of their UTF-8.
func tamilBase(b, c byte) bool {
	r := rune(b&0x3F)<<6 | rune(c&0x3F)
	switch r & 0xFF {
	case 0x82, 0xBE, 0xBF, 0xC0, 0xC1, 0xC2, 0xC6, 0xC7, 0xC8, 0xCA, 0xCB, 0xCC, 0xCD, 0xD7:
		return false
	}
	return true
}

func clusters(s string) int {
	n := 0
	for it := graphemes.FromString(s); it.Next(); {
		n++
	}
	return n
}
