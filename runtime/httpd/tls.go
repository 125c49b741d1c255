package httpd

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// registered is a connection under TLS: when it is closed, by whomever, it is not counted any more.
type registered struct {
	net.Conn
	g *guarded
}

// Close closes the connection.
func (r *registered) Close() error {
	r.g.list.remove(r.g)
	return r.Conn.Close() //nolint:wrapcheck // net/http knows these
}

// secured is a connection of HTTP/1.1 over TLS, which net/http asks for what was agreed on.
type secured struct {
	*guarded
	tls *tls.Conn
}

// ConnectionState is what was agreed on.
func (s *secured) ConnectionState() tls.ConnectionState { return s.tls.ConnectionState() }

// agree shakes hands with a client and gives the connection to net/http, which must have HTTP/2 as it is.
func (l *listener) agree(g *guarded) {
	conn, _ := g.Conn.(*tls.Conn)
	if l.shake(g, conn) != nil {
		_ = g.Close()
		return
	}
	switch conn.ConnectionState().NegotiatedProtocol {
	case challengeProtocol: // all there was to see is the certificate
		_ = g.Close()
	case "h2":
		l.given(g)
		l.handOver(conn)
	default:
		l.handOver(&secured{l.given(g), conn})
	}
}

// shake shakes hands in the time that headers have. A client that speaks plain HTTP is told so.
func (l *listener) shake(g *guarded, conn *tls.Conn) error {
	if err := g.SetDeadline(l.after(l.opt.HeaderTimeout)); err != nil {
		return err
	}
	if l.closing.Load() { // after the deadline was set, which must not take back what wakes the reader at the end
		return net.ErrClosed
	}
	err := conn.HandshakeContext(l.base)
	if err == nil {
		return g.SetDeadline(time.Time{})
	}
	var record tls.RecordHeaderError
	if errors.As(err, &record) && record.Conn != nil && looksLikeHTTP(record.RecordHeader) {
		_, _ = record.Conn.Write(rawError(http.StatusBadRequest,
			"detail", "this port speaks https: write https:// in place of http://", "விவரம்", "இந்தத் துறை https பேசும்: http:// க்குப் பதில் https:// என எழுதவும்"))
	}
	return err //nolint:wrapcheck // nobody reads it
}

// looksLikeHTTP tells whether the first five bytes of a connection are those of a request.
func looksLikeHTTP(head [5]byte) bool {
	switch string(head[:]) {
	case "GET /", "HEAD ", "POST ", "PUT /", "PATCH", "DELET", "OPTIO", "PRI *":
		return true
	}
	return false
}

// hsts tells browsers to come back over TLS only. The header stands in every answer, whoever makes it.
func hsts(next http.Handler, age time.Duration) http.Handler {
	line := []string{"max-age=" + strconv.FormatInt(int64(age/time.Second), 10)}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Strict-Transport-Security"] = line
		next.ServeHTTP(w, r)
	})
}

// toSecure leads clients of plain HTTP to https.
func toSecure(port int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := (&url.URL{Host: r.Host}).Hostname()
		switch {
		case port != 443:
			host = net.JoinHostPort(host, strconv.Itoa(port))
		case strings.Contains(host, ":"):
			host = "[" + host + "]"
		}
		protect(w.Header())
		w.Header()["Location"] = []string{"https://" + host + r.URL.RequestURI()}
		w.WriteHeader(http.StatusPermanentRedirect)
	})
}

// secure does what there is to do beside serving with TLS: clients of plain HTTP are led there until ctx ends, and the
// certificates of ACME are kept until base does.
func (o *Options) secure(ctx, base context.Context, beside *sync.WaitGroup) {
	if o.Redirect != nil {
		front := o.TLS.challenges(toSecure(orElse(o.SecurePort, 443)))     // before the first challenge
		beside.Go(func() { _ = Serve(ctx, o.Redirect, front, o.plain()) }) // without it the server still serves
	}
	o.TLS.keep(base)
}

// plain are the options of the listener that leads clients to TLS.
func (o *Options) plain() Options {
	return Options{
		HeaderTimeout: o.HeaderTimeout, ReadTimeout: o.ReadTimeout, WriteTimeout: o.WriteTimeout, IdleTimeout: o.IdleTimeout,
		MaxConns: o.MaxConns, Grace: o.Grace,
	}
}
