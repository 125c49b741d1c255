package syntax

import (
	"slices"
	"strings"
)

// chunk is one top-level statement with what stands before it, from the end of the statement before; the last chunk of a
// document has no statement, only what stands before the end. A chunk is never changed, so that documents share it. The
// places in its tokens and its tree count from where the source started when it was parsed.
type chunk struct {
	at, line    int // where it started then, and on which line its tokens count that it did
	size, lines int // its bytes and line ends
	text        string
	toks        []lexeme // into text
	stmt        Stmt
	faults      []ranked

	// What it depends on. An edit behind reach, in bytes from its start, leaves it as it is.
	reach int
	seam  seam
	// What it leaves behind.
	noted  int // the place of its latest error, from its start, or -1
	closed closedBlock
	pops   int // brackets of chunks before it that it closes
	left   []bracket
	depth  int // how deep it goes
	loops  []string
	count  tally
}

// ranked is a fault and its rank among those of one place: those of no statement, of nodes, of the lexer, of bad bytes.
type ranked struct {
	Fault
	rank uint8
}

const (
	rankIdle = iota
	rankNode
	rankLexer
	rankBytes
)

// closedBlock is the block that a } has closed, and how many tokens ago that was, itself counted; 0 is none.
type closedBlock struct {
	role role
	back int
}

// lookBack is how many tokens the lexer and the parser look back.
const lookBack = 5

// seam is what a chunk may depend on of the chunks before it.
type seam struct {
	kind Kind // of the token before, 0 at the start of the source
	role role // of the block that it has closed
	// more spells the tokens before, where the one before ends no statement.
	more string
	// noted tells that an error was found at the chunk's first token before it was read.
	noted bool
}

// tally counts what matters of chunks, so that a document's sum tells what need not be looked at.
type tally [tallies]int

const (
	tStmts     = iota
	tNotes     // errors that the parser found
	tWarned    // and warnings
	tErrors    // faults of the lexer
	tWarnings  // and warnings
	tScans     // lexCounts
	tMarks     //
	tFaults    // all faults
	tUnmatched // chunks with a bracket that has no partner
	tIfMatched // chunks whose tree depends on there being no such bracket in the file
	tIfNot     // chunks whose tree depends on there being one
	tLeft      // brackets that were left open
	tDips      // chunks that looked for brackets before them
	tDeep      // chunks that go deep
	tLoopNames // chunks that declare நிறுத்து or தொடர் as a name
	tLoopWords // chunks that hold them
	tallies
)

// add adds another tally n times.
func (t *tally) add(o *tally, n int) {
	for i := range t {
		t[i] += n * o[i]
	}
}

// calm tells that no limit of a file is near, and that brackets left open can change nothing behind them: each chunk is then
// what it would be in any other place.
func (t *tally) calm() bool {
	const few, scans = MaxFaults / 2, maxTextScans / 2
	return t[tNotes] < few && t[tWarned] < few && t[tErrors] < few && t[tWarnings] < few && t[tScans] < scans &&
		t[tMarks] < scans && t[tDeep] == 0 && (t[tLeft] == 0 || t[tDips] == 0 && t[tLeft] < MaxDepth/2)
}

// carry is what the chunks before a place add up to, in a document that is not calm.
type carry struct {
	notes, warned int
	lexCounts
	open []bracket
}

// pass adds a chunk.
func (c *carry) pass(k *chunk) {
	c.notes += k.count[tNotes]
	c.warned += k.count[tWarned]
	c.errors += k.count[tErrors]
	c.warnings += k.count[tWarnings]
	c.scans += k.count[tScans]
	c.marks += k.count[tMarks]
	if k.pops > 0 || len(k.left) > 0 {
		c.open = append(slices.Clip(c.open[:max(0, len(c.open)-k.pops)]), k.left...)
	}
}

// fits tells whether a chunk that was read behind c reads the same behind d.
func (k *chunk) fits(c, d *carry) bool {
	n := &k.count
	return alike(c.notes, d.notes, n[tNotes], MaxFaults) && alike(c.warned, d.warned, n[tWarned], MaxFaults) &&
		alike(c.errors, d.errors, n[tErrors], MaxFaults) && alike(c.warnings, d.warnings, n[tWarnings], MaxFaults) &&
		alike(c.scans, d.scans, n[tScans], maxTextScans) && alike(c.marks, d.marks, n[tMarks], maxTextScans) &&
		k.nests(c.open, d.open)
}

// alike tells whether n more behind a and behind b make no difference to a limit.
func alike(a, b, n, limit int) bool {
	return a == b || max(a, b)+n < limit || min(a, b) > limit
}

// nests tells whether a chunk's brackets mean the same behind other open ones.
func (k *chunk) nests(a, b []bracket) bool {
	switch {
	case k.count[tDips] > 0:
		return slices.Equal(a, b)
	case k.depth+max(len(a), len(b)) > MaxDepth:
		return len(a) == len(b)
	}
	return true
}

// firstToken is where a chunk's first token is, from its start.
func (k *chunk) firstToken() int {
	if len(k.toks) == 0 {
		return k.size
	}
	return int(k.toks[0].off)
}

// stale counts the chunks whose tree is not that of a mode, but for நிறுத்து and தொடர்.
func (t *tally) stale(m mode) int {
	if m.unmatched {
		return t[tIfMatched]
	}
	return t[tIfNot]
}

// mode is what a whole source decides about each of its statements.
type mode struct {
	unmatched bool // some bracket has no partner
	loops     string
}

// seamBehind is the seam behind chunks for one whose first token is so many bytes further on.
func seamBehind(chunks []*chunk, gap int) seam {
	if len(chunks) == 0 {
		return seam{}
	}
	last := chunks[len(chunks)-1]
	s := seam{noted: last.noted >= 0 && last.noted == last.size+gap}
	if n := len(last.toks); n > 0 {
		s.kind = Kind(last.toks[n-1].kind)
	}
	switch s.kind {
	case Semi:
	case RBrace:
		if last.closed.back == 1 {
			s.role = last.closed.role
		}
	default:
		s.more = spell(tokensBefore(chunks, 0), last.closed)
	}
	return s
}

func spell(toks []Token, closed closedBlock) string {
	var b strings.Builder
	for _, t := range toks {
		b.WriteByte(byte(t.Type))
		b.WriteString(t.Value)
		b.WriteByte(0)
	}
	b.WriteByte(byte(closed.role))
	b.WriteByte(byte(closed.back))
	return b.String()
}

// tokensBefore answers the last tokens of chunks that end at a place, where line 1 begins, as the lexer first had them.
func tokensBefore(chunks []*chunk, at int) []Token {
	var out []Token
	line := 1
	for i := len(chunks) - 1; i >= 0 && len(out) < lookBack; i-- {
		c := chunks[i]
		at -= c.size
		line -= c.lines
		for n := len(c.toks) - 1; n >= 0 && len(out) < lookBack; n-- {
			t := c.token(n, at, line)
			if t.Type >= KwTry && t.Type <= KwAsync {
				t.Type = Word
			}
			out = append(out, t)
		}
	}
	slices.Reverse(out)
	return out
}
