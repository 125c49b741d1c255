package main

import (
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
)

// smallServer is how much memory, in bytes, the language server takes before the garbage collector works harder than usual:
// an editor has many programs beside it. A text of 100,000 lines takes 140 MB while it is open.
const smallServer = 192 << 20

// memoryLimit is the limit for a server that holds so many bytes: with less room above them the collector would not rest.
func memoryLimit(live uint64) int64 {
	if live > math.MaxInt64/3*2 {
		return math.MaxInt64
	}
	return max(smallServer, int64(live+live/2))
}

// limitMemory sets the limit by what is held now; GOMEMLIMIT says otherwise.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetMemoryLimit(memoryLimit(live[0].Value.Uint64()))
	}
}
