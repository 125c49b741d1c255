//go:build unix

package data

import "syscall"

// readable tells whether a file may be read, without opening it: closing it again would take away all locks that this
// process has on it through SQLite (https://sqlite.org/howtocorrupt.html, 2.2).
func readable(path string) bool {
	const read = 4
	return syscall.Access(path, read) == nil
}
