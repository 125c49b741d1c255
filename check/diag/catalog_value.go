package diag

// valueErrors are the run-time errors of package value.
func valueErrors() []Entry {
	return []Entry{
		{
			Code: "E0301", Kind: "கணிதம்",
			Tamil:   "எண் மிகப் பெரியது; புள்ளிக்கு முன் 96 பிட்டுகளுக்குள் அடங்க வேண்டும்",
			English: "the number does not fit: it has more than 96 bits before the point",
		},
		{
			Code: "E0302", Kind: "கணிதம்",
			Tamil: "சுழியால் வகுக்க முடியாது", English: "division by zero",
			HelpTamil:   "வகுக்கும் முன் வகுப்பான் 0 தானா எனப் பார்க்கவும்",
			HelpEnglish: "test whether the divisor is 0 before dividing",
		},
		{
			Code: "E0303", Kind: "அட்டவணை",
			Tamil:     "இடம் {0} எல்லைக்கு வெளியே உள்ளது; நீளம் {1}",
			English:   "index {0} is out of range: the length is {1}",
			HelpTamil: "இடங்கள் 0 இல் தொடங்கி நீளத்துக்கு ஒன்று முன் முடியும்", HelpEnglish: "places count from 0 to one less than the length",
		},
		{
			Code: "E0304", Kind: "அட்டவணை",
			Tamil: "இடம் {0} ஒரு முழு எண் அல்ல", English: "the index {0} is not a whole number",
		},
		{
			Code: "E0305", Kind: "புலம்",
			Tamil:     "பொருளில் '{0}' என்னும் புலம் இல்லை; உள்ளவை: {1|எதுவும் இல்லை}",
			English:   "the record has no field '{0}'; it has: {1|none}",
			HelpTamil: "புலம் இல்லாமலும் போகலாம் என்றால் புலம்_அல்லது(…) கொண்டு படிக்கவும்", HelpEnglish: "where the field may be absent, read it with புலம்_அல்லது(…) (_fieldOr)",
		},
		{
			Code: "E0306", Kind: "வகை",
			Tamil:   "இதில் [ ] கொண்டு எடுக்க முடியாது: இது {#0}; அணி, பொருள், சொல்லில் மட்டுமே முடியும்",
			English: "{0} cannot be indexed; only an array, a record and text can",
		},
		{
			Code: "E0307", Kind: "வகை",
			Tamil:   "இது {#0}; பொருள் அல்ல, எனவே '{1}' என்னும் புலம் இல்லை",
			English: "{0} is not a record, so it has no field '{1}'",
		},
		{
			Code: "E0308", Kind: "வகை",
			Tamil: "சொல்லின் எழுத்தை [ ] கொண்டு மாற்ற முடியாது", English: "text cannot be changed by index",
			HelpTamil: "மாற்று(…) கொண்டு புதிய சொல்லை ஆக்கவும்", HelpEnglish: "make a new text, as with மாற்று(…) (_replace)",
		},
		{
			Code: "E0309", Kind: "வகை",
			Tamil:   "'ஒவ்வொரு' இதன் உறுப்புகளை எடுக்க முடியாது: இது {#0}; அணி, பொருள், சொல் மட்டுமே உறுப்புகள் கொண்டவை",
			English: "{0} cannot be walked by ஒவ்வொரு; only an array, a record and text can",
		},
		{
			Code: "E0310", Kind: "வகை",
			Tamil: "இது {#0}; அணி அல்ல, எனவே எதையும் சேர்க்க முடியாது", English: "{0} is not an array: nothing can be appended",
		},
		{
			Code: "E0311", Kind: "வகை",
			Tamil: "இது {#0}; மாற்றத்தக்க பகுதிகள் இதில் இல்லை", English: "{0} has no parts that could be assigned",
		},
		{
			Code: "E0312", Kind: "புலம்",
			Tamil:   "'{0}' வடிவத்தில் '{1}' என்னும் புலம் இல்லை; உள்ளவை: {2|எதுவும் இல்லை}",
			English: "the shape {0} has no field '{1}'; it has: {2|none}",
		},
		{
			Code: "E0313", Kind: "எல்லை",
			Tamil:   "சாவியாகத் தந்த {0} {1} MB-க்கு மேல் உரையாகும்",
			English: "{0} as a key has a text of more than {1} MB",
		},
		{
			Code: "E0320", Kind: "பொது",
			Tamil: "இது சரியான ஜேசான் உரை அல்ல (பைட்டு {0}): {1}", English: "this is not JSON (byte {0}): {1}",
		},
		{
			Code: "E0321", Kind: "பொது",
			Tamil: "'{0}' ஓர் எண் அல்ல, அல்லது எண்ணில் அடங்காது", English: "'{0}' is not a number that fits",
		},
	}
}
