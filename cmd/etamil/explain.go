package main

import (
	"fmt"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
)

// explain prints all that the catalogue knows of a code: its message, why the language wants it so, a wrong and a right
// example, and what to do.
func (a *app) explain(code string) error {
	code = strings.ToUpper(strings.TrimSpace(code))
	e := diag.Lookup(code)
	if e == nil || e.Severity == diag.Note {
		return a.usage(fmt.Sprintf("%q என்னும் குறியீடு இல்லை; எ.கா. E0106, W0004", code), fmt.Sprintf("there is no code %q; such as E0106, W0004", code))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", code, a.severityText(e))
	x, _ := diag.Explanation(code)
	switch a.lang {
	case diag.Both:
		a.explainIn(&b, e, x, diag.Tamil)
		b.WriteString("\n")
		a.explainIn(&b, e, x, diag.English)
	default:
		a.explainIn(&b, e, x, a.lang)
	}
	example(&b, a.text("தவறு", "Wrong"), x.Wrong)
	example(&b, a.text("சரி", "Right"), x.Right)
	if _, err := fmt.Fprint(a.stdout, b.String()); err != nil {
		return fmt.Errorf("explain %s: %w", code, err)
	}
	return nil
}

// severityText says how much the code weighs, and for a run-time error of which kind it is.
func (a *app) severityText(e *diag.Entry) string {
	text := a.text("பிழை", "error")
	if e.Severity == diag.Warning {
		text = a.text("எச்சரிக்கை", "warning")
	}
	if e.Kind != "" {
		text += fmt.Sprintf(", %s: %s", a.text("பிழை_வகை", "kind"), e.Kind)
	}
	return text
}

// explainIn writes one language's part.
func (a *app) explainIn(b *strings.Builder, e *diag.Entry, x diag.Explained, lang diag.Lang) {
	fmt.Fprintf(b, "\n%s\n", diag.Gist(e.Code, lang))
	if text := x.Text(lang); text != "" {
		fmt.Fprintf(b, "\n%s\n", wrap(text, explainWidth))
	}
	if help := diag.Help(e.Code, lang, "…", "…", "…", "…"); help != "" {
		word := "உதவி"
		if lang == diag.English {
			word = "help"
		}
		fmt.Fprintf(b, "  = %s: %s\n", word, help)
	}
}

// explainWidth is the longest line of an explanation, in cells of a terminal.
const explainWidth = 88

// wrap breaks text at spaces so that lines fit into a width.
func wrap(text string, width int) string {
	var b strings.Builder
	at := 0
	for _, word := range strings.Fields(text) {
		n := diag.CellWidth(word)
		switch {
		case at == 0:
		case at+1+n > width:
			b.WriteByte('\n')
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}

// example writes a program under a heading.
func example(b *strings.Builder, heading, code string) {
	if code == "" {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", heading)
	for line := range strings.Lines(code) {
		b.WriteString("    " + line)
	}
}
