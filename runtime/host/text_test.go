package host

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

func TestText(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{"சொல்லாக்கு", list(num("1.50")), "1.5"},
		{"collAkku", list(nil), "nil"},
		{"சொல்லாக்கு", list(list(1, "கௌ", fields{"ஆ", 1, "அ", true})), "[1, கௌ, {அ: true, ஆ: 1}]"},
		{"சொல்லாக்கு", list(ok("𝒳")), "சரி(𝒳)"},

		{"மேல்_எழுத்து", list("abc ß ﬁ ŉ கௌ 𝒳 𐐨"), "ABC SS FI ʼN கௌ 𝒳 𐐀"},
		{"mEl_ezuqqu", list(true), "TRUE"},
		{"கீழ்_எழுத்து", list("ABC"), "abc"},
		{"kIz_ezuqqu", list("ΑΣ ÀB ஸ்ரீ 𐐀"), "ας àb ஸ்ரீ 𐐨"},

		{"மாற்று", list("a-b-c", "-", "+"), "a+b+c"},
		{"mARRu", list("aaa", "aa", "b"), "ba"},
		{"மாற்று", list("கா க", "க", "ம"), "கா ம"},
		{"மாற்று", list("காகா", "ா", ""), "காகா"},
		{"மாற்று", list("கௌகௌ", "கௌ", "ஸ்ரீ"), "ஸ்ரீஸ்ரீ"},
		{"மாற்று", list("👍🏽👍", "👍", "𝒳"), "👍🏽𝒳"},
		{"மாற்று", list("a\r\nb", "\n", "|"), "a\r\nb"},
		{"மாற்று", list("a\r\nb", "\r\n", "|"), "a|b"},
		{"மாற்று", list("a\nb", "\n", "|"), "a|b"},
		{"மாற்று", list("அஆ", "", "x"), "அஆ"},
		{"மாற்று", list("", "a", "x"), ""},
		{"மாற்று", list(num("1.5"), ".", ","), "1,5"},
		{"மாற்று", list("1-2", 2, nil), "1-nil"},

		{"பிரி", list("a,b,,c", ","), "[a, b, , c]"},
		{"பிரி", list("", ","), "[]"},
		{"பிரி", list("abc", ""), "[abc]"},
		{"piri", list("அ,", ","), "[அ, ]"},
		{"பிரி", list("கா", "ா"), "[கா]"},
		{"பிரி", list("a\nb", "\n"), "[a, b]"},
		{"பிரி", list("வணக்கம்", "க்"), "[வண, கம்]"},
		{"பிரி", list("👍🏽👍👍🏽", "👍"), "[👍🏽, 👍🏽]"},
		{"பிரி", list("𝒳|𝒳", "|"), "[𝒳, 𝒳]"},
		{"பிரி", list(112, 1), "[, , 2]"},

		{"ஒன்றிணை", list(list(1, "a", nil, list(2)), "-"), "1-a-nil-[2]"},
		{"oZRiNY", list(list(), ","), ""},
		{"ஒன்றிணை", list(list("கௌ", "𝒳"), nil), "கௌnil𝒳"},
		{"ஒன்றிணை", list("x", ","), "! E0370: ஒன்றிணை, 1, a string"},
	})
}

func TestSplitOfNothingIsOnePiece(t *testing.T) {
	t.Parallel()
	v, err := do(t, Env{}, "பிரி", "", ",")
	if err != nil || len(v.Array().Items) != 1 {
		t.Errorf("பிரி(\"\", \",\") = %v, %v", v.Display(), err)
	}
}

// clusters are the grapheme clusters of s.
func clusters(s string) []string {
	var out []string
	for it := graphemes.FromString(s); it.Next(); {
		out = append(out, it.Value())
	}
	return out
}

// naiveSplit is the definition of பிரி, by clusters.
func naiveSplit(s, sep string) []string {
	if sep == "" {
		return []string{s}
	}
	parts, pieces, from := clusters(s), []string{}, 0
	for i := 0; i < len(parts); {
		n, j := 0, i
		for j < len(parts) && n < len(sep) {
			n += len(parts[j])
			j++
		}
		if strings.Join(parts[i:j], "") == sep {
			pieces = append(pieces, strings.Join(parts[from:i], ""))
			i, from = j, j
		} else {
			i++
		}
	}
	return append(pieces, strings.Join(parts[from:], ""))
}

var textSeeds = [][2]string{
	{"a,b,,c", ","},
	{"", ","},
	{"கா", "ா"},
	{"ஸ்ரீ க்ஷ கௌ", " "},
	{"👍🏽👍👍🏽", "👍"},
	{"a\r\nb\nc", "\n"},
	{"aaaa", "aa"},
	{"🇮🇳🇮🇳", "🇳🇮"},
	{"é", "e"},
	{"क्षक्ष", "क्"},
	{"𝒳a𝒳", "a"},
	{"\xff\xfea", "\xfe"},
	{"அஅஅ", "அஅ"},
}

// பிரி never cuts a cluster, loses nothing, and finds exactly the matches of whole clusters.
func FuzzSplit(f *testing.F) {
	for _, s := range textSeeds {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, s, sep string) {
		got := splitText(s, sep)
		if want := naiveSplit(s, sep); strings.Join(got, "\x00|") != strings.Join(want, "\x00|") {
			t.Fatalf("split(%q, %q) = %q, want %q", s, sep, got, want)
		}
		if strings.Join(got, sep) != s {
			t.Fatalf("split(%q, %q) = %q loses something", s, sep, got)
		}
	})
}

// மாற்று is பிரி and then ஒன்றிணை, and keeps valid text valid.
func FuzzReplace(f *testing.F) {
	for i, s := range textSeeds {
		f.Add(s[0], s[1], textSeeds[len(textSeeds)-1-i][1])
	}
	f.Fuzz(func(t *testing.T, s, from, to string) {
		asked := 0
		got, err := replaceText(s, from, to, func(n int) error { asked = n; return nil })
		if want := strings.Join(naiveSplit(s, from), to); err != nil || from != "" && got != want {
			t.Fatalf("replace(%q, %q, %q) = %q, %v, want %q", s, from, to, got, err, want)
		}
		if from == "" && got != s {
			t.Fatalf("replace(%q, \"\") = %q", s, got)
		}
		if got != s && asked != len(got) {
			t.Fatalf("asked for %d bytes, made %d", asked, len(got))
		}
		if utf8.ValidString(s) && utf8.ValidString(from) && utf8.ValidString(to) && !utf8.ValidString(got) {
			t.Fatalf("replace(%q, %q, %q) = %q is no text", s, from, to, got)
		}
	})
}

func TestEdgesOfPlainText(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"": true, "abc\n\r": true, "a\r\nb": false, "அ": false, "\r\r\n": false} {
		if got := isPlain(s); got != want {
			t.Errorf("isPlain(%q) = %v", s, got)
		}
	}
}

// Splitting must stay linear: a text four times as long may not take sixteen times as long.
func BenchmarkSplitTamil(b *testing.B) {
	s := strings.Repeat("வணக்கம், ", 10_000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		splitText(s, ",")
	}
}
