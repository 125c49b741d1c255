package httpd

import (
	"strconv"
	"strings"
)

// quality is how much a client wants something (RFC 9110, 12.4.2), from 0 to 1000: a type in an Accept header, or a coding
// in Accept-Encoding. The most specific range that covers it counts; what no range covers is not wanted.
func quality(accept, what string) int {
	best, exact := 0, -1
	family, _, isType := strings.Cut(what, "/")
	for item := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		rank := -1
		switch {
		case name == what:
			rank = 2
		case isType && name == family+"/*":
			rank = 1
		case name == "*/*" && isType, name == "*" && !isType:
			rank = 0
		}
		if rank > exact {
			best, exact = weight(params), rank
		}
	}
	return best
}

// weight is the parameter q, in thousandths; 1000 without one, 0 when it is broken.
func weight(params string) int {
	for p := range strings.SplitSeq(params, ";") {
		name, text, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return int(q * 1000)
	}
	return 1000
}
