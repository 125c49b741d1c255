package host

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A confined program reaches nothing outside its folder: by "..", an absolute name, or a link.
func TestConfined(t *testing.T) {
	t.Parallel()
	outside := t.TempDir()
	dir := filepath.Join(outside, "வீடு")
	at := func(name string) string { return filepath.Join(dir, name) }
	err := errors.Join(os.Mkdir(dir, 0o755), os.WriteFile(filepath.Join(outside, "இரகசியம்"), []byte("1"), 0o644), os.Mkdir(at("உள்"), 0o755),
		os.Symlink("../இரகசியம்", at("link")), os.Symlink(outside, at("up")), os.Symlink("../புதியது", at("new")),
		os.Symlink("உள்", at("in")), os.Symlink("உள்/கௌ", at("inner")), os.Symlink("loop", at("loop")))
	if err != nil {
		t.Fatal(err)
	}
	e := Env{Dir: dir, Confined: true}
	for _, name := range []string{"../இரகசியம்", "உள்/../../இரகசியம்", filepath.Join(outside, "இரகசியம்"), "link", "up/இரகசியம்", "new", "/etc/passwd"} {
		for _, got := range []string{
			result(t, e, "கோப்பு_படி", name), result(t, e, "கோப்பு_சேமி", name, "x"), result(t, e, "கோப்பு_எழுது", name, "x"),
			result(t, e, "கோப்பு_திற", name, "write"), result(t, e, "கோப்பு_விவரம்", name), result(t, e, "தரவுரை_படி", name),
			result(t, e, "பொதி_படி", name, "x"), result(t, e, "கோப்பகம்_படி", name), result(t, e, "பொதி_மாற்று", name, "y", fields{}),
		} {
			if !strings.Contains(got, "is outside the program's folder") && !strings.Contains(got, "does not exist") {
				t.Errorf("%s: %s", name, got)
			}
		}
		if got := result(t, e, "கோப்பு_உள்ளதா", name); got != "false" {
			t.Errorf("%s is there: %s", name, got)
		}
	}
	left, err := filepath.Glob(filepath.Join(outside, "*"))
	secret, errRead := os.ReadFile(filepath.Join(outside, "இரகசியம்"))
	if err := errors.Join(err, errRead); err != nil || len(left) != 2 || string(secret) != "1" {
		t.Errorf("outside there is %v, %q, %v", left, secret, err)
	}
	check(t, e, []row{
		{"கோப்பு_சேமி", list("in/அ", "𝒳"), "சரி(4)"},
		{"கோப்பு_படி", list(at("உள்/அ")), "𝒳"},
		{"கோப்பு_சேமி", list("inner", "கௌ"), "சரி(6)"},
		{"கோப்பு_எழுது", list("inner", "!"), "nil"},
		{"கோப்பு_படி", list("./உள்/கௌ"), "கௌ!"},
		{"கோப்பகம்_படி", list("உள்"), "சரி([அ, கௌ])"},
		{"கோப்பகம்_படி", list("."), "சரி([in, inner, link, loop, new, up, உள்])"},
		{"கோப்பு_சேமி", list("loop", "x"), "தவறு(கோப்பு \"loop\": தன்னையே சுட்டும் இணைப்பு…"},
		{"கோப்பு_சேமி", list("", "x"), "தவறு(கோப்பு \"\": இல்லை…"},
		{"கோப்பு_படி", list("உள்"), "! E0383: கோப்பு_படி, உள், இது ஒரு கோப்பகம் (is a folder)"},
	})
}

// What other packages use of a world does as its words do.
func TestEnvFiles(t *testing.T) {
	t.Parallel()
	e := Env{Dir: t.TempDir(), Confined: true}
	broken := errors.New("முறிந்தது")
	write := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, errWrite := io.WriteString(w, text)
			return errors.Join(errWrite, err)
		}
	}
	if err := e.SaveFile("அ", write("பழைய", nil)); err != nil {
		t.Fatal(err)
	}
	if err := e.SaveFile("அ", write("புதி", broken)); !errors.Is(err, broken) {
		t.Errorf("a broken upload: %v", err)
	}
	file, err := e.OpenFile("அ")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil || string(text) != "பழைய" {
		t.Errorf("the file holds %q, %v", text, err)
	}
	_, err = e.OpenFile("../x")
	if got := FileFailed("../x", err).Display(); !strings.Contains(got, "outside the program's folder") || !strings.Contains(got, "வெளியே") {
		t.Errorf("opening ../x: %s", got)
	}
}

// Links are followed as the system does: one that leads nowhere yet makes the file it names.
func TestSaveThroughLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	err := errors.Join(os.MkdirAll(at("a/b"), 0o755), os.Symlink("a/b", at("link")), os.Symlink("../../x", at("a/b/up")), os.Symlink("link/../கௌ", at("odd")))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []Env{{Dir: dir}, {Dir: dir, Confined: true}} {
		check(t, e, []row{
			{"கோப்பு_சேமி", list("link/up", "1"), "சரி(1)"},
			{"கோப்பு_படி", list("x"), "1"},
			{"கோப்பு_சேமி", list("odd", "2"), "சரி(1)"},
			{"கோப்பு_படி", list("a/கௌ"), "2"}, // ".." of where the link leads
		})
		if err := errors.Join(os.Remove(at("x")), os.Remove(at("a/கௌ"))); err != nil {
			t.Fatal(err)
		}
	}
}
