package diag

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Severity says how much a diagnostic weighs.
type Severity uint8

// The severities. An Error stops a run, a Warning never does, a Note only belongs to another diagnostic.
const (
	Error Severity = iota
	Warning
	Note
)

// String is the English word for the severity.
func (s Severity) String() string {
	switch s {
	case Warning:
		return "warning"
	case Note:
		return "note"
	default:
		return "error"
	}
}

// Diagnostic is one finding about a program: what it is (a code of the catalogue and its arguments) and where.
type Diagnostic struct {
	// Code is the stable code; the catalogue has its texts and its kind.
	Code     string
	Severity Severity
	// File is the name of the file as it is shown to people; empty when the finding has no place at all.
	File string
	// Span is the place in the file's text as syntax.File.Src has it.
	Span syntax.Span
	// Args fill {0}, {1} … of the message.
	Args []string
	// Related are further places that explain the finding.
	Related []Related
	// Fixes are changes that cure it, the best first.
	Fixes []Fix
	// Stack is the call stack of a run-time error, innermost call first.
	Stack []Frame
}

// Related is a further place and what it has to do with the finding.
type Related struct {
	// Code is a note of the catalogue, N0001 and so on.
	Code string
	Args []string
	File string
	Span syntax.Span
}

// Fix is a change that cures the finding.
type Fix struct {
	// Code is a note of the catalogue that says what the change does.
	Code  string
	Args  []string
	Edits []Edit
}

// Edit puts Text where Span of File was.
type Edit struct {
	File string
	Span syntax.Span
	Text string
}

// Frame is one active call: the function's name as the program wrote it and the place where it was when the error
// struck. An empty name is the program's top level.
type Frame struct {
	Function string
	File     string
	Span     syntax.Span
	// Skipped counts the calls between the frame before this one and this one that were not kept.
	Skipped int
}

// Message is the diagnostic's text in the language asked for, without its place.
func (d Diagnostic) Message(lang Lang) string { return Message(d.Code, lang, d.Args...) }

// IsError tells whether the diagnostic stops a run.
func (d Diagnostic) IsError() bool { return d.Severity == Error }

// New makes a diagnostic of a code of the catalogue, with the severity that the catalogue gives it.
func New(code, file string, span syntax.Span, args ...string) Diagnostic {
	return Diagnostic{Code: code, Severity: severityOf(code), File: file, Span: span, Args: args}
}

// severityOf reads the severity from the code's letter, which the catalogue's test holds to its entries.
func severityOf(code string) Severity {
	switch {
	case len(code) > 0 && code[0] == 'W':
		return Warning
	case len(code) > 0 && code[0] == 'N':
		return Note
	default:
		return Error
	}
}

// FromFault turns a fault of the lexer or parser into a diagnostic. The file name is the one shown to people.
func FromFault(file string, f syntax.Fault) Diagnostic {
	d := New(f.Code, file, f.Span, f.Args...)
	if f.Opener != (syntax.Span{}) {
		d.Related = append(d.Related, Related{Code: NoteOpened, File: file, Span: f.Opener})
	}
	if f.HasFix {
		d.Fixes = append(d.Fixes, replaceWith(file, f.Span, f.Fix))
	}
	return d
}

// replaceWith is the fix that writes text where span was.
func replaceWith(file string, span syntax.Span, text string) Fix {
	fix := Fix{Code: NoteReplace, Args: []string{strings.TrimSpace(text)}, Edits: []Edit{{File: file, Span: span, Text: text}}}
	switch {
	case text == "":
		fix.Code, fix.Args = NoteRemove, nil
	case span.Start == span.End:
		fix.Code = NoteInsert
	}
	return fix
}

// Replace is the fix that writes text where span of the file was: a removal when text is empty, an insertion when the
// span is.
func Replace(file string, span syntax.Span, text string) Fix { return replaceWith(file, span, text) }

// FromLoad turns a fault of loading a program into a diagnostic.
func FromLoad(f module.Fault) Diagnostic {
	d := FromFault(f.File, f.Fault)
	for _, p := range f.Related {
		rel := Related{Code: NoteOther, File: p.File, Span: p.Span}
		if len(f.Args) > 0 {
			rel.Args = f.Args[:1]
		}
		d.Related = append(d.Related, rel)
	}
	return d
}
