package project

import (
	"fmt"
	"strings"
)

// Document is the table of keys as a page of Markdown, docs/etamil.toml.md.
func Document() string {
	var b strings.Builder
	b.WriteString(`<!-- Generated from syntax/project by its tests (go test ./syntax/project -update); do not edit. -->

# etamil.toml

செயல்திட்டக் கோப்பு: எல்லா அமைப்புகளும் ஒரே இடத்தில். தனி நிரலுக்கு அது தேவையில்லை.

The project file: all settings in one place. A single program needs none. It is TOML 1.0, in the project's top folder. What the environment says wins over the file,
and what a command's flag says over both. An unknown key is an error, with the nearest one suggested. A ` + "`*`" + ` is a name that you choose, such as ` + "`[database.main]`" + `;
in the environment variable it is in capitals. Secret values are never shown; best give them in the environment.
`)
	last := ""
	for _, k := range Keys() {
		if head, _, ok := strings.Cut(k.Path, "."); ok && head != last || last == "" {
			if ok {
				last = head
				fmt.Fprintf(&b, "\n## [%s]\n", head)
			} else {
				last = " "
			}
			b.WriteString("\n| key | type | default | environment | |\n|---|---|---|---|---|\n")
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s · %s |\n", k.Path, k.kind(), quoted(k.Default), quoted(k.Env()), k.Tamil, k.English)
	}
	b.WriteString("\n## Example\n\n```toml\n" + Example + "```\n")
	return b.String()
}

// Example is a project file that uses most keys; a test reads it.
const Example = `name = "கடை"
entry = "main.qmz"

[server]
port = 8080
cors = ["https://kadai.example"]
max_upload = "64M"
timeout = "30s"

[database.main]
path = "kadai.db"
max = 10

[log]
format = "json"

[check]
exclude = ["build", "**/*_draft.qmz"]

[check.rules]
W0004 = "error"
W0103 = "off"
`

// kind names the type in English, with what it is limited to.
func (k Key) kind() string {
	text := [...]string{
		Text: "text", Int: "whole number", Bool: "true or false", Duration: "time", Size: "size", List: "array of texts", Networks: "array of addresses", Levels: "table of codes",
	}[k.Type]
	switch {
	case len(k.Choices) > 0:
		text += ": " + strings.Join(k.Choices, ", ")
	case k.Min != k.Max:
		text += fmt.Sprintf(", %d to %d", k.Min, k.Max)
	}
	if k.Secret {
		text += ", secret"
	}
	return text
}

func quoted(text string) string {
	if text == "" {
		return "–"
	}
	return "`" + text + "`"
}
