//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// asNobody runs the command in a folder as a user without rights; root may read everything.
func asNobody(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	exe := filepath.Join(dir, "etamil")
	if err := errors.Join(os.Chmod(dir, 0o755), copyFile(os.Args[0], exe)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Dir = dir
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// A folder and a file that may not be read, a pipe, a binary file, and one of 4 MB and more: each is said, the rest is checked.
func TestCheckBadInput(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "etamil-check")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	line := "அச்சு \"👍🏽\";\n"
	full := strings.Repeat(line, 4<<20/len(line))
	err = errors.Join(
		os.WriteFile(at("good.qmz"), []byte("accu 1;;\n"), 0o644),
		os.WriteFile(at("binary.qmz"), []byte("\x7fELF\x00\x01\xff\xfe"), 0o644),
		os.WriteFile(at("full.qmz"), []byte(full), 0o644),
		os.WriteFile(at("more.qmz"), []byte(full+line), 0o644),
		os.WriteFile(at("secret.qmz"), []byte("accu 1;"), 0o000),
		os.Mkdir(at("closed"), 0o000),
		syscall.Mkfifo(at("pipe.qmz"), 0o644),
		os.Symlink("..", at("binary.d")),
	)
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := asNobody(t, dir, "check", "--lang", "en", "--format", "short")
	if code != exitFault {
		t.Errorf("ended with %d", code)
	}
	for _, want := range []string{
		"E0204: there is no permission to read 'closed'\n", "secret.qmz: E0204:", "binary.qmz:1:5: E0016:", "good.qmz:1:8: W0004:", "more.qmz: E0014:",
	} {
		if strings.Count(out, want) != 1 {
			t.Errorf("%q is not said once:\n%s%s", want, out, errs)
		}
	}
	if n := strings.Count(out, "\n"); n != 5 {
		t.Errorf("%d findings:\n%s", n, out)
	}
}

// A fix that cannot be written is said, and the file stays whole.
func TestFixWithoutRights(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "etamil-fix")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	file := filepath.Join(dir, "a.qmz")
	if err := os.WriteFile(file, []byte("accu 1;;\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, _, errs := asNobody(t, dir, "check", "--fix", "--lang", "en", "a.qmz")
	text, err := os.ReadFile(file)
	if os.Getuid() == 0 && (code != exitFault || !strings.Contains(errs, "cannot change 'a.qmz'")) {
		t.Errorf("ended with %d: %s", code, errs)
	}
	if err != nil || os.Getuid() == 0 && !bytes.Equal(text, []byte("accu 1;;\n")) {
		t.Errorf("%v: the file is now %q", err, text)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".etamil-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
