package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// The conformance suite: every program of testdata/conformance through the whole pipeline, in process, and again
// through the built command in both languages. testdata/conformance/README.md describes the form of a case.

const (
	conformanceDir = "../../testdata/conformance"
	entryFile      = "main.qmz"
)

// conformanceCase is one line of a .jsonl file.
type conformanceCase struct {
	Name   string            `json:"name"`
	Source string            `json:"source"`
	Stdout string            `json:"stdout"`
	Error  *string           `json:"error"` // null, or the stage that fails: lex, parse, load, type or run
	Stdin  string            `json:"stdin"`
	Files  map[string]string `json:"files"`
}

// stage is the stage that fails, "" for none. Lexical errors and parse errors are found together, so that they are one.
func (c conformanceCase) stage() string {
	if c.Error == nil {
		return ""
	}
	if *c.Error == "lex" || *c.Error == "parse" {
		return "syntax"
	}
	return *c.Error
}

func readCases(t *testing.T) map[string][]conformanceCase {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(conformanceDir, "*.jsonl"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases in %s: %v", conformanceDir, err)
	}
	all := map[string][]conformanceCase{}
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		subject := strings.TrimSuffix(filepath.Base(name), ".jsonl")
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			var c conformanceCase
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			if c.Name == "" {
				c.Name = fmt.Sprintf("%s-%03d", subject, n)
			}
			all[subject] = append(all[subject], c)
		}
		if err := errors.Join(lines.Err(), file.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// lay writes the case's program and its other files into a folder of its own.
func (c conformanceCase) lay(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	files := map[string]string{entryFile: c.Source}
	for name, text := range c.Files {
		files[name] = text
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// run takes the case through the pipeline and answers what it printed, the stage that failed and the message.
func (c conformanceCase) run(t *testing.T, dir string) (stdout, stage, message string) {
	t.Helper()
	ctx := context.Background()
	prog, faults := module.Load(ctx, files(), module.Entry{Path: filepath.ToSlash(filepath.Join(dir, entryFile))})
	for _, f := range faults {
		if f.IsError() {
			stage = "syntax"
			if f.Code >= "E0200" {
				stage = "load"
			}
			return "", stage, f.Code + ": " + diag.Message(f.Code, diag.English, f.Args...)
		}
	}
	for _, d := range check.Core(prog) {
		if d.IsError() {
			return "", "type", d.Code + ": " + diag.Message(d.Code, diag.English, d.Args...)
		}
	}
	code, found := vm.Compile(prog, natives(dir))
	for _, d := range found {
		if d.IsError() {
			return "", "compile", d.Code + ": " + diag.Message(d.Code, diag.English, d.Args...)
		}
	}
	var out bytes.Buffer
	m := vm.New(code, vm.Options{Stdin: strings.NewReader(c.Stdin), Stdout: &out, TimeLimit: time.Minute})
	err := m.Run(ctx)
	var exit *vm.Exit
	if err == nil || errors.As(err, &exit) && exit.Status == 0 {
		return out.String(), "", ""
	}
	return out.String(), "run", err.Error()
}

// difference says how the outcome differs from the case, "" when it does not. The newline that ends the last print is not
// in the case.
func (c conformanceCase) difference(stdout, stage, message string) string {
	got, want := strings.TrimSuffix(stdout, "\n"), c.Stdout
	if got == want && stage == c.stage() {
		return ""
	}
	return fmt.Sprintf("source:\n%s\nprinted:\n%s\nwanted:\n%s\nfailing stage %q (%s), wanted %q", c.Source, got, want, stage, message, c.stage())
}

func TestConformance(t *testing.T) {
	t.Parallel()
	own := 0
	for subject, cases := range readCases(t) {
		if subject != "core" {
			own += len(cases)
		}
		t.Run(subject, func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				t.Run(c.Name, func(t *testing.T) {
					if diff := c.difference(c.run(t, c.lay(t))); diff != "" {
						t.Error(diff)
					}
				})
			}
		})
	}
	if own < 300 {
		t.Errorf("%d cases of our own, the suite promises 300", own)
	}
}

// TestConformanceNames keeps every case addressable: `go test -run TestConformance/try/try-overflow`.
func TestConformanceNames(t *testing.T) {
	t.Parallel()
	for subject, cases := range readCases(t) {
		seen := map[string]bool{}
		for _, c := range cases {
			if seen[c.Name] {
				t.Errorf("%s: two cases are named %s", subject, c.Name)
			}
			seen[c.Name] = true
			if stage := c.stage(); stage != "" && stage != "syntax" && stage != "load" && stage != "type" && stage != "run" {
				t.Errorf("%s: %s: unknown stage %q", subject, c.Name, stage)
			}
		}
	}
}

// TestConformanceBinary runs every case through the built command in both languages: the output must not depend on the language of messages,
// errors go to standard error in that language, and the exit code says how it went.
func TestConformanceBinary(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "etamil")
	build := exec.Command("go", "build", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	for subject, cases := range readCases(t) {
		t.Run(subject, func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				for _, lang := range []string{"ta", "en"} {
					t.Run(c.Name+"/"+lang, func(t *testing.T) { c.runBinary(t, binary, lang) })
				}
			}
		})
	}
}

func (c conformanceCase) runBinary(t *testing.T, binary, lang string) {
	t.Helper()
	cmd := exec.Command(binary, "run", "--lang", lang, entryFile)
	cmd.Dir, cmd.Stdin = c.lay(t), strings.NewReader(c.Stdin)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	failed := c.stage() != ""
	if got, want := strings.TrimSuffix(out.String(), "\n"), c.Stdout; got != want {
		t.Errorf("source:\n%s\nprinted:\n%s\nwanted:\n%s", c.Source, got, want)
	}
	if (err != nil) != failed {
		t.Errorf("source:\n%s\nended with %v, stage %q\n%s", c.Source, err, c.stage(), errs.String())
	}
	if !failed && errs.Len() > 0 {
		t.Errorf("source:\n%s\nwrote to standard error: %s", c.Source, errs.String())
	}
	if strings.Contains(c.Source, "வெளியேறு(") {
		return // a status of the program's own is no fault and needs no message
	}
	if failed && !hasLetters(errs.String(), lang) {
		t.Errorf("source:\n%s\nno message in %s:\n%s", c.Source, lang, errs.String())
	}
}

// hasLetters tells whether a message's first line, which holds no source, is in the language.
func hasLetters(message, lang string) bool {
	first, _, _ := strings.Cut(message, "\n")
	if lang == "ta" {
		return strings.ContainsFunc(first, func(r rune) bool { return r >= 0x0B80 && r <= 0x0BFF })
	}
	return strings.Contains(first, " ") && strings.ContainsFunc(first, func(r rune) bool { return r >= 'a' && r <= 'z' })
}
