package check

import "strings"

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
