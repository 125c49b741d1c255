package lifecycle

import (
	"os"
	"strings"
)

// SignalName is the name of சைகை_SIGTERM and of every signal as this package says it: in capitals, with SIG before it.
func SignalName(name string) string {
	name = strings.ToUpper(strings.TrimSpace(name))
	if !strings.HasPrefix(name, "SIG") {
		name = "SIG" + name
	}
	return name
}

// Signal finds the signal of a name of POSIX, "SIGTERM" or "term". The signal is nil where the system does not have it, so
// that it never comes; known is false for what is no signal, and for those that no program can handle: SIGKILL, SIGSTOP,
// those of its own faults, and SIGURG and SIGPROF, which the Go runtime sends itself.
func Signal(name string) (s os.Signal, known bool) {
	name = SignalName(name)
	if !signalNames[name] {
		return nil, false
	}
	s = signals[name]
	return s, true
}

var signalNames = map[string]bool{
	"SIGABRT": true, "SIGALRM": true, "SIGCHLD": true, "SIGCONT": true, "SIGHUP": true, "SIGINT": true, "SIGIO": true, "SIGPIPE": true, "SIGQUIT": true,
	"SIGSYS": true, "SIGTERM": true, "SIGTRAP": true, "SIGTSTP": true, "SIGTTIN": true, "SIGTTOU": true, "SIGUSR1": true, "SIGUSR2": true,
	"SIGVTALRM": true, "SIGWINCH": true, "SIGXCPU": true, "SIGXFSZ": true,
}

// Interrupt is the cause of a context that a signal ended.
type Interrupt struct{ Signal os.Signal }

// Error names the signal.
func (i Interrupt) Error() string { return i.Signal.String() }

// NameOf is the name of a signal, "SIGTERM", or what the system calls it when POSIX has no name for it.
func NameOf(s os.Signal) string {
	for name, known := range signals {
		if known == s {
			return name
		}
	}
	return s.String()
}
