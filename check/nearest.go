package check

import (
	"slices"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// nearest is the candidate that a mistyped name most likely meant: at most a third of its letters wrong, one at least.
// Letters are grapheme clusters. It answers "" when none is near.
func nearest(wrong string, candidates []string) string {
	letters := clusters(wrong)
	limit := max(1, len(letters)/3)
	best, bestAt := "", limit+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		other := clusters(c)
		if len(other) > len(letters)+limit || len(letters) > len(other)+limit || len(letters) < 2 {
			continue
		}
		if d := distance(letters, other); d < bestAt {
			best, bestAt = c, d
		}
	}
	return best
}

func clusters(s string) []string {
	var out []string
	for it := graphemes.FromString(s); it.Next(); {
		out = append(out, it.Value())
	}
	return out
}

// distance is the number of letters to change, add or drop.
func distance(a, b []string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
