package httpd

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strings"
)

// Trace is the W3C trace id of the request, 32 hex digits: that of a valid traceparent header, else a new one. It stands
// in the answer's problem body and in the log, so that both can be found from each other.
func (x *Exchange) Trace() string {
	if x.trace == "" {
		x.trace = traceOf(x.Request.raw.Header.Get("Traceparent"))
	}
	return x.trace
}

// TraceID is the trace id of the request in whose run ctx is, or "".
func TraceID(ctx context.Context) string {
	if x, ok := ctx.Value(exchangeKey{}).(*Exchange); ok {
		return x.Trace()
	}
	return ""
}

// traceOf reads the trace id of a traceparent header (W3C Trace Context, 3.2), or makes one.
func traceOf(header string) string {
	version, rest, _ := strings.Cut(header, "-")
	id, rest, _ := strings.Cut(rest, "-")
	parent, flags, _ := strings.Cut(rest, "-")
	flags, more, tail := strings.Cut(flags, "-")
	known := version == "00" && !tail || version > "00" && version != "ff" && (more != "" || !tail)
	if known && isHex(version, 2) && isHex(id, 32) && isHex(parent, 16) && isHex(flags, 2) && !isZero(id) && !isZero(parent) {
		return id
	}
	return newTrace()
}

func newTrace() string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:], rand.Uint64())    //nolint:gosec // an id, no secret
	binary.BigEndian.PutUint64(raw[8:], rand.Uint64()|1) //nolint:gosec // all zero is no id
	return hex.EncodeToString(raw[:])
}

// isHex tells whether a text is n hex digits in lower case.
func isHex(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789abcdef") == ""
}

func isZero(s string) bool { return strings.Trim(s, "0") == "" }
