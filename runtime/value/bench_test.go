package value

import (
	"strings"
	"testing"
)

func number(tb testing.TB, s string) Value {
	tb.Helper()
	v, ok := ParseNumber(s)
	if !ok {
		tb.Fatalf("%q is no number", s)
	}
	return v
}

var sink Value

func BenchmarkNumbers(b *testing.B) {
	cases := []struct {
		name string
		op   func(a, b Value) (Value, error)
		x, y string
	}{
		{"add small", Add, "1234.56", "0.01"},
		{"add other scale", Add, "1234.56", "0.001"},
		{"add wide", Add, "1234567890123456789.1234567", "7654321098765432109.00001"},
		{"sub small", Sub, "1234.56", "0.01"},
		{"mul small", Mul, "1234.56", "1.18"},
		{"mul wide", Mul, "1234567890123456789.123456", "1.000000123456789123456789"},
		{"div third", Div, "1", "3"},
		{"div exact", Div, "1000", "4"},
		{"div quarter", Div, "10", "4"},
		{"div amount", Div, "1234.56", "12"},
		{"div wide by small", Div, "1234567890123456789.123456", "7"},
		{"div wide by wide", Div, "1234567890123456789.123456", "9876543210.98765432109876"},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			x, y := number(b, c.x), number(b, c.y)
			b.ReportAllocs()
			for b.Loop() {
				sink, _ = c.op(x, y)
			}
		})
	}
}

func BenchmarkDisplay(b *testing.B) {
	for _, s := range []string{"42", "123456.78", "1234567890123456789.123456"} {
		b.Run(s, func(b *testing.B) {
			v := number(b, s)
			buf := make([]byte, 0, 64)
			b.ReportAllocs()
			for b.Loop() {
				buf = AppendDisplay(buf[:0], v)
			}
		})
	}
}

func BenchmarkConcat(b *testing.B) {
	b.ReportAllocs()
	v, x := FromText(""), FromText("வணக்கம் ")
	for b.Loop() {
		if len(v.Text()) > 1<<20 {
			v = FromText("")
		}
		v = Concat(v, x)
	}
}

func BenchmarkIndexText(b *testing.B) {
	v := FromText(strings.Repeat("வணக்கம் உலகம் ", 1000))
	n := ClusterLen(v)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		sink, _ = ClusterAt(v, i)
		if i++; i == n {
			i = 0
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	b.ReportAllocs()
	arr := FromItems(nil)
	for i := 0; b.Loop(); i++ {
		if i&(1<<20-1) == 0 {
			arr = FromItems(nil)
		}
		arr, _ = Append(arr, FromInt(int64(i)))
	}
}

func BenchmarkJSON(b *testing.B) {
	text := `{"பெயர்":"ராஜா","amount":1234.56,"items":[1,2,3,{"a":true,"b":null}],"note":"வரி\nஇரண்டு"}`
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			sink, _ = ParseJSON(text)
		}
	})
	b.Run("write", func(b *testing.B) {
		v, err := ParseJSON(text)
		if err != nil {
			b.Fatal(err)
		}
		buf := make([]byte, 0, 1024)
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			buf = AppendJSON(buf[:0], v)
		}
	})
}
