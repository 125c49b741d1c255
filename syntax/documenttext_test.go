package syntax

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax/position"
)

// An edit of the client's text is the same edit of the source, and places lead from one to the other and back.
func TestClientText(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"\r", "\n", "\r\n", "\ufeff", "a", "கௌ", "𝒳", "👍🏽", "\xff", "\xef", "\xbb\xbf", "\x00", "\u2028", "", "\r\r\n", "\n\r",
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		c := newClientText("", "", position.NewMap(""))
		for range 40 {
			var put strings.Builder
			for range r.IntN(4) {
				put.WriteString(pieces[r.IntN(len(pieces))])
			}
			start := r.IntN(len(c.text) + 1)
			if r.IntN(4) == 0 {
				start = min(start, r.IntN(4))
			}
			end := min(len(c.text), start+r.IntN(5))
			next, at, upto, text := c.splice(start, end, put.String())
			if want := c.text[:start] + put.String() + c.text[end:]; next.text != want {
				t.Fatalf("text %q, want %q", next.text, want)
			}
			if want := normalise([]byte(next.text)); next.src != want || c.src[:at]+text+c.src[upto:] != want {
				t.Fatalf("source %q of %q, want %q", next.src, next.text, want)
			}
			c = next
			checkPlaces(t, c)
		}
	}
}

func checkPlaces(t *testing.T, c *clientText) {
	t.Helper()
	for off := 0; off <= len(c.src); off++ {
		text := c.toText(off)
		if back := c.toSource(text); back != off {
			t.Fatalf("%q: source %d is %d in the text, which is %d", c.text, off, text, back)
		}
		if off < len(c.src) && c.src[off] != c.text[text] && (c.src[off] != '\n' || c.text[text:text+2] != "\r\n") {
			t.Fatalf("%q: %q at %d is not at %d", c.text, c.src[off], off, text)
		}
	}
	for off := range len(c.text) + 1 {
		if src := c.toSource(off); src > len(c.src) || src != len(normalise([]byte(c.text[:off]))) && !inLineEnd(c.text, off) {
			t.Fatalf("%q: %d of the text is %d in the source", c.text, off, src)
		}
	}
}

// inLineEnd tells places inside \r\n and inside a byte order mark.
func inLineEnd(text string, off int) bool {
	return off > 0 && text[off-1] == '\r' && strings.HasPrefix(text[off:], "\n") ||
		off < len(byteOrderMark) && strings.HasPrefix(text, byteOrderMark)
}
