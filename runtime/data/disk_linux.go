package data

import (
	"os"
	"syscall"
)

// syncs tells that syncData is enough for a log that is only read here.
const syncs = true

// syncData waits until the file's bytes are on the disk; when it was changed last does not matter.
func syncData(f *os.File) error {
	for {
		if err := syscall.Fdatasync(int(f.Fd())); err != syscall.EINTR {
			return err //nolint:wrapcheck // syncLog words it
		}
	}
}
