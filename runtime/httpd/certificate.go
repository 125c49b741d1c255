package httpd

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Pair names the files of a certificate, with those that lead to its authority, and of its key, both in PEM. Without a key
// file the key is in the other.
type Pair struct{ Cert, Key string }

func (p Pair) key() string {
	if p.Key == "" {
		return p.Cert
	}
	return p.Key
}

// TLS holds what a server shows its clients: the certificates of files, which are read again when they change, and those
// that an ACME directory issues.
type TLS struct {
	pairs  []Pair
	acme   *issuer // nil without domains
	report func(error)
	now    func() time.Time

	mu      sync.Mutex
	certs   []*tls.Certificate // of pairs
	stamps  []stamp            // of the files of certs
	checked time.Time
	refused []stamp // the files that could not be read, so that this is said once
}

// stamp is what tells that a file has changed.
type stamp struct {
	changed time.Time
	size    int64
}

// lookEvery is how often files are looked at, when clients come.
const lookEvery = time.Second

// NewTLS reads certificates. The error is a *value.Error when a file is not what it should be. Report is told of what is
// found later, a file that cannot be used any more or a certificate that cannot be had, and at once of certificates that
// are about to end; what it is told is no reason not to serve. It may be nil.
func NewTLS(pairs []Pair, acme ACME, report func(error)) (*TLS, error) {
	if report == nil {
		report = func(error) {}
	}
	t := &TLS{pairs: pairs, report: report, now: time.Now}
	if len(acme.Domains) > 0 {
		issuer, err := newIssuer(acme, report)
		if err != nil {
			return nil, err
		}
		t.acme = issuer
	}
	stamps := t.look()
	certs, err := t.load()
	if err != nil {
		return nil, err
	}
	t.certs, t.stamps, t.checked = certs, stamps, t.now()
	t.aging(certs)
	return t, nil
}

// config is what clients shake hands with. Versions, ciphers and curves are those of Go, which follow the times.
func (t *TLS) config() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: t.certificate, NextProtos: []string{"h2", "http/1.1"}}
	if t.acme != nil {
		c.NextProtos = append(c.NextProtos, challengeProtocol)
	}
	return c
}

// certificate answers the certificate for a client: the one of a file that has the name that it asks for, else ACME's for
// that name, else the first of a file.
func (t *TLS) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	certs := t.current()
	for _, c := range certs {
		if hello.ServerName != "" && hello.SupportsCertificate(c) == nil {
			return c, nil
		}
	}
	if t.acme != nil && (len(certs) == 0 || t.acme.has(hello)) {
		return t.acme.certificate(hello)
	}
	if len(certs) == 0 {
		return nil, errors.New("no certificate")
	}
	return certs[0], nil
}

// current answers the certificates of the files as they are now, or as they were when they could last be read.
func (t *TLS) current() []*tls.Certificate {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if now.Sub(t.checked) < lookEvery && !now.Before(t.checked) {
		return t.certs
	}
	t.checked = now
	stamps := t.look()
	if same(stamps, t.stamps) || same(stamps, t.refused) {
		return t.certs
	}
	certs, err := t.load()
	if err != nil {
		t.refused = stamps
		go t.report(err)
		return t.certs
	}
	t.certs, t.stamps, t.refused = certs, stamps, nil
	go t.aging(certs)
	return certs
}

// look answers the stamps of all files; that of one which is not there is empty.
func (t *TLS) look() []stamp {
	var stamps []stamp
	for _, p := range t.pairs {
		for _, name := range []string{p.Cert, p.key()} {
			var s stamp
			if info, err := os.Stat(name); err == nil {
				s = stamp{info.ModTime(), info.Size()}
			}
			stamps = append(stamps, s)
		}
	}
	return stamps
}

func same(a, b []stamp) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].changed.Equal(b[i].changed) || a[i].size != b[i].size {
			return false
		}
	}
	return true
}

func (t *TLS) load() ([]*tls.Certificate, error) {
	var certs []*tls.Certificate
	for _, p := range t.pairs {
		c, err := p.load()
		if err != nil {
			return nil, err
		}
		certs = append(certs, c)
	}
	return certs, nil
}

// load reads a pair of files.
func (p Pair) load() (*tls.Certificate, error) {
	cert, err := readPEM(p.Cert, "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	key, err := readPEM(p.key(), "PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, &value.Error{Code: CodeKeyPair, Args: []string{p.key(), p.Cert, strings.TrimPrefix(err.Error(), "tls: ")}}
	}
	return &pair, nil
}

// readPEM reads a file that has at least one block of a type.
func readPEM(name, kind string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, &value.Error{Code: CodeCertFile, Args: []string{name, unwrapped(err)}}
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, kind) {
			return text, nil
		}
	}
	return nil, &value.Error{Code: CodeNoPEM, Args: []string{name, kind}}
}

// unwrapped is the reason of an error of a file, without its name.
func unwrapped(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// soon is how long before its end a certificate of a file is reported.
const soon = 14 * 24 * time.Hour

// aging reports certificates that have ended, or end soon: clients refuse them, but who else could say so?
func (t *TLS) aging(certs []*tls.Certificate) {
	for i, c := range certs {
		if err := aged(t.pairs[i].Cert, c.Leaf, t.now()); err != nil {
			t.report(err)
		}
	}
}

func aged(name string, leaf *x509.Certificate, now time.Time) error {
	day := func(d time.Time) string { return d.UTC().Format(time.DateTime) + " UTC" }
	switch {
	case now.After(leaf.NotAfter):
		return &value.Error{Code: CodeCertEnded, Args: []string{name, day(leaf.NotAfter)}}
	case now.Before(leaf.NotBefore):
		return &value.Error{Code: CodeCertEarly, Args: []string{name, day(leaf.NotBefore)}}
	case leaf.NotAfter.Sub(now) < soon && leaf.NotAfter.Sub(leaf.NotBefore) > soon:
		return &value.Error{Code: CodeCertSoon, Args: []string{name, day(leaf.NotAfter)}}
	}
	return nil
}
