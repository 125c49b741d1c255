//go:build ignore

// The program notices writes NOTICE: the licence text of the Go runtime and of every module that cmd/etamil links on any
// platform that we ship for. With -check it writes nothing and fails when NOTICE is out of date.
//
//	go run notices.go [-check]
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// platforms are the systems whose builds may link modules of their own.
var platforms = []string{"linux", "darwin", "windows"}

type module struct{ Path, Version, Dir string }

func main() {
	check := flag.Bool("check", false, "fail when NOTICE is out of date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	mods, err := linked()
	if err != nil {
		return err
	}
	text, err := notice(mods)
	if err != nil {
		return err
	}
	if !check {
		return os.WriteFile("NOTICE", text, 0o644)
	}
	old, err := os.ReadFile("NOTICE")
	if err != nil {
		return err
	}
	if !bytes.Equal(old, text) {
		return errors.New("NOTICE is out of date; run: make notices")
	}
	return nil
}

// linked lists the modules of the packages that the command links, in order of their paths.
func linked() ([]module, error) {
	found := map[string]module{}
	for _, goos := range platforms {
		cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/etamil")
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", goos, err)
		}
		for dec := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if p.Module != nil && p.Module.Version != "" {
				found[p.Module.Path] = *p.Module
			}
		}
	}
	mods := make([]module, 0, len(found))
	for _, m := range found {
		mods = append(mods, m)
	}
	sort.Slice(mods, func(i, j int) bool { return mods[i].Path < mods[j].Path })
	return mods, nil
}

// notice puts the licence texts together. A module without a licence file is an error: we do not ship it.
func notice(mods []module) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("etamil contains the following software. Written by `make notices`; do not edit.\n")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	all := append([]module{{Path: "The Go programming language and its standard library", Dir: strings.TrimSpace(string(root))}}, mods...)
	for _, m := range all {
		files, err := licences(m.Dir)
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("%s has no licence file", m.Path)
		}
		fmt.Fprintf(&b, "\n%s\n%s\n", strings.Repeat("=", 80), strings.TrimSpace(m.Path+" "+m.Version))
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				return nil, err
			}
			text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
			fmt.Fprintf(&b, "%s\n%s\n", strings.Repeat("-", 80), bytes.TrimRight(text, "\n "))
		}
	}
	return b.Bytes(), nil
}

// licences are the licence and notice files in a module's own folder.
func licences(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		for _, p := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE"} {
			if !e.IsDir() && strings.HasPrefix(name, p) {
				files = append(files, filepath.Join(dir, e.Name()))
				break
			}
		}
	}
	return files, nil
}
