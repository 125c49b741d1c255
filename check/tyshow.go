package check

import (
	"slices"
	"strings"
)

// lang chooses a half of a phrase.
type lang uint8

const (
	tamil lang = iota
	english
)

// handleNames are what the vocabulary's handle types are called.
var handleNames = map[string]struct{ tamil, english string }{
	"task": {"பணி", "a task"}, "channel": {"சேனல்", "a channel"}, "lock": {"பூட்டு", "a lock"}, "atomic": {"அணு", "an atomic number"},
	"pool": {"திரள்", "a pool"}, "connection": {"இணைப்பு", "a connection"}, "cache": {"கேச்", "a cache"},
	"breaker": {"துண்டிப்பான்", "a breaker"}, "redis": {"ரெடிஸ்", "a Redis connection"}, "session": {"அமர்வு", "a session"},
}

var kindPhrases = [...]struct{ tamil, english string }{
	tUnknown: {"ஏதோ ஒரு மதிப்பு", "any value"}, tNever: {"ஏதோ ஒரு மதிப்பு", "any value"}, tUnset: {"மதிப்பு இல்லை", "no value"},
	tNil: {"இன்மை", "nil"}, tNumber: {"ஓர் எண்", "a number"}, tText: {"ஒரு சொல்", "a string"}, tBool: {"ஓர் ஈர்ம மதிப்பு", "a boolean"},
	tArray: {"ஓர் அணி", "an array"}, tRecord: {"ஒரு பொருள்", "a record"}, tShaped: {"வடிவம்", "a shape"}, tFunc: {"ஒரு செயல்", "a function"},
	tResult: {"ஒரு முடிவு", "a result"}, tHandle: {"", ""}, tShapeName: {"ஒரு வடிவத்தின் பெயர்", "the name of a shape"}, tUnion: {"", ""},
}

// phrase says a type in both languages: ஒரு சொல் (a string).
func (t *ty) phrase() string {
	return t.text(tamil) + " (" + t.text(english) + ")"
}

// The names of kinds as code has them, for short.
var kindWords = [...]struct{ tamil, english string }{
	tUnknown: {"ஏதும்", "any"}, tNever: {"ஏதும்", "any"}, tUnset: {"இன்மை", "nil"}, tNil: {"இன்மை", "nil"}, tNumber: {"எண்", "number"},
	tText: {"சொல்", "text"}, tBool: {"ஈர்ம", "boolean"}, tArray: {"அணி", "array"}, tRecord: {"பொருள்", "record"}, tShaped: {"", ""},
	tFunc: {"செயல்", "function"}, tResult: {"முடிவு", "result"}, tHandle: {"", ""}, tShapeName: {"வடிவம்", "shape"}, tUnion: {"", ""},
}

// maxShown is how many fields of a record, and how deep a type, is said.
const (
	maxShown     = 8
	maxShownDeep = 3
)

// short says a type as code would have it.
func (t *ty) short(l lang, deep int) string {
	switch t {
	case nil:
		t = unknownT
	case declTextT:
		t = textT
	}
	word := kindWords[t.k].tamil
	if l == english {
		word = kindWords[t.k].english
	}
	of := func(parts ...*ty) string {
		known := false
		for _, p := range parts {
			known = known || p != nil && p.known()
		}
		if !known || deep >= maxShownDeep {
			return word
		}
		list := make([]string, len(parts))
		for i, p := range parts {
			list[i] = p.short(l, deep+1)
		}
		return word + "<" + strings.Join(list, ", ") + ">"
	}
	switch t.k {
	case tUnion:
		return t.shortUnion(l, deep)
	case tShaped:
		word = t.name
		return of(t.args...)
	case tHandle:
		word = t.name
		if h, ok := handleNames[t.name]; ok && l == tamil {
			word = h.tamil
		}
		return of(t.elem)
	case tArray, tResult:
		return of(t.elem)
	case tRecord:
		return t.shortRecord(l, deep, word)
	case tShapeName:
		if t.name != "" {
			return word + " " + t.name
		}
	case tFunc:
		if t.fn.result.known() && deep < maxShownDeep {
			return word + "() " + t.fn.result.short(l, deep+1)
		}
	}
	return word
}

func (t *ty) shortUnion(l lang, deep int) string {
	var list []string
	for _, a := range t.alts {
		if s := a.short(l, deep); a.k != tUnset && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return strings.Join(list, " | ")
}

func (t *ty) shortRecord(l lang, deep int, word string) string {
	if len(t.rec) == 0 || deep >= maxShownDeep {
		return word
	}
	list := make([]string, 0, len(t.rec)+1)
	for i, f := range t.rec {
		if i == maxShown {
			list = append(list, "…")
			break
		}
		mark := ""
		if f.opt {
			mark = "?"
		}
		list = append(list, f.name+mark+": "+f.t.short(l, deep+1))
	}
	if t.open && len(t.rec) <= maxShown {
		list = append(list, "…")
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// text says a type in one language.
func (t *ty) text(l lang) string {
	if t.k == tUnion {
		parts := make([]string, 0, len(t.alts))
		for _, a := range t.alts {
			if a.k != tUnset {
				parts = append(parts, a.text(l))
			}
		}
		or := " அல்லது "
		if l == english {
			or = " or "
		}
		return strings.Join(parts, or)
	}
	pick := func(a, b string) string {
		if l == english {
			return b
		}
		return a
	}
	switch t.k {
	case tHandle:
		if h, ok := handleNames[t.name]; ok {
			return pick(h.tamil, h.english)
		}
		return t.name
	case tShaped:
		return pick("'"+t.name+"' வடிவம்", "a '"+t.name+"'")
	}
	p := kindPhrases[t.k]
	return pick(p.tamil, p.english)
}
