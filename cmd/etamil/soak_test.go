package main

import "os"

// soaking says that `make soak` runs: tests that hold a server to a load then take the load of the issue, which CI has no
// minutes for.
const soaking = "ETAMIL_SOAK"

// load is how much of something a test does: usual in every run, soak under `make soak`.
func load(usual, soak int) int {
	if os.Getenv(soaking) != "" {
		return soak
	}
	return usual
}
