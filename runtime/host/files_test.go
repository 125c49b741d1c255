package host

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	f := files{dir: dir}
	target, link := filepath.Join(dir, "கோப்பு"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(target, []byte("old"), 0o640), os.Symlink("கோப்பு", link)); err != nil {
		t.Fatal(err)
	}
	if err := f.save("link", "கௌ"); err != nil {
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
	if err := f.save(os.DevNull, "x"); err != nil {
		t.Errorf("saving to %s: %v", os.DevNull, err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s became a file: %v", os.DevNull, err)
	}
}

// Reading asks for the memory step by step, so that an endless file ends at the limit.
func TestReadIsCharged(t *testing.T) {
	t.Parallel()
	f := files{dir: t.TempDir()}
	if err := f.save("big", strings.Repeat("அ", readStep)); err != nil {
		t.Fatal(err)
	}
	asked := 0
	_, err := f.read("big", func(n int) error {
		if asked += n; asked > readStep {
			return errMemory
		}
		return nil
	})
	if !errors.Is(err, chargeError{errMemory}) || asked != 2*readStep {
		t.Errorf("read %d bytes, then %v", asked, err)
	}
}
