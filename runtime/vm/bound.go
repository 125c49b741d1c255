package vm

import (
	"context"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Stopper is a context that sets a flag once it has ended, which costs a short run less than waiting for Done does. The
// flag may still be set after the run; a machine that finds it set asks the context.
type Stopper interface{ StopFlag(flag *atomic.Bool) }

// Bound is a value for a global, by the place that Program.GlobalSlot answers.
type Bound struct {
	Slot  int
	Value value.Value
}

// RunBound is RunBlock for many runs of one block: the places of the globals are known before. The values must not be
// changed afterwards.
func (m *Machine) RunBound(ctx context.Context, b *Block, globals []value.Value, bind []Bound) error {
	copy(m.stack, globals)
	for _, v := range bind {
		value.Share(v.Value)
		m.stack[v.Slot] = v.Value
	}
	return m.runBody(ctx, b)
}

// At reads a global by its place.
func (m *Machine) At(slot int) value.Value { return m.stack[slot] }
