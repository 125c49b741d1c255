package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
)

// Text is an explanation in parts, which a client may show as Markdown or as plain text.
type Text struct{ parts []part }

type part struct {
	code bool
	text string
}

// Empty tells that there is nothing to say.
func (t *Text) Empty() bool { return len(t.parts) == 0 }

func (t *Text) code(s string) {
	if s = strings.Trim(s, "\n"); s != "" {
		t.parts = append(t.parts, part{true, s})
	}
}

func (t *Text) para(s string) {
	if s = strings.TrimSpace(s); s != "" {
		t.parts = append(t.parts, part{false, s})
	}
}

// both adds a paragraph in the language asked for, or one in each.
func (t *Text) both(lang diag.Lang, tamil, english string) {
	if lang != diag.English {
		t.para(tamil)
	}
	if lang != diag.Tamil {
		t.para(english)
	}
}

// Plain is the explanation without marks.
func (t *Text) Plain() string {
	var b strings.Builder
	for i, p := range t.parts {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// Markdown is the explanation with code in fences.
func (t *Text) Markdown() string {
	var b strings.Builder
	for i, p := range t.parts {
		if i > 0 {
			b.WriteString("\n\n")
		}
		if !p.code {
			b.WriteString(escapeMarkdown(p.text))
			continue
		}
		fence := "```"
		for strings.Contains(p.text, fence) {
			fence += "`"
		}
		b.WriteString(fence + "etamil\n" + p.text + "\n" + fence)
	}
	return b.String()
}

var markdownMarks = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`, "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`, "~", `\~`,
	"!", `\!`, "$", `\$`, "&", `\&`, "\n", "  \n",
)

func escapeMarkdown(s string) string { return markdownMarks.Replace(s) }

// say is a phrase in the language asked for, or in both.
func say(lang diag.Lang, tamil, english string) string {
	switch lang {
	case diag.Tamil:
		return tamil
	case diag.English:
		return english
	}
	return tamil + " · " + english
}
