package value

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

func clustersOf(s string) []string {
	var all []string
	for it := graphemes.FromString(s); it.Next(); {
		all = append(all, it.Value())
	}
	return all
}

func TestClusterLen(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"க்ஷ": 2, "ஸ்ரீ": 2, "கௌ": 1, "👨‍👩‍👧": 1, "é": 1, "e\u0301": 1, "🇮🇳": 1, "🇮🇳🇮🇳🇮": 3, "\r\n": 1, "": 0, "a\r\nb": 3, "abcdefg\r\nhij": 11, "abcdef\r\nhij": 10, "abcdefghijk\r\n": 12, "\r": 1, "\n\r": 2, "வணக்கம்": 5,
		"क्ष": 1, "ক্ষ": 1, "క్ష": 1, "ക്ഷ": 1, "a̐": 1, "한국": 2, "ำ": 1, "👍🏽": 1, "ශ්‍රී": 2, "𝒳𝒴": 2, "vaNakkam": 8, "h1,h2\r\n1,2\r\n": 10,
	} {
		if got := ClusterLen(FromText(s)); got != want {
			t.Errorf("%q has %d clusters, want %d", s, got, want)
		}
	}
	if ClusterLen(FromInt(5)) != 0 {
		t.Error("a number has no clusters")
	}
}

func TestClusterAt(t *testing.T) {
	t.Parallel()
	v := FromText("வணக்கம் 𝒳👍🏽!")
	want := []string{"வ", "ண", "க்", "க", "ம்", " ", "𝒳", "👍🏽", "!"}
	for i, w := range want {
		if c, ok := ClusterAt(v, i); !ok || c.Text() != w {
			t.Errorf("cluster %d is %q, want %q", i, c.Text(), w)
		}
	}
	for _, i := range []int{-1, len(want)} {
		if _, ok := ClusterAt(v, i); ok {
			t.Errorf("there is a cluster %d", i)
		}
	}
	for _, c := range []struct {
		i, j int
		want string
	}{{2, 5, "க்கம்"}, {-3, 2, "வண"}, {7, 99, "👍🏽!"}, {4, 4, ""}, {5, 2, ""}} {
		if got := ClusterSlice(v, c.i, c.j).Text(); got != c.want {
			t.Errorf("clusters %d to %d are %q, want %q", c.i, c.j, got, c.want)
		}
	}
	if got := ClusterOffset(v, 2); got != len("வண") {
		t.Errorf("offset %d", got)
	}
	if got := ClusterOffset(v, 99); got != len(v.Text()) {
		t.Errorf("offset of the end: %d", got)
	}
}

// parts are texts whose joints merge clusters in every way.
var parts = []string{
	"க", "்", "ஷ", "ஸ்ரீ", "ா", "\r", "\n", "a", "vaNakkam", "é", "\u0301", "👨", "\u200d", "👩", "🇮", "🇳", "🏽", "👍", " ", "𝒳", "क", "्", "ष", "12",
	strings.Repeat("x", 70), strings.Repeat("த", 30),
}

// TestGrownIndex builds texts piece by piece, asking for the clusters in between, and compares with a text made at once.
func TestGrownIndex(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 1))
	for range 2000 {
		v, s := FromText(""), ""
		for range r.IntN(25) {
			p := parts[r.IntN(len(parts))]
			v, s = Concat(v, FromText(p)), s+p
			if r.IntN(2) == 0 {
				ClusterLen(v)
			}
		}
		want := clustersOf(s)
		if v.Text() != s || ClusterLen(v) != len(want) {
			t.Fatalf("%q: %d clusters, want %d", s, ClusterLen(v), len(want))
		}
		for i, w := range want {
			if c, _ := ClusterAt(v, i); c.Text() != w {
				t.Fatalf("%q: cluster %d is %q, want %q", s, i, c.Text(), w)
			}
		}
	}
}

func TestConcatBranches(t *testing.T) {
	t.Parallel()
	base := FromText(strings.Repeat("அ", 50))
	base = Concat(base, FromText("ஆ"))
	ClusterLen(base)
	left, right := Concat(base, FromText("இடது")), Concat(base, FromText("வலது"))
	again := Concat(left, FromInt(7))
	for _, c := range []struct {
		v    Value
		want string
	}{{base, ""}, {left, "இடது"}, {right, "வலது"}, {again, "இடது7"}} {
		if want := strings.Repeat("அ", 50) + "ஆ" + c.want; c.v.Text() != want || ClusterLen(c.v) != len(clustersOf(want)) {
			t.Errorf("%q, want %q", c.v.Text(), want)
		}
	}
}

// TestBranchesKeepTheirClusters grows one indexed text into two whose clusters have other widths, and asks the first after the second.
func TestBranchesKeepTheirClusters(t *testing.T) {
	t.Parallel()
	base := Concat(FromText(strings.Repeat("ம்", 50)), FromText("ஆ"))
	ClusterLen(base)
	left, right := Concat(base, FromText("abcdef")), Concat(base, FromText("👍🏽ஸ்ரீகௌ"))
	ClusterLen(left)
	ClusterLen(right)
	for _, v := range []Value{left, right, base} {
		for i, want := range clustersOf(v.Text()) {
			if c, _ := ClusterAt(v, i); c.Text() != want {
				t.Fatalf("cluster %d of %q is %q, want %q", i, v.Text(), c.Text(), want)
			}
		}
	}
}

func TestConcatKinds(t *testing.T) {
	t.Parallel()
	array := FromItems([]Value{FromInt(1), FromInt(2)})
	half := number(t, "1.50")
	cases := []struct {
		a, b Value
		want string
	}{
		{FromText("ந"), array, "ந[1, 2]"},
		{FromInt(5), FromInt(6), "56"},
		{FromInt(5), FromText("a"), "5a"},
		{FromText("n"), Nil, "nnil"},
		{Nil, FromBool(true), "niltrue"},
		{FromText(""), half, "1.5"},
		{half, FromText(""), "1.5"},
		{array, array, "[1, 2][1, 2]"},
		{FromText(strings.Repeat("ம்", 40)), half, strings.Repeat("ம்", 40) + "1.5"},
	}
	for _, c := range cases {
		if got := Concat(c.a, c.b); got.Kind() != TextKind || got.Text() != c.want {
			t.Errorf("%s & %s = %q", c.a.Display(), c.b.Display(), got.Text())
		}
	}
	if got := Joined(FromText("மொத்தம் "), half, Nil).Text(); got != "மொத்தம் 1.5nil" {
		t.Errorf("Joined: %q", got)
	}
}

// TestConcatConcurrently appends to one text from many goroutines; -race watches the shared buffer and index.
func TestConcatConcurrently(t *testing.T) {
	t.Parallel()
	base := Concat(FromText(strings.Repeat("க்", 40)), FromText("ஷ"))
	var wg sync.WaitGroup
	results := make([]Value, 16)
	for g := range results {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v := base
			for i := range 200 {
				v = Concat(v, FromText(fmt.Sprint(g, ",", i, "ஸ்ரீ")))
				ClusterLen(base)
				if i%20 == 0 {
					ClusterLen(v)
				}
			}
			results[g] = v
		}()
	}
	wg.Wait()
	for g, v := range results {
		want := base.Text()
		for i := range 200 {
			want += fmt.Sprint(g, ",", i, "ஸ்ரீ")
		}
		if v.Text() != want || ClusterLen(v) != len(clustersOf(want)) {
			t.Errorf("goroutine %d got another text", g)
		}
	}
}

// TestTextIsLinear counts allocated bytes, which do not depend on the machine's load: building and asking must not copy per step.
func TestTextIsLinear(t *testing.T) {
	piece := FromText("வ")
	build := func(n int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		v := FromText("")
		for range n {
			v = Concat(v, piece)
			ClusterLen(v)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	small, large := build(20_000), build(40_000)
	if large > small*23/10 {
		t.Errorf("20,000 steps take %d bytes, 40,000 take %d", small, large)
	}
}

func TestIteration(t *testing.T) {
	t.Parallel()
	cases := []struct {
		v    Value
		want []string
	}{
		{FromItems([]Value{FromInt(1), FromText("இரண்டு")}), []string{"1", "இரண்டு"}},
		{FromItems(nil), nil},
		{FromFields([]string{"ஆ", "அ", "b"}, []Value{FromInt(1), FromInt(2), FromInt(3)}), []string{"b", "அ", "ஆ"}},
		{FromText("க்ஷ👍🏽a"), []string{"க்", "ஷ", "👍🏽", "a"}},
		{FromText(""), nil},
	}
	for _, c := range cases {
		it, err := NewIter(c.v)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for v, ok := it.Next(); ok; v, ok = it.Next() {
			got = append(got, v.Display())
		}
		if _, ok := it.Next(); ok || !slices.Equal(got, c.want) || it.Len() != len(c.want) {
			t.Errorf("walking %s gives %q", c.v.Display(), got)
		}
	}
	for _, v := range []Value{Nil, FromInt(1), FromBool(true), FromOk(Nil)} {
		if _, err := NewIter(v); shown(Nil, err) != CodeNotIterable {
			t.Errorf("walking %s: %v", v.Display(), err)
		}
	}
}

func TestIterationIsASnapshot(t *testing.T) {
	t.Parallel()
	x := FromItems([]Value{FromInt(1), FromInt(2), FromInt(3)})
	it, _ := NewIter(x)
	it.Next()
	x, _ = SetIndex(x, FromInt(1), FromInt(20))
	x, _ = Append(x, FromInt(4))
	second, _ := it.Next()
	if second.Display() != "2" || x.Display() != "[1, 20, 3, 4]" || it.Len() != 3 {
		t.Errorf("the walk sees %s, the array is %s", second.Display(), x.Display())
	}
	r := FromFields([]string{"a"}, []Value{FromInt(1)})
	keys, _ := NewIter(r)
	r, _ = SetField(r, "b", FromInt(2))
	if keys.Len() != 1 || len(r.Record().Keys()) != 2 {
		t.Error("the walk sees a field added later")
	}
}
