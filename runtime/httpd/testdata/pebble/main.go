// Command pebble is an ACME authority for tests: Let's Encrypt's pebble on a free port of loopback, which believes that every
// domain is there too. It prints the address of its directory, and ends when its standard input does.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"
)

func main() {
	cert, key := flag.String("cert", "", "certificate of the authority's own server"), flag.String("key", "", "its key")
	httpPort, tlsPort := flag.Int("http", 0, "where HTTP-01 is looked at"), flag.Int("tls", 0, "where TLS-ALPN-01 is looked at")
	life := flag.Uint64("life", 90*24*3600, "how long certificates live, in seconds")
	flag.Parse()
	if err := serve(*cert, *key, *httpPort, *tlsPort, *life); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(cert, key string, httpPort, tlsPort int, life uint64) error {
	names, err := resolver()
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	logger := log.New(os.Stderr, "pebble ", 0)
	store := db.NewMemoryStore()
	issuer := ca.New(logger, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "tests", ValidityPeriod: life}})
	validator := va.New(logger, httpPort, tlsPort, false, names, store)
	front := wfe.New(logger, store, validator, issuer, []string{"pebble.letsencrypt.org"}, false, false, 1, 1)
	directory, roots := front.Handler(), front.ManagementHandler()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, wfe.RootCertPath) {
			roots.ServeHTTP(w, r)
			return
		}
		directory.ServeHTTP(w, r)
	})
	fmt.Printf("https://%s%s https://%s%s0\n", ln.Addr(), wfe.DirectoryPath, ln.Addr(), wfe.RootCertPath)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	return http.ServeTLS(ln, h, cert, key)
}

// resolver answers 127.0.0.1 for every name.
func resolver() (addr string, err error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0") // pebble asks over TCP
	if err != nil {
		return "", fmt.Errorf("listen for names: %w", err)
	}
	srv := &dns.Server{Listener: ln, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		a := new(dns.Msg)
		a.SetReply(q)
		for _, question := range q.Question {
			if question.Qtype == dns.TypeA {
				a.Answer = append(a.Answer, &dns.A{Hdr: dns.RR_Header{Name: question.Name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: net.IPv4(127, 0, 0, 1)})
			}
		}
		_ = w.WriteMsg(a)
	})}
	go func() { _ = srv.ActivateAndServe() }()
	return ln.Addr().String(), nil
}
