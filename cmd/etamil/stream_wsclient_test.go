package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Opcodes of frames (RFC 6455, 5.2).
const (
	opMore   = 0
	opText   = 1
	opBinary = 2
	opClose  = 8
	opPing   = 9
	opPong   = 10
)

// frame is one frame of a client, as it goes over the wire. Its fields may break every rule.
type frame struct {
	op     byte
	rsv    byte // the three reserved bits
	part   bool // not the last one of its message
	bare   bool // without a mask
	length uint64
	data   string
}

// wsMask is the key of all masks.
var wsMask = [4]byte{0x37, 0xfa, 0x21, 0x3d}

func (f frame) bytes() []byte {
	first := f.op | f.rsv<<4
	if !f.part {
		first |= 0x80
	}
	masked := byte(0x80)
	if f.bare {
		masked = 0
	}
	length := max(f.length, uint64(len(f.data)))
	out := []byte{first}
	switch {
	case length < 126:
		out = append(out, masked|byte(length))
	case length < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, masked|126), uint16(length))
	default:
		out = binary.BigEndian.AppendUint64(append(out, masked|127), length)
	}
	if f.bare {
		return append(out, f.data...)
	}
	out = append(out, wsMask[:]...)
	for i := range len(f.data) {
		out = append(out, f.data[i]^wsMask[i%4])
	}
	return out
}

// closing is the payload of a close.
func closing(code int, reason string) string {
	return string(binary.BigEndian.AppendUint16(nil, uint16(code))) + reason
}

// wsConn is a client's side of a socket that trusts nothing.
type wsConn struct {
	net.Conn
	in *bufio.Reader
}

// dialSocket opens a socket. The key is the one of RFC 6455, 1.3, and so is the answer to it.
func dialSocket(t *testing.T, addr, path string, head ...string) *wsConn {
	t.Helper()
	c, resp := handshake(t, addr, path, head...)
	if resp.StatusCode != http.StatusSwitchingProtocols || resp.Header.Get("Sec-WebSocket-Accept") != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" ||
		resp.Header.Get("Sec-WebSocket-Extensions") != "" {
		t.Fatalf("%s: %s %v", path, resp.Status, resp.Header)
	}
	return c
}

// handshake asks for a socket. Lines of head that begin with a name of the usual ones stand in their place.
func handshake(t *testing.T, addr, path string, head ...string) (*wsConn, *http.Response) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(60 * time.Second)); err != nil {
		t.Fatal(err)
	}
	lines := []string{"Host: " + addr, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"}
	for _, h := range head {
		name, _, _ := strings.Cut(h, ":")
		for i, usual := range lines {
			if strings.HasPrefix(usual, name+":") {
				lines[i] = h
				h = ""
			}
		}
		if h != "" {
			lines = append(lines, h)
		}
	}
	if _, err := io.WriteString(conn, "GET "+path+" HTTP/1.1\r\n"+strings.Join(lines, "\r\n")+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return &wsConn{conn, in}, resp
}

// put sends frames at once.
func (c *wsConn) put(t *testing.T, frames ...frame) {
	t.Helper()
	var all []byte
	for _, f := range frames {
		all = append(all, f.bytes()...)
	}
	if _, err := c.Write(all); err != nil {
		t.Fatal(err)
	}
}

// get receives one frame, in words. Every rule that servers must keep is checked.
func (c *wsConn) get() (string, error) {
	var head [2]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return "", err
	}
	op, length := head[0]&0x0f, uint64(head[1])
	if head[0]&0xf0 != 0x80 || head[1]&0x80 != 0 {
		return "", fmt.Errorf("a frame begins with % x", head)
	}
	switch length {
	case 126:
		var more [2]byte
		if _, err := io.ReadFull(c.in, more[:]); err != nil {
			return "", err
		}
		length = uint64(binary.BigEndian.Uint16(more[:]))
	case 127:
		var more [8]byte
		if _, err := io.ReadFull(c.in, more[:]); err != nil {
			return "", err
		}
		length = binary.BigEndian.Uint64(more[:])
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(c.in, data); err != nil {
		return "", err
	}
	return inWords(op, data)
}

func inWords(op byte, data []byte) (string, error) {
	switch {
	case op == opText && utf8.Valid(data):
		return "text " + short(data), nil
	case op == opBinary:
		return "binary " + short(data), nil
	case op == opPing:
		return "ping", nil
	case op == opPong:
		return "pong " + short(data), nil
	case op == opClose && len(data) == 0:
		return "close", nil
	case op == opClose && len(data) >= 2 && utf8.Valid(data[2:]):
		return strings.TrimRight(fmt.Sprintf("close %d %s", binary.BigEndian.Uint16(data), data[2:]), " "), nil
	}
	return "", fmt.Errorf("a frame of %d holds % x", op, data)
}

// short is a message for people, and still tells any two apart.
func short(data []byte) string {
	if len(data) <= 64 {
		return fmt.Sprintf("%q", data)
	}
	sum := 0
	for i, b := range data {
		sum = (sum*31 + int(b) + i) % 1000003
	}
	return fmt.Sprintf("%d bytes %d", len(data), sum)
}

// want receives one frame that must be this one.
func (c *wsConn) want(t *testing.T, want string) {
	t.Helper()
	if got, err := c.get(); got != want {
		t.Fatalf("%q %v, want %q", got, err, want)
	}
}

// say sends a text.
func (c *wsConn) say(t *testing.T, text string) {
	t.Helper()
	c.put(t, frame{op: opText, data: text})
}

// all receives frames until the connection ends; a close is answered.
func (c *wsConn) all() []string {
	var list []string
	for {
		got, err := c.get()
		if err != nil {
			if !errors.Is(err, io.EOF) && !strings.Contains(err.Error(), "reset") {
				list = append(list, err.Error())
			}
			return list
		}
		if strings.HasPrefix(got, "close") {
			_, _ = c.Write(frame{op: opClose, data: closing(1000, "")}.bytes())
		}
		if code, _, ok := strings.Cut(got, " received"); ok { // coder/websocket says in English what it found
			got = code
		}
		if code, _, ok := strings.Cut(got, " read limited"); ok {
			got = code
		}
		list = append(list, got)
	}
}

// pieces cuts bytes into writes of at most n.
func pieces(all []byte, n int) [][]byte {
	if n <= 0 {
		return [][]byte{all}
	}
	var list [][]byte
	for len(all) > 0 {
		k := min(n, len(all))
		list = append(list, all[:k])
		all = all[k:]
	}
	return list
}
