package vm

import (
	"context"
	"time"
)

// lastWords is how long the words of every இறுதியில் of a run together may go on once the run was ended from outside.
const lastWords = 2 * time.Second

// farewell lets the words of an இறுதியில் do their work although the run's context has ended: what takes a row back or
// tells others that somebody has left must not fail for the very reason that it is needed.
func (m *Machine) farewell() {
	if m.ctx.Err() == nil {
		return
	}
	if m.ending.until.IsZero() {
		m.ending.until = time.Now().Add(lastWords)
	}
	if time.Now().Before(m.ending.until) {
		ctx, cancel := context.WithDeadline(context.WithoutCancel(m.ctx), m.ending.until)
		m.ctx = ctx
		m.atEnd = append(m.atEnd, cancel)
	}
}
