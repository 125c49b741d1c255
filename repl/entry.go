package repl

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// entry is one text that was typed, read and with what it imports.
type entry struct {
	text string // as it was typed
	name string // how faults call it
	prog *module.Program
}

// firstRune is the first character that is no space, 0 when there is none.
func firstRune(text string) rune {
	for _, r := range text {
		if !unicode.IsSpace(r) && r != '\ufeff' {
			return r
		}
	}
	return 0
}

// complete answers an entry as the program that it means: the last ; may be left out, and a record may stand alone.
func complete(text string) string {
	if !hasErrors(text) {
		return text
	}
	for _, try := range [...]string{text + ";", text + "\n;"} {
		if !hasErrors(try) {
			return try
		}
	}
	if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "{") {
		if try := "(" + trimmed + ");"; !hasErrors(try) {
			return try
		}
	}
	return text
}

func hasErrors(text string) bool { return firstError(syntax.Parse("", []byte(text))) != nil }

func firstError(f *syntax.File) *syntax.Fault {
	for i := range f.Faults {
		if f.Faults[i].IsError() {
			return &f.Faults[i]
		}
	}
	return nil
}

// Incomplete tells whether an entry goes on: whether all that is wrong with it is that it ends too early. The parser
// decides, not a count of brackets.
func Incomplete(text string) bool {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	switch firstRune(text) {
	case 0, ':', '?':
		return false
	}
	if complete(text) != text || !hasErrors(text) {
		return false
	}
	fault := firstError(syntax.Parse("", []byte(text+"\n;")))
	switch {
	case fault == nil:
		return false
	case fault.Code == syntax.CodeOpenText, fault.Code == syntax.CodeTryAlone:
		return fault.Span.End >= len(text) || strings.HasSuffix(text, "}")
	}
	return fault.Span.Start >= len(text) || strings.HasPrefix(strings.TrimSpace(text), "{") && openRecord(text)
}

// openRecord tells whether a text that begins with { is a record that goes on.
func openRecord(text string) bool {
	text = "(" + text
	fault := firstError(syntax.Parse("", []byte(text+"\n;")))
	return fault != nil && fault.Span.Start >= len(text)
}

// load reads an entry and what it imports. Faults are shown, and nothing is answered when they stop it.
func (s *Session) load(ctx context.Context, text string) (*entry, bool) {
	s.count++
	e := &entry{text: strings.TrimSpace(text), name: "[" + strconv.Itoa(s.count) + "]"}
	return e, s.read(ctx, e, module.Entry{Name: e.name, Text: []byte(complete(text)), HasText: true, Dir: s.o.Dir})
}

func (s *Session) read(ctx context.Context, e *entry, from module.Entry) bool {
	prog, faults := module.Load(ctx, s.o.Source, from, s.o.Roots...)
	for _, f := range prog.Files {
		s.sources[f.Name] = f.Src
	}
	e.prog = prog
	s.skipKnown(e)
	var found []diag.Diagnostic
	for _, f := range faults {
		if d := diag.FromLoad(f); d.IsError() {
			found = append(found, d)
		}
	}
	s.show(found)
	return len(found) == 0
}

// skipKnown leaves out what was imported before and has not changed since.
func (s *Session) skipKnown(e *entry) {
	known := map[int]bool{}
	for i, path := range e.prog.Paths {
		if i == 0 || path == "" {
			continue
		}
		text, ok := s.paths[path]
		known[i] = ok && text == e.prog.Files[i].Src
	}
	items := e.prog.Items[:0:0]
	for _, it := range e.prog.Items {
		if !known[it.File] {
			items = append(items, it)
		}
	}
	e.prog.Items = items
}

// check answers what the checker says of the session with a new entry.
func (s *Session) check(ctx context.Context, e *entry) []diag.Diagnostic {
	return s.checker.Check(ctx, s.program(e), check.Options{})
}

// refuses shows what stops an entry before it runs, and tells whether there was anything.
func (s *Session) refuses(found []diag.Diagnostic, e *entry) bool {
	var stops []diag.Diagnostic
	for _, d := range found {
		if d.IsError() && diag.Stops(d.Code) && e.has(d.File) {
			stops = append(stops, d)
		}
	}
	s.show(stops)
	return len(stops) > 0
}

func (e *entry) has(file string) bool {
	for _, f := range e.prog.Files {
		if f.Name == file {
			return true
		}
	}
	return false
}

// remark shows what the checker found besides: what would fail in the entry once it is reached, and which earlier
// definitions the entry broke.
func (s *Session) remark(found []diag.Diagnostic, e *entry) {
	var own, others []diag.Diagnostic
	broken := map[string]bool{}
	for _, d := range found {
		if !d.IsError() || d.File == "" || d.File == ambientName {
			continue
		}
		if e.has(d.File) {
			own = append(own, d)
			continue
		}
		key := keyOf(d)
		if broken[key] = true; !s.broken[key] {
			others = append(others, d)
		}
	}
	for _, d := range own {
		broken[keyOf(d)] = true
	}
	s.broken = broken
	for i := range own {
		own[i].Severity = diag.Warning
	}
	s.show(own)
	if len(others) > 0 {
		s.note(s.text("இந்த மாற்றத்தால் முன்பு சொன்னவை உடைந்தன:", "this change broke what was said before:"))
		s.show(others)
	}
}

// keyOf tells one finding from another.
func keyOf(d diag.Diagnostic) string {
	return d.Code + "\x00" + d.File + "\x00" + strconv.Itoa(d.Span.Start) + strings.Join(d.Args, "\x00")
}

// show writes diagnostics for people.
func (s *Session) show(list []diag.Diagnostic) {
	if len(list) == 0 {
		return
	}
	for i := range list {
		list[i].Related = slices.DeleteFunc(slices.Clone(list[i].Related), func(r diag.Related) bool { return r.File == ambientName })
	}
	o := diag.Options{Lang: s.o.Lang, Color: s.o.Color, Width: s.o.Width}
	if err := diag.RenderAll(s.out, list, func(file string) string { return s.sources[file] }, o); err != nil {
		return // the output is gone; where entries are read, that is noticed
	}
}

// nothing is a source without files.
type nothing struct{}

func (nothing) Open(string) (fs.File, error) { return nil, fs.ErrNotExist }

func (nothing) Canonical(string) (string, error) { return "", errors.New("no files here") }
