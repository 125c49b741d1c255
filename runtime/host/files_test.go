package host

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
)

func TestFileWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := Env{Dir: dir}
	check(t, e, []row{
		{"கோப்பு_உள்ளதா", list("அ.txt"), "false"},
		{"கோப்பு_சேமி", list("அ.txt", "வணக்கம்"), "சரி(21)"},
		{"kOppu_cEmi", list("அ.txt", "𝒳"), "சரி(4)"},
		{"கோப்பு_சேமி", list("b", list(1, nil)), "சரி(8)"},
		{"கோப்பு_உள்ளதா", list("அ.txt"), "true"},
		{"kOppu_uLLaqA", list("."), "true"},
		{"கோப்பு_உள்ளதா", list(filepath.Join(dir, "b")), "true"},
		{"கோப்பகம்_படி", list("."), "சரி([b, அ.txt])"},
		{"kOppakam_pati", list("இல்லை"), "தவறு(கோப்பு \"இல்லை\": இல்லை  (file \"இல்லை\": does not exist))"},
		{"கோப்பு_விவரம்", list("இல்லை"), "தவறு(கோப்பு \"இல்லை\": இல்லை…"},
		{"கோப்பு_விவரம்", list("b"), "சரி({அளவு: 8, மாற்றம்: 1…"},
		{"kOppu_vivaram", list("."), "சரி({அளவு: …"},
		{"கோப்பு_சேமி", list("கௌ/x", "1"), "தவறு(கோப்பு \"கௌ/x\": இல்லை  (file \"கௌ/x\": does not exist))"},
		{"கோப்பு_சேமி", list(".", "1"), "தவறு(கோப்பு \".\": …"},
		{"கோப்பு_சேமி", list("", "1"), "தவறு(கோப்பு \"\": …"},
		{"கோப்பு_உள்ளதா", list("a\x00b"), "false"},
		{"கோப்பகம்_படி", list("."), "சரி([b, அ.txt])"},
	})
	v, err := do(t, e, "கோப்பு_விவரம்", ".")
	if err != nil || at(v.Inner(), "வகை").Text() != "கோப்பகம்" {
		t.Errorf("கோப்பு_விவரம்(\".\") = %s, %v", v.Display(), err)
	}
}

// Saving follows a link, keeps the permissions and leaves nothing else in the folder.
func TestSaveKeepsTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := Files{Dir: dir}
	target, link := filepath.Join(dir, "கோப்பு"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(target, []byte("old"), 0o640), os.Symlink("கோப்பு", link)); err != nil {
		t.Fatal(err)
	}
	if err := f.Save("link", "கௌ"); err != nil {
		t.Fatal(err)
	}
	got, errRead := os.ReadFile(target)
	info, errStat := os.Lstat(link)
	mode, errMode := os.Stat(target)
	entries, errDir := os.ReadDir(dir)
	if err := errors.Join(errRead, errStat, errMode, errDir); err != nil {
		t.Fatal(err)
	}
	if string(got) != "கௌ" || info.Mode()&fs.ModeSymlink == 0 || mode.Mode().Perm() != 0o640 || len(entries) != 2 {
		t.Errorf("content %q, link %v, mode %v, %d entries", got, info.Mode(), mode.Mode(), len(entries))
	}
	if err := f.Save(os.DevNull, "x"); err != nil {
		t.Errorf("saving to %s: %v", os.DevNull, err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s became a file: %v", os.DevNull, err)
	}
}

func TestFileStatements(t *testing.T) {
	t.Parallel()
	f := Files{Dir: t.TempDir()}
	read := func(want string) {
		t.Helper()
		if got, err := f.Read("q.txt", nil); err != nil || got != want {
			t.Errorf("read %q, %v, want %q", got, err, want)
		}
	}
	steps := []error{f.Append("q.txt", "1"), f.Append("q.txt", "கௌ\n")}
	read("1\nகௌ")
	steps = append(steps, f.Truncate("q.txt"))
	read("")
	steps = append(steps, f.Save("q.txt", "h1,h2\r\n1,2\r\n"))
	read("h1,h2\r\n1,2\r")
	if err := errors.Join(steps...); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]int{"": 0, "\n\n": 0, "தலைப்பு": 0, "h\n1\n \n2": 2, "h\r\n1\r\n": 1} {
		if err := f.Save("r.csv", text); err != nil {
			t.Fatal(err)
		}
		if n, err := f.CountRows("r.csv", nil); err != nil || n != want {
			t.Errorf("CountRows of %q = %d, %v", text, n, err)
		}
	}
}

func TestFileStatementFaults(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := Files{Dir: dir}
	if err := os.WriteFile(filepath.Join(dir, "bin"), []byte("கௌ\xff"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, none := f.Read("none.txt", nil)
	_, binary := f.Read("bin", nil)
	_, folder := f.Read(".", nil)
	_, rows := f.CountRows("none.csv", nil)
	for _, c := range []struct {
		err  error
		want string
	}{
		{none, "E0383: கோப்பு_படி, none.txt, இல்லை (does not exist)"},
		{binary, "E0384: கோப்பு_படி, bin, 6"},
		{folder, "E0383: கோப்பு_படி, ., இது ஒரு கோப்பகம் (is a folder)"},
		{rows, "E0383: தரவுரை_படி, none.csv, இல்லை (does not exist)"},
		{f.Append("x/y", "1"), "E0383: கோப்பு_எழுது, x/y, இல்லை (does not exist)"},
		{f.Truncate("."), "E0383: கோப்பு_திற, ., "},
	} {
		var fault *value.Error
		if !errors.As(c.err, &fault) || !strings.HasPrefix(c.err.Error(), c.want) {
			t.Errorf("%v, want %s", c.err, c.want)
		}
	}
}

// Reading asks for the memory step by step, so that an endless file ends at the limit.
func TestReadIsCharged(t *testing.T) {
	t.Parallel()
	f := Files{Dir: t.TempDir()}
	if err := f.Save("big", strings.Repeat("அ", readStep)); err != nil {
		t.Fatal(err)
	}
	asked := 0
	_, err := f.Read("big", func(n int) error {
		if asked += n; asked > readStep {
			return errMemory
		}
		return nil
	})
	if err != errMemory || asked != 2*readStep {
		t.Errorf("read %d bytes, then %v", asked, err)
	}
}
