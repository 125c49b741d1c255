package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// laidOut puts a program and the text of its etamil.toml into a new folder.
func laidOut(t *testing.T, toml string) (dir string) {
	t.Helper()
	dir = filepath.Dir(write(t, `வழி பெறு, "/" { பதில் 200, "க"; }`))
	if err := os.WriteFile(filepath.Join(dir, projectFile), []byte(toml), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// settled are the settings of `etamil serve` for a folder and flags.
func settled(t *testing.T, dir string, flags ...string) serveOptions {
	t.Helper()
	var o serveOptions
	a := &app{stdout: io.Discard, stderr: os.Stderr}
	cmd := &cobra.Command{}
	o.flags.add(a, cmd)
	if err := cmd.ParseFlags(flags); err != nil {
		t.Fatal(err)
	}
	o, err := a.settle(o, dir)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestSettings takes each setting from where it goes first: the flag, the environment, the project, the default.
func TestSettings(t *testing.T) { // not parallel: it sets the environment
	dir := laidOut(t, "[server]\nhost = '0.0.0.0'\nport = 1001\ntimeout = '1m'\ncors = ['https://a.example']\nmax_connections = 77\ntrusted_proxies = ['10.0.0.0/8']\n"+
		"[server.static]\n'/படங்கள்' = 'padam'\n'/b' = '/abs'\n[server.tls]\ncert = ['tls/a.pem']\nhsts = '1h'\n[log]\nformat = 'json'\n")
	t.Setenv("ETAMIL_SERVER_PORT", "1002")
	t.Setenv("ETAMIL_SERVER_MAX_BODY", "3K")
	t.Setenv("ETAMIL_SERVER_TLS_KEY", "k.pem")
	o := settled(t, dir, "--max-body", "5K", "--cors", "https://b.example", "--cors", "https://c.example,https://d.example", "--h2c", "--static", "/b=/c", "--max-requests=9")
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"host", o.host, "0.0.0.0"},
		{"port", o.port, 1002},
		{"log", o.log, logFlag("json")},
		{"timeout", o.http.Timeout, time.Minute},
		{"the answer's time begins before the handler", o.http.WriteTimeout, 2 * time.Minute},
		{"max_body", o.http.MaxBody, 5 << 10},
		{"max_upload", o.http.MaxUpload, 32 << 20},
		{"cors", o.http.Origins, "[https://b.example https://c.example https://d.example]"},
		{"connections", o.http.MaxConns, 77},
		{"requests", o.http.MaxRequests, 9},
		{"h2c", o.http.H2C, true},
		{"proxies", o.http.TrustedProxies, "[10.0.0.0/8]"},
		{"static", o.http.Static, "map[/b:/c /படங்கள்:" + filepath.Join(dir, "padam") + "]"},
		{"hsts", o.http.HSTS, time.Hour},
		{"certificates", o.security.pairs, "[{" + filepath.Join(dir, "tls", "a.pem") + " k.pem}]"},
		{"grace", o.grace, defaultGrace},
		{"drain", o.drain, "0s"},
	} {
		if got, want := fmt.Sprint(c.got), fmt.Sprint(c.want); got != want {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
	}
}

// TestWrongSettings shows each mistake of the project file with its place, and serves nothing.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ toml, want string }{
		{"[server]\n\n  port = 70000", "etamil.toml:3:10"},
		{"[server]\n'பெயர்' = 1", "[E0502]"},
		{"[server]\ntimeout = 'அரைமணி'", "etamil.toml:2:11"},
		{"[server]\ntrusted_proxies = ['எங்கோ']", "[E0503]"},
		{"[server.tls]\ncert = ['a', 'b']\nkey = ['c']", "etamil.toml:3:7"},
		{"[server.tls]\ncert = ['a', 'b']\nkey = ['c']", "[E0509]"},
		{"[server.tls]\ncert = ['இல்லை.pem']", "[E0540]"},
		{"[server.acme]\ndomains = ['localhost']", "[E0543]"},
		{"[server", "[E0501]"},
	} {
		for _, command := range []string{"serve", "dev"} {
			var errs strings.Builder
			if code := run(context.Background(), []string{command, "--port", "0", laidOut(t, c.toml)}, strings.NewReader(""), &errs, &errs); code != exitFault || !strings.Contains(errs.String(), c.want) {
				t.Errorf("%s: %q: exit %d, no %s in\n%s", command, c.toml, code, c.want, errs.String())
			}
		}
	}
	for _, flags := range [][]string{{"--tls-redirect", "-1"}, {"--static", "x=y"}, {"--static", "/x"}, {"--rate", "fast"}, {"--trusted-proxies", "10.0.0.0/33"}, {"--h2c=perhaps"}} {
		var errs strings.Builder
		if code := run(context.Background(), append(append([]string{"serve"}, flags...), laidOut(t, "")), strings.NewReader(""), &errs, &errs); code != exitUsage || !strings.Contains(errs.String(), flags[0][:5]) {
			t.Errorf("%v: exit %d\n%s", flags, code, errs.String())
		}
	}
}

// lentCertificate is a certificate for 127.0.0.1 and its key, as PEM and as it is.
func lentCertificate(t *testing.T) (cert, key string, parsed *x509.Certificate) {
	t.Helper()
	lent := httptest.NewTLSServer(http.NotFoundHandler())
	lent.Close()
	pair := lent.TLS.Certificates[0]
	raw, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	cert = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}))
	return cert, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})), lent.Certificate()
}

// TestServeTLS serves the certificate of a project over both versions of HTTP, leads plain HTTP there, and says https.
func TestServeTLS(t *testing.T) {
	t.Parallel()
	authority, key, lent := lentCertificate(t)
	both := authority + key
	dir := laidOut(t, "[server.tls]\ncert = ['இரண்டும்.pem']\n")
	if err := os.WriteFile(filepath.Join(dir, "இரண்டும்.pem"), []byte(both), 0o600); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	_ = free.Close()
	addr, log := startServer(t, "serve", "--log", "off", "--tls-redirect", port, dir)
	if !strings.Contains(log(), "https://"+addr) {
		t.Errorf("the log says %s", log())
	}
	pool := x509.NewCertPool()
	pool.AddCert(lent)
	for _, two := range []bool{true, false} {
		p := new(http.Protocols)
		p.SetHTTP1(!two)
		p.SetHTTP2(two)
		tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, Protocols: p}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+addr+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := tr.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if string(body) != "க" || (resp.ProtoMajor == 2) != two || resp.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s %q %q", resp.Proto, body, resp.Header)
		}
		tr.CloseIdleConnections()
	}
	if got := rawAsk(t, "127.0.0.1:"+port, "GET", "GET /அ HTTP/1.1\r\nHost: kadai.example\r\nConnection: close\r\n\r\n"); got.status != "308 Permanent Redirect" ||
		!strings.HasPrefix(got.header("Location"), "https://kadai.example:") {
		t.Errorf("%s %q", got.status, got.headers)
	}
}

// TestServeSocket serves on a socket of the file system, and takes over one that was left behind.
func TestServeSocket(t *testing.T) {
	t.Parallel()
	dir := laidOut(t, "")
	path := filepath.Join(dir, "s")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	_ = left.Close()
	ctx, stop := context.WithCancel(context.Background())
	out, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"serve", "--host", "unix:" + path, dir}, strings.NewReader(""), io.Discard, w)
		_ = w.Close()
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() || !strings.Contains(lines.Text(), "unix:"+path) {
		t.Fatalf("%s", lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if all, _ := io.ReadAll(conn); !strings.HasPrefix(string(all), "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(string(all), "\r\n\r\nக") {
		t.Errorf("%q", all)
	}
	_ = conn.Close()
	var errs strings.Builder
	if code := run(context.Background(), []string{"serve", "--host", "unix:" + path, dir}, strings.NewReader(""), &errs, &errs); code != exitFault || !strings.Contains(errs.String(), "already in use") {
		t.Errorf("a second server: %d %s", code, errs.String())
	}
	stop()
	if code := <-done; code != exitOK {
		t.Errorf("exit %d", code)
	}
}

// TestEntry serves the program that a project names.
func TestEntry(t *testing.T) {
	t.Parallel()
	dir := laidOut(t, "entry = 'கடை.qmz'")
	if err := os.WriteFile(filepath.Join(dir, "கடை.qmz"), []byte(`வழி பெறு, "/" { பதில் 200, "கடை"; }`), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	if got := get(t, addr, "/"); got.body != "கடை" {
		t.Errorf("%q", got.body)
	}
}

// TestSettingsOfThePages reads the project files in docs/tls.md.
func TestSettingsOfThePages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "tls.md"))
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(text), "```toml\n")
	for _, part := range parts[1:] {
		toml, _, _ := strings.Cut(part, "```")
		if o := settled(t, laidOut(t, toml)); o.port != 443 || o.security.redirect != 80 || !o.security.on() {
			t.Errorf("%s\nis read as %+v", toml, o.security)
		}
	}
	if len(parts) != 3 {
		t.Errorf("%d project files", len(parts)-1)
	}
}
