package syntax

import (
	"sort"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax/position"
)

// clientText is a text as an editor has it, beside the source that is parsed: File.Src has no byte order mark and \n for
// \r\n. Where the text has neither, both are the same string. Everything else stays as it is in both: a lone \r, U+2028,
// NUL, and bytes that are no UTF-8.
type clientText struct {
	text string
	src  string
	mark int // bytes of the byte order mark

	crs   func() []int // where Src has a \n for \r\n
	lines *position.Map
}

const byteOrderMark = "\ufeff"

func newClientText(text, src string, lines *position.Map) *clientText {
	t := &clientText{text: text, src: src, lines: lines}
	if strings.HasPrefix(text, byteOrderMark) {
		t.mark = len(byteOrderMark)
	}
	t.crs = sync.OnceValue(t.findCRs)
	return t
}

// plain tells that text and source are the same.
func (t *clientText) plain() bool { return len(t.text) == len(t.src) }

func (t *clientText) findCRs() (at []int) {
	if t.plain() {
		return nil
	}
	for i, body := 0, t.text[t.mark:]; ; {
		n := strings.Index(body[i:], "\r\n")
		if n < 0 {
			return at
		}
		at = append(at, i+n-len(at))
		i += n + 2
	}
}

// toSource is the place in Src of an offset in the text. Inside a line end it is the place of the \n, inside the byte order
// mark the start.
func (t *clientText) toSource(off int) int {
	crs := t.crs()
	off = max(off-t.mark, 0)
	return off - sort.Search(len(crs), func(i int) bool { return crs[i]+i >= off })
}

// toText is the place in the text of an offset in Src, before the \r where the offset is that of a line end.
func (t *clientText) toText(off int) int {
	crs := t.crs()
	return off + t.mark + sort.SearchInts(crs, off)
}

// splice answers the text with other text in the place of a range of bytes, and the same change as one of Src: put in the
// place of at to upto.
func (t *clientText) splice(start, end int, text string) (next *clientText, at, upto int, put string) {
	changed := t.text[:start] + text + t.text[end:]
	lines := t.lines.Edit(changed, start, end)
	if t.plain() && start >= len(byteOrderMark) && t.text[start-1] != '\r' && !strings.Contains(text, "\r") {
		return newClientText(changed, changed, lines), start, end, text
	}
	from, to := start, end
	if from <= len(byteOrderMark) {
		from, to = 0, min(end+len(byteOrderMark), len(t.text))
	} else if t.text[from-1] == '\r' {
		from--
	}
	if to < len(t.text) && t.text[to] == '\n' {
		to++
	}
	put = t.text[from:start] + text + t.text[end:to]
	if from == 0 {
		put = strings.TrimPrefix(put, byteOrderMark)
	}
	put = strings.ReplaceAll(put, "\r\n", "\n")
	at, upto = t.toSource(from), t.toSource(to)
	src := t.src[:at] + put + t.src[upto:]
	if len(src) == len(changed) {
		src = changed
	}
	return newClientText(changed, src, lines), at, upto, put
}
