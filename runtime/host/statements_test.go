package host

import (
	"bufio"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestFileStatements(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bin"), []byte("கௌ\xff"), 0o600); err != nil {
		t.Fatal(err)
	}
	check(t, Env{Dir: dir}, []row{
		{"கோப்பு_எழுது", list("q.txt", 1), "nil"},
		{"kOppu_ezuqu", list("q.txt", "கௌ 𝒳\n"), "nil"},
		{"தரவுரை_எழுது", list("q.txt", list("a", nil)), "nil"},
		{"கோப்பு_படி", list("q.txt"), "1\nகௌ 𝒳\n\n[a, nil]"},
		{"தரவுரை_படி", list("q.txt"), "2"},
		{"கோப்பு_திற", list("q.txt"), "nil"},
		{"கோப்பு_திற", list("q.txt", "weird"), "nil"},
		{"கோப்பு_மூடு", list("இல்லை"), "nil"},
		{"kOppu_pati", list("q.txt"), "1\nகௌ 𝒳\n\n[a, nil]"},
		{"kOppu_qiRa", list("q.txt", "Write"), "nil"},
		{"கோப்பு_படி", list("q.txt"), ""},
		{"தரவுரை_படி", list("q.txt"), "0"},
		{"கோப்பு_சேமி", list("q.txt", "h1,h2\r\n1,2\r\n\n"), "சரி(13)"},
		{"கோப்பு_படி", list("q.txt"), "h1,h2\r\n1,2\r"},
		{"தரவுரை_படி", list("q.txt"), "1"},

		{"கோப்பு_படி", list("none.txt"), "! E0383: கோப்பு_படி, none.txt, இல்லை (does not exist)"},
		{"கோப்பு_படி", list("bin"), "! E0384: கோப்பு_படி, bin, 6"},
		{"கோப்பு_படி", list("."), "! E0383: கோப்பு_படி, ., இது ஒரு கோப்பகம் (is a folder)"},
		{"தரவுரை_படி", list("none.csv"), "! E0383: தரவுரை_படி, none.csv, இல்லை (does not exist)"},
		{"கோப்பு_எழுது", list("x/y", 1), "! E0383: கோப்பு_எழுது, x/y, இல்லை (does not exist)"},
		{"தரவுரை_எழுது", list("x/y", 1), "! E0383: தரவுரை_எழுது, x/y, இல்லை (does not exist)"},
		{"கோப்பு_திற", list(".", "write"), "! E0383: கோப்பு_திற, ., …"},
	})
}

func TestInput(t *testing.T) {
	t.Parallel()
	m := &meter{left: math.MaxInt, in: bufio.NewReaderSize(strings.NewReader(
		"கௌ\r\n\n  𝒳 👍🏽\t\n"+strings.Repeat("அ", 100)+"\n\xff\nlast"), 16)}
	c := &call{host: newHost(Env{}), machine: m, word: "Input"}
	for _, want := range []string{"கௌ", "", "𝒳 👍🏽", strings.Repeat("அ", 100), "E0384: உள்ளிடு, stdin, 0", "last", "", ""} {
		v, err := input(c)
		got := v.Text()
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("உள்ளிடு = %q, want %q", got, want)
		}
	}
	if m.flushed < 3 {
		t.Errorf("the output was written %d times", m.flushed)
	}
}

func TestInputFails(t *testing.T) {
	t.Parallel()
	broken := bufio.NewReader(iotest.ErrReader(errors.New("wire cut")))
	_, err := input(&call{host: newHost(Env{}), machine: &meter{left: 10, in: broken}, word: "Input"})
	if err == nil || err.Error() != "E0388: உள்ளிடு, wire cut" {
		t.Errorf("a broken input: %v", err)
	}
	endless := bufio.NewReader(strings.NewReader(strings.Repeat("க", 10_000)))
	_, err = input(&call{host: newHost(Env{}), machine: &meter{left: 5000, in: endless}, word: "Input"})
	if !errors.Is(err, errMemory) {
		t.Errorf("an endless line: %v", err)
	}
}

func TestResponse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		word string
		args []any
		want string // status, body, headers
	}{
		{"Response", list(404, fields{"அ", "கௌ"}), "404|{அ: கௌ}|nil"},
		{"Response", list("x", "𝒳", fields{"A", 1}), "x|𝒳|{A: 1}"},
		{"JSONBody", list("[1]"), "200|[1]|{Content-Type: application/json}"},
		{"JSONBody", list("", 201), "201||{Content-Type: application/json}"},
	} {
		m := &meter{left: math.MaxInt}
		_, err := responseWords[c.word].fn(&call{host: newHost(Env{}), machine: m, word: c.word, args: vals(c.args...)})
		got := m.globals[ResponseStatus] + "|" + m.globals[ResponseBody] + "|" + m.globals[ResponseHeaders]
		if err != nil || got != c.want {
			t.Errorf("%s(%v) set %s, %v, want %s", c.word, c.args, got, err, c.want)
		}
	}
	check(t, Env{}, []row{{"ஜேசான்_உரை", list(list(1)), "! E0389: ஜேசான்_உரை, an array"}})
}
