package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

// program is one source of the corpus.
type program struct {
	name string
	src  []byte
}

// corpus are all programs of the repository: files, conformance cases and the befores of the pairs.
func corpus(t testing.TB) []program {
	t.Helper()
	var all []program
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		switch filepath.Ext(name) {
		case ".qmz":
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			for i, part := range bytes.Split(src, []byte(between)) {
				all = append(all, program{name + "#" + strconv.Itoa(i), part})
			}
		case ".jsonl":
			cases, err := sources(name)
			all = append(all, cases...)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 300 {
		t.Fatalf("only %d programs found", len(all))
	}
	return all
}

// sources reads the programs of a file of JSON lines.
func sources(name string) ([]program, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []program
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		var c struct{ Src, Source, Program string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, err
		}
		all = append(all, program{name + ":" + strconv.Itoa(n), []byte(c.Src + c.Source + c.Program)})
	}
	return all, lines.Err()
}

// TestCorpus formats every program, at several widths: the answer is verified, and formatting it again changes nothing.
func TestCorpus(t *testing.T) {
	t.Parallel()
	formatted := 0
	for _, p := range corpus(t) {
		for _, width := range []int{40, 100, 1 << 20} {
			if hold(t, p.name, p.src, Options{Width: width}) {
				formatted++
			}
		}
	}
	if formatted < 900 {
		t.Errorf("only %d programs had no syntax error", formatted)
	}
}

// hold tests what must hold for any source. It answers whether it is a program.
func hold(t testing.TB, name string, src []byte, opt Options) bool {
	t.Helper()
	once, err := Source(name, src, opt)
	var broken *SyntaxError
	if errors.As(err, &broken) {
		if !syntax.Parse(name, src).HasErrors() {
			t.Errorf("%s: refused without a syntax error", name)
		}
		return false
	}
	if err != nil {
		t.Errorf("%v\n%s", err, src)
		return true
	}
	if was, is := silenced(src), silenced(once); was != is {
		t.Errorf("%s: ignore comments speak of other lines\n--- source\n%s\n--- laid out\n%s\n%s\n%s", name, src, once, was, is)
	}
	twice, err := Source(name, once, opt)
	if err != nil {
		t.Errorf("again: %v\n%s", err, once)
	} else if !bytes.Equal(once, twice) {
		t.Errorf("%s (width %d): not idempotent\n--- before\n%s\n--- once\n%s\n--- twice\n%s", name, opt.Width, src, once, twice)
	}
	return true
}

// silenced are the tokens that start on the lines of which ignore comments speak.
func silenced(src []byte) string {
	f := syntax.Parse("", src)
	var lines []int
	end := 0
	for i := range f.Tokens {
		at := f.Tokens[i].Pos.Offset
		for _, c := range readGap(f.Src[end:at], i == 0, nil).comments {
			line := at
			if !c.own {
				line = end
			}
			if silences(c.text) {
				lines = append(lines, strings.Count(f.Src[:line], "\n"))
			}
		}
		end = at + len(f.Tokens[i].Value)
	}
	var b strings.Builder
	for _, line := range lines {
		for i := range f.Tokens[:len(f.Tokens)-1] {
			if strings.Count(f.Src[:f.Tokens[i].Pos.Offset], "\n") == line {
				b.WriteString(f.Tokens[i].Value + "·")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
