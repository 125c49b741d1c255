package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// formatter is one program that lays out files in place.
type formatter struct {
	name, label string
	ext         string
	function    string // repeated to make the large file; $ is its number
	tinySource  string
	argv        []string
	size        int
	big, tiny   used
}

// used is what a process took.
type used struct {
	cpu    time.Duration
	memory int64 // peak, in bytes
}

func (f *formatter) speed() float64 { return float64(f.size) / 1e6 / f.big.cpu.Seconds() }

// formatters are etamil and its peers; one that is missing is an error.
func formatters(root string) ([]formatter, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	bin := filepath.Join(root, "bench/fmt/node_modules/.bin")
	list := []formatter{
		{name: "etamil", ext: ".qmz", function: etamilFunction, tinySource: "அச்சு  1;\n", argv: []string{filepath.Join(root, "bin/etamil"), "fmt"}},
		{name: "gofmt", ext: ".go", function: goFunction, tinySource: "package  bench\n", argv: []string{filepath.Join(strings.TrimSpace(string(goroot)), "bin/gofmt"), "-w"}},
		{name: "biome", ext: ".js", function: jsFunction, tinySource: "f( 1 )\n", argv: []string{filepath.Join(bin, "biome"), "format", "--write", "--files-max-size=8000000"}},
		{name: "prettier", ext: ".js", function: jsFunction, tinySource: "f( 1 )\n", argv: []string{filepath.Join(bin, "prettier"), "--write"}},
	}
	for i := range list {
		f := &list[i]
		if _, err := os.Stat(f.argv[0]); err != nil {
			return nil, fmt.Errorf("%s is missing: %w", f.name, err)
		}
		f.label = f.name
		switch f.name {
		case "gofmt":
			f.label += " (" + runtime.Version() + ")"
		case "biome", "prettier":
			out, err := exec.Command(f.argv[0], "--version").Output()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.name, err)
			}
			f.label += " " + strings.TrimPrefix(strings.TrimSpace(string(out)), "Version: ")
		}
	}
	return list, nil
}

// run measures a formatter on both files.
func (f *formatter) run(dir string, runs int) error {
	var b strings.Builder
	if f.ext == ".go" {
		b.WriteString("package bench\n\n")
	}
	for i := 0; b.Len() < 1<<20; i++ {
		b.WriteString(strings.ReplaceAll(f.function, "$", fmt.Sprint(i)))
	}
	f.size = b.Len()
	var err error
	if f.big, err = f.file(dir, b.String(), max(runs/4, 3)); err != nil {
		return err
	}
	f.tiny, err = f.file(dir, f.tinySource, runs)
	return err
}

// file lays out a fresh copy of a text in every run. A formatter that leaves it as it was does not count.
func (f *formatter) file(dir, text string, runs int) (used, error) {
	name := filepath.Join(dir, "bench"+f.ext)
	return fastest(runs, func() (used, error) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return used{}, err
		}
		u, err := command(dir, f.argv[0], append(f.argv[1:len(f.argv):len(f.argv)], name)...)
		if err != nil {
			return u, err
		}
		after, err := os.ReadFile(name)
		if err == nil && bytes.Equal(after, []byte(text)) {
			err = errors.New("it changed nothing")
		}
		return u, err
	})
}

// fastest is the least of several runs.
func fastest(runs int, f func() (used, error)) (used, error) {
	best, err := f()
	for range runs - 1 {
		if err != nil {
			return best, err
		}
		var u used
		u, err = f()
		best.cpu, best.memory = min(best.cpu, u.cpu), min(best.memory, u.memory)
	}
	return best, err
}

// command runs a program and answers what it took, with its children.
func command(dir, name string, args ...string) (used, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return used{}, fmt.Errorf("%w\n%.500s", err, out)
	}
	u := used{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = r.Maxrss << 10
	}
	return u, nil
}
