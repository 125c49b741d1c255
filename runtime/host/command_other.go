//go:build !unix

package host

import "os/exec"

// ownGroup leaves a program as it is: these systems have no process groups that can be killed, only the program is.
func ownGroup(*exec.Cmd) {}

// killGroup does nothing: the children of a program that ended keep running.
func killGroup(*exec.Cmd) {}
