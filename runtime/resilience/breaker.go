package resilience

import (
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// KindBreaker is the kind of a breaker's handle.
const KindBreaker = "துண்டிப்பான்"

// The options of துண்டிப்பான்_உருவாக்கு, and what they are when they are not given.
const (
	optionFailures  = "தோல்வி" // failures in a row that open it
	optionRecovery  = "மீட்பு" // milliseconds until it lets a block try again
	optionSuccesses = "வெற்றி" // successes in a row that close it again

	defaultFailures = 5
	defaultRecovery = time.Minute
)

// states are how துண்டிப்பான்_நிலை says them.
var states = map[circuitbreaker.State]string{
	circuitbreaker.ClosedState: "மூடியது", circuitbreaker.OpenState: "திறந்தது", circuitbreaker.HalfOpenState: "பாதி",
}

// Words are the words of this package, by words.Word.ID.
func Words() vm.Natives {
	const both = 3 // arguments that are handed on without their display text
	return vm.Natives{
		"breakerCreate":    {Min: 0, Max: 1, Fn: createWord},
		"breakerState":     {Min: 1, Max: 1, Fn: stateWord},
		"breakerRun":       {Min: 1, Max: 1, Enters: true, Fn: runWord},
		"breakerRun.value": {Min: 2, Max: 2, Keeps: true, Whole: both, Fn: valueWord},
		"breakerRun.fail":  {Min: 2, Max: 2, Keeps: true, Whole: both, Fn: failWord},
		"breakerRun.leave": {Min: 2, Max: 2, Whole: both, Fn: leaveWord},
	}
}

type breaker struct {
	circuitbreaker.CircuitBreaker[any]
}

// createWord is துண்டிப்பான்_உருவாக்கு([options]).
func createWord(c *vm.Call) (value.Value, error) {
	failures, successes, recovery := uint(defaultFailures), uint(1), defaultRecovery
	if len(c.Args) > 0 {
		o := c.Args[0].Record()
		if o == nil {
			return value.Nil, &value.Error{Code: CodeOption, Args: []string{KindBreaker, c.Args[0].KindName()}}
		}
		for i, key := range o.Layout.Keys() {
			v, err := o.Slots[i], error(nil)
			switch key {
			case optionFailures:
				failures, err = count(key, v)
			case optionSuccesses:
				successes, err = count(key, v)
			case optionRecovery:
				recovery, err = vm.Millis(v)
			default:
				err = &value.Error{Code: value.CodeNoField, Args: []string{key, optionFailures + ", " + optionRecovery + ", " + optionSuccesses}}
			}
			if err != nil {
				return value.Nil, err
			}
		}
	}
	b := &breaker{circuitbreaker.NewBuilder[any]().WithFailureThreshold(failures).WithSuccessThreshold(successes).WithDelay(recovery).Build()}
	return value.FromHandle(&value.Handle{Kind: KindBreaker, Impl: b}), nil
}

// count reads a whole number from 1 to 1,000,000.
func count(option string, v value.Value) (uint, error) {
	n, ok := v.Int()
	if !ok || n < 1 || n > 1_000_000 {
		return 0, &value.Error{Code: CodeOption, Args: []string{option, value.Brief(v)}}
	}
	return uint(n), nil
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
	return value.FromText(states[b.State()]), nil
}

// permit is one run of a block. How it ended is said once.
type permit struct {
	b    *breaker
	said atomic.Bool
}

func (p *permit) end(well bool) {
	if p.said.Swap(true) {
		return
	}
	if well {
		p.b.RecordSuccess()
	} else {
		p.b.RecordFailure()
	}
}

// runWord begins துண்டிப்பான்_இயக்கு: a permit, or தவறு when the breaker is open.
func runWord(c *vm.Call) (value.Value, error) {
	b, err := breakerOf(c.Args[0])
	if err != nil {
		return value.Nil, err
	}
	if !b.TryAcquirePermit() {
		return value.FromErr(value.NewFault("சேவை", diag.Message(CodeOpen, diag.Both)).Record()), nil
	}
	return value.FromHandle(&value.Handle{Kind: KindBreaker, Impl: &permit{b: b}}), nil
}

// valueWord ends a block that has a value, and failWord one that failed with an error record.
func valueWord(c *vm.Call) (value.Value, error) {
	c.Args[0].Handle().Impl.(*permit).end(true)
	return value.FromOk(c.Args[1]), nil
}

func failWord(c *vm.Call) (value.Value, error) {
	c.Args[0].Handle().Impl.(*permit).end(false)
	return value.FromErr(c.Args[1]), nil
}

// leaveWord ends a block that was left some other way: stopped by a limit, which counts as a failure, or by திரும்பு, நிறுத்து or தொடர்.
func leaveWord(c *vm.Call) (value.Value, error) {
	c.Args[0].Handle().Impl.(*permit).end(!vm.Stopped(c.Args[1]))
	return value.Nil, nil
}
