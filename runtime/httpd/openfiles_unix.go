//go:build linux || darwin || freebsd || netbsd || openbsd

package httpd

import (
	"math"
	"syscall"
)

// openFiles is how many files the process may open. Go has raised it as far as the process may by itself (package os).
func openFiles() int {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return math.MaxInt
	}
	return int(min(uint64(limit.Cur), math.MaxInt)) //nolint:gosec,unconvert // it is bounded, and signed on FreeBSD
}
