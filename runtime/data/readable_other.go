//go:build !unix

package data

import "os"

// readable tells whether a file may be read.
func readable(path string) bool {
	f, err := os.Open(path)
	return err == nil && f.Close() == nil
}
