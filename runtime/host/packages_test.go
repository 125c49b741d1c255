package host

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// entry is one file of a package.
type entry struct{ name, text string }

// pack writes a zip file; the first entry is stored when it is mimetype.
func pack(t *testing.T, path string, entries ...entry) {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		method := zip.Deflate
		if e.name == "mimetype" {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: method, Modified: time.Unix(1_700_000_000, 0)})
		if err == nil {
			_, err = io.WriteString(f, e.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.SetComment("குறிப்பு"), w.Close(), os.WriteFile(path, out.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// contents are the entries of a zip file in order, checked by the standard reader.
func contents(t *testing.T, path string) string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	out := r.Comment
	for _, f := range r.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body)
		if err := errors.Join(err, body.Close()); err != nil {
			t.Fatal(f.Name, err)
		}
		out += fmt.Sprintf("|%s=%s", f.Name, text)
	}
	return out
}

func TestPackages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := Env{Dir: dir}
	pack(t, filepath.Join(dir, "அ.odt"), entry{"mimetype", "application/x"}, entry{"content.xml", "பழையது"},
		entry{"படங்கள்/", ""}, entry{"படங்கள்/கௌ.txt", "𝒳 👍🏽"}, entry{"bin", "\xff\xfe"})
	if err := os.WriteFile(filepath.Join(dir, "no.zip"), []byte("PK not at all"), 0o644); err != nil {
		t.Fatal(err)
	}
	check(t, e, []row{
		{"பொதி_படி", list("அ.odt", "content.xml"), "சரி(பழையது)"},
		{"poqi_pati", list("அ.odt", "படங்கள்/கௌ.txt"), "சரி(𝒳 👍🏽)"},
		{"_packageRead", list("அ.odt", "mimetype"), "சரி(application/x)"},
		{"பொதி_படி", list("அ.odt", "இல்லை"), "தவறு(பொதி \"அ.odt\", உள்ளீடு \"இல்லை\": இந்த உள்ளீடு இல்லை  (package \"அ.odt\", entry \"இல்லை\": there is no such entry))"},
		{"பொதி_படி", list("அ.odt", "bin"), "தவறு(பொதி \"அ.odt\", உள்ளீடு \"bin\": உள்ளீடு UTF-8 உரை அல்ல…"},
		{"பொதி_படி", list("no.zip", "x"), "தவறு(பொதி \"no.zip\", உள்ளீடு \"x\": இது zip பொதி அல்ல…"},
		{"பொதி_படி", list("none", "x"), "தவறு(கோப்பு \"none\": இல்லை…"},
		{"பொதி_படி", list(".", "x"), "தவறு(கோப்பு \".\": இது ஒரு கோப்பகம்…"},
		{"பொதி_மாற்று", list("அ.odt", "b.odt", fields{"content.xml", "புதியது", "mimetype", "application/y"}), "சரி(5)"},
		{"பொதி_மாற்று", list("அ.odt", "c.odt", fields{"content.xml", "x", "இல்லை", 1}), "தவறு(பொதி \"அ.odt\", உள்ளீடு \"இல்லை\": இந்த…"},
		{"பொதி_மாற்று", list("அ.odt", "x/y", fields{}), "தவறு(கோப்பு \"x/y\": இல்லை…"},
		{"பொதி_மாற்று", list("none", "c.odt", fields{}), "தவறு(கோப்பு \"none\": இல்லை…"},
		{"பொதி_மாற்று", list("அ.odt", "c.odt", list()), "! E0371: பொதி_மாற்று, 3, an array"},
		{"கோப்பு_உள்ளதா", list("c.odt"), "false"},
		{"poqi_mARRu", list("b.odt", "b.odt", fields{"content.xml", list(1, "அ")}), "சரி(5)"},
	})
	want := "குறிப்பு|mimetype=application/y|content.xml=[1, அ]|படங்கள்/=|படங்கள்/கௌ.txt=𝒳 👍🏽|bin=\xff\xfe"
	if got := contents(t, filepath.Join(dir, "b.odt")); got != want {
		t.Errorf("b.odt holds %q, want %q", got, want)
	}
	// A document's type must be readable at a fixed place: 30 bytes of header, the name, the text.
	raw, err := os.ReadFile(filepath.Join(dir, "b.odt"))
	if err != nil || string(raw[30:51]) != "mimetypeapplication/y" {
		t.Errorf("b.odt begins with %q, %v", raw[:60], err)
	}
	if names, err := filepath.Glob(filepath.Join(dir, ".etamil-*")); err != nil || len(names) > 0 {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

// Packages made to do harm are refused with a reason.
func TestHostilePackages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	pack(t, at("up.zip"), entry{"../../etc/x", "1"}, entry{"a", "1"})
	pack(t, at("root.zip"), entry{"/etc/x", "1"}, entry{"a", "1"})
	pack(t, at("back.zip"), entry{`..\x`, "1"}, entry{"a", "1"})
	pack(t, at("twice.zip"), entry{"a", "1"}, entry{"a", "2"})
	pack(t, at("bomb.zip"), entry{"a", strings.Repeat("\x00", 2<<20)})
	many := make([]entry, 0, 1500)
	for i := range cap(many) {
		many = append(many, entry{fmt.Sprintf("%050d", i), ""})
	}
	pack(t, at("many.zip"), many...)
	whole, err := os.ReadFile(at("twice.zip"))
	if err := errors.Join(err, os.WriteFile(at("broken.zip"), whole[:len(whole)/2], 0o644)); err != nil {
		t.Fatal(err)
	}
	for name, reason := range map[string]string{
		"up.zip": "leads out", "root.zip": "leads out", "back.zip": "leads out", "twice.zip": "there twice",
		"bomb.zip": "larger than 64 MB", "many.zip": "list of entries is too long", "broken.zip": "no zip file",
	} {
		h := newHost(Env{Dir: dir})
		h.packages = packageLimits{entry: 1 << 20, directory: 100_000}
		read, err := packageRead(&call{host: h, machine: &meter{left: math.MaxInt}, word: "packageRead", args: vals(name, "a")})
		wrote, errWrite := packageWrite(&call{host: h, machine: &meter{left: math.MaxInt}, word: "packageWrite", args: vals(name, "out.zip", fields{"a", "1"})})
		if err := errors.Join(err, errWrite); err != nil {
			t.Fatal(err)
		}
		if name == "bomb.zip" {
			wrote = read // its entry is replaced unread
		}
		for _, got := range []string{read.Display(), wrote.Display()} {
			if !strings.HasPrefix(got, "தவறு(") || !strings.Contains(got, reason) {
				t.Errorf("%s: %.200s", name, got)
			}
		}
	}
	if info, err := os.Stat(at("bomb.zip")); err != nil || info.Size() > 10_000 {
		t.Errorf("the bomb is no bomb: %v, %v", info, err)
	}
	// One that says it is small is found out while it is unpacked.
	raw, err := os.ReadFile(at("bomb.zip"))
	size := binary.LittleEndian.AppendUint32(nil, 2<<20)
	if n := bytes.Count(raw, size); err != nil || n == 0 {
		t.Fatalf("%d sizes, %v", n, err)
	}
	if err := os.WriteFile(at("liar.zip"), bytes.ReplaceAll(raw, size, []byte{10, 0, 0, 0}), 0o644); err != nil {
		t.Fatal(err)
	}
	h := newHost(Env{Dir: dir})
	h.packages.entry = 1 << 20
	m := &meter{left: 3 << 20}
	v, err := packageRead(&call{host: h, machine: m, word: "packageRead", args: vals("liar.zip", "a")})
	if err != nil || v.Kind() != value.ErrKind || m.left < 1<<20 {
		t.Errorf("a liar: %.200s, %v, %d bytes left", v.Display(), err, m.left)
	}
}

// A damaged entry is found out by its checksum, a locked one by its flag.
func TestDamagedEntries(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "z.zip")
	pack(t, path, entry{"mimetype", "வணக்கம்"})
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged, locked := bytes.Clone(raw), bytes.Clone(raw)
	damaged[bytes.Index(raw, []byte("வணக்கம்"))+2] ^= 1
	locked[bytes.Index(raw, []byte("PK\x01\x02"))+8] |= encrypted
	err = errors.Join(os.WriteFile(filepath.Join(dir, "d.zip"), damaged, 0o644), os.WriteFile(filepath.Join(dir, "l.zip"), locked, 0o644))
	if err != nil {
		t.Fatal(err)
	}
	check(t, Env{Dir: dir}, []row{
		{"பொதி_படி", list("d.zip", "mimetype"), "தவறு(பொதி \"d.zip\", உள்ளீடு \"mimetype\": உள்ளீடு சிதைந்தது…"},
		{"பொதி_படி", list("l.zip", "mimetype"), "தவறு(பொதி \"l.zip\", உள்ளீடு \"mimetype\": உள்ளீடு கடவுச்சொல்லால்…"},
	})
}

// Unpacking asks for the memory, and writing stops with the run.
func TestPackageLimits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pack(t, filepath.Join(dir, "z.zip"), entry{"a", strings.Repeat("அ", 10_000)})
	e := Env{Dir: dir}
	_, err := packageRead(&call{host: newHost(e), machine: &meter{left: 100}, word: "packageRead", args: vals("z.zip", "a")})
	if !errors.Is(err, errMemory) {
		t.Errorf("with 100 bytes left: %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	m := &meter{left: math.MaxInt, ctx: ctx}
	_, err = packageWrite(&call{host: newHost(e), machine: m, word: "packageWrite", args: vals("z.zip", "y.zip", fields{})})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("in a stopped run: %v", err)
	}
	if names, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(names) != 1 {
		t.Errorf("the folder holds %v, %v", names, err)
	}
}
