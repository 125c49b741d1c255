package httpd_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// pebble builds the authority of testdata/pebble, once for all tests.
var pebble = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "pebble")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "pebble")
	pebbleDir.Store(&dir)
	build := exec.Command("go", "build", "-o", file, ".")
	build.Dir = filepath.Join("testdata", "pebble")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

var pebbleDir atomic.Pointer[string]

// tidy removes what all tests share, at their end.
func tidy(code int) {
	if dir := pebbleDir.Load(); dir != nil {
		_ = os.RemoveAll(*dir)
	}
	os.Exit(code)
}

// acmeServer is an authority that runs.
type acmeServer struct {
	directory, ca string // the address, and the file of what signs the authority's own server
	roots         string
	stop          func()
}

// startPebble starts an authority that looks at domains on two ports of loopback.
func startPebble(t *testing.T, a *authority, tlsPort, httpPort int) *acmeServer {
	t.Helper()
	file, err := pebble()
	if err != nil {
		t.Fatal(err)
	}
	own := a.issue(t, "directory", 900, 100*time.Hour, "localhost")
	ca := filepath.Join(a.dir, "ca.pem")
	writePEM(t, ca, "CERTIFICATE", a.cert.Raw)
	cmd := exec.CommandContext(context.Background(), file, "-cert", own.Cert, "-key", own.Key, "-tls", strconv.Itoa(tlsPort), "-http", strconv.Itoa(httpPort))
	cmd.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	directory, roots, ok := strings.Cut(strings.TrimSpace(line), " ")
	if err != nil || !ok {
		t.Fatalf("%q %v", line, err)
	}
	stop := sync.OnceFunc(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	t.Cleanup(stop)
	return &acmeServer{directory, ca, roots, stop}
}

// pool is what clients trust who trust the authority.
func (s *acmeServer) pool(t *testing.T, a *authority) *x509.CertPool {
	t.Helper()
	_, text := fetch(t, a.client(t, false), "GET", s.roots, "")
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(text)) {
		t.Fatalf("no certificate: %s", text)
	}
	return pool
}

func (s *acmeServer) options(cache string, domains ...string) httpd.ACME {
	return httpd.ACME{Domains: domains, Email: "kadai@kadai.example", Directory: s.directory, CA: s.ca, Cache: cache}
}

// fetched serves with certificates of ACME.
func fetched(t *testing.T, ln net.Listener, o httpd.Options, acme httpd.ACME) (said *reports) {
	t.Helper()
	said = &reports{}
	security, err := httpd.NewTLS(nil, acme, said.add)
	if err != nil {
		t.Fatal(err)
	}
	o.TLS = security
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "வணக்கம் "+r.TLS.ServerName)
	})
	go func() { done <- httpd.Serve(ctx, ln, h, o) }()
	t.Cleanup(func() {
		stop()
		security.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return said
}

func listen(t *testing.T) (net.Listener, int) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	tcp, _ := ln.Addr().(*net.TCPAddr)
	return ln, tcp.Port
}

// trusted asks for a domain as a browser does, and answers what it is shown.
func trusted(t *testing.T, addr, domain string, pool *x509.CertPool) (*x509.Certificate, error) {
	t.Helper()
	conn, err := tls.Dial("tcp", addr, &tls.Config{ServerName: domain, RootCAs: pool})
	if err != nil {
		return nil, err
	}
	return conn.ConnectionState().PeerCertificates[0], conn.Close()
}

// arrives waits until clients trust a domain.
func arrives(t *testing.T, addr, domain string, pool *x509.CertPool, said *reports) *x509.Certificate {
	t.Helper()
	var cert *x509.Certificate
	var err error
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(50 * time.Millisecond) {
		if cert, err = trusted(t, addr, domain, pool); err == nil {
			return cert
		}
	}
	t.Fatalf("%s: %v\n%s", domain, err, strings.Join(said.list(), "\n"))
	return nil
}

// TestACME fetches the certificates of two domains, one of them Tamil, on the port of TLS itself; and serves what it has when
// the authority is gone.
func TestACME(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	ln, port := listen(t)
	server := startPebble(t, a, port, 1)
	cache := t.TempDir()
	said := fetched(t, ln, httpd.Options{}, server.options(cache, "kadai.example", "கடை.example"))
	pool := server.pool(t, a)
	first := arrives(t, ln.Addr().String(), "kadai.example", pool, said)
	arrives(t, ln.Addr().String(), "xn--clcu7j.example", pool, said)
	if _, err := trusted(t, ln.Addr().String(), "evil.example", pool); err == nil {
		t.Error("there is a certificate for somebody else's domain")
	}
	if got := said.list(); len(got) > 0 {
		t.Errorf("reported %q", got)
	}
	for _, name := range []string{"kadai.example", "xn--clcu7j.example"} { // they are written behind the first answer
		eventually(t, name, func() bool {
			info, err := os.Stat(filepath.Join(cache, name))
			return err == nil && info.Mode().Perm() == 0o600
		})
	}
	server.stop()
	again, _ := listen(t)
	said = fetched(t, again, httpd.Options{}, server.options(cache, "kadai.example", "கடை.example"))
	if cert, err := trusted(t, again.Addr().String(), "kadai.example", pool); err != nil || cert.SerialNumber.Cmp(first.SerialNumber) != 0 {
		t.Errorf("without the authority: %v %v", cert, err)
	}
	if got := said.list(); len(got) > 0 {
		t.Errorf("reported %q", got)
	}
}

// TestACMEOverHTTP is looked at over plain HTTP when nobody comes through to the port of TLS.
func TestACMEOverHTTP(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	ln, _ := listen(t)
	plain, port := listen(t)
	server := startPebble(t, a, 1, port)
	said := fetched(t, ln, httpd.Options{Redirect: plain}, server.options(t.TempDir(), "kadai.example"))
	arrives(t, ln.Addr().String(), "kadai.example", server.pool(t, a), said)
}

// TestACMERenewal serves a certificate that ends soon until there is a new one.
func TestACMERenewal(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	ln, port := listen(t)
	server := startPebble(t, a, port, 1)
	cache := t.TempDir()
	old := a.issueFor(t, "old", 77, time.Now().Add(-60*24*time.Hour), time.Now().Add(10*24*time.Hour), "kadai.example")
	if err := cached(old, filepath.Join(cache, "kadai.example")); err != nil {
		t.Fatal(err)
	}
	said := fetched(t, ln, httpd.Options{}, server.options(cache, "kadai.example"))
	if got := a.shown(t, ln.Addr().String(), "kadai.example"); got != 77 {
		t.Errorf("%d is shown first", got)
	}
	cert := arrives(t, ln.Addr().String(), "kadai.example", server.pool(t, a), said)
	if cert.SerialNumber.Int64() == 77 || time.Until(cert.NotAfter) < 80*24*time.Hour {
		t.Errorf("renewed: %v until %v", cert.SerialNumber, cert.NotAfter)
	}
}

// cached writes a pair as the cache of certificates keeps it.
func cached(p httpd.Pair, file string) error {
	cert, err1 := os.ReadFile(p.Cert)
	key, err2 := os.ReadFile(p.Key)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	block, _ := pem.Decode(key)
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return err
	}
	ec, _ := parsed.(*ecdsa.PrivateKey)
	der, err := x509.MarshalECPrivateKey(ec)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), cert...), 0o600)
}
