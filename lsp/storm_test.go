package lsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax"
)

// bits are what storms are made of: everything that counts differently in the encodings, that ends lines, or that opens
// what it does not close.
var bits = []string{
	"அ", "கௌ", "க்ஷ", "ஸ்ரீ", "𑿀", "𝒳", "👍🏽", "👨‍👩‍👧", "\n", "\r\n", "\r", "\u2028", "\x00", "\ufffd", "\ufeff", "é", "e\u0301", "\u0bc6\u0bbe",
	"{", "}", "(", ")", "[", "]", "\"", ";", ",", ":", ".", " ", "// ", "செயல் கூ(அ) {\n", "திரும்பு அ;\n}\n", "அச்சு \"𝒳\";\n", "(1 == 1) எனில் { ", "1", "== ",
}

// units is a text in the code units of an encoding, for a reference that knows nothing of ours.
func units(s, enc string) (n int) {
	for _, r := range s {
		switch enc {
		case "utf-16":
			n += utf16.RuneLen(r)
		case "utf-32":
			n++
		default:
			n += utf8.RuneLen(r)
		}
	}
	return n
}

// referencePlace is the protocol's place of a byte offset, counted by hand.
func referencePlace(text string, off int, enc string) string {
	line, start := 0, 0
	for i := 0; i < off; i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			line, start = line+1, i+1
		}
	}
	end := off
	if off > 0 && off < len(text) && text[off-1] == '\r' && text[off] == '\n' {
		end-- // inside a line end: the protocol has no such place
	}
	return fmt.Sprintf(`{"line":%d,"character":%d}`, line, units(text[start:max(end, start)], enc))
}

// edges are the offsets at which characters begin, with none inside a line end.
func edges(text string) []int {
	var list []int
	for i := range text {
		if i > 0 && text[i-1] == '\r' && text[i] == '\n' {
			continue
		}
		list = append(list, i)
	}
	return append(list, len(text))
}

// The server's text is the client's after every one of many random edits, and what is made of it is what a parse of the
// whole gives.
func TestEditStorm(t *testing.T) {
	t.Parallel()
	for i, enc := range []string{"utf-8", "utf-16", "utf-32"} {
		t.Run(enc, func(t *testing.T) {
			t.Parallel()
			storm(t, enc, rand.New(rand.NewPCG(uint64(i), 7)), 3400)
		})
	}
}

func storm(t *testing.T, enc string, random *rand.Rand, edits int) {
	t.Helper()
	dir := tempDir(t)
	name := filepath.Join(dir, "புயல்.qmz")
	u := uriOf(filepath.ToSlash(name))
	c := open(t, protocol.PositionEncodingKind(enc), dir)
	text := ""
	c.openText(name, text)
	key := c.server.canonical(filepath.ToSlash(name))
	for i := range edits {
		at := edges(text)
		a := at[random.IntN(len(at))]
		b := at[min(slices.Index(at, a)+random.IntN(6)*random.IntN(2), len(at)-1)]
		if len(text) > 1200 {
			a, b = at[0], at[len(at)/2]
		}
		put := ""
		for range random.IntN(4) {
			put += bits[random.IntN(len(bits))]
		}
		quoted, _ := json.Marshal(put)
		c.notify("textDocument/didChange", c.raw(fmt.Sprintf(
			`{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"range":{"start":%s,"end":%s},"text":%s}]}`,
			u, i+2, referencePlace(text, a, enc), referencePlace(text, b, enc), quoted)))
		text = text[:a] + put + text[b:]
		if i%50 != 0 && i != edits-1 {
			continue
		}
		if _, err := c.call("textDocument/foldingRange", c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}}`, u))); err != nil {
			t.Fatal(err)
		}
		f := c.server.current().open[key]
		if f.text != text {
			t.Fatalf("after edit %d the server has\n%q\nthe client\n%q", i, f.text, text)
		}
		if int(f.version) != i+2 {
			t.Fatalf("after edit %d the version is %d", i, f.version)
		}
		sameTree(t, f, syntax.Parse(f.path, []byte(text)))
	}
}

// sameTree holds what a file was edited to to a parse of the whole.
func sameTree(t *testing.T, f *file, whole *syntax.File) {
	t.Helper()
	var got, want bytes.Buffer
	if err := syntax.Dump(&got, f.tree()); err != nil {
		t.Fatal(err)
	}
	if err := syntax.Dump(&want, whole); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() || fmt.Sprint(f.tree().Faults) != fmt.Sprint(whole.Faults) {
		t.Fatalf("%q is read as\n%s%v\nand as a whole\n%s%v", f.text, got.String(), f.tree().Faults, want.String(), whole.Faults)
	}
	if tokens := fmt.Sprint(f.tree().AllTokens()); tokens != fmt.Sprint(whole.AllTokens()) {
		t.Fatalf("%q has other tokens", f.text)
	}
}

// Differences of semantic tokens, put together by the client, are what a full answer says.
func TestTokenStorm(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 3))
	dir := tempDir(t)
	name := filepath.Join(dir, "main.qmz")
	u := uriOf(filepath.ToSlash(name))
	c := open(t, "utf-16", dir)
	text := sampleProgram(60)
	c.openText(name, text)
	var id string
	var data []uint32
	take := func(method, more string) {
		result, werr := c.call("textDocument/semanticTokens/"+method, c.raw(fmt.Sprintf(`{"textDocument":{"uri":%q}%s}`, u, more)))
		if werr != nil {
			t.Fatal(werr)
		}
		var r struct {
			ResultID string
			Data     []uint32
			Edits    []struct {
				Start, DeleteCount int
				Data               []uint32
			}
		}
		if err := json.Unmarshal(result, &r); err != nil {
			t.Fatal(err)
		}
		if id = r.ResultID; r.Edits == nil {
			data = r.Data
		}
		for _, e := range r.Edits {
			data = slices.Concat(data[:e.Start], e.Data, data[e.Start+e.DeleteCount:])
		}
	}
	take("full", "")
	for i := range 150 {
		at := edges(text)
		a := at[random.IntN(len(at))]
		put := bits[random.IntN(len(bits))]
		quoted, _ := json.Marshal(put)
		place := referencePlace(text, a, "utf-16")
		c.notify("textDocument/didChange", c.raw(fmt.Sprintf(
			`{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"range":{"start":%s,"end":%s},"text":%s}]}`, u, i+2, place, place, quoted)))
		text = text[:a] + put + text[a:]
		take("full/delta", fmt.Sprintf(`,"previousResultId":%q`, id))
		delta := slices.Clone(data)
		take("full", "")
		if !slices.Equal(delta, data) {
			t.Fatalf("after %d edits the difference leads to other tokens", i)
		}
	}
	take("full/delta", `,"previousResultId":"none"`)
	if len(data) == 0 {
		t.Error("an unknown answer is not told again in full")
	}
}
