//go:build linux || darwin || freebsd || netbsd || openbsd

package httpd

import (
	"net"
	"syscall"
)

// directly tells that gone knows.
const directly = true

// gone tells whether the client has closed the connection, without reading from it.
func gone(c net.Conn) (yes bool) {
	sys, ok := c.(syscall.Conn)
	if !ok {
		return false
	}
	raw, err := sys.SyscallConn()
	if err != nil {
		return true
	}
	err = raw.Control(func(fd uintptr) {
		var one [1]byte
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		yes = n == 0 && err == nil || err != nil && err != syscall.EAGAIN && err != syscall.EINTR
	})
	return yes || err != nil
}
