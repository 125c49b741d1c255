package lsp

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// The numbers of the legend's token types. docs/lsp.md says what each is for.
const (
	paintKeyword = iota
	paintFunction
	paintMethod
	paintParameter
	paintVariable
	paintProperty
	paintType
	paintStruct
	paintTypeParameter
	paintString
	paintNumber
	paintOperator
	paintComment
	paintTable
	paintConnection
	paintNone = -1
)

func tokenTypes() []string {
	types := []protocol.SemanticTokenTypes{
		paintKeyword: protocol.SemanticTokenTypesKeyword, paintFunction: protocol.SemanticTokenTypesFunction,
		paintMethod: protocol.SemanticTokenTypesMethod, paintParameter: protocol.SemanticTokenTypesParameter,
		paintVariable: protocol.SemanticTokenTypesVariable, paintProperty: protocol.SemanticTokenTypesProperty,
		paintType: protocol.SemanticTokenTypesType, paintStruct: protocol.SemanticTokenTypesStruct,
		paintTypeParameter: protocol.SemanticTokenTypesTypeParameter, paintString: protocol.SemanticTokenTypesString,
		paintNumber: protocol.SemanticTokenTypesNumber, paintOperator: protocol.SemanticTokenTypesOperator,
		paintComment: protocol.SemanticTokenTypesComment, paintTable: protocol.SemanticTokenTypesClass,
		paintConnection: protocol.SemanticTokenTypesNamespace,
	}
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	return names
}

// The bits of the legend's modifiers.
const (
	markDeclaration = 1 << iota
	markModification
	markLibrary
)

func tokenModifiers() []string {
	return []string{
		string(protocol.SemanticTokenModifiersDeclaration), string(protocol.SemanticTokenModifiersModification),
		string(protocol.SemanticTokenModifiersDefaultLibrary),
	}
}

// paint writes down what the words of a span are, as the protocol encodes it.
func (p *program) paint(f *file, span syntax.Span) []uint32 {
	tree := f.tree()
	w := &brush{f: f, src: tree.Src, named: p.paints(f, span)}
	w.data = make([]uint32, 0, (span.End-span.Start)/2)
	begun := false
	for behind, t := range tree.TokensFrom(span.Start) {
		at := t.Pos.Offset
		end := at + len(t.Value)
		if t.Type != syntax.EOF && end < span.Start {
			continue
		}
		if !begun {
			w.begin(behind)
			begun = true
		}
		w.comments(behind, at, span)
		if t.Type == syntax.EOF || at > span.End {
			break
		}
		if kind, marks := w.token(&t); kind != paintNone {
			w.put(at, end, kind, marks)
		}
	}
	return w.data
}

// named is what a name is, and where.
type named struct {
	at    int
	kind  int
	marks uint32
}

// paints finds what the names of a span are, in order.
func (p *program) paints(f *file, span syntax.Span) []named {
	n := p.number(f.path)
	if n < 0 {
		return nil
	}
	all := make([]named, 0, (span.End-span.Start)/16)
	p.spelt().Names(n, func(o index.Occurrence) bool {
		if o.Span.End < span.Start || o.Quoted {
			return true
		}
		if kind := paintOf(o.Symbol.Kind, o.Access); kind != paintNone {
			all = append(all, named{o.Span.Start, kind, marksOf(o)})
		}
		return o.Span.Start <= span.End
	})
	if !slices.IsSortedFunc(all, byPlace) {
		slices.SortFunc(all, byPlace)
	}
	return all
}

func byPlace(a, b named) int { return cmp.Compare(a.at, b.at) }

func paintOf(k index.Kind, a index.Access) int {
	switch k {
	case index.Function:
		return paintFunction
	case index.Builtin:
		if a == index.Call {
			return paintFunction
		}
		return paintVariable
	case index.Method:
		return paintMethod
	case index.Parameter:
		return paintParameter
	case index.Variable, index.Loop, index.Server:
		if a == index.Call {
			return paintFunction
		}
		return paintVariable
	case index.Field, index.Key:
		if a == index.Call {
			return paintMethod
		}
		return paintProperty
	case index.Shape:
		return paintStruct
	case index.TypeParam:
		return paintTypeParameter
	case index.Table:
		return paintTable
	case index.Handle:
		return paintConnection
	}
	return paintNone
}

func marksOf(o index.Occurrence) (m uint32) {
	switch o.Access {
	case index.Declare:
		m |= markDeclaration
	case index.Write:
		m |= markModification
	}
	if o.Symbol.Kind == index.Builtin || o.Symbol.Kind == index.Server {
		m |= markLibrary
	}
	return m
}

// brush writes tokens one after the other. It walks through the text once.
type brush struct {
	f     *file
	src   string
	named []named // those that are still to come
	data  []uint32

	at        int // where in the source the walk is, and
	line, col int // which place of the protocol that is
	lastLine  int
	lastCol   int
}

// begin starts the walk at an offset.
func (w *brush) begin(off int) {
	p := w.f.position(off)
	w.at, w.line, w.col = off, int(p.Line), int(p.Character)
}

// token tells what a token is. Names are what the index says of them.
func (w *brush) token(t *syntax.Token) (kind int, marks uint32) {
	for len(w.named) > 0 && w.named[0].at < t.Pos.Offset {
		w.named = w.named[1:]
	}
	if len(w.named) > 0 && w.named[0].at == t.Pos.Offset {
		return w.named[0].kind, w.named[0].marks
	}
	switch k := t.Type; {
	case k == syntax.Number, k == syntax.Percent:
		return paintNumber, 0
	case k == syntax.Text, k == syntax.BadText:
		return paintString, 0
	case k == syntax.Word:
		return paintFunction, markLibrary
	case k == syntax.Ident:
		return paintVariable, 0
	case k >= syntax.KwNumber && k <= syntax.KwDate:
		return paintType, markLibrary
	case k >= syntax.KwTrue:
		return paintKeyword, 0
	case k >= syntax.Assign && k <= syntax.Slash, k == syntax.Quest, k == syntax.Spread:
		return paintOperator, 0
	}
	return paintNone, 0
}

// comments writes the comments between two tokens.
func (w *brush) comments(from, to int, span syntax.Span) {
	for from < to {
		i := strings.Index(w.src[from:to], "//")
		if i < 0 {
			return
		}
		start := from + i
		end := to
		if n := strings.IndexByte(w.src[start:to], '\n'); n >= 0 {
			end = start + n
		}
		if start > span.End {
			return
		}
		if end >= span.Start {
			w.put(start, end, paintComment, 0)
		}
		from = end
	}
}

// put writes a token; one of several lines is one of each.
func (w *brush) put(start, end, kind int, marks uint32) {
	w.walk(start)
	for w.at < end {
		from, col := w.at, w.col
		stop := end
		if n := strings.IndexAny(w.src[from:end], "\r\n"); n >= 0 {
			stop = from + n
		}
		line := w.line
		w.walk(stop)
		if length := w.col - col; length > 0 {
			w.write(line, col, length, kind, marks)
		}
		if w.at < end {
			w.walk(w.at + 1) // the line end
		}
	}
}

func (w *brush) write(line, col, length, kind int, marks uint32) {
	from := w.lastCol
	if line != w.lastLine {
		from = 0
	}
	w.data = append(w.data, uint32(line-w.lastLine), uint32(col-from), uint32(length), uint32(kind), marks)
	w.lastLine, w.lastCol = line, col
}

// walk goes on to an offset, counting lines and columns.
func (w *brush) walk(to int) {
	for w.at < to {
		c := w.src[w.at]
		switch {
		case c == '\n' || c == '\r': // \r\n of the text is \n here
			w.line, w.col = w.line+1, 0
			w.at++
		case c < utf8.RuneSelf || w.f.enc == position.UTF8:
			w.col++
			w.at++
		default:
			r, size := utf8.DecodeRuneInString(w.src[w.at:])
			if w.col++; r > 0xFFFF && w.f.enc == position.UTF16 {
				w.col++
			}
			w.at += size
		}
	}
}
