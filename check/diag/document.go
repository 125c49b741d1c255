package diag

import (
	"fmt"
	"strings"
)

// documentGroups are the headings of the documentation, each with the codes from it on.
var documentGroups = []struct{ from, tamil, english string }{
	{"E0001", "தொடரியல் பிழைகள்", "Errors of the syntax"},
	{"E0101", "மொழியின் வகைப் பிழைகள்", "Errors of the core language's types"},
	{"E0201", "கோப்புகளை ஏற்றுதல்", "Loading files"},
	{"E0301", "இயக்கப் பிழைகள்", "Errors of the run"},
	{"E0501", "செயல்திட்டக் கோப்பு, etamil.toml", "The project file, etamil.toml"},
	{"E0600", "இயங்கும்போது பிழையாகுபவை", "What would fail when it is reached"},
	{"W0001", "தொடரியல் எச்சரிக்கைகள்", "Warnings of the syntax"},
	{"W0101", "எச்சரிக்கைகள்", "Warnings of the checker"},
	{"W0501", "மறைக்கும் குறிப்புகள்", "Ignore comments"},
}

// Document is the catalogue as a page of Markdown, docs/diagnostics.md: every code with its messages, why the language
// wants it so, a wrong and a right example, and what to do.
func Document() string {
	var b strings.Builder
	b.WriteString(`<!-- Generated from check/diag by its tests (go test ./check/diag -update); do not edit. -->

# பிழைகளும் எச்சரிக்கைகளும் · Errors and warnings

Every finding of ` + "`etamil check`" + `, ` + "`etamil run`" + ` and the editor has a code that never changes its meaning. ` + "`etamil check --explain CODE`" + ` prints
what stands here. A warning is silenced on its line with ` + "`// etamil:ignore CODE reason`" + `, or for a project in ` + "`[check.rules]`" + ` of
[etamil.toml](etamil.toml.md), where it can also be made an error. "Stops a run" are those that nothing silences: a program with one of them does not start.
`)
	group := 0
	for _, e := range Entries() {
		if e.Severity == Note {
			continue
		}
		for group < len(documentGroups) && documentGroups[group].from <= e.Code {
			if group+1 == len(documentGroups) || documentGroups[group+1].from > e.Code {
				fmt.Fprintf(&b, "\n## %s · %s\n", documentGroups[group].tamil, documentGroups[group].english)
			}
			group++
		}
		document(&b, e)
	}
	return b.String()
}

// document writes one code.
func document(b *strings.Builder, e *Entry) {
	fmt.Fprintf(b, "\n### %s\n\n", e.Code)
	kind := "warning"
	switch {
	case e.Kind != "":
		kind = "error of the run, kind `" + e.Kind + "`"
	case Stops(e.Code):
		kind = "error, stops a run"
	case e.Severity == Error:
		kind = "error"
	}
	fmt.Fprintf(b, "*%s*\n\n", kind)
	x, _ := Explanation(e.Code)
	for _, lang := range []Lang{Tamil, English} {
		text := "**" + Markdown(Gist(e.Code, lang)) + "**"
		if long := x.Text(lang); long != "" {
			text += " – " + Markdown(long)
		}
		if help := Help(e.Code, lang, "…", "…", "…", "…", "…"); help != "" {
			text += " → " + Markdown(help)
		}
		b.WriteString(text + "\n\n")
	}
	if x.Wrong != "" {
		fmt.Fprintf(b, "```etamil\n// தவறு · wrong\n%s```\n\n```etamil\n// சரி · right\n%s```\n", x.Wrong, x.Right)
	}
}

// Markdown is a message as Markdown: none of its signs is read as one of markup.
func Markdown(text string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "<", "&lt;", "`", "\\`", "[", `\[`).Replace(text)
}
