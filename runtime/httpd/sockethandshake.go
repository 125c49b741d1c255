package httpd

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
)

// upgradable tells why a request does not open a socket, or nil.
func (h *handler) upgradable(x *Exchange) *refusal {
	r, head := x.Request.raw, x.writer.Header()
	upgrade := &refusal{status: http.StatusUpgradeRequired}
	switch {
	case r.ProtoMajor != 1:
		return upgrade
	case r.Method != http.MethodGet || !hasToken(r.Header["Connection"], "upgrade") || !hasToken(r.Header["Upgrade"], "websocket"):
		head["Connection"], head["Upgrade"] = []string{"Upgrade"}, []string{"websocket"}
		return upgrade
	case r.Header.Get("Sec-WebSocket-Version") != "13":
		head["Sec-Websocket-Version"] = []string{"13"}
		return upgrade
	case !isSocketKey(r.Header["Sec-Websocket-Key"]):
		return &refusal{status: http.StatusBadRequest}
	case !h.sameOrigin(r):
		return &refusal{status: http.StatusForbidden}
	}
	return nil
}

// isSocketKey tells whether a handshake has one key of 16 bytes.
func isSocketKey(lines []string) bool {
	if len(lines) != 1 {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(lines[0])
	return err == nil && len(key) == 16
}

// hasToken tells whether a list of a header has a word.
func hasToken(lines []string, want string) bool {
	for _, line := range lines {
		for token := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.Trim(token, " \t"), want) {
				return true
			}
		}
	}
	return false
}

// sameOrigin tells whether the page that opens a socket may: one of this host, or of an origin that may read answers.
// Programs that are no browsers say no origin.
func (h *handler) sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || slices.Contains(h.opt.Origins, "*") || slices.Contains(h.opt.Origins, origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// open answers the handshake.
func (s *socket) open() error {
	if s.conn != nil {
		return nil
	}
	s.x.sendCookies(s.x.writer.Header())
	hijack := &hijacker{ResponseWriter: s.x.writer}
	conn, err := websocket.Accept(hijack, s.x.Request.raw, &websocket.AcceptOptions{InsecureSkipVerify: true}) // upgradable has looked
	if err != nil {
		return errors.Join(errGone, err)
	}
	s.conn, s.net, s.inbox = conn, hijack.conn, make(chan incoming, maxInbox)
	if g, ok := s.x.Request.raw.Context().Value(guardKey{}).(*guarded); ok {
		g.given.Store(true)
	}
	conn.SetReadLimit(s.opt.MaxMessage)
	s.x.run.AfterFunc(s.interrupt)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beat = time.AfterFunc(s.opt.Ping, func() { s.async(s.ping) })
	s.look = time.AfterFunc(awayFor, s.lookAround)
	return nil
}

// hijacker keeps the connection that it gives away.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

// Hijack gives the connection away.
func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buf, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // coder/websocket words it
	}
	h.conn = conn
	buf.Writer = bufio.NewWriter(&framed{Conn: conn})
	return conn, buf, nil
}

// framed sends frames. coder/websocket answers a close with the close itself, also when its reason is not UTF-8, which must be
// answered with 1007 (RFC 6455, 8.1). It writes every frame from its beginning.
type framed struct {
	net.Conn
	left uint64 // of the frame that is being written
}

// The first bytes of frames.
const (
	lastClose = 0x88
	length16  = 126
	length64  = 127
)

// notTextClose is a close with 1007.
var notTextClose = []byte{lastClose, 2, 1007 >> 8, 1007 & 0xff}

// Write writes all or a part of one frame.
func (f *framed) Write(p []byte) (int, error) {
	if f.left == 0 && len(p) > 4 && p[0] == lastClose && !utf8.Valid(p[4:]) {
		_, err := f.Conn.Write(notTextClose)
		return len(p), err //nolint:wrapcheck // nobody is shown it
	}
	if f.left == 0 {
		f.left = frameSize(p)
	}
	f.left -= min(f.left, uint64(len(p)))
	return f.Conn.Write(p) //nolint:wrapcheck // nobody is shown it
}

// frameSize is how long the frame that begins with p is, without a mask.
func frameSize(p []byte) uint64 {
	switch {
	case len(p) < 2:
		return 0
	case p[1] == length16 && len(p) >= 4:
		return 4 + uint64(binary.BigEndian.Uint16(p[2:]))
	case p[1] == length64 && len(p) >= 10:
		return 10 + binary.BigEndian.Uint64(p[2:])
	}
	return 2 + uint64(p[1])
}
