//go:build !unix

package lifecycle

import (
	"os"
	"syscall"
)

var signals = map[string]os.Signal{
	"SIGABRT": syscall.SIGABRT, "SIGALRM": syscall.SIGALRM, "SIGHUP": syscall.SIGHUP, "SIGINT": syscall.SIGINT, "SIGPIPE": syscall.SIGPIPE,
	"SIGQUIT": syscall.SIGQUIT, "SIGTERM": syscall.SIGTERM, "SIGTRAP": syscall.SIGTRAP,
}
