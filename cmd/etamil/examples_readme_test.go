//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// step is one command of a README and what it prints.
type step struct {
	line    int // of the command, from 1
	command string
	want    []string
	from    int // index of the first line of want in the file
}

// readme is a file with its steps.
type readme struct {
	path  string
	lines []string
	steps []step
}

// readSteps finds the steps of a README: in blocks that begin with ```sh, "$ " begins a command, "> " continues it, and
// everything else is output. A block without a command, or output before one, is a mistake.
func readSteps(t *testing.T, path string) *readme {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := &readme{path: path, lines: strings.Split(string(source), "\n")}
	inside, first := false, 0
	for i, line := range r.lines {
		switch {
		case !inside && line == "```sh":
			inside, first = true, len(r.steps)
		case !inside:
		case line == "```":
			if inside = false; len(r.steps) == first {
				t.Fatalf("%s:%d: the block has no command", path, i+1)
			}
		case strings.HasPrefix(line, "$ "):
			r.steps = append(r.steps, step{line: i + 1, command: line[2:], from: i + 1})
		case len(r.steps) == first:
			t.Fatalf("%s:%d: output before a command", path, i+1)
		default:
			s := &r.steps[len(r.steps)-1]
			if more, ok := strings.CutPrefix(line, "> "); ok && len(s.want) == 0 {
				s.command += "\n" + more
				s.from++
				continue
			}
			s.want = append(s.want, line)
		}
	}
	if inside || len(r.steps) == 0 {
		t.Fatalf("%s: no steps, or a block without an end", path)
	}
	return r
}

// follow runs the steps of a README.
func follow(t *testing.T, path string) {
	r := readSteps(t, path)
	sh := newShell(t)
	update := os.Getenv("UPDATE_SCRIPTS") != ""
	for i := len(r.steps); i > 0; i-- { // the steps run in order; only their places are changed from the end
		s := &r.steps[len(r.steps)-i]
		got := sh.do(s.command)
		if matches(s.want, got) {
			continue
		}
		if !update {
			t.Fatalf("%s:%d: $ %s\nprinted\n%s\nand not\n%s\n%s", r.path, s.line, s.command, strings.Join(got, "\n"), strings.Join(s.want, "\n"), sh.serverLog())
		}
		s.want = got
	}
	if update {
		r.write(t)
	}
}

// write puts the output of the steps back into the file.
func (r *readme) write(t *testing.T) {
	t.Helper()
	var out []string
	at := 0
	old := readSteps(t, r.path)
	for i, s := range r.steps {
		out = append(out, r.lines[at:s.from]...)
		out = append(out, s.want...)
		at = s.from + len(old.steps[i].want)
	}
	out = append(out, r.lines[at:]...)
	if err := os.WriteFile(r.path, []byte(strings.Join(out, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// matches compares output by lines; "…" in what is wanted stands for anything, such as the time of an order.
func matches(want, got []string) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(w), "…", ".*")
		if ok, err := regexp.MatchString("^"+pattern+"$", got[i]); err != nil || !ok {
			return false
		}
	}
	return true
}

// shell is a running sh that takes one command after the other.
type shell struct {
	t       *testing.T
	dir     string
	in      io.Writer
	done    *bufio.Scanner // a line for each command that has ended
	count   int
	address string // of the server that was started, without http://
}

// newShell starts a shell in a folder with a copy of the examples. It ends with the test, and what it started ends too.
func newShell(t *testing.T) *shell {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "docs", "examples"), os.DirFS(filepath.Join("..", "..", "docs", "examples"))); err != nil {
		t.Fatal(err)
	}
	if files, err := filepath.Glob(filepath.Join(dir, "docs", "examples", "*", "*.db*")); err != nil || removeAll(files) != nil {
		t.Fatal(err)
	}
	// curl as on a terminal: no progress meter, and errors shown.
	if err := os.WriteFile(filepath.Join(dir, ".curlrc"), []byte("silent\nshow-error\nmax-time = 60\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	cmd := exec.CommandContext(ctx, "sh")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // the shell's own group
	cmd.Env = append(os.Environ(), "HOME="+dir, "CURL_HOME="+dir, "LC_ALL=C.UTF-8", "NO_COLOR=1", "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1", "UPDATE_SCRIPTS=")
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Cancel() // after a failed step the server still runs; when all is well nobody is left to hear this
		_ = cmd.Wait()
		cancel()
	})
	return &shell{t: t, dir: dir, in: in, done: bufio.NewScanner(out)}
}

func removeAll(files []string) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, os.Remove(f))
	}
	return errors.Join(errs...)
}

// address8080 is what the READMEs call the server; the tests serve on a free port.
const address8080 = "127.0.0.1:8080"

// do runs a command and answers the lines that it printed.
func (s *shell) do(command string) []string {
	s.t.Helper()
	s.count++
	file := filepath.Join(s.dir, fmt.Sprintf("out.%d", s.count))
	serves := strings.HasPrefix(command, "etamil dev ")
	if serves {
		rest, ok := strings.CutSuffix(strings.TrimPrefix(command, "etamil dev "), " &")
		if !ok {
			s.t.Fatalf("$ %s\nwould never end: a server must be started with &", command)
		}
		command = "etamil dev --port 0 " + rest + " >\"$HOME/server.log\" 2>&1 &"
	}
	if s.address != "" {
		command = strings.ReplaceAll(command, address8080, s.address)
	}
	if _, err := fmt.Fprintf(s.in, "{ %s\n} >%q 2>&1 </dev/null\necho done\n", command, file); err != nil {
		s.t.Fatal(err)
	}
	if !s.done.Scan() {
		s.t.Fatalf("$ %s\ndid not end (%v)\n%s", command, s.done.Err(), s.serverLog())
	}
	if serves {
		s.awaitServer()
	}
	out, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.printed(string(out))
}

// printed splits output into lines, with the address that the README has.
func (s *shell) printed(out string) []string {
	if s.address != "" {
		out = strings.ReplaceAll(out, s.address, address8080)
	}
	out = strings.TrimSuffix(strings.ReplaceAll(out, "\r\n", "\n"), "\n")
	if out == "" {
		return nil
	}
	return strings.Split(out, "\n")
}

var addressPattern = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// awaitServer waits until the server says its address.
func (s *shell) awaitServer() {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if m := addressPattern.FindStringSubmatch(s.serverLog()); m != nil {
			s.address = m[1]
			return
		}
	}
	s.t.Fatalf("the server did not start:\n%s", s.serverLog())
}

func (s *shell) serverLog() string {
	log, err := os.ReadFile(filepath.Join(s.dir, "server.log"))
	if err != nil {
		return "" // no server was started
	}
	return string(log)
}
