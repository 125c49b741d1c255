package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/lifecycle"
)

// upgradeLimit is how long a new process may take until it serves.
const upgradeLimit = time.Minute

// inherited are the variables that say what a process has from the one before it, or from systemd, which are not the next
// one's.
var inherited = []string{"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "WATCHDOG_PID", "ETAMIL_HANDOVER", "ETAMIL_HANDOVER_NAMES"}

// The names of the listeners of a server.
const (
	mainListener     = "http"
	redirectListener = "redirect"
)

// inherit takes the listeners that systemd or the process before has left: of the server, and of the one that leads browsers
// to HTTPS. The first is nil when there are none.
func (o *serveOptions) inherit() (ln net.Listener, err error) {
	o.heirloom, err = lifecycle.Inherit(os.Getenv, os.Getpid())
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what it was about
	}
	for _, name := range inherited {
		if name != "WATCHDOG_PID" { // which was read, and may be read again
			_ = os.Unsetenv(name) // programs that this one starts have nothing to do with it
		}
	}
	for _, l := range o.heirloom.Listeners {
		switch {
		case l.Name == redirectListener && o.http.Redirect == nil:
			o.http.Redirect = l.Listener
		case ln == nil:
			ln = l.Listener
		default:
			_ = l.Close() // nobody would answer on it
		}
	}
	return ln, nil
}

// word tells the process before that this one serves.
func (l *live) word() {
	if l.o.heirloom == nil {
		return
	}
	if err := l.o.heirloom.Ready(); err != nil {
		l.log.say("✗ " + err.Error())
	}
}

// upgrade starts the program, as the files and the etamil of now are, in a new process that has the listeners, and lets this
// one end when that one serves. When it does not, which is shown, this one goes on.
func (l *live) upgrade(ctx context.Context) {
	if !l.upgrading.CompareAndSwap(false, true) {
		return
	}
	defer l.upgrading.Store(false)
	l.tell(lifecycle.Reloading()...)
	limited, cancel := context.WithTimeout(ctx, upgradeLimit)
	defer cancel()
	defer context.AfterFunc(l.serving, cancel)()
	path, err := os.Executable()
	pid := 0
	if os.Getpid() == 1 { // the end of the first process is the end of its container
		err = errors.New("PID 1")
	}
	if err == nil {
		pid, err = lifecycle.HandOver(limited, path, os.Args, environment(), l.listeners)
	}
	if err != nil {
		l.tell("READY=1")
		if l.serving.Err() == nil {
			l.log.say("✗ " + l.app.text("புதிய செயல்முறை வழங்கத் தொடங்கவில்லை; இதுவே தொடர்கிறது", "the new process does not serve; this one goes on") + ": " + err.Error())
		}
		return
	}
	l.log.say(l.app.text(fmt.Sprintf("↻ புதிய செயல்முறை %d வழங்குகிறது", pid), fmt.Sprintf("process %d serves in place of this one", pid)))
	select {
	case l.handed <- pid:
	case <-l.serving.Done():
	}
}

// environment is what a new process gets of ours.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.Contains(inherited, name)
	})
}

// hasTerminal tells whether the process belongs to a terminal, whose end is the end of what runs in it.
func hasTerminal() bool {
	f, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	_ = f.Close() // nothing was done with it
	return true
}
