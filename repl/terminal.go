package repl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TerminalOptions say how a conversation on a terminal goes.
type TerminalOptions struct {
	// In and Out are the terminal.
	In, Out *os.File
	// Camp is how the terminal counts the cells of Tamil letters, and Typed what was typed before the conversation began:
	// both as Probe answers them.
	Camp  Camp
	Typed string
	// History remembers entries.
	History *History
	// Reflows tells of a terminal that breaks long rows anew when it becomes narrower.
	Reflows bool
}

// Terminal talks on a terminal until the user leaves, the terminal is gone or ctx ends. The terminal is always left as it
// was found. It answers the status that வெளியேறு(n) asked for.
func (s *Session) Terminal(ctx context.Context, o TerminalOptions) (status int, err error) {
	ctx, cancel := signal.NotifyContext(ctx, syscall.SIGHUP) // the window was closed
	defer cancel()
	m := newModel(ctx, s, o.History, o.Camp)
	m.typed = o.Typed
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(o.In), tea.WithOutput(o.Out)}
	if o.Reflows {
		options = append(options, tea.WithFilter(reflowed(o.Out)))
	}
	p := tea.NewProgram(m, options...)
	var running sync.WaitGroup
	out := &above{p: p, m: m}
	m.start = func(ctx context.Context, text string) {
		running.Go(func() {
			r := s.Eval(ctx, text, out)
			out.flush()
			p.Send(finished{r})
		})
	}
	s.editBetween(p)
	if o.Camp == CampClusters {
		// The renderer counts as the terminal does only when a terminal has said that it knows clusters; kitty never says so.
		go p.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	}
	_, err = p.Run()
	cancel() // what still runs is stopped
	running.Wait()
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		err = nil
	}
	if err != nil {
		return m.status, fmt.Errorf("talk on the terminal: %w", err)
	}
	return m.status, nil
}

// editBetween gives the terminal to an editor while it runs.
func (s *Session) editBetween(p *tea.Program) {
	edit := s.o.Host.Edit
	if edit == nil {
		return
	}
	s.o.Host.Edit = func(ctx context.Context, text string) (string, error) {
		if err := p.ReleaseTerminal(); err != nil {
			return "", fmt.Errorf("give the terminal to the editor: %w", err)
		}
		changed, err := edit(ctx, text)
		return changed, errors.Join(err, p.RestoreTerminal())
	}
}

// above prints above the entry, whole lines at a time.
type above struct {
	p    *tea.Program
	m    *model
	mu   sync.Mutex // tasks print beside the entries
	line bytes.Buffer
}

// Write takes a part of the output; lines are printed as soon as they are whole.
func (w *above) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.line.Write(b)
	if i := bytes.LastIndexByte(w.line.Bytes(), '\n'); i >= 0 {
		w.print(string(w.line.Next(i + 1)[:i]))
	}
	return len(b), nil
}

func (w *above) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.line.Len() > 0 {
		w.print(w.line.String())
		w.line.Reset()
	}
}

func (w *above) print(text string) {
	wide := w.m.wide()
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	for i, line := range lines {
		lines[i] = fold(line, wide, w.m.camp.Width)
	}
	for _, part := range w.m.portions(strings.Join(lines, "\n")) {
		w.p.Send(tea.Println(part)()) // unlike Println, Send gives up once the program has ended
	}
}
