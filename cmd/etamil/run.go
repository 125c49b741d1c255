package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// runOptions are the flags of `etamil run`; zero limits are the machine's own.
type runOptions struct {
	dump      dumpFlag
	fuel      int64
	maxDepth  int
	maxMemory sizeFlag
	timeLimit time.Duration
}

func (o *runOptions) addFlags(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(&o.dump, "dump", a.text("இயக்காமல் உள்வடிவைக் காட்டும்", "show the program's inside instead of running it"))
	o.addLimits(a, cmd)
}

// addLimits adds the flags that bound what runs.
func (o *runOptions) addLimits(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Int64Var(&o.fuel, "fuel", 0, a.text("அழைப்புகளின், சுற்றுகளின் எண்ணிக்கைக்கு எல்லை", "the most calls and rounds of loops"))
	f.IntVar(&o.maxDepth, "max-depth", 0, a.text("அழைப்பு ஆழத்தின் எல்லை (இயல்பு 256)", "the most nested calls (default 256)"))
	f.Var(&o.maxMemory, "max-memory", a.text("நினைவக எல்லை, எ.கா. 64M", "the most memory, such as 64M"))
	f.DurationVar(&o.timeLimit, "time-limit", 0, a.text("கால எல்லை, எ.கா. 5s", "the most time, such as 5s"))
}

// dumpFlag is what --dump shows.
type dumpFlag string

func (f *dumpFlag) String() string { return string(*f) }

func (f *dumpFlag) Type() string { return "ast|bytecode" }

func (f *dumpFlag) Set(s string) error {
	if s != "ast" && s != "bytecode" {
		return errors.New("ast, bytecode")
	}
	*f = dumpFlag(s)
	return nil
}

const runExamples = `  etamil run hello.qmz
  etamil run tax.qmz -- 2026 north
  echo 'அச்சு 1 + 2;' | etamil run -
  etamil run --dump bytecode hello.qmz
  etamil run --fuel 1000000 --max-memory 64M --time-limit 5s untrusted.qmz`

// runCommand is `etamil run`.
func runCommand(a *app) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run [FILE | -] [-- ARGUMENT...]",
		Short: a.text("நிரலை இயக்கும்", "run a program"),
		Long: a.paragraphs(
			"ஒரு நிரலை இயக்கும். நிரலின் வெளியீடு மட்டுமே காட்டப்படும்; பிழைகள் இடம், சுட்டி, அழைப்பு அடுக்குடன் வரும்.\n"+
				"கோப்பைத் தராவிட்டால், அல்லது - தந்தால், நிரல் உள்ளீட்டிலிருந்து வரும். முடிவுக் குறி: சரி 0, பிழை 1, கட்டளைத் தவறு 2, வெளியேறு(n) என்றால் n.",
			"Runs a program. Only the program's own output is shown; errors come with their place, a caret and the call stack.\n"+
				"Without a file, or with -, the program comes from standard input. Exit code: 0, 1 on a fault, 2 on a wrong command line, n after வெளியேறு(n)."),
		Example:           runExamples,
		ValidArgsFunction: programFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			file, rest, err := programArgs(a, cmd, args)
			if err != nil {
				return err
			}
			return runFile(cmd.Context(), a, o, file, rest)
		},
	}
	o.addFlags(a, cmd)
	return cmd
}

// checkFile is the reference's --check: silent when all is well.
func checkFile(ctx context.Context, a *app, file string) error {
	prog, err := a.load(ctx, file, true)
	if err != nil {
		return err
	}
	_, err = a.compile(prog, natives(""))
	return err
}

// runFile runs a program, or shows its inside.
func runFile(ctx context.Context, a *app, o runOptions, file string, args []string) error {
	prog, err := a.load(ctx, file, false)
	if o.dump == "ast" && prog != nil {
		// The tree is shown although it has faults: what was read wrong is what one looks for in it.
		return errors.Join(syntax.Dump(a.stdout, prog.Files[0]), err)
	}
	if err != nil {
		return err
	}
	words, life := natives(""), newLife()
	maps.Copy(words, lifecycle.Words(life))
	code, err := a.compile(prog, words)
	if err != nil {
		return err
	}
	if o.dump == "bytecode" {
		return code.Dump(a.stdout)
	}
	stdin := a.stdin
	if file == "" || file == "-" {
		stdin = strings.NewReader("") // the program itself came from there
	}
	if o.maxMemory == 0 {
		defer runtime.KeepAlive(ballast())
	}
	return a.execute(ctx, prog, code, life, vm.Options{
		Stdin: stdin, Stdout: &lockedWriter{w: a.stdout}, FlushLines: isTerminal(a.stdout), Fuel: o.fuel, MaxDepth: o.maxDepth, MaxMemory: int64(o.maxMemory),
		TimeLimit: o.timeLimit, Args: args,
	})
}

// ballast is memory that nobody touches, so that it is never backed by pages. It only tells the collector that the heap is
// not small: a program that builds a few megabytes is then not collected every other megabyte, which took a quarter
// of the time of programs that build arrays.
func ballast() []byte { return make([]byte, 64<<20) }

// execute runs a program to its end, which may be that of a server that it has started. A program that waits for input
// cannot hear that it was interrupted, so that after a moment its end is not awaited.
func (a *app) execute(ctx context.Context, prog *module.Program, code *vm.Program, life *lifecycle.Life, o vm.Options) error {
	ctx = httpd.WithHub(ctx, httpd.NewHub())
	done, serving := make(chan error, 1), make(chan struct{})
	s := a.runService(ctx, prog, code, o)
	go func() {
		m := vm.New(code, o)
		err := m.Run(data.With(s.tasks.Context(), s.prelude))
		s.globals = m.Snapshot()
		if err == nil && life.Started() {
			close(serving)
			done <- a.serveRun(ctx, s, life)
			return
		}
		err = s.tasks.End(err)
		s.atEnd(ctx, err)
		done <- errors.Join(err, s.prelude.Close(), s.dbs.Close())
	}()
	select {
	case err := <-done:
		return a.ended(ctx, prog, err)
	case <-serving:
		return a.ended(ctx, prog, <-done)
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return a.ended(ctx, prog, err)
	case <-serving:
		return a.ended(ctx, prog, <-done)
	case <-time.After(time.Second):
		return status(exitInterrupted)
	}
}

// ended turns the end of a run into the command's.
func (a *app) ended(ctx context.Context, prog *module.Program, err error) error {
	var exit *vm.Exit
	var fault *vm.Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit):
		return status(exit.Status)
	case ctx.Err() != nil:
		return status(exitInterrupted)
	case errors.As(err, &fault):
		return a.show(prog, []diag.Diagnostic{check.Suggest(prog, fault.Diagnostic())}, false)
	}
	return fmt.Errorf("%s: %w", a.text("இயக்கம் நின்றது", "the run stopped"), err)
}
