package words

import "testing"

// Every answer is a word of the vocabulary, and nothing that is one already is corrected.
func TestInstead(t *testing.T) {
	t.Parallel()
	for wrong, right := range instead {
		if w := Lookup(right); w == nil && right != "இது" {
			t.Errorf("%s: %s is no word", wrong, right)
		}
		if Lookup(wrong) != nil {
			t.Errorf("%s is a word of the vocabulary", wrong)
		}
	}
	if Instead("செயல்பாடு") != "செயல்" || Instead("for") != "ஒவ்வொரு" || Instead("கௌரி👍🏽") != "" {
		t.Error("Instead does not answer its table")
	}
}
