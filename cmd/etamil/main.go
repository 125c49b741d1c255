package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/etamil-lang/etamil/runtime/lifecycle"
)

func main() {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		cancel(lifecycle.Interrupt{Signal: <-signals})
		os.Exit(signalled(<-signals)) // the second one waits for nothing
	}()
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if i, ok := context.Cause(ctx).(lifecycle.Interrupt); ok && code == exitInterrupted { //nolint:errorlint // it is the one above
		code = signalled(i.Signal)
	}
	os.Exit(code)
}

// signalled is the exit code of a process that a signal ended.
func signalled(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return exitInterrupted
}
