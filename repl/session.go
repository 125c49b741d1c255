package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Options are a session's surroundings. The zero value has no words but the language's own statements, and no files.
type Options struct {
	// Lang is the language of messages.
	Lang diag.Lang
	// Color shows values, faults and help with ANSI colours.
	Color bool
	// Width measures text in terminal cells; nil is diag.CellWidth.
	Width func(text string) int
	// Columns is how many cells a line has; nil means 100.
	Columns func() int
	// Natives are the words that entries may call.
	Natives vm.Natives
	// Machine are the limits of each entry. Its Stdout is not used.
	Machine vm.Options
	// Source and Roots are where entries import from, Dir the folder that their paths start from.
	Source module.Source
	Roots  []string
	Dir    string
	// Around wraps the context of everything that runs, so that words find their services; nil leaves it.
	Around func(ctx context.Context) context.Context
	// Began, if set, is told that an entry runs. It answers what is called at its end, with whether it failed; that answers the errors
	// that happened beside the entries since and that nobody has asked for.
	Began func() (ended func(failed bool) []error)
	// Forget, if set, ends what the entries have set going around them, when everything is forgotten.
	Forget func()
	// LineWidth is how long lines may get that :fmt and :save lay out, in letters; 0 is format.DefaultWidth.
	LineWidth int
	// Host does what needs files, editors and servers; a nil function of it says that it cannot be done here.
	Host Host
}

// Host is what commands need of the world.
type Host struct {
	// Write writes a whole file that the user named.
	Write func(path, text string) error
	// Edit lets the user change a text in an editor.
	Edit func(ctx context.Context, text string) (string, error)
	// Request answers an HTTP request from a program's routes, without a network.
	Request func(ctx context.Context, p *vm.Program, globals []value.Value, r Request) (string, error)
}

// Request is an HTTP request that a user typed.
type Request struct{ Method, Path, Body string }

// Session is one conversation. It is not safe for concurrent use.
type Session struct {
	o        Options
	live     *vm.Live
	checker  *check.Session
	helper   *assist.Assistant
	script   Script
	commands commandList
	count    int // entries so far, the failed ones too
	sources  map[string]string
	said     []said // the entries that succeeded, oldest first
	defs     []definition
	paths    map[string]string // imported files with their texts
	ambient  map[string]declared
	types    map[string]string // declared types of variables
	broken   map[string]bool   // what is known to be wrong with earlier definitions
	before   past              // the entry that is being answered
	undo     []past
	draft    draft
	out      io.Writer
}

// said is an entry that succeeded.
type said struct {
	text  string
	value value.Value // what was shown; value.Unset when nothing was
}

// past is what the session was before an entry.
type past struct {
	state vm.State
	said  int
	defs  []definition
	types map[string]string
	paths map[string]string
}

// maxUndo bounds how many entries can be taken back.
const maxUndo = 50

// Result is what became of an entry.
type Result struct {
	// Failed tells that the entry was refused or failed; it changed nothing.
	Failed bool
	// Quit tells that the user wants to leave, with Status.
	Quit   bool
	Status int
	// Draft is a text that the user is to go on with, as the next entry.
	Draft string
}

// New begins a conversation.
func New(o Options) *Session {
	if o.Width == nil {
		o.Width = diag.CellWidth
	}
	if o.Columns == nil {
		o.Columns = func() int { return 100 }
	}
	if o.Source == nil {
		o.Source = nothing{}
	}
	s := &Session{o: o, commands: allCommands(), out: io.Discard}
	s.Reset()
	return s
}

// Reset forgets everything that was said.
func (s *Session) Reset() {
	s.live = vm.NewLive(s.o.Natives, s.o.Machine)
	s.checker, s.helper = check.NewSession(), assist.New()
	s.sources, s.paths, s.ambient = map[string]string{}, map[string]string{}, map[string]declared{}
	s.types, s.broken = map[string]string{}, map[string]bool{}
	s.said, s.defs, s.undo = nil, nil, nil
	s.draft = draft{}
}

// Eval runs an entry: statements, an expression whose value is shown, :command, or ?name. Everything that is shown goes to
// out. When ctx ends, the entry is stopped at once and has changed nothing.
func (s *Session) Eval(ctx context.Context, text string, out io.Writer) (r Result) {
	s.out = out
	s.before = s.now()
	defer func() {
		if bug := recover(); bug != nil { // a bug of ours must not take the terminal and the conversation with it
			s.back(s.before)
			s.note(fmt.Sprintf("%s: %v", s.text("etamil-இன் பிழை; தயவுசெய்து தெரிவிக்கவும்", "a bug of etamil; please report it"), bug))
			r = Result{Failed: true}
		}
		s.out = io.Discard
	}()
	switch first := firstRune(text); first {
	case 0:
		return Result{}
	case ':':
		return s.command(ctx, text)
	case '?':
		return s.document(ctx, text)
	}
	return s.enter(ctx, text)
}

func (s *Session) enter(ctx context.Context, text string) Result {
	e, ok := s.load(ctx, text)
	if !ok {
		return Result{Failed: true}
	}
	return s.enterLoaded(ctx, e)
}

func (s *Session) enterLoaded(ctx context.Context, e *entry) Result {
	found := s.check(ctx, e)
	if s.refuses(found, e) {
		return Result{Failed: true}
	}
	if problems := s.live.Add(e.prog); len(problems) > 0 {
		s.live.Restore(s.before.state)
		s.show(problems)
		return Result{Failed: true}
	}
	v, err := s.run(ctx)
	if err != nil {
		var exit *vm.Exit
		if errors.As(err, &exit) {
			return Result{Quit: true, Status: exit.Status}
		}
		s.live.Restore(s.before.state)
		s.failed(ctx, e, err)
		return Result{Failed: true}
	}
	s.keep(e)
	s.answer(v)
	s.remark(found, e)
	return Result{}
}

func (s *Session) run(ctx context.Context) (value.Value, error) {
	if s.o.Around != nil {
		ctx = s.o.Around(ctx)
	}
	s.live.Output(s.out)
	defer s.live.Output(io.Discard)
	if s.o.Began == nil {
		return s.live.Run(ctx) //nolint:wrapcheck // a fault is shown as it is
	}
	ended := s.o.Began()
	v, err := s.live.Run(ctx)
	for _, lost := range ended(err != nil) {
		s.note(s.text("ஒரு பணி தோற்றது:", "a task failed:"))
		s.fault(lost)
	}
	return v, err //nolint:wrapcheck // as above
}

// fault shows an error of what ran beside the entries.
func (s *Session) fault(err error) {
	var fault *vm.Fault
	if errors.As(err, &fault) {
		s.show([]diag.Diagnostic{fault.Diagnostic()})
		return
	}
	s.note(err.Error())
}

// now remembers the session as it is.
func (s *Session) now() past {
	return past{s.live.State(), len(s.said), slices.Clone(s.defs), maps.Clone(s.types), maps.Clone(s.paths)}
}

// keep makes an entry part of the session.
func (s *Session) keep(e *entry) {
	s.undo = append(s.undo, s.before)
	if len(s.undo) > maxUndo {
		s.undo = append(s.undo[:0], s.undo[1:]...)
	}
	s.define(e)
	s.said = append(s.said, said{text: e.text, value: value.Unset})
}

// answer shows an entry's value and makes it _.
func (s *Session) answer(v value.Value) {
	if v.Kind() == value.UnsetKind || v.IsNil() {
		return
	}
	s.said[len(s.said)-1].value = v
	s.live.Set(lastName, v)
	s.say(s.value(v))
}

// lastName is the variable that holds the last value that was shown.
const lastName = "_"

// back makes the session what it was.
func (s *Session) back(p past) {
	s.live.Restore(p.state)
	s.said, s.defs, s.types, s.paths = s.said[:p.said], p.defs, p.types, p.paths
	s.draft = draft{}
}

// failed shows why an entry ended early.
func (s *Session) failed(ctx context.Context, e *entry, err error) {
	var fault *vm.Fault
	switch {
	case ctx.Err() != nil:
		s.note(s.text("நிறுத்தப்பட்டது; எதுவும் மாறவில்லை", "stopped; nothing has changed"))
	case errors.As(err, &fault):
		s.show([]diag.Diagnostic{check.Suggest(s.program(e), fault.Diagnostic())})
	default:
		s.note(fmt.Sprintf("%s: %v", s.text("இயக்கம் நின்றது", "the run stopped"), err))
	}
}

// say writes a line.
func (s *Session) say(line string) { _, _ = fmt.Fprintln(s.out, line) } // a closed terminal is noticed where entries are read

// text is a message in the session's language.
func (s *Session) text(tamil, english string) string { return textIn(s.o.Lang, tamil, english) }

func textIn(lang diag.Lang, tamil, english string) string {
	switch lang {
	case diag.Tamil:
		return tamil
	case diag.English:
		return english
	}
	return tamil + "  (" + english + ")"
}
