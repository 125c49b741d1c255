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
		return f.editsBetween(fresh)
	}
	// Line ends change as well: what is the same at both ends stays.
	a, b := common(f.text, text)
	r := protocol.Range{Start: f.textPosition(a), End: f.textPosition(len(f.text) - b)}
	return []protocol.TextEdit{{Range: r, NewText: text[a : len(text)-b]}}
}

// editsBetween are the changes to a text of the same line ends. Only the declarations that differ are taken apart.
func (f *file) editsBetween(fresh string) []protocol.TextEdit {
	tree := f.tree()
	src := tree.Src
	before, behind := common(src, fresh)
	start, end := 0, len(src)
	if i, _ := statementAt(tree, before); i < len(tree.Stmts) {
		if at := tree.Stmts[i].Span().Start + tree.Base(i); at <= before {
			start = at
		}
	}
	if i, ok := statementAt(tree, len(src)-behind); ok {
		end = tree.Stmts[i].Span().End + tree.Base(i)
	}
	return f.edits(start, end, fresh[start:len(fresh)-(len(src)-end)])
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
	// Words that were moved, such as imports, stand between those that both begin and those that both end with.
	n, m := 0, 0
	for n < min(len(oldToks), len(newToks)) && sameToken(&oldToks[n], &newToks[n]) {
		n++
	}
	for m < min(len(oldToks), len(newToks))-n && sameToken(&oldToks[len(oldToks)-1-m], &newToks[len(newToks)-1-m]) {
		m++
	}
	var list []protocol.TextEdit
	a, b := 0, 0
	gap := func(i, j int) {
		toA, toB := startOf(oldToks, i, old), startOf(newToks, j, fresh)
		if old[a:toA] != fresh[b:toB] {
			list = append(list, f.edit(start+a, old[a:toA], fresh[b:toB]))
		}
		a, b = toA+len(oldToks[i].Value), toB+len(newToks[j].Value)
	}
	for i := range n {
		gap(i, i)
	}
	for i := range m {
		gap(len(oldToks)-m+i, len(newToks)-m+i)
	}
	return list
}

// startOf is where a token begins; the end of the text is where the last one is.
func startOf(toks []syntax.Token, i int, text string) int {
	if toks[i].Type == syntax.EOF {
		return len(text)
	}
	return toks[i].Pos.Offset
}

func sameToken(a, b *syntax.Token) bool { return a.Type == b.Type && a.Value == b.Value }

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
