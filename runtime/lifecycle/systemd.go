package lifecycle

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// Manager is the systemd that has started this process, or nobody. What it cannot be told is not worth an end, so that its
// methods answer errors only to be shown.
type Manager struct {
	socket   string        // where it listens, "" for nobody
	watchdog time.Duration // how often it wants to hear of us, 0 for never
}

// NewManager finds the manager in the environment of the process with this number (sd_notify(3), sd_watchdog_enabled(3)).
func NewManager(env func(string) string, pid int) *Manager {
	m := &Manager{socket: env("NOTIFY_SOCKET")}
	if usec, err := strconv.ParseInt(env("WATCHDOG_USEC"), 10, 64); err == nil && usec > 0 {
		if whose := env("WATCHDOG_PID"); whose == "" || whose == strconv.Itoa(pid) {
			m.watchdog = time.Duration(usec) * time.Microsecond
		}
	}
	return m
}

// Tell tells the manager of a change, each line as in sd_notify(3): "READY=1", "STATUS=…".
func (m *Manager) Tell(lines ...string) error {
	if m.socket == "" {
		return nil
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: m.socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	defer func() { _ = c.Close() }() // nothing is waiting to be sent
	if _, err := c.Write([]byte(strings.Join(lines, "\n"))); err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	return nil
}

// Watch tells the manager, twice as often as it asks for, that the process is alive, as long as alive says so; until ctx ends.
func (m *Manager) Watch(ctx context.Context, alive func() bool) {
	if m.socket == "" || m.watchdog == 0 {
		return
	}
	tick := time.NewTicker(m.watchdog / 2)
	defer tick.Stop()
	for {
		if alive() {
			_ = m.Tell("WATCHDOG=1") // it will notice by itself
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Extend is the line that asks for more time than the manager would wait by itself.
func Extend(d time.Duration) string {
	return "EXTEND_TIMEOUT_USEC=" + strconv.FormatInt(d.Microseconds(), 10)
}
