package diag

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/etamil-lang/etamil/syntax"
)

// jsonVersion is raised when a field of the JSON form changes its meaning or goes away; new fields do not raise it.
const jsonVersion = 1

// Summary is what a check says of itself after its findings.
type Summary struct {
	Files        int   `json:"files"`
	Errors       int   `json:"errors"`
	Warnings     int   `json:"warnings"`
	Silenced     int   `json:"silenced"`
	Hidden       int   `json:"hidden"` // found, and left out because of a limit
	Milliseconds int64 `json:"milliseconds"`
}

// The parts of the JSON form. Lines and columns count from 1; column counts grapheme clusters, as people see them, utf16
// the code units of JavaScript and most editors, byte the bytes of UTF-8; offset is the byte from the start of the text,
// with a byte order mark left out and lines ended by \n.
type (
	jsonReport struct {
		Version     int              `json:"version"`
		Diagnostics []jsonDiagnostic `json:"diagnostics"`
		Summary     Summary          `json:"summary"`
	}
	jsonDiagnostic struct {
		Code     string        `json:"code"`
		Severity string        `json:"severity"`
		Kind     string        `json:"kind,omitempty"`
		Message  jsonText      `json:"message"`
		Help     *jsonText     `json:"help,omitempty"`
		File     string        `json:"file,omitempty"`
		Range    *jsonRange    `json:"range,omitempty"`
		Args     []string      `json:"args"`
		Related  []jsonRelated `json:"related,omitempty"`
		Fixes    []jsonFix     `json:"fixes,omitempty"`
	}
	jsonText struct {
		Tamil   string `json:"ta"`
		English string `json:"en"`
	}
	jsonRange struct {
		Start jsonPlace `json:"start"`
		End   jsonPlace `json:"end"`
	}
	jsonPlace struct {
		Line   int `json:"line"`
		Column int `json:"column"`
		UTF16  int `json:"utf16"`
		Byte   int `json:"byte"`
		Offset int `json:"offset"`
	}
	jsonRelated struct {
		Message jsonText   `json:"message"`
		File    string     `json:"file,omitempty"`
		Range   *jsonRange `json:"range,omitempty"`
	}
	jsonFix struct {
		Message jsonText   `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		File  string     `json:"file"`
		Range *jsonRange `json:"range,omitempty"`
		Text  string     `json:"text"`
	}
)

// JSON writes a whole report as one JSON document: the findings with their texts in both languages and their places in
// clusters, UTF-16 code units and bytes, and the summary. The error is the writer's.
func JSON(w io.Writer, list []Diagnostic, src func(file string) string, s Summary) error {
	r := NewRenderer(src, Options{})
	report := jsonReport{Version: jsonVersion, Diagnostics: make([]jsonDiagnostic, 0, len(list)), Summary: s}
	for _, d := range list {
		report.Diagnostics = append(report.Diagnostics, r.json(d))
	}
	return writeJSON(w, report)
}

// writeJSON writes a value readably, with < and > as they are.
func writeJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		return fmt.Errorf("write diagnostics: %w", err)
	}
	return nil
}

func (r *Renderer) json(d Diagnostic) jsonDiagnostic {
	j := jsonDiagnostic{
		Code: d.Code, Severity: d.Severity.String(), Message: textOf(d.Code, d.Args), File: d.File,
		Range: r.span(d.File, d.Span), Args: append([]string{}, d.Args...),
	}
	if e := Lookup(d.Code); e != nil {
		j.Kind = e.Kind
		if e.HelpTamil != "" {
			j.Help = &jsonText{Help(d.Code, Tamil, d.Args...), Help(d.Code, English, d.Args...)}
		}
	}
	for _, rel := range d.Related {
		j.Related = append(j.Related, jsonRelated{textOf(rel.Code, rel.Args), rel.File, r.span(rel.File, rel.Span)})
	}
	for _, f := range d.Fixes {
		fix := jsonFix{Message: textOf(f.Code, f.Args)}
		for _, e := range f.Edits {
			fix.Edits = append(fix.Edits, jsonEdit{e.File, r.span(e.File, e.Span), e.Text})
		}
		j.Fixes = append(j.Fixes, fix)
	}
	return j
}

func textOf(code string, args []string) jsonText {
	return jsonText{Message(code, Tamil, args...), Message(code, English, args...)}
}

// span is a place in all units, or nothing where the file's text is not known.
func (r *Renderer) span(file string, s syntax.Span) *jsonRange {
	if r.lines(file) == nil {
		return nil
	}
	return &jsonRange{r.spot(file, s.Start), r.spot(file, s.End)}
}

func (r *Renderer) spot(file string, off int) jsonPlace {
	m := r.lines(file)
	line, col := m.Clusters(off)
	_, utf16 := m.UTF16(off)
	_, utf8 := m.UTF8(off)
	return jsonPlace{line, col, utf16 + 1, utf8 + 1, off}
}
