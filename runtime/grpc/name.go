package grpc

import (
	"fmt"
	"strings"

	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// Identifier is a name as protobuf can have it, which takes ASCII letters, digits and "_" only: Tamil is romanised
// (language/grammar.md 9), and what that leaves becomes "_" with its code point, so that names do not become one. ASCII names
// stay as they are.
func Identifier(name string) string {
	var out strings.Builder
	for _, r := range ezuqqu.FromTamil(name) {
		switch {
		case r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			out.WriteRune(r)
		case r >= '0' && r <= '9':
			if out.Len() == 0 {
				out.WriteByte('_')
			}
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, "_%X", r)
		}
	}
	return out.String()
}

// procedure splits "package.service/method" into the full name of the service and the method, as protobuf has them.
func procedure(name string) (service, method string, ok bool) {
	service, method, ok = strings.Cut(strings.TrimPrefix(strings.TrimSpace(name), "/"), "/")
	if !ok || method == "" || strings.ContainsAny(name, "\\?#%:") || strings.Contains(method, "/") {
		return "", "", false
	}
	parts := strings.Split(service, ".")
	for i, part := range parts {
		if part == "" {
			return "", "", false
		}
		parts[i] = Identifier(part)
	}
	return strings.Join(parts, "."), Identifier(method), true
}

// unique adds a number to a name that is taken, and takes it.
func unique(name string, taken map[string]bool) string {
	for n := 2; taken[name]; n++ {
		if next := fmt.Sprintf("%s_%d", name, n); !taken[next] {
			name = next
		}
	}
	taken[name] = true
	return name
}
