package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// patience is how long anything may take before the run is given up.
const patience = 2 * time.Minute

// client is an editor: it speaks to a server over its standard input and output.
type client struct {
	peer  *peer
	cmd   *exec.Cmd
	in    io.WriteCloser
	ended chan struct{}

	mu      sync.Mutex
	changed *sync.Cond
	writing sync.Mutex
	id      int
	answers map[int]message
	found   map[string]published // by URI
	done    map[string]bool      // titles of progress that has ended
	broken  error
}

// published is what a server last said of a file.
type published struct {
	version, count int
	at             time.Time
}

// message is anything on the wire.
type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
	at     time.Time
}

// start runs a server in a folder.
func start(p *peer, dir string) (*client, error) {
	cmd := exec.Command(p.argv[0], p.argv[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	c := &client{
		peer: p, cmd: cmd, in: in, ended: make(chan struct{}),
		answers: map[int]message{}, found: map[string]published{}, done: map[string]bool{},
	}
	c.changed = sync.NewCond(&c.mu)
	go c.read(bufio.NewReaderSize(out, 1<<16))
	return c, nil
}

// close ends the server.
func (c *client) close() {
	_, _ = c.call("shutdown", nil) // it is killed where it does not answer
	_ = c.notify("exit", nil)
	_ = c.in.Close()
	select {
	case <-c.ended:
	case <-time.After(5 * time.Second):
		_ = c.cmd.Process.Kill()
		<-c.ended
	}
	_ = c.cmd.Wait() // its status says nothing about what was measured
}

func (c *client) write(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	_, err = fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

type object = map[string]any

func (c *client) notify(method string, params any) error {
	return c.write(object{"jsonrpc": "2.0", "method": method, "params": params})
}

// call asks and waits.
func (c *client) call(method string, params any) (json.RawMessage, error) {
	result, _, err := c.timed(method, params)
	return result, err
}

// timed asks, waits, and tells how long it took from the first byte of the question to the last byte of the answer.
func (c *client) timed(method string, params any) (json.RawMessage, time.Duration, error) {
	c.mu.Lock()
	c.id++
	id := c.id
	c.mu.Unlock()
	start := time.Now()
	if err := c.write(object{"jsonrpc": "2.0", "id": id, "method": method, "params": params}); err != nil {
		return nil, 0, err
	}
	var m message
	err := c.wait(method, func() (ok bool) {
		m, ok = c.answers[id]
		delete(c.answers, id)
		return ok
	})
	if err == nil && m.Error != nil {
		err = fmt.Errorf("%s: %s: %s", c.peer.name, method, m.Error)
	}
	return m.Result, m.at.Sub(start), err
}

// wait waits until something is so; ok runs under the lock.
func (c *client) wait(what string, ok func() bool) error {
	timer := time.AfterFunc(patience, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.broken = errors.Join(c.broken, fmt.Errorf("%s: no answer to %s in %v", c.peer.name, what, patience))
		c.changed.Broadcast()
	})
	defer timer.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !ok() {
		if c.broken != nil {
			return c.broken
		}
		c.changed.Wait()
	}
	return nil
}

// read takes in what the server says.
func (c *client) read(r *bufio.Reader) {
	defer close(c.ended)
	for {
		m, err := readMessage(r)
		c.mu.Lock()
		if err != nil {
			c.broken = errors.Join(c.broken, fmt.Errorf("%s has ended: %w", c.peer.name, err))
			c.changed.Broadcast()
			c.mu.Unlock()
			return
		}
		c.take(m)
		c.changed.Broadcast()
		c.mu.Unlock()
	}
}

func readMessage(r *bufio.Reader) (m message, err error) {
	head, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	n, err := strconv.Atoi(head.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return m, err
	}
	at := time.Now()
	err = json.Unmarshal(body, &m)
	m.at = at
	return m, err
}

// take remembers a message, and answers what the server asks.
func (c *client) take(m message) {
	switch {
	case m.Method == "":
		var id int
		if json.Unmarshal(m.ID, &id) == nil {
			c.answers[id] = m
		}
	case m.ID != nil:
		go c.reply(m)
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Version     int
			Diagnostics []json.RawMessage
		}
		if json.Unmarshal(m.Params, &p) == nil {
			c.found[p.URI] = published{p.Version, len(p.Diagnostics), m.at}
		}
	}
}

// reply gives a server its settings, and takes everything else.
func (c *client) reply(m message) {
	var result any
	if m.Method == "workspace/configuration" {
		var p struct{ Items []json.RawMessage }
		if json.Unmarshal(m.Params, &p) != nil {
			return
		}
		list := make([]any, len(p.Items))
		for i := range list {
			list[i] = c.peer.settings
		}
		result = list
	}
	_ = c.write(object{"jsonrpc": "2.0", "id": m.ID, "result": result}) // a server that is gone needs none
}
