package vm

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// limit is one காலவரம்பு that is being run. It is the cause of its context's end.
type limit struct {
	millis string
	outer  context.Context
	cancel context.CancelFunc
	unhook func() bool
}

func (l *limit) Error() string { return "the limit of " + l.millis + " ms" }

// Millis reads a number of milliseconds from 0 up; more than a duration can hold is the longest one.
func Millis(v value.Value) (time.Duration, error) {
	if !v.IsNumber() {
		return 0, machineError(CodeMillis, v.KindName())
	}
	ms, err := strconv.ParseFloat(v.Display(), 64)
	if err != nil || ms < 0 {
		return 0, machineError(CodeMillis, v.Display())
	}
	if ms >= float64(math.MaxInt64/time.Millisecond) {
		return math.MaxInt64, nil
	}
	return time.Duration(ms * float64(time.Millisecond)), nil
}

// enterLimit begins a காலவரம்பு: the run has a shorter context until leaveLimit.
func (m *Machine) enterLimit(v value.Value) error {
	d, err := Millis(v)
	if err != nil {
		return err
	}
	l := &limit{millis: v.Display(), outer: m.ctx}
	m.ctx, l.cancel = context.WithTimeoutCause(m.ctx, d, l)
	l.unhook = context.AfterFunc(m.ctx, func() { m.stop.Store(true) })
	m.limits = append(m.limits, l)
	return nil
}

// leaveLimit ends the innermost காலவரம்பு. When it is what ended its block it is raised here, where it can be caught, unless
// an இறுதியில் put an error of its own in its place.
func (m *Machine) leaveLimit(waiting value.Value) error {
	l := m.limits[len(m.limits)-1]
	m.dropLimit()
	var f *Fault
	if h := waiting.Handle(); h != nil {
		f, _ = h.Impl.(*Fault)
	}
	if m.ending != nil && m.ending.limit == l {
		m.ending, m.over = nil, false
		if f == nil || f.Catchable() || f.Code == CodeInternal || f.Code == CodeDeadlock {
			return nil
		}
	} else if f == nil || f.limit != l {
		return nil
	}
	return machineError(CodeTimeout, l.millis)
}

func (m *Machine) dropLimit() {
	l := m.limits[len(m.limits)-1]
	m.limits = m.limits[:len(m.limits)-1]
	l.unhook()
	l.cancel()
	m.ctx = l.outer
	m.stop.Store(false)
	if m.ctx.Err() != nil { // it may have ended before the flag was taken back
		m.stop.Store(true)
	}
}

// atLimit makes f the fault of the காலவரம்பு that ended the run's context, if one did.
func (m *Machine) atLimit(f *Fault, err error) bool {
	if len(m.limits) == 0 || !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
		return false
	}
	var l *limit
	if !errors.As(context.Cause(m.ctx), &l) {
		return false
	}
	f.Code, f.Args, f.limit, f.cause = CodeTimeout, []string{l.millis}, l, err
	return true
}

// interrupted is the end of the context where a word failed because of it, else the word's own error.
func (m *Machine) interrupted(err error) error {
	if len(m.limits) == 0 && !m.forked || m.ending != nil {
		return err
	}
	var exit *Exit
	if ended := m.ctx.Err(); ended != nil && !errors.As(err, &exit) {
		return ended
	}
	return err
}

// finished is the end of a run: limits that it did not leave, and what services do then.
func (m *Machine) finished() {
	for len(m.limits) > 0 {
		m.dropLimit()
	}
	for i := len(m.held) - 1; i >= 0; i-- {
		m.held[i].Release()
	}
	m.held = slices.Delete(m.held, 0, len(m.held))
	for i := len(m.atEnd) - 1; i >= 0; i-- {
		m.atEnd[i]()
	}
	m.atEnd = nil
}
