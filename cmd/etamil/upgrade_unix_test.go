//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// managed is a server that is started as systemd does: in a session of its own, with an open listener and a socket for what it
// has to tell.
type managed struct {
	addr   string
	notify *net.UnixConn
	told   buffer
	out    buffer
	errs   buffer
	main   int // the process
	ended  chan struct{}
}

// manage starts `etamil serve` on a listener that is already open.
func manage(t *testing.T, file string, env ...string) *managed {
	t.Helper()
	m := &managed{ended: make(chan struct{})}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.addr = ln.Addr().String()
	socket, err := ln.(*net.TCPListener).File()
	if err = errors.Join(err, ln.Close()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(shortDir(t), "n")
	if m.notify, err = net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"}); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The number of the process is known in it only; exec keeps it.
	cmd := exec.Command("bash", "-c", `export LISTEN_PID=$$; exec -a etamil "$0" "$@"`, exe, "serve", "--log", "off", "--grace", "5s", file)
	cmd.Env = append(append(os.Environ(), "LISTEN_FDS=1", "LISTEN_FDNAMES=kadai.socket", "NOTIFY_SOCKET="+path), env...)
	cmd.ExtraFiles = []*os.File{socket}
	cmd.Stdout, cmd.Stderr = &m.out, &m.errs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := errors.Join(cmd.Start(), socket.Close()); err != nil {
		t.Fatal(err)
	}
	m.main = cmd.Process.Pid
	var listening sync.WaitGroup
	listening.Go(m.listen)
	t.Cleanup(func() {
		_ = syscall.Kill(-m.main, syscall.SIGKILL) // the whole session, if anything of it is left
		_ = cmd.Wait()
		_ = m.notify.Close()
		listening.Wait()
	})
	return m
}

// shortDir is a folder whose name fits into the address of a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "s")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// listen keeps what is told, a line each.
func (m *managed) listen() {
	text := make([]byte, 4096)
	for {
		n, err := m.notify.Read(text)
		if err != nil {
			return
		}
		_, _ = m.told.Write(append(text[:n:n], '\n'))
	}
}

func (m *managed) lines() []string { return strings.Split(m.told.String(), "\n") }

func (m *managed) has(line string) bool { return slices.Contains(m.lines(), line) }

func (m *managed) log() string { return m.told.String() + m.out.String() + m.errs.String() }

// current is the process that serves now, as systemd is told.
func (m *managed) current() int {
	pid := m.main
	for _, line := range m.lines() {
		if text, ok := strings.CutPrefix(line, "MAINPID="); ok {
			pid, _ = strconv.Atoi(text)
		}
	}
	return pid
}

func (m *managed) kill(t *testing.T, pid int, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, s); err != nil {
		t.Errorf("%v: %v\n%s", s, err, m.log())
	}
}

// TestSystemd serves on the listener that systemd has opened, and tells it everything that it wants to know.
func TestSystemd(t *testing.T) {
	t.Parallel()
	m := manage(t, write(t, `
வழி பெறு, "/" { பதில் 200, இணை_(சூழல்_("LISTEN_FDS")); }
செயல் சூழல்_(பெயர்) { திரும்பு சுற்றுச்சூழல்_பெறு(பெயர்); }
செயல் இணை_(மதிப்பு) { திரும்பு "[" & மதிப்பு & "]"; }
நிறுத்தும்போது { அச்சு "முடிவு"; }
`), "WATCHDOG_USEC=20000")
	until(t, func() bool { return m.has("READY=1") }, m.log)
	if _, body, err := fetch(newRequest(t, http.MethodGet, "http://"+m.addr+"/")); err != nil || strings.Contains(body, "1") {
		t.Errorf("%q %v: the program must not see what is not its own", body, err)
	}
	until(t, func() bool { return strings.Count(m.told.String(), "WATCHDOG=1") >= 3 }, m.log)
	if m.has("STOPPING=1") {
		t.Errorf("it stops:\n%s", m.log())
	}
	m.kill(t, m.main, syscall.SIGTERM)
	until(t, func() bool { return m.has("STOPPING=1") && m.out.String() == "முடிவு\n" }, m.log)
	if !regexp.MustCompile(`(?m)^EXTEND_TIMEOUT_USEC=\d+$`).MatchString(m.told.String()) {
		t.Errorf("it asks for no time:\n%s", m.log())
	}
}

// TestUpgrade replaces the process of a server four times under sixteen clients: no request is lost. A program that does not
// start changes nothing.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	source := func(version int) string {
		return fmt.Sprintf("வழி பெறு, \"/\" { பதில் 200, %d; }\nவழி பெறு, \"/slow\" { காத்திரு(5); பதில் 200, %[1]d; }\n"+
			"மீளேற்று(\"--watch\") { அச்சு \"விடை %[1]d\"; }\nநிறுத்தும்போது { அச்சு \"முடிவு %[1]d\"; }\n", version)
	}
	file := write(t, source(0))
	m := manage(t, file)
	until(t, func() bool { return m.has("READY=1") }, m.log)
	base := "http://" + m.addr
	var seen asked
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for c := range 16 {
		clients.Go(func() { askAlways(t, base+[]string{"/", "/slow"}[c%2], stop, &seen) })
	}
	for version := 1; version <= 4; version++ {
		before := m.current()
		if version == 3 { // one that does not start
			replaceText(t, file, "வழி பெறு, \"/\" { பதில் 200, 1; }\n1 / 0;\n")
			m.kill(t, before, syscall.SIGHUP)
			until(t, func() bool { return strings.Contains(m.errs.String(), "this one goes on") }, m.log)
		}
		replaceText(t, file, source(version))
		m.kill(t, before, syscall.SIGHUP)
		until(t, func() bool { return seen.newest.Load() == int64(version) && m.current() != before }, m.log)
		until(t, func() bool { return errors.Is(syscall.Kill(before, 0), syscall.ESRCH) || zombie(before) }, m.log)
	}
	close(stop)
	clients.Wait()
	m.kill(t, m.current(), syscall.SIGTERM)
	want := ""
	for version := range 4 {
		want += fmt.Sprintf("விடை %d\nமுடிவு %[1]d\n", version)
	}
	until(t, func() bool { return m.out.String() == want+"முடிவு 4\n" }, m.log)
	for _, line := range []string{"RELOADING=1", "STOPPING=1"} {
		if !m.has(line) {
			t.Errorf("no %s:\n%s", line, m.log())
		}
	}
}

// zombie tells whether a process has ended and only waits for whoever started it.
func zombie(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(text), ") Z ")
}

func replaceText(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Error(err)
	}
}

// asked is what clients of a server whose versions follow each other have seen.
type asked struct {
	still           sync.RWMutex // held while nobody may ask
	newest, answers atomic.Int64
}

// askAlways asks for the version on a kept connection until stop. No answer may be missing.
func askAlways(t *testing.T, url string, stop <-chan struct{}, a *asked) {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	for {
		select {
		case <-stop:
			return
		default:
		}
		a.still.RLock()
		version, err := askVersion(client, url)
		a.still.RUnlock()
		if err != nil {
			t.Errorf("a request was lost: %v", err)
			return
		}
		a.answers.Add(1)
		for seen := a.newest.Load(); version > seen && !a.newest.CompareAndSwap(seen, version); seen = a.newest.Load() {
		}
	}
}

func askVersion(client *http.Client, url string) (int64, error) {
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil || resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s %s %v", resp.Status, body, err) //nolint:errorlint // it may be nil
	}
	return strconv.ParseInt(string(body), 10, 64)
}

// TestWrongInheritance says what is wrong with what a process was given.
func TestWrongInheritance(t *testing.T) {
	t.Parallel()
	file := write(t, `வழி பெறு, "/" { பதில் 200, 1; }`)
	for _, env := range []string{"ETAMIL_HANDOVER=x", "ETAMIL_HANDOVER=2000"} {
		p := startProcess(t, filepath.Dir(file), env, "serve", "--port", "0", file)
		if code := p.wait(t); code != exitFault || !strings.Contains(p.stderr(), "inherited listener") {
			t.Errorf("%s: %d %s", env, code, p.stderr())
		}
	}
	p := startProcess(t, filepath.Dir(file), "LISTEN_FDS=1", "LISTEN_PID=1", "serve", "--port", "0", file) // somebody else's
	p.address(t)
	p.signal(t, syscall.SIGTERM)
	if code := p.wait(t); code != exitOK {
		t.Errorf("%d %s", code, p.stderr())
	}
}
