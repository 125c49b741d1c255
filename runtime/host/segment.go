package host

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// edges knows where the grapheme clusters of one text begin and end. It looks at the text only when first asked.
type edges struct {
	text  string
	plain bool     // every byte is a cluster of its own
	set   []uint64 // bit i: a cluster begins at byte i, or the text ends there; nil until needed
}

// newEdges prepares the cluster edges of s.
func newEdges(s string) *edges { return &edges{text: s, plain: isPlain(s)} }

// isPlain tells that every byte of s is a cluster of its own: ASCII without "\r\n".
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || (s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n') {
			return false
		}
	}
	return true
}

// at tells whether byte offset i is an edge.
func (e *edges) at(i int) bool {
	if e.plain {
		return true
	}
	if e.set == nil {
		e.build()
	}
	return e.set[i/64]&(1<<(i%64)) != 0
}

func (e *edges) build() {
	e.set = make([]uint64, len(e.text)/64+1)
	e.mark(len(e.text))
	for it := graphemes.FromString(e.text); it.Next(); {
		e.mark(it.Start())
	}
}

func (e *edges) mark(i int) { e.set[i/64] |= 1 << (i % 64) }

// matches calls yield with the byte offset of every match of sep in s that begins and ends on a cluster edge, left to
// right and without overlaps. An empty sep matches nowhere.
func matches(s, sep string, yield func(at int)) {
	if sep == "" {
		return
	}
	e := newEdges(s)
	for from := 0; ; {
		i := strings.Index(s[from:], sep)
		if i < 0 {
			return
		}
		i += from
		if e.at(i) && e.at(i+len(sep)) {
			yield(i)
			from = i + len(sep)
		} else {
			from = i + 1
		}
	}
}

// replaceText is மாற்று: all matches of from in s become to. ask is called with the length of the result before it is built.
func replaceText(s, from, to string, ask func(n int) error) (string, error) {
	var found []int
	matches(s, from, func(at int) { found = append(found, at) })
	if len(found) == 0 {
		return s, nil
	}
	n, ok := replacedLen(len(s), len(from), len(to), len(found))
	if !ok {
		n = -1
	}
	if err := ask(n); err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(n)
	last := 0
	for _, at := range found {
		b.WriteString(s[last:at])
		b.WriteString(to)
		last = at + len(from)
	}
	b.WriteString(s[last:])
	return b.String(), nil
}

// maxText bounds the length of one built text, far below what an int can hold.
const maxText = 1 << 40

// replacedLen is the length of a text of n bytes after count matches of from bytes became to bytes; false when too large.
func replacedLen(n, from, to, count int) (int, bool) {
	if to > from && count > (maxText-n)/(to-from) {
		return 0, false
	}
	return n + count*(to-from), true
}

// splitText is பிரி: the pieces of s between the matches of sep.
func splitText(s, sep string) []string {
	var out []string
	last := 0
	matches(s, sep, func(at int) {
		out = append(out, s[last:at])
		last = at + len(sep)
	})
	return append(out, s[last:])
}
