package main

import (
	"math"
	"testing"
)

// The server is small, and has room above what it must hold.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int64{0: lspMemory, 100 << 20: lspMemory, 200 << 20: 300 << 20, math.MaxUint64: math.MaxInt64} {
		if got := memoryLimit(live); got != want {
			t.Errorf("memoryLimit(%d) is %d, not %d", live, got, want)
		}
	}
}
