package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Explain answers the documentation of an item's Ref.
func (a *Assistant) Explain(p Place, r Ref, o Options) *Text {
	t := &Text{}
	switch {
	case r.Word != "":
		if w := words.ByID(r.Word); w != nil {
			explainWord(t, w, o.Lang)
		}
	case r.Of != "":
		x := explainer{Text: t, p: p, o: o}
		x.member(r.Of, r.Name)
	case r.Name != "":
		x := explainer{Text: t, p: p, o: o}
		if !x.function(r.Name) {
			x.shape(r.Name)
		}
	}
	return t
}

// explainWord tells everything that the vocabulary knows of a word.
func explainWord(t *Text, w *words.Word, lang diag.Lang) {
	t.code(wordSignature(w, lang))
	t.para(spellings(w))
	t.both(lang, w.HelpTamil, w.HelpEnglish)
	if code := check.PlaceCode(w.ID); code != "" {
		t.both(lang, diag.Message(code, diag.Tamil, w.Tamil[0]), diag.Message(code, diag.English, w.Tamil[0]))
	}
	t.para(wordClass(w, lang))
	if len(w.Params) > 0 {
		t.para(wordParams(w, lang))
	}
	t.code(w.Example)
}

// spellings are a word's spellings in all scripts and as it is spoken.
func spellings(w *words.Word) string {
	var list []string
	for i, s := range w.Tamil {
		if words.HasForeign(s) {
			continue
		}
		if i == 0 {
			list = append(list, s, w.Roman[0])
			if spoken := Spoken(s); spoken != w.Roman[0] {
				list[1] += " (" + spoken + ")"
			}
			if len(w.English) > 0 {
				list = append(list, w.English...)
			}
			continue
		}
		list = append(list, s)
	}
	return strings.Join(list, " · ")
}

// wordSignature is a word as it is called.
func wordSignature(w *words.Word, lang diag.Lang) string {
	name := w.ID
	if len(w.Tamil) > 0 {
		name = w.Tamil[0]
	}
	params := make([]string, len(w.Params))
	for i, p := range w.Params {
		params[i] = wordParam(p, lang)
	}
	args := strings.Join(params, ", ")
	result := ""
	if w.Result != "" {
		result = ": " + typeText(w.Result, lang)
	}
	switch w.Shape {
	case words.ShapeStmt:
		return strings.TrimSpace(name+" "+args) + ";"
	case words.ShapeDeclBlock:
		return strings.TrimSpace(name+" "+args) + " { … }" + result
	case words.ShapeCallBlock, words.ShapeMethodBlock:
		return name + "(" + args + ") { … }" + result
	case words.ShapeBuilder:
		return name + "(" + args + ") {…}" + result
	case words.ShapeCall, words.ShapeMethod:
		return name + "(" + args + ")" + result
	}
	switch {
	case w.Builtin:
		return name + "(" + args + ")" + result
	case len(params) > 0 && (w.Token == "retry" || w.ID == "retry" || w.ID == "timeout"):
		return "(" + args + ") " + name + " { … }"
	case len(params) > 0:
		return name + " " + args + ";"
	}
	return name + result
}

func wordParam(p words.Param, lang diag.Lang) string {
	s := p.Name + ": " + typeText(p.Type, lang)
	if p.Optional {
		return "[" + s + "]"
	}
	return s
}

// wordParams lists a word's parameters with their types in words.
func wordParams(w *words.Word, lang diag.Lang) string {
	lines := make([]string, 0, len(w.Params)+1)
	lines = append(lines, say(lang, "அளவுருக்கள்", "Parameters")+":")
	for _, p := range w.Params {
		line := "• " + p.Name
		if lang != diag.Tamil {
			line += " (" + Spoken(p.Name) + ")"
		}
		line += ": " + say(lang, tamilType(p.Type), p.Type)
		if p.Optional {
			line += " — " + say(lang, "விருப்பம்", "optional")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// wordClass tells what kind of word it is, and whether a program may take it as a name.
func wordClass(w *words.Word, lang diag.Lang) string {
	kind := say(lang, "சேவைச் சொல்", "service word")
	switch {
	case w.Builtin:
		kind = say(lang, "உள்ளமைந்த செயல்", "builtin function")
	case w.Class == words.Usable:
		kind = say(lang, "துறைச் சொல்; பெயராகலாம்", "word of the trade; may be a name")
	case w.Class == words.Reserved:
		kind = say(lang, "ஒதுக்கிய சொல்; பெயராகாது", "reserved word; never a name")
	case w.Class == words.Contextual:
		kind = say(lang, "இடத்தைப் பொறுத்த சொல்", "word only in its place")
	}
	if w.Group != "" && lang != diag.Tamil {
		kind += " · " + w.Group
	}
	return kind
}

// tamilTypes are the vocabulary's names of types in Tamil.
var tamilTypes = map[string]string{
	"number": "எண்", "text": "சொல்", "boolean": "ஈர்ம", "array": "அணி", "record": "பொருள்", "date": "தேதி", "any": "ஏதும்",
	"nil": "இன்மை", "result": "முடிவு", "function": "செயல்", "name": "பெயர்", "shape": "வடிவம்", "task": "பணி",
	"channel": "சேனல்", "lock": "பூட்டு", "atomic": "அணு", "pool": "திரள்", "connection": "இணைப்பு", "cache": "கேச்",
	"breaker": "துண்டிப்பான்", "redis": "ரெடிஸ்", "session": "அமர்வு",
}

// typeText is the vocabulary's notation of a type as one language has it.
func typeText(s string, lang diag.Lang) string {
	if lang == diag.English {
		return s
	}
	return tamilType(s)
}

// tamilType writes the vocabulary's notation of a type with Tamil names.
func tamilType(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := 0
		for n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
			n++
		}
		if t := tamilTypes[s[:n]]; n > 0 && t != "" {
			b.WriteString(t)
			s = s[n:]
			continue
		}
		n = max(n, 1)
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}
