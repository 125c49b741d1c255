package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// talkers are the clients of one server's WebSocket.
const talkers = 32

// said is what they say: shorter than 126 bytes, so that its length is one byte of a frame.
const said = "வணக்கம், எல்லோரும் நலமா? 👍🏽"

// echo lets the clients say something, each as soon as it has heard itself.
func echo(r *report, s *server, path string) (sample, error) {
	conns := make([]*socket, talkers)
	for i := range conns {
		var err error
		if conns[i], err = dial(s, path); err != nil {
			return sample{}, err
		}
		defer func() { _ = conns[i].Close() }()
	}
	delays := make([][]time.Duration, talkers)
	errs := make([]error, talkers)
	got, err := r.metered(s, func() (int, error) {
		var wg sync.WaitGroup
		end := time.Now().Add(r.each)
		for i, c := range conns {
			wg.Go(func() { delays[i], errs[i] = c.talk(end) })
		}
		wg.Wait()
		n := 0
		for _, d := range delays {
			n += len(d)
		}
		return n, errors.Join(errs...)
	})
	var all []time.Duration
	for _, d := range delays {
		all = append(all, d...)
	}
	got.p99 = percentile(all, 99)
	return got, err
}

// socket is a WebSocket client that does just this: its frames are made once, so that little of the time is its own.
type socket struct {
	net.Conn
	in         *bufio.Reader
	send, want []byte
}

func dial(s *server, path string) (*socket, error) {
	conn, err := net.DialTimeout("tcp", s.addr, patience)
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, s.addr)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	in := bufio.NewReader(conn)
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if answer.StatusCode != http.StatusSwitchingProtocols {
		return nil, errors.Join(fmt.Errorf("WebSocket: %s", answer.Status), conn.Close())
	}
	c := &socket{Conn: conn, in: in}
	const finalText, masked = 0x81, 0x80
	mask := [4]byte{0x12, 0x34, 0x56, 0x78}
	c.send = append([]byte{finalText, masked | byte(len(said))}, mask[:]...)
	for i := range len(said) {
		c.send = append(c.send, said[i]^mask[i%4])
	}
	c.want = append([]byte{finalText, byte(len(said))}, said...)
	return c, nil
}

// talk says the same until the time is over, and answers how long each echo took.
func (c *socket) talk(end time.Time) ([]time.Duration, error) {
	var delays []time.Duration
	got := make([]byte, len(c.want))
	for {
		start := time.Now()
		if start.After(end) {
			return delays, nil
		}
		if _, err := c.Write(c.send); err != nil {
			return delays, err
		}
		if _, err := io.ReadFull(c.in, got); err != nil {
			return delays, err
		}
		if !bytes.Equal(got, c.want) {
			return delays, fmt.Errorf("the echo is %q", got)
		}
		delays = append(delays, time.Since(start))
	}
}
