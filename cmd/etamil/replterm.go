package main

import (
	"context"
	"fmt"
	"os"

	"github.com/etamil-lang/etamil/repl"
)

// interactive talks on a terminal.
func (h *replHost) interactive(ctx context.Context, s *repl.Session, o replOptions) error {
	in, out := h.a.stdin.(*os.File), h.a.stdout.(*os.File) // isTerminal saw that they are files
	t := repl.TerminalOptions{In: in, Out: out, History: h.history(o)}
	if camp, ok := repl.CampOf(os.Getenv("ETAMIL_WIDTH")); ok {
		t.Camp = camp
	} else {
		t.Camp, t.Typed = repl.Probe()
	}
	fmt.Fprintln(h.a.stdout, "eTamil "+version+" · "+h.a.text(":உதவி, வெளியேற Ctrl-D", ":help, Ctrl-D leaves"))
	code, err := s.Terminal(ctx, t)
	switch {
	case err != nil:
		return err
	case code != 0:
		return status(code)
	}
	return nil
}
