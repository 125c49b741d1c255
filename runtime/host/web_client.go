package host

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// Limits of a request to another server.
const (
	webConnectTime = 10 * time.Second
	webTotalTime   = 30 * time.Second
	webIdleTime    = 10 * time.Second // how long a connection is kept for the next request
	maxWebBody     = 10 << 20         // bytes, after unpacking
	maxWebHeader   = 1 << 20
	maxRedirects   = 5
)

var (
	errScheme    = errors.New("not http or https")
	errNoHost    = errors.New("no host")
	errMethod    = errors.New("bad method")
	errRedirects = errors.New("too many redirects")
	errInward    = errors.New("redirected from a public to a private address")
	errLarge     = errors.New("the body is too large")
	errNotText   = errors.New("the body is not text")
)

// webClient sends requests. It has three sets of connections, so that one opened under weaker rules is never reused where
// stronger ones hold.
type webClient struct {
	own    *http.Transport // to the server that the program named: with the client certificate
	other  *http.Transport // to where a redirect leads: without it
	public *http.Transport // to where a redirect of a public server leads: public addresses only
	tls    error           // why the ETAMIL_TLS_ settings cannot be used, or nil
	total  time.Duration
}

// newWebClient makes a client with the TLS settings of the environment.
func newWebClient(getenv func(string) (string, bool), connect, total time.Duration, strict bool) *webClient {
	w := &webClient{total: total}
	plain, identified, err := tlsConfigs(getenv)
	w.tls = err
	free := dialer(getenv, connect, strict)
	guarded := &net.Dialer{Timeout: connect, Control: publicOnly}
	transport := func(dial dialFunc) *http.Transport {
		return &http.Transport{
			DialContext: dial, TLSHandshakeTimeout: connect, IdleConnTimeout: webIdleTime,
			MaxIdleConnsPerHost: 16, MaxResponseHeaderBytes: maxWebHeader, ForceAttemptHTTP2: true,
		}
	}
	w.own, w.other, w.public = transport(free), transport(free), transport(guarded.DialContext)
	w.own.TLSClientConfig, w.other.TLSClientConfig, w.public.TLSClientConfig = identified, plain, plain.Clone()
	return w
}

// close ends the connections that wait for another request.
func (w *webClient) close() {
	for _, t := range []*http.Transport{w.own, w.other, w.public} {
		t.CloseIdleConnections()
	}
}

// publicOnly refuses to connect to addresses of this machine and its own networks. It sees the address that a name led to.
func publicOnly(_, address string, _ syscall.RawConn) error {
	if at, err := netip.ParseAddrPort(address); err != nil || isPrivate(at.Addr()) {
		return errInward
	}
	return nil
}

// shared is the range that providers use between themselves and their customers (RFC 6598).
var shared = netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64}), 10)

// isPrivate tells the addresses that the open net does not lead to.
func isPrivate(a netip.Addr) bool {
	a = a.Unmap()
	return !a.IsGlobalUnicast() || a.IsPrivate() || shared.Contains(a)
}

// webAnswer is a server's answer, read to its end.
type webAnswer struct {
	status  int
	headers http.Header
	body    string
}

// do sends a request, follows redirects and reads the answer. charge is asked for the memory of the body.
func (w *webClient) do(ctx context.Context, r webRequest, charge func(int) error) (answer webAnswer, err error) {
	ctx, stop := context.WithTimeout(ctx, w.total)
	defer stop()
	trip := &trip{client: w}
	req, err := r.build(trip.watch(ctx))
	if err != nil {
		return answer, err
	}
	trip.first = origin(req.URL)
	client := http.Client{Transport: trip, CheckRedirect: checkRedirect}
	resp, err := client.Do(req)
	if err != nil {
		return answer, err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	answer.status, answer.headers = resp.StatusCode, resp.Header
	answer.body, err = readAll(io.LimitReader(resp.Body, maxWebBody+1), charge)
	switch {
	case err != nil:
	case len(answer.body) > maxWebBody:
		err = errLarge
	case badUTF8(answer.body) >= 0:
		err = errNotText
	}
	return answer, err
}

// build makes the request as it is sent.
func (r webRequest) build(ctx context.Context) (*http.Request, error) {
	if !isToken(r.method) || r.method == http.MethodConnect {
		return nil, errMethod
	}
	to, err := url.Parse(strings.TrimSpace(r.address))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	if err := checkAddress(to); err != nil {
		return nil, err
	}
	to.RawQuery = escapeQuery(to.RawQuery)
	var body io.Reader
	if r.hasBody {
		body = strings.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, to.String(), body)
	if err != nil {
		return nil, err
	}
	req.Header, req.Host = r.headers, to.Host
	if r.host != "" {
		req.Host = r.host
	}
	return req, nil
}

// checkAddress is an error for an address that no request is sent to.
func checkAddress(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return errScheme
	case u.Hostname() == "":
		return errNoHost
	}
	return nil
}

// escapeQuery writes what may not stand in a query, such as Tamil letters and spaces, as %XX.
func escapeQuery(q string) string {
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(q) {
		if b := q[i]; b <= ' ' || b >= 0x7f || strings.IndexByte("\"<>`{}|\\^", b) >= 0 {
			out.Write([]byte{'%', hex[b>>4], hex[b&15]})
		} else {
			out.WriteByte(b)
		}
	}
	return out.String()
}

// trip is one request with its redirects. As a transport it chooses the connections for each step.
type trip struct {
	client  *webClient
	first   string // the origin that the program named
	private bool   // it has a private address
	known   bool   // private is known
}

// watch lets the trip learn the address of the first server.
func (t *trip) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		if at, err := netip.ParseAddrPort(got.Conn.RemoteAddr().String()); err == nil && !t.known {
			t.private, t.known = isPrivate(at.Addr()), true
		}
	}})
}

// RoundTrip sends one step.
func (t *trip) RoundTrip(req *http.Request) (*http.Response, error) {
	switch {
	case req.URL.Scheme == "https" && t.client.tls != nil:
		return nil, t.client.tls
	case origin(req.URL) == t.first:
		return t.client.own.RoundTrip(req)
	case t.private:
		return t.client.other.RoundTrip(req)
	default:
		return t.client.public.RoundTrip(req)
	}
}

// origin is the server that an address names: scheme, host and port.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// harmless are the headers that go along to another server; any other may hold a secret.
var harmless = []string{"Accept", "Accept-Language", "Content-Type", "User-Agent"}

// checkRedirect looks at a redirect before it is followed. Once a step led to another server, the program's headers stay
// behind for the rest of the trip.
func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return errRedirects
	}
	if err := checkAddress(req.URL); err != nil {
		return err
	}
	req.Header.Del("Referer") // an address may hold a secret
	first, away := origin(via[0].URL), false
	for _, step := range append(via[1:len(via):len(via)], req) {
		away = away || origin(step.URL) != first
	}
	if !away {
		return nil
	}
	kept := http.Header{}
	for _, name := range harmless {
		if vals := req.Header.Values(name); len(vals) > 0 {
			kept[name] = vals
		}
	}
	req.Header, req.Host = kept, ""
	return nil
}
