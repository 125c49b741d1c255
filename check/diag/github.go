package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes the findings as workflow commands of GitHub Actions, which become annotations of a change: one line each,
// columns in UTF-16 code units. The error is the writer's.
func GitHub(w io.Writer, list []Diagnostic, src func(file string) string, lang Lang) error {
	r := NewRenderer(src, Options{Lang: lang})
	for _, d := range list {
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", githubLevel(d.Severity), r.githubPlace(d), githubText(r.githubMessage(d))); err != nil {
			return fmt.Errorf("write annotation: %w", err)
		}
	}
	return nil
}

func githubLevel(s Severity) string {
	if s == Note {
		return "notice"
	}
	return s.String()
}

// githubPlace is the command's properties. GitHub shows columns only for places within one line.
func (r *Renderer) githubPlace(d Diagnostic) string {
	props := []string{}
	if d.File != "" {
		props = append(props, "file="+githubProperty(d.File))
	}
	if at := r.region(d.File, d.Span); at != nil {
		props = append(props, fmt.Sprintf("line=%d,endLine=%d", at.StartLine, at.EndLine))
		if at.StartLine == at.EndLine {
			props = append(props, fmt.Sprintf("col=%d,endColumn=%d", at.StartColumn, at.EndColumn))
		}
	}
	return strings.Join(append(props, "title="+githubProperty(d.Code)), ",")
}

// githubMessage is the message and what cures it.
func (r *Renderer) githubMessage(d Diagnostic) string {
	lines := []string{d.Message(r.opt.Lang)}
	for _, f := range d.Fixes {
		lines = append(lines, Message(NoteFix, r.opt.Lang, Message(f.Code, r.opt.Lang, f.Args...)))
	}
	if len(d.Fixes) == 0 {
		if help := Help(d.Code, r.opt.Lang, d.Args...); help != "" {
			lines = append(lines, Message(NoteFix, r.opt.Lang, help))
		}
	}
	return strings.Join(lines, "\n")
}

// githubText escapes what would end the command's line.
func githubText(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubProperty also escapes what would end the property.
func githubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
