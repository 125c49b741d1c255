package main

import (
	"context"
	"net"
	"strings"
	"testing"
)

// TestPortInUse asks for a port that another program has: the message says so and what to do, in both languages.
func TestPortInUse(t *testing.T) {
	t.Parallel()
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close() //nolint:errcheck // nothing was accepted
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	code := run(context.Background(), []string{"dev", "--port", port, "testdata/port.qmz"}, strings.NewReader(""), &errs, &errs)
	if code != exitFault {
		t.Errorf("exit %d", code)
	}
	for _, want := range []string{"127.0.0.1:" + port, "ஏற்கெனவே பயன்பாட்டில் உள்ளது", "already in use", "--port"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("no %q in %s", want, errs.String())
		}
	}
}
