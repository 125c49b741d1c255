//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// commands are what the test binary is when it is started under another name.
func commands() map[string]func() {
	return map[string]func(){"etamil": main, "etamil-counted": counted}
}

// counted is etamil as a process that says, asked by a signal, how many goroutines it has and how much of its heap is in use.
func counted() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	go func() {
		for range asked {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			fmt.Fprintf(os.Stderr, "counted %d %d\n", runtime.NumGoroutine(), m.HeapAlloc)
		}
	}()
	main()
}

var countedLine = regexp.MustCompile(`counted (\d+) (\d+)\n`)

// count asks a process for its numbers.
func (p *process) count(t *testing.T) (goroutines, heap int) {
	t.Helper()
	before := len(countedLine.FindAllString(p.stderr(), -1))
	p.signal(t, syscall.SIGUSR1)
	until(t, func() bool { return len(countedLine.FindAllString(p.stderr(), -1)) > before }, p.stderr)
	all := countedLine.FindAllStringSubmatch(p.stderr(), -1)
	goroutines, _ = strconv.Atoi(all[len(all)-1][1])
	heap, _ = strconv.Atoi(all[len(all)-1][2])
	return goroutines, heap
}

// versioned is version n of the program that is edited.
func versioned(n int) string {
	return fmt.Sprintf(`
வழி பெறு, "/" { பதில் 200, %d; }
வழி பெறு, "/slow" { காத்திரு(3); பதில் 200, %[1]d; }
வழி ஓடை, "/s" { ஓடை_நிகழ்வு("பதிப்பு", %[1]d); காத்திரு(600000); }
வழி சாக்கெட், "/w" {
    செய்தி = சாக்கெட்_பெறு();
    (செய்தி != இன்மை) சுற்று { சாக்கெட்_அனுப்பு(%[1]d & செய்தி); செய்தி = சாக்கெட்_பெறு(); }
}
மீளேற்று("--watch") { அச்சு "விடை %[1]d"; }
`, n)
}

// TestReloads edits a program that is served again and again, 1,000 times under `make soak`, while sixteen clients ask on kept
// connections and sockets and streams are open: no request is lost, and the process is no larger in the end than after a few.
func TestReloads(t *testing.T) {
	t.Parallel()
	reloads, warm := load(40, 1000), load(10, 100)
	file := write(t, versioned(0))
	p := startAs(t, "etamil-counted", filepath.Dir(file), "ETAMIL_SERVER_GRACE=1s", "dev", "--port", "0", "--log", "off", file)
	base := p.address(t)
	c := &crowd{base: base}
	t.Cleanup(func() { c.end() })
	c.start(t)
	var goroutines, heap int
	for n := 1; n <= reloads; n++ {
		put(t, file, versioned(n))
		until(t, func() bool { return c.asked.newest.Load() == int64(n) }, p.stderr)
		if t.Failed() {
			break
		}
		switch n {
		case warm:
			goroutines, heap = c.quiet(t, p, 0)
		case reloads:
			after, heapAfter := c.quiet(t, p, goroutines)
			t.Logf("%d reloads, %d requests, %d messages of sockets and streams: goroutines %d → %d, heap %d → %d KB", n, c.asked.answers.Load(), c.messages.Load(), goroutines, after, heap>>10, heapAfter>>10)
			if after > goroutines+2 || heapAfter > heap+heap/2+2<<20 {
				t.Error("it has grown with its reloads")
			}
		}
	}
	c.end()
	p.signal(t, syscall.SIGTERM)
	// One change may be told of twice.
	if code := p.wait(t); code != exitOK || strings.Count(p.stdout(), "விடை") < reloads {
		t.Errorf("%d, %d farewells\n%s", code, strings.Count(p.stdout(), "விடை"), p.stderr())
	}
}

// crowd are the clients of a server that is edited.
type crowd struct {
	base     string
	stop     context.CancelFunc
	clients  sync.WaitGroup
	asked    asked
	messages atomic.Int64
	open     atomic.Int64 // sockets and streams
}

const (
	askers  = 16
	sockets = 4
	streams = 4
)

func (c *crowd) start(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c.stop = cancel
	for i := range askers {
		c.clients.Go(func() { askAlways(t, c.base+[]string{"/", "/slow"}[i%2], ctx.Done(), &c.asked) })
	}
	for range sockets {
		c.clients.Go(func() { c.keep(ctx, t, c.talk) })
	}
	for range streams {
		c.clients.Go(func() { c.keep(ctx, t, c.hear) })
	}
}

func (c *crowd) end() {
	c.stop()
	c.clients.Wait()
}

// keep opens a socket or stream again whenever its version ends it, which must be for no other reason.
func (c *crowd) keep(ctx context.Context, t *testing.T, use func(ctx context.Context) error) {
	for ctx.Err() == nil {
		if err := use(ctx); err != nil && ctx.Err() == nil {
			t.Error(err)
			return
		}
	}
}

// talk talks on a socket until its version goes.
func (c *crowd) talk(ctx context.Context) error {
	conn, _, err := websocket.Dial(ctx, strings.Replace(c.base, "http", "ws", 1)+"/w", nil)
	if err != nil {
		return err
	}
	defer func() { _ = conn.CloseNow() }()
	c.open.Add(1)
	defer c.open.Add(-1)
	first := ""
	for {
		if err := conn.Write(ctx, websocket.MessageText, []byte("க்ஷ👍🏽")); err != nil {
			return wentAway(err)
		}
		_, text, err := conn.Read(ctx)
		if err != nil {
			return wentAway(err)
		}
		if first == "" {
			first = string(text)
		}
		if string(text) != first || !strings.HasSuffix(first, "க்ஷ👍🏽") {
			return fmt.Errorf("a socket that began with %q says %q", first, text)
		}
		c.messages.Add(1)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// wentAway is nil for the end that a socket has with its version.
func wentAway(err error) error {
	if code := websocket.CloseStatus(err); code == websocket.StatusGoingAway {
		return nil
	}
	return fmt.Errorf("a socket ended: %w", err)
}

// hear hears a stream until its version goes.
func (c *crowd) hear(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/s", nil)
	if err != nil {
		return err
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	c.open.Add(1)
	defer c.open.Add(-1)
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		c.messages.Add(1)
	}
	return nil
}

// quiet lets everybody stand still and waits until the old versions are gone: then it answers how many goroutines there are, which
// come down to want at some time, and the heap.
func (c *crowd) quiet(t *testing.T, p *process, want int) (goroutines, heap int) {
	t.Helper()
	c.asked.still.Lock()
	defer c.asked.still.Unlock()
	last, same := -1, 0
	for start := time.Now(); time.Since(start) < 20*time.Second; time.Sleep(100 * time.Millisecond) {
		goroutines, heap = p.count(t)
		if same++; goroutines != last || c.open.Load() != sockets+streams {
			last, same = goroutines, 0
		}
		if same >= 15 && (want == 0 || goroutines <= want) { // longer than the grace period
			break
		}
	}
	return goroutines, heap
}
