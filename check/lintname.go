package check

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// This file holds the warnings about how names are spelt.

// spelling reports a declared name that is easily taken for another.
func (w *world) spelling(add func(local, string, string, ...string), l local) {
	if n := norm.NFC.String(l.name); n != l.name {
		add(l, n, CodeDecomposed, l.name, n)
		return
	}
	if s := digits(l.name); s != "" {
		add(l, "", CodeDigitName, l.name, s)
		return
	}
	if n := twins(l.name); n != l.name {
		add(l, n, CodeConfusable, l.name, n)
		return
	}
	if mixed := mixesScripts(l.name); mixed {
		add(l, "", CodeMixedScript, l.name)
	}
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

// twins replaces what looks like another letter: the vowel sign ௌ written as ெ and the letter ள, ஔ as ஒ and ள, the digit ௧
// beside letters as க, ௭ as எ.
func twins(name string) string {
	out := strings.ReplaceAll(name, "ஔ", "ஔ")
	runes := []rune(out)
	for i, c := range runes {
		if i == 0 && len(runes) == 1 {
			break
		}
		switch c {
		case '௧':
			if letterBeside(runes, i) {
				runes[i] = 'க'
			}
		case '௭':
			if letterBeside(runes, i) && i == 0 {
				runes[i] = 'எ'
			}
		case '௮':
			if letterBeside(runes, i) && i == 0 {
				runes[i] = 'அ'
			}
		}
	}
	return string(runes)
}

// letterBeside tells a sign that a vowel sign or letter follows at once, as it follows a letter and never a digit.
func letterBeside(runes []rune, i int) bool {
	return i+1 < len(runes) && (unicode.Is(unicode.M, runes[i+1]) || unicode.Is(unicode.Tamil, runes[i+1]) && unicode.IsLetter(runes[i+1]))
}

// scripts reports a name that the program spells in both scripts: two names that sound the same and are not.
func (w *world) scripts(names map[string]placed, report func(placed, string, ...string)) {
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	for _, name := range list {
		if !strings.ContainsFunc(name, func(c rune) bool { return unicode.Is(unicode.Tamil, c) }) {
			continue
		}
		roman := ezuqqu.FromTamil(name)
		if other, ok := names[roman]; ok && roman != name && len(roman) > 1 {
			first, second := names[name], other
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
