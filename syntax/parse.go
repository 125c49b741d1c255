package syntax

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads one source file. It never fails: every input gives a tree, and what is wrong with it is in File.Faults.
// The name is how the file is shown to people.
func Parse(name string, src []byte) *File {
	f := &File{Name: name}
	if len(src) > MaxFileSize {
		f.Faults = []Fault{{Code: CodeFileSize, Args: []string{strconv.Itoa(MaxFileSize)}}}
		f.Tokens = []Token{{Type: EOF}}
		f.Tokens[0].Pos.Line = 1
		return f
	}
	f.Src = normalise(src)
	toks, faults, flags := lex(f.Src)
	f.Tokens = toks[1 : len(toks)-padding+1 : len(toks)-padding+1]
	if !utf8.ValidString(f.Src) {
		faults = append(faults, badText(f.Src, faults)...)
	}
	peeker := newPeeker(toks)
	peeker.Next()
	state := stateOf(peeker)
	state.Column = flags
	for s := parseTop(peeker, &f.Faults); s != nil; s = parseTop(peeker, &f.Faults) {
		f.Stmts = append(f.Stmts, s)
	}
	if state.Line > 0 || toks[0].Type > 0 {
		f.Faults = collect(f, f.Faults)
	}
	f.Faults = inOrder(append(f.Faults, faults...))
	if flags&flagUnbalanced != 0 && len(f.Stmts) > 0 {
		start := f.Stmts[len(f.Stmts)-1].Span().Start
		from := sort.Search(len(f.Tokens), func(i int) bool { return f.Tokens[i].Pos.Offset >= start })
		blameBrace(f, f.Tokens[from:], 0)
	}
	if flags&flagLoopWords != 0 {
		resolveLoops(f)
	}
	return f
}

// normalise drops a leading byte order mark and ends lines with \n.
func normalise(src []byte) string {
	src = bytes.TrimPrefix(src, []byte(byteOrderMark))
	if bytes.Contains(src, []byte("\r\n")) {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	return string(src)
}

// source is normalise of a text that is not copied where it stays as it is.
func source(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, byteOrderMark), "\r\n", "\n")
}

// badText finds the bytes inside quoted text and comments that are no UTF-8; the lexer has found the others.
func badText(src string, known []Fault) (out []Fault) {
	seen := map[int]bool{}
	for _, f := range known {
		if f.Code == CodeUTF8 {
			for i := f.Span.Start; i < f.Span.End; i++ {
				seen[i] = true
			}
		}
	}
	for i := 0; i < len(src) && len(out) < MaxFaults; {
		r, n := utf8.DecodeRuneInString(src[i:])
		if r == utf8.RuneError && n == 1 && !seen[i] {
			start := i
			for i < len(src) && !seen[i] {
				if r, n := utf8.DecodeRuneInString(src[i:]); r != utf8.RuneError || n != 1 {
					break
				}
				i++
			}
			out = append(out, Fault{Code: CodeUTF8, Span: Span{start, i}})
			continue
		}
		i += n
	}
	return out
}

// inOrder sorts faults by place and drops repeated ones. Where there are more than MaxFaults, warnings go first, so that
// a file with an error always shows one.
func inOrder(faults []Fault) []Fault {
	if len(faults) == 0 {
		return nil
	}
	sort.SliceStable(faults, func(i, j int) bool { return faults[i].Span.Start < faults[j].Span.Start })
	out := faults[:1]
	for _, f := range faults[1:] {
		last := out[len(out)-1]
		if f.Code != last.Code || f.Span != last.Span {
			out = append(out, f)
		}
	}
	surplus := len(out) - MaxFaults
	kept := out[:0]
	for _, f := range out {
		if surplus > 0 && !f.IsError() {
			surplus--
			continue
		}
		kept = append(kept, f)
	}
	return kept[:min(len(kept), MaxFaults)]
}

// Text is the source text at a span; what lies outside the file is cut off.
func (f *File) Text(s Span) string {
	start := max(0, min(s.Start, len(f.Src)))
	end := max(start, min(s.End, len(f.Src)))
	return f.Src[start:end]
}

// Span is the whole file.
func (f *File) Span() Span { return Span{0, len(f.Src)} }

// HasErrors tells whether any fault is more than a warning.
func (f *File) HasErrors() bool {
	for _, fault := range f.Faults {
		if fault.IsError() {
			return true
		}
	}
	return false
}

// LineText is the line around an offset, without its line break, for messages.
func (f *File) LineText(offset int) string {
	offset = max(0, min(offset, len(f.Src)))
	start := strings.LastIndexByte(f.Src[:offset], '\n') + 1
	if end := strings.IndexByte(f.Src[offset:], '\n'); end >= 0 {
		return f.Src[start : offset+end]
	}
	return f.Src[start:]
}
