package repl_test

import (
	"bytes"
	"context"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/repl"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// update tells whether the transcripts are to be written as they are now. The flag is teatest's.
func update() bool { return flag.Lookup("update").Value.String() == "true" }

// TestTranscripts runs every conversation of testdata/sessions: what is typed is its section in, the transcript its
// section out; other sections are files that entries may import, and wrote(NAME) is a file that the conversation wrote.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/sessions/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d conversations %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(raw)
			got := txtar.Format(converse(t, a))
			if update() {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if !bytes.Equal(got, raw) {
				t.Errorf("got\n%s\nwant\n%s", got, raw)
			}
		})
	}
}

// converse holds a conversation and answers its archive with what came out.
func converse(t *testing.T, a *txtar.Archive) *txtar.Archive {
	t.Helper()
	world := fstest.MapFS{}
	out := &txtar.Archive{Comment: a.Comment}
	var in string
	for _, f := range a.Files {
		switch {
		case f.Name == "in":
			in = string(f.Data)
		case f.Name == "out" || strings.HasPrefix(f.Name, "wrote("):
			continue
		default:
			world[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		out.Files = append(out.Files, f)
	}
	s, wrote := session(t, world, strings.TrimSpace(string(a.Comment)))
	var shown bytes.Buffer
	status, failed, err := s.Plain(context.Background(), strings.NewReader(in), &shown, repl.PlainOptions{Prompt: "> ", Continue: "… ", Echo: true})
	if err != nil {
		t.Fatal(err)
	}
	text := times.ReplaceAllString(shown.String(), "#s")
	if status != 0 || failed != 0 {
		text = strings.TrimSuffix(text, "> ") + "(status " + string(rune('0'+status)) + ", failed " + string(rune('0'+failed)) + ")\n"
	} else {
		text = strings.TrimSuffix(text, "> ")
	}
	out.Files = append(out.Files, txtar.File{Name: "out", Data: []byte(text)})
	for name, data := range wrote {
		out.Files = append(out.Files, txtar.File{Name: "wrote(" + name + ")", Data: []byte(data)})
	}
	return out
}

// times are durations, which are never the same twice.
var times = regexp.MustCompile(`\d+(\.\d+)?(ns|µs|ms|s)\b`)

// session makes a conversation in the language that a comment names, "ta", "en" or both.
func session(t *testing.T, world fstest.MapFS, lang string) (*repl.Session, map[string]string) {
	t.Helper()
	dbs := data.NewDatabases("", data.Options{})
	db := dbs.Session()
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if err := dbs.Close(); err != nil {
			t.Error(err)
		}
	})
	natives := host.Core()
	all := vm.Natives{}
	maps.Copy(all, natives)
	maps.Copy(all, data.Words())
	l := diag.Both
	if first, _, _ := strings.Cut(lang, "\n"); first != "" {
		var ok bool
		if l, ok = diag.ParseLang(first); !ok {
			t.Fatalf("language %q", first)
		}
	}
	wrote := map[string]string{}
	return repl.New(repl.Options{
		Lang: l, Natives: all, Source: module.FS(world), Machine: vm.Options{Fuel: 1_000_000},
		Around: func(ctx context.Context) context.Context { return data.With(ctx, db) },
		Host: repl.Host{
			Write: func(path, text string) error { wrote[path] = text; return nil },
			Edit:  func(_ context.Context, text string) (string, error) { return strings.ReplaceAll(text, "1", "2"), nil },
		},
	}), wrote
}
