package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// sink is a response that nobody reads.
type sink struct{ head http.Header }

func (s *sink) Header() http.Header         { return s.head }
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
func (s *sink) WriteHeader(int)             {}

// BenchmarkRequest is what a request costs above net/http.
func BenchmarkRequest(b *testing.B) {
	file := filepath.Join(b.TempDir(), "main.qmz")
	program := `
வழி பெறு, "/hello" { பதில் 200, "வணக்கம்"; }
வழி பெறு, "/json/:eN" {
    பட்டியல் = [];
    அ = 1;
    (அ <= 10) சுற்று {
        பட்டியல் = இணை(பட்டியல், {"எண்": அ, "பெயர்": "பொருள் " & அ, "விலை": அ * 150.25});
        அ = அ + 1;
    }
    பதில் 200, {"பொருள்கள்": பட்டியல், "எது": param_eN};
}
`
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		b.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: os.Stderr}
	s, err := a.start(context.Background(), newServerLog(a, "off"), serveOptions{timeout: time.Minute, stopping: new(atomic.Bool)}, file, "")
	if err != nil {
		b.Fatal(err)
	}
	defer s.close()
	for _, path := range []string{"/hello", "/json/7"} {
		b.Run(path[1:], func(b *testing.B) {
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
			r.Body = http.NoBody
			b.ReportAllocs()
			for b.Loop() {
				s.handler.ServeHTTP(&sink{head: http.Header{}}, r)
			}
		})
	}
}
