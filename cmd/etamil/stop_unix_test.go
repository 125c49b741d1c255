//go:build unix

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestStopUnderLoad stops a server by SIGTERM while sixteen clients ask on kept connections: what the server has taken, it has
// answered. Both sides count, in different processes.
func TestStopUnderLoad(t *testing.T) {
	t.Parallel()
	file := write(t, `
எண்ணி = அணு_உருவாக்கு(0);
வழி பெறு, "/" { அணு_கூட்டு(எண்ணி, 1); பதில் 200, "சரி"; }
வழி பெறு, "/slow" { அணு_கூட்டு(எண்ணி, 1); காத்திரு(3); பதில் 200, "சரி"; }
நிறுத்தும்போது { அச்சு அணு_பெறு(எண்ணி); }
`)
	for round := range 5 {
		p := startProcess(t, filepath.Dir(file), "serve", "--port", "0", "--log", "off", file)
		addr := strings.TrimPrefix(p.address(t), "http://")
		var answered atomic.Int64
		var clients sync.WaitGroup
		for c := range 16 {
			path := []string{"/", "/slow"}[c%2]
			clients.Go(func() { askUntilGone(t, addr, path, &answered) })
		}
		for answered.Load() < 200 {
			time.Sleep(time.Millisecond)
		}
		p.signal(t, syscall.SIGTERM)
		clients.Wait()
		if code := p.wait(t); code != exitOK {
			t.Errorf("round %d: it ended with %d\n%s", round, code, p.stderr())
		}
		if handled := strings.TrimSpace(p.stdout()); handled != fmt.Sprint(answered.Load()) {
			t.Errorf("round %d: the server took %s requests, and the clients have %d answers", round, handled, answered.Load())
		}
	}
}

// askUntilGone asks on one connection after the other until the server takes no more. Only whole answers count.
func askUntilGone(t *testing.T, addr, path string, answered *atomic.Int64) {
	for {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		in := bufio.NewReader(conn)
		for again := true; again; {
			if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path); err != nil {
				break
			}
			resp, err := http.ReadResponse(in, nil)
			if err != nil {
				break
			}
			body, err := io.ReadAll(resp.Body)
			if err != nil || resp.StatusCode != http.StatusOK || string(body) != "சரி" {
				t.Errorf("%v %s %s", err, resp.Status, body)
			}
			answered.Add(1)
			again = !resp.Close
		}
		_ = conn.Close()
	}
}

// TestStopOrder looks at the end from outside: /ready says so while the server still answers, then nobody is let in, what runs
// ends, and the program's own blocks run in their order.
func TestStopOrder(t *testing.T) {
	t.Parallel()
	file := write(t, `
தொடர்க = சேனல்_உருவாக்கு();
முடிந்தது = சேனல்_உருவாக்கு();
நிறுத்தும்போது { அச்சு "கடைசி"; }
நிறுத்தும்போது { அச்சு "முதல்"; }
சைகை "SIGTERM" { அச்சு "சைகை"; }
சைகை "TERM" { அச்சு "இன்னொன்று"; }
வழி பெறு, "/" { பதில் 200, "சரி"; }
வழி பெறு, "/go" { சேனல்_அனுப்பு(தொடர்க, 1); பதில் 200, "சரி"; }
வழி பெறு, "/slow" {
    பணி_உருவாக்கு "வேலை" { சேனல்_பெறு(முடிந்தது); காத்திரு(20); அச்சு "பணி"; }
    சேனல்_பெறு(தொடர்க);
    அச்சு "கோரிக்கை";
    சேனல்_அனுப்பு(முடிந்தது, 1);
    பதில் 200, "மெதுவாக";
}
`)
	p := startProcess(t, filepath.Dir(file), "serve", "--port", "0", "--log", "off", "--drain", "6s", file)
	base := p.address(t)
	slow := make(chan string, 1)
	go func() {
		_, body, err := fetch(newRequest(t, http.MethodGet, base+"/slow"))
		slow <- fmt.Sprint(body, err)
	}()
	expect(t, base, `GET /ready 200 {"status":"ready"}`)
	p.signal(t, syscall.SIGTERM)
	until(t, func() bool {
		resp, _, err := fetch(newRequest(t, http.MethodGet, base+"/ready"))
		return err == nil && resp.StatusCode == http.StatusServiceUnavailable
	}, p.stderr)
	expect(t, base, "GET / 200 சரி")
	expect(t, base, "GET /go 200 சரி")
	if got := <-slow; got != "மெதுவாக<nil>" {
		t.Errorf("the request that ran: %s", got)
	}
	until(t, func() bool {
		_, _, err := fetch(newRequest(t, http.MethodGet, base+"/"))
		return errors.Is(err, syscall.ECONNREFUSED)
	}, p.stderr)
	if code := p.wait(t); code != exitOK || p.stdout() != "சைகை\nஇன்னொன்று\nகோரிக்கை\nபணி\nமுதல்\nகடைசி\n" {
		t.Errorf("%d %q\n%s", code, p.stdout(), p.stderr())
	}
}

// TestGraceIsOver stops what does not end by itself: a request, a task and a schedule. The blocks of the end still run.
func TestGraceIsOver(t *testing.T) {
	t.Parallel()
	file := write(t, `
நிறுத்தும்போது { அச்சு "முடிவு"; }
பணி_உருவாக்கு "முடிவற்றது" { (மெய்) சுற்று { அ = 1; } }
வழி பெறு, "/" { அச்சு "தொடக்கம்"; காத்திரு(60000); பதில் 200, "வராது"; }
`)
	p := startProcess(t, filepath.Dir(file), "serve", "--port", "0", "--log", "off", "--timeout", "1m", "--grace", "50ms", file)
	base := p.address(t)
	go func() { _, _, _ = fetch(newRequest(t, http.MethodGet, base+"/")) }() //nolint:errcheck // it is not answered
	until(t, func() bool { return p.stdout() == "தொடக்கம்\n" }, p.stderr)
	p.signal(t, syscall.SIGTERM)
	if code := p.wait(t); p.stdout() != "தொடக்கம்\nமுடிவு\n" || code != exitFault {
		t.Errorf("%d %q\n%s", code, p.stdout(), p.stderr())
	}
}

// TestSecondSignal ends at once, with the status that a signal means.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	file := write(t, `
நிறுத்தும்போது { அச்சு "வராது"; }
சைகை "SIGTERM" { அச்சு "சைகை"; காத்திரு(60000); }
சைகை "SIGINT" { அச்சு "சைகை"; காத்திரு(60000); }
வழி பெறு, "/" { பதில் 200, 1; }
`)
	for s, want := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGINT: 130} {
		for _, command := range []string{"serve", "dev"} {
			p := startProcess(t, filepath.Dir(file), command, "--port", "0", file)
			p.address(t)
			p.signal(t, s)
			until(t, func() bool { return p.stdout() == "சைகை\n" }, p.stderr)
			until(t, func() bool {
				_ = p.cmd.Process.Signal(s) // it may have ended by the last one
				select {
				case <-p.ended:
					return true
				default:
					return false
				}
			}, p.stderr)
			if code := p.wait(t); code != want || strings.Contains(p.stdout(), "வராது") {
				t.Errorf("%s %v: %d %q\n%s", command, s, code, p.stdout(), p.stderr())
			}
		}
	}
}

// TestSignalBlocks runs blocks of other signals while the server goes on, and one that stops it.
func TestSignalBlocks(t *testing.T) {
	t.Parallel()
	file := write(t, `
எண்ணி = அணு_உருவாக்கு(0);
சைகை "SIGUSR1" { அச்சு "ஒன்று " & அணு_கூட்டு(எண்ணி, 1); }
சைகை "SIGHUP" { 1 / 0; }
வெளியெண_().பண_பந("SIGUSR2") { அச்சு "நிறுத்து"; வழங்கி_நிறுத்து 100; }
நிறுத்தும்போது { அச்சு "முடிவு"; }
வழி பெறு, "/" { பதில் 200, அணு_பெறு(எண்ணி); }
செயலி_தொடங்கு();
`)
	for _, command := range []string{"serve", "run"} {
		args := []string{command, "--port", "0", file}
		if command == "run" {
			args = []string{"ETAMIL_SERVER_PORT=0", command, file}
		}
		p := startProcess(t, filepath.Dir(file), args...)
		base := p.address(t)
		p.signal(t, syscall.SIGUSR1)
		until(t, func() bool { return p.stdout() == "ஒன்று 1\n" }, p.stderr)
		p.signal(t, syscall.SIGHUP)
		until(t, func() bool { return strings.Contains(p.stderr(), "[E0302]") }, p.stderr)
		p.signal(t, syscall.SIGUSR1)
		until(t, func() bool { return p.stdout() == "ஒன்று 1\nஒன்று 2\n" }, p.stderr)
		expect(t, base, "GET / 200 2")
		p.signal(t, syscall.SIGUSR2)
		if code := p.wait(t); code != exitOK || p.stdout() != "ஒன்று 1\nஒன்று 2\nநிறுத்து\nமுடிவு\n" {
			t.Errorf("%s: %d %q\n%s", command, code, p.stdout(), p.stderr())
		}
	}
}

// TestEndOfRun runs the blocks of the end after a program of etamil run, in whichever way it ends.
func TestEndOfRun(t *testing.T) {
	t.Parallel()
	const blocks = "நிறுத்தும்போது { அச்சு \"இரண்டு\"; }\nநிறுத்தும்போது { அச்சு \"ஒன்று\"; பணி_உருவாக்கு \"அ\" { காத்திரு(5); அச்சு \"பணி\"; }; }\n"
	for _, c := range []struct {
		src, out string
		code     int
	}{
		{`அச்சு "நிரல்"; பணி_உருவாக்கு "ஆ" { காத்திரு(20); அச்சு "தாமதம்"; };`, "நிரல்\nதாமதம்\n", exitOK},
		{`அச்சு "நிரல்"; வெளியேறு(3);`, "நிரல்\n", 3},
		{`அச்சு "நிரல்"; 1 / 0;`, "நிரல்\n", exitFault},
	} {
		p := startProcess(t, t.TempDir(), "run", write(t, blocks+c.src))
		if code := p.wait(t); code != c.code || p.stdout() != c.out+"ஒன்று\nஇரண்டு\nபணி\n" && p.stdout() != c.out+"ஒன்று\nபணி\nஇரண்டு\n" {
			t.Errorf("%s: %d %q\n%s", c.src, code, p.stdout(), p.stderr())
		}
	}
}
