package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/etamil-lang/etamil/check/diag"
)

// The exit codes of every command.
const (
	exitOK          = 0
	exitFault       = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// app is what the commands share: the streams, and the language that messages are in.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lang           diag.Lang
	overhear       *overhearing
}

// status is the error of a command that has already said everything and ends with this exit code.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// usageError is a mistake in the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// run is the whole command: it answers the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, lang: langOf(args)}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	return a.exitCode(command, err)
}

// exitCode prints an error of a command that was not printed yet and answers the code that belongs to it.
func (a *app) exitCode(command *cobra.Command, err error) int {
	var ended status
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &ended):
		return int(ended)
	case errors.As(err, &usage):
		a.complain(usage.text)
		name, under, _ := strings.Cut(command.CommandPath(), " ")
		help := strings.TrimSpace(name + " help " + under)
		fmt.Fprintln(a.stderr, a.text("உதவிக்கு: "+help, "For help: "+help))
		return exitUsage
	}
	a.complain(err.Error())
	return exitFault
}

// complain prints one message of the command itself, in the form of the faults of programs.
func (a *app) complain(text string) { fmt.Fprintln(a.stderr, "✗ "+text) }

// text chooses a message's language.
func (a *app) text(tamil, english string) string {
	switch a.lang {
	case diag.Tamil:
		return tamil
	case diag.English:
		return english
	}
	return tamil + "  (" + english + ")"
}

// paragraphs is text for what is longer than a line.
func (a *app) paragraphs(tamil, english string) string {
	switch a.lang {
	case diag.Tamil:
		return tamil
	case diag.English:
		return english
	}
	return tamil + "\n\n" + english
}

// usage makes a usageError in the chosen language.
func (a *app) usage(tamil, english string) error { return &usageError{a.text(tamil, english)} }

// diagOptions are how faults of programs are shown: colour only on a terminal and never when NO_COLOR is set.
func (a *app) diagOptions() diag.Options {
	return diag.Options{Lang: a.lang, Color: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(a.stderr)}
}

// isTerminal tells whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// noArgs refuses arguments in the chosen language.
func (a *app) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return a.usage(fmt.Sprintf("%s: எதிர்பாராத மதிப்பு %q", cmd.CommandPath(), args[0]),
			fmt.Sprintf("%s: unexpected argument %q", cmd.CommandPath(), args[0]))
	}
	return nil
}
