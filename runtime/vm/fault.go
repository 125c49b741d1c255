package vm

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// Fault is a run-time error with its place. It is immutable once it was raised.
type Fault struct {
	Code string
	Args []string
	// Value is the error record that a program raised or that பிழை received; value.Nil until one is asked for.
	Value value.Value
	File  *syntax.File
	Span  syntax.Span
	// Stack lists the calls that were active, innermost first; the first frame is the place itself. Of very many calls the
	// innermost and the outermost are kept.
	Stack []Frame
	// cause keeps the Go error of a cancelled run, and the Go stack of a bug of the toolchain.
	cause error
	limit *limit    // of a காலவரம்பு that this fault is on its way to
	until time.Time // when the last words of a run that this fault ended are over
	line  func() string
}

// Frame is one active call.
type Frame struct {
	Function string // "" for a lambda, "(top level)" never: the top level has the name ""
	Top      bool
	File     *syntax.File
	Span     syntax.Span
	Skipped  int // calls between the frame before this one and this one that were not kept
}

// Error is the English message; people see the diagnostic.
func (f *Fault) Error() string {
	return f.place() + ": " + diag.Message(f.Code, diag.English, f.Args...)
}

// Unwrap is the context's error of a run that was cancelled or out of time.
func (f *Fault) Unwrap() error { return f.cause }

// Kind is the stable kind word of services.md rule 13 (கணிதம், வகை …).
func (f *Fault) Kind() string {
	if f.Code == CodeRaised {
		if k, err := value.Field(f.Value, value.FieldKind); err == nil {
			return value.Brief(k)
		}
	}
	if e := diag.Lookup(f.Code); e != nil && e.Kind != "" {
		return e.Kind
	}
	return "பொது"
}

// Catchable tells whether பிழை may receive the fault. Exhausted limits and cancellation end the block they belong to
// (services.md rule 12).
func (f *Fault) Catchable() bool {
	switch f.Code {
	case CodeFuel, CodeMemory, CodeDeadline, CodeCancelled, CodeDeadlock, CodeInternal:
		return false
	}
	return f.limit == nil
}

// Diagnostic is the fault as the renderers of check/diag take it.
func (f *Fault) Diagnostic() diag.Diagnostic {
	d := diag.Diagnostic{Code: f.Code, Severity: diag.Error, File: f.File.Name, Span: f.Span, Args: f.Args}
	for _, fr := range f.Stack {
		d.Stack = append(d.Stack, diag.Frame{Function: fr.Function, File: fr.File.Name, Span: fr.Span, Skipped: fr.Skipped})
	}
	return d
}

func (f *Fault) place() string {
	if f.line != nil {
		return f.line()
	}
	return f.File.Name
}

// Record is the fault as பிழை(NAME) sees it (services.md rule 13).
func (f *Fault) Record() value.Value { return f.record() }

// record is the fault as பிழை(NAME) sees it.
func (f *Fault) record() value.Value {
	if value.IsFault(f.Value) {
		return f.Value
	}
	msg := diag.Message(f.Code, diag.Both, f.Args...)
	details := f.Value
	kind := f.Kind()
	if f.Code == CodeUnhandled {
		msg = value.Brief(details)
	} else {
		details = value.FromFields(nil, nil)
	}
	rec := value.NewFault(kind, msg)
	rec.Details, rec.Place, rec.Stack = details, f.place(), f.stackValue()
	return rec.Record()
}

func (f *Fault) stackValue() value.Value {
	items := make([]value.Value, 0, len(f.Stack))
	for _, fr := range f.Stack {
		if fr.Skipped > 0 {
			items = append(items, value.FromText("… "+strconv.Itoa(fr.Skipped)))
		}
		items = append(items, value.FromText(fr.Function))
	}
	return value.FromItems(items)
}

// A fault remembers the place, the innermost calls and the outermost ones.
const (
	stackInner = 20
	stackOuter = 10
)

// fault turns an error of the instruction before pc into a Fault with place and calls.
func (m *Machine) fault(err error, fn *Proto, pc int) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	f = &Fault{Value: value.Nil}
	var ve *value.Error
	switch {
	case errors.As(err, &ve):
		f.Code, f.Args = ve.Code, ve.Args
	case m.atLimit(f, err):
	case errors.Is(err, context.DeadlineExceeded):
		f.Code, f.Args, f.cause = CodeDeadline, []string{strconv.FormatInt(m.opts.TimeLimit.Milliseconds(), 10)}, err
	case errors.Is(err, context.Canceled):
		f.Code, f.cause = CodeCancelled, err
	default:
		f.Code, f.Args, f.cause = CodeInternal, []string{err.Error()}, err
	}
	m.locate(f, fn, pc)
	return f
}

// locate fills in where a fault happened.
func (m *Machine) locate(f *Fault, fn *Proto, pc int) {
	f.File, f.Span = m.prog.files[fn.fileAt(pc)], fn.spans[pc]
	pos := m.prog.maps[fn.fileAt(pc)]
	f.line = sync.OnceValue(func() string { return placeText(f.File.Name, pos(), f.Span.Start) })
	add := func(fn *Proto, pc, skipped int) {
		f.Stack = append(f.Stack, Frame{fn.name, fn.globals, m.prog.files[fn.fileAt(pc)], fn.spans[pc], skipped})
	}
	add(fn, pc, 0)
	calls := 0
	for i := range m.frames {
		if m.frames[i].fn != nil {
			calls++
		}
	}
	inner, skipped := stackInner, 0
	for i := len(m.frames) - 1; i >= 0; i-- {
		fr := &m.frames[i]
		switch {
		case fr.fn == nil:
			continue
		case inner > 0 || calls <= stackOuter:
			add(fr.fn, fr.pc-1, skipped)
			inner, skipped = inner-1, 0
		default:
			skipped++
		}
		calls--
	}
}

func placeText(name string, pos *position.Map, off int) string {
	line, col := pos.Clusters(off)
	return fmt.Sprintf("%s:%d:%d", name, line, col)
}

func machineError(code string, args ...string) error { return &value.Error{Code: code, Args: args} }

// raise makes the fault of தவறு(v)? (services.md rules 12 and 13).
func (m *Machine) raise(v value.Value, fn *Proto, pc int) *Fault {
	inner := v.Inner()
	f := &Fault{Code: CodeUnhandled, Args: []string{value.Brief(inner)}, Value: inner}
	m.locate(f, fn, pc)
	if !value.IsFault(inner) {
		f.Value = f.record()
		return f
	}
	f.Code = CodeRaised
	if msg, err := value.Field(inner, value.FieldMessage); err == nil {
		f.Args = []string{value.Brief(msg)}
	}
	if at, err := value.Field(inner, value.FieldPlace); err != nil || !at.Truthy() {
		value.Share(inner)
		rec, _ := value.SetField(inner, value.FieldPlace, value.FromText(f.place()))
		rec, _ = value.SetField(rec, value.FieldStack, f.stackValue())
		f.Value = rec
	}
	return f
}
