package httpd

import (
	"net/http"
	"strings"
	"time"
)

// unchanged tells whether the client has the answer already whose ETag or Last-Modified stand in its headers (RFC 9110,
// 13.1.2 and 13.1.3): it is told 304 then.
func unchanged(r *http.Request, head http.Header) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if tags := r.Header["If-None-Match"]; tags != nil {
		return hasTag(strings.Join(tags, ","), head.Get("Etag"))
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	if err != nil {
		return false
	}
	changed, err := http.ParseTime(head.Get("Last-Modified"))
	return err == nil && !changed.Truncate(time.Second).After(since)
}

// hasTag looks for an entity tag in a list of them, weakly: a compressed answer stands for the same thing.
func hasTag(list, tag string) bool {
	if tag = strings.TrimPrefix(tag, "W/"); tag == "" {
		return false
	}
	if strings.TrimSpace(list) == "*" {
		return true
	}
	for list = strings.TrimLeft(list, " \t,"); list != ""; list = strings.TrimLeft(list, " \t,") {
		list = strings.TrimPrefix(list, "W/")
		if list == "" || list[0] != '"' {
			return false
		}
		end := strings.IndexByte(list[1:], '"')
		if end < 0 {
			return false
		}
		if list[:end+2] == tag {
			return true
		}
		list = list[end+2:]
	}
	return false
}

// notModified answers that nothing has changed, with the headers that a cache keeps.
func notModified(w http.ResponseWriter) {
	head := w.Header()
	for _, name := range [...]string{"Content-Type", "Content-Length", "Content-Encoding", "Content-Range"} {
		delete(head, name)
	}
	w.WriteHeader(http.StatusNotModified)
}
