package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// listeners are the clients of one server's events.
const listeners = 200

// patience is how long a server has for anything before it has failed.
const patience = 20 * time.Second

// audience are the clients of a server's events. It hears one event at a time: `left` is how many have not got it yet.
type audience struct {
	conns []net.Conn
	heard []atomic.Int64 // of each client
	left  atomic.Int64
	all   chan struct{}
	began atomic.Int64 // when the event was sent, nanoseconds of a Unix time

	mu     sync.Mutex
	delays []time.Duration
}

// fanOut lets a server tell all its listeners of one event after the other, each when all have the last one.
func fanOut(r *report, s *server, path string) (sample, error) {
	a := &audience{heard: make([]atomic.Int64, listeners), all: make(chan struct{}, 1)}
	defer a.leave()
	for i := range listeners {
		if err := a.join(s, path, i); err != nil {
			return sample{}, err
		}
	}
	if err := a.gather(s); err != nil {
		return sample{}, err
	}
	got, err := r.metered(s, func() (int, error) {
		n := 0
		for end := time.Now().Add(r.each); time.Now().Before(end); n += listeners {
			if err := a.tell(s); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
	a.mu.Lock()
	defer a.mu.Unlock()
	got.p99 = percentile(a.delays, 99)
	return got, err
}

// join opens the stream of one client and counts what comes.
func (a *audience) join(s *server, path string, i int) error {
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		return err
	}
	a.conns = append(a.conns, conn)
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n", path, s.addr); err != nil {
		return err
	}
	go func() {
		in := bufio.NewReader(conn)
		for {
			line, err := in.ReadSlice('\n')
			if err != nil {
				return // the end of the round; a server that hung up is found by who waits for its event
			}
			if bytes.HasPrefix(line, []byte("data:")) {
				a.hear(i)
			}
		}
	}()
	return nil
}

func (a *audience) hear(i int) {
	a.heard[i].Add(1)
	if began := a.began.Load(); began > 0 {
		delay := time.Duration(time.Now().UnixNano() - began)
		a.mu.Lock()
		a.delays = append(a.delays, delay)
		a.mu.Unlock()
		if a.left.Add(-1) == 0 {
			a.all <- struct{}{}
		}
	}
}

// gather tells events until every client has heard one: only then all have joined.
func (a *audience) gather(s *server) error {
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if err := send(s); err != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
		if !slices.ContainsFunc(a.counts(), func(n int64) bool { return n == 0 }) {
			return a.settle()
		}
	}
	return fmt.Errorf("not all of %d clients hear events", listeners)
}

// settle waits until no event is on its way.
func (a *audience) settle() error {
	for before := a.counts(); ; {
		time.Sleep(100 * time.Millisecond)
		now := a.counts()
		if slices.Equal(before, now) {
			return nil
		}
		before = now
	}
}

func (a *audience) counts() []int64 {
	out := make([]int64, len(a.heard))
	for i := range a.heard {
		out[i] = a.heard[i].Load()
	}
	return out
}

// tell sends an event and waits until all clients have it.
func (a *audience) tell(s *server) error {
	a.left.Store(listeners)
	a.began.Store(time.Now().UnixNano())
	if err := send(s); err != nil {
		return err
	}
	select {
	case <-a.all:
		return nil
	case <-time.After(patience):
		return fmt.Errorf("%d of %d clients miss an event", a.left.Load(), listeners)
	}
}

func (a *audience) leave() {
	for _, c := range a.conns {
		_ = c.Close()
	}
}

// send asks a server to tell its listeners of an event.
func send(s *server) error {
	ask, err := http.NewRequest(http.MethodPost, "http://"+s.addr+"/arivi", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("/arivi: %s", answer.Status)
	}
	return nil
}

// percentile is what p percent of the times are not longer than.
func percentile(times []time.Duration, p int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[min(len(times)*p/100, len(times)-1)]
}
