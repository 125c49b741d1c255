//go:build unix

package lifecycle_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/lifecycle"
)

func listener(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	return ln
}

// pipeListener is a listener without a descriptor.
type pipeListener struct{ net.Listener }

// TestHandOver starts processes that serve, or not. The listener goes on in every case.
func TestHandOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		limit  time.Duration
		wrong  string // "" when it serves
	}{
		"serves":      {`[ "$ETAMIL_HANDOVER" = 1 ] && [ "$ETAMIL_HANDOVER_NAMES" = "கடை" ] && [ -S /dev/fd/3 ] && echo ready >&4`, time.Minute, ""},
		"ends":        {`exit 1`, time.Minute, "ended before it served"},
		"says little": {`printf rea >&4`, time.Minute, "ended before it served"},
		"too slow":    {`exec sleep 600`, 50 * time.Millisecond, "does not serve: context deadline exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ln := listener(t)
			ctx, cancel := context.WithTimeout(t.Context(), c.limit)
			defer cancel()
			pid, err := lifecycle.HandOver(ctx, "/bin/bash", []string{"bash", "-c", c.script}, os.Environ(), []lifecycle.Inherited{{Name: "கடை", Listener: ln}})
			if c.wrong == "" && (err != nil || pid <= 0) || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
				t.Errorf("%d %v", pid, err)
			}
			accepts(t, ln)
		})
	}
	for _, c := range []struct {
		path string
		ln   net.Listener
	}{{filepath.Join(t.TempDir(), "none"), listener(t)}, {"/bin/true", pipeListener{}}} {
		if pid, err := lifecycle.HandOver(t.Context(), c.path, []string{"x"}, nil, []lifecycle.Inherited{{Listener: c.ln}}); err == nil {
			t.Errorf("%s: %d", c.path, pid)
		}
	}
}

// accepts tells whether a listener takes connections, and can be closed while it waits for one: it must not block.
func accepts(t *testing.T, ln net.Listener) {
	t.Helper()
	taken := make(chan error, 2)
	go func() {
		for range 2 {
			c, err := ln.Accept()
			if err == nil {
				err = c.Close()
			}
			taken <- err
		}
	}()
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	if err := <-taken; err != nil {
		t.Error(err)
	}
	if err := ln.Close(); err != nil {
		t.Error(err)
	}
	if err := <-taken; err == nil {
		t.Error("a connection of a closed listener")
	}
}

// TestManager tells what systemd wants to know, and nobody when it has not started the process.
func TestManager(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "s") // short enough for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "n")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = socket.Close() }()
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	next := func() string {
		text := make([]byte, 1000)
		n, err := socket.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(text[:n])
	}
	m := lifecycle.NewManager(env("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "2000", "WATCHDOG_PID", "7"), 7)
	if err := m.Tell("READY=1", "STATUS=கௌ 👍🏽"); err != nil || next() != "READY=1\nSTATUS=கௌ 👍🏽" {
		t.Errorf("%v", err)
	}
	if err := m.Tell(append(lifecycle.Reloading(), lifecycle.Extend(3*time.Second))...); err != nil || !strings.HasPrefix(next(), "RELOADING=1\n") {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done, asked := make(chan bool), 0
	go func() {
		m.Watch(ctx, func() bool { asked++; return asked != 2 })
		close(done)
	}()
	for range 3 {
		if got := next(); got != "WATCHDOG=1" {
			t.Errorf("%q", got)
		}
	}
	cancel()
	<-done
	if asked < 4 {
		t.Errorf("asked %d times: one answer was no", asked)
	}
	for _, other := range []func(string) string{env(), env("NOTIFY_SOCKET", path), env("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "9", "WATCHDOG_PID", "8"), env("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "x")} {
		lifecycle.NewManager(other, 7).Watch(t.Context(), func() bool { t.Error("asked"); return true })
	}
	if err := lifecycle.NewManager(env("NOTIFY_SOCKET", path+"x"), 7).Tell("READY=1"); err == nil {
		t.Error("told a socket that is not there")
	}
	if err := lifecycle.NewManager(env(), 7).Tell("READY=1"); err != nil {
		t.Error(err)
	}
}

// TestSignalNames knows every name that the system has, both ways.
func TestSignalNames(t *testing.T) {
	t.Parallel()
	var names bytes.Buffer
	for n := 1; n < 32; n++ {
		name := lifecycle.NameOf(syscall.Signal(n))
		if s, known := lifecycle.Signal(name); known && s != syscall.Signal(n) {
			t.Errorf("%s is %v", name, s)
		} else if known {
			names.WriteString(name + " ")
		}
	}
	for _, want := range []string{"SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGCHLD", "SIGCONT", "SIGTSTP", "SIGWINCH"} {
		if !strings.Contains(names.String(), want+" ") {
			t.Errorf("no %s in %s", want, names.String())
		}
	}
}
