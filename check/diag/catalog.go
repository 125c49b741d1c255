package diag

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Entry is one code of the catalogue.
type Entry struct {
	// Code is E0101, W0001, N0001 and so on; a code never changes its meaning.
	Code     string
	Severity Severity
	// Kind is the stable kind word of a run-time error (services.md rule 13): பொது, கணிதம், வகை …; empty for
	// everything that is found before the run.
	Kind string
	// Tamil and English are the message, with {0}, {1} … for the arguments.
	Tamil, English string
	// HelpTamil and HelpEnglish say what to do, where the message does not say it already; with the same arguments.
	HelpTamil, HelpEnglish string
}

// Lang chooses the language of a message.
type Lang uint8

// The languages. Both is "Tamil  (English)" on one line.
const (
	Both Lang = iota
	Tamil
	English
)

// ParseLang reads the value of --lang: ta, en or both.
func ParseLang(s string) (Lang, bool) {
	switch s {
	case "both":
		return Both, true
	case "ta":
		return Tamil, true
	case "en":
		return English, true
	}
	return Both, false
}

var entries = sync.OnceValue(func() map[string]*Entry {
	table := make(map[string]*Entry)
	for _, part := range [][]Entry{
		notes(), syntaxErrors(), syntaxWarnings(), loadErrors(), typeErrors(), shapeErrors(), valueErrors(), machineErrors(), taskErrors(), lifeErrors(), hostErrors(), serviceErrors(),
		httpErrors(), tokenErrors(), streamErrors(), grpcErrors(), resolveErrors(), inferredErrors(), lintWarnings(), ignoreWarnings(), projectErrors(),
	} {
		for i := range part {
			part[i].Severity = severityOf(part[i].Code)
			table[part[i].Code] = &part[i]
		}
	}
	return table
})

// Lookup answers the catalogue's entry for a code, or nil. The entry must not be changed.
func Lookup(code string) *Entry { return entries()[code] }

// Entries lists the whole catalogue in order of code.
func Entries() []*Entry {
	all := make([]*Entry, 0, len(entries()))
	for _, e := range entries() {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *Entry) int { return cmp.Compare(a.Code, b.Code) })
	return all
}

// Message is the text of a code in the language asked for, with the arguments filled in. A code that the catalogue
// does not know gives the code and its arguments, so that nothing is ever hidden.
func Message(code string, lang Lang, args ...string) string {
	e := Lookup(code)
	if e == nil {
		return strings.Join(append([]string{code}, args...), " ")
	}
	return inLang(lang, e, e.Tamil, e.English, args)
}

// Help is the cure that the catalogue knows for a code, or "".
func Help(code string, lang Lang, args ...string) string {
	e := Lookup(code)
	if e == nil || e.HelpTamil == "" {
		return ""
	}
	return inLang(lang, e, e.HelpTamil, e.HelpEnglish, args)
}

func inLang(lang Lang, e *Entry, tamil, english string, args []string) string {
	switch lang {
	case Tamil:
		return fill(tamil, e.spoken(Tamil, args))
	case English:
		return fill(english, e.spoken(English, args))
	default:
		return fill(tamil, e.spoken(Tamil, args)) + "  (" + fill(english, e.spoken(English, args)) + ")"
	}
}

// maxArg bounds an argument that is shown, in clusters, so that a long text of the program cannot flood the terminal.
const maxArg = 300

// fill puts the arguments into a template: {0} is the first as it is, {0|none} the same with a text for an empty one, {#0}
// the same read as the English name of a kind of value and said in Tamil. What an argument holds is never read as a template again.
func fill(template string, args []string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			b.WriteString(template)
			return b.String()
		}
		b.WriteString(template[:open])
		template = template[open:]
		n, phrase, empty, size := placeholder(template)
		if size == 0 {
			b.WriteByte('{')
			template = template[1:]
			continue
		}
		template = template[size:]
		if n >= len(args) {
			continue
		}
		arg := args[n]
		switch {
		case phrase:
			arg = kindInTamil(arg)
		case arg == "":
			arg = empty
		}
		b.WriteString(printable(shorten(arg, maxArg)))
	}
}

// placeholder reads {0}, {0|none} or {#0} at the start of a template; size is 0 when there is none.
func placeholder(t string) (n int, phrase bool, empty string, size int) {
	at := 1
	if strings.HasPrefix(t, "{#") {
		at, phrase = 2, true
	}
	if len(t) < at+2 || t[at] < '0' || t[at] > '9' {
		return 0, false, "", 0
	}
	n = int(t[at] - '0')
	end := strings.IndexByte(t, '}')
	switch {
	case t[at+1] == '}':
		return n, phrase, "", at + 2
	case t[at+1] == '|' && !phrase && end > 0:
		return n, false, t[at+2 : end], end + 1
	}
	return 0, false, "", 0
}

// kindInTamil says in Tamil what வகை answers for a value; a shape's or handle's name stays.
func kindInTamil(kind string) string {
	switch kind {
	case "a number":
		return "ஓர் எண்"
	case "a string":
		return "ஒரு சொல்"
	case "a boolean":
		return "ஓர் ஈர்ம மதிப்பு"
	case "an array":
		return "ஓர் அணி"
	case "a record":
		return "ஒரு பொருள்"
	case "a date":
		return "ஒரு தேதி"
	case "a result":
		return "ஒரு முடிவு"
	case "a function":
		return "ஒரு செயல்"
	case "a shape":
		return "ஒரு வடிவம்"
	case "nil":
		return "இன்மை"
	}
	return kind
}

// shorten cuts text after n clusters and says so with an ellipsis.
func shorten(text string, n int) string {
	if len(text) <= n {
		return text
	}
	it := graphemes.FromString(text)
	for range n {
		if !it.Next() {
			return text
		}
	}
	if end := it.End(); end < len(text) {
		return text[:end] + "…"
	}
	return text
}
