package host

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestPublicOnly dials this machine by all its names, while a program serves strangers.
func TestPublicOnly(t *testing.T) {
	t.Parallel()
	reached := make(chan struct{}, 100)
	url := serve(t, func(http.ResponseWriter, *http.Request) { reached <- struct{}{} })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		allow, host string
		ok          bool
	}{
		{"", "127.0.0.1", false},
		{"", "localhost", false},
		{"", "::ffff:127.0.0.1", false},
		{"", "0.0.0.0", false},
		{"", "10.255.255.254", false},
		{"", "169.254.169.254", false},
		{"127.0.0.1", "127.0.0.1", true},
		{"127.0.0.0/8", "127.0.0.1", true},
		{"127.0.0.0/8", "localhost", true},
		{"127.0.0.0/8", "::ffff:127.0.0.1", true},
		{"localhost", "localhost", true},
		{"db.example, LOCALHOST", "localhost", true},
		{"localhost", "127.0.0.1", false},
		{"10.0.0.0/8", "127.0.0.1", false},
		{"localhost.example", "localhost", false},
		{"[::1] 192.168.0.0/16", "127.0.0.1", false},
	} {
		env := Env{PublicOnly: true, LookupEnv: func(name string) (string, bool) { return tt.allow, name == webAllowVariable }}
		conn, err := env.Dial(time.Second)(context.Background(), "tcp4", net.JoinHostPort(tt.host, port))
		if err == nil {
			err = conn.Close()
		}
		if (err == nil) != tt.ok || !tt.ok && !errors.Is(err, errPrivate) {
			t.Errorf("%s, allowed %q: %v", tt.host, tt.allow, err)
		}
		got, err := web(t, env, 5*time.Second).web().do(context.Background(), webRequest{method: http.MethodGet, address: "http://" + net.JoinHostPort(tt.host, port)}, func(int) error { return nil })
		if strings.Contains(tt.host, ":") {
			continue // how the system writes such an address is its own affair
		}
		if (err == nil && got.status == 200) != tt.ok || !tt.ok && !errors.Is(err, errPrivate) {
			t.Errorf("a request to %s, allowed %q: %v", tt.host, tt.allow, err)
		}
	}
}

// TestPublicOnlyRedirects follows no redirect from what is allowed to what is not.
func TestPublicOnlyRedirects(t *testing.T) {
	t.Parallel()
	inner := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the inner server was reached") })
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner, http.StatusFound) })
	env := Env{PublicOnly: true, LookupEnv: func(name string) (string, bool) { return "localhost", name == webAllowVariable }}
	_, err := web(t, env, 5*time.Second).web().do(context.Background(), webRequest{
		method: http.MethodGet, address: strings.Replace(url, "127.0.0.1", "localhost", 1),
	}, func(int) error { return nil })
	if !errors.Is(err, errPrivate) {
		t.Error(err)
	}
}
