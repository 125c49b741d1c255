package main

import (
	"syscall"
	"testing"
)

// mountTmpfs mounts a small file system on a folder until the test ends, if the test may.
func mountTmpfs(t *testing.T, dir, options string) bool {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Logf("not mounted: %v", err)
		return false
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return true
}
