package reload

import (
	"bytes"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// wantsPage tells whether a request may be answered with a page that a browser shows.
func wantsPage(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") && r.Header.Get("Range") == "" && r.Header.Get("Upgrade") == ""
}

// page puts the script into an answer, when it is a whole page of HTML.
type page struct {
	http.ResponseWriter
	head   bool // nobody sees the body
	status int
	sent   bool // the headers are
}

// WriteHeader waits for the first bytes of the body, which say whether this is a page.
func (p *page) WriteHeader(status int) {
	if status < http.StatusOK {
		p.ResponseWriter.WriteHeader(status)
		return
	}
	if p.status == 0 {
		p.status = status
	}
}

// Write writes; the first bytes with the script in them.
func (p *page) Write(body []byte) (int, error) {
	if p.sent {
		return p.ResponseWriter.Write(body) //nolint:wrapcheck // a writer's error is its own
	}
	at, tag := -1, ""
	if p.isPage() {
		if at = placeOf(body); at >= 0 {
			tag = scriptTag(p.Header())
			p.grow(len(tag))
		}
	}
	p.send()
	if at < 0 {
		return p.ResponseWriter.Write(body) //nolint:wrapcheck // a writer's error is its own
	}
	whole := append(append(append(make([]byte, 0, len(body)+len(tag)), body[:at]...), tag...), body[at:]...)
	if _, err := p.ResponseWriter.Write(whole); err != nil {
		return 0, err //nolint:wrapcheck // a writer's error is its own
	}
	return len(body), nil
}

// isPage tells whether the headers are those of HTML that nobody has packed.
func (p *page) isPage() bool {
	h := p.Header()
	return strings.HasPrefix(h.Get("Content-Type"), "text/html") && h.Get("Content-Encoding") == "" && !p.head && p.status != http.StatusPartialContent
}

// grow adds to the length that the handler has said.
func (p *page) grow(more int) {
	h := p.Header()
	if n, err := strconv.Atoi(h.Get("Content-Length")); err == nil {
		h.Set("Content-Length", strconv.Itoa(n+more))
	}
}

func (p *page) send() {
	if !p.sent && p.status != 0 {
		p.ResponseWriter.WriteHeader(p.status)
	}
	p.sent = true
}

// end sends the headers of an answer without a body.
func (p *page) end() {
	if !p.sent {
		p.send()
	}
}

// FlushError sends what is there, for a ResponseController.
func (p *page) FlushError() error {
	p.send()
	return http.NewResponseController(p.ResponseWriter).Flush() //nolint:wrapcheck // a writer's error is its own
}

// Unwrap lets a ResponseController reach the connection.
func (p *page) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// beginning is how a whole page begins: a comment perhaps, then its type, <html> and <head>, each of which may be missing.
var beginning = regexp.MustCompile(`(?is)^(?:\x{FEFF}|\s|<!--.*?-->)*(?:<!doctype[^>]*>)?(?:\s|<!--.*?-->)*(?:<html(?:\s[^>]*)?>)?(?:\s|<!--.*?-->)*(?:<head(?:\s[^>]*)?>)?`)

// placeOf is where the script goes into a page, -1 in what is only a piece of one.
func placeOf(body []byte) int {
	at := beginning.FindIndex(body)
	if at == nil || !bytes.Contains(body[:at[1]], []byte("<")) || !whole.Match(body[:at[1]]) {
		return -1
	}
	return at[1]
}

var whole = regexp.MustCompile(`(?i)<(?:!doctype|html|head)\b`)

// nonce is what a policy asks of the scripts of its page.
var nonce = regexp.MustCompile(`'nonce-([A-Za-z0-9+/=_-]+)'`)

// scriptTag is the script of a page, as its policy wants it: from a file of the same origin, with the nonce if there is one.
func scriptTag(h http.Header) string {
	attr := ""
	if m := nonce.FindStringSubmatch(h.Get("Content-Security-Policy")); m != nil {
		attr = ` nonce="` + m[1] + `"`
	}
	return `<script src="` + ScriptPath + `"` + attr + ` async></script>`
}
