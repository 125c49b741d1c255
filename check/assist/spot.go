package assist

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/etamil-lang/etamil/syntax"
)

// situation tells what the grammar expects at a place.
type situation uint8

const (
	inNothing   situation = iota // a comment, a number: nothing is offered
	inName                       // a new name
	inText                       // inside quotes
	inStatement                  // at the start of a statement
	inExpr                       // where a value stands
	inOperator                   // after a value
	inMember                     // after a dot
	inType                       // where a declared type stands
	inResult                     // after a செயல்'s parameters
	inKey                        // a record's key
	inField                      // a member of a வடிவம்
	inCondWord                   // after ( E ) at the start of a statement
	inEach                       // ஒவ்வொரு x |
	inMethod                     // வழி |
	inDriver                     // தளம்_இணை |
	inImport                     // இறக்கு |
	inAsync                      // பின்னணி |
)

// spot is a place in a file with everything that the text before it says. All offsets are bytes of the file's source.
type spot struct {
	*scanner
	src  string
	at   int // the caret, moved to the end of the letter of a word that it stands in
	from int // where the declaration that holds the caret starts
	// word is what a completion replaces, typed what of it stands before the caret.
	word  syntax.Span
	typed string
	is    situation
	// quotes is the token of the quotes around the caret.
	quotes syntax.Token
	// next is the first token behind the word, after all of them up to the declaration's end.
	next  syntax.Token
	after []syntax.Token
}

// spotOf reads the declaration around an offset.
func spotOf(f *syntax.File, offset int) *spot {
	sp := &spot{src: f.Src, at: clusterEnd(f.Src, offset)}
	sp.word = wordAround(f.Src, sp.at)
	caret := min(max(offset, 0), len(f.Src))
	parted := sp.word.Start > caret // in a letter of no word: nothing that touches the caret can be replaced
	if parted {
		sp.at, sp.word = caret, syntax.Span{Start: caret, End: caret}
	}
	from, to := chunk(f, sp.at, sp.word.Start)
	sp.from = from
	toks, _ := syntax.Lex(f.Src[from:to])
	toks = toks[:len(toks)-1] // without EOF
	for i := range toks {
		toks[i].Pos.Offset += from
	}
	sp.scanner = scan(sp.before(toks))
	sp.typed = f.Src[sp.word.Start:sp.at]
	sp.next = syntax.Token{Type: syntax.EOF}
	if rest := sort.Search(len(toks), func(i int) bool { return toks[i].Pos.Offset >= sp.word.End }); rest < len(toks) {
		sp.next, sp.after = toks[rest], toks[rest:]
	}
	switch {
	case !parted && sp.is == inText:
	case parted, sp.inComment():
		sp.is = inNothing
	default:
		sp.is = sp.situation()
	}
	return sp
}

// before are the tokens before the word, and notes the quotes around it.
func (sp *spot) before(toks []syntax.Token) []syntax.Token {
	n := sort.Search(len(toks), func(i int) bool { return end(toks[i]) > sp.word.Start })
	switch {
	case n < len(toks) && (toks[n].Type == syntax.Text || toks[n].Type == syntax.BadText) && toks[n].Pos.Offset < sp.at:
		sp.quotes, sp.is = toks[n], inText
	case n > 0 && toks[n-1].Type == syntax.BadText && sameLine(sp.src, end(toks[n-1]), sp.at):
		n--
		sp.quotes, sp.is = toks[n], inText
	}
	return toks[:n]
}

func decode(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

func end(t syntax.Token) int { return t.Pos.Offset + len(t.Value) }

func sameLine(src string, from, to int) bool {
	return from <= to && !strings.Contains(src[from:to], "\n")
}

// chunk is the part of a file that says what stands at an offset: the top-level statement that starts before it, up to
// the one after the next. Where that is but the word itself, it may become a clause of the one before it.
func chunk(f *syntax.File, at, word int) (from, to int) {
	n := sort.Search(len(f.Stmts), func(i int) bool { return startOf(f, i) >= at })
	to = len(f.Src)
	if n+1 < len(f.Stmts) {
		to = startOf(f, n+1)
	}
	if n > 1 && startOf(f, n-1) >= word && hasClauses(f.Stmts[n-2]) {
		n--
	}
	if n > 0 {
		from = startOf(f, n-1)
	}
	return min(from, at), max(to, at)
}

func hasClauses(s syntax.Stmt) bool {
	switch s.(type) {
	case *syntax.IfStmt, *syntax.TryStmt:
		return true
	}
	return false
}

func startOf(f *syntax.File, i int) int { return f.Stmts[i].Span().Start + f.Base(i) }

// inComment tells whether the caret stands behind the // of its line.
func (sp *spot) inComment() bool {
	from := sp.from
	if n := len(sp.toks); n > 0 {
		from = end(sp.toks[n-1])
	}
	gap := sp.src[min(from, sp.at):sp.at]
	return strings.Contains(gap[strings.LastIndexByte(gap, '\n')+1:], "//")
}

// clusterEnd moves an offset that stands inside a letter behind it, and into the text.
func clusterEnd(src string, at int) int {
	at = min(max(at, 0), len(src))
	from := strings.LastIndexByte(src[:at], '\n') + 1
	if back := at - 256; back > from { // letters are short: a start near by will do
		for from = back; from < at && (!utf8.RuneStart(src[from]) || isPart(src[from:])); from++ {
			continue
		}
	}
	to := len(src)
	if n := strings.IndexByte(src[at:], '\n'); n >= 0 {
		to = at + n + 1
	}
	it := graphemes.FromString(src[from:to])
	for it.Next() {
		if from+it.End() >= at {
			if from+it.Start() == at {
				return at
			}
			return from + it.End()
		}
	}
	return at
}

// isPart tells a text that starts with what belongs to the letter before it.
func isPart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.M, unicode.Cf)
}

// wordAround is the word that an offset stands in or at the end of; empty where it touches none.
func wordAround(src string, at int) syntax.Span {
	start, stop := at, at
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(src[:start])
		if !inWord(r) {
			break
		}
		start -= n
	}
	for start < at && src[start] >= '0' && src[start] <= '9' { // digits start no word
		start++
	}
	if start < at || at < len(src) && (src[at] < '0' || src[at] > '9') {
		for stop < len(src) {
			r, n := utf8.DecodeRuneInString(src[stop:])
			if !inWord(r) {
				break
			}
			stop += n
		}
	}
	// A sign may hang on what is no letter of a word, and a joiner on its last.
	return syntax.Span{Start: min(clusterEnd(src, start), at), End: clusterEnd(src, stop)}
}

// inWord tells what the lexer takes into a word.
func inWord(r rune) bool {
	return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r >= 0x0900 && r <= 0x0DFF && r != 0x0964 && r != 0x0965
}
