package host

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"
)

// The files of the program's identity towards other servers, and of further authorities that it trusts, all PEM.
const (
	tlsCertVariable = "ETAMIL_TLS_CERT"
	tlsKeyVariable  = "ETAMIL_TLS_KEY"
	tlsCAVariable   = "ETAMIL_TLS_CA"
)

// badTLS says which of the settings cannot be used.
type badTLS struct {
	variable string
	err      error
}

func (e *badTLS) Error() string { return e.variable + ": " + e.err.Error() }
func (e *badTLS) Unwrap() error { return e.err }

var (
	errHalfIdentity = errors.New("certificate and key go together")
	errNoAuthority  = errors.New("no certificate in the file")
)

// tlsConfigs are the settings of encrypted connections without and with the program's certificate. When a setting is there
// but cannot be used, the error must keep every such connection from being made: a program that was given an
// identity must not speak without it.
func tlsConfigs(getenv func(string) (string, bool)) (plain, identified *tls.Config, err error) {
	plain = &tls.Config{MinVersion: tls.VersionTLS12}
	get := func(name string) string { s, _ := getenv(name); return s }
	if file := get(tlsCAVariable); file != "" {
		if plain.RootCAs, err = authorities(file); err != nil {
			return plain, plain.Clone(), &badTLS{tlsCAVariable, err}
		}
	}
	identified = plain.Clone()
	cert, key := get(tlsCertVariable), get(tlsKeyVariable)
	switch {
	case cert == "" && key == "":
		return plain, identified, nil
	case cert == "":
		return plain, identified, &badTLS{tlsCertVariable, errHalfIdentity}
	case key == "":
		return plain, identified, &badTLS{tlsKeyVariable, errHalfIdentity}
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return plain, identified, &badTLS{tlsCertVariable, err}
	}
	identified.Certificates = []tls.Certificate{pair}
	return plain, identified, nil
}

// TLS is how words speak to other servers: with the program's identity and the authorities of the environment. After an error no
// connection may be made; WebReason words it.
func (e Env) TLS() (*tls.Config, error) {
	_, identified, err := tlsConfigs(newHost(e).getenv)
	return identified, err
}

// authorities are the system's, and those of a file.
func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errNoAuthority
	}
	return pool, nil
}
