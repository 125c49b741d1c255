//go:build unix

package host

import (
	"os/exec"
	"syscall"
)

// ownGroup puts a program into a process group of its own, which is killed as a whole when the program must end.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// killGroup ends what is left of a program's group. The group of a program that ended is usually empty: then nothing is.
func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
