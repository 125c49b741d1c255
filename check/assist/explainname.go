package assist

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// explainer writes what a program says of its own names.
type explainer struct {
	*Text
	p Place
	o Options
}

// keyword is a word of the language in the script of the file that was asked about.
func (x *explainer) keyword(id string) string {
	f := x.p.file()
	if f == nil {
		return spell(words.ByID(id), Tamil)
	}
	at := min(max(x.p.Offset, 0), len(f.Src))
	return spell(words.ByID(id), scriptOf(f, syntax.Span{Start: at, End: at}))
}

// function tells of a function; false where there is none of the name.
func (x *explainer) function(name string) bool {
	if x.p.Info == nil {
		return false
	}
	sig := x.p.Info.Func(name)
	if sig == nil {
		return false
	}
	x.signature(sig)
	return true
}

func (x *explainer) signature(sig *check.Signature) {
	x.code(x.signatureText(sig))
	x.names(sig.Name)
	x.above(sig.At)
	x.declaredAt(sig.At)
}

// signatureText is a function's first line, with the types that were inferred where none were written.
func (x *explainer) signatureText(sig *check.Signature) string {
	var b strings.Builder
	if sig.Task {
		b.WriteString(x.keyword("async") + " ")
	}
	b.WriteString(x.keyword("Function") + " ")
	if sig.Shape != "" {
		b.WriteString(sig.Shape + ".")
	}
	b.WriteString(sig.Name + "(")
	for i, p := range sig.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(x.param(sig, i, p))
	}
	b.WriteString(")")
	if sig.Result.Known() {
		b.WriteString(": " + x.typ(sig.Result))
	}
	return b.String()
}

func (x *explainer) param(sig *check.Signature, i int, p check.Parameter) string {
	if i == 0 && sig.Self || !p.Type.Known() {
		return p.Name
	}
	return p.Name + ": " + x.typ(p.Type)
}

func (x *explainer) typ(t check.Type) string { return t.Text(x.o.Lang) }

// names says a name in the other script.
func (x *explainer) names(name string) {
	if r := romanised(name); r != name {
		spoken := Spoken(name)
		if spoken != r {
			r += " (" + spoken + ")"
		}
		x.para(r)
	}
}

// above adds the comment that stands right above a declaration, where its name is.
func (x *explainer) above(at check.Place) { x.para(x.commentAbove(at)) }

func (x *explainer) commentAbove(at check.Place) string {
	if x.p.Program == nil || at.File < 0 || at.File >= len(x.p.Program.Files) || at.Span == (syntax.Span{}) {
		return ""
	}
	return CommentAbove(x.p.Program.Files[at.File].Src, at.Span.Start)
}

// CommentAbove is the run of // lines right above the line of an offset, and the comment behind the code of that line:
// what documents a declaration. Lines of slashes or dashes alone are left out. Comments of a line in which something else
// is opened first document that.
func CommentAbove(src string, offset int) string {
	offset = min(max(offset, 0), len(src))
	line := strings.LastIndexByte(src[:offset], '\n') + 1
	if strings.Contains(src[line:offset], "{") {
		return ""
	}
	var lines []string
	for line > 0 {
		start := strings.LastIndexByte(src[:line-1], '\n') + 1
		text, ok := strings.CutPrefix(strings.TrimSpace(src[start:line-1]), "//")
		if !ok {
			break
		}
		lines = append(lines, strings.TrimSpace(strings.TrimLeft(text, "/")))
		line = start
	}
	var b strings.Builder
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.Trim(lines[i], "-=*─ ") == "" && lines[i] != "" {
			continue
		}
		b.WriteString(lines[i] + "\n")
	}
	b.WriteString(commentBehind(src[offset:]))
	return strings.TrimSpace(b.String())
}

// commentBehind is the comment at the end of the line that rest begins in.
func commentBehind(rest string) string {
	rest, _, _ = strings.Cut(rest, "\n")
	quoted := false
	for i := range len(rest) {
		switch {
		case rest[i] == '"':
			quoted = !quoted
		case rest[i] == '\\' && quoted:
			return "" // what follows is not worth a lexer
		case !quoted && strings.HasPrefix(rest[i:], "//"):
			return strings.TrimSpace(strings.TrimLeft(rest[i:], "/"))
		}
	}
	return ""
}

// declaredAt says where a name is declared.
func (x *explainer) declaredAt(at check.Place) {
	if x.p.Program == nil || at.File < 0 || at.File >= len(x.p.Program.Files) || at.Span == (syntax.Span{}) {
		return
	}
	f := x.p.Program.Files[at.File]
	line := strconv.Itoa(1 + strings.Count(f.Src[:min(at.Span.Start, len(f.Src))], "\n"))
	if at.File == x.p.File {
		x.para(say(x.o.Lang, "வரி "+line, "line "+line))
		return
	}
	x.para(f.Name + ":" + line)
}

// shape tells of a shape with its whole layout; false where there is none of the name.
func (x *explainer) shape(name string) bool {
	if x.p.Info == nil {
		return false
	}
	sh := x.p.Info.Shape(name)
	if sh == nil {
		return false
	}
	x.code(x.layout(sh))
	x.names(name)
	x.above(sh.At)
	x.declaredAt(sh.At)
	return true
}

// layout is a shape as it could be written.
func (x *explainer) layout(sh *check.Shape) string {
	var b strings.Builder
	b.WriteString(x.keyword("Shape") + " " + sh.Name)
	if len(sh.Params) > 0 {
		b.WriteString("[" + strings.Join(sh.Params, ", ") + "]")
	}
	b.WriteString(" {\n")
	for _, f := range sh.Fields {
		b.WriteString("    " + f.Name)
		if f.Type.Known() {
			b.WriteString(": " + x.typ(f.Type))
		}
		b.WriteString("\n")
	}
	for _, m := range sh.Methods {
		one := *m
		one.Shape = ""
		b.WriteString("    " + x.signatureText(&one) + "\n")
	}
	b.WriteString("}")
	return b.String()
}

// member tells of a field or a method of a shape; false where there is none.
func (x *explainer) member(shape, name string) bool {
	if x.p.Info == nil {
		return false
	}
	if m := x.p.Info.Method(shape, name); m != nil {
		x.signature(m)
		return true
	}
	sh := x.p.Info.Shape(shape)
	if sh == nil {
		return false
	}
	for _, f := range sh.Fields {
		if f.Name == name {
			text := shape + "." + name
			if f.Type.Known() {
				text += ": " + x.typ(f.Type)
			}
			x.code(text)
			x.names(name)
			x.above(f.At)
			x.declaredAt(f.At)
			return true
		}
	}
	return false
}
