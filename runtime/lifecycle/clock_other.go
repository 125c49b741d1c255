//go:build !linux

package lifecycle

// Reloading are the lines that say that the service is being replaced, until READY=1.
func Reloading() []string { return []string{"RELOADING=1"} }
