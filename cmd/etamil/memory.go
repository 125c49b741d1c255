package main

import (
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// mostTasks is how many unfinished tasks the requests of a server may have begun in all.
const mostTasks = 20_000

// unknownMemory is how much memory a server's programs may fill where nobody says how much there is.
const unknownMemory = 4 << 30

// heapLimit is how large the live heap may become before a run that wants more is ended with an error, so that no
// request takes the server down with it: what GOMEMLIMIT says, else three quarters of the machine's or the container's memory.
func heapLimit() int64 {
	if os.Getenv("GOMEMLIMIT") != "" {
		return debug.SetMemoryLimit(-1)
	}
	least := int64(math.MaxInt64)
	for _, file := range [...]string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if n := firstNumber(file, ""); n > 0 {
			least = min(least, n)
		}
	}
	if n := firstNumber("/proc/meminfo", "MemTotal:"); n > 0 && n < math.MaxInt64>>10 {
		least = min(least, n<<10)
	}
	if least == math.MaxInt64 {
		return unknownMemory
	}
	return least / 4 * 3
}

// firstNumber is the number after a label at the start of a line, or 0.
func firstNumber(file, label string) int64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, label); ok {
			if fields := strings.Fields(rest); len(fields) > 0 {
				n, err := strconv.ParseInt(fields[0], 10, 64)
				if err == nil {
					return n
				}
			}
		}
	}
	return 0
}
