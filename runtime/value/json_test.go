package value

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestWriteJSON(t *testing.T) {
	t.Parallel()
	cases := []struct {
		v    Value
		want string
	}{
		{number(t, "180.00"), "180"},
		{number(t, "-0.50"), "-0.5"},
		{number(t, "79228162514264337593543950335"), "79228162514264337593543950335"},
		{FromBool(false), "false"},
		{Nil, "null"},
		{FromOk(FromInt(1)), "null"},
		{FromErr(FromInt(1)), "null"},
		{FromFunc(&Func{Name: "f"}), "null"},
		{FromHandle(&Handle{Kind: "பணி"}), "null"},
		{FromShape(&Shape{Name: "S"}), "null"},
		{list(), "[]"},
		{record(), "{}"},
		{FromText("வணக்கம் \"𝒳\\👍🏽\"\n\t\r\x01\x7f"), `"வணக்கம் \"𝒳\\👍🏽\"\n\t\r\u0001` + "\x7f" + `"`},
		{FromText("a\xffb"), `"a` + "\uFFFD" + `b"`},
		{record("k", FromInt(1), "அ", list(1, 2), "B", record("x", Nil)), `{"B":{"x":null},"k":1,"அ":[1,2]}`},
		{ShapeRecord(&Shape{Name: "கடன்"}, NewLayout("அசல்"), []Value{FromInt(5)}), `{"அசல்":5}`},
	}
	for _, c := range cases {
		got := string(AppendJSON(nil, c.v))
		if got != c.want || !json.Valid([]byte(got)) {
			t.Errorf("%s as JSON: %s, want %s", c.v.Display(), got, c.want)
		}
	}
}

func TestParseJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		` { "b" : [ 1 , 2.50 , -0 , 1E+2, 1e-3 ] , "a" : null } `: "{a: nil, b: [1, 2.5, 0, 100, 0.001]}",
		`"\u0b85\u0BCd \ud835\udcb3 \"\\\/\b\f\n\r\t"`:            "அ் 𝒳 \"\\/\b\f\n\r\t",
		`"\ud835x \udcb3 \ud835\u0061"`:                           "\uFFFDx \uFFFD \uFFFDa",
		`{"a":1,"a":2,"b":3,"a":4}`:                               "{a: 4, b: 3}",
		`[]`:                                                      "[]", `{}`: "{}", `[[],{}]`: "[[], {}]", `true`: "true", `""`: "", "\r\n\t 7 ": "7", `"👍🏽"`: "👍🏽",
		`0.1234567890123456789012345678`: "0.1234567890123456789012345678",
		`79228162514264337593543950335`:  "79228162514264337593543950335",
	} {
		v, err := ParseJSON(in)
		if err != nil || v.Display() != want {
			t.Errorf("%s is %s, %v, want %s", in, v.Display(), err, want)
		}
	}
}

func TestParseJSONRefuses(t *testing.T) {
	t.Parallel()
	for in, at := range map[string]string{
		"": "0", " ": "1", "[1,]": "3", "[1 2]": "3", "{": "1", `{"a"}`: "4", `{"a":}`: "5", `{"a":1,}`: "7", `{a:1}`: "1", `{"a":1 "b":2}`: "7",
		"01": "0", "-": "0", "1.": "0", ".5": "0", "+1": "0", "1e": "0", "1e+": "0", "[-01]": "1", "1e99": "0", "1e-40": "0", "1_0": "1",
		"tru": "0", "nul": "0", "truex": "4", "NaN": "0", "1 2": "2", "'a'": "0",
		`"a`: "2", `"a\`: "3", `"\x"`: "2", `"\u12"`: "2", `"\u12G4"`: "2", `"\n`: "3", "{\"a": "3", "[1": "2", `"\ud800\u"`: "8", "\"a\nb\"": "2", "\"\\n\x01\"": "3", "\"\xff\"": "1", "\"\\n\xff\"": "1", "\ufeff1": "0",
		`{"அ":1,,}`: "9", strings.Repeat("[", MaxJSONDepth+1): "512", strings.Repeat("[", 100_000): "512",
	} {
		v, err := ParseJSON(in)
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeBadJSON || e.Args[0] != at || e.Args[1] == "" {
			t.Errorf("%.20q is %.40s, %v, want an error at byte %s", in, v.Display(), err, at)
		}
	}
}

func TestJSONDepth(t *testing.T) {
	t.Parallel()
	in := strings.Repeat("[", MaxJSONDepth) + strings.Repeat("]", MaxJSONDepth)
	v, err := ParseJSON(in)
	if err != nil || string(AppendJSON(nil, v)) != in {
		t.Errorf("%d brackets: %v", MaxJSONDepth, err)
	}
}

func TestLongJSONIsNotPinned(t *testing.T) {
	t.Parallel()
	in := `["குறு", "` + strings.Repeat("நீள", maxPinned) + `"]`
	v, err := ParseJSON(in)
	if err != nil || v.Array().Items[0].Text() != "குறு" || ClusterLen(v.Array().Items[1]) != 2*maxPinned {
		t.Errorf("%v", err)
	}
}
