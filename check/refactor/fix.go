package refactor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// touched are the findings at the selection.
func (p *place) touched() (list []diag.Diagnostic) {
	for _, d := range p.Found {
		if d.File == p.file.Name && d.Span.Start <= p.span.End && d.Span.End >= p.span.Start {
			list = append(list, d)
		}
	}
	return list
}

// on is the place of a finding.
func (p *place) on(at syntax.Span) *place { return p.in(index.Occurrence{File: p.File, Span: at}) }

// in is the place of a name, in whichever file.
func (p *place) in(o index.Occurrence) *place {
	r := *p.Request
	r.File, r.Span = o.File, o.Span
	return placeOf(&r)
}

// fixes are the cures that findings carry, each alone and all of one code.
func fixes(p *place) (list []Action) {
	several := map[string]bool{}
	for _, d := range p.touched() {
		for i, f := range d.Fixes {
			list = append(list, Action{
				ID: "fix", Title: Text{diag.Message(f.Code, diag.Tamil, f.Args...), sentence(diag.Message(f.Code, diag.English, f.Args...))},
				Preferred: i == 0, Cures: []diag.Diagnostic{d}, raw: f.Edits, exact: true,
			})
		}
		if len(d.Fixes) > 0 && !several[d.Code] {
			several[d.Code] = true
			list = append(list, p.fixSame(d.Code)...)
		}
	}
	return list
}

// sentence begins a text with a capital letter.
func sentence(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] }

// fixSame cures all findings of one code in the file, where there are several.
func (p *place) fixSame(code string) []Action {
	edits, cures := p.firstFixes(func(d diag.Diagnostic) bool { return d.Code == code })
	if len(cures) < 2 {
		return nil
	}
	title := Text{fmt.Sprintf("கோப்பிலுள்ள %s அனைத்தையும் சரிசெய்", code), fmt.Sprintf("Fix all %s in this file", code)}
	return one(Action{ID: "fix-same", Title: title, Cures: cures, raw: edits, exact: true})
}

// fixAll applies the first cure of every finding in the file, as etamil check --fix does.
func fixAll(p *place) []Action {
	edits, cures := p.firstFixes(func(diag.Diagnostic) bool { return true })
	if len(cures) == 0 {
		return nil
	}
	title := Text{"சரிசெய்யக்கூடிய அனைத்தையும் சரிசெய்", "Fix all that can be fixed"}
	return one(Action{ID: "fix-all", Title: title, Cures: cures, raw: edits, exact: true})
}

// firstFixes are the first cures of the file's findings, as far as they do not touch each other or other files.
func (p *place) firstFixes(wanted func(diag.Diagnostic) bool) (edits []diag.Edit, cures []diag.Diagnostic) {
	for _, d := range p.Found {
		if d.File != p.file.Name || len(d.Fixes) == 0 || !wanted(d) {
			continue
		}
		free := func(e diag.Edit) bool {
			return e.File == p.file.Name && !slices.ContainsFunc(edits, func(o diag.Edit) bool {
				return e.Span.Start <= o.Span.End && o.Span.Start <= e.Span.End
			})
		}
		if fix := d.Fixes[0].Edits; !slices.ContainsFunc(fix, func(e diag.Edit) bool { return !free(e) }) {
			edits, cures = append(edits, fix...), append(cures, d)
		}
	}
	return edits, cures
}

// removals take away what nothing uses or reaches.
func removals(p *place) (list []Action) {
	for _, d := range p.touched() {
		q := p.on(d.Span)
		if q.tree == nil {
			continue
		}
		var a Action
		switch d.Code {
		case check.CodeUnusedVar, check.CodeNeverRead:
			a = q.removeVariable()
		case check.CodeUnusedFunc, check.CodeHidden:
			a = q.removeFunction()
		case check.CodeUnusedImport:
			a = q.removeImport()
		case check.CodeUnreachable:
			a = q.removeStatement()
		case check.CodeIdle:
			if s := q.anchor(); s != nil && !calls(s) {
				a = q.removeStatement()
			}
		}
		if a.ID != "" {
			a.Cures = []diag.Diagnostic{d}
			list = append(list, a)
		}
	}
	return list
}

// removeVariable takes the statement away that sets an unused variable; a call in it stays.
func (p *place) removeVariable() Action {
	s := p.stmt()
	_, at, value := p.assignment()
	if at == nil {
		return Action{}
	}
	name := at.Text
	a := Action{ID: "remove-variable", Title: Text{"பயன்படாத மாறியை நீக்கு: " + name, "Remove the unused variable " + name}, sheds: true}
	sym, known := p.symbol(at)
	switch {
	case !known || slices.ContainsFunc(p.Names.Occurrences(sym), p.part):
		a.Disabled = Text{"இதன் பகுதிகள் வேறு இடத்தில் மாற்றப்படுகின்றன", "parts of it are set at another place"}
	case p.caught() && value != nil && !safe(value):
		a.Disabled = Text{"இங்கு நேரும் பிழை பிடிக்கப்படுகிறது", "an error here would be caught"}
	case value == nil || !calls(value):
		a.raw = []diag.Edit{p.drop(s)}
	case p.startsStatement(value):
		a.raw = []diag.Edit{p.put(s, p.text(value)+";")}
	default:
		a.Disabled = Text{"மதிப்பின் கணக்கீடு வேறு எதையாவது செய்யலாம்", "computing its value may do something"}
	}
	return a
}

// caught tells whether the code around the selection catches errors.
func (p *place) caught() bool {
	for _, n := range slices.Backward(p.outside()) {
		switch n.(type) {
		case *syntax.FuncDecl, *syntax.LambdaExpr:
			return false
		case *syntax.TryStmt, *syntax.RetryStmt, *syntax.TimeoutStmt:
			return true
		}
		if c, ok := n.(*syntax.CallExpr); ok && c.Block != nil {
			return true // of a circuit breaker, of a test that wants an error
		}
	}
	return false
}

// startsStatement tells whether an expression may be a statement of its own.
func (p *place) startsStatement(x syntax.Expr) bool {
	c, ok := x.(*syntax.CallExpr)
	return ok && c.Open.Type != 0 && c.Block == nil && !strings.HasPrefix(p.text(x), "(") && !strings.HasPrefix(p.text(x), "{")
}

func (p *place) removeFunction() Action {
	f, ok := enclosing[*syntax.FuncDecl](p)
	if !ok || f.Name == nil || f.Body == nil || declares(f.Body) {
		return Action{}
	}
	at := wholeLines(p.file.Src, p.at(f))
	start := at.Start
	for {
		prev := strings.LastIndexByte(p.file.Src[:max(start-1, 0)], '\n') + 1
		if start == 0 || !strings.HasPrefix(strings.TrimSpace(p.file.Src[prev:start]), "//") {
			break
		}
		start = prev
	}
	at.Start = start
	switch rest := p.file.Src[at.End:]; {
	case strings.HasPrefix(rest, "\n") && (at.Start == 0 || strings.HasSuffix(p.file.Src[:at.Start], "\n\n")):
		at.End++ // of the two empty lines around it one stays
	case rest == "" && strings.HasSuffix(p.file.Src[:at.Start], "\n\n"):
		at.Start-- // no empty line ends a file
	}
	title := Text{"பயன்படாத செயலை நீக்கு: " + f.Name.Text, "Remove the unused function " + f.Name.Text}
	return Action{ID: "remove-function", Title: title, raw: []diag.Edit{p.edit(at, "")}, sheds: true}
}

func (p *place) removeImport() Action {
	s, ok := p.stmt().(*syntax.ImportStmt)
	if !ok || s.Path == nil {
		return Action{}
	}
	title := Text{"பயன்படாத இறக்கை நீக்கு: " + s.Path.Value, "Remove the unused import " + s.Path.Value}
	return Action{ID: "remove-import", Title: title, raw: []diag.Edit{p.drop(s)}, Preferred: true, sheds: true}
}

func (p *place) removeStatement() Action {
	s := p.anchor()
	if s == nil || declares(s) {
		return Action{}
	}
	return Action{ID: "remove-statement", Title: Text{"இந்தக் கூற்றை நீக்கு", "Remove this statement"}, raw: []diag.Edit{p.drop(s)}, sheds: true}
}

// anchor is the innermost statement around the selection that stands among others.
func (p *place) anchor() syntax.Stmt {
	for _, n := range slices.Backward(p.path) {
		s, ok := n.(syntax.Stmt)
		if _, block := n.(*syntax.Block); !ok || block {
			continue
		}
		if list, _ := p.siblings(s); list != nil {
			return s
		}
	}
	return nil
}

// declarations declare what a name should have meant.
func declarations(p *place) (list []Action) {
	for _, d := range p.touched() {
		q := p.on(d.Span)
		if q.tree == nil || q.anchor() == nil || len(d.Args) == 0 || !isName(d.Args[0]) {
			continue
		}
		name := d.Args[0]
		switch d.Code {
		case check.CodeUndefined:
			title := Text{"இதற்கு முன் அறிவி: " + name, "Declare " + name + " before this"}
			list = append(list, Action{
				ID: "declare-variable", Title: title, Cures: []diag.Diagnostic{d},
				raw: []diag.Edit{q.before(q.anchor(), name+" = "+q.word("இன்மை")+";")},
			})
		case check.CodeNoFunction:
			if c, ok := innermost[*syntax.CallExpr](q); ok {
				title := Text{"செயலை உருவாக்கு: " + name, "Create the function " + name}
				list = append(list, Action{
					ID: "declare-function", Title: title, Cures: []diag.Diagnostic{d},
					raw: []diag.Edit{q.behindTop(q.function(name, q.parameters(c), "", q.word("திரும்பு")+" "+q.word("இன்மை")+";"))},
				})
			}
		}
	}
	return list
}

// parameters are names for the arguments of a call.
func (p *place) parameters(c *syntax.CallExpr) (list []string) {
	for i, arg := range c.Args {
		name := fmt.Sprintf("%s%d", p.letter(), i+1)
		if x, ok := arg.(*syntax.NameExpr); ok && isName(x.Text) && !slices.Contains(list, x.Text) {
			name = x.Text
		}
		list = append(list, name)
	}
	return list
}

// letter is the name of a value of which nothing is known.
func (p *place) letter() string {
	if p.script() == tamil {
		return "மதி"
	}
	return "maqi"
}

// function is a function's text.
func (p *place) function(name string, params []string, result, body string) string {
	if result != "" {
		result += " "
	}
	return fmt.Sprintf("%s %s(%s) %s{\n%s\n}", p.word("செயல்"), name, strings.Join(params, ", "), result, body)
}

// behindTop is the edit that writes a declaration behind the statement of the top level around the selection.
func (p *place) behindTop(text string) diag.Edit {
	end := max(p.at(p.top()).End, p.span.End)
	if n := strings.IndexByte(p.file.Src[end:], '\n'); n >= 0 && comments(p.file.Src[end:end+n]) != "" {
		end += n // behind the comment beside it
	}
	if rest := p.file.Src[end:]; strings.HasPrefix(rest, "\n") && rest != "\n" && !strings.HasPrefix(rest, "\n\n") {
		text += "\n"
	}
	return p.edit(syntax.Span{Start: end, End: end}, "\n\n"+text)
}

// silence writes a comment that silences a warning.
func silence(p *place) (list []Action) {
	for _, d := range p.touched() {
		if d.IsError() || diag.Stops(d.Code) || strings.HasPrefix(d.Code, "W05") {
			continue
		}
		src := p.file.Src
		start := strings.LastIndexByte(src[:d.Span.Start], '\n') + 1
		if inText(p.file, start) {
			continue
		}
		indent := src[start : start+len(src[start:])-len(strings.TrimLeft(src[start:], " \t"))]
		title := Text{"இந்த இடத்தில் " + d.Code + " எச்சரிக்கையை அடக்கு", "Silence " + d.Code + " here"}
		list = append(list, Action{
			ID: "silence", Title: title, Cures: []diag.Diagnostic{d}, exact: true,
			raw: []diag.Edit{p.edit(syntax.Span{Start: start, End: start}, indent+"// etamil:ignore "+d.Code+"\n")},
		})
	}
	return list
}

// inText tells whether an offset is inside a token, as in a text of several lines.
func inText(f *syntax.File, off int) bool {
	toks := f.AllTokens()
	i, _ := slices.BinarySearchFunc(toks, off, func(t syntax.Token, off int) int { return t.Pos.Offset - off })
	return i > 0 && toks[i-1].Pos.Offset+len(toks[i-1].Value) > off
}
