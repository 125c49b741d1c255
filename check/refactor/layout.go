package refactor

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/check/diag"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// ordered sorts edits by place, and drops what changes nothing.
func ordered(edits []diag.Edit) []diag.Edit {
	edits = slices.DeleteFunc(slices.Clone(edits), func(e diag.Edit) bool { return e.Span.Start == e.Span.End && e.Text == "" })
	slices.SortStableFunc(edits, func(a, b diag.Edit) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return edits
}

// laidOut applies edits to the lines of the statements that they touch, lays the changed lines out, and answers the
// difference line by line. Where statements that could be read could not be read afterwards there are no edits at all.
func laidOut(edits []diag.Edit, prog *module.Program) []diag.Edit {
	var out []diag.Edit
	for len(edits) > 0 {
		n := 1
		for n < len(edits) && edits[n].File == edits[0].File {
			n++
		}
		name := edits[0].File
		i := slices.IndexFunc(prog.Files, func(f *syntax.File) bool { return f.Name == name })
		if i < 0 {
			return nil
		}
		part, ok := laidOutFile(edits[:n], prog.Files[i])
		if !ok {
			return nil
		}
		out = append(out, part...)
		edits = edits[n:]
	}
	return out
}

func laidOutFile(edits []diag.Edit, f *syntax.File) (out []diag.Edit, ok bool) {
	for len(edits) > 0 {
		at := lines(f, edits[0].Span)
		n := 1
		for n < len(edits) {
			next := lines(f, edits[n].Span)
			if next.Start > at.End {
				break
			}
			at.End = max(at.End, next.End)
			n++
		}
		part, ok := laidOutPart(edits[:n], f.Src, at)
		if !ok {
			return nil, false
		}
		out, edits = append(out, part...), edits[n:]
	}
	return out, true
}

// lines are the whole lines of the statements of the top level that a span touches.
func lines(f *syntax.File, span syntax.Span) syntax.Span {
	for {
		wide := span
		wide.Start = strings.LastIndexByte(f.Src[:wide.Start], '\n') + 1
		if n := strings.IndexByte(f.Src[wide.End:], '\n'); n >= 0 {
			wide.End += n + 1
		} else {
			wide.End = len(f.Src)
		}
		if wide.End > span.End && wide.End == span.End+1 && span.End > span.Start && f.Src[span.End-1] == '\n' {
			wide.End = span.End
		}
		first, last := around(f, wide)
		for i := first; i <= last; i++ {
			at := f.Stmts[i].Span().Shift(f.Base(i))
			if at.End > wide.Start && at.Start < wide.End {
				wide.Start, wide.End = min(wide.Start, at.Start), max(wide.End, at.End)
			}
		}
		if wide == span {
			return span
		}
		span = wide
	}
}

// laidOutPart applies edits inside a part of a source.
func laidOutPart(edits []diag.Edit, src string, at syntax.Span) (list []diag.Edit, ok bool) {
	var fresh strings.Builder
	var changed []format.Range
	end := at.Start
	line := func() int { return strings.Count(fresh.String(), "\n") + 1 }
	for _, e := range edits {
		fresh.WriteString(src[end:e.Span.Start])
		from := line()
		fresh.WriteString(e.Text)
		end = e.Span.End
		changed = append(changed, format.Range{From: from, To: line()})
	}
	fresh.WriteString(src[end:at.End])
	name, old := edits[0].File, src[at.Start:at.End]
	text, err := formatted(name, fresh.String(), changed)
	if err != nil && !syntax.Parse(name, []byte(old)).HasErrors() {
		return nil, false
	}
	return hunks(name, old, text, at.Start), true
}

// formatted lays out the changed lines of a text, the last ones first, so that the numbers of the others stay right.
// A text that cannot be read is answered as it is.
func formatted(name, text string, changed []format.Range) (string, error) {
	for _, r := range slices.Backward(merged(changed)) {
		out, err := format.Source(name, []byte(text), format.Options{Lines: r})
		if err != nil {
			return text, err //nolint:wrapcheck // it only tells that there is one
		}
		if !strings.HasSuffix(text, "\n") {
			out = []byte(strings.TrimSuffix(string(out), "\n"))
		}
		text = string(out)
	}
	return text, nil
}

// merged joins ranges of lines that meet, and many into one.
func merged(list []format.Range) []format.Range {
	var out []format.Range
	for _, r := range list {
		if n := len(out); n > 0 && (r.From <= out[n-1].To+1 || n >= 16) {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}

// maxCompared bounds the work of a comparison: larger ones are one change.
const maxCompared = 1 << 20

// hunks are the edits of whole lines that make a text of another one, which stands at an offset.
func hunks(name, old, fresh string, at int) []diag.Edit {
	src, base := old, at
	a, b := strings.SplitAfter(old, "\n"), strings.SplitAfter(fresh, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		at += len(a[0])
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var out []diag.Edit
	add := func(n int, text string) {
		if n == 0 && text == "" {
			return
		}
		was := src[at-base : at-base+n]
		before, behind := alike(was, text)
		out = append(out, diag.Edit{File: name, Span: syntax.Span{Start: at + before, End: at + n - behind}, Text: text[before : len(text)-behind]})
	}
	if len(a)*len(b) > maxCompared {
		add(len(strings.Join(a, "")), strings.Join(b, ""))
		return out
	}
	same := commonLines(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		n, text := 0, ""
		for i < len(a) || j < len(b) {
			if i < len(a) && j < len(b) && a[i] == b[j] && same[i][j] == same[i+1][j+1]+1 {
				break
			}
			if i < len(a) && (j == len(b) || same[i+1][j] >= same[i][j+1]) {
				n += len(a[i])
				i++
			} else {
				text += b[j]
				j++
			}
		}
		add(n, text)
		at += n
		for i < len(a) && j < len(b) && a[i] == b[j] {
			at += len(a[i])
			i, j = i+1, j+1
		}
	}
	return out
}

// alike is how many bytes two texts begin and end with alike, up to a blank on either side: words are changed whole.
func alike(a, b string) (before, behind int) {
	if a == "" || b == "" {
		return 0, 0
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		if n++; a[n-1] == ' ' && starts(a[n:]) && starts(b[n:]) {
			before = n
		}
	}
	n = 0
	for n < len(a)-before && n < len(b)-before && a[len(a)-n-1] == b[len(b)-n-1] {
		if n++; (a[len(a)-n] == ' ' || a[len(a)-n] == '\n') && starts(a[len(a)-n+1:]) {
			behind = n
		}
	}
	return before, behind
}

// starts tells whether a text does not begin with a sign that belongs to the letter before it.
func starts(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text == "" || !unicode.In(r, unicode.M, unicode.Cf)
}

// commonLines are, for each pair of places, how many lines the two rests have in common at most.
func commonLines(a, b []string) [][]int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}
