package main

import (
	"context"

	"github.com/etamil-lang/etamil/repl"
)

// interactive talks on a terminal.
func (h *replHost) interactive(ctx context.Context, s *repl.Session, o replOptions) error {
	return h.plain(ctx, s, o, true)
}
