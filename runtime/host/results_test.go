package host

import (
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
)

func TestResults(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{"சரி", list(list(1, "கௌ")), "சரி([1, கௌ])"},
		{"qavaRu", list(fields{"e", 1}), "தவறு({e: 1})"},
		{"சரி", list(ok("𝒳")), "சரி(சரி(𝒳))"},
		{"சரியா", list(ok(0)), "true"},
		{"cariyA", list(bad(0)), "false"},
		{"சரியா", list(1), "false"},
		{"தவறா", list(bad(nil)), "true"},
		{"qavaRA", list(ok(nil)), "false"},
		{"தவறா", list("தவறு"), "false"},

		{"மதிப்பு", list(ok("ஸ்ரீ")), "ஸ்ரீ"},
		{"maqippu", list(bad("ஏன்")), "! E0374: மதிப்பு, ஏன்"},
		{"மதிப்பு", list(5), "! E0372: மதிப்பு, 1, a number"},
		{"தவறு_மதிப்பு", list(bad(list(1))), "[1]"},
		{"qavaRu_maqippu", list(ok(1)), "! E0375: தவறு_மதிப்பு, 1"},
		{"தவறு_மதிப்பு", list(nil), "! E0372: தவறு_மதிப்பு, 1, nil"},
		{"இயல்பு", list(bad("e"), 3), "3"},
		{"iyalpu", list(ok(1), 3), "1"},
		{"இயல்பு", list("e", 3), "! E0372: இயல்பு, 1, a string"},

		{"வகை", list(1), "a number"},
		{"vakY", list("𝒳"), "a string"},
		{"வகை", list(true), "a boolean"},
		{"வகை", list(list()), "an array"},
		{"வகை", list(fields{}), "a record"},
		{"வகை", list(ok(1)), "a result"},
		{"வகை", list(bad(1)), "a result"},
		{"வகை", list(nil), "nil"},
		{"_typeof", list(value.FromFunc(&value.Func{Name: "f"})), "a function"},
	})
}

// What is taken out of a result stays in it, whatever is done to the copy.
func TestInnerIsShared(t *testing.T) {
	t.Parallel()
	for word, r := range map[string]value.Value{"மதிப்பு": ok(list(1, 2)), "இயல்பு": ok(list(1, 2)), "தவறு_மதிப்பு": bad(list(1, 2))} {
		args := []any{r}
		if word == "இயல்பு" {
			args = append(args, 0)
		}
		x, err := do(t, Env{}, word, args...)
		if err != nil {
			t.Fatal(err)
		}
		if x, err = value.SetIndex(x, val(0), val("கௌ")); err != nil {
			t.Fatal(err)
		}
		if r.Inner().Display() != "[1, 2]" || x.Display() != "[கௌ, 2]" {
			t.Errorf("%s: inside %s, copy %s", word, r.Inner().Display(), x.Display())
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{"ஜேசான்_ஆக்கு", list(fields{"ஆ", list(1, num("1.50"), nil, true), "அ", "கௌ\"\n\x01"}), `{"அ":"கௌ\"\n\u0001","ஆ":[1,1.5,null,true]}`},
		{"jEcAZ_Akku", list("𝒳👍🏽"), `"𝒳👍🏽"`},
		{"ஜேசான்_ஆக்கு", list(list(ok(1), bad(1))), "[null,null]"},
		{"ஜேசான்_ஆக்கு", list(num("1000000000000000000000000")), "1000000000000000000000000"},
		{"ஜேசான்_படி", list(` {"b": [1, 2.50, "\u0bae\ud83d\udc4d"], "a": null, "a": false} `), "சரி({a: false, b: [1, 2.5, ம👍]})"},
		{"jEcAZ_pati", list(`1e3`), "சரி(1000)"},
		{"ஜேசான்_படி", list(`0.1234567890123456789012345678`), "சரி(0.1234567890123456789012345678)"},
		{"ஜேசான்_படி", list(5), "சரி(5)"},
		{"ஜேசான்_படி", list(``), "தவறு(ஜேசான் உரை அல்ல…"},
		{"ஜேசான்_படி", list(`{"அ":1} x`), "தவறு(ஜேசான் உரை அல்ல…"},
		{"ஜேசான்_படி", list(`[1,]`), "தவறு(ஜேசான் உரை அல்ல…"},
		{"ஜேசான்_படி", list(`99999999999999999999999999999999`), "தவறு(ஜேசான் உரை அல்ல…"},
		{"ஜேசான்_படி", list(`{'a': 1}`), "தவறு(ஜேசான் உரை அல்ல…"},
	})
}
