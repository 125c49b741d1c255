//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd

package httpd

func (*direct) listen() {}

func (d *direct) read() (int, error) {
	d.take()
	return d.g.Conn.Read(d.in) //nolint:wrapcheck // only that it failed counts
}
