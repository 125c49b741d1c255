package repl

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/words"
)

// draft is what is known of the entry that is being typed.
type draft struct {
	text string
	base int // where in the typed text the program begins: after the command
	prog *module.Program
	info *check.Info
}

// look reads and checks a text that is being typed. It imports nothing that the session does not know.
func (s *Session) look(ctx context.Context, text string) *draft {
	if s.draft.prog != nil && s.draft.text == text {
		return &s.draft
	}
	base := programStart(text)
	e := &entry{name: "[…]", prog: &module.Program{}}
	f := syntax.Parse(e.name, []byte(text[base:]))
	e.prog.Files, e.prog.Paths = []*syntax.File{f}, []string{""}
	for i, st := range f.Stmts {
		e.prog.Items = append(e.prog.Items, module.Item{Stmt: st, Base: f.Base(i)})
	}
	p := s.program(e)
	s.checker.Check(ctx, p, check.Options{})
	s.draft = draft{text: text, base: base, prog: p, info: s.checker.Info()}
	if ctx.Err() != nil {
		s.draft.prog = nil
		return &draft{text: text, base: base, prog: p}
	}
	return &s.draft
}

// programStart is where the program text begins: behind the name of a command that takes some.
func programStart(text string) int {
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	start := len(text) - len(trimmed)
	if strings.HasPrefix(trimmed, "?") {
		return start + 1
	}
	if !strings.HasPrefix(trimmed, ":") {
		return 0
	}
	name, _ := split(trimmed)
	i := start + 1 + len(name)
	return i + len(text[i:]) - len(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
}

// Complete answers what could stand at an offset in bytes of a text that is being typed.
func (s *Session) Complete(ctx context.Context, text string, offset int) assist.List {
	if list, ok := s.completeCommand(text, offset); ok {
		return list
	}
	d := s.look(ctx, text)
	if offset < d.base {
		return assist.List{}
	}
	list := s.helper.Complete(ctx, assist.Place{Program: d.prog, Info: d.info, Offset: offset - d.base}, assist.Options{Lang: s.o.Lang, Script: s.script, Plain: true})
	move := func(sp *syntax.Span) { sp.Start, sp.End = sp.Start+d.base, sp.End+d.base }
	move(&list.Word)
	for i := range list.Items {
		move(&list.Items[i].Insert)
		move(&list.Items[i].Replace)
		list.Items[i].Text = bare(list.Items[i])
	}
	return list
}

// bare is what a suggestion inserts in a conversation, which goes on letter by letter: the name alone, and of what is called
// the bracket too, because gaps to fill would be in the way.
func bare(it assist.Item) string {
	if strings.Contains(it.Text, "\n") || it.Kind == assist.KindKeyword {
		return it.Label
	}
	if i := strings.IndexByte(it.Text, '('); i > 0 && it.Asks {
		return it.Text[:i+1]
	}
	return it.Text
}

// completeCommand completes the name of a command.
func (s *Session) completeCommand(text string, offset int) (assist.List, bool) {
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	start := len(text) - len(trimmed)
	if !strings.HasPrefix(trimmed, ":") {
		return assist.List{}, false
	}
	name, _ := split(trimmed)
	end := start + 1 + len(name)
	if offset > end || offset <= start {
		return assist.List{}, false
	}
	typed := text[start+1 : offset]
	list := assist.List{Typed: typed, Word: syntax.Span{Start: start + 1, End: end}}
	for _, c := range s.commands {
		label := c.Tamil
		if s.script == assist.Roman {
			label = c.Roman()
		}
		if strings.HasPrefix(c.English, typed) && typed != "" {
			label = c.English
		} else if !strings.HasPrefix(c.Tamil, typed) && !strings.HasPrefix(c.Roman(), typed) {
			continue
		}
		list.Items = append(list.Items, assist.Item{
			Label: label, Kind: assist.KindKeyword, Detail: " " + c.Operand, Description: s.text(c.HelpTamil, c.HelpEnglish),
			Insert: syntax.Span{Start: start + 1, End: offset}, Replace: list.Word, Text: label, Filter: typed,
		})
	}
	return list, true
}

// Paint is how a part of a text is coloured.
type Paint uint8

// The paints. Bare is what has none.
const (
	Bare Paint = iota
	Keyword
	Builtin
	Function
	Shape
	Variable
	Number
	Text
	Comment
	Wrong
)

// Mark is a coloured part of a text, in bytes.
type Mark struct {
	syntax.Span
	Paint Paint
}

// Highlight colours a text: by the real lexer, and names by what they are in the session. The marks are in order and do
// not overlap.
func (s *Session) Highlight(text string) []Mark {
	base := programStart(text)
	if base > 0 && firstRune(text) == ':' {
		return slices.Concat([]Mark{{syntax.Span{Start: 0, End: base}, Keyword}}, s.marks(text, base))
	}
	return s.marks(text, base)
}

func (s *Session) marks(text string, base int) []Mark {
	src := text[base:]
	if strings.Contains(src, "\r") || strings.HasPrefix(src, "\ufeff") {
		return nil // the lexer's places would be others
	}
	tokens, _ := syntax.Lex(src)
	var info *check.Info
	if d := s.look(context.Background(), text); d.base == base {
		info = d.info
	}
	var out []Mark
	last := 0
	for i, t := range tokens {
		start := t.Pos.Offset
		if t.Type == syntax.EOF {
			start = len(src)
		}
		out = comments(out, src, last, start, base)
		if t.Type == syntax.EOF {
			break
		}
		last = start + len(t.Value)
		if p := s.paintOf(info, tokens, i); p != Bare {
			out = append(out, Mark{syntax.Span{Start: base + start, End: base + last}, p})
		}
	}
	return out
}

// comments marks the comments between two tokens.
func comments(out []Mark, src string, from, to, base int) []Mark {
	for from < to {
		i := strings.Index(src[from:to], "//")
		if i < 0 {
			break
		}
		start := from + i
		end := to
		if n := strings.IndexByte(src[start:to], '\n'); n >= 0 {
			end = start + n
		}
		out = append(out, Mark{syntax.Span{Start: base + start, End: base + end}, Comment})
		from = end
	}
	return out
}

func (s *Session) paintOf(info *check.Info, tokens []syntax.Token, i int) Paint {
	t := tokens[i]
	switch t.Type {
	case syntax.Number, syntax.Percent:
		return Number
	case syntax.Text:
		return Text
	case syntax.BadText, syntax.Invalid:
		return Wrong
	}
	if i > 0 && tokens[i-1].Type == syntax.Dot {
		return Bare
	}
	if t.Type == syntax.Ident || t.Type == syntax.Word {
		if p := s.known(info, t); p != Bare {
			return p
		}
	}
	w := words.Lookup(t.Value)
	switch {
	case w == nil:
		return Bare
	case w.IsKeyword():
		return Keyword
	case w.Builtin || w.Section != "":
		return Builtin
	}
	return Bare
}

// known is what a name is by what the checker knows of the session and the entry.
func (s *Session) known(info *check.Info, t syntax.Token) Paint {
	switch {
	case info == nil:
		return Bare
	case info.Func(t.Value) != nil:
		return Function
	case info.Shape(t.Value) != nil:
		return Shape
	case words.Lookup(t.Value) == nil || s.live.Get(t.Value).Kind() != value.UnsetKind:
		if _, ok := info.TypeOf(0, syntax.Span{Start: t.Pos.Offset, End: t.Pos.Offset + len(t.Value)}); ok {
			return Variable
		}
	}
	return Bare
}

var paints = [...]string{
	Keyword: colourWord, Builtin: colourNumber, Function: colourKey, Shape: colourKey, Variable: "", Number: colourNumber, Text: colourText,
	Comment: colourDim, Wrong: "\x1b[31m",
}

// colours is a text with its colours as ANSI sequences.
func (s *Session) colours(text string) string {
	if !s.o.Color {
		return text
	}
	var b strings.Builder
	last := 0
	for _, m := range s.Highlight(text) {
		b.WriteString(text[last:m.Start])
		b.WriteString(s.paint(paints[m.Paint], text[m.Start:m.End]))
		last = m.End
	}
	b.WriteString(text[last:])
	return b.String()
}

// Explain answers what stands at an offset in bytes of a text that is being typed, false where there is nothing to tell.
func (s *Session) Explain(ctx context.Context, text string, offset int) (string, bool) {
	d := s.look(ctx, text)
	if offset < d.base {
		return "", false
	}
	// Without an index, because to one a name alone is a declaration.
	t, _, ok := s.helper.Hover(assist.Place{Program: d.prog, Info: d.info, Offset: offset - d.base}, assist.Options{Lang: s.o.Lang, Script: s.script})
	if !ok {
		return "", false
	}
	return strings.TrimRight(t.Plain(), "\n"), true
}

// Signature answers what the call around an offset in bytes takes.
func (s *Session) Signature(ctx context.Context, text string, offset int) assist.Signatures {
	d := s.look(ctx, text)
	if offset < d.base {
		return assist.Signatures{}
	}
	return s.helper.Signature(assist.Place{Program: d.prog, Info: d.info, Offset: offset - d.base}, assist.Options{Lang: s.o.Lang, Script: s.script})
}

// document explains a name: ?NAME.
func (s *Session) document(ctx context.Context, text string) Result {
	trimmed := strings.TrimSpace(text)
	name := strings.TrimSpace(strings.TrimPrefix(trimmed, "?"))
	if name == "" {
		return s.help(ctx, "")
	}
	doc, ok := s.Explain(ctx, "?"+name, 1)
	if !ok {
		return s.fail("'"+clean(name)+"' பற்றி எதுவும் தெரியாது", "nothing is known of '"+clean(name)+"'")
	}
	s.say(clean(doc))
	return Result{}
}
