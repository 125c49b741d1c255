package words

import (
	"iter"
	"maps"
)

// instead maps words that newcomers write, from other languages and from everyday Tamil, to the word that eTamil has for
// them. None of them is a spelling of the vocabulary.
var instead = map[string]string{
	"என்றால்": "எனில்", "ஆனால்": "எனில்", "இருந்தால்": "எனில்", "if": "எனில்",
	"இல்லையேல்": "இன்றேல்", "இல்லையெனில்": "இன்றேல்", "இல்லாவிட்டால்": "இன்றேல்", "இல்லையென்றால்": "இன்றேல்",
	"else": "இன்றேல்", "elif": "இன்றேல்", "elseif": "இன்றேல்",
	"வரை": "சுற்று", "while": "சுற்று", "loop": "சுற்று", "for": "ஒவ்வொரு", "foreach": "ஒவ்வொரு",
	"செயல்பாடு": "செயல்", "சார்பு": "செயல்", "நிரல்பாகம்": "செயல்", "function": "செயல்", "func": "செயல்", "fn": "செயல்",
	"def": "செயல்", "fun": "செயல்", "return": "திரும்பு", "break": "நிறுத்து", "continue": "தொடர்",
	"பதிப்பி": "அச்சு", "அச்சிடு": "அச்சு", "print": "அச்சு", "println": "அச்சு", "echo": "அச்சு",
	"input": "உள்ளிடு", "import": "இறக்கு", "include": "இறக்கு", "const": "நிலை", "class": "வடிவம்", "struct": "வடிவம்",
	"try": "முயல்", "catch": "பிழை", "finally": "இறுதியில்",
	"உண்மை": "மெய்", "சரியானது": "மெய்", "true": "மெய்", "True": "மெய்", "false": "பொய்", "False": "பொய்",
	"null": "இன்மை", "nil": "இன்மை", "None": "இன்மை", "வெற்று": "இன்மை",
	"len": "நீளம்", "length": "நீளம்", "append": "இணை", "push": "இணை", "str": "சொல்லாக்கு", "int": "எண்ணாக்கு",
	"self": "இது", "this": "இது",
}

// Instead answers the word that eTamil has for a word of other languages or of everyday Tamil, or "".
func Instead(spelling string) string { return instead[spelling] }

// Insteads are all pairs of a word of other languages or of everyday Tamil and eTamil's word for it, in no order.
func Insteads() iter.Seq2[string, string] { return maps.All(instead) }
