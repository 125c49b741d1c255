package main

import (
	"context"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/task"
)

// view is the context of a run: that of what it runs for, with the run's own session, and what all runs of the program have.
// It is one piece, because every request needs one.
type view struct {
	context.Context
	session *data.Session
	shared  context.Context // nil before there are tasks
}

// Value asks the session, then what all runs have, then what the run is for.
func (v *view) Value(key any) any {
	if own := v.session.Value(key); own != nil {
		return own
	}
	if v.shared != nil {
		if shared := v.shared.Value(key); shared != nil {
			return shared
		}
	}
	return v.Context.Value(key)
}

// run is the context of a run of the program: with its session, and the tasks that it may start.
func (s *service) run(ctx context.Context, session *data.Session) context.Context {
	return &view{ctx, session, s.shared}
}

// owns makes a group the owner of the tasks that the program's runs start. It belongs, as the log does, to what all of them have.
func (s *service) owns(g *task.Group) {
	s.tasks, s.shared = g, g.With(observed(context.Background(), s.told))
}
