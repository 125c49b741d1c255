package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// cpu is the CPU time that the server has used, of all its threads, from the process's own clock.
func (c *client) cpu() (time.Duration, error) {
	const ofProcess = 2 // clock_getcpuclockid(3)
	var at syscall.Timespec
	clock := uintptr(^c.cmd.Process.Pid<<3 | ofProcess)
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&at)), 0); errno != 0 {
		return 0, fmt.Errorf("the CPU clock of %s: %w", c.peer.name, errno)
	}
	return time.Duration(at.Nano()), nil
}

// memory is what of the server is in memory now, and the most that ever was, in bytes.
func (c *client) memory() (now, peak int64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(text)) {
		for prefix, into := range map[string]*int64{"VmRSS:": &now, "VmHWM:": &peak} {
			if rest, ok := strings.CutPrefix(line, prefix); ok {
				kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
				if err != nil {
					return 0, 0, err
				}
				*into = kb << 10
			}
		}
	}
	return now, peak, nil
}
