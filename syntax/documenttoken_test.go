package syntax

import (
	"slices"
	"strings"
	"testing"
)

// Going through the tokens one by one gives what the list has, from any place on, in any text.
func TestTokensFrom(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "// 𝒳\nஅ = 1;\n\nceyal f(எ) { // கௌ\n  tirumpu \"👍🏽\n2\";\n}\n// 𑿀", "அ = (;\n}\n" + linesOf(50)} {
		d := NewDocument("x.qmz", text)
		d = d.Edit(len(text), len(text), "\nஆ = 2; // முடிவு\n")
		all := d.File().AllTokens()
		whole := Parse("x.qmz", []byte(d.Text()))
		for _, f := range []*File{d.File(), whole} {
			for off := 0; off <= len(f.Src); off += 7 {
				first := len(all)
				for behind, tok := range f.TokensFrom(off) {
					at := slices.Index(all, tok)
					switch {
					case at < 0, first < len(all) && at != first+1:
						t.Fatalf("from %d: %v is token %d, behind %d", off, tok, at, first)
					case strings.TrimSpace(f.Src[behind:max(behind, tok.Pos.Offset)]) != "" && !strings.Contains(f.Src[behind:tok.Pos.Offset], "//"):
						t.Fatalf("from %d: %q stands before %v", off, f.Src[behind:tok.Pos.Offset], tok)
					}
					if first == len(all) && tok.Pos.Offset > off && at > 0 && tokenEnd(&all[at-1]) > off {
						t.Fatalf("from %d: the first token is %v", off, tok)
					}
					first = at
				}
				if first != len(all)-1 {
					t.Fatalf("from %d: the last token is number %d of %d", off, first, len(all))
				}
			}
		}
	}
}
