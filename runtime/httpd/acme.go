package httpd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/net/idna"

	"github.com/etamil-lang/etamil/runtime/value"
)

// ACME says whose certificates are fetched, from where (RFC 8555). Naming domains accepts the terms of the directory.
type ACME struct {
	// Domains are the names of the server, in any script, without wildcards. None turns ACME off.
	Domains []string
	// Email is where the authority writes to; it may be empty.
	Email string
	// Directory is the URL of the directory; "" is Let's Encrypt's.
	Directory string
	// CA is a PEM file of the certificates that the directory is trusted by; "" means those of the system.
	CA string
	// Cache is the folder of what was fetched: certificates with their keys, and the key of the account.
	Cache string
}

// challengeProtocol is what the authority speaks when it looks whether a domain is ours (RFC 8737).
const challengeProtocol = acme.ALPNProto

// issuer fetches certificates and renews them, a third of their life before they end. What it has is served whatever
// becomes of the directory.
type issuer struct {
	manager autocert.Manager
	domains []string // in ASCII
	shown   map[string]string
	from    string
	report  func(error)
	stop    context.CancelFunc // ends what is asked

	mu    sync.Mutex
	waits map[string]wait // of domains for which there was no certificate
}

// wait is how long nothing is asked about a domain, as authorities count who asks too often.
type wait struct {
	until time.Time
	next  time.Duration
	err   error
}

// The first and the longest pause after an attempt that failed.
const (
	firstPause = time.Minute
	lastPause  = time.Hour
)

func newIssuer(c ACME, report func(error)) (*issuer, error) {
	i := &issuer{shown: map[string]string{}, report: report, waits: map[string]wait{}, from: c.Directory}
	if i.from == "" {
		i.from = autocert.DefaultACMEDirectory
	}
	for _, domain := range c.Domains {
		name, err := asciiDomain(domain)
		if err != nil {
			return nil, err
		}
		i.domains = append(i.domains, name)
		i.shown[name] = domain
	}
	base, stop := context.WithCancel(context.Background())
	client, err := directoryClient(base, c.CA)
	if err != nil {
		stop()
		return nil, err
	}
	i.stop = stop
	i.manager = autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(c.Cache), HostPolicy: autocert.HostWhitelist(i.domains...), Email: c.Email,
		Client: &acme.Client{DirectoryURL: i.from, HTTPClient: client, UserAgent: "etamil"},
	}
	return i, nil
}

// asciiDomain is a domain as it stands in certificates.
func asciiDomain(domain string) (string, error) {
	refuse := func(tamil, english string) error {
		return &value.Error{Code: CodeDomain, Args: []string{domain, reason{tamil, english}.String()}}
	}
	name, err := idna.Lookup.ToASCII(domain)
	switch {
	case strings.HasPrefix(domain, "*"):
		return "", refuse("'*' க்கு வழியில்லை; ஒவ்வொரு பெயரையும் தரவும்", "'*' cannot be proved this way; name each domain")
	case err != nil:
		return "", refuse("இது இணையப் பெயர் அல்ல", "this is no domain")
	case !strings.Contains(strings.Trim(name, "."), "."):
		return "", refuse("பொதுவான இணையப் பெயர் வேண்டும்", "a public domain is needed")
	}
	return name, nil
}

// directoryClient is what talks to a directory that the certificates of a file are trusted for.
func directoryClient(base context.Context, ca string) (*http.Client, error) {
	transport, _ := http.DefaultTransport.(*http.Transport)
	transport = transport.Clone()
	if ca != "" {
		text, err := readPEM(ca, "CERTIFICATE")
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(text)
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: &bound{base, transport}, Timeout: time.Minute}, nil
}

// bound lets requests run no longer than a context.
type bound struct {
	base context.Context
	next http.RoundTripper
}

// RoundTrip asks.
func (b *bound) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(r.Context())
	drop := context.AfterFunc(b.base, cancel)
	end := func() { drop(); cancel() }
	resp, err := b.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		end()
		return nil, err //nolint:wrapcheck // it is asked for as it is
	}
	resp.Body = &ending{resp.Body, end}
	return resp, nil
}

// ending is a body after which something ends.
type ending struct {
	io.ReadCloser
	end func()
}

// Close closes the body.
func (e *ending) Close() error {
	defer e.end()
	return e.ReadCloser.Close() //nolint:wrapcheck // a body's error is its own
}

// has tells whether a client asks for one of the domains, or for none.
func (i *issuer) has(hello *tls.ClientHelloInfo) bool {
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(hello.ServerName, "."))
	return hello.ServerName == "" || err == nil && slices.Contains(i.domains, name)
}

// certificate answers the certificate for a client; without a name it is that of the first domain.
func (i *issuer) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if slices.Contains(hello.SupportedProtos, challengeProtocol) {
		return i.manager.GetCertificate(hello) //nolint:wrapcheck // the authority is told no more than that it failed
	}
	if !i.has(hello) {
		return nil, fmt.Errorf("no certificate for %q", hello.ServerName)
	}
	if hello.ServerName == "" {
		named := *hello
		named.ServerName = i.domains[0]
		hello = &named
	}
	name, _ := idna.Lookup.ToASCII(strings.TrimSuffix(hello.ServerName, ".")) // has knows that it is one
	if err := i.waiting(name); err != nil {
		return nil, err
	}
	cert, err := i.manager.GetCertificate(hello)
	return cert, i.noted(name, err)
}

// waiting is why nothing is asked about a domain now, or nil.
func (i *issuer) waiting(name string) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if w, ok := i.waits[name]; ok && time.Now().Before(w.until) {
		return w.err
	}
	return nil
}

// noted takes down how an attempt went, and answers its error.
func (i *issuer) noted(name string, err error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	w := i.waits[name]
	if err == nil {
		delete(i.waits, name)
		return nil
	}
	if time.Now().Before(w.until) { // others waited for the same attempt
		return w.err
	}
	w.err = &value.Error{Code: CodeIssue, Args: []string{i.shown[name], i.from, err.Error()}}
	w.next = min(max(2*w.next, firstPause), lastPause)
	w.until = time.Now().Add(w.next)
	i.waits[name] = w
	go i.report(w.err)
	return w.err
}

// lookAgain is how often certificates that are there are looked at, to tell when they are not renewed.
const lookAgain = 12 * time.Hour

// keep fetches the certificate of a domain before somebody asks for it, and sees to it until ctx ends.
func (i *issuer) keep(ctx context.Context, name string) {
	hello := &tls.ClientHelloInfo{
		ServerName: name, SupportedVersions: []uint16{tls.VersionTLS13}, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256}, SupportedCurves: []tls.CurveID{tls.CurveP256},
	}
	for {
		pause := lookAgain
		if cert, err := i.certificate(hello); err != nil {
			pause = i.pause(name)
		} else if old := aged(i.shown[name], cert.Leaf, time.Now()); old != nil {
			i.report(old)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func (i *issuer) pause(name string) time.Duration {
	i.mu.Lock()
	defer i.mu.Unlock()
	return max(time.Until(i.waits[name].until), time.Second)
}

// challenges lets the authority find the proofs that it looks for over plain HTTP; next answers everything else.
func (t *TLS) challenges(next http.Handler) http.Handler {
	if t.acme == nil {
		return next
	}
	proofs := t.acme.manager.HTTPHandler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, challengePath) {
			named := *r
			named.Host = (&url.URL{Host: r.Host}).Hostname() // a port says nothing about whose it is
			r = &named
		}
		proofs.ServeHTTP(w, r)
	})
}

// challengePath begins the paths of proofs over plain HTTP (RFC 8555, 8.3).
const challengePath = "/.well-known/acme-challenge/"

// keep sees to the certificates of ACME until ctx ends.
func (t *TLS) keep(ctx context.Context) {
	if t.acme == nil {
		return
	}
	for _, name := range t.acme.domains {
		go t.acme.keep(ctx, name)
	}
}

// Close asks no directory any more. Certificates that are there stay. It may be nil.
func (t *TLS) Close() {
	if t != nil && t.acme != nil {
		t.acme.stop()
	}
}

// CacheDir is where ACME's certificates are kept when nothing else is said: below the user's cache.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("the folder of the user's cache: %w", err)
	}
	return filepath.Join(dir, "etamil", "acme"), nil
}
