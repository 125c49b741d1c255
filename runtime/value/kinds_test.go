package value

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func samples(t *testing.T) []Value {
	t.Helper()
	third, _ := Div(FromInt(1), FromInt(3))
	return []Value{
		FromInt(5), third, FromBool(true), Nil, FromText("சொல்"), list(1), record("அ", FromInt(1)), FromOk(FromInt(1)), FromErr(FromText("ஏன்")),
		FromFunc(&Func{Name: "கூட்டு"}), FromFunc(&Func{}), FromHandle(&Handle{Kind: "பணி", Name: "மின்னஞ்சல்"}), FromHandle(&Handle{Kind: "சேனல்"}),
		FromShape(&Shape{Name: "கடன்"}), Unset,
		ShapeRecord(&Shape{Name: "கடன்"}, NewLayout("வீதம்", "அசல்", "பெயர்"), []Value{number(t, "9e-2"), FromInt(1), FromText("ராஜா")}),
	}
}

func TestKindsAndDisplay(t *testing.T) {
	t.Parallel()
	want := []string{
		"a number|5|true", "a number|0.3333333333333333333333333333|true", "a boolean|true|true", "nil|nil|false", "a string|சொல்|true", "an array|[1]|true",
		"a record|{அ: 1}|true", "a result|சரி(1)|true", "a result|தவறு(ஏன்)|false", "a function|<செயல் கூட்டு>|true", "a function|<செயல்>|true",
		`பணி|<பணி "மின்னஞ்சல்">|true`, "சேனல்|<சேனல்>|true", "a shape|<வடிவம் கடன்>|true", "nil|nil|false", "கடன்|கடன்{அசல்: 1, பெயர்: ராஜா, வீதம்: 0.09}|true",
	}
	kinds := []Kind{
		NumberKind, NumberKind, BooleanKind, NilKind, TextKind, ArrayKind, RecordKind, OkKind, ErrKind, FuncKind, FuncKind, HandleKind, HandleKind, ShapeKind,
		UnsetKind, RecordKind,
	}
	for i, v := range samples(t) {
		if got := fmt.Sprintf("%s|%s|%v", v.KindName(), v.Display(), v.Truthy()); got != want[i] {
			t.Errorf("%s, want %s", got, want[i])
		}
		if v.Kind() != kinds[i] {
			t.Errorf("%s has kind %d", v.Display(), v.Kind())
		}
		if got := string(AppendDisplay([]byte("="), v)); got != "="+v.Display() {
			t.Errorf("AppendDisplay gives %s", got)
		}
	}
}

func TestNestedDisplay(t *testing.T) {
	t.Parallel()
	rec := record("k", FromText("v"), "அ", FromInt(1), "B", FromInt(2), "a", FromInt(3))
	v := FromItems([]Value{FromInt(1), FromText("a b"), FromBool(true), Nil, FromItems([]Value{FromInt(2), FromText("x")}), rec})
	if got := v.Display(); got != "[1, a b, true, nil, [2, x], {B: 2, a: 3, k: v, அ: 1}]" {
		t.Errorf("%s", got)
	}
	for v, want := range map[string]Value{
		"[]": list(), "{}": record(), "சரி({a: [1, q]})": FromOk(record("a", FromItems([]Value{FromInt(1), FromText("q")}))),
		"{: 2, a b: 1}": record("a b", FromInt(1), "", FromInt(2)),
	} {
		if got := want.Display(); got != v {
			t.Errorf("%s, want %s", got, v)
		}
	}
}

func TestFalseValues(t *testing.T) {
	t.Parallel()
	for _, v := range []Value{Nil, Unset, FromInt(0), number(t, "0.000"), {Tag: 2}, FromText(""), FromBool(false), list(), record(), FromErr(FromInt(1))} {
		if v.Truthy() {
			t.Errorf("%s counts as true", v.Display())
		}
	}
	for _, v := range []Value{FromText("0"), FromText(" "), list(0), FromOk(FromInt(0)), number(t, "1e-28"), number(t, "1e28"), FromInt(-1)} {
		if !v.Truthy() {
			t.Errorf("%s counts as false", v.Display())
		}
	}
}

func TestAccessorsOfOtherKinds(t *testing.T) {
	t.Parallel()
	for _, v := range samples(t) {
		k := v.Kind()
		if (v.Array() != nil) != (k == ArrayKind) || (v.Record() != nil) != (k == RecordKind) || (v.Func() != nil) != (k == FuncKind) ||
			(v.Handle() != nil) != (k == HandleKind) || (v.Shape() != nil) != (k == ShapeKind) || (v.Text() != "") != (k == TextKind) ||
			v.IsText() != (k == TextKind) || v.IsNil() != (k == NilKind) || v.IsNumber() != (k == NumberKind) || v.Bool() != (k == BooleanKind) {
			t.Errorf("an accessor takes %s for another kind", v.Display())
		}
		if k != NumberKind && !v.Decimal().IsZero() {
			t.Errorf("%s is no number", v.Display())
		}
		if (k != OkKind && k != ErrKind) && !v.Inner().IsNil() {
			t.Errorf("%s has nothing inside", v.Display())
		}
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	all := samples(t)
	for i, a := range all {
		for j, b := range all {
			if want := i == j && a.Kind() != UnsetKind; Equal(a, b) != want {
				t.Errorf("%s == %s is %v", a.Display(), b.Display(), !want)
			}
		}
	}
	shape := &Shape{Name: "S"}
	l := NewLayout("a")
	pairs := []struct {
		a, b Value
		want bool
	}{
		{FromText("10"), FromInt(10), false},
		{FromBool(true), FromInt(1), false},
		{Nil, Nil, true},
		{FromOk(FromInt(1)), FromOk(number(t, "1.0")), true},
		{FromOk(FromInt(1)), FromErr(FromInt(1)), false},
		{FromErr(list(1, 2)), FromErr(list(1, 2)), true},
		{list(1, 2), list(1, 2), true},
		{list(1, 2), list(1, 3), false},
		{list(1, 2), list(1), false},
		{FromText("க்ஷ"), Concat(FromText("க்"), FromText("ஷ")), true},
		{ShapeRecord(shape, l, []Value{Nil}), ShapeRecord(shape, l, []Value{Nil}), true},
		{ShapeRecord(shape, l, []Value{Nil}), FromSlots(l, []Value{Nil}), false},
		{record("a", list(1), "b", record()), record("b", record(), "a", list(1)), true},
		{record("a", list(1), "b", record()), record("b", record(), "a", list(2)), false},
	}
	for _, p := range pairs {
		if Equal(p.a, p.b) != p.want || Equal(p.b, p.a) != p.want {
			t.Errorf("%s == %s is %v", p.a.Display(), p.b.Display(), !p.want)
		}
	}
}

func TestLess(t *testing.T) {
	t.Parallel()
	pairs := []struct {
		a, b               Value
		less, lessEq, more bool
	}{
		{FromInt(1), number(t, "1.5"), true, true, false},
		{FromText("10"), FromText("9"), true, true, false},
		{FromText("10"), FromInt(9), false, false, true},
		{FromInt(10), FromText("9"), false, false, true},
		{FromText("abc"), FromInt(1), true, true, false},
		{FromText("அ"), FromText("ஆ"), true, true, false},
		{FromText("Z"), FromText("a"), true, true, false},
		{FromText("a"), FromText("a"), false, true, false},
		{FromBool(true), FromBool(true), false, false, false},
		{FromBool(true), FromInt(2), false, false, false},
		{Nil, Nil, false, false, false},
		{Nil, FromInt(1), false, false, false},
		{list(1, 2), list(1, 3), false, false, false},
		{FromOk(FromInt(1)), FromOk(FromInt(2)), false, false, false},
	}
	for _, p := range pairs {
		if Less(p.a, p.b) != p.less || LessEq(p.a, p.b) != p.lessEq || Less(p.b, p.a) != p.more {
			t.Errorf("%s < %s: %v, <=: %v, >: %v", p.a.Display(), p.b.Display(), Less(p.a, p.b), LessEq(p.a, p.b), Less(p.b, p.a))
		}
	}
}

func TestCompareSorts(t *testing.T) {
	t.Parallel()
	vals := []Value{FromText("அ"), FromInt(10), FromText("B"), FromInt(9), Nil, FromText("a")}
	slices.SortStableFunc(vals, Compare)
	// Mixed kinds go by display text except numbers among themselves.
	numbers := []Value{FromInt(10), FromInt(9), number(t, "9.5")}
	slices.SortStableFunc(numbers, Compare)
	if got := FromItems(numbers).Display(); got != "[9, 9.5, 10]" {
		t.Errorf("%s", got)
	}
	if vals[len(vals)-1].Text() != "அ" {
		t.Errorf("%s", FromItems(vals).Display())
	}
}

// nested wraps v n times, alternating the aggregates.
func nested(v Value, n int) Value {
	l := NewLayout("உள்ளே")
	for i := range n {
		switch i % 3 {
		case 0:
			v = FromItems([]Value{v})
		case 1:
			v = FromSlots(l, []Value{v})
		default:
			v = FromOk(v)
		}
	}
	return v
}

// TestDeepNesting makes values far deeper than a stack of calls could follow.
func TestDeepNesting(t *testing.T) {
	t.Parallel()
	const n = 1_000_000
	a, b, c := nested(FromInt(1), n), nested(number(t, "1.00"), n), nested(FromInt(2), n)
	if !Equal(a, b) || Equal(a, c) {
		t.Error("equality of deep values")
	}
	Share(a)
	if got := a.Display(); !strings.Contains(got, "…") || len(got) > 100*MaxDisplayDepth {
		t.Errorf("a deep value shows %d bytes", len(got))
	}
	if got := string(AppendJSON(nil, nested(FromInt(1), n-1))); !strings.Contains(got, "null") {
		t.Error("deep JSON has no end")
	}
}

func TestFaultRecords(t *testing.T) {
	t.Parallel()
	f := NewFault("கணிதம்", "பூஜ்ஜியத்தால் வகுத்தல்")
	f.Place = "a.qmz:1:2"
	f.Cause = NewFault("பொது", "உள்").Record()
	f.Details = FromInt(0)
	v := f.Record()
	if !IsFault(v) || IsFault(record("வகை", FromText("x"))) || IsFault(Nil) || IsFault(record("வகை", Nil, "செய்தி", Nil)) {
		t.Error("IsFault is wrong")
	}
	for name, want := range map[string]string{
		"வகை": "கணிதம்", "செய்தி": "பூஜ்ஜியத்தால் வகுத்தல்", "விவரம்": "0", "இருப்பிடம்": "a.qmz:1:2", "இடம்": "a.qmz:1:2", "அடுக்கு": "nil", "வேறு": CodeNoField,
	} {
		if got := shown(Field(v, name)); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	cause, _ := Field(v, "காரணம்")
	short, err := Field(v, "மூலம்")
	if err != nil || !Equal(cause, short) || !IsFault(cause) {
		t.Errorf("மூலம் is %s, %v", short.Display(), err)
	}
	if got := shown(Field(record("காரணம்", Nil), "மூலம்")); got != CodeNoField {
		t.Errorf("an ordinary record answers %s", got)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v    Value
		want int
	}{
		{FromInt(5), 0},
		{FromText("அஆ"), SizeText + 6},
		{list(1, 2), SizeArray + 2*SizeValue},
		{record("a", Nil), SizeRecord + SizeValue},
		{FromOk(Nil), SizeResult},
		{FromFunc(&Func{Captured: []Value{Nil}}), SizeFunc + SizeValue},
	} {
		if got := Size(c.v); got != c.want {
			t.Errorf("Size(%s) = %d, want %d", c.v.Display(), got, c.want)
		}
	}
}

func TestErrorIsAnError(t *testing.T) {
	t.Parallel()
	_, err := Div(FromInt(1), FromInt(0))
	wrapped := fmt.Errorf("run: %w", err)
	var e *Error
	if !errors.As(wrapped, &e) || e.Code != CodeDivisionByZero || len(e.Args) != 0 {
		t.Errorf("%v", wrapped)
	}
}
