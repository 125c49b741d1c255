package lsp

import (
	"regexp"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
)

// diagnostics renders findings about a file for the client.
func (s *snapshot) diagnostics(f *file, list []diag.Diagnostic) []protocol.Diagnostic {
	out := make([]protocol.Diagnostic, 0, len(list))
	for _, d := range list {
		out = append(out, s.diagnostic(f, d))
	}
	return out
}

func (s *snapshot) diagnostic(f *file, d diag.Diagnostic) protocol.Diagnostic {
	out := protocol.Diagnostic{
		Range:    f.rangeOf(d.Span),
		Severity: severity(d.Severity),
		Code:     protocol.String(d.Code),
		Source:   protocol.NewOptional("etamil"),
		Message:  s.message(d),
	}
	if s.client.tags {
		if tag, ok := tagOf(d.Code); ok {
			out.Tags = protocol.NewDiagnosticTags(tag)
		}
	}
	if s.client.codeHref && s.client.textContent {
		out.CodeDescription = protocol.CodeDescription{Href: explainURI(d.Code)}
	}
	if !s.client.related {
		return out
	}
	for _, r := range d.Related {
		if in := s.at(r.File); in != nil {
			out.RelatedInformation = append(out.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: in.location(r.Span), Message: s.note(r.Code, r.Args),
			})
		}
	}
	return out
}

// message is a finding's text with the catalogue's advice, of which each is a line; where both languages are wanted each has
// its own. A client that can shows them as paragraphs, and the names in them as code.
func (s *snapshot) message(d diag.Diagnostic) protocol.InlayHintTooltip {
	langs := []diag.Lang{s.settings.lang}
	if s.settings.lang == diag.Both {
		langs = []diag.Lang{diag.Tamil, diag.English}
	}
	var lines []string
	for _, lang := range langs {
		lines = append(lines, d.Message(lang))
	}
	for _, lang := range langs {
		if help := diag.Help(d.Code, lang, d.Args...); help != "" {
			lines = append(lines, help)
		}
	}
	if !s.client.markupMessages {
		return protocol.String(strings.Join(lines, "\n"))
	}
	for i, line := range lines {
		lines[i] = marked(line)
	}
	return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: strings.Join(lines, "\n\n")}
}

// quotedName is a name or sign that a message quotes; an apostrophe stands behind a letter.
var quotedName = regexp.MustCompile("(^|[^\\p{L}\\p{M}\\p{N}])'([^'`\n]+)'")

// marked is a line of a message as Markdown.
func marked(line string) string {
	var b strings.Builder
	end := 0
	for _, m := range quotedName.FindAllStringSubmatchIndex(line, -1) {
		b.WriteString(diag.Markdown(line[end:m[3]]) + "`" + line[m[4]:m[5]] + "`")
		end = m[1]
	}
	return b.String() + diag.Markdown(line[end:])
}

// note is the text of a code of the catalogue in one line.
func (s *snapshot) note(code string, args []string) string {
	return diag.Message(code, s.settings.lang, args...)
}

func severity(s diag.Severity) protocol.DiagnosticSeverity {
	switch s {
	case diag.Error:
		return protocol.DiagnosticSeverityError
	case diag.Warning:
		return protocol.DiagnosticSeverityWarning
	}
	return protocol.DiagnosticSeverityInformation
}

// tagOf tells how editors show what a finding is about: what does nothing is pale.
func tagOf(code string) (protocol.DiagnosticTag, bool) {
	switch code {
	case check.CodeUnusedVar, check.CodeUnusedParam, check.CodeUnusedFunc, check.CodeUnusedImport, check.CodeNeverRead,
		check.CodeUnreachable, check.CodeHidden, check.CodeIdle, diag.CodeIgnoreIdle:
		return protocol.DiagnosticTagUnnecessary, true
	}
	return 0, false
}

// explainURI is the page about a code, which textDocumentContent shows.
func explainURI(code string) uri.URI { return uri.URI(contentScheme + ":/explain/" + code + ".md") }
