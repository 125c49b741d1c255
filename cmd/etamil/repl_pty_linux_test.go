package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// console is a terminal that the test plays: what `etamil repl` writes is kept, and questions are answered.
type console struct {
	t      *testing.T
	master *os.File
	slave  *os.File
	cmd    *exec.Cmd
	mu     sync.Mutex
	wrote  bytes.Buffer
	ended  chan error
}

// newConsole starts a conversation on a terminal that answers the question for the cursor with a column; 0 never answers.
func newConsole(t *testing.T, column int, env ...string) *console {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := unlock(t, master)
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, master: master, slave: slave, ended: make(chan error, 1)}
	c.cmd = replCommandLine(t)
	c.cmd.Env = append(c.cmd.Env, "TERM=xterm-256color")
	c.cmd.Env = append(c.cmd.Env, env...)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = slave, slave, slave
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.read(column)
	go func() { c.ended <- c.cmd.Wait() }()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill() // most have ended
		_ = slave.Close()
		_ = master.Close()
	})
	return c
}

// unlock makes the other end of a terminal usable, gives it a size, and answers its number. It leaves the file able to be
// closed while it is read, which asking for its descriptor would not.
func unlock(t *testing.T, master *os.File) (n int) {
	t.Helper()
	raw, err := master.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var failed error
	err = raw.Control(func(fd uintptr) {
		if failed = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); failed != nil {
			return
		}
		if n, failed = unix.IoctlGetInt(int(fd), unix.TIOCGPTN); failed != nil {
			return
		}
		failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 60})
	})
	if err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	return n
}

// replCommandLine is `etamil repl` in a folder of its own, with a quiet environment.
func replCommandLine(t *testing.T) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	command := filepath.Join(dir, "etamil")
	if err := os.Symlink(binary, command); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(command, "repl", "--lang", "en")
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}
	return cmd
}

func (c *console) read(column int) {
	buf := make([]byte, 4096)
	asked := 0
	for {
		n, err := c.master.Read(buf)
		c.mu.Lock()
		c.wrote.Write(buf[:n])
		questions := bytes.Count(c.wrote.Bytes(), []byte("\x1b[6n"))
		c.mu.Unlock()
		for ; asked < questions && column > 0; asked++ {
			_, _ = fmt.Fprintf(c.master, "\x1b[1;%dR", column)
		}
		if err != nil {
			return
		}
	}
}

func (c *console) send(text string) {
	c.t.Helper()
	if _, err := c.master.WriteString(text); err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) see(part string) {
	c.t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		c.mu.Lock()
		ok := strings.Contains(c.wrote.String(), part)
		c.mu.Unlock()
		if ok {
			return
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t.Fatalf("%q did not come:\n%q", part, c.wrote.String())
}

// end waits until the conversation has ended by itself.
func (c *console) end() error {
	c.t.Helper()
	select {
	case err := <-c.ended:
		c.ended <- err
		return err
	case <-time.After(60 * time.Second):
		c.t.Fatal("the conversation does not end")
		return nil
	}
}

// TestREPLProbe: tables are drawn as the terminal itself says that it counts; keys pressed before it answered are kept.
func TestREPLProbe(t *testing.T) {
	t.Parallel()
	for column, row := range map[int]string{3: "│ கா  │", 5: "│ கா   │"} {
		t.Run(fmt.Sprint(column), func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, column, "NO_COLOR=1")
			c.see("»")
			c.send("[{அ: \"கா\"}, {அ: \"கொகொ\"}]\r")
			c.see(row)
			c.send("\x04")
			if err := c.end(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestREPLSilentTerminal: a terminal that never answers costs a moment, and what was typed meanwhile is there.
func TestREPLSilentTerminal(t *testing.T) {
	t.Parallel()
	c := newConsole(t, 0, "NO_COLOR=1")
	c.see("\x1b[6n")
	c.send("6 * 7\r")
	c.see("42")
	c.send("\x04")
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

// TestREPLLeavesTheTerminal: however a conversation ends, the terminal is as it was.
func TestREPLLeavesTheTerminal(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(c *console){
		"quit":      func(c *console) { c.send(":quit\r") },
		"exit word": func(c *console) { c.send("வெளியேறு(0)\r") },
		"terminate": func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGTERM) },
		"hang up":   func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGHUP) },
		"while it runs": func(c *console) {
			c.send("(மெய்) சுற்று { }\r")
			c.see("running")
			_ = c.cmd.Process.Signal(syscall.SIGTERM)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, 5)
			c.see("»")
			leave(c)
			_ = c.end() // a signal is answered by its own status
			state, err := unix.IoctlGetTermios(int(c.slave.Fd()), unix.TCGETS)
			if err != nil || state.Lflag&unix.ICANON == 0 || state.Lflag&unix.ECHO == 0 {
				t.Errorf("the terminal is left raw: %+v %v", state, err)
			}
			if _, _, err := term.GetSize(int(c.slave.Fd())); err != nil {
				t.Error(err)
			}
			c.see("\x1b[?2004l") // bracketed paste is off again
		})
	}
}

// TestREPLTerminalGone: when the window is closed, the conversation ends.
func TestREPLTerminalGone(t *testing.T) {
	t.Parallel()
	c := newConsole(t, 5)
	c.see("»")
	if err := c.slave.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.master.Close(); err != nil {
		t.Fatal(err)
	}
	_ = c.end()
}

// TestREPLWithoutHome: no place for a history is told of, and everything else works.
func TestREPLWithoutHome(t *testing.T) {
	t.Parallel()
	c := newConsole(t, 5, "HOME=")
	c.see("there is no place for earlier entries")
	c.send("6 * 7\r")
	c.see("42")
	c.send("\x04")
	if err := c.end(); err != nil {
		t.Error(err)
	}
	c = newConsole(t, 5, "XDG_CACHE_HOME=/proc/nothing")
	c.see("entries will not be kept")
	c.send("6 * 7\r")
	c.see("42")
	c.send("\x04")
	if err := c.end(); err != nil {
		t.Error(err)
	}
}
