package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// The servers, in the order of the columns.
const (
	etamil = iota
	bareHTTP
	fastify
)

type server struct {
	name string
	addr string
	cmd  *exec.Cmd
	dir  string
}

// serverCore is the core of the servers; bench/http.sh keeps this program, and so its clients, on the other one.
const serverCore = "0"

// commands start the servers; dir is an empty folder for the database.
var commands = []struct {
	name string
	args func(root, port, dir string) []string
}{
	{"etamil serve", func(root, port, dir string) []string {
		return []string{filepath.Join(root, "bin", "etamil"), "serve", "--log", "off", "--port", port, dir}
	}},
	{"bare net/http", func(root, port, dir string) []string {
		return []string{filepath.Join(root, "bin", "bench-bare"), port, filepath.Join(dir, "bench.db")}
	}},
	{"node, fastify", func(root, port, dir string) []string {
		return []string{"node", filepath.Join(root, "bench", "http", "fastify.mjs"), port, filepath.Join(dir, "bench.db")}
	}},
	{"deno", func(root, port, dir string) []string {
		return []string{
			filepath.Join(root, "bench", "http", "node_modules", ".bin", "deno"), "run", "--quiet", "--allow-all", "--no-config",
			filepath.Join(root, "bench", "http", "deno.mjs"), port, filepath.Join(dir, "bench.db"),
		}
	}},
	{"bun", func(root, port, dir string) []string {
		return []string{
			filepath.Join(root, "bench", "http", "node_modules", ".bin", "bun"), "run",
			filepath.Join(root, "bench", "http", "bun.mjs"), port, filepath.Join(dir, "bench.db"),
		}
	}},
}

// startAll starts the servers, each with a folder of its own for its database. What was started must be stopped, also
// after an error.
func startAll(root string) ([]*server, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	var all []*server
	for i, c := range commands {
		dir, err := os.MkdirTemp("", "etamil-bench-")
		if err != nil {
			return all, err
		}
		one := &server{name: c.name, dir: dir}
		all = append(all, one)
		if i == etamil {
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "bench", "http", "kadai"))); err != nil {
				return all, err
			}
		}
		port, err := freePort()
		if err != nil {
			return all, err
		}
		one.addr = "127.0.0.1:" + port
		if err := one.start(c.args(root, port, dir)); err != nil {
			return all, err
		}
	}
	return all, nil
}

func freePort() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = ln.Close() }()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	return port, err
}

func (s *server) start(args []string) error {
	s.cmd = exec.Command("taskset", append([]string{"-c", serverCore}, args...)...)
	s.cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "NODE_ENV=production", "DENO_NO_UPDATE_CHECK=1", "DENO_DIR="+s.dir)
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", s.name, err)
	}
	for range 200 {
		if conn, err := net.Dial("tcp", s.addr); err == nil {
			return conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer on %s", s.name, s.addr)
}

func stopAll(servers []*server) {
	for _, s := range servers {
		if s.cmd != nil && s.cmd.Process != nil {
			_ = s.cmd.Process.Kill()
			_ = s.cmd.Wait() // it was killed
		}
		_ = os.RemoveAll(s.dir)
	}
}

// cpu is the CPU time that the server has used, of all its threads, from the process's own clock. taskset becomes the
// server, so that its process is the server's.
func (s *server) cpu() (time.Duration, error) {
	const ofProcess = 2 // clock_getcpuclockid(3)
	var at syscall.Timespec
	clock := uintptr(^s.cmd.Process.Pid<<3 | ofProcess)
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&at)), 0); errno != 0 {
		return 0, fmt.Errorf("the CPU clock of %s: %w", s.name, errno)
	}
	return time.Duration(at.Nano()), nil
}

// memory is the most memory that the server has had at once, in bytes.
func (s *server) memory() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("/proc/PID/status has no VmHWM")
}
