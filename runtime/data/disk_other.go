//go:build !linux

package data

import "os"

// syncs tells that SQLite itself waits for the disk.
const syncs = false

func syncData(f *os.File) error { return f.Sync() }
