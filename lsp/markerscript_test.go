package lsp

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/position"
	"github.com/etamil-lang/etamil/syntax/words"
)

// romanised is a program with its words and names in Latin letters. Texts and comments stay.
type romanised struct {
	text  string
	from  []syntax.Span // of each token, in the old text and
	to    []syntax.Span // in the new one
	old   *position.Map
	fresh *position.Map
}

func romanise(name, text string) *romanised {
	doc := syntax.NewDocument(name, text)
	r := &romanised{}
	var out strings.Builder
	end := 0
	for _, t := range doc.File().AllTokens() {
		start := doc.ToText(t.Pos.Offset)
		out.WriteString(text[end:start])
		end = doc.ToText(t.Pos.Offset + len(t.Value))
		at := out.Len()
		out.WriteString(romanWord(text[start:end]))
		r.from = append(r.from, syntax.Span{Start: start, End: end})
		r.to = append(r.to, syntax.Span{Start: at, End: out.Len()})
	}
	out.WriteString(text[end:])
	r.text = out.String()
	r.old, r.fresh = position.NewMap(text), position.NewMap(r.text)
	return r
}

// romanWord is a word in Latin letters, where the way back leads to the same word.
func romanWord(word string) string {
	if w := words.Lookup(word); w != nil && len(w.Roman) > 0 {
		return w.Roman[0]
	}
	if roman := ezuqqu.FromTamil(word); !strings.ContainsAny(word, "\"'`") && ezuqqu.ToTamil(roman) == word && words.Lookup(roman) == nil {
		return roman
	}
	return word
}

// place leads from the old text to the new one: inside a word, so far in as it was, in letters.
func (r *romanised) place(off int) int {
	shift := 0
	for i, from := range r.from {
		if off < from.Start {
			break
		}
		to := r.to[i]
		if off > from.End {
			shift = to.End - from.End
			continue
		}
		if off == from.End {
			return to.End
		}
		_, start := r.old.Clusters(from.Start)
		line, col := r.old.Clusters(off)
		_ = line
		newLine, newStart := r.fresh.Clusters(to.Start)
		return min(r.fresh.OffsetClusters(newLine, newStart+col-start), to.End)
	}
	return off + shift
}

func TestRomanise(t *testing.T) {
	t.Parallel()
	const text = "// 𝒳 செயல்\r\nசெயல் கூட்டு(அ) {\r\n\tதிரும்பு அ + 1;\r\n}\r\nஅச்சு \"கூட்டு\" + கூட்டு(1);\r\n"
	r := romanise("a.qmz", text)
	for _, want := range []string{"// 𝒳 செயல்\r\n", "\"கூட்டு\"", "kUttu(1);\r\n"} {
		if !strings.Contains(r.text, want) {
			t.Errorf("%q has no %q", r.text, want)
		}
	}
	for word, want := range map[string]string{
		"// 𝒳": "// 𝒳", "(அ)": "(a)", "{\r\n\tதிரு": "{\r\n\tqiru", "அ + 1": "a + 1", "1;": "1;", ";\r\n}": ";\r\n}", "\"கூட்டு\"": "\"கூட்டு\"",
	} {
		if got := r.text[r.place(strings.Index(text, word)):]; !strings.HasPrefix(got, want) {
			t.Errorf("%q leads to %.20q", word, got)
		}
	}
	if faults := syntax.Parse("a.qmz", []byte(r.text)).Faults; len(faults) > 0 {
		t.Errorf("%q: %v", r.text, faults)
	}
}
