package lsp

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/syntax/position"
)

// Marker tests: each testdata/markers/*/*.txtar is a folder of programs with marks in the text,
//
//	அச்சு ⟦hover⟧கூட்டு(1, 2);
//
// and lines "> verb FILE ARGUMENT…" in the comment above the files, for what has no place. A mark is taken out of the text;
// its verb is run there, in the order of the files, and what the server answers is held to the file @answers, places written
// as line:column in letters with the text that they hold. go test ./lsp -run Markers -update writes it; read the difference.
//
// Every fixture runs in UTF-8, UTF-16 and UTF-32, whose answers have to be the same, and again with its words and names in
// Latin letters (@answers.roman), unless the comment has the line "script: tamil". A line "closed: FILE" leaves a file on disk.
//
// A request adds its verbs to one of the lists of verbs().
var update = flag.Bool("update", false, "write the answers of marker tests")

// verb runs a request at a place and answers what is to be compared.
type verb func(x *fixture, at spot) string

// verbs are all verbs by name.
func verbs() map[string]verb {
	all := map[string]verb{}
	for _, list := range []map[string]verb{
		textVerbs(),
		assistVerbs(),
		actionVerbs(),
		navVerbs(),
	} {
		maps.Copy(all, list)
	}
	return all
}

// spot is a place at which a verb is run.
type spot struct {
	verb string
	args []string
	file string // the file's name in the fixture
	off  int    // in the text, without marks; -1 for a whole file
	to   int    // the end, where the mark has one: ⟦verb⟧…⟦/⟧; else off
}

func TestMarkers(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/markers/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		rel, _ := filepath.Rel("testdata/markers", name)
		t.Run(filepath.ToSlash(strings.TrimSuffix(rel, ".txtar")), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			answers := map[string]string{"@answers": runMarkers(t, archive, false)}
			if !strings.Contains(string(archive.Comment), "script: tamil\n") {
				answers["@answers.roman"] = runMarkers(t, archive, true)
			}
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name[0] == '@' })
				for _, key := range slices.Sorted(maps.Keys(answers)) {
					archive.Files = append(archive.Files, txtar.File{Name: key, Data: []byte(answers[key])})
				}
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, f := range archive.Files {
				if f.Name[0] == '@' && answers[f.Name] != string(f.Data) {
					t.Errorf("%s:\n%s", f.Name, difference(string(f.Data), answers[f.Name]))
				}
				delete(answers, f.Name)
			}
			for key := range answers {
				t.Errorf("no %s; run with -update", key)
			}
		})
	}
}

// difference shows the first line that differs, with some around it.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	part := func(lines []string) string {
		return strings.Join(lines[max(min(i-3, len(lines)), 0):min(i+8, len(lines))], "\n")
	}
	return fmt.Sprintf("line %d\n--- want\n%s\n--- got\n%s", i+1, part(w), part(g))
}

// runMarkers runs an archive in every encoding and answers what all of them say.
func runMarkers(t *testing.T, archive *txtar.Archive, roman bool) string {
	t.Helper()
	first := ""
	for i, enc := range []protocol.PositionEncodingKind{"utf-16", "utf-8", "utf-32"} {
		got := newFixture(t, archive, enc, roman).run()
		switch {
		case i == 0:
			first = got
		case got != first:
			t.Errorf("%s answers otherwise than utf-16:\n%s", enc, difference(first, got))
		}
	}
	return first
}

// fixture is a marker test in one encoding and script, with the client that runs it.
type fixture struct {
	t     *testing.T
	c     *client
	dir   string
	enc   position.Encoding
	texts map[string]string
	maps  map[string]*position.Map
	spots []spot
}

func newFixture(t *testing.T, archive *txtar.Archive, enc protocol.PositionEncodingKind, roman bool) *fixture {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	x := &fixture{t: t, dir: dir, texts: map[string]string{}, maps: map[string]*position.Map{}}
	x.enc = map[protocol.PositionEncodingKind]position.Encoding{"utf-8": position.UTF8, "utf-16": position.UTF16, "utf-32": position.UTF32}[enc]
	closed := map[string]bool{}
	settings := "null"
	var after []spot
	for line := range strings.Lines(string(archive.Comment)) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "closed: "); ok {
			closed[rest] = true
		} else if rest, ok := strings.CutPrefix(line, "settings: "); ok {
			settings = rest
		} else if rest, ok := strings.CutPrefix(line, "> "); ok {
			f := strings.Fields(rest)
			s := spot{verb: f[0], off: -1}
			if len(f) > 1 {
				s.file, s.args = f[1], f[2:]
			}
			after = append(after, s)
		}
	}
	var order []string
	for _, f := range archive.Files {
		if f.Name[0] != '@' {
			x.add(f.Name, string(f.Data), roman)
			order = append(order, f.Name)
		}
	}
	x.spots = append(x.spots, after...)
	x.c = connect(t, Options{})
	x.c.settings = settings
	x.c.initialize(fmt.Sprintf(allCaps, enc), dir)
	x.c.scanned()
	x.c.eventually("the settings", x.c.server.pulled.Load)
	for _, name := range order {
		if !closed[name] && strings.HasSuffix(name, ".qmz") {
			x.c.openText(filepath.Join(dir, name), x.texts[name])
		}
	}
	return x
}

var mark = regexp.MustCompile(`⟦([^⟧]*)⟧`)

// add takes the marks out of a file, writes it to disk and notes the marks' places.
func (x *fixture) add(name, marked string, roman bool) {
	x.t.Helper()
	var text strings.Builder
	var spots []spot
	end := 0
	for _, m := range mark.FindAllStringSubmatchIndex(marked, -1) {
		text.WriteString(marked[end:m[0]])
		end = m[1]
		words := strings.Fields(marked[m[2]:m[3]])
		if len(words) == 1 && words[0] == "/" {
			spots[len(spots)-1].to = text.Len()
			continue
		}
		spots = append(spots, spot{verb: words[0], args: words[1:], file: name, off: text.Len(), to: text.Len()})
	}
	text.WriteString(marked[end:])
	plain := text.String()
	if strings.Contains(plain, "⟨BOM⟩") {
		x.t.Fatal("write the byte order mark itself")
	}
	if roman && strings.HasSuffix(name, ".qmz") {
		r := romanise(name, plain)
		for i := range spots {
			spots[i].off, spots[i].to = r.place(spots[i].off), r.place(spots[i].to)
		}
		plain = r.text
	}
	at := filepath.Join(x.dir, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		x.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(plain), 0o644); err != nil {
		x.t.Fatal(err)
	}
	x.texts[name], x.maps[name] = plain, position.NewMap(plain)
	x.spots = append(x.spots, spots...)
}

// run runs all verbs and writes down what they answer.
func (x *fixture) run() string {
	x.t.Helper()
	known := verbs()
	var out strings.Builder
	for _, s := range x.spots {
		run := known[s.verb]
		if run == nil {
			x.t.Fatalf("there is no verb %q", s.verb)
		}
		fmt.Fprintf(&out, "== %s", strings.Join(append([]string{s.verb}, s.args...), " "))
		if s.file != "" {
			fmt.Fprintf(&out, " %s", s.file)
		}
		if s.off >= 0 {
			out.WriteString(" " + x.placeName(s.file, s.off))
		}
		out.WriteString("\n" + strings.TrimSuffix(run(x, s), "\n") + "\n")
	}
	return out.String()
}
