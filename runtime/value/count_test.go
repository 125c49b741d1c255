package value

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

func naiveLen(s string) int {
	n := 0
	for it := graphemes.FromString(s); it.Next(); n++ {
	}
	return n
}

// TestLengthOfLargeTexts grows large texts piece by piece, with pieces that join the cluster before them, and asks for the
// length and now and then for a cluster.
func TestLengthOfLargeTexts(t *testing.T) {
	t.Parallel()
	pieces := []string{"அ", "கி", "ி", "்", "ஷ", "க்", "a", "12", "\r", "\n", "👍", "🏽", "👨", "\u200d", "𝒳", "🇮", "🇳", strings.Repeat("ab", 40), " "}
	for seed := range int64(6) {
		r := rand.New(rand.NewSource(seed))
		start := strings.Repeat("x", largeRest)
		if seed%2 == 0 {
			start = strings.Repeat("தமிழ்", largeRest/12)
		}
		v := FromText(start)
		for step := range 400 {
			v = Extend(v, []Value{FromText(pieces[r.Intn(len(pieces))]), FromText(pieces[r.Intn(len(pieces))])})
			if got, want := ClusterLen(v), naiveLen(v.Text()); got != want {
				t.Fatalf("seed %d step %d: %d clusters, want %d", seed, step, got, want)
			}
			if seed > 2 && step%50 == 49 {
				last, ok := ClusterAt(v, ClusterLen(v)-1)
				if !ok || !strings.HasSuffix(v.Text(), last.Text()) || last.Text() == "" {
					t.Fatalf("seed %d step %d: the last cluster is %q", seed, step, last.Text())
				}
			}
		}
	}
}

func TestExtend(t *testing.T) {
	t.Parallel()
	a := FromText(strings.Repeat("அ", 40))
	b := Extend(a, []Value{FromInt(5), FromText("ஆ"), Nil})
	c := Extend(a, []Value{FromText("இ"), FromBool(true)})
	if want := a.Text() + "5ஆnil"; b.Text() != want {
		t.Errorf("%q", b.Text())
	}
	if want := a.Text() + "இtrue"; c.Text() != want {
		t.Errorf("%q", c.Text())
	}
	if got := Extend(FromInt(7), []Value{FromText("𝒳")}).Text(); got != "7𝒳" {
		t.Errorf("%q", got)
	}
	if got := Extend(FromText(""), []Value{FromText("")}).Text(); got != "" {
		t.Errorf("%q", got)
	}
}
