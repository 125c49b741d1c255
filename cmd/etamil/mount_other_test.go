//go:build unix && !linux

package main

import "testing"

// mountTmpfs mounts nothing on these systems.
func mountTmpfs(*testing.T, string, string) bool { return false }
