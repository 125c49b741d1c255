package httpd_test

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// TestStreamCancel ends what streams and sockets wait for: by a காலவரம்பு, and by the end of their version. How soon is what the best of
// a few tries says, so that a busy machine does not count: within 50 milliseconds.
func TestStreamCancel(t *testing.T) {
	const limit = 20 * time.Millisecond
	long := `"` + strings.Repeat("அ", 100_000) + `"`
	for _, tt := range []struct{ name, route string }{
		{"சாக்கெட்_பெறு", `வழி சாக்கெட், "/" { LIMIT { சாக்கெட்_பெறு(); } }`},
		{"சாக்கெட்_அனுப்பு", `வழி சாக்கெட், "/" { LIMIT { (மெய்) சுற்று { சாக்கெட்_அனுப்பு(LONG); } } }`},
		{"ஓடை_சேர்", `வழி ஓடை, "/" { LIMIT { ஓடை_சேர்("அ"); } }`},
		{"ஓடை_நிகழ்வு", `வழி ஓடை, "/" { LIMIT { (மெய்) சுற்று { ஓடை_நிகழ்வு("அ", LONG); } } }`},
		{"ஓடை_எழுது", `வழி பெறு, "/" { பதில்_ஓடை 200 { LIMIT { (மெய்) சுற்று { ஓடை_எழுது(LONG); } } } }`},
	} {
		for _, by := range []string{"காலவரம்பு", "version"} {
			if by == "version" && strings.HasPrefix(tt.route, "வழி பெறு") {
				continue // what has an end is waited for
			}
			t.Run(tt.name+" "+by, func(t *testing.T) {
				src := strings.ReplaceAll(strings.ReplaceAll(tt.route, "LONG", long), "LIMIT", map[string]string{"காலவரம்பு": "(20) காலவரம்பு", "version": "(மெய்) எனில்"}[by])
				best := time.Hour
				for try := 0; try < 20 && best > 50*time.Millisecond; try++ {
					lag := cancelled(t, src, by == "version")
					if by != "version" {
						lag -= limit
					}
					best = min(best, lag)
				}
				t.Logf("%v", best)
				if best > 50*time.Millisecond {
					t.Errorf("%v at best", best)
				}
			})
		}
	}
}

// cancelled runs a route for a client that reads nothing, and answers how long the run took, after the end of its version if that ends it.
func cancelled(t *testing.T, src string, version bool) time.Duration {
	t.Helper()
	ending, end := context.WithCancel(context.Background())
	defer end()
	routes := programRoutes(t, t.TempDir(), src)
	run, took := routes[0].Run, make(chan time.Time, 1)
	var began time.Time
	started := make(chan struct{})
	routes[0].Run = func(ctx context.Context, x *httpd.Exchange) error {
		began = time.Now()
		close(started)
		err := run(ctx, x)
		took <- time.Now()
		return err
	}
	h, err := httpd.NewHandler(routes, httpd.Options{Streams: httpd.StreamOptions{Ending: ending}})
	if err != nil {
		t.Fatal(err)
	}
	addr, stop := serveHandler(t, h.ServeHTTP, httpd.Options{})
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, strings.Replace(socketRequest, "/room", "/", 1)); err != nil {
		t.Fatal(err)
	}
	<-started
	if version {
		time.Sleep(20 * time.Millisecond) // it waits for the client, most likely; else the test says less
		began = time.Now()
		end()
	}
	lag := (<-took).Sub(began)
	_ = conn.Close()
	_ = stop()
	return lag
}
