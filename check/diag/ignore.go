package diag

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// The codes of ignore comments.
const (
	// CodeIgnoreIdle: an ignore comment silences nothing. {0} the code.
	CodeIgnoreIdle = "W0501"
	// CodeIgnoreUnknown: an ignore comment names no code of the catalogue. {0} the text as written.
	CodeIgnoreUnknown = "W0502"
	// CodeIgnoreStops: an ignore comment names an error that stops a run. {0} the code.
	CodeIgnoreStops = "W0503"
)

// ignoreMark opens an ignore comment: `// etamil:ignore W0012 reason`.
const ignoreMark = "etamil:ignore"

// Ignore is one code that a comment silences.
type Ignore struct {
	Code string
	// Line is the silenced line, from 0: the comment's own, or the next one that is not empty where the comment stands alone.
	Line int
	// Span is the code in the comment.
	Span syntax.Span
}

// Ignores reads the ignore comments of a source as syntax.File has it.
func Ignores(f *syntax.File) []Ignore {
	if !strings.Contains(f.Src, ignoreMark) {
		return nil
	}
	var list []Ignore
	end := 0 // of the token before
	for _, t := range f.AllTokens() {
		list = appendIgnores(list, f.Src, end, max(end, t.Pos.Offset))
		end = max(end, t.Pos.Offset+len(t.Value))
	}
	return appendIgnores(list, f.Src, min(end, len(f.Src)), len(f.Src))
}

// appendIgnores reads the comments of a gap between two tokens.
func appendIgnores(list []Ignore, src string, start, end int) []Ignore {
	for at := start; at < end; {
		stop := end
		if n := strings.IndexByte(src[at:end], '\n'); n >= 0 {
			stop = at + n
		}
		if n := strings.Index(src[at:stop], "//"); n >= 0 {
			text := strings.TrimLeft(src[at+n+2:stop], " \t")
			if rest, ok := strings.CutPrefix(text, ignoreMark); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
				list = append(list, codesAfter(src, stop-len(rest), stop, ignoredLine(src, at+n))...)
			}
		}
		at = stop + 1
	}
	return list
}

// ignoredLine is the line that a comment speaks of.
func ignoredLine(src string, comment int) int {
	start := strings.LastIndexByte(src[:comment], '\n') + 1
	line := strings.Count(src[:comment], "\n")
	if strings.TrimSpace(src[start:comment]) != "" {
		return line
	}
	for _, next := range strings.Split(src[comment:], "\n")[1:] {
		line++
		if text := strings.TrimSpace(next); text != "" && !strings.HasPrefix(text, "//") {
			break
		}
	}
	return line
}

// codesAfter reads the codes at the start of a comment's rest; the first word that looks like none starts the reason.
func codesAfter(src string, start, stop, line int) []Ignore {
	var list []Ignore
	for at := start; at < stop; {
		if strings.IndexByte(" \t,", src[at]) >= 0 {
			at++
			continue
		}
		end := at
		for end < stop && strings.IndexByte(" \t,", src[end]) < 0 {
			end++
		}
		if !looksLikeCode(src[at:end]) {
			break
		}
		list = append(list, Ignore{src[at:end], line, syntax.Span{Start: at, End: end}})
		at = end
	}
	return list
}

// looksLikeCode tells E or W with digits, also of a wrong number of them, so that a slip is said and not taken for a reason.
func looksLikeCode(s string) bool {
	if len(s) < 2 || s[0] != 'E' && s[0] != 'W' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Silence takes the diagnostics of a file away that its ignore comments name, counts them, and adds what is wrong with
// the comments themselves. The list may hold only diagnostics of this file. Where checked is false the file was not
// looked at to the end, so that a comment without use means nothing.
func Silence(list []Diagnostic, f *syntax.File, checked bool) (rest []Diagnostic, silenced int) {
	ignores := Ignores(f)
	if len(ignores) == 0 {
		return list, 0
	}
	used := make([]bool, len(ignores))
	for _, d := range list {
		line := strings.Count(f.Src[:min(d.Span.Start, len(f.Src))], "\n")
		hit := false
		for i, g := range ignores {
			if g.Code == d.Code && g.Line == line && !Stops(d.Code) {
				used[i], hit = true, true
			}
		}
		if hit {
			silenced++
			continue
		}
		rest = append(rest, d)
	}
	for i, g := range ignores {
		switch {
		case Lookup(g.Code) == nil:
			rest = append(rest, New(CodeIgnoreUnknown, f.Name, g.Span, g.Code))
		case Stops(g.Code):
			rest = append(rest, New(CodeIgnoreStops, f.Name, g.Span, g.Code))
		case !used[i] && checked:
			rest = append(rest, New(CodeIgnoreIdle, f.Name, g.Span, g.Code))
		}
	}
	return rest, silenced
}
