package value

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{
		"", "0", "-0.0", "1_000.5", "1e-28", "1E+5", ".5", "5.", "79228162514264337593543950335.5", "0.12345678901234567890123456789", "௧௨", "1._5", "+-1", " 7 ", "𝒳",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := ParseNumber(s)
		if !ok {
			return
		}
		shown := v.Display()
		back, ok := ParseNumber(shown)
		if !ok || !Equal(back, v) {
			t.Fatalf("%q reads as %s, which does not read back", s, shown)
		}
		plain := strings.ReplaceAll(strings.TrimSpace(s), "_", "")
		exact, ok := new(big.Rat).SetString(plain)
		if !ok {
			t.Fatalf("%q reads as %s, but it is no number", s, shown)
		}
		// At most half a unit of the last of the 28 or 29 digits may be lost.
		loss := exact.Sub(exact, ratOf(v.Decimal()))
		bound := big.NewRat(1, 2)
		bound.Quo(bound, new(big.Rat).SetInt(bigPow10(int(v.Decimal().Scale))))
		if loss.Abs(loss).Sign() != 0 && loss.Cmp(bound.Mul(bound, big.NewRat(10, 1))) > 0 {
			t.Fatalf("%q reads as %s, too far away", s, shown)
		}
	})
}

func FuzzParseJSON(f *testing.F) {
	for _, s := range []string{
		`{"அ":[1,2.50,-0,1e3],"b":null,"b":true}`, `"\ud835\udcb3\n"`, `[[[]]]`, `"👍🏽`, `{"a":}`, "01", "\ufeff1", `"\ud800"`, "[1e-28, 79228162514264337593543950335]", "\"a\xff\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := ParseJSON(s)
		valid := json.Valid([]byte(s)) && utf8.ValidString(s)
		if err == nil && !valid {
			t.Fatalf("%q reads as %s, but it is no JSON", s, v.Display())
		}
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Code != CodeBadJSON || len(e.Args) != 2 {
				t.Fatalf("%q: %v", s, err)
			}
			if valid && e.Args[1] != "the number does not fit" && e.Args[1] != "nested too deep" {
				t.Fatalf("%q is JSON: %v", s, err)
			}
			return
		}
		written := AppendJSON(nil, v)
		again, err := ParseJSON(string(written))
		if err != nil || !Equal(v, again) {
			t.Fatalf("%q is written as %s, which reads as %s, %v", s, written, again.Display(), err)
		}
	})
}

func FuzzConcat(f *testing.F) {
	f.Add("க்", "ஷ", "\u200d")
	f.Add("a\r", "\nb", "🇮🇳")
	f.Add("👨\u200d", "👩", strings.Repeat("x", 80))
	f.Fuzz(func(t *testing.T, a, b, c string) {
		v := Concat(FromText(a), FromText(b))
		ClusterLen(v)
		w, x := Concat(v, FromText(c)), Concat(v, FromText(a))
		for _, p := range []struct {
			v    Value
			want string
		}{{v, a + b}, {w, a + b + c}, {x, a + b + a}} {
			if p.v.Text() != p.want || ClusterLen(p.v) != len(clustersOf(p.want)) {
				t.Fatalf("%q with %d clusters, want %q", p.v.Text(), ClusterLen(p.v), p.want)
			}
		}
	})
}
