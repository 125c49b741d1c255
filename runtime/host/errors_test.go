package host

import (
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
)

func TestErrorRecords(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{
			"பிழை_ஆக்கு", list("கணிதம்", "சுழியால் வகுத்தல்", fields{"அ", 1}),
			"{இருப்பிடம்: , காரணம்: nil, செய்தி: சுழியால் வகுத்தல், வகை: கணிதம், விவரம்: {அ: 1}}",
		},
		{"pizY_Akku", list("𝒳", "கௌ"), "{இருப்பிடம்: , காரணம்: nil, செய்தி: கௌ, வகை: 𝒳, விவரம்: {}}"},
		{"பிழை_ஆக்கு", list(1, nil, nil), "{இருப்பிடம்: , காரணம்: nil, செய்தி: nil, வகை: 1, விவரம்: nil}"},
	})
	first, err := do(t, Env{}, "_newError", "வலை", "இணைப்பு இல்லை", list(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range []value.Value{first, bad(first)} {
		outer, err := do(t, Env{}, "பிழை_உறையிடு", given, "சேமிக்க இயலவில்லை")
		if err != nil {
			t.Fatal(err)
		}
		if at(outer, "வகை").Text() != "வலை" || at(outer, "செய்தி").Text() != "சேமிக்க இயலவில்லை" ||
			!value.Equal(at(outer, "காரணம்"), first) || at(outer, "விவரம்").Display() != "{}" || !value.IsFault(outer) {
			t.Errorf("பிழை_உறையிடு = %s", outer.Display())
		}
	}
	check(t, Env{}, []row{{
		"pizY_uRYyitu", list("எளிய உரை", "மேலுரை"),
		"{இருப்பிடம்: , காரணம்: {இருப்பிடம்: , காரணம்: nil, செய்தி: எளிய உரை, வகை: பொது, விவரம்: எளிய உரை}, " +
			"செய்தி: மேலுரை, வகை: பொது, விவரம்: {}}",
	}})
}
