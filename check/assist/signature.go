package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Signature is one way to call what is being called.
type Signature struct {
	// Label is the call as a whole, Params the ranges of its parameters in bytes of Label.
	Label  string
	Params []syntax.Span
	// Docs explain the parameters; an empty one has nothing to say.
	Docs []string
	// Active is the parameter whose argument holds the place; -1 where there are too many arguments.
	Active int
	Doc    *Text
}

// Signatures is the answer to Signature: all ways to call, and which of them fits what is written best.
type Signatures struct {
	List   []Signature
	Active int
}

// Signature tells what the call around a place takes; an empty list where there is none. The innermost call counts, also
// one that is not finished, and a statement word that takes its arguments without brackets.
func (a *Assistant) Signature(p Place, o Options) Signatures {
	f := p.file()
	if f == nil {
		return Signatures{}
	}
	q := &signing{explainer: explainer{Text: &Text{}, p: p, o: o}, spot: spotOf(f, p.Offset)}
	if q.inComment() && q.is != inText {
		return Signatures{}
	}
	for i := len(q.frames) - 1; i >= 0; i-- {
		fr := &q.frames[i]
		switch fr.role {
		case roleArgs:
			if list := q.called(fr.owner); len(list) > 0 {
				return choose(list, fr.commas)
			}
		case roleBlock, roleShape, roleParams:
			return choose(q.command(fr), fr.commas)
		}
	}
	return Signatures{}
}

// choose marks the active parameter, and the first signature that has it.
func choose(list []Signature, arg int) Signatures {
	out := Signatures{List: list}
	for i := range list {
		s := &list[i]
		s.Active = arg
		if arg >= len(s.Params) {
			s.Active = -1
			if n := len(s.Params); n > 0 && strings.HasSuffix(s.Label, "…)") {
				s.Active = n - 1
			}
		}
	}
	for i := range list {
		if list[i].Active >= 0 || len(list[i].Params) == 0 && arg == 0 {
			out.Active = i
			break
		}
	}
	return out
}

// signing is one question while it is answered.
type signing struct {
	explainer
	*spot
}

// called are the signatures of what a token before a bracket calls.
func (q *signing) called(owner int) []Signature {
	if owner < 0 {
		return nil
	}
	if q.kind(owner-1) == syntax.Dot {
		return q.method(owner)
	}
	if !isWord(q.kind(owner)) {
		return q.value(q.p.Info, owner)
	}
	name := q.toks[owner].Value
	if info := q.p.Info; info != nil {
		if sig := info.Func(name); sig != nil {
			return []Signature{q.of(sig, false)}
		}
		if list := q.value(info, owner); list != nil {
			return list
		}
		if sh := info.Shape(name); sh != nil {
			return []Signature{q.conversion(sh)}
		}
	}
	return q.words(owner)
}

// words are the signatures of the vocabulary's words of a spelling.
func (q *signing) words(owner int) []Signature {
	var list []Signature
	for _, w := range words.Lookups(q.toks[owner].Value) {
		if len(w.Params) > 0 || w.Builtin || w.Shape == words.ShapeCall {
			list = append(list, q.ofWord(w, true))
		}
	}
	return list
}

// value is the signature of a function that is called through a variable.
func (q *signing) value(info *check.Info, owner int) []Signature {
	if info == nil {
		return nil
	}
	t, ok := info.TypeBefore(q.p.File, end(q.toks[owner]))
	if !ok {
		return nil
	}
	sig, ok := t.Call()
	if !ok || len(sig.Params) == 0 && sig.Word == nil {
		return nil
	}
	if sig.Word != nil {
		return []Signature{q.ofWord(sig.Word, true)}
	}
	return []Signature{q.of(sig, false)}
}

// method are the signatures behind a dot: by the type of the value, else of every method of the name.
func (q *signing) method(owner int) []Signature {
	name := q.toks[owner].Value
	if w := q.scanner.word(owner); w != nil && (w.Shape == words.ShapeMethod || w.Shape == words.ShapeMethodBlock) {
		return []Signature{q.ofWord(w, true)}
	}
	info := q.p.Info
	if info == nil || owner < 2 {
		return nil
	}
	var list []Signature
	if t, ok := info.TypeBefore(q.p.File, end(q.toks[owner-2])); ok && t.Known() {
		for _, m := range t.Methods() {
			if m.Name == name {
				list = append(list, q.of(m, t.Kind() == check.ShapeName))
			}
		}
		return list
	}
	for _, shape := range info.Shapes() {
		if m := info.Method(shape, name); m != nil {
			list = append(list, q.of(m, false))
		}
	}
	return list
}

// command is the signature of a statement word that takes its arguments without brackets.
func (q *signing) command(f *frame) []Signature {
	if f.role != roleBlock || f.head >= len(q.toks) || q.group >= 0 {
		return nil
	}
	w := q.scanner.word(f.head)
	if w == nil || len(w.Params) == 0 || q.kind(f.head+1) == syntax.LParen && w.Shape != words.ShapeStmt {
		return nil
	}
	switch {
	case w.Shape == words.ShapeStmt, w.Shape == words.ShapeDeclBlock, w.IsKeyword() && !w.Builtin && w.Class == words.Reserved:
		return []Signature{q.ofWord(w, false)}
	}
	return nil
}

// of makes the signature of a function of the program.
func (q *signing) of(sig *check.Signature, static bool) Signature {
	params, from := sig.Params, 0
	if sig.Self && !static {
		from = 1
	}
	name := sig.Name
	if sig.Shape != "" {
		name = sig.Shape + "." + name
	}
	if name == "" {
		name = "செயல்"
	}
	b := labelled{open: name + "("}
	for i, p := range params[min(from, len(params)):] {
		b.add(q.param(sig, i+from, p), "")
	}
	out := b.done(")")
	if sig.Result.Known() {
		out.Label += ": " + q.typ(sig.Result)
	}
	out.Doc = &Text{}
	out.Doc.para(q.commentAbove(sig.At))
	return out
}

// conversion is the signature of S(record).
func (q *signing) conversion(sh *check.Shape) Signature {
	b := labelled{open: sh.Name + "("}
	b.add("பொருள்", q.layout(sh))
	out := b.done(")")
	out.Doc = &Text{}
	out.Doc.para(q.commentAbove(sh.At))
	return out
}

// ofWord makes the signature of a word of the vocabulary.
func (q *signing) ofWord(w *words.Word, brackets bool) Signature {
	name := spell(w, scriptOf(q.p.file(), q.word))
	b := labelled{open: name + " "}
	shut := ""
	if brackets {
		b.open, shut = name+"(", ")"
		if w.Variadic {
			shut = ", …)"
		}
	}
	for _, p := range w.Params {
		b.add(wordParam(p, q.o.Lang), say(q.o.Lang, p.Name+": "+tamilType(p.Type), Spoken(p.Name)+": "+p.Type))
	}
	if w.ID == "DBQuery" && !brackets {
		b.add("மாறி: "+typeText("name", q.o.Lang), say(q.o.Lang, "விடைகள் சேரும் மாறி", "the variable that gets the rows"))
	}
	out := b.done(shut)
	if w.Result != "" && brackets {
		out.Label += ": " + typeText(w.Result, q.o.Lang)
	}
	out.Doc = &Text{}
	out.Doc.both(q.o.Lang, w.HelpTamil, w.HelpEnglish)
	return out
}

// labelled builds a label and remembers where its parameters stand.
type labelled struct {
	open string
	Signature
}

func (b *labelled) add(param, doc string) {
	if b.Label == "" {
		b.Label = b.open
	} else {
		b.Label += ", "
	}
	b.Params = append(b.Params, syntax.Span{Start: len(b.Label), End: len(b.Label) + len(param)})
	b.Docs = append(b.Docs, doc)
	b.Label += param
}

func (b *labelled) done(shut string) Signature {
	if b.Label == "" {
		b.Label = b.open
	}
	b.Label += shut
	return b.Signature
}
