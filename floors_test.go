package etamil_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "github.com/etamil-lang/etamil/"

// room is a package's place in docs/architecture.md: its floor, and which modules beside ours it may import. Imports of
// our own packages go down only; among rooms of one floor only those that are listed in beside.
type room struct {
	floor  int
	beside []string
	libs   []string
}

var rooms = map[string]room{
	"syntax/words":         {floor: 0},
	"syntax/ezuqqu":        {floor: 0},
	"syntax/position":      {floor: 0, libs: []string{"github.com/clipperhouse/uax29"}},
	"runtime/value":        {floor: 0, libs: []string{"github.com/clipperhouse/uax29"}},
	"syntax":               {floor: 1, libs: []string{"github.com/alecthomas/participle", "golang.org/x/text"}},
	"syntax/module":        {floor: 1, beside: []string{"syntax"}, libs: []string{"github.com/alecthomas/participle", "golang.org/x/text"}},
	"syntax/project":       {floor: 1, beside: []string{"syntax"}, libs: []string{"github.com/BurntSushi/toml", "github.com/alecthomas/participle"}},
	"syntax/project/files": {floor: 1, beside: []string{"syntax/project"}},
	"check/diag":           {floor: 2, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	"check":                {floor: 2, beside: []string{"check/diag"}, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	"check/index":          {floor: 2, beside: []string{"check", "check/diag"}, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	"check/assist":         {floor: 2, beside: []string{"check", "check/diag", "check/index"}, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	"check/refactor":       {floor: 2, beside: []string{"check", "check/diag", "check/index", "fmt"}, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	// The fixtures of check/refactor; nothing but tests links it.
	"check/refactor/cases": {floor: 2, beside: []string{"check", "check/diag", "check/index", "check/refactor", "fmt"}, libs: []string{"github.com/rogpeppe/go-internal/txtar", "github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	"fmt/doc":              {floor: 0},
	"fmt":                  {floor: 2, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29"}},
	"runtime/vm":           {floor: 3, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29"}},
	// What compiles programs for tests of words; nothing but tests links it.
	"runtime/vm/vmtest":   {floor: 3, beside: []string{"runtime/vm"}, libs: []string{"github.com/alecthomas/participle", "github.com/clipperhouse/uax29", "golang.org/x/text"}},
	"runtime/host":        {floor: 3, beside: []string{"runtime/vm"}, libs: []string{"github.com/clipperhouse/uax29", "golang.org/x/crypto", "golang.org/x/text"}},
	"runtime/httpd":       {floor: 3, beside: []string{"runtime/vm", "runtime/host"}, libs: []string{"golang.org/x/crypto", "golang.org/x/net", "golang.org/x/text", "golang.org/x/time", "github.com/klauspost/compress", "github.com/coder/websocket"}},
	"runtime/token":       {floor: 3, beside: []string{"runtime/vm"}},
	"runtime/grpc":        {floor: 3, beside: []string{"runtime/vm", "runtime/host", "runtime/httpd"}, libs: []string{"connectrpc.com/connect", "connectrpc.com/grpcreflect", "google.golang.org/protobuf"}},
	"runtime/resilience":  {floor: 3, beside: []string{"runtime/vm"}, libs: []string{"github.com/failsafe-go/failsafe-go"}},
	"runtime/observe":     {floor: 3, beside: []string{"runtime/vm"}},
	"runtime/task":        {floor: 3, beside: []string{"runtime/vm"}},
	"runtime/lifecycle":   {floor: 3, beside: []string{"runtime/vm"}, libs: []string{"golang.org/x/sys"}},
	"runtime/reload":      {floor: 3, libs: []string{"github.com/fsnotify/fsnotify"}},
	"runtime/data":        {floor: 3, beside: []string{"runtime/vm", "runtime/host", "runtime/data/sqlite"}},
	"runtime/data/sqlite": {floor: 3, libs: []string{"modernc.org/sqlite", "modernc.org/libc"}},
	"lsp":                 {floor: 4, beside: []string{"lsp/rpc"}, libs: []string{"go.lsp.dev"}},
	"repl":                {floor: 4, libs: []string{"charm.land/bubbletea", "github.com/charmbracelet/x/ansi", "github.com/charmbracelet/x/term", "github.com/clipperhouse/uax29"}},
	"lsp/rpc":             {floor: 4, libs: []string{"go.lsp.dev"}},
	// The program that writes the table of syntax/words; nothing links it.
	"syntax/words/gen": {floor: 5, libs: []string{"golang.org/x/text"}},
	// The program that writes what editors/ lists of the words; nothing links it.
	"editors/gen": {floor: 5},
	"cmd/etamil":  {floor: 5, libs: []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term", "github.com/rogpeppe/go-internal/diff", "github.com/fsnotify/fsnotify"}},
}

// pure are the packages that take bytes and answer values: no files, net or clock.
var pure = []string{"syntax/words", "syntax/ezuqqu", "syntax/position", "syntax", "syntax/module", "syntax/project", "syntax/project/files", "check/diag", "check", "check/index", "check/assist", "check/refactor", "fmt/doc", "fmt"}

// TestArchitectureTable holds the page to the table of this test: every package has its row, on its floor.
func TestArchitectureTable(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(page)) {
		if cells := strings.Split(line, "|"); len(cells) == 6 {
			if name, ok := strings.CutPrefix(strings.TrimSpace(cells[2]), "`"); ok {
				name, _, _ = strings.Cut(name, "`")
				rows[name] = strings.TrimSpace(cells[1])
			}
		}
	}
	for name, r := range rooms {
		if rows[name] != strconv.Itoa(r.floor) {
			t.Errorf("docs/architecture.md has %s on floor %q, this test on %d", name, rows[name], r.floor)
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("docs/architecture.md has %s, this test has not", name)
	}
}

type pkg struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
	Name       string
}

// list asks the go command for our packages and everything they import.
func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps,Name", "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestFloors holds every import of ours to the floors of docs/architecture.md.
func TestFloors(t *testing.T) {
	t.Parallel()
	standard := map[string]bool{}
	seen := map[string]bool{}
	for _, p := range list(t) {
		standard[p.ImportPath] = p.Standard
		name, ours := strings.CutPrefix(p.ImportPath, root)
		if !ours {
			continue
		}
		from, known := rooms[name]
		if !known {
			t.Errorf("%s has no place in docs/architecture.md and floors_test.go", name)
			continue
		}
		seen[name] = true
		for _, imp := range p.Imports {
			if why := refuse(from, imp, standard); why != "" {
				t.Errorf("%s imports %s: %s", name, imp, why)
			}
		}
	}
	for name := range rooms {
		if !seen[name] {
			t.Errorf("floors_test.go names %s, which does not exist", name)
		}
	}
}

// refuse says why a room may not import a package, or nothing.
func refuse(from room, imp string, standard map[string]bool) string {
	if imp == strings.TrimSuffix(root, "/") {
		return map[bool]string{false: "only cmd reads the notices"}[from.floor == 5]
	}
	if name, ours := strings.CutPrefix(imp, root); ours {
		to := rooms[name]
		if to.floor < from.floor || slices.Contains(from.beside, name) {
			return ""
		}
		return "imports go down only"
	}
	// The go command lists dependencies first, so that every import was seen before; "C" and "unsafe" were not.
	if standard[imp] || imp == "unsafe" {
		return ""
	}
	for _, lib := range from.libs {
		if imp == lib || strings.HasPrefix(imp, lib+"/") {
			return ""
		}
	}
	return "not among this package's libraries"
}

// TestPure keeps the operating system out of the packages that must also run in a browser and in an editor.
func TestPure(t *testing.T) {
	t.Parallel()
	for _, p := range list(t) {
		name, ours := strings.CutPrefix(p.ImportPath, root)
		if !ours || !slices.Contains(pure, name) {
			continue
		}
		for _, imp := range p.Imports {
			if slices.Contains([]string{"os", "os/exec", "net", "net/http", "syscall"}, imp) {
				t.Errorf("%s is pure and imports %s", name, imp)
			}
		}
	}
}

// TestRefuse proves that the rule can fail.
func TestRefuse(t *testing.T) {
	t.Parallel()
	std := map[string]bool{"strings": true}
	tests := []struct {
		from, imp string
		ok        bool
	}{
		{"syntax", root + "syntax/words", true},
		{"syntax", "strings", true},
		{"syntax", "github.com/alecthomas/participle/v2/lexer", true},
		{"syntax", root + "check/diag", false},
		{"syntax/words", root + "syntax/ezuqqu", false},
		{"syntax", root + "syntax/module", false},
		{"syntax/module", root + "syntax", true},
		{"check/diag", root + "check", false},
		{"check", "modernc.org/sqlite", false},
		{"runtime/data", root + "runtime/httpd", false},
		{"runtime/vm", root + "cmd/etamil", false},
		{"runtime/vm", strings.TrimSuffix(root, "/"), false},
	}
	for _, tt := range tests {
		if why := refuse(rooms[tt.from], tt.imp, std); (why == "") != tt.ok {
			t.Errorf("%s imports %s: %q", tt.from, tt.imp, why)
		}
	}
}
