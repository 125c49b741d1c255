package syntax

import "strconv"

// bracket is one open bracket: its character and, for braces, what the block belongs to.
type bracket struct {
	char byte
	role role
}

// role tells which clauses may follow a block.
type role uint8

const (
	plainBlock role = iota
	tryBlock        // பிழை and இறுதியில் may follow
	catchBlock      // இறுதியில் may follow
)

// opening reads ( [ or {. A bracket beyond MaxDepth starts a region that becomes one Invalid token.
func (l *tokenizer) opening(c byte) {
	if l.skipping > 0 {
		l.skipping++
		l.pos++
		return
	}
	if len(l.open) >= MaxDepth {
		l.deepest = MaxDepth + 1
		l.skipAt = Token{Type: Invalid}
		l.place(&l.skipAt, l.pos)
		l.skipping = 1
		l.pos++
		return
	}
	b := bracket{char: c}
	if c == '{' {
		b.role = l.blockRole()
	}
	l.open = append(l.open, b)
	l.deepest = max(l.deepest, len(l.open))
	l.emit(marks[c], l.pos+1)
}

// closing reads ) ] or }. It keeps l.open an upper bound of how deep the parser is: } closes everything down to its {,
// as the parser does, and a closer that fits nothing closes nothing.
func (l *tokenizer) closing(c byte) {
	if l.skipping > 0 {
		l.skipping--
		l.pos++
		if l.skipping == 0 {
			l.endRegion()
		}
		return
	}
	opener, role := matching[c], plainBlock
	top := len(l.open) - 1
	if c == '}' {
		for top >= 0 && l.open[top].char != opener {
			top--
		}
	}
	l.lowest = min(l.lowest, top)
	if top != len(l.open)-1 || top < 0 || l.open[top].char != opener {
		l.unbalanced()
	}
	if top >= 0 && l.open[top].char == opener {
		role = l.open[top].role
		l.open = l.open[:top]
		l.shortest = min(l.shortest, top)
	}
	l.emit(marks[c], l.pos+1)
	if c == '}' {
		l.closedRole, l.closedAt = role, len(l.toks)-1
	}
}

var matching = [128]byte{')': '(', ']': '[', '}': '{'}

// endRegion makes one token of a region nested too deep.
func (l *tokenizer) endRegion() {
	l.skipping = 0
	t := l.skipAt
	t.Value = l.src[t.Pos.Offset:l.pos]
	l.toks = append(l.toks, t)
	l.fault(CodeDeep, t.Pos.Offset, l.pos, strconv.Itoa(MaxDepth))
	l.unbalanced()
}

// back answers the n-th token from the end; before the first one it is the state token, whose kind is none.
func (l *tokenizer) back(n int) *Token {
	if i := len(l.toks) - n; i > 0 {
		return &l.toks[i]
	}
	return &l.toks[0]
}

// closed answers the role of the block that the n-th token from the end closed.
func (l *tokenizer) closed(n int) role {
	if l.closedAt > 0 && len(l.toks)-n == l.closedAt {
		return l.closedRole
	}
	return plainBlock
}

// blockRole looks at what stands before a { and turns the contextual words of services.md that are words only there
// into their kinds: முயல் {, } பிழை {, } பிழை (NAME) {, } இறுதியில் {, ) மீள்முயல் {, ) காலவரம்பு {.
func (l *tokenizer) blockRole() role {
	t := l.back(1)
	if t.Type == RParen {
		return l.namedCatch()
	}
	if t.Type != Word {
		return plainBlock
	}
	before := l.back(2)
	switch l.contextID(t.Value) {
	case "try":
		if startsAfter[uint8(before.Type)&127] {
			t.Type = KwTry
			return tryBlock
		}
	case "catch":
		if l.closed(2) == tryBlock {
			t.Type = KwCatch
			return catchBlock
		}
	case "finally":
		if l.closed(2) != plainBlock {
			t.Type = KwFinally
		}
	case "retry":
		if before.Type == RParen {
			t.Type = KwRetry
		}
	case "timeout":
		if before.Type == RParen {
			t.Type = KwTimeout
		}
	}
	return plainBlock
}

// namedCatch looks for } பிழை ( NAME ) before a {.
func (l *tokenizer) namedCatch() role {
	name, paren, word := l.back(2), l.back(3), l.back(4)
	if paren.Type == LParen && nameable.has(name.Type) && word.Type == Word &&
		l.closed(5) == tryBlock && l.contextID(word.Value) == "catch" {
		word.Type = KwCatch
		return catchBlock
	}
	return plainBlock
}

// startsAfter are the kinds after which a statement may start; the state token before the first one has kind 0.
var startsAfter = [128]bool{0: true, Semi: true, LBrace: true, RBrace: true}

// contextID is the vocabulary's ID of a word.
func (l *tokenizer) contextID(spelling string) string {
	if w := wordOf(spelling); w != nil {
		return w.ID
	}
	return ""
}
