package diag

// machineErrors are the run-time errors of the machine.
func machineErrors() []Entry { return append(callErrors(), limitErrors()...) }

func callErrors() []Entry {
	return []Entry{
		{
			Code: "E0330", Kind: "பெயர்",
			Tamil:       "'{0}' என்னும் மாறிக்கு மதிப்பு எதுவும் இல்லை",
			English:     "'{0}' is not defined",
			HelpTamil:   "பெயரின் எழுத்துகளைச் சரிபார்க்கவும், அல்லது முதலில் அதற்கு மதிப்பு இடவும்",
			HelpEnglish: "check the spelling, or give it a value first",
		},
		{
			Code: "E0331", Kind: "பெயர்",
			Tamil:       "'{0}' என்னும் செயல் இல்லை",
			English:     "there is no function '{0}'",
			HelpTamil:   "பெயரின் எழுத்துகளைச் சரிபார்க்கவும், அல்லது செயல் {0}(…) { … } என வரையறுக்கவும்",
			HelpEnglish: "check the spelling, or define it: செயல் {0}(…) { … }",
		},
		{
			Code: "E0332", Kind: "அழைப்பு",
			Tamil:   "'{0}' ஏற்கும் மதிப்புகள் {1}, ஆனால் தரப்பட்டவை {2}",
			English: "wrong number of arguments for '{0}': it takes {1}, but was given {2}",
		},
		{Code: "E0333", Kind: "வகை", Tamil: "இதை அழைக்க முடியாது: இது {#0}", English: "{0} cannot be called"},
		{
			Code: "E0334", Kind: "புலம்",
			Tamil: "'{1}' என்னும் செயல் இதில் இல்லை: இது {#0}", English: "{0} has no method '{1}'",
		},
		{
			Code: "E0335", Kind: "வகை",
			Tamil:       "'?' க்கு முன் ஒரு முடிவு (சரி அல்லது தவறு) வேண்டும், ஆனால் இது {#0}",
			English:     "'?' needs a result (சரி or தவறு), but this is {0}",
			HelpTamil:   "பிழையை எழுப்ப வேண்டும் என்றால் தவறு(…)? என எழுதவும்",
			HelpEnglish: "to raise an error write தவறு(…)?",
		},
		{
			Code: "E0336", Kind: "பொது",
			Tamil:       "கையாளப்படாத தவறு: {0}",
			English:     "a failure was not handled: {0}",
			HelpTamil:   "முயல் { … } பிழை(பி) { … } கொண்டு பிடிக்கவும், அல்லது ? க்கு முன் தவறா(…) எனப் பார்க்கவும்",
			HelpEnglish: "catch it with முயல் { … } பிழை(பி) { … }, or test it with தவறா(…) before ?",
		},
		{
			Code: "E0337", Kind: "அழைப்பு",
			Tamil: "'திரும்பு' எந்தச் செயலுக்குள்ளும் இல்லை", English: "திரும்பு stands outside every function",
		},
		{
			Code: "E0338", Kind: "சேவை",
			Tamil: "'{0}' இந்தப் பதிப்பில் இன்னும் இல்லை", English: "'{0}' is not available yet in this version",
		},
		{
			Code: "E0345", Kind: "வகை",
			Tamil: "இங்கே '{0}' வடிவம் வேண்டும், ஆனால் இது {#1}", English: "a record of shape {0} is needed here, but this is {1}",
		},
		{Code: "E0346", Kind: "புலம்", Tamil: "'{0}' மதிப்பில் இந்தப் புலங்கள் விடுபட்டுள்ளன: {1}", English: "this '{0}' lacks the fields {1}"},
		{
			Code: "E0347", Kind: "சரிபார்ப்பு",
			Tamil:   "'{0}' வடிவத்தின் '{1}' புலத்தின் மதிப்பு அதன் விதியை மீறுகிறது",
			English: "the value of field '{1}' breaks its rule in shape {0}",
		},
		{
			Code: "E0348", Kind: "கோப்பு",
			Tamil:   "'இறக்கு' கோப்பின் மேல்மட்டத்தில் மட்டுமே இயங்கும்",
			English: "இறக்கு works only at the top level of a file",
		},
		{Code: "E0349", Kind: "வகை", Tamil: "இதில் மதிப்பு இட முடியாது", English: "this cannot be assigned to"},
		{Code: "E0350", Kind: "பொது", Tamil: "{0}", English: "{0}"},
		{
			Code: "E0351", Kind: "பொது",
			Tamil: "இது eTamil கருவியின் பிழை: {0}", English: "the toolchain has a bug here: {0}",
			HelpTamil: "இந்த நிரலுடன் தெரிவிக்கவும்", HelpEnglish: "please report it with this program",
		},
		{
			Code: "E0352", Kind: "வகை",
			Tamil: "'{0}' புலத்துக்கு {1} வேண்டும், ஆனால் இது {#2}", English: "the field '{0}' needs {1}, but this is {2}",
		},
		{
			Code: "E0353", Kind: "அழைப்பு",
			Tamil:   "'திரும்பு', 'நிறுத்து', 'தொடர்' ஆகியவை 'இறுதியில்' பகுதியை விட்டு வெளியேறக் கூடாது",
			English: "திரும்பு, நிறுத்து and தொடர் may not leave இறுதியில்",
		},
		{
			Code: "E0354", Kind: "வகை",
			Tamil:   "இங்கே ஒரு வடிவத்தின் பெயர் வேண்டும், ஆனால் இது {#0}",
			English: "a shape is needed here, but this is {0}",
		},
	}
}

func limitErrors() []Entry {
	return []Entry{
		{
			Code: "E0339", Kind: "எல்லை",
			Tamil:       "அழைப்புகளின் ஆழம் {0} ஐத் தாண்டியது",
			English:     "calls are nested more than {0} deep",
			HelpTamil:   "தன்னைத்தானே அழைக்கும் செயல் எங்கே நிற்கும் எனப் பார்க்கவும், அல்லது --max-depth கொண்டு எல்லையை உயர்த்தவும்",
			HelpEnglish: "see where the function that calls itself stops, or raise the limit with --max-depth",
		},
		{
			Code: "E0340", Kind: "எல்லை",
			Tamil:       "நிரலுக்குத் தந்த {0} படிகளும் தீர்ந்துவிட்டன",
			English:     "the program used up its budget of {0} steps",
			HelpTamil:   "முடிவற்ற சுற்று உள்ளதா எனப் பார்க்கவும், அல்லது --fuel கொண்டு எல்லையை உயர்த்தவும்",
			HelpEnglish: "look for a loop without an end, or raise the limit with --fuel",
		},
		{
			Code: "E0341", Kind: "எல்லை",
			Tamil:       "நிரலுக்கு அதன் நினைவக எல்லையான {0} MB போதவில்லை",
			English:     "the program needs more than its memory limit of {0} MB",
			HelpTamil:   "தரவைப் பகுதிகளாகக் கையாளவும், அல்லது --max-memory கொண்டு எல்லையை உயர்த்தவும்",
			HelpEnglish: "handle the data in parts, or raise the limit with --max-memory",
		},
		{Code: "E0342", Kind: "காலவரம்பு", Tamil: "{0} மில்லிநொடி காலவரம்பு முடிந்தது", English: "the time limit of {0} ms is over"},
		{Code: "E0343", Kind: "நிறுத்தம்", Tamil: "ஓட்டம் நிறுத்தப்பட்டது", English: "the run was stopped"},
		{
			Code: "E0344", Kind: "எல்லை",
			Tamil:     "நிரலின் இந்தப் பகுதி மிகப் பெரியது: {1} க்கு மேற்பட்ட {0}",
			English:   "this part of the program is too large: more than {1} {0}",
			HelpTamil: "அதைச் சிறு செயல்களாகப் பிரிக்கவும்", HelpEnglish: "split it into smaller functions",
		},
	}
}
