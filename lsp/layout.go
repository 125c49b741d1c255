package lsp

import (
	"context"
	"path"
	"reflect"
	"strings"
	"sync"

	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
)

// layouts keeps what files looked like when they were laid out last, so that laying out again costs what has changed.
type layouts struct {
	mu   sync.Mutex
	last map[string]laidOut // by path
}

// laidOut is a text that is laid out, for lines of a width.
type laidOut struct {
	text  string
	width int
}

// keep remembers a text that is laid out.
func (l *layouts) keep(name string, text laidOut) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil {
		l.last = map[string]laidOut{}
	}
	l.last[name] = text
}

func (l *layouts) of(name string) laidOut {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last[name]
}

// forget drops the layout of a file that was closed.
func (l *layouts) forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.last, name)
}

// formatOptions are the choices of a file's project, as etamil fmt makes them.
func (s *snapshot) formatOptions(ctx context.Context, f *file) format.Options {
	var o format.Options
	if p := s.project(f.path); p != nil {
		o.Width = int(p.project.Int("fmt.width"))
	}
	if isFile(f.path) {
		o.Imports = format.NewImporter(texts{source{s}}, s.server.opt.Roots...).Beside(ctx, path.Dir(f.path))
	}
	return o
}

// layOut answers the text of a file laid out. Where one declaration alone differs from what was laid out before, only that
// is looked at.
func (s *snapshot) layOut(ctx context.Context, f *file) (string, error) {
	o := s.formatOptions(ctx, f)
	layouts := &s.server.layouts
	text, ok := f.layOutChanged(layouts.of(f.path), o)
	if !ok {
		out, err := format.Source(f.path, []byte(f.text), o)
		if err != nil {
			return "", err //nolint:wrapcheck // the caller looks at it
		}
		text = string(out)
	}
	layouts.keep(f.path, laidOut{text, o.Width})
	return text, nil
}

// layOutChanged lays out the one declaration that differs from a text that was laid out; false where more differs, or where
// what stands around it may depend on it.
func (f *file) layOutChanged(last laidOut, o format.Options) (string, bool) {
	tree := f.tree()
	switch {
	case last.text == "" || last.width != o.Width || !f.plain || tree.HasErrors() || strings.Contains(f.text, "fmt:"):
		return "", false
	case last.text == f.text:
		return f.text, true
	}
	before, behind := common(last.text, f.text)
	i, ok := statementAt(tree, before)
	if !ok {
		return "", false
	}
	at := tree.Stmts[i].Span().Shift(tree.Base(i))
	rest := len(f.text) - at.End
	then := syntax.Span{Start: at.Start, End: len(last.text) - rest}
	if before <= at.Start || behind <= rest || then.End <= then.Start || !f.alone(at) {
		return "", false
	}
	now, old := f.text[at.Start:at.End], last.text[then.Start:then.End]
	was := syntax.Parse(f.path, []byte(old))
	_, imports := tree.Stmts[i].(*syntax.ImportStmt)
	if imports || len(was.Stmts) != 1 || was.HasErrors() || reflect.TypeOf(was.Stmts[0]) != reflect.TypeOf(tree.Stmts[i]) ||
		strings.Contains(now, "\n") != strings.Contains(old, "\n") {
		return "", false // empty lines around a statement depend on what it is, and on whether it is one line
	}
	out, err := format.Source(f.path, []byte(now+"\n"), format.Options{Width: o.Width})
	fresh := strings.TrimSuffix(string(out), "\n")
	if err != nil || strings.Contains(fresh, "\n") != strings.Contains(now, "\n") {
		return "", false
	}
	return f.text[:at.Start] + fresh + f.text[at.End:], true
}

// alone tells whether a statement has its lines for itself.
func (f *file) alone(at syntax.Span) bool {
	line := strings.IndexByte(f.text[at.End:]+"\n", '\n')
	return (at.Start == 0 || f.text[at.Start-1] == '\n') && line == 0
}
