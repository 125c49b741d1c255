package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is etamil as a process of its own.
type process struct {
	cmd       *exec.Cmd
	out, errs buffer
	ended     chan struct{}
}

// buffer is a buffer that can be read while it is written.
type buffer struct {
	mu    sync.Mutex
	bytes bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes.String()
}

// startProcess starts etamil in a folder; arguments before the command may set environment variables. It is killed at the end of the
// test if it still runs.
func startProcess(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	return startAs(t, "etamil", dir, args...)
}

// startAs is startProcess of the test binary under one of the names that TestMain knows.
func startAs(t *testing.T, name, dir string, args ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := slices.IndexFunc(args, func(arg string) bool { return !strings.Contains(arg, "=") })
	p := &process{cmd: exec.Command(exe, args[command:]...), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), args[:command]...)
	p.cmd.Args[0] = name
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = dir, &p.out, &p.errs
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // its status is in ProcessState
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.ended
	})
	return p
}

func (p *process) stdout() string { return p.out.String() }
func (p *process) stderr() string { return p.errs.String() }

// wait waits for the end and answers the status.
func (p *process) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(time.Minute):
		t.Fatalf("it does not end:\n%s%s", p.stdout(), p.stderr())
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Errorf("%v: %v\n%s", s, err, p.stderr())
	}
}

// address waits until the process serves, and answers where.
func (p *process) address(t *testing.T) string {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if _, after, ok := strings.Cut(p.stderr(), "(serving): "); ok {
			if address, _, ok := strings.Cut(after, "\n"); ok {
				return strings.TrimRight(address, `"}`)
			}
		}
		select {
		case <-p.ended:
			t.Fatalf("it ended with %d:\n%s", p.cmd.ProcessState.ExitCode(), p.stderr())
		default:
		}
	}
	t.Fatalf("it does not serve:\n%s", p.stderr())
	return ""
}

// askKept asks on a connection that the server has answered on before, and closes running when the request has had the time to
// arrive: many times what the first answer took.
func askKept(url string, running chan struct{}) (*http.Response, error) {
	opened := sync.OnceFunc(func() { close(running) })
	defer opened()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	get := func(url string) (*http.Response, error) {
		req, err := http.NewRequest(http.MethodGet, url, nil) //nolint:noctx // the server's own limits end it
		if err != nil {
			return nil, err
		}
		return client.Do(req)
	}
	at := strings.LastIndex(url, "/")
	start := time.Now()
	first, err := get(url[:at] + "/health")
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, first.Body); err != nil {
		return nil, err
	}
	if err := first.Body.Close(); err != nil {
		return nil, err
	}
	timer := time.AfterFunc(100*time.Millisecond+20*time.Since(start), opened)
	defer timer.Stop()
	return get(url)
}

// writeFile puts a text into a file, unless there is none to put.
func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if text == "" {
		return
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
