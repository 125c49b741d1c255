package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// origin is where a request comes from, as far as those say who are believed.
type origin struct {
	client  netip.Addr
	https   bool
	proxied bool // the connection is a trusted proxy's
}

// Client is the address of the client: that of the connection, or what trusted proxies say (Options.TrustedProxies). It
// is not valid for connections that have none.
func (x *Exchange) Client() netip.Addr {
	if !x.from.client.IsValid() {
		x.from.client = addrOf(x.Request.raw.RemoteAddr)
	}
	return x.from.client
}

// secure tells whether what the client sees is TLS.
func (x *Exchange) secure() bool { return x.Request.raw.TLS != nil || x.from.https }

// forwarded believes what a trusted proxy says of the request: the client's address, the host it asked for, and https.
func (x *Exchange) forwarded(trusted []netip.Prefix) {
	r := x.Request.raw
	x.from.client = addrOf(r.RemoteAddr)
	if !within(x.from.client, trusted) {
		return
	}
	x.from.proxied, x.Request.proxied = true, true
	said, ok := whatProxiesSay(r.Header, trusted)
	if !ok {
		return
	}
	if said.client.IsValid() {
		x.from.client = said.client
	}
	x.from.https = strings.EqualFold(said.proto, "https")
	if said.host != "" && each(said.host, inHost) {
		r.Host = said.host
	}
}

// hop is what proxies say of a request.
type hop struct {
	client      netip.Addr
	proto, host string
}

// whatProxiesSay reads X-Forwarded-* or Forwarded. A proxy sets one of them and hands the other on as it came, perhaps from
// somebody who wants to be another: when they disagree neither is believed, and ok is false.
func whatProxiesSay(head http.Header, trusted []netip.Prefix) (said hop, ok bool) {
	old, standard := head["X-Forwarded-For"], head["Forwarded"]
	if len(standard) == 0 {
		return hop{
			client: rightmost(list(old), trusted), proto: last(head["X-Forwarded-Proto"]), host: last(head["X-Forwarded-Host"]),
		}, true
	}
	elements, ok := parseForwarded(strings.Join(standard, ","))
	if !ok {
		return hop{}, false
	}
	var addrs []string
	for _, e := range elements {
		addrs = append(addrs, e["for"])
	}
	nearest := elements[len(elements)-1]
	said = hop{client: rightmost(addrs, trusted), proto: nearest["proto"], host: nearest["host"]}
	return said, len(old) == 0 || rightmost(list(old), trusted) == said.client
}

// rightmost is the address nearest to us that is not of a trusted proxy: what stands left of it anybody may have written.
// When all are trusted it is the first; when one cannot be read, the one that named it.
func rightmost(addrs []string, trusted []netip.Prefix) (client netip.Addr) {
	for _, text := range slices.Backward(addrs) {
		addr := addrOf(text)
		if !addr.IsValid() {
			return client
		}
		if client = addr; !within(addr, trusted) {
			return client
		}
	}
	return client
}

// list is a header of comma-separated items.
func list(lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return strings.Split(strings.Join(lines, ","), ",")
}

func last(lines []string) string {
	items := list(lines)
	if len(items) == 0 {
		return ""
	}
	return strings.TrimSpace(items[len(items)-1])
}

// parseForwarded reads a Forwarded header (RFC 7239, 4): its elements, by the names of their parameters in lower case.
func parseForwarded(s string) (elements []map[string]string, ok bool) {
	element := map[string]string{}
	for s != "" {
		name, rest, found := strings.Cut(s, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !found || !isToken(name) {
			return nil, false
		}
		var text string
		if text, s, ok = forwardedValue(rest); !ok {
			return nil, false
		}
		if _, twice := element[name]; twice {
			return nil, false
		}
		element[name] = text
		s = strings.TrimLeft(s, " \t")
		switch {
		case s == "":
		case s[0] == ';':
			s = s[1:]
		case s[0] == ',':
			elements, element, s = append(elements, element), map[string]string{}, s[1:]
		default:
			return nil, false
		}
	}
	return append(elements, element), true
}

// forwardedValue reads a token or a quoted string.
func forwardedValue(s string) (text, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		if i := strings.IndexAny(s, ";, \t"); i >= 0 {
			return s[:i], s[i:], i > 0
		}
		return s, "", s != ""
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:], true
		case '\\':
			if i++; i == len(s) {
				return "", "", false
			}
		}
		b.WriteByte(s[i])
	}
	return "", "", false
}

// addrOf reads an address with or without a port, and with or without the brackets of IPv6.
func addrOf(text string) netip.Addr {
	text = strings.TrimSpace(text)
	if host, _, err := net.SplitHostPort(text); err == nil {
		text = host
	}
	addr, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr.WithZone("").Unmap()
}

func within(addr netip.Addr, prefixes []netip.Prefix) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// proxyHeaders are what proxies say of clients. A program sees them of trusted proxies only.
var proxyHeaders = map[string]bool{
	"Forwarded": true, "X-Forwarded-For": true, "X-Forwarded-Proto": true, "X-Forwarded-Host": true, "X-Forwarded-Port": true,
	"X-Real-Ip": true,
}
