package task

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// The fields of a மீள்முயல்'s record of options.
const (
	optionPause  = "இடைவெளி"     // milliseconds before the second attempt
	optionFactor = "பெருக்கம்"   // what each further pause is multiplied by
	optionMost   = "உச்சம்"      // the longest pause in milliseconds
	optionJitter = "சிதறல்"      // how much of a pause is left to chance, 0 to 1
	optionKinds  = "வகைகள்"      // the kinds of errors that are worth another attempt
	optionTotal  = "மொத்த_நேரம்" // milliseconds after which no attempt begins any more
)

// attempts is how far a மீள்முயல் is.
type attempts struct {
	left   int
	pause  time.Duration
	factor float64
	most   time.Duration
	jitter float64
	kinds  []string  // nil: all
	until  time.Time // zero: no end
}

// newAttempts reads (n[, options]).
func newAttempts(args []value.Value) (*attempts, error) {
	n, err := whole(args[0], 1, 1_000_000)
	if err != nil {
		return nil, err
	}
	a := &attempts{left: n, factor: 1, most: time.Hour}
	if len(args) < 2 {
		return a, nil
	}
	o := args[1].Record()
	if o == nil {
		return nil, needs("a record", args[1])
	}
	for i, key := range o.Layout.Keys() {
		if err := a.option(key, o.Slots[i]); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *attempts) option(key string, v value.Value) (err error) {
	switch key {
	case optionPause:
		a.pause, err = vm.Millis(v)
	case optionMost:
		a.most, err = vm.Millis(v)
	case optionFactor:
		a.factor, err = fraction(v, 1, 1000)
	case optionJitter:
		a.jitter, err = fraction(v, 0, 1)
	case optionTotal:
		var total time.Duration
		total, err = vm.Millis(v)
		a.until = time.Now().Add(total)
	case optionKinds:
		if v.Array() == nil {
			return needs("an array", v)
		}
		a.kinds = []string{}
		for _, k := range v.Array().Items {
			a.kinds = append(a.kinds, k.Display())
		}
	default:
		return &value.Error{Code: value.CodeNoField, Args: []string{key, optionPause + ", " + optionMost + ", " + optionFactor + ", " + optionJitter + ", " + optionKinds + ", " + optionTotal}}
	}
	return err
}

// fraction reads a number between two bounds.
func fraction(v value.Value, low, high float64) (float64, error) {
	f, err := strconv.ParseFloat(v.Display(), 64)
	if !v.IsNumber() || err != nil || f < low || f > high {
		return 0, badCount(v, strconv.FormatFloat(low, 'f', -1, 64), strconv.FormatFloat(high, 'f', -1, 64))
	}
	return f, nil
}

// again tells whether a failed attempt is followed by another, and after what pause.
func (a *attempts) again(kind string) (pause time.Duration, more bool) {
	a.left--
	if a.left <= 0 {
		return 0, false
	}
	if a.kinds != nil {
		wanted := false
		for _, k := range a.kinds {
			wanted = wanted || k == kind
		}
		if !wanted {
			return 0, false
		}
	}
	pause = min(a.pause, a.most)
	a.pause = time.Duration(min(float64(a.pause)*a.factor, float64(a.most)))
	pause = time.Duration(float64(pause) * (1 - a.jitter*rand.Float64())) //nolint:gosec // pauses are no secret
	if !a.until.IsZero() && time.Now().Add(pause).After(a.until) {
		return 0, false
	}
	return pause, true
}
