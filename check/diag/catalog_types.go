package diag

// inferredErrors are what inference finds to fail when it is reached.
func inferredErrors() []Entry {
	return []Entry{
		{
			Code:    "E0620",
			Tamil:   "'{0}' இன் மதிப்பு {1} {2} ஆக வேண்டும், ஆனால் தரப்படுவது {3}",
			English: "argument {1} of '{0}' must be {2}, but is {3}",
		},
		{
			Code:    "E0621",
			Tamil:   "'{0}' செயலின் அளவுரு '{1}' '{2}' வடிவமாக வேண்டும், ஆனால் தரப்படுவது {3}",
			English: "parameter '{1}' of '{0}' must be a '{2}', but is given {3}",
		},
		{
			Code:    "E0622",
			Tamil:   "இந்தப் பொருளில் '{0}' என்னும் புலம் இல்லை; உள்ளவை: {1}",
			English: "this record has no field '{0}'; it has: {1}",
		},
		{
			Code:    "E0623",
			Tamil:   "இது {1}; அதில் '{0}' என்னும் புலம் இருக்க முடியாது",
			English: "this is {1}, so it has no field '{0}'",
		},
		{
			Code:    "E0624",
			Tamil:   "இது '{0}' வடிவம்; அதில் '{1}' என்னும் புலம் இல்லை; உள்ளவை: {2}",
			English: "this is a '{0}', which has no field '{1}'; it has: {2}",
		},
		{
			Code:    "E0625",
			Tamil:   "இது '{0}' வடிவம்; அதில் '{1}' என்னும் செயல் இல்லை; உள்ளவை: {2}",
			English: "this is a '{0}', which has no method '{1}'; it has: {2}",
		},
		{
			Code:    "E0626",
			Tamil:   "'{1}' என்பது '{0}' வடிவத்தின் செயல்; அதை {1}(…) என அழைக்கவும்",
			English: "'{1}' is a method of '{0}'; call it as {1}(…)",
		},
		{
			Code:    "E0627",
			Tamil:   "'{1}' செயல் 'இது' ஏற்பதில்லை; அதை {0}.{1}(…) என அழைக்கவும்",
			English: "the method '{1}' takes no 'இது'; call it as {0}.{1}(…)",
		},
		{
			Code:    "E0628",
			Tamil:   "இது {0}; அதில் '{1}' என்னும் செயல் இருக்க முடியாது",
			English: "this is {0}, so it has no method '{1}'",
		},
		{
			Code:    "E0629",
			Tamil:   "அழைக்க ஒரு செயல் வேண்டும், ஆனால் இது {0}",
			English: "only a function can be called, but this is {0}",
		},
		{
			Code:    "E0630",
			Tamil:   "இதில் [ ] கொண்டு எடுக்க முடியாது: இது {0}",
			English: "this cannot be indexed: it is {0}",
		},
		{
			Code:    "E0631",
			Tamil:   "சொல்லின் ஓர் எழுத்தை மட்டும் மாற்ற முடியாது; புதிய சொல்லை உருவாக்கவும்",
			English: "a letter of a text cannot be replaced; make a new text",
		},
		{
			Code:    "E0632",
			Tamil:   "இதன் பகுதியை மாற்ற முடியாது: இது {0}",
			English: "this has no parts that could be assigned: it is {0}",
		},
		{
			Code:    "E0633",
			Tamil:   "இடம் {0} இல்லை; உள்ள இடங்கள்: {1}",
			English: "there is no place {0}; the places are: {1}",
		},
		{
			Code:    "E0634",
			Tamil:   "'ஒவ்வொரு' ஓர் அணி, ஒரு பொருள் அல்லது ஒரு சொல்லில்தான் செல்லும், ஆனால் இது {0}",
			English: "'ஒவ்வொரு' walks over an array, a record or text, but this is {0}",
		},
		{
			Code:    "E0635",
			Tamil:   "'?' க்கு முன் ஒரு முடிவு (சரி அல்லது தவறு) வேண்டும், ஆனால் இது {0}",
			English: "'?' needs a result (சரி or தவறு) before it, but this is {0}",
		},
		{
			Code:    "E0636",
			Tamil:   "காத்திருக்க ஒரு பணி வேண்டும், ஆனால் இது {0}",
			English: "only a task can be waited for, but this is {0}",
		},
		{
			Code:    "E0637",
			Tamil:   "{0} ஒரு தேதி அல்ல; YYYY-MM-DD என எழுதவும்",
			English: "{0} is no date; write YYYY-MM-DD",
		},
		{
			Code:    "E0638",
			Tamil:   "'ஜேசான்_உரை' ஒரு சொல்லை அனுப்பும், ஆனால் இது {0}",
			English: "'ஜேசான்_உரை' sends text, but this is {0}",
		},
		{
			Code:    "E0639",
			Tamil:   "இந்த SQL இல் {0} இடங்கள் (?) உள்ளன, ஆனால் {1} மதிப்புகள் தரப்பட்டுள்ளன",
			English: "this SQL has {0} places (?), but is given {1} values",
		},
		{
			Code:    "E0640",
			Tamil:   "SQL இன் மதிப்புகள் ஓர் அணியாக வேண்டும், ஆனால் இது {0}",
			English: "the values of an SQL text must be an array, but this is {0}",
		},
		{
			Code:    "E0641",
			Tamil:   "'{0}' வடிவத்தின் '{1}' புலத்தின் விதியை எந்த மதிப்பும் நிறைவேற்ற முடியாது",
			English: "no value can meet the rule of the field '{1}' of '{0}'",
		},
		{
			Code:    "E0642",
			Tamil:   "'{0}' வடிவத்தின் '{1}' புலம் {2} ஆக வேண்டும், ஆனால் தரப்படுவது {3}",
			English: "the field '{1}' of '{0}' must be {2}, but is given {3}",
		},
		{
			Code:    "E0643",
			Tamil:   "'..' க்குப் பின் '{0}' வடிவ மதிப்பு வேண்டும், ஆனால் இது {1}",
			English: "what follows '..' must be a '{0}', but this is {1}",
		},
	}
}
