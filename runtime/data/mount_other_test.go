//go:build unix && !linux

package data_test

import "testing"

// mountSmall mounts nothing on these systems.
func mountSmall(*testing.T, string) bool { return false }
