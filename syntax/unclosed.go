package syntax

import "strings"

// The parser finds out only at the end of a file that a brace is missing, and by then a } of an inner block has closed the
// outer one. How the lines are indented tells which block it was.

// blameBrace makes the fault of a brace that is missing at the end of the file point to the block of the last statement
// that was left open. The offsets of the statement's tokens count from base.
func blameBrace(f *File, last []Token, base int) {
	for i := range f.Faults {
		fault := &f.Faults[i]
		if fault.Code != CodeUnclosed || fault.Span.Start < len(strings.TrimRight(f.Src, " \t\n")) || f.Text(fault.Opener) != "{" {
			continue
		}
		if open, ok := leftOpen(f.Src, last, base); ok {
			fault.Opener = open
		}
		return
	}
}

// leftOpen finds the first brace whose partner starts a line that is indented less than the brace's own line.
func leftOpen(src string, toks []Token, base int) (Span, bool) {
	var open []*Token
	for i := range toks {
		t := &toks[i]
		switch t.Type {
		case LBrace:
			open = append(open, t)
		case RBrace:
			if len(open) == 0 {
				return Span{}, false
			}
			last := open[len(open)-1]
			own, starts := indent(src, base+t.Pos.Offset)
			if outer, _ := indent(src, base+last.Pos.Offset); starts && own < outer {
				return tokenSpan(last).Shift(base), true
			}
			open = open[:len(open)-1]
		}
	}
	return Span{}, false
}

// indent is how many spaces and tabs start the line of an offset, and whether nothing else stands before the offset.
func indent(src string, at int) (n int, starts bool) {
	start := strings.LastIndexByte(src[:at], '\n') + 1
	for start+n < at && (src[start+n] == ' ' || src[start+n] == '\t') {
		n++
	}
	return n, start+n == at
}
