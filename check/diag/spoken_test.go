package diag

import "testing"

func TestSpoken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code           string
		args           []string
		tamil, english string
	}{
		{
			"E0336",
			[]string{"ஜேசான் அல்ல  (not JSON 👍🏽)"},
			"கையாளப்படாத தவறு: ஜேசான் அல்ல", "a failure was not handled: not JSON 👍🏽",
		},
		{
			"E0336",
			[]string{"\"abc\" எண் அல்ல  (\"abc\" is no number)"},
			"கையாளப்படாத தவறு: \"abc\" எண் அல்ல", "a failure was not handled: \"abc\" is no number",
		},
		{"E0336", []string{"கௌரி (𝒳)"}, "கையாளப்படாத தவறு: கௌரி (𝒳)", "a failure was not handled: கௌரி (𝒳)"},
		{"E0336", []string{"a  (b)"}, "கையாளப்படாத தவறு: a  (b)", "a failure was not handled: a  (b)"},
		{
			"E0001",
			[]string{"ஒரு பெயர் (a name) / ';'", "கோப்பின் முடிவு (end of file)"},
			"ஒரு பெயர் / ';' எதிர்பார்க்கப்பட்டது, ஆனால் இருப்பது கோப்பின் முடிவு", "expected a name / ';', found end of file",
		},
		{
			"E0001",
			[]string{"எனில் (eZil) / சுற்று (cuRRu)", "'{'"},
			"எனில் (eZil) / சுற்று (cuRRu) எதிர்பார்க்கப்பட்டது, ஆனால் இருப்பது '{'", "expected எனில் (eZil) / சுற்று (cuRRu), found '{'",
		},
		{
			"E0101",
			[]string{"அ", "எண் (eN, a number)", "ஒரு சொல் (a string)"},
			"'அ' எண் (eN) என அறிவிக்கப்பட்டது, ஆனால் அதற்குத் தரப்படுவது ஒரு சொல்", "'அ' is declared as எண் (eN, a number), but its value is a string",
		},
		{"E0305", []string{"கௌ", ""}, "பொருளில் 'கௌ' என்னும் புலம் இல்லை; உள்ளவை: எதுவும் இல்லை", "the record has no field 'கௌ'; it has: none"},
	} {
		if got := Message(c.code, Tamil, c.args...); got != c.tamil {
			t.Errorf("%s: %q, want %q", c.code, got, c.tamil)
		}
		if got := Message(c.code, English, c.args...); got != c.english {
			t.Errorf("%s: %q, want %q", c.code, got, c.english)
		}
		if got, want := Message(c.code, Both, c.args...), c.tamil+"  ("+c.english+")"; got != want {
			t.Errorf("%s: %q, want %q", c.code, got, want)
		}
	}
}
