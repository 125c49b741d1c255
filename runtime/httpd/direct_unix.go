//go:build linux || darwin || freebsd || netbsd || openbsd

package httpd

import (
	"io"
	"net"
	"syscall"
)

// listen makes the connection ready for read.
func (d *direct) listen() {
	if tcp, ok := d.g.Conn.(*net.TCPConn); ok {
		d.raw, _ = tcp.SyscallConn() // without it read does the same with a buffer
	}
	d.ready = d.readNow
}

// read reads what comes next. There may be very many connections on which nothing does: they have no buffer meanwhile.
func (d *direct) read() (n int, err error) {
	if d.raw == nil {
		d.take()
		return d.g.Conn.Read(d.in) //nolint:wrapcheck // only that it failed counts
	}
	if err := d.raw.Read(d.ready); err != nil {
		return 0, err //nolint:wrapcheck // only that it failed counts
	}
	return d.to, d.err
}

// readNow reads what is there, and tells whether there was anything.
func (d *direct) readNow(fd uintptr) bool {
	d.take()
	for {
		d.to, d.err = syscall.Read(int(fd), d.in)
		if d.err != syscall.EINTR { //nolint:errorlint // the system's own
			break
		}
	}
	if d.err == syscall.EAGAIN { //nolint:errorlint // the system's own
		d.drop()
		return false
	}
	if d.to == 0 && d.err == nil {
		d.err = io.EOF
	}
	return true
}
