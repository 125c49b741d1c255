package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/etamil-lang/etamil/repl"
)

// reflows tells of a terminal whether it is one of those that break long rows anew when they become narrower: most do, but not
// xterm, the console and screen, and of an unknown one it is not supposed.
func reflows(env func(string) string) bool {
	for _, name := range [...]string{"TMUX", "VTE_VERSION", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "WEZTERM_PANE", "KONSOLE_VERSION", "WT_SESSION"} {
		if env(name) != "" {
			return env("STY") == "" // inside of screen it is screen that counts
		}
	}
	switch env("TERM_PROGRAM") {
	case "iTerm.app", "Apple_Terminal", "ghostty", "vscode":
		return env("STY") == ""
	}
	return strings.HasPrefix(env("TERM"), "foot")
}

// interactive talks on a terminal.
func (h *replHost) interactive(ctx context.Context, s *repl.Session, o replOptions) error {
	in, out := h.a.stdin.(*os.File), h.a.stdout.(*os.File) // isTerminal saw that they are files
	t := repl.TerminalOptions{In: in, Out: out, History: h.history(o), Reflows: reflows(os.Getenv)}
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
