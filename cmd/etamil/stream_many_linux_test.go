package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// manyProgram serves everybody that TestSoakManyClients has.
const manyProgram = `
துண்டு = "அ";
i = 0; (i < 12) சுற்று { துண்டு = துண்டு & துண்டு; i = i + 1; }
வழி பெறு, "/" { பதில் 200, "வணக்கம்"; }
வழி பெறு, "/large" { பதில்_ஓடை 200 { (மெய்) சுற்று { ஓடை_எழுது(துண்டு); } } }
வழி ஓடை, "/events" { ஓடை_சேர்("பலகை"); }
வழி ஓடை, "/own" { ஓடை_நிகழ்வு("முதல்", 1); காத்திரு(3600000); }
வழி சாக்கெட், "/socket" { சாக்கெட்_சேர்("அறை"); சாக்கெட்_அனுப்பு("உள்ளே"); சாக்கெட்_பெறு(); }
வழி பெறு, "/tell" { பதில் 200, [ஓடை_பரப்பு("பலகை", "செய்தி", {"அ": 1}), சாக்கெட்_பரப்பு("அறை", "செய்தி")]; }
`

// manyLimit is how much of the machine's memory the server may have with all its clients, in bytes.
const manyLimit = 300 << 20

// TestSoakManyClients holds very many clients of every kind in a server of another process: those that read streams slowly, those that
// hear events, those with a socket, and those that keep a connection for later. They fit into the memory, all of them hear what
// they are told, and those that never finish their headers are cut off meanwhile.
func TestSoakManyClients(t *testing.T) {
	t.Parallel()
	clients := load(500, 10000)
	file := write(t, manyProgram)
	server := startProcess(t, ".", "serve", "--port", "0", "--log", "off", file)
	addr := strings.TrimPrefix(server.address(t), "http://")
	began := resident(t, server.cmd.Process.Pid)
	slowHead := openAll(t, addr, 20, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
	kinds := []struct {
		name, request, heard string
		share                int // of 20
	}{
		{"idle", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "வணக்கம்", 6},
		{"slow", "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n", 3},
		{"events", "GET /events HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n", 6},
		{"own events", "GET /own HTTP/1.1\r\nHost: a\r\n\r\n", "data: 1\n\n", 2},
		{"sockets", "GET /socket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", "உள்ளே", 3},
	}
	all := map[string][]*client{}
	for _, k := range kinds {
		all[k.name] = openAll(t, addr, clients*k.share/20, k.request)
		together(all[k.name], func(c *client) {
			if err := c.until(k.heard); err != nil {
				t.Errorf("%s: %v", k.name, err)
			}
		})
		t.Logf("%5d %-10s  %d MB", len(all[k.name]), k.name, resident(t, server.cmd.Process.Pid)>>20)
	}
	if t.Failed() {
		t.Fatal(server.stderr())
	}
	want := fmt.Sprintf("[%d,%d]", len(all["events"]), len(all["sockets"]))
	for range 3 {
		if got := get(t, addr, "/tell"); got.body != want {
			t.Fatalf("%s were told, want %s", got.body, want)
		}
		together(all["events"], func(c *client) {
			if err := c.until("event: செய்தி\ndata: {\"அ\":1}\n\n"); err != nil {
				t.Error(err)
			}
		})
		together(all["sockets"], func(c *client) {
			if err := c.until("செய்தி"); err != nil {
				t.Error(err)
			}
		})
	}
	together(slowHead, func(c *client) { // they have sent all they ever will
		_ = c.SetReadDeadline(time.Now().Add(time.Minute))
		if _, err := io.Copy(io.Discard, c.Conn); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("a client that never finishes its headers: %v", err)
		}
	})
	together(all["idle"], func(c *client) { // they are still there
		if _, err := io.WriteString(c.Conn, kinds[0].request); err != nil {
			t.Error(err)
		} else if err := c.until(kinds[0].heard); err != nil {
			t.Errorf("idle: %v", err)
		}
	})
	most := peak(t, server.cmd.Process.Pid)
	t.Logf("%d clients: %d MB at the start, %d MB at the end, %d MB at most", clients, began>>20, resident(t, server.cmd.Process.Pid)>>20, most>>20)
	if most > manyLimit {
		t.Errorf("the server had %d MB", most>>20)
	}
	if n := strings.Count(server.stderr(), "\n"); n != 1 {
		t.Errorf("the server says:\n%s", server.stderr())
	}
}

// client is a connection, of which little is kept on this side too.
type client struct {
	net.Conn
	rest []byte // was read and not looked for yet
}

// openAll opens connections and sends the same on all of them.
func openAll(t *testing.T, addr string, n int, request string) []*client {
	t.Helper()
	list := make([]*client, n)
	for i := range list {
		list[i] = &client{}
	}
	together(list, func(c *client) {
		dialer := net.Dialer{}
		conn, err := dialer.DialContext(context.Background(), "tcp", addr)
		if err != nil {
			t.Error(err)
			return
		}
		c.Conn = conn
		if _, err := io.WriteString(conn, request); err != nil {
			t.Error(err)
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	t.Cleanup(func() {
		for _, c := range list {
			_ = c.Close()
		}
	})
	return list
}

// together does the same with all clients, some at a time.
func together(list []*client, do func(*client)) {
	var wg sync.WaitGroup
	next := make(chan *client)
	for range 50 {
		wg.Go(func() {
			for c := range next {
				do(c)
			}
		})
	}
	for _, c := range list {
		next <- c
	}
	close(next)
	wg.Wait()
}

// until reads until a text has come.
func (c *client) until(text string) error {
	if err := c.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	var room [1024]byte
	for {
		if i := strings.Index(string(c.rest), text); i >= 0 {
			c.rest = append([]byte(nil), c.rest[i+len(text):]...)
			return nil
		}
		n, err := c.Read(room[:])
		c.rest = append(c.rest, room[:n]...)
		if err != nil {
			return fmt.Errorf("after %.200q: %w", c.rest, err)
		}
	}
}

// resident is how much memory a process has now, in bytes.
func resident(t *testing.T, pid int) int64 { return memory(t, pid, "VmRSS:") }

// peak is how much memory a process ever had, in bytes.
func peak(t *testing.T, pid int) int64 { return memory(t, pid, "VmHWM:") }

func memory(t *testing.T, pid int, field string) int64 {
	t.Helper()
	file, err := os.Open("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) == 3 && f[0] == field {
			kb, err := strconv.ParseInt(f[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kb << 10
		}
	}
	t.Fatalf("no %s of %d", field, pid)
	return 0
}
