package httpd

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

const (
	// minCompressed is from how many bytes a body is worth compressing: below, a packet is saved by nothing.
	minCompressed = 1 << 10
	// compressLevel is where time and size are both good for texts.
	compressLevel = 4
)

// compressor is a writer with the room for what it writes.
type compressor struct {
	zip *gzip.Writer
	out bytes.Buffer
}

// compressors are for the next bodies.
var compressors = sync.Pool{New: func() any {
	zip, err := gzip.NewWriterLevel(nil, compressLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &compressor{zip: zip}
}}

// compress is a whole body as gzip has it, for as long as f runs.
func compress(body []byte, f func(zipped []byte)) {
	c, _ := compressors.Get().(*compressor)
	c.out.Reset()
	c.zip.Reset(&c.out)
	_, _ = c.zip.Write(body) // a buffer takes everything
	_ = c.zip.Close()
	f(c.out.Bytes())
	if c.out.Cap() <= maxPooled {
		compressors.Put(c)
	}
}

// worthIt tells whether an answer of this length may be compressed, whoever asks. What belongs to a part of a body, is
// compressed already, or must not be changed on its way (RFC 9111, 5.2.2.6) is not.
func worthIt(head http.Header, status int, length int64) bool {
	if length < minCompressed || status < http.StatusOK || status == http.StatusNoContent || status == http.StatusPartialContent ||
		status == http.StatusNotModified || head["Content-Encoding"] != nil || head["Content-Range"] != nil {
		return false
	}
	for _, text := range head["Cache-Control"] {
		if strings.Contains(strings.ToLower(text), "no-transform") {
			return false
		}
	}
	return compressible(head.Get("Content-Type"))
}

// compressible tells whether bodies of a type are mostly text.
func compressible(media string) bool {
	media, _, _ = strings.Cut(media, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch media {
	case "application/javascript", "application/wasm", "application/x-ndjson", "application/sql", "application/rtf",
		"application/vnd.ms-fontobject", "font/ttf", "font/otf", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon":
		return true
	case "text/event-stream":
		return false
	}
	return strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "json") || strings.HasSuffix(media, "xml")
}

// takesGzip tells whether a client would rather have gzip than a body as it is.
func takesGzip(r *http.Request) bool {
	accept := r.Header.Get("Accept-Encoding")
	if len(r.Header["Accept-Encoding"]) > 1 {
		accept = strings.Join(r.Header["Accept-Encoding"], ",")
	}
	if accept == "" {
		return false
	}
	zip := quality(accept, "gzip")
	return zip > 0 && zip >= named(accept, "identity")
}

// named is the quality of a coding that is named, 0 when it is not.
func named(accept, what string) int {
	for item := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(item, ";")
		if strings.EqualFold(strings.TrimSpace(name), what) {
			return weight(params)
		}
	}
	return 0
}

// zipped says in the headers that a body is compressed. Its tag is weak: the same bytes are not promised.
func zipped(head http.Header) {
	head["Content-Encoding"] = []string{"gzip"}
	if tag := head.Get("Etag"); tag != "" && !strings.HasPrefix(tag, "W/") {
		head["Etag"] = []string{"W/" + tag}
	}
	delete(head, "Accept-Ranges")
}

// addVary adds a header to those that an answer depends on.
func addVary(head http.Header, name string) {
	for _, text := range head["Vary"] {
		for item := range strings.SplitSeq(text, ",") {
			if item = strings.TrimSpace(item); item == "*" || strings.EqualFold(item, name) {
				return
			}
		}
	}
	head.Add("Vary", name)
}
