package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/etamil-lang/etamil/syntax/project"
)

// serverFlags are the flags of a server, one for each key of [server] in etamil.toml: --max-body is server.max_body. They
// are values of their keys, as in the environment; --cors a,b is a list, and so is --cors a --cors b.
type serverFlags struct {
	given  map[string]string // by key
	static map[string]string // folders by the path below which they stand
}

// devKeys are the keys of [server] that are flags of `etamil dev` and of the reference's command line too; others are for
// servers that people use.
var devKeys = []string{
	"server.host", "server.port", "log.format", "server.cors", "server.max_body", "server.max_upload", "server.timeout",
	"server.h2c", "server.static.*", "server.tls.cert", "server.tls.key",
}

// add makes flags of keys, of all that a server has when none is named.
func (f *serverFlags) add(a *app, cmd *cobra.Command, only ...string) {
	f.given, f.static = map[string]string{}, map[string]string{}
	for _, k := range project.Keys() {
		name, isServer := strings.CutPrefix(k.Path, "server.")
		switch {
		case len(only) > 0 && !slices.Contains(only, k.Path) || k.Path == "server.cluster":
			continue
		case k.Path == "log.format":
			name = "log"
		case !isServer:
			continue
		}
		name = strings.NewReplacer("_", "-", ".", "-").Replace(strings.TrimSuffix(name, ".*"))
		var v pflag.Value = &keyFlag{key: k, given: f.given}
		if k.Path == "server.static.*" {
			v = &tableFlag{f.static}
		}
		flag := cmd.Flags().VarPF(v, name, "", a.text(k.Tamil, k.English))
		if k.Type == project.Bool {
			flag.NoOptDefVal = "true"
		}
	}
}

// apply lets the flags that were given win.
func (f *serverFlags) apply(p *project.Project) {
	for path, text := range f.given {
		p.Set(path, text) // keyFlag has looked at it
	}
}

// keyFlag is the flag of a key.
type keyFlag struct {
	key   project.Key
	given map[string]string
}

// String is the default in the help.
func (f *keyFlag) String() string {
	if f.key.Type == project.Bool && f.key.Default == "false" || f.key.Default == "0" && f.key.Path != "server.port" {
		return "" // nothing
	}
	return f.key.Default
}

// Set takes a value; those of lists come together.
func (f *keyFlag) Set(text string) error {
	if old, again := f.given[f.key.Path]; again && (f.key.Type == project.List || f.key.Type == project.Networks) {
		text = old + "," + text
	}
	if !f.key.Accepts(text) {
		return errors.New(f.Type())
	}
	f.given[f.key.Path] = text
	return nil
}

// Type says what the flag takes.
func (f *keyFlag) Type() string {
	if len(f.key.Choices) > 0 {
		return strings.Join(f.key.Choices, "|")
	}
	switch f.key.Type {
	case project.Int:
		return "int"
	case project.Bool:
		return "bool"
	case project.Duration:
		return "duration"
	case project.Size:
		return (*sizeFlag)(nil).Type()
	case project.List, project.Networks:
		return "strings"
	}
	return "string"
}

// takes says what the flag takes to who gave it something else.
func (f *keyFlag) takes() (tamil, english string) {
	switch {
	case f.key.Min != f.key.Max:
		english = fmt.Sprintf("%d–%d", f.key.Min, f.key.Max)
	case f.key.Type == project.Duration:
		return "30s போன்ற நேரம்", "a time such as 30s"
	default:
		english = f.Type()
	}
	return english, english
}

// tableFlag is the flag of folders: --static /படங்கள்=padangal.
type tableFlag struct{ table map[string]string }

func (f *tableFlag) String() string { return "" }

// Type says what the flag takes.
func (f *tableFlag) Type() string { return "/PATH=FOLDER" }

// Set takes one folder.
func (f *tableFlag) Set(text string) error {
	path, folder, ok := strings.Cut(text, "=")
	if !ok || !strings.HasPrefix(path, "/") || folder == "" {
		return errors.New(f.Type())
	}
	f.table[path] = folder
	return nil
}
