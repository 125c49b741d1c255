package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// TestDrift holds the files of editors/ to what syntax/words says now.
func TestDrift(t *testing.T) {
	t.Parallel()
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("editors/%s is out of date; run: go generate ./editors/gen", name)
		}
	}
}

// TestKinds holds that the table of exceptions names words that exist, and that no reserved word is left plain.
func TestKinds(t *testing.T) {
	t.Parallel()
	for id := range special {
		if words.ByID(id) == nil {
			t.Errorf("there is no word %s", id)
		}
	}
	for _, w := range words.All() {
		if w.Class == words.Reserved && of(w) == plain {
			t.Errorf("%s is reserved and has no colour", w.ID)
		}
		if w.Class == words.Usable && !w.Builtin && of(w) != plain {
			t.Errorf("%s may be a name and would be coloured everywhere", w.ID)
		}
	}
}

// TestKindsAreApart holds that no spelling has two colours.
func TestKindsAreApart(t *testing.T) {
	t.Parallel()
	seen := map[string]kind{}
	for k, list := range sort() {
		for _, s := range list {
			if other, ok := seen[s]; ok {
				t.Errorf("%s is both %s and %s", s, names[other], names[k])
			}
			seen[s] = k
		}
	}
}

// TestSnippets holds that every snippet of VS Code is a program that parses with what its places are filled with at
// first, in Tamil and with its keywords romanised.
func TestSnippets(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(root, "vscode/snippets/etamil.json"))
	if err != nil {
		t.Fatal(err)
	}
	var snippets map[string]struct {
		Prefix, Body []string
		Description  string
	}
	if err := json.Unmarshal(raw, &snippets); err != nil {
		t.Fatal(err)
	}
	for name, s := range snippets {
		src := fill(strings.Join(s.Body, "\n"))
		roman, err := format.Source("snippet.qmz", []byte(src), format.Options{Script: format.Roman})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, src := range []string{src, string(roman)} {
			for _, f := range syntax.Parse("snippet.qmz", []byte(src)).Faults {
				t.Errorf("%s: %v in\n%s", name, f, src)
			}
		}
		if len(s.Prefix) < 3 || !strings.Contains(s.Description, "  (") {
			t.Errorf("%s wants prefixes in Tamil, romanised and in English, and a description in both languages", name)
		}
	}
}

var (
	placeholder = regexp.MustCompile(`\$\{([0-9]+)(?::([^{}]*)|\|([^,|]*)[^|]*\|)\}`)
	tabStop     = regexp.MustCompile(`\$([0-9])`)
)

// fill writes a snippet's first words into its places.
func fill(body string) string {
	values := map[string]string{}
	body = placeholder.ReplaceAllStringFunc(body, func(p string) string {
		m := placeholder.FindStringSubmatch(p)
		values[m[1]] = m[2] + m[3]
		return values[m[1]]
	})
	return tabStop.ReplaceAllStringFunc(body, func(p string) string { return values[p[1:]] })
}

// TestConfigurations holds the files for editors that cannot be run here to their formats, and to the server's command.
func TestConfigurations(t *testing.T) {
	t.Parallel()
	for name, decode := range map[string]func([]byte, any) error{
		"helix/languages.toml":                 toml.Unmarshal,
		"zed/extension.toml":                   toml.Unmarshal,
		"zed/Cargo.toml":                       toml.Unmarshal,
		"zed/languages/etamil/config.toml":     toml.Unmarshal,
		"kate/lspclient.json":                  json.Unmarshal,
		"sublime/LSP.sublime-settings":         json.Unmarshal,
		"sublime/eTamil.sublime-settings":      json.Unmarshal,
		"jetbrains/template.json":              json.Unmarshal,
		"jetbrains/settings.json":              json.Unmarshal,
		"jetbrains/clientSettings.json":        json.Unmarshal,
		"jetbrains/initializationOptions.json": json.Unmarshal,
	} {
		raw, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		if err := decode(raw, &v); err != nil || len(v) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"kate/etamil.xml", "sublime/Comments.tmPreferences"} {
		raw, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		var v struct {
			XMLName xml.Name
		}
		if err := xml.Unmarshal(raw, &v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
