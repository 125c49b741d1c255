package lsp

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// docs/lsp.md names what there is: settings, commands, colours, fields of etamil/status; and every feature that it says we
// have has its test.
func TestDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/lsp.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	wanted := settingKeys(reflect.TypeFor[settings](), "etamil")
	wanted = append(wanted, slices.Sorted(maps.Keys(commands()))...)
	wanted = append(wanted, tokenTypes()...)
	wanted = append(wanted, tokenModifiers()...)
	for f := range fields(reflect.TypeFor[status]()) {
		wanted = append(wanted, f)
	}
	for _, want := range wanted {
		if !strings.Contains(page, "`"+want+"`") {
			t.Errorf("docs/lsp.md has no `%s`", want)
		}
	}
	for line := range strings.Lines(page) {
		if key, _, ok := strings.Cut(strings.TrimPrefix(line, "| `etamil."), "`"); ok && strings.HasPrefix(line, "| `etamil.") && !slices.Contains(wanted, "etamil."+key) {
			t.Errorf("docs/lsp.md has etamil.%s, which there is not", key)
		}
	}
	tests := readTests(t)
	rows := 0
	for line := range strings.Lines(page) {
		cells := strings.Split(line, "|")
		if len(cells) != 9 || strings.HasPrefix(cells[1], "---") || cells[1] == " feature " {
			continue
		}
		rows++
		if strings.Contains(cells[6], "come with") {
			continue
		}
		for test := range strings.SplitSeq(strings.TrimSpace(cells[7]), ", ") {
			if strings.HasPrefix(test, "Test") {
				if !tests[test] {
					t.Errorf("%s: there is no %s", cells[1], test)
				}
			} else if list, _ := filepath.Glob("testdata/markers/" + test + "/*.txtar"); len(list) == 0 {
				t.Errorf("%s: there is no fixture of %q", cells[1], test)
			}
		}
	}
	if rows < 35 {
		t.Errorf("%d features", rows)
	}
}

// fields are the JSON names of a struct's fields.
func fields(typ reflect.Type) map[string]reflect.Type {
	list := map[string]reflect.Type{}
	for f := range typ.Fields() {
		if name, ok := f.Tag.Lookup("json"); ok {
			list[name] = f.Type
		}
	}
	return list
}

func settingKeys(typ reflect.Type, at string) (keys []string) {
	for name, f := range fields(typ) {
		if f.Kind() == reflect.Struct {
			keys = append(keys, settingKeys(f, at+"."+name)...)
		} else {
			keys = append(keys, at+"."+name)
		}
	}
	slices.Sort(keys)
	return keys
}

// readTests are the names of the package's tests.
func readTests(t *testing.T) map[string]bool {
	t.Helper()
	names, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			var test string
			if n, _ := fmt.Sscanf(line, "func %s", &test); n == 1 {
				test, _, _ = strings.Cut(test, "(")
				tests[test] = true
			}
		}
	}
	return tests
}
