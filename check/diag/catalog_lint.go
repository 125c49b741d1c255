package diag

// lintWarnings are the warnings of the full check.
func lintWarnings() []Entry {
	return []Entry{
		{
			Code:    "W0101",
			Tamil:   "'{0}' அறிவிக்கப்பட்டது, ஆனால் எங்கும் பயன்படவில்லை",
			English: "'{0}' is declared but never used",
		},
		{
			Code:        "W0102",
			Tamil:       "'{0}' அளவுரு எங்கும் பயன்படவில்லை",
			English:     "the parameter '{0}' is never used",
			HelpTamil:   "வேண்டுமென்றே என்றால் பெயரை '_' கொண்டு தொடங்கவும்",
			HelpEnglish: "start its name with '_' if that is on purpose",
		},
		{
			Code:    "W0103",
			Tamil:   "'{0}' செயலை எதுவும் அழைக்கவில்லை",
			English: "nothing calls the function '{0}'",
		},
		{
			Code:    "W0104",
			Tamil:   "'{0}' கோப்பிலிருந்து எதுவும் பயன்படவில்லை",
			English: "nothing of '{0}' is used",
		},
		{
			Code:    "W0105",
			Tamil:   "'{0}' இல் மதிப்பு இடப்படுகிறது, ஆனால் யாரும் அதைப் படிப்பதில்லை",
			English: "'{0}' is assigned but never read",
		},
		{
			Code:    "W0106",
			Tamil:   "இந்த வரிக்கு நிரல் ஒருபோதும் வராது",
			English: "the program never gets here",
		},
		{
			Code:    "W0107",
			Tamil:   "இந்த நிபந்தனை எப்போதும் {0} ({1})",
			English: "this condition is always {1} ({0})",
		},
		{
			Code:        "W0108",
			Tamil:       "'{0}' தவறைத் தரலாம், ஆனால் அதன் முடிவை யாரும் பார்ப்பதில்லை",
			English:     "'{0}' may fail, but nobody looks at its result",
			HelpTamil:   "பின்னால் '?' சேர்க்கவும், அல்லது முடிவை ஒரு மாறியில் இடவும்",
			HelpEnglish: "add '?' behind it, or keep the result in a variable",
		},
		{
			Code:    "W0109",
			Tamil:   "இந்த '{0}' எங்கும் 'பதில்' தருவதில்லை",
			English: "this '{0}' never answers with 'பதில்'",
		},
		{
			Code:        "W0110",
			Tamil:       "ஒரு சொல் ஓர் எண்ணுக்கு ஒருபோதும் சமமாகாது: '{0}' எப்போதும் ஒரே விடை தரும்",
			English:     "a string never equals a number: '{0}' always gives the same answer",
			HelpTamil:   "எண்ணாக ஒப்பிட + 0 சேர்க்கவும், அல்லது எண்ணாக்கு(…) பயன்படுத்தவும்",
			HelpEnglish: "add + 0 to compare numbers, or use எண்ணாக்கு(…)",
		},
		{
			Code:        "W0111",
			Tamil:       "'&' ம் '{0}' ம் ஒரே நிலையில் உள்ளன: சொல் முதலில் இணைந்து பிறகு எண்ணாகும், அடையாளச் சொல் மறையும்",
			English:     "'&' and '{0}' stand on one level: the text is joined first and then counts as a number, and the label is lost",
			HelpTamil:   "கணக்கை ( ) க்குள் இடவும்",
			HelpEnglish: "put the sum in brackets",
		},
		{
			Code:    "W0112",
			Tamil:   "'{0}' எண்களைக் கணக்கிடும், ஆனால் இது {1}; அது 0 ஆகவோ அதிலுள்ள எண்ணாகவோ கொள்ளப்படும்",
			English: "'{0}' works on numbers, but this is {1}; it counts as 0 or as the number it spells",
		},
		{
			Code:    "W0113",
			Tamil:   "'{0}' எண்களையும் சொற்களையும்தான் ஒப்பிடும், ஆனால் இது {1}; விடை எப்போதும் பொய்",
			English: "'{0}' compares numbers and strings, but this is {1}; the answer is always false",
		},
		{
			Code:        "W0114",
			Tamil:       "'{0};' என்பது '{0}' இல் 0 ஐ இடும்",
			English:     "'{0};' stores 0 in '{0}'",
			HelpTamil:   "வேண்டுமென்றே என்றால் {0} = 0; என எழுதவும்",
			HelpEnglish: "write {0} = 0; if that is meant",
		},
		{
			Code:    "W0115",
			Tamil:   "'{0}' ம் '{1}' ம் ஒரே ஒலி, ஆனால் இரு வேறு பெயர்கள்",
			English: "'{0}' and '{1}' sound the same, but are two names",
		},
		{
			Code:    "W0116",
			Tamil:   "'{0}' இல் எழுத்தைப் போலத் தோன்றும் எண்குறி உள்ளது; '{1}' என எண்ணப்படும்",
			English: "'{0}' holds a digit that looks like a letter; it reads as '{1}'",
		},
		{
			Code:    "W0117",
			Tamil:   "'{0}' இரு எழுத்துமுறைகளைக் கலக்கிறது",
			English: "'{0}' mixes two scripts",
		},
		{
			Code:    "W0118",
			Tamil:   "'{0}' பிரிந்த குறிகளால் எழுதப்பட்டது; அது '{1}' அல்ல",
			English: "'{0}' is written with split signs and is another name than '{1}'",
		},
		{
			Code:    "W0119",
			Tamil:   "'{0}' ஒரு பெயர், எண் அல்ல; எண் என்றால் {1} என எழுதவும்",
			English: "'{0}' is a name and no number; write {1} for the number",
		},
		{
			Code:        "W0120",
			Tamil:       "'{0}' இன் மதிப்பு ஓர் இரகசியம் போல் உள்ளது; நிரலில் எழுத வேண்டாம்",
			English:     "the value of '{0}' looks like a secret; do not keep it in the source",
			HelpTamil:   "சூழல்(\"…\") கொண்டு சூழலிலிருந்து படிக்கவும்",
			HelpEnglish: "read it from the environment with சூழல்(\"…\")",
		},
		{
			Code:    "W0121",
			Tamil:   "பூட்டைப் பிடித்தபடி '{0}' காத்திருக்கிறது; மற்ற பணிகள் அனைத்தும் நிற்கும்",
			English: "'{0}' waits while the lock is held; all other tasks stand still",
		},
		{
			Code:    "W0122",
			Tamil:   "இந்தப் பணி தவறினால் யாருக்கும் தெரியாது: எதுவும் அதற்காகக் காத்திருக்கவில்லை",
			English: "nobody would see this task fail: nothing waits for it",
		},
		{
			Code:    "W0123",
			Tamil:   "'{0}' ஏற்கெனவே உள்ள ஒரு செயல் ({1}); இந்தப் பெயரில் அது மறையும்",
			English: "'{0}' hides the builtin of that name: {1}",
		},
		{
			Code:    "W0124",
			Tamil:   "சுழியால் வகுக்க முடியாது; இங்கே வந்தால் நிரல் தவறும்",
			English: "division by zero always fails",
		},
		{
			Code:    "W0125",
			Tamil:   "{0}, {1}: இவை ஒருபோதும் சமமாகா",
			English: "{0} never equals {1}",
		},
		{
			Code:    "W0126",
			Tamil:   "'{0}' {1} என அறிவிக்கப்பட்டது, ஆனால் தரப்படுவது {2}",
			English: "'{0}' is declared as {1}, but its value is {2}",
		},
		{
			Code:    "W0127",
			Tamil:   "'{0}' செயலின் அளவுரு '{1}' {2} என அறிவிக்கப்பட்டது, ஆனால் தரப்படுவது {3}",
			English: "parameter '{1}' of '{0}' is declared as {2}, but is given {3}",
		},
		{
			Code:    "W0128",
			Tamil:   "'{0}' என்னும் அளவுரு இருமுறை உள்ளது; முதலாவது மட்டும் எண்ணப்படும்",
			English: "there are two parameters '{0}'; only the first counts",
		},
		{
			Code:    "W0129",
			Tamil:   "'{0}' புலம் இந்தப் பொருளில் இருமுறை உள்ளது; முதலாவது மட்டும் எண்ணப்படும்",
			English: "the field '{0}' is given twice in this record; only the first counts",
		},
		{
			Code:    "W0130",
			Tamil:   "'{0}' செயல் பின்னர் மீண்டும் வரையறுக்கப்பட்டுள்ளது; இது ஒருபோதும் இயங்காது",
			English: "a later function '{0}' takes the place of this one, which never runs",
		},
		{
			Code:    "W0131",
			Tamil:   "'வகை' ஒருபோதும் \"{0}\" எனத் தராது; தருபவை: {1}, வடிவங்களின் பெயர்கள்",
			English: "'வகை' never answers \"{0}\"; it answers {1}, or the name of a shape",
		},
		{
			Code:    "W0132",
			Tamil:   "இந்த வரி எதையும் செய்வதில்லை: அதன் மதிப்பை யாரும் பயன்படுத்துவதில்லை",
			English: "this statement does nothing: nobody uses its value",
		},
		{
			Code:    "W0133",
			Tamil:   "'{0}' ஒரு வடிவத்தின் பெயர்; மாறிக்கு வேறு பெயர் தெளிவாக இருக்கும்",
			English: "'{0}' is the name of a shape; another name for the variable would be clearer",
		},
		{
			Code:        "W0134",
			Tamil:       "இந்தச் செயல் வேறிடத்தில் ஒரு முடிவைத் (சரி, தவறு) தருகிறது, ஆனால் இங்கே தருவது {0}; '?' இதில் தவறும்",
			English:     "this function answers a result (சரி, தவறு) elsewhere, but here {0}; '?' would fail on it",
			HelpTamil:   "சரி(…) க்குள் இடவும்",
			HelpEnglish: "wrap it in சரி(…)",
		},
		{
			Code:    "W0135",
			Tamil:   "'{0}' இந்தக் கோப்பையே மீண்டும் இறக்குகிறது; வட்டத்தின் இரண்டாம் முறை எதுவும் வராது",
			English: "'{0}' imports this file again; the second time of a circle gives nothing",
		},
		{
			Code:    "W0136",
			Tamil:   "'{0}' வழி சாக்கெட்டில் மட்டுமே இயங்கும்",
			English: "'{0}' works only in a வழி சாக்கெட்",
		},
		{
			Code:    "W0137",
			Tamil:   "'{0}' வழி ஓடையிலோ பதில்_ஓடையின் தொகுதியிலோ மட்டுமே இயங்கும்",
			English: "'{0}' works only in a வழி ஓடை or in the block of பதில்_ஓடை",
		},
		{
			Code:    "W0138",
			Tamil:   "பாதை '{1}' இல் '{0}' என்னும் அளவுரு இல்லை",
			English: "the path '{1}' has no parameter '{0}'",
		},
		{
			Code:    "W0139",
			Tamil:   "'{0}' ஒரு கோரிக்கைக்குப் பதில் தரும்போது மட்டுமே இயங்கும்",
			English: "'{0}' works only while a request is answered",
		},
	}
}
