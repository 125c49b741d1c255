package resilience

import (
	"strconv"
	"strings"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// The options of துண்டிப்பான்_உருவாக்கு, and what they are when they are not given.
const (
	optionFailures  = "தோல்வி"       // failures in a row that open it
	optionRate      = "வீதம்"        // or: the share of failures, 0 to 1, that opens it
	optionWindow    = "சாளரம்"       // … of the last so many milliseconds
	optionLeast     = "குறைந்தது"    // … once there were so many blocks
	optionRecovery  = "மீட்பு"       // milliseconds until it lets a block try again
	optionSuccesses = "வெற்றி"       // successes in a row that close it again
	optionKinds     = "வகைகள்"       // the kinds of errors that count as failures
	optionTogether  = "ஒருசேர"       // the most blocks at a time
	optionWait      = "காத்திருப்பு" // milliseconds that others wait for a place
	optionQueue     = "வரிசை"        // the most that wait
	optionFallback  = "மாற்று"       // what is answered in place of an error: a value, or a செயல் that gets the error

	defaultFailures = 5
	defaultWindow   = time.Minute
	defaultLeast    = 10
	defaultRecovery = time.Minute
	most            = 1_000_000
)

// names are all options, for the error about one that there is not.
var names = []string{
	optionFailures, optionRate, optionWindow, optionLeast, optionRecovery, optionSuccesses, optionKinds, optionTogether, optionWait, optionQueue, optionFallback,
}

// options are those of one breaker; what is 0 was not given.
type options struct {
	failures, least, successes, together, queue int
	rate                                        float64
	window, recovery, wait                      time.Duration
	kinds                                       []string
	fallback                                    *value.Value
}

func readOptions(args []value.Value) (options, error) {
	o := options{failures: defaultFailures, least: defaultLeast, successes: 1, window: defaultWindow, recovery: defaultRecovery, queue: most}
	if len(args) == 0 {
		return o, nil
	}
	r := args[0].Record()
	if r == nil {
		return o, badOption(KindBreaker, args[0])
	}
	for i, key := range r.Layout.Keys() {
		if err := o.set(key, r.Slots[i]); err != nil {
			return o, err
		}
	}
	return o, nil
}

func (o *options) set(key string, v value.Value) (err error) {
	switch key {
	case optionFailures:
		o.failures, err = count(key, v)
	case optionRate:
		o.rate, err = share(key, v)
	case optionWindow:
		if o.window, err = vm.Millis(v); err == nil && o.window == 0 {
			err = badOption(key, v)
		}
	case optionLeast:
		o.least, err = count(key, v)
	case optionRecovery:
		o.recovery, err = vm.Millis(v)
	case optionSuccesses:
		o.successes, err = count(key, v)
	case optionTogether:
		o.together, err = count(key, v)
	case optionWait:
		o.wait, err = vm.Millis(v)
	case optionQueue:
		o.queue, err = count(key, v)
	case optionKinds:
		o.kinds, err = kinds(v)
	case optionFallback:
		o.fallback = &v
	default:
		err = &value.Error{Code: value.CodeNoField, Args: []string{key, strings.Join(names, ", ")}}
	}
	return err
}

func badOption(key string, v value.Value) error {
	return &value.Error{Code: CodeOption, Args: []string{key, value.Brief(v)}}
}

// count reads a whole number from 1.
func count(key string, v value.Value) (int, error) {
	n, ok := v.Int()
	if !ok || n < 1 || n > most {
		return 0, badOption(key, v)
	}
	return int(n), nil
}

// share reads a number above 0, up to 1.
func share(key string, v value.Value) (float64, error) {
	f, err := strconv.ParseFloat(v.Display(), 64)
	if !v.IsNumber() || err != nil || f <= 0 || f > 1 {
		return 0, badOption(key, v)
	}
	return f, nil
}

func kinds(v value.Value) ([]string, error) {
	if v.Array() == nil {
		return nil, badOption(optionKinds, v)
	}
	list := []string{}
	for _, k := range v.Array().Items {
		list = append(list, k.Display())
	}
	return list, nil
}

// build makes the breaker.
func (o options) build() *breaker {
	b := &breaker{options: o}
	policy := circuitbreaker.NewBuilder[any]().WithSuccessThreshold(uint(o.successes)).WithDelay(o.recovery) //nolint:gosec // it was counted from 1
	if o.rate > 0 {
		policy = policy.WithFailureRateThreshold(o.rate, uint(o.least), o.window) //nolint:gosec // as above
	} else {
		policy = policy.WithFailureThreshold(uint(o.failures)) //nolint:gosec // as above
	}
	b.circuit = policy.Build()
	if o.together > 0 {
		b.places = bulkhead.New[any](uint(o.together)) //nolint:gosec // as above
	}
	return b
}
