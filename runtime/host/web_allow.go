package host

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// webAllowVariable names the private servers that a program may ask while it serves: names of hosts, addresses, or networks
// as 10.0.0.0/8, with commas between them.
const webAllowVariable = "ETAMIL_WEB_ALLOW"

// errPrivate is the error of an address of our own networks that nobody has allowed.
var errPrivate = errors.New("a private address that is not allowed")

// dialFunc connects to an address, host and port.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Dial connects words to other servers. With Env.PublicOnly it refuses private addresses, after the name was looked up,
// unless ETAMIL_WEB_ALLOW names the host or its network: an address that a client of the program has chosen leads to no
// server that only we can reach.
func (e Env) Dial(connect time.Duration) func(ctx context.Context, network, address string) (net.Conn, error) {
	return dialer(newHost(e).getenv, connect, e.PublicOnly)
}

func dialer(getenv func(string) (string, bool), connect time.Duration, strict bool) dialFunc {
	free := &net.Dialer{Timeout: connect}
	if !strict {
		return free.DialContext
	}
	list, _ := getenv(webAllowVariable)
	names, nets := allowedServers(list)
	guarded := &net.Dialer{Timeout: connect, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || isPrivate(at.Addr()) && !inAny(at.Addr().Unmap(), nets) {
			return errPrivate
		}
		return nil
	}}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, _, err := net.SplitHostPort(address); err == nil && names[strings.ToLower(host)] {
			return free.DialContext(ctx, network, address)
		}
		return guarded.DialContext(ctx, network, address)
	}
}

// allowedServers reads ETAMIL_WEB_ALLOW.
func allowedServers(list string) (names map[string]bool, nets []netip.Prefix) {
	names = map[string]bool{}
	for _, item := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		if p, err := netip.ParsePrefix(item); err == nil {
			nets = append(nets, p.Masked())
		} else if a, err := netip.ParseAddr(strings.Trim(item, "[]")); err == nil {
			nets = append(nets, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
		} else {
			names[strings.ToLower(item)] = true
		}
	}
	return names, nets
}

func inAny(a netip.Addr, nets []netip.Prefix) bool {
	for _, p := range nets {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
