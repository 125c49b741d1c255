package httpd

import (
	"bytes"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
)

// received is a request as it came over the wire, whole.
type received struct {
	http.Request
	url  url.URL
	body body
	size int  // bytes of the connection that it took
	last bool // the client wants the connection closed after the answer
}

// body is the body of a received request.
type body struct{ bytes.Reader }

// Close does nothing.
func (*body) Close() error { return nil }

var headEnd = []byte("\r\n\r\n")

// maxLines is how many header lines a request may have that is read here.
const maxLines = 64

// parse reads the first request of p, which it fills from: like, but for what the request says. It is stricter than
// RFC 9112 by far. Whatever is unusual, broken or not yet there whole is left to net/http, and ok is false.
func (r *received) parse(p []byte, like *http.Request) (ok bool) {
	end := bytes.Index(p, headEnd)
	if end < 0 {
		return false
	}
	head := string(p[:end+2]) // all texts of the request are parts of it
	r.Request = *like
	line, lines, _ := strings.Cut(head, "\r\n")
	if !r.requestLine(line) || !r.headers(lines) {
		return false
	}
	r.size = end + len(headEnd) + int(r.ContentLength)
	if r.size > len(p) {
		return false
	}
	r.Body = http.NoBody
	if r.ContentLength > 0 {
		r.body.Reset(p[r.size-int(r.ContentLength) : r.size])
		r.Body = &r.body
	}
	return true
}

var _ io.ReadCloser = (*body)(nil)

// requestLine reads METHOD TARGET HTTP/1.1.
func (r *received) requestLine(line string) bool {
	method, rest, _ := strings.Cut(line, " ")
	target, version, _ := strings.Cut(rest, " ")
	if methodIndex(method) < 0 || version != "HTTP/1.1" || target == "" || target[0] != '/' {
		return false
	}
	r.Method, r.RequestURI = method, target
	r.URL = &r.url
	path, query, _ := strings.Cut(target, "?")
	if each(path, plainPath) && each(query, plainQuery) && target[len(target)-1] != '?' {
		r.url.Path, r.url.RawQuery = path, query
		return true
	}
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return false
	}
	r.url = *u
	return true
}

// headers reads the lines of the headers, each of which ends with CRLF.
func (r *received) headers(lines string) bool {
	count := strings.Count(lines, "\n")
	if count > maxLines {
		return false
	}
	r.Header = make(http.Header, count)
	values := make([]string, count)
	for i := range count {
		var line string
		line, lines, _ = strings.Cut(lines, "\r\n")
		name, text, colon := strings.Cut(line, ":")
		if !colon || !isToken(name) || !each(text, inValue) {
			return false
		}
		name, text = textproto.CanonicalMIMEHeaderKey(name), strings.Trim(text, " \t")
		if special[name] && !r.special(name, text) {
			return false
		}
		if name == "Host" {
			continue
		}
		values[i] = text
		if old := r.Header[name]; old != nil {
			r.Header[name] = append(old, text)
		} else {
			r.Header[name] = values[i : i+1 : i+1]
		}
	}
	return r.Host != "" && lines == ""
}

// special are the headers that say where messages end and what becomes of the connection, or that net/http reads more into.
var special = map[string]bool{
	"Host": true, "Content-Length": true, "Connection": true,
	"Transfer-Encoding": true, "Expect": true, "Upgrade": true, "Te": true, "Trailer": true, "Keep-Alive": true,
	"Proxy-Connection": true, "Http2-Settings": true, "Pragma": true,
}

// special reads one of the three of these headers that are read here at all.
func (r *received) special(name, text string) bool {
	switch name {
	case "Host":
		if r.Host != "" || !each(text, inHost) {
			return false
		}
		r.Host = text
		return text != ""
	case "Content-Length":
		if r.Header[name] != nil || text == "" || len(text) > 6 || !each(text, digit) {
			return false
		}
		for i := range len(text) {
			r.ContentLength = r.ContentLength*10 + int64(text[i]-'0')
		}
		return true
	case "Connection":
		r.last = r.last || strings.EqualFold(text, "close")
		r.Close = r.last
		return r.last || strings.EqualFold(text, "keep-alive")
	}
	return false
}

// Classes of bytes.
const (
	plainPath  = 1 << iota // means itself in a path
	plainQuery             // may stand in a query
	inHost                 // may stand in the name of a host
	inValue                // may stand in the value of a header
	inToken                // may stand in the name of a header (RFC 9110, 5.6.2)
	digit
	cookieOctet // may stand in the value of a cookie (RFC 6265, 4.1.1)
)

// classes are the classes of every byte.
var classes = func() (t [256]uint8) {
	for i := range t {
		c := byte(i)
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			t[i] |= plainPath | inHost | inToken
		}
		if c >= '0' && c <= '9' {
			t[i] |= digit
		}
		if c > ' ' && c != 0x7f {
			t[i] |= plainQuery | inValue
		}
		if c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\' {
			t[i] |= cookieOctet
		}
	}
	for chars, class := range map[string]uint8{
		"-_.~$&+,/:;=@": plainPath, "-._:[]": inHost, " \t": inValue, "!#$%&'*+-.^_`|~": inToken,
	} {
		for i := range len(chars) {
			t[chars[i]] |= class
		}
	}
	t['#'] &^= plainQuery
	return t
}()

// each tells whether all bytes of a text are of a class.
func each(s string, class uint8) bool {
	for i := range len(s) {
		if classes[s[i]]&class == 0 {
			return false
		}
	}
	return true
}
