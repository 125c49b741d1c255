package diag

// hostErrors are the run-time errors of the builtin words; {0} is the word.
func hostErrors() []Entry {
	return []Entry{
		{
			Code: "E0370", Kind: "வகை",
			Tamil:   "{0}: மதிப்பு {1} ஓர் அணியாக இருக்க வேண்டும், ஆனால் அது {#2}",
			English: "{0}: argument {1} must be an array, but it is {2}",
		},
		{
			Code: "E0371", Kind: "வகை",
			Tamil:   "{0}: மதிப்பு {1} ஒரு பொருளாக இருக்க வேண்டும், ஆனால் அது {#2}",
			English: "{0}: argument {1} must be a record, but it is {2}",
		},
		{
			Code: "E0372", Kind: "வகை",
			Tamil:   "{0}: மதிப்பு {1} ஒரு முடிவாக (சரி அல்லது தவறு) இருக்க வேண்டும், ஆனால் அது {#2}",
			English: "{0}: argument {1} must be a result (சரி or தவறு), but it is {2}",
		},
		{
			Code: "E0373", Kind: "வகை",
			Tamil:   "{0}: இதற்கு நீளம் இல்லை: இது {#1}; அணி, பொருள், சொல் மட்டுமே நீளம் கொண்டவை",
			English: "{0}: {1} has no length; only an array, a record and text have one",
		},
		{
			Code: "E0374", Kind: "பொது",
			Tamil:       "{0}: மதிப்பு இல்லை; முடிவு தவறு({1})",
			English:     "{0}: there is no value, the result is தவறு({1})",
			HelpTamil:   "முதலில் தவறா(…) எனப் பார்க்கவும், அல்லது இயல்பு(…) கொண்டு மாற்று மதிப்புத் தரவும்",
			HelpEnglish: "test it with தவறா(…) first, or give a default with இயல்பு(…)",
		},
		{
			Code: "E0375", Kind: "பொது",
			Tamil:   "{0}: தவறு இல்லை; முடிவு சரி({1})",
			English: "{0}: there is no error, the result is சரி({1})",
		},
		{
			Code: "E0376", Kind: "கணிதம்",
			Tamil:   "{0}: தசம இடங்களின் எண்ணிக்கை 0 அல்லது அதற்கு மேல் இருக்க வேண்டும், ஆனால் அது {1}",
			English: "{0}: the number of places must be 0 or more, but it is {1}",
		},
		{
			Code: "E0377", Kind: "பொது",
			Tamil:   "{0}: \"{1}\" ஒரு தேதி அல்ல; YYYY-MM-DD என எழுதவும் (மாதம் 1–12, நாள் 1–31)",
			English: "{0}: \"{1}\" is not a date; write YYYY-MM-DD with month 1 to 12 and day 1 to 31",
		},
		{
			Code: "E0378", Kind: "அமைப்பு",
			Tamil:   "{0}: கணினியின் கடிகாரத்தைப் படிக்க முடியவில்லை, அல்லது அது 1970 க்கு முன் காட்டுகிறது",
			English: "{0}: the system clock cannot be read, or stands before 1970",
		},
		{
			Code: "E0379", Kind: "அட்டவணை",
			Tamil:   "{0}: உறுப்பு {1} இன் மதிப்பு {2}; பைட்டு என்பது 0 முதல் 255 வரையிலான முழு எண்",
			English: "{0}: item {1} is {2}; a byte is a whole number from 0 to 255",
		},
		{
			Code: "E0380", Kind: "பொது",
			Tamil: "{0}: கடவுத்தொடர் வெறுமையாக உள்ளது", English: "{0}: the passphrase is empty",
		},
		{
			Code: "E0381", Kind: "அமைப்பு",
			Tamil: "{0}: கணினி எழுமாற்றுப் பைட்டுகளைத் தரவில்லை: {1}", English: "{0}: the system gave no random bytes: {1}",
		},
		{
			Code: "E0382", Kind: "எல்லை",
			Tamil:   "{0}: எண்ணிக்கை 1 முதல் 1024 வரையிலான முழு எண்ணாக இருக்க வேண்டும், ஆனால் அது {1}",
			English: "{0}: the count must be a whole number from 1 to 1024, but it is {1}",
		},
		{
			Code: "E0383", Kind: "கோப்பு",
			Tamil: "{0}: கோப்பு \"{1}\": {2}", English: "{0}: file \"{1}\": {2}",
		},
		{
			Code: "E0384", Kind: "கோப்பு",
			Tamil:   "{0}: கோப்பு \"{1}\" UTF-8 உரை அல்ல (பைட்டு {2})",
			English: "{0}: file \"{1}\" is not UTF-8 text (byte {2})",
		},
		{
			Code: "E0385", Kind: "எல்லை",
			Tamil:   "{0}: {1} உடன் {2} நாள்களைக் கூட்டினால் நாட்காட்டிக்கு வெளியே செல்லும் (ஆண்டுகள் 0 முதல் 999999)",
			English: "{0}: {1} and {2} days is outside the calendar (years 0 to 999999)",
		},
		{
			Code: "E0386", Kind: "பெயர்",
			Tamil:   "{0}: \"{1}\" என்னும் விதி இல்லை; உள்ள விதிகள்: {2}",
			English: "{0}: there is no rule \"{1}\"; the rules are {2}",
		},
		{
			Code: "E0387", Kind: "எல்லை",
			Tamil:   "{0}: விடை ஓர் உரையில் அடங்காத அளவு பெரியது",
			English: "{0}: the result would be larger than a text can be",
		},
		{
			Code: "E0388", Kind: "கோப்பு",
			Tamil:   "{0}: உள்ளீட்டைப் படிக்க முடியவில்லை: {1}",
			English: "{0}: the input cannot be read: {1}",
		},
		{
			Code: "E0389", Kind: "வகை",
			Tamil:   "{0}: உடல் உரையாக இருக்க வேண்டும், ஆனால் அது {#1}",
			English: "{0}: the body must be text, but it is {1}",
		},
		{
			Code: "E0390", Kind: "வகை",
			Tamil:   "{0}: நிரைகள் எல்லாம் அணிகளாகவோ எல்லாம் பொருள்களாகவோ இருக்க வேண்டும், ஆனால் நிரை {1} {#2}",
			English: "{0}: rows must all be arrays or all records, but row {1} is {2}",
		},
		{
			Code: "E0391", Kind: "பொது",
			Tamil:   "{0}: பிரிப்பான், மேற்கோளோ வரி முடிவோ அல்லாத ஒரே ஓர் எழுத்தாக இருக்க வேண்டும், ஆனால் அது \"{1}\"",
			English: "{0}: the separator must be one character, no quote and no line end, but it is \"{1}\"",
		},
		{
			Code: "E0392", Kind: "எல்லை",
			Tamil:   "{0}: காலவரம்பு 0 நொடிக்கு மேற்பட்டும் {2} நொடிக்கு மிகாமலும் இருக்க வேண்டும், ஆனால் அது {1}",
			English: "{0}: the time limit must be above 0 and at most {2} seconds, but it is {1}",
		},
	}
}
