package host

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// ruleCases has right and wrong values of every rule.
var ruleCases = map[string]struct{ right, wrong []any }{
	"email": {
		list("ati@example.com", "a.b+c@mail.co.in", "கண்ணன்@உதாரணம்.இந்தியா"),
		list("ati@", "@b.com", "a b@c.com", "ati@localhost", "ஆதி <ati@example.com>", "a@b..com", "", 5, nil, "a@-b.com", "x@𝒳"),
	},
	"url": {
		list("https://example.com", "http://localhost:8080/அ?b=1", "https://10.0.0.1/", "https://உதாரணம்.இந்தியா/கௌ"),
		list("example.com", "ftp://example.com", "https://", "javascript:alert(1)", "http://a b.com", 1),
	},
	"uuid": {
		list("123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"),
		list("123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "கௌ", nil),
	},
	"ip":       {list("127.0.0.1", "::1", "2001:db8::8a2e:370:7334"), list("256.1.1.1", "1.2.3", "", 127)},
	"date":     {list("2024-02-29", "1999-12-31"), list("2023-02-29", "2024-2-9", " 2024-02-09", "2024-13-01", 20240101, "௨௦௨௪-01-01")},
	"time":     {list("00:00", "23:59:59"), list("24:00", "9:30", "12:60", "12:00\n", nil)},
	"phone":    {list("+91 98765 43210", "9876543210", "09876543210", "044-2345-6789", "+14155550123"), list("12345", "+0123456789", "98765x4321", "கௌ", "", 9876543210)},
	"gstin":    {list("27AAPFU0939F1ZV", "29AAGCB7383J1Z4"), list("27AAPFU0939F1ZX", "27aapfu0939f1zv", "27AAPFU0939F1Z", 27)},
	"pan":      {list("AAPFU0939F", "ABCPE1234F"), list("aapfu0939f", "AAPXU0939F", "AAPFU0939", "AAPFU09390")},
	"ifsc":     {list("SBIN0001234", "HDFC0ABC123"), list("SBIN1001234", "SBI00012345", "sbin0001234")},
	"aadhaar":  {list("2341 2341 2346", "234123412346"), list("234123412347", "034123412346", "2341 23412346", "கௌ", "23412341234")},
	"pincode":  {list("600001", "600 001", 600001), list("060001", "60001", "6000011", true)},
	"number":   {list(1, num("-1.5"), "1e3", " 7 "), list("", "௧", "1,000", true, nil, list(1))},
	"integer":  {list(1, num("2.0"), "-7", "1e3"), list(num("1.5"), "1.5", "கௌ", nil)},
	"positive": {list(1, "0.1"), list(0, -1, "-3", "𝒳")},
	"text":     {list("", "கௌ"), list(1, nil, true, list())},
	"nonempty": {list("ஸ்ரீ", "𝒳"), list("", " \n\t", 1)},
	"boolean":  {list(true, false), list("true", 1, nil)},
	"array":    {list(list(), list(1)), list("[]", fields{})},
	"record":   {list(fields{}, fields{"அ", 1}), list(list(), "{}")},
	"json":     {list("1", `{"அ":"𝒳"}`), list("", "{a:1}", "கௌ", 1)},
	"hex":      {list("00ff", "AB"), list("0", "xy", "", "கௌ")},
	"base64":   {list("AQID", "4K6F"), list("", "A", "கௌ", "AQI")},
}

func TestRules(t *testing.T) {
	t.Parallel()
	if len(ruleCases) != len(rules) {
		t.Errorf("%d rules, cases for %d", len(rules), len(ruleCases))
	}
	for _, r := range rules {
		cases := ruleCases[r.name]
		if len(cases.right) == 0 || len(cases.wrong) == 0 {
			t.Errorf("rule %s has no cases", r.name)
		}
		for _, name := range []string{r.name, r.tamilName, ezuqqu.FromTamil(r.tamilName), strings.ToUpper(r.name)} {
			for _, x := range cases.right {
				if got, want := result(t, Env{}, "வகை_சரிபார்", x, name), ok(x).Display(); got != want {
					t.Errorf("%s of %v = %s, want %s", name, x, got, want)
				}
			}
			for _, x := range cases.wrong {
				v, err := do(t, Env{}, "vakY_caripAr", x, name)
				if err != nil || !value.IsFault(v.Inner()) {
					t.Errorf("%s of %v = %s, %v, want an error", name, x, v.Display(), err)
				}
			}
		}
	}
}

func TestValidateAnswers(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{
			"வகை_சரிபார்", list("ati@", "மின்னஞ்சல்"),
			"தவறு({இருப்பிடம்: , காரணம்: nil, செய்தி: மின்னஞ்சல் முகவரி வேண்டும்  (an e-mail address is wanted), " +
				"வகை: சரிபார்ப்பு, விவரம்: {மதிப்பு: ati@, விதி: email}})",
		},
		{"xtype_சரிபார்", list("ati@example.com", " Email "), "சரி(ati@example.com)"},
		{"வகை_சரிபார்", list(1, "கௌ"), "! E0386: வகை_சரிபார், கௌ, email/மின்னஞ்சல், url/இணையமுகவரி…"},
		{"வகை_சரிபார்", list(1, nil), "! E0386: வகை_சரிபார், nil, email…"},
	})
}

// No two rules share a name.
func TestRuleNames(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, r := range rules {
		for _, name := range []string{r.name, r.tamilName, ezuqqu.FromTamil(r.tamilName)} {
			if other, taken := seen[name]; taken {
				t.Errorf("%q names %s and %s", name, other, r.name)
			}
			seen[name] = r.name
		}
	}
}
