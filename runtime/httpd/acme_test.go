package httpd_test

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestDomains refuses names that no authority could look at.
func TestDomains(t *testing.T) {
	t.Parallel()
	for domain, want := range map[string]string{
		"*.kadai.example": "name each domain", "localhost": "public domain", "": "public domain", "கடை": "public domain", "a b.example": "no domain",
		"கடை.example": "", "KADAI.example": "", "👍🏽.example": "",
	} {
		security, err := httpd.NewTLS(nil, httpd.ACME{Domains: []string{domain}, Cache: t.TempDir()}, nil)
		if want == "" {
			if err != nil {
				t.Errorf("%q: %v", domain, err)
				continue
			}
			security.Close()
			continue
		}
		var fault *value.Error
		if !errors.As(err, &fault) || fault.Code != httpd.CodeDomain || !strings.Contains(diag.Message(fault.Code, diag.Both, fault.Args...), want) {
			t.Errorf("%q: %v", domain, err)
		}
	}
}

// TestDirectoryDown asks a directory that is not there: it is said once, clients are turned away, and the files' certificates
// are served as ever.
func TestDirectoryDown(t *testing.T) {
	t.Parallel()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	a := newAuthority(t)
	var said reports
	security, err := httpd.NewTLS([]httpd.Pair{a.issue(t, "a", 5, 1000*time.Hour, "file.example")},
		httpd.ACME{Domains: []string{"kadai.example"}, Directory: "https://" + gone.Addr().String() + "/dir", Cache: t.TempDir()}, said.add)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(security.Close)
	addr := start(t, http.NotFoundHandler(), httpd.Options{TLS: security})
	eventually(t, "a report", func() bool { return len(said.list()) > 0 })
	for range 5 {
		if conn, err := tls.Dial("tcp", addr, &tls.Config{ServerName: "kadai.example", InsecureSkipVerify: true}); err == nil {
			_ = conn.Close()
			t.Error("there is a certificate")
		}
	}
	if got := a.shown(t, addr, "file.example"); got != 5 {
		t.Errorf("%d is shown", got)
	}
	if got := said.list(); len(got) != 1 || !strings.Contains(got[0], "["+httpd.CodeIssue+"]") || !strings.Contains(got[0], "kadai.example") {
		t.Errorf("reported %q", got)
	}
}
