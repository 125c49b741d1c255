package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// peer is a server and the language of its programs: functions of ten lines of one shape, each called once.
type peer struct {
	name, title string
	argv        []string
	language    string // of didOpen
	settings    object
	ext         string
	head        string // before the first function
	headLines   int
	part        string // the ten lines of a function; %[1]d is its number
	importing   string // %[1]s is what another file is called
	module      string // a file that a folder needs, "name\ntext"

	// What somebody types, all in the first line of a function's body or as a line before it.
	syntax, types string // a line with an error
	blank         string // the line in which a name is typed
	key           string
	keyCol        int
	// Where the name is declared and used: lines of the part, columns in UTF-16.
	declCol, useCol int
	messy           string // put at the start of a line, spoils the layout

	replay int // how many edits are replayed
}

const (
	useLine = 8  // of a function's part
	perPart = 10 // lines of a function
)

func etamilPeer(bin string) *peer {
	return &peer{
		name: "etamil", title: "etamil lsp", argv: []string{bin, "lsp"}, language: "etamil", ext: ".qmz",
		settings: object{"diagnostics": object{"enable": true, "scope": "workspace"}},
		part: `செயல் வரி%[1]d(த, வ) {
    மொ = த * வ / 100;
    ஒவ்வொரு எ இல் [1, 2, 3] {
        மொ = மொ + எ;
    }
    திரும்பு மொ;
}

அச்சு வரி%[1]d(%[1]d, 2);

`,
		importing: "இறக்கு \"%[1]s.qmz\";\n", module: "etamil.toml\n[project]\nname = \"bench\"\n",
		syntax: "    மொ = (;\n", types: "    மொ = [1] * 2;\n", blank: "    \n", key: "ம", keyCol: 4,
		declCol: 7, useCol: 7, messy: "      ", replay: 10_000,
	}
}

func goplsPeer(bin string) *peer {
	return &peer{
		name: "gopls", title: "gopls 0.23.0", argv: []string{bin, "serve"}, language: "go", ext: ".go",
		settings: object{"semanticTokens": true},
		head:     "package main\n\nfunc main() {}\n\n", headLines: 4,
		part: `func vari%[1]d(t, v int) int {
	m := t * v / 100
	for _, e := range []int{1, 2, 3} {
		m += e
	}
	return m
}

var _ = vari%[1]d(%[1]d, 2)

`,
		importing: "import _ \"bench/%[1]s\"\n\n", module: "go.mod\nmodule bench\n\ngo 1.26\n",
		syntax: "\tm = (;\n", types: "\tm = []int{1} * 2\n", blank: "\t\n", key: "m", keyCol: 1,
		declCol: 6, useCol: 9, messy: "      ", replay: 1000, // it needs a minute for more
	}
}

// text is a program of about so many lines.
func (p *peer) text(lines int) string {
	var b strings.Builder
	b.WriteString(p.head)
	p.functions(&b, 0, lines/perPart)
	return strings.TrimSuffix(b.String(), "\n")
}

func (p *peer) functions(b *strings.Builder, from, n int) {
	for i := range n {
		fmt.Fprintf(b, p.part, from+i)
	}
}

// line is where a function starts.
func (p *peer) line(function int) int { return p.headLines + function*perPart }

// layFile writes a folder with one file and answers the path.
func (p *peer) layFile(dir string, lines int) (string, error) {
	if err := p.layModule(dir); err != nil {
		return "", err
	}
	name := filepath.Join(dir, "main"+p.ext)
	return name, os.WriteFile(name, []byte(p.text(lines)), 0o644)
}

func (p *peer) layModule(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	name, text, _ := strings.Cut(p.module, "\n")
	return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)
}

// layFolder writes a folder of files of a hundred lines, of which every tenth imports the next but six, and every hundredth
// has an error. It answers the paths of those with an error.
func (p *peer) layFolder(dir string, files int) (wrong []string, err error) {
	if err := p.layModule(dir); err != nil {
		return nil, err
	}
	for i := range files {
		var b strings.Builder
		if p.language == "go" {
			fmt.Fprintf(&b, "package m%d\n\n", i)
		}
		if i%10 == 0 {
			fmt.Fprintf(&b, p.importing, fmt.Sprintf("m%d", i+7))
		}
		p.functions(&b, 100*i, 10)
		text := strings.TrimSuffix(b.String(), "\n")
		name := filepath.Join(dir, fmt.Sprintf("m%d%s", i, p.ext))
		if p.language == "go" {
			name = filepath.Join(dir, fmt.Sprintf("m%d", i), "m.go")
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return nil, err
			}
		}
		if i%100 == 99 {
			first, rest, _ := strings.Cut(text, "{\n")
			text = first + "{\n" + p.types + rest
			wrong = append(wrong, name)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return wrong, nil
}
