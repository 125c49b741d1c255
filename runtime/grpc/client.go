package grpc

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"connectrpc.com/connect"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Limits of calls to other servers, those of the web words.
const (
	callTime   = 30 * time.Second // of a call that does not say another
	connectFor = 10 * time.Second
	idleTime   = 10 * time.Second // how long a connection is kept for the next call
	maxAnswer  = 10 << 20         // bytes, after unpacking
	knownFor   = time.Minute      // how long a server's descriptors are believed
	maxKnown   = 1000             // methods
)

// client calls the methods of other servers.
type client struct {
	http *http.Client
	tls  error // why encrypted connections cannot be made, or nil

	mu    sync.Mutex
	known map[string]*remote // by address and method
}

// newClient makes a client. It speaks HTTP/2 only and follows no redirects, which would lead calls elsewhere.
func newClient(world host.Env) *client {
	config, err := world.TLS()
	protocols := new(http.Protocols)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	return &client{
		tls: err, known: map[string]*remote{},
		http: &http.Client{
			Transport: &http.Transport{
				DialContext: world.Dial(connectFor), TLSClientConfig: config, TLSHandshakeTimeout: connectFor, IdleConnTimeout: idleTime, Protocols: protocols,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// The reasons why a call is not even sent.
var (
	errAddress = errors.New("the address")
	errName    = errors.New("the name")
)

// base is the address of a server: with https by TLS, with http or without a scheme without.
func base(address string) (string, error) {
	address = strings.TrimSpace(address)
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", errAddress
	}
	return strings.TrimSuffix(u.String(), "/"), nil
}

// shown is the method as messages name it.
func (r *request) shown() string { return r.address + "/" + trimmed(r.method) }

// call calls a method and answers the message.
func (c *client) call(ctx context.Context, r *request) (value.Value, error) {
	at, err := base(r.address)
	if err != nil {
		return value.Nil, err
	}
	if c.tls != nil && strings.HasPrefix(at, "https:") {
		return value.Nil, c.tls
	}
	service, method, ok := procedure(r.method)
	if !ok {
		return value.Nil, errName
	}
	m, err := c.remote(ctx, at, service, method)
	if err != nil {
		return value.Nil, err
	}
	question, err := conform(r.message, m.question, true)
	if err != nil {
		return value.Nil, err
	}
	q := connect.NewRequest(&message{m.question, question})
	for name, lines := range r.head {
		q.Header()[name] = lines
	}
	answer, err := m.client.CallUnary(ctx, q)
	if err != nil {
		c.doubt(at, service, method, err)
		return value.Nil, err //nolint:wrapcheck // reasonOf reads it
	}
	return answer.Msg.v, nil
}

// remote is a method of another server.
type remote struct {
	question, answer *schema
	client           *connect.Client[message, message]
	until            time.Time // its messages are believed
}

// newRemote prepares the calls of a method.
func (c *client) newRemote(address string, question, answer *schema) *remote {
	empty, _ := decode(nil, answer) // no bytes are never broken
	value.Share(empty)
	return &remote{question, answer, connect.NewClient[message, message](c.http, address,
		connect.WithGRPC(), connect.WithCodec(wireCodec{}), connect.WithReadMaxBytes(maxAnswer), connect.WithCompressMinBytes(compressFrom),
		connect.WithResponseInitializer(func(_ connect.Spec, m any) error {
			if own, ok := m.(*message); ok {
				own.schema, own.v = answer, empty
			}
			return nil
		})), time.Now().Add(knownFor)}
}

// remote finds out about a method, from what is known or from the server.
func (c *client) remote(ctx context.Context, at, service, method string) (*remote, error) {
	key := at + "/" + service + "/" + method
	c.mu.Lock()
	m := c.known[key]
	c.mu.Unlock()
	if m != nil && time.Now().Before(m.until) {
		return m, nil
	}
	question, answer, err := c.messages(ctx, at, service, method)
	if err != nil {
		return nil, err
	}
	m = c.newRemote(key, question, answer)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= maxKnown {
		clear(c.known)
	}
	c.known[key] = m
	return m, nil
}

// doubt forgets a method whose messages may be others by now.
func (c *client) doubt(at, service, method string, err error) {
	switch connect.CodeOf(err) {
	case connect.CodeUnimplemented, connect.CodeInvalidArgument, connect.CodeInternal, connect.CodeUnknown:
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.known, at+"/"+service+"/"+method)
	default:
	}
}
