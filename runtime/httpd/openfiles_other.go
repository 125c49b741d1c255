//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd

package httpd

import "math"

// openFiles is how many files the process may open: no limit is known here.
func openFiles() int { return math.MaxInt }
