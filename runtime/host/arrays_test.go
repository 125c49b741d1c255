package host

import (
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
)

func TestArrays(t *testing.T) {
	t.Parallel()
	people := list(
		fields{"பெயர்", "அ", "n", 2}, fields{"பெயர்", "ஆ", "n", 1}, fields{"பெயர்", "இ"}, fields{"பெயர்", "ஈ", "n", "1.0"},
		"ஸ்ரீ", fields{"பெயர்", "உ", "n", "xyz"}, fields{"பெயர்", "ஊ", "n", num("0.5")},
	)
	check(t, Env{}, []row{
		{"நீளம்", list("க்ஷ"), "2"},
		{"nILam", list("ஸ்ரீ கௌ 👨‍👩‍👧 👍🏽 𝒳"), "10"},
		{"நீளம்", list(""), "0"},
		{"நீளம்", list(list(1, list(2, 3))), "2"},
		{"நீளம்", list(fields{"அ", 1, "b", 2}), "2"},
		{"நீளம்", list(fields{}), "0"},
		{"நீளம்", list(5), "! E0373: நீளம், a number"},
		{"நீளம்", list(nil), "! E0373: நீளம், nil"},
		{"நீளம்", list(ok("அ")), "! E0373: நீளம், a result"},
		{"நீளம்", list(true), "! E0373: நீளம், a boolean"},

		{"இணை", list(list(), 1), "[1]"},
		{"iNY", list(list("அ"), list("கௌ")), "[அ, [கௌ]]"},
		{"இணை", list("அ", 1), "! E0370: இணை, 1, a string"},
		{"_append", list(fields{}, 1), "! E0370: இணை, 1, a record"},

		{"வரிசையாக்கு", list(list(10, 9, num("9.5"), -1)), "[-1, 9, 9.5, 10]"},
		{"varicYyAkku", list(list("ஆ", "அ", "a", "கௌ", "B", "க", "𝒳")), "[B, a, அ, ஆ, க, கௌ, 𝒳]"},
		{"வரிசையாக்கு", list(list(10, "9", nil, list(3))), "[10, 9, [3], nil]"},
		{"வரிசையாக்கு", list(list()), "[]"},
		{"வரிசையாக்கு", list(nil), "! E0370: வரிசையாக்கு, 1, nil"},

		{
			"புலத்தால்_வரிசையாக்கு", list(people, "n", false),
			"[{பெயர்: இ}, ஸ்ரீ, {n: xyz, பெயர்: உ}, {n: 0.5, பெயர்: ஊ}, {n: 1, பெயர்: ஆ}, {n: 1.0, பெயர்: ஈ}, {n: 2, பெயர்: அ}]",
		},
		{
			"pulaqqAl_varicYyAkku", list(people, "n", true),
			"[{n: 2, பெயர்: அ}, {n: 1, பெயர்: ஆ}, {n: 1.0, பெயர்: ஈ}, {n: 0.5, பெயர்: ஊ}, {பெயர்: இ}, ஸ்ரீ, {n: xyz, பெயர்: உ}]",
		},
		{"புலத்தால்_வரிசையாக்கு", list(list(fields{"1", 2}, fields{"1", 1}), 1, 0), "[{1: 1}, {1: 2}]"},
		{"புலத்தால்_வரிசையாக்கு", list(3, "n", false), "! E0370: புலத்தால்_வரிசையாக்கு, 1, a number"},
	})
}

// Sorting by a number that two items share keeps their order, both ways.
func TestSortIsStable(t *testing.T) {
	t.Parallel()
	var items []any
	for i := range 100 {
		items = append(items, fields{"k", i % 3, "i", i})
	}
	for _, descending := range []bool{false, true} {
		v, err := do(t, Env{}, "புலத்தால்_வரிசையாக்கு", items, "k", descending)
		if err != nil {
			t.Fatal(err)
		}
		var last value.Value
		for n, x := range v.Array().Items {
			if n > 0 && value.Equal(at(last, "k"), at(x, "k")) && !value.Less(at(last, "i"), at(x, "i")) {
				t.Fatalf("descending %v: %s stands before %s", descending, last.Display(), x.Display())
			}
			last = x
		}
	}
}

// at is a field that the record has.
func at(v value.Value, name string) value.Value {
	x, _ := v.Record().Get(name)
	return x
}

// A word answers a new array: the old one and what both hold stay as they were under later writes.
func TestArraysDoNotAlias(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"இணை", "வரிசையாக்கு", "புலத்தால்_வரிசையாக்கு"} {
		part := val(list(1, 2))
		old := value.FromItems([]value.Value{part})
		args := map[string][]any{"இணை": {old, 3}, "வரிசையாக்கு": {old}, "புலத்தால்_வரிசையாக்கு": {old, "f", false}}[word]
		fresh, err := do(t, Env{}, word, args...)
		if err != nil {
			t.Fatal(err)
		}
		first, err := value.Index(fresh, val(0))
		if err != nil {
			t.Fatal(err)
		}
		if first, err = value.SetIndex(first, val(0), val("அ")); err != nil {
			t.Fatal(err)
		}
		if got := old.Display() + first.Display(); got != "[[1, 2]][அ, 2]" {
			t.Errorf("%s: old and changed part are %s", word, got)
		}
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	r := fields{"பெயர்", "கௌரி", "1", "ஒன்று", "true", "𝒳", "எதுவும்", nil}
	check(t, Env{}, []row{
		{"புலம்_உள்ளதா", list(r, "பெயர்"), "true"},
		{"pulam_uLLaqA", list(r, "பெயர"), "false"},
		{"புலம்_உள்ளதா", list(r, num("1.0")), "true"},
		{"புலம்_உள்ளதா", list(r, true), "true"},
		{"புலம்_உள்ளதா", list(r, "எதுவும்"), "true"},
		{"புலம்_உள்ளதா", list(list(), "அ"), "! E0371: புலம்_உள்ளதா, 1, an array"},
		{"புலம்_அல்லது", list(r, "பெயர்", 0), "கௌரி"},
		{"pulam_allaqu", list(r, "இல்லாதது", list(7)), "[7]"},
		{"புலம்_அல்லது", list(r, "எதுவும்", 5), "nil"},
		{"புலம்_அல்லது", list(r, true, 5), "𝒳"},
		{"_fieldOr", list("அ", "ஆ", 1), "! E0371: புலம்_அல்லது, 1, a string"},
	})
}
