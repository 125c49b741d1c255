package value

import (
	"math"
	"strings"
	"testing"
)

// The measure is exact: it is the length of what would be written.
func TestMeasures(t *testing.T) {
	t.Parallel()
	values := append(samples(t),
		FromText("கௌ𝒳👍🏽\x00\x1f\"\\\n\r\t/"), FromText("a\xff\xe0b"), FromInt(math.MinInt64), FromInt(math.MaxInt64), FromInt(-9), FromInt(10),
		record("கௌ\"", FromInt(1), "b\n", FromInt(-22)), nested(FromInt(1), 30), nested(FromInt(1), MaxDisplayDepth+5),
	)
	values = append(values, FromItems(values), FromOk(FromItems(values[:3])), FromErr(FromText("தவறு")), FromItems(nil), FromFields(nil, nil))
	for _, v := range values {
		shown, json := v.Display(), string(AppendJSON(nil, v))
		if got := DisplaySize(v, math.MaxInt); got != len(shown) {
			t.Errorf("DisplaySize = %d, want %d: %.80s", got, len(shown), shown)
		}
		if got := JSONSize(v, math.MaxInt); got != len(json) {
			t.Errorf("JSONSize = %d, want %d: %.80s", got, len(json), json)
		}
		if n := len(shown); DisplaySize(v, n) != n || DisplaySize(v, n-1) <= n-1 {
			t.Errorf("the limit is off by one: %.80s", shown)
		}
	}
}

// tower is [[… [v, v] …], …] with 2^n leaves in n objects.
func tower(v Value, n int) Value {
	for range n {
		Share(v)
		v = FromItems([]Value{v, v})
	}
	return v
}

func TestMeasuresOfTowersEnd(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("கௌ", 1000)
	for _, v := range []Value{tower(FromInt(1), 80), tower(FromText(long), 80), tower(FromItems(nil), 80), tower(record(long, FromInt(1)), 80)} {
		if n := DisplaySize(v, 1<<16); n <= 1<<16 {
			t.Errorf("DisplaySize = %d", n)
		}
		if n := JSONSize(v, 1<<16); n <= 1<<16 {
			t.Errorf("JSONSize = %d", n)
		}
		if got := Brief(v); got != "[…]" {
			t.Errorf("Brief = %.80s", got)
		}
	}
	for want, v := range map[string]Value{"சரி(…)": FromOk(tower(Nil, 60)), "தவறு(…)": FromErr(tower(Nil, 60)), "{…}": record("x", tower(Nil, 60)), "[1]": list(1)} {
		if got := Brief(v); got != want {
			t.Errorf("Brief = %.80s, want %s", got, want)
		}
	}
}

// An aggregate is a key by its display text, but not by endless text.
func TestKeysOfTowers(t *testing.T) {
	t.Parallel()
	rec, key := record("[1]", FromInt(7)), tower(FromInt(1), 60)
	if v, err := Index(rec, list(1)); err != nil || v.Display() != "7" {
		t.Errorf("%v, %v", v.Display(), err)
	}
	if _, err := Index(rec, key); err == nil || !strings.HasPrefix(err.Error(), CodeKeyTooLong) {
		t.Errorf("Index: %v", err)
	}
	if _, err := SetIndex(rec, key, Nil); err == nil || !strings.HasPrefix(err.Error(), CodeKeyTooLong) {
		t.Errorf("SetIndex: %v", err)
	}
}
