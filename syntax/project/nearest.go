package project

import "strings"

// nearest is the last part of the key that was probably meant: among its siblings, no more than a third of the letters
// changed.
func nearest(parts []string) string {
	wrong := parts[len(parts)-1]
	best, least := "", max(1, len([]rune(wrong))/3)+1
	for _, k := range keys() {
		p := strings.Split(k.Path, ".")
		if len(p) < len(parts) || !fits(p[:len(parts)-1], parts[:len(parts)-1]) {
			continue
		}
		if name := p[len(parts)-1]; name != "*" {
			if d := distance([]rune(strings.ToLower(wrong)), []rune(name)); d < least {
				best, least = name, d
			}
		}
	}
	return best
}

// distance counts the letters to change, add or leave out, or to swap with their neighbours.
func distance(a, b []rune) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
