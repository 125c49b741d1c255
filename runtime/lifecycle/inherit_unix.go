//go:build unix

package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// The variables with which a process leaves its listeners to the next one, beside sd_listen_fds(3): that protocol wants to know
// the number of the new process before there is one.
const (
	envHandOver = "ETAMIL_HANDOVER" // how many descriptors, from the third on; the one after them waits for word
	envNames    = "ETAMIL_HANDOVER_NAMES"

	firstFD = 3
)

// Inherited is a listener that was open before the process began.
type Inherited struct {
	Name string // what its giver calls it, "" when it does not
	net.Listener
}

// Inheritance is what a process has from the one before it, or from systemd.
type Inheritance struct {
	Listeners []Inherited
	word      *os.File
}

// Inherit takes the listeners that systemd (sd_listen_fds(3)) or the process before has left for the process with this
// number; none when there are none.
func Inherit(env func(string) string, pid int) (*Inheritance, error) {
	h := &Inheritance{}
	if count := env(envHandOver); count != "" {
		n, err := h.take(count, strings.Split(env(envNames), ":"))
		if err == nil {
			syscall.CloseOnExec(firstFD + n)
			h.word = os.NewFile(uintptr(firstFD+n), "word")
		}
		return h, err
	}
	if env("LISTEN_PID") == strconv.Itoa(pid) {
		_, err := h.take(env("LISTEN_FDS"), strings.Split(env("LISTEN_FDNAMES"), ":"))
		return h, err
	}
	return h, nil
}

func (h *Inheritance) take(count string, names []string) (int, error) {
	n, err := strconv.Atoi(count)
	if err != nil || n < 0 || n > 1000 {
		return 0, fmt.Errorf("inherited listeners: %q is no number of descriptors", count)
	}
	for i := range n {
		fd, name := firstFD+i, ""
		if i < len(names) {
			name = names[i]
		}
		syscall.CloseOnExec(fd)
		file := os.NewFile(uintptr(fd), name)
		ln, err := net.FileListener(file)
		if err = errors.Join(err, file.Close()); err != nil {
			return n, fmt.Errorf("inherited listener %d %q: %w", i+1, name, err)
		}
		h.Listeners = append(h.Listeners, Inherited{name, ln})
	}
	return n, nil
}

// Ready gives the process before the word that this one serves, so that it can end.
func (h *Inheritance) Ready() error {
	if h.word == nil {
		return nil
	}
	_, err := h.word.WriteString("ready\n")
	if err = errors.Join(err, h.word.Close()); err != nil {
		return fmt.Errorf("take over: %w", err)
	}
	return nil
}

// HandOver starts a process with the listeners of this one and waits until it says that it serves. After an error, or when
// ctx ends before, it is gone again, and nothing has changed.
func HandOver(ctx context.Context, path string, args, env []string, listeners []Inherited) (pid int, err error) {
	word, their, err := os.Pipe()
	if err != nil {
		return 0, fmt.Errorf("hand over: %w", err)
	}
	defer func() { _ = word.Close() }()
	files, names := []uintptr{0, 1, 2}, make([]string, len(listeners))
	for i, l := range listeners {
		names[i] = l.Name
		fd, err := duplicate(l.Listener)
		if err != nil {
			_ = their.Close()
			closeAll(files[firstFD:])
			return 0, fmt.Errorf("hand over: %w", err)
		}
		files = append(files, uintptr(fd))
	}
	env = append(env, envHandOver+"="+strconv.Itoa(len(listeners)), envNames+"="+strings.Join(names, ":"))
	// os.StartProcess would make the listeners block.
	pid, err = syscall.ForkExec(path, args, &syscall.ProcAttr{Env: env, Files: append(files, their.Fd())})
	closeAll(files[firstFD:])
	if closed := their.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return 0, fmt.Errorf("start %s: %w", path, err)
	}
	if err := awaitWord(ctx, word); err != nil {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone already
		reap(pid)
		return 0, err
	}
	go reap(pid) // for the time that is left
	return pid, nil
}

// duplicate is the descriptor of a listener once more; the next process does not get it by chance.
func duplicate(l net.Listener) (fd int, err error) {
	c, ok := l.(syscall.Conn)
	if !ok {
		return 0, fmt.Errorf("%T has no descriptor", l)
	}
	raw, err := c.SyscallConn()
	if err != nil {
		return 0, err //nolint:wrapcheck // the caller words it
	}
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	controlled := raw.Control(func(from uintptr) {
		if fd, err = syscall.Dup(int(from)); err == nil {
			syscall.CloseOnExec(fd)
		}
	})
	return fd, errors.Join(controlled, err)
}

func closeAll(fds []uintptr) {
	for _, fd := range fds {
		_ = syscall.Close(int(fd)) // its twin is still open
	}
}

// awaitWord waits for the word of the new process, or for its end.
func awaitWord(ctx context.Context, word *os.File) error {
	defer context.AfterFunc(ctx, func() { _ = word.Close() })()
	text, err := io.ReadAll(io.LimitReader(word, 100))
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("the new process does not serve: %w", ctx.Err())
	case err != nil:
		return fmt.Errorf("the new process: %w", err)
	case string(text) != "ready\n":
		return errors.New("the new process ended before it served")
	}
	return nil
}

func reap(pid int) {
	var status syscall.WaitStatus
	for {
		if _, err := syscall.Wait4(pid, &status, 0, nil); !errors.Is(err, syscall.EINTR) {
			return
		}
	}
}
