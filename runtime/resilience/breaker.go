package resilience

import (
	"errors"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// KindBreaker is the kind of a breaker's handle.
const KindBreaker = "துண்டிப்பான்"

// states are how துண்டிப்பான்_நிலை says them.
var states = map[circuitbreaker.State]string{
	circuitbreaker.ClosedState: "மூடியது", circuitbreaker.OpenState: "திறந்தது", circuitbreaker.HalfOpenState: "பாதி",
}

// Words are the words of this package, by words.Word.ID.
func Words() vm.Natives {
	const both = 3 // arguments that are handed on without their display text
	return vm.Natives{
		"breakerCreate":    {Min: 0, Max: 1, Keeps: true, Fn: createWord},
		"breakerState":     {Min: 1, Max: 1, Fn: stateWord},
		"breakerRun":       {Min: 1, Max: 1, Enters: true, Fn: runWord},
		"breakerRun.value": {Min: 2, Max: 2, Keeps: true, Whole: both, Fn: valueWord},
		"breakerRun.fail":  {Min: 2, Max: 2, Keeps: true, Whole: both, Fn: failWord},
		"breakerRun.leave": {Min: 2, Max: 2, Whole: both, Fn: leaveWord},
	}
}

// breaker lets blocks run while it is closed, and only so many at a time.
type breaker struct {
	options
	circuit circuitbreaker.CircuitBreaker[any]
	places  bulkhead.Bulkhead[any] // nil: as many as want
	waiting atomic.Int64           // those that wait for a place
}

// createWord is துண்டிப்பான்_உருவாக்கு([options]).
func createWord(c *vm.Call) (value.Value, error) {
	o, err := readOptions(c.Args)
	if err != nil {
		return value.Nil, err
	}
	return value.FromHandle(&value.Handle{Kind: KindBreaker, Impl: o.build()}), nil
}

func breakerOf(v value.Value) (*breaker, error) {
	if h := v.Handle(); h != nil {
		if b, ok := h.Impl.(*breaker); ok {
			return b, nil
		}
	}
	return nil, &value.Error{Code: CodeNotBreaker, Args: []string{v.KindName()}}
}

func stateWord(c *vm.Call) (value.Value, error) {
	b, err := breakerOf(c.Args[0])
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(states[b.circuit.State()]), nil
}

// permit is one run of a block. How it ended is said once.
type permit struct {
	b    *breaker
	said bool
}

func (p *permit) end(c *vm.Call, well bool) {
	c.Drop(p)
	p.finish(well)
}

// Release ends a permit that nobody has ended: the run was stopped so that nothing of it ran any more.
func (p *permit) Release() { p.finish(false) }

func (p *permit) finish(well bool) {
	if p.said {
		return
	}
	p.said = true
	if p.b.places != nil {
		p.b.places.ReleasePermit()
	}
	if well {
		p.b.circuit.RecordSuccess()
	} else {
		p.b.circuit.RecordFailure()
	}
}

// refusal is why a block is not tried.
type refusal struct {
	b    *breaker
	code string
	args []string
}

// runWord begins துண்டிப்பான்_இயக்கு: it answers a permit, or தவறு of a refusal, which failWord makes the answer of.
func runWord(c *vm.Call) (value.Value, error) {
	b, err := breakerOf(c.Args[0])
	if err != nil {
		return value.Nil, err
	}
	refuse := func(code string, args ...string) (value.Value, error) {
		return value.FromErr(value.FromHandle(&value.Handle{Kind: KindBreaker, Impl: &refusal{b, code, args}})), nil
	}
	took, err := b.place(c)
	switch {
	case err != nil:
		return value.Nil, err
	case !took:
		return refuse(CodeFull, strconv.Itoa(b.together))
	case !b.circuit.TryAcquirePermit():
		if b.places != nil {
			b.places.ReleasePermit()
		}
		return refuse(CodeOpen)
	}
	p := &permit{b: b}
	c.Hold(p)
	return value.FromHandle(&value.Handle{Kind: KindBreaker, Impl: p}), nil
}

// place takes a place, waiting for one as long as others may; false when there is none.
func (b *breaker) place(c *vm.Call) (bool, error) {
	if b.places == nil || b.places.TryAcquirePermit() {
		return true, nil
	}
	if b.wait <= 0 || b.waiting.Add(1) > int64(b.queue) {
		if b.wait > 0 {
			b.waiting.Add(-1)
		}
		return false, nil
	}
	defer b.waiting.Add(-1)
	if err := c.Flush(); err != nil {
		return false, err
	}
	err := b.places.AcquirePermitWithMaxWait(c.Context(), b.wait)
	if errors.Is(err, bulkhead.ErrFull) {
		return false, nil
	}
	return err == nil, err
}

// valueWord ends a block that has a value.
func valueWord(c *vm.Call) (value.Value, error) {
	c.Args[0].Handle().Impl.(*permit).end(c, true)
	return value.FromOk(c.Args[1]), nil
}

// failWord ends a block that failed with an error record, or that was refused.
func failWord(c *vm.Call) (value.Value, error) {
	if c.Args[0].Kind() == value.ErrKind {
		r := c.Args[0].Inner().Handle().Impl.(*refusal)
		return r.b.instead(c, value.NewFault("சேவை", diag.Message(r.code, diag.Both, r.args...)).Record())
	}
	p := c.Args[0].Handle().Impl.(*permit)
	p.end(c, !p.b.counts(c.Args[1]))
	return p.b.instead(c, c.Args[1])
}

// counts tells whether an error is a failure of what the breaker guards.
func (b *breaker) counts(record value.Value) bool {
	if b.kinds == nil {
		return true
	}
	kind, err := value.Field(record, value.FieldKind)
	return err != nil || slices.Contains(b.kinds, kind.Display())
}

// instead is the answer where there is an error: the fallback, if there is one, or the error.
func (b *breaker) instead(c *vm.Call, record value.Value) (value.Value, error) {
	if b.fallback == nil {
		return value.FromErr(record), nil
	}
	v := *b.fallback
	if v.Func() != nil {
		var err error
		if v, err = c.Invoke(v, record); err != nil {
			var f *vm.Fault
			if errors.As(err, &f) && f.Catchable() {
				return value.FromErr(f.Record()), nil
			}
			return value.Nil, err
		}
	}
	if v.Kind() == value.OkKind || v.Kind() == value.ErrKind {
		return v, nil
	}
	return value.FromOk(v), nil
}

// leaveWord ends a block that was left some other way: stopped by a limit, which counts as a failure, or by திரும்பு, நிறுத்து or தொடர்.
func leaveWord(c *vm.Call) (value.Value, error) {
	if h := c.Args[0].Handle(); h != nil {
		h.Impl.(*permit).end(c, !vm.Stopped(c.Args[1]))
	}
	return value.Nil, nil
}
