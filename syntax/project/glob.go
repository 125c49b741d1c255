package project

import (
	"path"
	"strings"
)

// Match tells whether a slash-separated path fits a pattern: * and ? stand for letters of one name, [a-z] for one letter,
// ** for any number of folders. A malformed pattern fits nothing.
func Match(pattern, name string) bool {
	return matchParts(strings.Split(pattern, "/"), strings.Split(name, "/"))
}

// matchParts is quadratic at worst: of several ** only the last one is ever tried again.
func matchParts(pattern, name []string) bool {
	p, n := 0, 0
	star, from := -1, 0
	for n < len(name) {
		if p < len(pattern) && pattern[p] == "**" {
			star, from = p, n
			p++
			continue
		}
		if p < len(pattern) {
			if ok, err := path.Match(pattern[p], name[n]); err == nil && ok {
				p, n = p+1, n+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		from++
		p, n = star+1, from
	}
	for p < len(pattern) && pattern[p] == "**" {
		p++
	}
	return p == len(pattern)
}

// excluded tells whether a path, or a folder above it, fits one of the patterns. "x" and "x/" mean the path x with all
// that lies below; a pattern without a slash fits at any depth.
func excluded(patterns []string, name string) bool {
	for _, pattern := range patterns {
		pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
		deep := !strings.Contains(pattern, "/")
		for at := name; at != "." && at != "/" && at != ""; at = path.Dir(at) {
			if Match(pattern, at) || deep && Match(pattern, path.Base(at)) {
				return true
			}
		}
	}
	return false
}
