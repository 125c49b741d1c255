//go:build !unix

package lifecycle

import (
	"context"
	"errors"
	"net"
)

// Inherited is a listener that was open before the process began.
type Inherited struct {
	Name string
	net.Listener
}

// Inheritance is what a process has from the one before it: here nothing.
type Inheritance struct{ Listeners []Inherited }

// Inherit finds nothing: this system does not pass listeners on.
func Inherit(func(string) string, int) (*Inheritance, error) { return &Inheritance{}, nil }

// Ready does nothing.
func (*Inheritance) Ready() error { return nil }

// HandOver is not to be had on this system.
func HandOver(context.Context, string, []string, []string, []Inherited) (int, error) {
	return 0, errors.ErrUnsupported
}
