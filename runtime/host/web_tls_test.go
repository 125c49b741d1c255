package host

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// authority signs certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate; with no issuer it signs itself.
func issue(t *testing.T, by *authority, name string) (*authority, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IsCA:        by == nil, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	me := &authority{form, key}
	if by == nil {
		by = me
	}
	der, err := x509.CreateCertificate(rand.Reader, form, by.cert, &key.PublicKey, by.key)
	if err != nil {
		t.Fatal(err)
	}
	if me.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return me, der
}

// pemFile writes PEM and answers its path.
func pemFile(t *testing.T, dir, name, kind string, der []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// settings is a world with these environment variables alone.
func settings(vars map[string]string) Env {
	return Env{LookupEnv: func(name string) (string, bool) { s, ok := vars[name]; return s, ok }}
}

// secure starts a server with a certificate that the authority signed. It answers the name in the client's certificate.
func secure(t *testing.T, ca *authority, ask tls.ClientAuthType, handler http.HandlerFunc) string {
	t.Helper()
	me, der := issue(t, ca, "server")
	pool := x509.NewCertPool()
	pool.AddCert(ca.cert)
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: me.key}}, ClientAuth: ask, ClientCAs: pool,
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// who answers the name in the client's certificate.
func who(w http.ResponseWriter, r *http.Request) {
	name := "யாருமில்லை"
	if len(r.TLS.PeerCertificates) > 0 {
		name = r.TLS.PeerCertificates[0].Subject.CommonName
	}
	_, _ = io.WriteString(w, name)
}

func TestWebTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ca, caDER := issue(t, nil, "அதிகாரம்")
	me, meDER := issue(t, ca, "கடை")
	keyDER, err := x509.MarshalECPrivateKey(me.key)
	if err != nil {
		t.Fatal(err)
	}
	caFile, certFile := pemFile(t, dir, "ca.pem", "CERTIFICATE", caDER), pemFile(t, dir, "cert.pem", "CERTIFICATE", meDER)
	keyFile := pemFile(t, dir, "key.pem", "EC PRIVATE KEY", keyDER)
	empty := filepath.Join(dir, "empty.pem")
	if err := errors.Join(os.WriteFile(empty, []byte("கௌ"), 0o600)); err != nil {
		t.Fatal(err)
	}
	mutual := secure(t, ca, tls.RequireAndVerifyClientCert, who)
	optional := secure(t, ca, tls.VerifyClientCertIfGiven, who)
	// Leads to another server, which must not see the certificate.
	leading := secure(t, ca, tls.RequireAndVerifyClientCert, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, optional, http.StatusFound)
	})
	plain := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "திறந்த") })
	for _, c := range []struct {
		vars      map[string]string
		url, want string
	}{
		{map[string]string{tlsCAVariable: caFile, tlsCertVariable: certFile, tlsKeyVariable: keyFile}, mutual, "சரி({உடலுரை: கடை,"},
		{map[string]string{tlsCAVariable: caFile, tlsCertVariable: certFile, tlsKeyVariable: keyFile}, optional, "சரி({உடலுரை: கடை,"},
		{map[string]string{tlsCAVariable: caFile, tlsCertVariable: certFile, tlsKeyVariable: keyFile}, leading, "சரி({உடலுரை: யாருமில்லை,"},
		{map[string]string{tlsCAVariable: caFile}, optional, "சரி({உடலுரை: யாருமில்லை,"},
		{map[string]string{tlsCAVariable: caFile}, mutual, "தவறு(வலை"},
		{nil, optional, "the server's certificate is not trusted"},
		{map[string]string{tlsCAVariable: filepath.Join(dir, "none")}, optional, "ETAMIL_TLS_CA cannot be used: does not exist"},
		{map[string]string{tlsCAVariable: empty}, optional, "ETAMIL_TLS_CA cannot be used"},
		{map[string]string{tlsCAVariable: caFile, tlsCertVariable: certFile}, optional, "ETAMIL_TLS_KEY cannot be used"},
		{map[string]string{tlsCAVariable: caFile, tlsKeyVariable: keyFile}, optional, "ETAMIL_TLS_CERT cannot be used"},
		{map[string]string{tlsCAVariable: caFile, tlsCertVariable: caFile, tlsKeyVariable: keyFile}, optional, "ETAMIL_TLS_CERT cannot be used"},
		{map[string]string{tlsCAVariable: caFile, tlsCertVariable: certFile, tlsKeyVariable: empty}, optional, "ETAMIL_TLS_CERT cannot be used"},
		{map[string]string{tlsCAVariable: empty}, plain, "சரி({உடலுரை: திறந்த,"}, // no identity is asked for there
	} {
		got := said(web(t, settings(c.vars), 10*time.Second), "httpGet", c.url, nil)
		if !strings.Contains(got, c.want) {
			t.Errorf("%v\ngot  %s\nwant …%s…", c.vars, got, c.want)
		}
	}
}
