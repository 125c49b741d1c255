//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestUnreadableFile runs the command as a user who may not read the program; root may read everything.
func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "etamil-nobody")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	exe := filepath.Join(dir, "etamil") // the test binary is etamil under this name
	file := filepath.Join(dir, "a.qmz")
	if err := errors.Join(os.Chmod(dir, 0o755), copyFile(os.Args[0], exe), os.WriteFile(file, []byte("அச்சு 1;"), 0o000)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "run", file)
	cmd.Dir = dir
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFault {
		t.Errorf("ended with %v", err)
	}
	if out.Len() > 0 || !strings.Contains(errs.String(), "[E0204]") || !strings.Contains(errs.String(), "a.qmz") {
		t.Errorf("stdout %q, stderr:\n%s", out.String(), errs.String())
	}
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o755)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}
