//go:build !unix

package main

// commands are what the test binary is when it is started under another name.
func commands() map[string]func() { return map[string]func(){"etamil": main} }
