package check

import "testing"

// TestOddNames: a name that is easily taken for another has the spelling that it seems to mean as its fix, but never a
// reserved word, which no name may be.
func TestOddNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct{ code, fix string }{
		"௧ாலம்":           {CodeConfusable, "காலம்"},
		"௮ச்சு":           {CodeConfusable, ""}, // அச்சு prints
		"க\u0bc6\u0bbeடி": {CodeDecomposed, "கொடி"},
		"௧௨":              {CodeDigitName, ""},
	} {
		if o := odd(name); o == nil || o.code != want.code || o.fix != want.fix {
			t.Errorf("%s: %+v, want %+v", name, o, want)
		}
	}
	for _, name := range []string{"காலம்", "அச்சு", "vilY", "விலை_𝒳"} {
		if o := odd(name); o != nil {
			t.Errorf("%s: %+v", name, o)
		}
	}
}
