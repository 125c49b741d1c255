package value

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func list(vals ...int64) Value {
	items := make([]Value, len(vals))
	for i, n := range vals {
		items[i] = FromInt(n)
	}
	return FromItems(items)
}

func record(pairs ...any) Value {
	var keys []string
	var vals []Value
	for i := 0; i < len(pairs); i += 2 {
		keys = append(keys, pairs[i].(string))
		vals = append(vals, pairs[i+1].(Value))
	}
	return FromFields(keys, vals)
}

func TestWritesInPlaceWhenUnshared(t *testing.T) {
	t.Parallel()
	a := list(1, 2)
	b, err := SetIndex(a, FromInt(0), FromInt(9))
	if err != nil || b.Ref != a.Ref || b.Display() != "[9, 2]" {
		t.Errorf("SetIndex made %s, %v", b.Display(), err)
	}
	c, err := Append(b, FromInt(3))
	if err != nil || c.Ref != a.Ref || c.Display() != "[9, 2, 3]" {
		t.Errorf("Append made %s, %v", c.Display(), err)
	}
	r := record("அ", FromInt(1))
	s, err := SetField(r, "அ", FromInt(2))
	if err == nil {
		s, err = SetField(s, "b", FromInt(3))
	}
	if err != nil || s.Ref != r.Ref || s.Display() != "{b: 3, அ: 2}" {
		t.Errorf("SetField made %s, %v", s.Display(), err)
	}
}

func TestSharedIsCopied(t *testing.T) {
	t.Parallel()
	inner := list(1)
	x := FromItems([]Value{inner, FromOk(list(5)), record("a", list(7))})
	before := x.Display()
	Share(x)
	y, _ := SetIndex(x, FromInt(0), FromText("புதிது"))
	z, _ := Append(x, FromInt(4))
	if x.Display() != before || y.Display() != "[புதிது, சரி([5]), {a: [7]}]" || z.Display() != "[[1], சரி([5]), {a: [7]}, 4]" {
		t.Errorf("x %s, y %s, z %s", x.Display(), y.Display(), z.Display())
	}
	if IsShared(y) || IsShared(z) || !IsShared(x) {
		t.Error("a copy must be unshared, the original stays shared")
	}
	if !IsShared(inner) || !IsShared(z.Array().Items[1].Inner()) || !IsShared(z.Array().Items[2]) {
		t.Error("copying an array must mark what is inside")
	}
	deep, _ := Index(z, FromInt(2))
	deep, _ = SetField(deep, "b", FromInt(8))
	if x.Display() != before || deep.Display() != "{a: [7], b: 8}" {
		t.Errorf("writing below changed %s", x.Display())
	}
}

func TestShareGoesThroughResults(t *testing.T) {
	t.Parallel()
	a := list(1)
	Share(FromOk(FromErr(a)))
	if !IsShared(a) {
		t.Error("sharing சரி(தவறு([1])) must share the array")
	}
	for _, v := range []Value{Nil, FromInt(1), FromText("அ"), FromFunc(&Func{})} {
		Share(v)
		if IsShared(v) || !Own(v).Same(v) {
			t.Errorf("%s has nothing to share", v.Display())
		}
	}
}

// TestAliasing runs random programs of assignments and writes on variables that share, and compares with deep copies.
func TestAliasing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 1))
	for range 3000 {
		vars := []Value{list(1, 2, 3), record("அ", list(1), "b", FromInt(2)), list()}
		want := make([]any, len(vars))
		for i, v := range vars {
			want[i] = model(v)
		}
		for range 30 {
			step(t, r, vars, want)
		}
		for i, v := range vars {
			if !reflect.DeepEqual(model(v), want[i]) {
				t.Fatalf("variable %d became %s through another one", i, v.Display())
			}
		}
	}
}

// model is v as plain Go values, deeply copied.
func model(v Value) any {
	switch v.Kind() {
	case ArrayKind:
		items := []any{}
		for _, x := range v.Array().Items {
			items = append(items, model(x))
		}
		return &items
	case RecordKind:
		m := map[string]any{}
		for i, k := range v.Record().Layout.Keys() {
			m[k] = model(v.Record().Slots[i])
		}
		return m
	}
	return v.Display()
}

func copyModel(x any) any {
	switch x := x.(type) {
	case *[]any:
		items := []any{}
		for _, y := range *x {
			items = append(items, copyModel(y))
		}
		return &items
	case map[string]any:
		m := map[string]any{}
		for k, y := range x {
			m[k] = copyModel(y)
		}
		return m
	}
	return x
}

// step does one random assignment or write to vars and to the model.
func step(t *testing.T, r *rand.Rand, vars []Value, want []any) {
	t.Helper()
	i, j := r.IntN(len(vars)), r.IntN(len(vars))
	if size(want[j]) > 40 {
		return
	}
	switch r.IntN(4) {
	case 0:
		Share(vars[j])
		vars[i], want[i] = vars[j], copyModel(want[j])
	case 1:
		if a, ok := want[i].(*[]any); ok {
			Share(vars[j])
			*a = append(*a, copyModel(want[j]))
			vars[i] = must(t)(Append(vars[i], vars[j]))
		}
	case 2:
		if m, ok := want[i].(map[string]any); ok {
			k := string(rune('அ' + r.IntN(3)))
			Share(vars[j])
			m[k] = copyModel(want[j])
			vars[i] = must(t)(SetField(vars[i], k, vars[j]))
		}
	case 3:
		writeBelow(t, r, vars, want, i)
	}
}

// writeBelow does x[k][0] = n, as the machine does it: take the part, change it, put it back.
func writeBelow(t *testing.T, r *rand.Rand, vars []Value, want []any, i int) {
	t.Helper()
	a, ok := want[i].(*[]any)
	if !ok || len(*a) == 0 {
		return
	}
	k := r.IntN(len(*a))
	b, ok := (*a)[k].(*[]any)
	if !ok || len(*b) == 0 {
		return
	}
	n := FromInt(r.Int64N(100))
	(*b)[0] = n.Display()
	vars[i] = Own(vars[i])
	part := must(t)(Index(vars[i], FromInt(int64(k))))
	part = must(t)(SetIndex(part, FromInt(0), n))
	vars[i] = must(t)(SetIndex(vars[i], FromInt(int64(k)), part))
}

func size(x any) int {
	n := 1
	switch x := x.(type) {
	case *[]any:
		for _, y := range *x {
			n += size(y)
		}
	case map[string]any:
		for _, y := range x {
			n += size(y)
		}
	}
	return n
}

func must(t *testing.T) func(Value, error) Value {
	return func(v Value, err error) Value {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestIndexing(t *testing.T) {
	t.Parallel()
	a, text := list(1, 2, 3), FromText("க்ஷ👍🏽")
	rec := record("1", FromText("ஒன்று"), "true", FromText("மெய்"), "பெயர்", FromText("ராஜா"), "1.5", FromInt(15))
	third, _ := Div(FromInt(1), FromInt(3))
	cases := []struct {
		base, i Value
		want    string
	}{
		{a, FromText("1"), "2"},
		{a, FromBool(true), "2"},
		{a, FromText("x"), "1"},
		{a, Nil, "1"},
		{a, number(t, "2.00"), "3"},
		{a, FromInt(3), CodeIndexRange},
		{a, FromInt(-1), CodeIndexRange},
		{a, number(t, "0.5"), CodeIndexNotWhole},
		{a, third, CodeIndexNotWhole},
		{a, number(t, "1e28"), CodeIndexRange},
		{a, FromDecimal(number(t, "-0.5").Decimal().Ceil()), "1"},
		{text, FromInt(0), "க்"},
		{text, FromText("2"), "👍🏽"},
		{text, FromInt(3), CodeIndexRange},
		{text, number(t, "1.1"), CodeIndexNotWhole},
		{rec, FromInt(1), "ஒன்று"},
		{rec, number(t, "1.0"), "ஒன்று"},
		{rec, FromBool(true), "மெய்"},
		{rec, FromText("பெயர்"), "ராஜா"},
		{rec, number(t, "1.50"), "15"},
		{rec, FromText("இல்லை"), CodeNoField},
		{FromInt(5), FromInt(0), CodeNotIndexable},
		{Nil, FromInt(0), CodeNotIndexable},
		{FromOk(a), FromInt(0), CodeNotIndexable},
	}
	for _, c := range cases {
		if got := shown(Index(c.base, c.i)); got != c.want {
			t.Errorf("%s[%s] = %s, want %s", c.base.Display(), c.i.Display(), got, c.want)
		}
	}
}

func TestWritingErrors(t *testing.T) {
	t.Parallel()
	shape := &Shape{Name: "கடன்", Fields: []string{"அசல்"}}
	loan := ShapeRecord(shape, NewLayout("அசல்"), []Value{FromInt(1)})
	cases := []struct {
		name string
		do   func() (Value, error)
		want string
	}{
		{"past the end", func() (Value, error) { return SetIndex(list(1), FromInt(1), Nil) }, CodeIndexRange},
		{"half", func() (Value, error) { return SetIndex(list(1), number(t, "0.5"), Nil) }, CodeIndexNotWhole},
		{"text", func() (Value, error) { return SetIndex(FromText("அஆ"), FromInt(0), Nil) }, CodeTextAssign},
		{"number", func() (Value, error) { return SetIndex(FromInt(5), FromInt(0), Nil) }, CodeNotSettable},
		{"field of text", func() (Value, error) { return SetField(FromText("அ"), "a", Nil) }, CodeTextAssign},
		{"field of a number", func() (Value, error) { return SetField(FromInt(5), "a", Nil) }, CodeNotRecord},
		{"read field of a number", func() (Value, error) { return Field(FromInt(5), "a") }, CodeNotRecord},
		{"append to nil", func() (Value, error) { return Append(Nil, Nil) }, CodeNotArray},
		{"new field of a shape", func() (Value, error) { return SetField(loan, "வீதம்", Nil) }, CodeShapeField},
		{"field of a shape", func() (Value, error) { return SetField(loan, "அசல்", FromInt(2)) }, "கடன்{அசல்: 2}"},
	}
	for _, c := range cases {
		if got := shown(c.do()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestErrorsName(t *testing.T) {
	t.Parallel()
	_, err := Field(record("ஆ", Nil, "அ", Nil), "இ")
	if err == nil || err.Error() != "E0305: இ, அ, ஆ" {
		t.Errorf("%v", err)
	}
	var many []any
	for i := range 30 {
		many = append(many, fmt.Sprintf("k%02d", i), Nil)
	}
	_, err = Field(record(many...), "x")
	if err == nil || !strings.HasSuffix(err.Error(), "k18, k19, …") {
		t.Errorf("%v", err)
	}
	if got := overflow().Error(); got != CodeOverflow {
		t.Errorf("%q", got)
	}
}

// TestSharingConcurrently shares, reads and copies one value from many goroutines; -race watches.
func TestSharingConcurrently(t *testing.T) {
	t.Parallel()
	x := FromItems([]Value{list(1), record("a", list(2), "b", FromText("க்ஷ"))})
	Share(x)
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 200 {
				Share(x)
				y, _ := Append(x, FromInt(int64(g)))
				y, _ = SetIndex(y, FromInt(0), FromInt(int64(i)))
				part, _ := Index(y, FromInt(1))
				Share(part)
				part, _ = SetField(part, fmt.Sprint("k", g%3), FromInt(1))
				if y.Array().Items[0].Bits != int64(i) || x.Array().Items[0].Display() != "[1]" || len(part.Record().Slots) != 3 {
					t.Error("a copy is not private")
					return
				}
			}
		}()
	}
	wg.Wait()
	if x.Display() != "[[1], {a: [2], b: க்ஷ}]" {
		t.Errorf("the shared value changed: %s", x.Display())
	}
}
