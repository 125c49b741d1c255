package repl

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	format "github.com/etamil-lang/etamil/fmt"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// keepCommands bring texts in, take them out and take them back.
func keepCommands() []*Command {
	return []*Command{
		{"ஏற்று", "load", "FILE", "கோப்பை ஒரு பதிவாக இயக்கும்", "run a file as an entry", false, (*Session).loadFile},
		{"சேமி", "save", "FILE [சோதனை]", "இதுவரை சொன்னதை நிரலாக, அல்லது சோதனையாக, சேமிக்கும்", "save what was said as a program, or as a test", false, (*Session).save},
		{"தொகு", "edit", "[TEXT]", "கடைசிப் பதிவை $EDITOR-இல் திருத்தும்", "change the last entry, or a text, in $EDITOR", true, (*Session).edit},
		{"ஒழுங்கு", "fmt", "[TEXT]", "கடைசிப் பதிவை ஒழுங்காக எழுதும்", "lay out the last entry, or a text", true, (*Session).format},
		{"மீள்", "undo", "", "கடைசிப் பதிவைத் திரும்பப் பெறும்", "take the last entry back", false, (*Session).takeBack},
		{"புதிது", "reset", "", "எல்லாவற்றையும் மறக்கும்", "forget everything", false, resetCommand},
	}
}

func (s *Session) loadFile(ctx context.Context, operand string) Result {
	e := &entry{text: "இறக்கு \"" + filepath.ToSlash(operand) + "\";"}
	s.count++
	path := operand
	if !filepath.IsAbs(path) && s.o.Dir != "" {
		path = filepath.Join(s.o.Dir, path)
	}
	if !s.read(ctx, e, module.Entry{Path: filepath.ToSlash(path), Name: operand}) {
		return Result{Failed: true}
	}
	if text := strings.TrimSpace(e.prog.Files[0].Src); text != "" {
		e.text = text
	}
	return s.enterLoaded(ctx, e)
}

func (s *Session) save(ctx context.Context, operand string) Result {
	path, kind, _ := strings.Cut(operand, " ")
	if s.o.Host.Write == nil {
		return s.fail("இங்கு கோப்புகளை எழுத முடியாது", "files cannot be written here")
	}
	var text string
	switch strings.TrimSpace(kind) {
	case "":
		text = s.asProgram()
	case "சோதனை", "cOqaZY", "test", "_test":
		text = s.asTest(path)
	default:
		return s.usage(s.commands.find("save"))
	}
	imports := format.NewImporter(s.o.Source, s.o.Roots...).Beside(ctx, s.o.Dir)
	if out, err := format.Source(path, []byte(text), format.Options{Width: s.o.LineWidth, Imports: imports}); err == nil {
		text = string(out)
	}
	if err := s.o.Host.Write(path, text); err != nil {
		return s.fail("சேமிக்க முடியவில்லை: "+clean(err.Error()), "cannot save: "+clean(err.Error()))
	}
	s.note(s.text("சேமிக்கப்பட்டது: "+path, "saved: "+path))
	return Result{}
}

// asProgram is everything that was said, in order. An expression whose value was shown is printed.
func (s *Session) asProgram() string {
	var b strings.Builder
	for _, x := range s.said {
		text := complete(x.text)
		if x.value.Kind() != value.UnsetKind {
			text = printed(text)
		}
		b.WriteString(strings.TrimSpace(text) + "\n")
	}
	return b.String()
}

// printed makes a text print its last expression.
func printed(text string) string {
	at, ok := lastExpr(text)
	if !ok {
		return text
	}
	return text[:at.Start] + "அச்சு " + text[at.Start:]
}

func lastExpr(text string) (syntax.Span, bool) {
	f := syntax.Parse("", []byte(text))
	if len(f.Stmts) == 0 {
		return syntax.Span{}, false
	}
	s, ok := f.Stmts[len(f.Stmts)-1].(*syntax.ExprStmt)
	if !ok {
		return syntax.Span{}, false
	}
	return s.X.Span(), true
}

// asTest is what was said as a test: every value that was shown is expected again, and declarations stand before it.
func (s *Session) asTest(path string) string {
	var before, body strings.Builder
	for _, x := range s.said {
		text := complete(x.text)
		if literal, ok := source(x.value); ok {
			if at, ok := lastExpr(text); ok {
				text = text[:at.Start] + "சோதனை_சமம்(" + text[at.Start:at.End] + ", " + literal + ")" + text[at.End:]
			}
		}
		f := syntax.Parse("", []byte(text))
		for i, st := range f.Stmts {
			d, ok := declaration(f, module.Item{Stmt: st, Base: f.Base(i)})
			_, imported := st.(*syntax.ImportStmt)
			switch {
			case ok || imported:
				before.WriteString(d.text + "\n")
			default:
				body.WriteString(d.text + "\n")
			}
		}
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return before.String() + "சோதனை \"" + strings.ReplaceAll(name, `"`, "'") + "\" {\n" + body.String() + "}\n"
}

// source is a value as a program writes it, false for what no literal makes.
func source(v value.Value) (string, bool) {
	switch v.Kind() {
	case value.NumberKind:
		return v.Display(), true
	case value.BooleanKind:
		if v.Truthy() {
			return "மெய்", true
		}
		return "பொய்", true
	case value.TextKind:
		return `"` + v.Text() + `"`, !strings.Contains(v.Text(), `"`)
	case value.ArrayKind:
		return sourceList("[", "]", v.Array().Items, nil)
	case value.RecordKind:
		r := v.Record()
		if r.Shape != nil || value.IsFault(v) {
			return "", false
		}
		items := make([]value.Value, 0, 8)
		for _, k := range r.Keys() {
			x, _ := r.Get(k)
			items = append(items, x)
		}
		return sourceList("{", "}", items, r.Keys())
	}
	return "", false
}

func sourceList(open, end string, items []value.Value, keys []string) (string, bool) {
	parts := make([]string, len(items))
	for i, x := range items {
		text, ok := source(x)
		if !ok || keys != nil && strings.Contains(keys[i], `"`) {
			return "", false
		}
		if keys != nil {
			text = `"` + keys[i] + `": ` + text
		}
		parts[i] = text
	}
	return open + strings.Join(parts, ", ") + end, true
}

func (s *Session) edit(ctx context.Context, operand string) Result {
	if s.o.Host.Edit == nil {
		return s.fail("இங்கு தொகுப்பி இல்லை", "there is no editor here")
	}
	text := s.lastText(operand)
	changed, err := s.o.Host.Edit(ctx, text)
	if err != nil {
		return s.fail("தொகுக்க முடியவில்லை: "+clean(err.Error()), "cannot edit: "+clean(err.Error()))
	}
	return Result{Draft: strings.TrimSpace(changed)}
}

// lastText is an operand, or the last entry where there is none.
func (s *Session) lastText(operand string) string {
	if operand == "" && len(s.said) > 0 {
		return s.said[len(s.said)-1].text
	}
	return operand
}

func (s *Session) format(_ context.Context, operand string) Result {
	text := s.lastText(operand)
	if text == "" {
		return s.fail("ஒழுங்குபடுத்த எதுவும் இல்லை", "there is nothing to lay out")
	}
	text = complete(text)
	if f := syntax.Parse("[…]", []byte(text)); firstError(f) != nil {
		s.sources[f.Name] = f.Src
		var found []diag.Diagnostic
		for _, x := range f.Faults {
			found = append(found, diag.FromFault(f.Name, x))
		}
		s.show(found)
		return Result{Failed: true}
	}
	out, err := format.Source("[…]", []byte(text), format.Options{Width: s.o.LineWidth})
	if err != nil {
		return s.fail("ஒழுங்குபடுத்த முடியவில்லை: "+clean(err.Error()), "cannot lay it out: "+clean(err.Error()))
	}
	s.say(strings.TrimRight(s.colours(string(out)), "\n"))
	return Result{}
}

func (s *Session) takeBack(context.Context, string) Result {
	n := len(s.undo) - 1
	if n < 0 {
		return s.fail("திரும்பப் பெற எதுவும் இல்லை", "there is nothing to take back")
	}
	p := s.undo[n]
	s.undo = s.undo[:n]
	text := s.said[len(s.said)-1].text
	s.back(p)
	first, _, more := strings.Cut(text, "\n")
	if more {
		first += " …"
	}
	first = clean(first)
	s.note(s.text("திரும்பப் பெறப்பட்டது: "+first, "taken back: "+first))
	return Result{}
}

func resetCommand(s *Session, _ context.Context, _ string) Result {
	s.Reset()
	if s.o.Forget != nil {
		s.o.Forget()
	}
	s.note(s.text("எல்லாம் மறக்கப்பட்டது", "everything is forgotten"))
	return Result{}
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
