package main

import (
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// lspGarbage is the percentage of garbage that the language server lets gather: keystrokes should seldom meet a collection.
	lspGarbage = 200
	// lspMemory is how much memory, in bytes, it takes before it collects sooner: an editor has much beside it.
	lspMemory = 256 << 20
)

// memoryLimit is the limit for a server that holds so many bytes: half as much again. With less room the collector would not rest.
func memoryLimit(live uint64) int64 {
	if live > math.MaxInt64/3 {
		return math.MaxInt64
	}
	return max(lspMemory, int64(live*3/2))
}

// limitMemory sets the limits by what is held now, where GOGC and GOMEMLIMIT do not say otherwise.
func limitMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(lspGarbage)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetMemoryLimit(memoryLimit(live[0].Value.Uint64()))
	}
}
