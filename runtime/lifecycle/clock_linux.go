package lifecycle

import (
	"strconv"

	"golang.org/x/sys/unix"
)

// Reloading are the lines that say that the service is being replaced, until READY=1; since when, by systemd's own clock.
func Reloading() []string {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		return []string{"RELOADING=1"}
	}
	return []string{"RELOADING=1", "MONOTONIC_USEC=" + strconv.FormatInt(now.Nano()/1000, 10)}
}
