package format

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"

	"github.com/etamil-lang/etamil/syntax"
)

// sameToken is the rule of the plain layout: every token keeps its spelling and its meaning.
func sameToken(a, b *syntax.Token) bool { return a.Type == b.Type && a.Value == b.Value }

// verifier compares what a layout made with what there was. It keeps its memory for the next part of a source.
type verifier struct{ old, fresh []visit }

// verify reads the new text and compares it with the old program: its tokens, its comments, its tree.
func (v *verifier) verify(f *syntax.File, text []byte, same func(a, b *syntax.Token) bool) error {
	if bytes.Contains(text, []byte("\r\n")) { // in quoted text that had \r\r\n; what is read again must not lose another
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\r\r\n"))
	}
	g := syntax.Parse(f.Name, text)
	loss := func(at int, format string, args ...any) error {
		around := f.Text(syntax.Span{Start: at - 120, End: at + 120})
		return &LossError{f.Name, fmt.Sprintf(format, args...), at, strconv.Quote(around)}
	}
	if g.HasErrors() {
		for _, fault := range g.Faults {
			if fault.IsError() {
				return loss(0, "the result has the syntax error %s at %d", fault.Code, fault.Span.Start)
			}
		}
	}
	endF, endG := 0, 0
	for i := range f.Tokens {
		a := &f.Tokens[i]
		if i >= len(g.Tokens) {
			return loss(a.Pos.Offset, "token %q is missing", a.Value)
		}
		b := &g.Tokens[i]
		if !same(a, b) {
			return loss(a.Pos.Offset, "token %q became %q", a.Value, b.Value)
		}
		if !sameComments(f.Src[endF:a.Pos.Offset], g.Src[endG:b.Pos.Offset]) {
			return loss(endF, "the comments before token %q differ", a.Value)
		}
		endF, endG = a.Pos.Offset+len(a.Value), b.Pos.Offset+len(b.Value)
	}
	if len(g.Tokens) != len(f.Tokens) {
		return loss(len(f.Src), "there are %d tokens more", len(g.Tokens)-len(f.Tokens))
	}
	if at := v.differs(f, g); at >= 0 {
		return loss(at, "the program would be read in another way")
	}
	return nil
}

// sameComments compares the comments of two gaps. Blanks at the end of a comment are none of it.
func sameComments(a, b string) bool {
	if commentsIn(a) == 0 && commentsIn(b) == 0 {
		return true
	}
	x, y := readGap(a, false, nil), readGap(b, false, nil)
	if len(x.comments) != len(y.comments) {
		return false
	}
	for i := range x.comments {
		if x.comments[i].text != y.comments[i].text {
			return false
		}
	}
	return true
}

// visit is one node of a tree, by its kind and the numbers of the tokens around it.
type visit struct {
	kind     reflect.Type
	from, to int32
}

// shape lists the nodes of a tree in order.
func shape(f *syntax.File, list []visit) []visit {
	m := &marker{f: f, toks: f.Tokens}
	syntax.Walk(f, func(n syntax.Node) bool {
		if n != syntax.Node(f) {
			s := n.Span()
			from := m.at(s.Start)
			to := from
			for to < len(m.toks) && m.toks[to].Pos.Offset < s.End && to < from+4 {
				to++
			}
			if to == from+4 {
				to = m.at(s.End)
				m.last = from
			}
			list = append(list, visit{reflect.TypeOf(n), int32(from), int32(to)})
		}
		return true
	})
	return list
}

// differs compares two trees whose tokens are the same. It answers where the first differs, or -1.
func (v *verifier) differs(f, g *syntax.File) int {
	v.old, v.fresh = shape(f, v.old[:0]), shape(g, v.fresh[:0])
	a, b := v.old, v.fresh
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return f.Tokens[a[i].from].Pos.Offset
		}
	}
	if len(b) > len(a) {
		return f.Tokens[min(int(b[len(a)].from), len(f.Tokens)-1)].Pos.Offset
	}
	return -1
}
