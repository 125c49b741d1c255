package diag

import "slices"

// syntaxErrors are the faults of the lexer and the parser.
func syntaxErrors() []Entry { return slices.Concat(lexErrors(), parseErrors(), slips()) }

func lexErrors() []Entry {
	return []Entry{
		{
			Code:    "E0005",
			Tamil:   "இந்த உரை முடியவில்லை; மூடும் \" இல்லை",
			English: "this text never ends: a closing \" is missing",
		},
		{
			Code:        "E0006",
			Tamil:       "'{0}' என்னும் குறிக்கு இங்கே பொருள் இல்லை",
			English:     "the character '{0}' has no meaning here",
			HelpTamil:   "அதை நீக்கவும்; உரையின் பகுதி என்றால் \" \" க்குள் எழுதவும்",
			HelpEnglish: "remove it, or put it between quotes if it is part of a text",
		},
		{
			Code:    "E0007",
			Tamil:   "வரி முடிவில் LF இன்றி CR மட்டும் உள்ளது; வரி முடிவுகளை LF ஆகச் சேமிக்கவும்",
			English: "a carriage return without a line feed; save the file with LF line ends",
		},
		{
			Code:    "E0008",
			Tamil:   "கண்ணுக்குத் தெரியாத இணைப்புக் குறி ({0}) உரைக்கு வெளியே உள்ளது; அதை நீக்கவும்",
			English: "an invisible joiner or mark ({0}) outside quoted text; remove it",
		},
		{
			Code:    "E0009",
			Tamil:   "உடையா இடைவெளி ({0}) உரைக்கு வெளியே உள்ளது; சாதாரண இடைவெளி இடவும்",
			English: "a no-break space ({0}) outside quoted text; use an ordinary space",
		},
		{
			Code:        "E0010",
			Tamil:       "% எண்ணை ஒட்டியே வர வேண்டும் (18%); eTamil இல் வகுத்தல் மீதிக்குக் குறி இல்லை",
			English:     "% belongs directly after a number (18%); eTamil has no remainder operator",
			HelpTamil:   "மீதிக்கு: அ - தரை(அ / ஆ) * ஆ",
			HelpEnglish: "for a remainder: அ - தரை(அ / ஆ) * ஆ",
		},
		{
			Code:    "E0011",
			Tamil:   "'{0}' வேறு எழுத்துமுறையில் உள்ளது; '{1}' என எழுத எண்ணினீர்களா?",
			English: "'{0}' is written in another script; did you mean '{1}'?",
		},
		{
			Code:    "E0012",
			Tamil:   "{0} மிகப் பெரிய எண்; மிகப் பெரியது 79228162514264337593543950335 (96 பிட்டுகள்)",
			English: "the number {0} is too large; the largest is 79228162514264337593543950335 (96 bits)",
		},
		{
			Code:    "E0013",
			Tamil:   "அடைப்புகள் {0} அடுக்குக்கு மேல் உள்ளன; பகுதிகளாகப் பிரிக்கவும்",
			English: "brackets are nested more than {0} deep; split this into parts",
		},
		{Code: "E0014", Tamil: "கோப்பு {0} பைட்டுகளை விடப் பெரியது", English: "the file is larger than {0} bytes"},
		{
			Code:    "E0015",
			Tamil:   "இது UTF-8 உரை அல்ல; கோப்பை UTF-8 ஆகச் சேமிக்கவும்",
			English: "this is not UTF-8 text; save the file as UTF-8",
		},
		{Code: "E0016", Tamil: "NUL குறி உள்ளது; இது உரைக் கோப்பு அல்ல", English: "there is a NUL character: this is not a text file"},
		{
			Code:    "E0022",
			Tamil:   "உரைக்குள் வரியின் இறுதியில் உள்ள \\ க்குப் பொருள் இல்லை; அதை நீக்கவும், அல்லது \\\\ என எழுதவும்",
			English: "a backslash at the end of a line has no meaning in quoted text; remove it or write \\\\",
		},
	}
}

func parseErrors() []Entry {
	return []Entry{
		{Code: "E0001", Tamil: "{0} எதிர்பார்க்கப்பட்டது, ஆனால் இருப்பது {1}", English: "expected {0}, found {1}"},
		{
			Code:    "E0002",
			Tamil:   "{0} இங்கே எதிர்பார்க்கப்படவில்லை; எந்தக் கூற்றும் இப்படித் தொடங்காது",
			English: "unexpected {0}; no statement starts like this",
		},
		{
			Code:        "E0003",
			Tamil:       "'{0}' ஒதுக்கப்பட்ட சொல்; அதை இங்கே பெயராகப் பயன்படுத்த முடியாது",
			English:     "'{0}' is a reserved word and cannot be a name here",
			HelpTamil:   "வேறு பெயர் வைக்கவும் (எடுத்துக்காட்டு: {0}_), புலத்தின் பெயர் என்றால் \"{0}\" என எழுதவும்",
			HelpEnglish: "choose another name (such as {0}_), or quote it as \"{0}\" where it names a field",
		},
		{
			Code:    "E0004",
			Tamil:   "திறந்துள்ள அடைப்பை மூட இங்கே {0} வேண்டும், ஆனால் இருப்பது {1}",
			English: "expected {0} to close the bracket that is open, found {1}",
		},
		{
			Code:    "E0017",
			Tamil:   "ஒரே கோவையில் {0} க்கு மேற்பட்ட குறிகளோ அழைப்புகளோ உள்ளன; பகுதிகளாகப் பிரிக்கவும்",
			English: "more than {0} operators or calls in one expression; split it",
		},
		{
			Code:        "E0018",
			Tamil:       "தொடர் ஒப்பீட்டின் நடுவில் பெயர், மதிப்பு, புலம், உறுப்பு மட்டுமே வரலாம்",
			English:     "inside a chain of comparisons only names, literals, fields and elements may stand",
			HelpTamil:   "முதலில் அதை ஒரு மாறியில் இடவும், அல்லது மற்றும் கொண்டு இரண்டு ஒப்பீடுகளாக எழுதவும்",
			HelpEnglish: "store it in a variable first, or write two comparisons joined with மற்றும்",
		},
		{
			Code:    "E0019",
			Tamil:   "{ } மட்டும் தனியே ஒரு கூற்று ஆகாது",
			English: "a block or record cannot stand alone as a statement",
		},
		{Code: "E0020", Tamil: "{0} எதையும் மூடவில்லை; அதை நீக்கவும்", English: "{0} closes nothing; remove it"},
		{
			Code:    "E0021",
			Tamil:   "'..' பொருளின் கடைசிப் பகுதியாக, ஒரே ஒரு முறை மட்டும் வர வேண்டும்",
			English: "the spread '..' must be the last part of a record, and there can be only one",
		},
		{
			Code:    "E0023",
			Tamil:   "{0} பகுதிக்குப் பின் {1} அல்லது {2} பகுதி வேண்டும்",
			English: "{0} needs a {1} or a {2} block after it",
		},
		{
			Code:    "E0024",
			Tamil:   "இங்கே பெயராக {0} என்னும் மேற்கோள் உரை வர முடியாது; மேற்கோள் இன்றி எழுதவும்",
			English: "quoted text cannot be the name here: {0}; write a name without quotes",
		},
		{Code: "E0025", Tamil: "{0} க்குப் பின் ஒரு பெயர் வேண்டும்", English: "a name is missing after {0}"},
		{Code: "E0026", Tamil: "'{0}' க்குப் பின் ஒரு { } பகுதி வேண்டும்", English: "'{0}' needs a { } block after it"},
		{Code: "E0027", Tamil: "'{0}' வகைக்குப் பின் ஒரு பெயர் வேண்டும்", English: "the type '{0}' needs a name after it"},
	}
}

// slips are the faults that the parser recognises as a slip or as a habit of other languages.
func slips() []Entry {
	return []Entry{
		{Code: "E0028", Tamil: "{0} க்குப் பின் ';' விடுபட்டுள்ளது", English: "a ';' is missing after {0}"},
		{
			Code:    "E0029",
			Tamil:   "'{0}' eTamil இன் சொல் அல்ல; '{1}' என எழுத எண்ணினீர்களா?",
			English: "'{0}' is no word of eTamil; did you mean '{1}'?",
		},
		{
			Code:    "E0030",
			Tamil:   "'=' மதிப்பு இடும் குறி, அது இங்கே வர முடியாது; ஒப்பிடும் குறி '=='",
			English: "'=' stores a value and cannot stand here; '==' compares",
		},
		{
			Code:    "E0031",
			Tamil:   "நிபந்தனையை அடைப்புக்குள், '{0}' என்பதற்கு முன் எழுத வேண்டும்: (…) {0} { … }",
			English: "the condition stands in brackets before '{0}': (…) {0} { … }",
		},
		{
			Code:    "E0032",
			Tamil:   "{0} இங்கே மேற்கோள் குறி ஆகாது; உரையை இரட்டை மேற்கோளுக்குள் எழுதவும்: \"…\"",
			English: "{0} is no quotation mark here; write text between double quotes: \"…\"",
		},
		{
			Code:    "E0033",
			Tamil:   "{0} குறிப்பைத் தொடங்காது; குறிப்புகள் // கொண்டு தொடங்கி வரியின் முடிவில் முடியும்",
			English: "{0} starts no comment; a comment starts with // and ends with its line",
		},
		{
			Code:    "E0034",
			Tamil:   "{0} என்னும் குறி eTamil இல் இல்லை; {1} என எழுதவும்",
			English: "eTamil has no {0}; write {1}",
		},
		{
			Code:    "E0035",
			Tamil:   "'{0}' ஓர் எண் அல்ல; இலக்கங்களையும் அவற்றின் நடுவே ஒரு புள்ளியையும் மட்டுமே எழுதலாம் (1000, 0.5)",
			English: "'{0}' is no number; write digits, with at most one point between them (1000, 0.5)",
		},
		{
			Code:        "E0036",
			Tamil:       "{0}, {1} ஆகியவற்றின் இடையே குறி எதுவும் இல்லை, ';' உம் இல்லை",
			English:     "there is no operator and no ';' between {0} and {1}",
			HelpTamil:   "உரைகளை இணைக்க & எழுதவும்: அச்சு \"மொத்தம் \" & தொகை;",
			HelpEnglish: "join texts with &: அச்சு \"மொத்தம் \" & தொகை;",
		},
		{
			Code:    "E0037",
			Tamil:   "'{0}' என்பதற்கு முன் (…) எனில் { … } வேண்டும்",
			English: "'{0}' needs (…) எனில் { … } before it",
		},
		{
			Code:    "E0038",
			Tamil:   "'{0}' ஏற்கும் மதிப்புகளை அடைப்புக்குள் எழுத வேண்டும்: {0}(…);",
			English: "what '{0}' is given stands in brackets: {0}(…);",
		},
		{
			Code:        "E0039",
			Tamil:       "காற்புள்ளி உள்ள இந்த அடைப்பின் முன் அழைக்கப்படும் பெயர் இல்லை",
			English:     "there is a comma in these brackets, but no name before them to call",
			HelpTamil:   "அழைப்பு: பெயர்(அ, ஆ); அணி: [அ, ஆ]",
			HelpEnglish: "a call is name(a, b); an array is [a, b]",
		},
	}
}

func syntaxWarnings() []Entry {
	return []Entry{
		{
			Code:    "W0001",
			Tamil:   "'{0}' இல் வேறு எழுத்துமுறைகளின் எழுத்துகள் கலந்துள்ளன; '{1}' எனப் படிக்கப்படுகிறது",
			English: "'{0}' mixes letters of other scripts; it is read as '{1}'",
		},
		{
			Code:    "W0002",
			Tamil:   "'{0}' பிரிந்த குறிகளால் எழுதப்பட்டதால் சாதாரணப் பெயர் ஆகிறது; திறவுச்சொல் '{1}'",
			English: "'{0}' is written with decomposed signs, so it is an ordinary name; the keyword is '{1}'",
		},
		{
			Code:    "W0003",
			Tamil:   "இந்தக் கூற்றின் முன் '{0}' வகைக்குப் பயன் இல்லை",
			English: "the type '{0}' does nothing in front of this statement",
		},
		{Code: "W0004", Tamil: "இந்த அரைப்புள்ளி எதையும் முடிக்கவில்லை", English: "this semicolon ends nothing"},
	}
}
