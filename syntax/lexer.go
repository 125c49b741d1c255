package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The limits of one file (design/parser.md f). What lies beyond them is a fault, never a crash.
const (
	// MaxFileSize is the largest file that is parsed, in bytes.
	MaxFileSize = 4 << 20
	// MaxDepth is how deep brackets may nest.
	MaxDepth = 200
	// MaxChain is how many operators, or calls and fields, may follow each other at one level of an expression.
	MaxChain = 1000
	// TextHorizon is how far behind its first line break the end of quoted text is looked for, in bytes.
	TextHorizon = 64 << 10
	// maxTextScans is how many open quotes of one file are looked for beyond their line.
	maxTextScans = 32
)

// tokenizer turns one source into tokens. It never fails: what is no token becomes Invalid or BadText and a fault.
type tokenizer struct {
	src    string
	pos    int
	stop   int // no token starts here or behind
	line   int
	column int // offset of the line's first byte
	toks   []Token
	faults []Fault
	flags  int
	lexCounts
	odd   bool // something is reported, or some bracket has no partner
	reach int  // how far it was looked beyond tokens, where that is more than a few bytes

	open       []bracket
	lowest     int  // of the indices of open that were looked at
	shortest   int  // that open has been
	deepest    int  // that open has been
	closedRole role // what the last } closed, and where that } is in toks
	closedAt   int

	skipping int // how many brackets deep in a region beyond MaxDepth, or 0
	skipAt   Token
	known    [512]knownWord
}

// lexCounts are what the lexer counts of one file because there is a limit to it.
type lexCounts struct {
	errors   int // faults that are no warnings
	warnings int
	scans    int // open quotes that had no end in reach
	marks    int // other quotation marks that had none
}

// Lex splits a source into its significant tokens, EOF last, and the lexical faults. The source is expected as
// File.Src has it: no byte order mark, lines ended by \n.
func Lex(src string) ([]Token, []Fault) {
	toks, faults, _ := lex(src)
	return toks[1 : len(toks)-padding+1], faults
}

// lex answers the tokens between the state token and the padding.
func lex(src string) ([]Token, []Fault, int) {
	l := &tokenizer{src: src, stop: len(src), line: 1}
	l.toks = make([]Token, 1, len(src)/9+16)
	l.run()
	if len(l.open) > 0 {
		l.unbalanced()
	}
	l.pad()
	return l.toks, l.faults, l.flags
}

// pad ends a region nested too deep and adds the end tokens.
func (l *tokenizer) pad() {
	if l.skipping > 0 {
		l.endRegion()
	}
	for range padding {
		l.toks = append(l.toks, Token{Type: EOF})
		l.place(&l.toks[len(l.toks)-1], l.pos)
	}
}

func (l *tokenizer) run() {
	for l.pos < l.stop {
		c := l.src[l.pos]
		switch {
		case c == '\n':
			l.pos++
			l.line++
			l.column = l.pos
		case c == ' ' || c == '\t' || c == '\f':
			l.pos++
		case c < utf8.RuneSelf && asciiWord[c]&wordStart != 0, c == 0xE0:
			l.word()
		case c >= '0' && c <= '9':
			l.number()
		case c == '"':
			l.text()
		case c == '/' && strings.HasPrefix(l.src[l.pos:], "//"):
			l.comment()
		default:
			l.mark(c)
		}
	}
}

func (l *tokenizer) unbalanced() {
	l.flags |= flagUnbalanced
	l.odd = true
}

func (l *tokenizer) comment() {
	if i := strings.IndexByte(l.src[l.pos:], '\n'); i >= 0 {
		l.pos += i
		return
	}
	l.pos = len(l.src)
}

// place fills a token's position.
func (l *tokenizer) place(t *Token, at int) {
	t.Pos.Offset = at
	t.Pos.Line = l.line
	if at == l.column {
		t.Pos.Column = 1
	}
}

// emit adds the token that starts at l.pos and ends before end, and moves on.
func (l *tokenizer) emit(k Kind, end int) {
	if l.skipping == 0 {
		l.toks = append(l.toks, Token{Type: k, Value: l.src[l.pos:end]})
		l.place(&l.toks[len(l.toks)-1], l.pos)
	}
	l.pos = end
}

// fault notes a lexical error, at most MaxFaults of them.
func (l *tokenizer) fault(code string, start, end int, args ...string) {
	l.odd = true
	if l.skipping == 0 && l.errors < MaxFaults {
		l.errors++
		l.faults = append(l.faults, Fault{Code: code, Span: Span{start, end}, Args: args})
	}
}

// mend notes a lexical error with the text that cures it.
func (l *tokenizer) mend(code string, start, end int, fix string, args ...string) {
	before := len(l.faults)
	if l.fault(code, start, end, args...); len(l.faults) > before {
		f := &l.faults[before]
		f.Fix, f.HasFix = fix, true
	}
}

// fixable notes a warning with the text that cures it, at most MaxFaults of them beside the errors.
func (l *tokenizer) fixable(code string, start, end int, fix string, args ...string) {
	l.odd = true
	if l.skipping == 0 && l.warnings < MaxFaults {
		l.warnings++
		l.faults = append(l.faults, Fault{Code: code, Span: Span{start, end}, Args: args, Fix: fix, HasFix: true})
	}
}

// mark reads an operator, a bracket or a character that belongs to no token.
func (l *tokenizer) mark(c byte) {
	next := byte(0)
	if l.pos+1 < len(l.src) {
		next = l.src[l.pos+1]
	}
	switch c {
	case '(', '[', '{':
		l.opening(c)
		return
	case ')', ']', '}':
		l.closing(c)
		return
	case '=', '<', '>':
		if next == '=' {
			l.emit(withEqual[c], l.pos+2)
			return
		}
	case '!':
		if next == '=' {
			l.emit(Ne, l.pos+2)
			return
		}
	case '.':
		if next == '.' {
			l.emit(Spread, l.pos+2)
			return
		}
	}
	if k := marks[c]; k != 0 {
		l.emit(k, l.pos+1)
		return
	}
	l.invalid()
}

var withEqual = [128]Kind{'=': Eq, '<': Le, '>': Ge}

var marks = [256]Kind{
	',': Comma, ';': Semi, ':': Colon, '.': Dot, '?': Quest, '=': Assign, '<': Lt, '>': Gt, '+': Plus, '-': Minus,
	'&': Amp, '*': Star, '/': Slash, '(': LParen, ')': RParen, '[': LBrack, ']': RBrack, '{': LBrace, '}': RBrace,
}

// invalid makes an Invalid token of one ASCII character, or of a run of others, with the hint that fits it.
func (l *tokenizer) invalid() {
	r, size := utf8.DecodeRuneInString(l.src[l.pos:])
	end := l.pos + size
	if l.habit(r, end) {
		return
	}
	if r >= utf8.RuneSelf && hintCode(r) == CodeInvalid {
		for end < len(l.src) {
			n, w := utf8.DecodeRuneInString(l.src[end:])
			if n < utf8.RuneSelf || hintCode(n) != CodeInvalid || quotes[n] != "" || n >= 0x0900 && n <= 0x0DFF {
				break
			}
			end += w
		}
	}
	code, arg := hintCode(r), l.src[l.pos:end]
	switch {
	case r == utf8.RuneError && size == 1:
		code, arg = CodeUTF8, ""
	case code != CodeInvalid:
		arg = codePoint(r)
	}
	l.fault(code, l.pos, end, arg)
	l.emit(Invalid, end)
}

func hintCode(r rune) string {
	switch r {
	case '\r':
		return CodeLoneCR
	case 0:
		return CodeNUL
	case '%':
		return CodeModulo
	case 0x00A0, 0x2007, 0x202F, 0x3000:
		return CodeNoBreak
	case 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF:
		return CodeJoiner
	}
	return CodeInvalid
}

func codePoint(r rune) string {
	s := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(s))) + s
}
