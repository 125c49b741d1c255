package syntax

import (
	"reflect"
	"unsafe"

	"github.com/alecthomas/participle/v2/lexer"
)

// A hook gets nothing but participle's PeekingLexer, so what a parse must remember lives in a token before the first
// real one: Pos.Offset is the place of the latest error, Pos.Line how many were made, Pos.Column the flags and, above them,
// the index of the farthest token that was looked at, and Type how many warnings were made.

// padding is how many end tokens follow the last one, so that looking ahead never leaves the slice.
const padding = 4

// The flags of one parse.
const (
	flagUnbalanced = 1 << iota // some bracket has no partner: declarations in column 1 close what is open
	flagLoopWords              // the file holds நிறுத்து or தொடர்
	flagAsked                  // it mattered whether some bracket has no partner

	reachShift = 8
)

// farthest is how many tokens ahead an unclosed bracket's end is looked for.
const farthest = 1000

func stateOf(lex *lexer.PeekingLexer) *lexer.Position { return &lex.Range(0, 1)[0].Pos }

// ahead answers the next four tokens; after the end they are end tokens.
func ahead(lex *lexer.PeekingLexer) []Token {
	c := lex.RawCursor()
	noteReach(lex, c+padding-1)
	return lex.Range(c, c+padding)
}

// tokenAt answers the token n places after the next one; the caller stops at the end token. In a file whose brackets do
// not match, the look ahead ends at a declaration in column 1 and after so many tokens, as if the file did: what is open
// there concerns nobody further down.
func tokenAt(lex *lexer.PeekingLexer, n int) *Token {
	c := lex.RawCursor() + lexer.RawCursor(n)
	t := &lex.Range(c, c+1)[0]
	if n < padding {
		return t
	}
	noteReach(lex, c)
	if (n > farthest || t.Pos.Column == 1 && columnOne.has(t.Type)) && unmatched(lex) {
		return &Token{Type: EOF, Pos: t.Pos}
	}
	return t
}

// columnOne are the words of declarations that stand in column 1.
var columnOne = kindsOf(KwRoute, KwImport, KwAsync, KwEvery, KwFunction, KwShape)

// unmatched tells whether some bracket of the file has no partner.
func unmatched(lex *lexer.PeekingLexer) bool {
	s := stateOf(lex)
	s.Column |= flagAsked
	return s.Column&flagUnbalanced != 0
}

// noteReach remembers that a token was looked at.
func noteReach(lex *lexer.PeekingLexer, c lexer.RawCursor) {
	if s := stateOf(lex); int(c) > s.Column>>reachShift {
		s.Column = int(c)<<reachShift | s.Column&(1<<reachShift-1)
	}
}

// previous is the token consumed last; before the first one it is the state token, which has no text.
func previous(lex *lexer.PeekingLexer) *Token {
	c := lex.RawCursor()
	return &lex.Range(c-1, c)[0]
}

// previousEnd is the offset at which the token consumed last ends.
func previousEnd(lex *lexer.PeekingLexer) int {
	if lex.RawCursor() <= 1 {
		return 0
	}
	return tokenEnd(previous(lex))
}

func tokenEnd(t *Token) int { return t.Pos.Offset + len(t.Value) }

func tokenSpan(t *Token) Span { return Span{t.Pos.Offset, tokenEnd(t)} }

// newlineBefore tells whether a line ends between the token consumed last and the next one.
func newlineBefore(lex *lexer.PeekingLexer) bool {
	if lex.RawCursor() <= 1 {
		return true
	}
	p := previous(lex)
	line := p.Pos.Line
	if p.Type == Text || p.Type == Invalid {
		for i := 0; i < len(p.Value); i++ {
			if p.Value[i] == '\n' {
				line++
			}
		}
	}
	return lex.Peek().Pos.Line > line
}

// newPeeker wraps tokens without copying them. participle's own Upgrade can only append one token at a time to a slice
// that it grows, which costs as much as the rest of the parse (design/parser.md b), and it drops the padding. The
// version of participle is pinned, and a test holds the field to its name and type.
func newPeeker(tokens []Token) *lexer.PeekingLexer {
	p := &lexer.PeekingLexer{}
	field := reflect.ValueOf(p).Elem().FieldByName("tokens")
	*(*[]Token)(unsafe.Pointer(field.UnsafeAddr())) = tokens
	return p
}
