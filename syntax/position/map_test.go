package position_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/syntax/position"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	const text = "எண் 𝒳 = 1;\r\nacu க்ஷ 👍🏽 கௌ;\rz\n"
	tests := []struct {
		at       string // the place is the start of its last occurrence
		line     int
		clusters int
		u8, u16  int
		u32      int
	}{
		{"எண்", 1, 1, 0, 0, 0},
		{"ண்", 1, 2, 3, 1, 1},
		{"𝒳", 1, 4, 10, 4, 4},
		{" = 1", 1, 5, 14, 6, 5},
		{"\r\nacu", 1, 10, 19, 11, 10},
		{"\nacu", 1, 10, 19, 11, 10},
		{"acu", 2, 1, 0, 0, 0},
		{"க்ஷ", 2, 5, 4, 4, 4},
		{"ஷ", 2, 6, 10, 6, 6},
		{"👍🏽", 2, 8, 14, 8, 8},
		{"🏽", 2, 8, 18, 10, 9},
		{"கௌ;", 2, 10, 23, 13, 11},
		{"z", 3, 1, 0, 0, 0},
	}
	m := position.NewMap(text)
	if m.Lines() != 4 || m.LineText(2) != "acu க்ஷ 👍🏽 கௌ;" || m.LineText(4) != "" {
		t.Fatalf("lines: %d, %q, %q", m.Lines(), m.LineText(2), m.LineText(4))
	}
	for _, tt := range tests {
		off := strings.LastIndex(text, tt.at)
		line, col := m.Clusters(off)
		l8, u8 := m.UTF8(off)
		l16, u16 := m.UTF16(off)
		l32, u32 := m.UTF32(off)
		got := fmt.Sprint(line, col, l8, u8, l16, u16, l32, u32)
		want := fmt.Sprint(tt.line, tt.clusters, tt.line-1, tt.u8, tt.line-1, tt.u16, tt.line-1, tt.u32)
		if got != want {
			t.Errorf("%q: got %s, want %s", tt.at, got, want)
		}
		if m.Line(off) != tt.line {
			t.Errorf("%q: line %d, want %d", tt.at, m.Line(off), tt.line)
		}
	}
}

func TestOffsets(t *testing.T) {
	t.Parallel()
	m := position.NewMap("கௌ😀x\nஅ")
	tests := []struct {
		name string
		got  int
		want int
	}{
		{"before the text", m.OffsetUTF16(-1, 5), 0},
		{"after the text", m.OffsetUTF16(2, 0), 15},
		{"negative column", m.OffsetUTF16(1, -3), 12},
		{"inside a surrogate pair", m.OffsetUTF16(0, 3), 6},
		{"after the pair", m.OffsetUTF16(0, 4), 10},
		{"past the line", m.OffsetUTF16(0, 99), 11},
		{"inside a character, bytes", m.OffsetUTF8(0, 8), 6},
		{"past the line, bytes", m.OffsetUTF8(0, 99), 11},
		{"code points", m.OffsetUTF32(0, 3), 10},
		{"clusters", m.OffsetClusters(1, 2), 6},
		{"clusters past the line", m.OffsetClusters(1, 9), 11},
		{"clusters before", m.OffsetClusters(0, 1), 0},
		{"clusters after", m.OffsetClusters(7, 1), 15},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}

func TestClampsOffsets(t *testing.T) {
	t.Parallel()
	m := position.NewMap("அ\n\xff\x80b")
	for off, want := range map[int]string{-5: "1:1", 1: "1:1", 3: "1:2", 4: "2:1", 5: "2:2", 6: "2:3", 99: "2:4"} {
		line, col := m.Clusters(off)
		if got := fmt.Sprintf("%d:%d", line, col); got != want {
			t.Errorf("offset %d: got %s, want %s", off, got, want)
		}
	}
	if s, e := m.LineSpan(-2); s != 0 || e != 3 {
		t.Errorf("line before the first: %d–%d", s, e)
	}
	if got := m.LineText(99); got != "\xff\x80b" {
		t.Errorf("line after the last: %q", got)
	}
}

// An edited map knows the lines that a new one knows.
func TestEdit(t *testing.T) {
	t.Parallel()
	pieces := []string{"\r", "\n", "\r\n", "கௌ", "𝒳", "👍🏽", "\u2028", "", "a\n\nb", "\xff"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		text := ""
		m := position.NewMap(text)
		for range 50 {
			start := r.IntN(len(text) + 1)
			end := min(len(text), start+r.IntN(6))
			next := text[:start] + pieces[r.IntN(len(pieces))] + pieces[r.IntN(len(pieces))] + text[end:]
			m = m.Edit(next, start, end)
			if want := position.NewMap(next); !reflect.DeepEqual(m, want) {
				t.Fatalf("%q from %d to %d, now %q: %v, want %v", text, start, end, next, m, want)
			}
			text = next
		}
	}
}

func FuzzMap(f *testing.F) {
	for _, s := range []string{"", "a", "எண் x = 1;\r\nஅச்சு x;", "\r\r\n\n", "\xff\xf0\x9f", "க்ஷ👍🏽𝒳\x80", "é\u0bcd\n"} {
		f.Add(s, 0)
		f.Add(s, len(s)/2)
	}
	f.Fuzz(func(t *testing.T, s string, off int) {
		m := position.NewMap(s)
		for _, e := range []position.Encoding{position.UTF8, position.UTF16, position.UTF32} {
			line, col := m.At(off, e)
			back := m.Offset(line, col, e)
			if back < 0 || back > len(s) || line < 0 || line >= m.Lines() || col < 0 {
				t.Fatalf("encoding %d: %d → %d:%d → %d", e, off, line, col, back)
			}
			if l, c := m.At(back, e); l != line || c != col {
				t.Fatalf("encoding %d: %d:%d is not stable: %d:%d", e, line, col, l, c)
			}
			if off >= 0 && off < len(s) && back != off && utf8.ValidString(s) && utf8.RuneStart(s[off]) && s[off] != '\n' {
				t.Fatalf("encoding %d: %d became %d", e, off, back)
			}
		}
		line, col := m.Clusters(off)
		back := m.OffsetClusters(line, col)
		if l, c := m.Clusters(back); l != line || c != col {
			t.Fatalf("clusters: %d:%d is not stable: %d:%d", line, col, l, c)
		}
		if line != m.Line(off) {
			t.Fatalf("line %d, not %d", line, m.Line(off))
		}
		var all strings.Builder
		for i := 1; i <= m.Lines(); i++ {
			all.WriteString(m.LineText(i))
		}
		if want := strings.NewReplacer("\r", "", "\n", "").Replace(s); all.String() != want {
			t.Fatalf("the lines are %q, not %q", all.String(), want)
		}
	})
}
