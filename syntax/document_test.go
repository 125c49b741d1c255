package syntax

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// same holds a document to a whole parse of its text: the trees with their places, the faults and the tokens.
func same(t *testing.T, d *Document) {
	t.Helper()
	if diff := compare(d); diff != "" {
		t.Fatalf("%s\nin %q", diff, d.Text())
	}
}

func compare(d *Document) string { return differ(d.File(), Parse("x.qmz", []byte(d.Text()))) }

func differ(got, want *File) string {
	if got.Src != want.Src {
		return fmt.Sprintf("the source is %q, not %q", got.Src, want.Src)
	}
	if len(got.Stmts) != len(want.Stmts) {
		return fmt.Sprintf("%d statements, not %d\n%s\n%s", len(got.Stmts), len(want.Stmts), outline(got), outline(want))
	}
	for i := range got.Stmts {
		c := comparer{base: got.Base(i)}
		if c.value(reflect.ValueOf(got.Stmts[i]), reflect.ValueOf(want.Stmts[i]), ""); c.diff != "" {
			return fmt.Sprintf("statement %d: %s", i, c.diff)
		}
	}
	if len(got.Faults) != len(want.Faults) {
		return fmt.Sprintf("%d faults, not %d:\n%v\n%v", len(got.Faults), len(want.Faults), got.Faults, want.Faults)
	}
	for i := range got.Faults {
		if !reflect.DeepEqual(got.Faults[i], want.Faults[i]) {
			return fmt.Sprintf("fault %d is %v, not %v", i, got.Faults[i], want.Faults[i])
		}
	}
	a, b := got.AllTokens(), want.AllTokens()
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("token %d is %#v, not %#v", i, a[i], b[i])
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("%d tokens, not %d", len(a), len(b))
	}
	return ""
}

func outline(f *File) string {
	var b strings.Builder
	for i, s := range f.Stmts {
		fmt.Fprintf(&b, "%s %q\n", label(s), clip(f.Text(s.Span().Shift(f.Base(i)))))
	}
	return b.String()
}

// comparer compares two trees field by field, the places of the first moved by base.
type comparer struct {
	base, line int
	lined      bool
	diff       string
}

func (c *comparer) value(a, b reflect.Value, path string) {
	if c.diff != "" {
		return
	}
	if a.Kind() != b.Kind() || a.Type() != b.Type() {
		c.diff = fmt.Sprintf("%s is %v, not %v", path, a, b)
		return
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				c.diff = fmt.Sprintf("%s is %v, not %v", path, a, b)
			}
			return
		}
		if a.Kind() == reflect.Pointer && a.Pointer() == b.Pointer() {
			return // a word of the vocabulary
		}
		c.value(a.Elem(), b.Elem(), path)
	case reflect.Slice:
		if a.Len() != b.Len() {
			c.diff = fmt.Sprintf("%s has %d parts, not %d", path, a.Len(), b.Len())
			return
		}
		for i := range a.Len() {
			c.value(a.Index(i), b.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Struct:
		c.fields(a, b, path)
	case reflect.Int:
		c.offset(int(a.Int()), int(b.Int()), path)
	default:
		if !a.Equal(b) {
			c.diff = fmt.Sprintf("%s is %v, not %v", path, a, b)
		}
	}
}

func (c *comparer) fields(a, b reflect.Value, path string) {
	if a.Type() == reflect.TypeFor[Token]() {
		c.token(a, b, path)
		return
	}
	if a.IsZero() && b.IsZero() {
		return
	}
	for i := range a.NumField() {
		c.value(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name)
	}
}

func (c *comparer) token(a, b reflect.Value, path string) {
	if a.FieldByName("Type").Int() != b.FieldByName("Type").Int() || a.FieldByName("Value").String() != b.FieldByName("Value").String() {
		c.diff = fmt.Sprintf("%s is %v, not %v", path, a, b)
		return
	}
	if b.IsZero() {
		return
	}
	p, q := a.FieldByName("Pos"), b.FieldByName("Pos")
	c.offset(int(p.FieldByName("Offset").Int()), int(q.FieldByName("Offset").Int()), path)
	lines := int(q.FieldByName("Line").Int() - p.FieldByName("Line").Int())
	if !c.lined {
		c.line, c.lined = lines, true
	}
	if c.line != lines || p.FieldByName("Column").Int() != q.FieldByName("Column").Int() {
		c.diff = fmt.Sprintf("%s stands on another line or column: %v, not %v", path, p, q)
	}
}

// offset compares places; zero is none in both.
func (c *comparer) offset(a, b int, path string) {
	if a+c.base != b && (a != 0 || b != 0) {
		c.diff = fmt.Sprintf("%s is at %d, not %d", path, a+c.base, b)
	}
}

// hostileTexts are texts that edits put in.
var hostileTexts = []string{
	"\"", "\"", "{", "}", "(", ")", "[", "]", ";", "\n", " ", "f(a, ", "\r\n", "\r", "\ufeff", "\xff", "\xe0\xae", "𝒳", "👍🏽", "𑿀", "கௌ", "க",
	"செயல் ", "\nசெயல் அ() {\n", "\n}\n", "செயல் ", "முயல் {", "} பிழை {", "} பிழை (e) {", "} இறுதியில் {", "பின்னணி ", "நிறுத்து;", "தொடர்;",
	"நிறுத்து = 1;", "// ", "/", "'", "“", "#", "|", "\\", "1", ".", "..", "=", "=", "எனில்", "சுற்று {", "\nவழி GET, \"/\" {\n", "அச்சு ", "x.", "\x00",
	"எண் ", "வடிவம் அ {\n", "இறக்கு \"அ\";\n", "बि", "(அ < 3) சுற்று { நிறுத்து; }", ",", "\u2028", "பணி அ() {}", "(", "{",
}

// randomEdit makes one edit of a text.
func randomEdit(r *rand.Rand, text string) (start, end int, put string) {
	start = r.IntN(len(text) + 1)
	switch r.IntN(8) {
	case 0:
		start = min(start, r.IntN(40))
	case 1:
		start = max(0, len(text)-r.IntN(40))
	}
	end = start
	switch r.IntN(6) {
	case 0:
		end = min(len(text), start+1)
	case 1:
		end = min(len(text), start+r.IntN(12))
	case 2:
		end = min(len(text), start+r.IntN(300))
	}
	if end == start || r.IntN(2) == 0 {
		put = hostileTexts[r.IntN(len(hostileTexts))]
	}
	if r.IntN(20) == 0 { // a part of the text again
		from := r.IntN(len(text) + 1)
		put = text[from:min(len(text), from+r.IntN(200))]
	}
	return start, end, put
}

// programs are the texts that are edited.
func programs(t testing.TB) (out []string) {
	for _, pattern := range []string{"testdata/trees/*.qmz", "testdata/canonical/*.qmz", "testdata/seed/*.qmz", "../docs/examples/*.qmz", "../docs/examples/*/*.qmz"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			out = append(out, string(read(t, path)))
		}
	}
	broken := strings.Split(string(read(t, "testdata/recover.txt")), "---\n")
	for i := 0; i < len(broken); i += 10 {
		out = append(out, strings.Join(broken[i:min(len(broken), i+10)], "\n"))
	}
	for _, text := range out[:5] {
		out = append(out, byteOrderMark+strings.ReplaceAll(text, "\n", "\r\n"))
	}
	return append(out, nearLimits()...)
}

// nearLimits are programs in which something is counted that has a limit for a whole file.
func nearLimits() []string {
	deep := strings.Repeat("(", MaxDepth-5)
	return []string{
		strings.Repeat("அ = (1 + ;\n", 130), strings.Repeat("எ\u200d", 150), strings.Repeat(";\n", 190), strings.Repeat("ब = 1;\n", 190),
		strings.Repeat("அ = \"\n", 30), strings.Repeat("'அ\n", 30), strings.Repeat("செயல் அ() {\n", MaxDepth-4), strings.Repeat("}\n", 190),
		"அ = " + deep + "1" + strings.ReplaceAll(deep, "(", ")") + ";\nஆ = 2;\n", "{\nசெயல் அ() {\n" + strings.Repeat("அ = [\n", MaxDepth/2),
		strings.Repeat("// \xff\n", 190) + "அ = 1;", "அ = \"\n" + strings.Repeat("ஆ = 1;\n", 100) + "\";\nஇ = \"\";\n",
	}
}

// storm makes random edits of a program and holds every document that is looked at to a whole parse.
func storm(t *testing.T, text string, seed uint64, edits, every int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 6))
	d := NewDocument("x.qmz", text)
	same(t, d)
	for n := range edits {
		start, end, put := randomEdit(r, d.Text())
		next := d.Edit(start, end, put)
		if n%every == 0 {
			if diff := compare(next); diff != "" {
				t.Fatalf("seed %d: %s\nbytes %d to %d become %q in %q", seed, diff, start, end, put, d.Text())
			}
		}
		if d = next; len(d.Text()) > 4000 {
			d = NewDocument("x.qmz", text)
		}
	}
}

// Random hostile edits of each program give what a whole parse gives. The fuzz target makes more.
func TestDocumentEqualsParse(t *testing.T) {
	t.Parallel()
	texts := programs(t)
	if len(texts) < 40 {
		t.Fatalf("only %d programs", len(texts))
	}
	for n, text := range texts {
		storm(t, text, uint64(n), 250, 10)
	}
}

// A text that is too large has no tree, until an edit makes it smaller.
func TestDocumentOfAnySize(t *testing.T) {
	t.Parallel()
	text := "அ = 1;" + strings.Repeat("\n", MaxFileSize-10)
	d := NewDocument("x.qmz", text)
	for range 2 {
		if d = d.Edit(0, 0, "ஆ = 2;"); len(d.File().Stmts) > 0 || d.File().Faults[0].Code != CodeFileSize || d.Stats() != (Stats{}) {
			t.Fatalf("%d statements, faults %v, %+v", len(d.File().Stmts), d.File().Faults, d.Stats())
		}
	}
	if d = d.Edit(0, 2*len("ஆ = 2;"), ""); len(d.File().Stmts) != 1 || len(d.File().Faults) > 0 {
		t.Errorf("%d statements, faults %v", len(d.File().Stmts), d.File().Faults)
	}
}

func FuzzDocument(f *testing.F) {
	for n, text := range programs(f) {
		f.Add(text, uint64(n), uint8(5))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64, edits uint8) {
		if len(text) < 5000 {
			storm(t, text, seed, int(edits%40), 1)
		}
	})
}
