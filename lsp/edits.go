package lsp

import (
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax"
)

// editsTo are the changes that make a new text of a file: small ones between the words where only blanks differ, so that
// cursors and marks in an editor keep their places.
func (f *file) editsTo(text string) []protocol.TextEdit {
	if text == f.text {
		return []protocol.TextEdit{}
	}
	src := f.tree().Src
	fresh := strings.ReplaceAll(strings.TrimPrefix(text, byteOrderMark), "\r\n", "\n")
	endings := strings.Count(f.text, "\r\n")
	if f.plain == (strings.TrimPrefix(text, byteOrderMark) == fresh && !strings.HasPrefix(text, byteOrderMark)) &&
		(endings == 0 || endings == strings.Count(src, "\n")) {
		return f.edits(0, len(src), fresh)
	}
	// Line ends change as well: what is the same at both ends stays.
	a, b := common(f.text, text)
	r := protocol.Range{Start: f.textPosition(a), End: f.textPosition(len(f.text) - b)}
	return []protocol.TextEdit{{Range: r, NewText: text[a : len(text)-b]}}
}

const byteOrderMark = "\ufeff"

// edits are the changes that put a text where start to end of the source was.
func (f *file) edits(start, end int, fresh string) []protocol.TextEdit {
	old := f.tree().Src[start:end]
	if old == fresh {
		return []protocol.TextEdit{}
	}
	oldToks, _ := syntax.Lex(old)
	newToks, _ := syntax.Lex(fresh)
	if !sameTokens(oldToks, newToks) {
		return []protocol.TextEdit{f.edit(start, old, fresh)}
	}
	var list []protocol.TextEdit
	a, b := 0, 0
	for i := range oldToks {
		toA, toB := oldToks[i].Pos.Offset, newToks[i].Pos.Offset
		if oldToks[i].Type == syntax.EOF {
			toA, toB = len(old), len(fresh)
		}
		if gap, want := old[a:toA], fresh[b:toB]; gap != want {
			list = append(list, f.edit(start+a, gap, want))
		}
		a, b = toA+len(oldToks[i].Value), toB+len(newToks[i].Value)
	}
	return list
}

// sameTokens tells whether only what stands between the tokens differs.
func sameTokens(a, b []syntax.Token) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Type != b[i].Type || a[i].Value != b[i].Value {
			return false
		}
	}
	return true
}

// edit puts a text where old stands in the source at an offset, without what both begin and end with.
func (f *file) edit(at int, old, fresh string) protocol.TextEdit {
	a, b := common(old, fresh)
	text := fresh[a : len(fresh)-b]
	if strings.Contains(f.text, "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return protocol.TextEdit{Range: f.rangeOf(syntax.Span{Start: at + a, End: at + len(old) - b}), NewText: text}
}

// common is how many bytes two texts begin and end with alike, without parting a character.
func common(a, b string) (before, behind int) {
	for before < len(a) && before < len(b) && a[before] == b[before] {
		before++
	}
	for before > 0 && (before < len(a) && !utf8.RuneStart(a[before]) || before < len(b) && !utf8.RuneStart(b[before])) {
		before--
	}
	for behind < len(a)-before && behind < len(b)-before && a[len(a)-1-behind] == b[len(b)-1-behind] {
		behind++
	}
	for behind > 0 && !utf8.RuneStart(a[len(a)-behind]) {
		behind--
	}
	return before, behind
}
