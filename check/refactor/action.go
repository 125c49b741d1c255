package refactor

import (
	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	format "github.com/etamil-lang/etamil/fmt"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Text is something to be said, in both languages.
type Text struct{ Tamil, English string }

// The kinds of actions, by which editors group them and ask for them; each covers those that continue it behind a dot.
const (
	QuickFix   = "quickfix"
	Extract    = "refactor.extract"
	Inline     = "refactor.inline"
	Rewrite    = "refactor.rewrite"
	FixAll     = "source.fixAll"
	Organize   = "source.organizeImports"
	SourceKind = "source"
)

// Request asks what can be done at a place.
type Request struct {
	Names *index.Index // of the program; needed
	Info  *check.Info  // what its check learnt; nil where it was not checked
	File  int          // the file's number in the program
	Span  syntax.Span  // the selection in the file's Src; empty for a cursor
	// Found are the findings in the file; those that touch the selection are cured, the others by what cures all.
	Found []diag.Diagnostic
	// Imports tells what an import of the file brings, as fmt's Options.Imports; nil leaves imports as they stand.
	Imports func(path string) (format.Brought, bool)
	// Places tells in how many places of all programs a symbol of this one stands, its declaration included; nil where there
	// are no other programs.
	Places func(decl index.Occurrence) int
	// Wants tells which kinds are asked for; nil asks for all.
	Wants func(kind string) bool
}

// Action is one thing that can be done.
type Action struct {
	ID    string // names the rule: "extract-variable"
	Kind  string
	Title Text
	// Disabled says why the action would not keep what the program does; empty for an action that can be taken.
	Disabled Text
	// Preferred marks the cure that is most likely meant.
	Preferred bool
	// Confirm says what people should look at before the edits are made; empty where there is nothing to decide.
	Confirm Text
	// Cures are the findings that are gone afterwards.
	Cures []diag.Diagnostic

	raw   []diag.Edit
	exact bool               // the edits are taken as they are
	sheds bool               // comments may go
	later func() []diag.Edit // finds exact edits when they are asked for
	prog  *module.Program
}

// Edits are the changes of the program's texts: in order, inside the texts, none touching another, at the edges of letters.
// A disabled action has none, nor has one that turns out to change nothing.
func (a Action) Edits() []diag.Edit {
	switch {
	case a.Disabled != Text{}:
		return nil
	case a.later != nil:
		return ordered(a.later())
	case a.exact:
		return ordered(a.raw)
	}
	return laidOut(ordered(a.raw), a.prog)
}

// Actions are all that can be done at a place, the most useful first.
func Actions(r Request) []Action {
	if r.Names == nil || r.File < 0 || r.File >= len(r.Names.Program().Files) {
		return nil
	}
	p := placeOf(&r)
	var list []Action
	for _, rule := range rules() {
		if r.Wants != nil && !r.Wants(rule.kind) || rule.tree && p.tree == nil {
			continue
		}
		for _, a := range rule.find(p) {
			a.Kind = rule.kind
			a.prog = r.Names.Program()
			if a.Disabled == (Text{}) && !a.exact && !a.sheds && a.later == nil && p.losesComments(a.raw) {
				a.Disabled = Text{"இங்குள்ள கருத்துரைகள் அழிந்துவிடும்", "comments in between would be lost"}
			}
			list = append(list, a)
		}
	}
	return list
}
