package syntax

// lexeme is a token of a chunk in a quarter of a Token's memory: documents of many lines are mostly tokens.
type lexeme struct {
	off, size uint32 // its bytes, from the chunk's start
	line      uint32 // counted from the chunk's first
	kind      int16
	first     bool // it starts in the first column
}

// keep packs the tokens of a chunk; text is the chunk's source.
func (k *chunk) keep(text string, toks []Token) {
	k.text, k.toks = text, make([]lexeme, len(toks))
	for i := range toks {
		t := &toks[i]
		k.toks[i] = lexeme{
			off: uint32(t.Pos.Offset - k.at), size: uint32(len(t.Value)), line: uint32(t.Pos.Line - k.line), kind: int16(t.Type),
			first: t.Pos.Column == 1,
		}
	}
}

// token unpacks one of a chunk's tokens, for a chunk that starts at a place and on a line.
func (k *chunk) token(i, at, line int) Token {
	x := &k.toks[i]
	t := Token{Type: Kind(x.kind), Value: k.text[x.off : x.off+x.size]}
	t.Pos.Offset, t.Pos.Line = at+int(x.off), line+int(x.line)
	if x.first {
		t.Pos.Column = 1
	}
	return t
}

// tokens unpacks all of a chunk's tokens behind others.
func (k *chunk) tokens(out []Token, at, line int) []Token {
	for i := range k.toks {
		out = append(out, k.token(i, at, line))
	}
	return out
}
