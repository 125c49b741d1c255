package refactor

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// scripts are the changes of spelling: of the word at the cursor, of the selection, of the file.
func scripts(p *place) (list []Action) {
	if p.tree == nil {
		return nil
	}
	if p.span.Start == p.span.End {
		if a, ok := p.otherSpelling(); ok {
			list = append(list, a)
		}
		return list
	}
	for _, a := range []struct {
		id     string
		script format.Script
		title  Text
	}{
		{"script-selection-tamil", format.Tamil, Text{"தேர்வின் சொற்களைத் தமிழ் எழுத்தில் எழுது", "Write the selection's words in Tamil letters"}},
		{"script-selection-roman", format.Roman, Text{"தேர்வின் சொற்களை இலத்தீன் எழுத்தில் எழுது", "Write the selection's words in Latin letters"}},
	} {
		if edits := p.respelt(format.Options{Script: a.script}, p.span); len(edits) > 0 {
			list = append(list, Action{ID: a.id, Title: a.title, raw: edits, exact: true})
		}
	}
	return list
}

// otherSpelling writes the word at the cursor in the other script.
func (p *place) otherSpelling() (Action, bool) {
	for i := range p.tree.Tokens {
		t := &p.tree.Tokens[i]
		at := p.tok(t)
		w, _, _ := words.Resolve(t.Value)
		if at.Start > p.span.Start || at.End < p.span.Start || w == nil {
			continue
		}
		for _, script := range []format.Script{format.Tamil, format.Roman} {
			if edits := p.respelt(format.Options{Script: script}, at); len(edits) == 1 {
				return Action{
					ID: "script-word", Title: Text{"இவ்வாறு எழுது: " + edits[0].Text, "Write as " + edits[0].Text}, raw: edits, exact: true,
				}, true
			}
		}
	}
	return Action{}, false
}

// respelt are the changes of words inside a span that other options of the formatter make.
func (p *place) respelt(o format.Options, span syntax.Span) (edits []diag.Edit) {
	text := p.slice(syntax.Span{Start: p.base, End: p.base + p.treeEnd()})
	return p.tokenEdits(text, p.base, o, span)
}

// treeEnd is the length of the tree's source.
func (p *place) treeEnd() int { return len(p.tree.Src) }

// tokenEdits are the tokens of a text that the formatter spells otherwise, in the file's places.
func (p *place) tokenEdits(text string, base int, o format.Options, span syntax.Span) (edits []diag.Edit) {
	out, err := format.Source(p.file.Name, []byte(text), o)
	if err != nil || string(out) == text {
		return nil
	}
	old, _ := syntax.Lex(text)
	fresh, _ := syntax.Lex(string(out))
	if len(old) != len(fresh) {
		return nil
	}
	for i := range old {
		at := syntax.Span{Start: base + old[i].Pos.Offset, End: base + old[i].Pos.Offset + len(old[i].Value)}
		if old[i].Value != fresh[i].Value && inside(at, span) {
			edits = append(edits, p.edit(at, fresh[i].Value))
		}
	}
	return edits
}

// fileScripts spell the words of the whole file otherwise.
func fileScripts(p *place) (list []Action) {
	whole := syntax.Span{End: len(p.file.Src)}
	for _, a := range []struct {
		id    string
		opt   format.Options
		title Text
	}{
		{"script-file-tamil", format.Options{Script: format.Tamil}, Text{"கோப்பின் சொற்களைத் தமிழ் எழுத்தில் எழுது", "Write the file's words in Tamil letters"}},
		{"script-file-roman", format.Options{Script: format.Roman}, Text{"கோப்பின் சொற்களை இலத்தீன் எழுத்தில் எழுது", "Write the file's words in Latin letters"}},
		{"canonical", format.Options{Canonical: true}, Text{"பரிந்துரைக்கப்பட்ட எழுத்துக்கூட்டலில் எழுது", "Write words in their recommended spelling"}},
	} {
		if !p.respells(a.opt) {
			continue
		}
		list = append(list, Action{
			ID: a.id, Title: a.title, Confirm: Text{"கோப்பு முழுவதும் மாறும்", "the whole file changes"},
			later: func() []diag.Edit { return p.tokenEdits(p.file.Src, 0, a.opt, whole) },
		})
	}
	return list
}

// respells tells whether a file has words that would be spelt otherwise.
func (p *place) respells(o format.Options) bool {
	if p.file.HasErrors() {
		return false
	}
	for _, t := range p.file.AllTokens() {
		if t.Type != syntax.Ident && t.Type != syntax.Word && t.Type < syntax.KwNumber {
			continue
		}
		latin := t.Value[0] < 0x80
		w, name, _ := words.Resolve(t.Value)
		switch {
		case w == nil:
		case o.Canonical && words.Preferred(name) != t.Value:
			return true
		case o.Script == format.Tamil && latin, o.Script == format.Roman && !latin:
			return true
		}
	}
	return false
}

// organize sorts the imports as etamil fmt does, and lays the file out.
func organize(p *place) []Action {
	if p.Imports == nil || p.file.HasErrors() || !hasImport(p.file) {
		return nil
	}
	return one(Action{
		ID: "organize-imports", Title: Text{"இறக்குகளை ஒழுங்குபடுத்து", "Organise the imports"},
		later: func() []diag.Edit {
			out, err := format.Source(p.file.Name, []byte(p.file.Src), format.Options{Imports: p.Imports})
			if err != nil {
				return nil
			}
			return hunks(p.file.Name, p.file.Src, strings.ReplaceAll(string(out), "\r\n", "\n"), 0)
		},
	})
}

func hasImport(f *syntax.File) bool {
	for _, s := range f.Stmts {
		if _, ok := s.(*syntax.ImportStmt); ok {
			return true
		}
	}
	return false
}
