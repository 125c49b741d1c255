package syntax

import (
	"iter"
	"sync"

	"github.com/etamil-lang/etamil/syntax/position"
)

// Document is one text of an editor and its tree. It never changes: Edit answers another Document, and any number of
// goroutines may use one.
//
// It knows two texts: the client's, which edits and Text and Map are about, and the source that is parsed, File.Src, which
// has no byte order mark and \n for \r\n. ToSource and ToText lead from places in one to the other; where the client's text
// has no mark and no \r\n they answer what they are given. A lone \r, U+2028, NUL and invalid UTF-8 are the same in both.
type Document struct {
	name   string
	client *clientText
	tree   *tree // nil where the text is too large
	file   func() *File
	stats  Stats
}

// Stats tells what the last edit cost.
type Stats struct {
	// Declarations is how many top-level statements were parsed.
	Declarations int
	// Bytes is how much source was lexed.
	Bytes int
}

// NewDocument parses a text as the client has it. The name is how the file is shown to people.
func NewDocument(name, text string) *Document {
	d := &Document{name: name, client: newClientText(text, source(text), position.NewMap(text))}
	d.parse()
	return d
}

// parse reads the whole source.
func (d *Document) parse() {
	if len(d.client.text) > MaxFileSize {
		d.file = sync.OnceValue(func() *File { return Parse(d.name, []byte(d.client.text)) })
		return
	}
	d.take(parseTree(d.client.src))
}

func (d *Document) take(t *tree, s Stats) {
	d.tree, d.stats = t, s
	d.file = sync.OnceValue(func() *File { return t.file(d.name) })
}

// Edit answers the document whose text has other text in the place of the bytes from start to end, which count in Text
// and are brought inside it. Only the statements that the edit may change are parsed; all others are shared. What stays the
// same at either end is no part of the edit, so that a client which sends whole texts costs little more.
func (d *Document) Edit(start, end int, text string) *Document {
	start = min(max(start, 0), len(d.client.text))
	end = min(max(end, start), len(d.client.text))
	start, end, text = shortest(d.client.text, start, end, text)
	next := &Document{name: d.name}
	client, at, upto, put := d.client.splice(start, end, text)
	next.client = client
	if d.tree == nil || len(client.text) > MaxFileSize {
		next.parse()
		return next
	}
	next.take(d.tree.edit(client.src, change{at, upto, len(put) - (upto - at)}))
	return next
}

// shortest leaves out of an edit what it does not change.
func shortest(old string, start, end int, text string) (int, int, string) {
	for start < end && text != "" && old[start] == text[0] {
		start, text = start+1, text[1:]
	}
	for start < end && text != "" && old[end-1] == text[len(text)-1] {
		end, text = end-1, text[:len(text)-1]
	}
	return start, end, text
}

// File is the tree of the text. Its statements have Bases; its Tokens are only in AllTokens.
func (d *Document) File() *File { return d.file() }

// Text is the text as the client has it.
func (d *Document) Text() string { return d.client.text }

// Map knows the lines of Text: the places that a client names.
func (d *Document) Map() *position.Map { return d.client.lines }

// ToSource is the place in File().Src of an offset in Text. Inside a line end it is the place of the \n, inside a byte
// order mark the start.
func (d *Document) ToSource(off int) int { return d.client.toSource(off) }

// ToText is the place in Text of an offset in File().Src; that of a line end is before its \r.
func (d *Document) ToText(off int) int { return d.client.toText(off) }

// Stats tells what the last edit cost, or the first parse.
func (d *Document) Stats() Stats { return d.stats }

// TokensFrom goes through the tokens of the file from the statement of the top level at an offset on, EOF last, without making
// a list of them; each comes with the end of what stands before the trivia before it.
func (f *File) TokensFrom(off int) iter.Seq2[int, Token] {
	if f.tree != nil {
		return f.tree.tokensFrom(off)
	}
	return func(yield func(int, Token) bool) {
		behind := 0
		for i := range f.Tokens {
			if !yield(behind, f.Tokens[i]) {
				return
			}
			behind = tokenEnd(&f.Tokens[i])
		}
	}
}

// AllTokens answers the tokens of the file, EOF last, with their places in Src.
func (f *File) AllTokens() []Token {
	if f.tokens != nil {
		return f.tokens()
	}
	return f.Tokens
}
