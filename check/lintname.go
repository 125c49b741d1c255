package check

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// This file holds the warnings about how names are spelt.

// oddity is what is odd about the spelling of a name.
type oddity struct {
	code, fix string
	args      []string
}

// odd tells what makes a name easily taken for another, nil where nothing does.
func odd(name string) *oddity {
	if n := norm.NFC.String(name); n != name {
		return &oddity{CodeDecomposed, nameOnly(n), []string{name, n}}
	}
	if s := digits(name); s != "" {
		return &oddity{CodeDigitName, "", []string{name, s}}
	}
	if n := twins(name); n != name {
		return &oddity{CodeConfusable, nameOnly(n), []string{name, n}}
	}
	if mixesScripts(name) {
		return &oddity{CodeMixedScript, "", []string{name}}
	}
	return nil
}

// nameOnly is a spelling that a fix may give a name: "" for a reserved word, which no name may be.
func nameOnly(name string) string {
	if w := words.Keyword(name); w != nil && w.Class == words.Reserved {
		return ""
	}
	return name
}

// mixesScripts tells a name that changes the script inside a part: letters of both between two signs "_".
func mixesScripts(name string) bool {
	for _, part := range strings.Split(name, "_") {
		tamil, latin := false, false
		for _, c := range part {
			switch {
			case unicode.Is(unicode.Tamil, c):
				tamil = true
			case c < 0x80 && unicode.IsLetter(c):
				latin = true
			}
		}
		if tamil && latin {
			return true
		}
	}
	return false
}

// twinLetters are the Tamil digits that look like letters.
var twinLetters = map[rune]rune{'௧': 'க', '௭': 'எ', '௮': 'அ'}

// twins replaces digits that look like letters and stand like letters, before a vowel sign or another letter: ௧ாலம்.
func twins(name string) string {
	if !strings.ContainsAny(name, "௧௭௮") {
		return name
	}
	runes := []rune(name)
	for i, c := range runes {
		if letter := twinLetters[c]; letter != 0 && letterBeside(runes, i) && (i == 0 || c == '௧') {
			runes[i] = letter
		}
	}
	return string(runes)
}

// letterBeside tells a sign that a vowel sign or letter follows at once, as it follows a letter and never a digit.
func letterBeside(runes []rune, i int) bool {
	return i+1 < len(runes) && (unicode.Is(unicode.M, runes[i+1]) || unicode.Is(unicode.Tamil, runes[i+1]) && unicode.IsLetter(runes[i+1]))
}

// firsts are the places where names first stand.
type firsts struct {
	at    map[string]int32 // which of the list
	list  []placed
	latin int // names of Latin letters alone
}

// note notes a name, and tells whether it is a new one.
func (f *firsts) note(it *item, l local) bool {
	if _, seen := f.at[l.name]; seen {
		return false
	}
	f.at[l.name] = int32(len(f.list))
	l.start, l.end = it.start+l.start, it.start+l.end
	f.list = append(f.list, placed{l, it.file})
	if !tamilName(l.name) {
		f.latin++
	}
	return true
}

func tamilName(name string) bool {
	return strings.ContainsFunc(name, func(c rune) bool { return unicode.Is(unicode.Tamil, c) })
}

// scripts reports a name that the program spells in both scripts: two names that sound the same and are not.
func (f *firsts) scripts(report func(placed, string, ...string)) {
	if f.latin == 0 || f.latin == len(f.list) {
		return
	}
	for _, one := range f.list {
		if !tamilName(one.name) {
			continue
		}
		roman := ezuqqu.FromTamil(one.name)
		if other, ok := f.at[roman]; ok && roman != one.name && len(roman) > 1 {
			first, second := one, f.list[other]
			if cmp.Or(cmp.Compare(first.file, second.file), cmp.Compare(first.start, second.start)) > 0 {
				first, second = second, first
			}
			report(second, CodeBothScripts, second.name, first.name)
		}
	}
}

// placed is a name and where it stands in a file.
type placed struct {
	local
	file int
}
