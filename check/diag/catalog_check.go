package diag

// typeErrors are the static errors about declared types and நிலை (language/grammar.md 5, items 1 to 4).
func typeErrors() []Entry {
	return []Entry{
		{
			Code:    "E0101",
			Tamil:   "'{0}' {1} என அறிவிக்கப்பட்டது, ஆனால் அதற்குத் தரப்படுவது {2}",
			English: "'{0}' is declared as {1}, but its value is {2}",
		},
		{
			Code:    "E0102",
			Tamil:   "'{0}' {1} என அறிவிக்கப்பட்டது, ஆனால் இப்போது அதில் இடப்படுவது {2}",
			English: "'{0}' is declared as {1}, but is given {2} here",
		},
		{
			Code:    "E0103",
			Tamil:   "'{0}' {1} என அறிவிக்கப்பட்டது, ஆனால் தொடக்க மதிப்பு இல்லை; அதில் 0 ({2}) இடப்படும்; = கொண்டு மதிப்பைத் தரவும்",
			English: "'{0}' is declared as {1}, but has no value and would hold 0 ({2}); give it one with =",
		},
		{
			Code:    "E0104",
			Tamil:   "'{0}' செயலின் அளவுரு '{1}' {2} என அறிவிக்கப்பட்டது, ஆனால் அழைப்பில் தரப்படுவது {3}",
			English: "parameter '{1}' of '{0}' is declared as {2}, but a call passes {3}",
		},
		{
			Code:    "E0105",
			Tamil:   "'{0}' செயல் {1} திருப்பித் தரும் என அறிவிக்கப்பட்டது, ஆனால் திருப்பித் தருவது {2}",
			English: "'{0}' is declared to return {1}, but returns {2}",
		},
		{
			Code:        "E0106",
			Tamil:       "'{0}' நிலை என அறிவிக்கப்பட்டது; அதில் மீண்டும் மதிப்பு இட முடியாது",
			English:     "'{0}' is fixed (நிலை) and cannot be assigned again",
			HelpTamil:   "மாற வேண்டியது என்றால் 'நிலை' இன்றி அறிவிக்கவும், அல்லது வேறு பெயரைப் பயன்படுத்தவும்",
			HelpEnglish: "declare it without நிலை if it has to change, or use another name",
		},
		{
			Code:    "E0107",
			Tamil:   "'{0}' நிலை என அறிவிக்கப்பட்டது; {1} அதில் மதிப்பு இட முடியாது",
			English: "'{0}' is fixed (நிலை), so {1} cannot store into it",
		},
		{
			Code:    "E0108",
			Tamil:   "'{0}' நிலை என அறிவிக்கப்பட்டது; அதன் எந்தப் பகுதியையும் மாற்ற முடியாது",
			English: "'{0}' is fixed (நிலை), so no part of it can be changed",
		},
		{
			Code:    "E0109",
			Tamil:   "'{0}' ஏற்கெனவே நிலை என அறிவிக்கப்பட்டது; ஒரே இடத்தில் இருமுறை அறிவிக்க முடியாது",
			English: "'{0}' is already fixed (நிலை) in this scope and cannot be bound twice",
		},
		{
			Code:    "E0110",
			Tamil:   "'{0}' ஏற்கெனவே சாதாரண மாறியாகப் பயன்பட்டது; இனி அதை நிலை என அறிவிக்க முடியாது",
			English: "'{0}' was already used as an ordinary variable in this scope and cannot become fixed (நிலை)",
		},
	}
}

// shapeErrors are the static errors about shapes (language/grammar.md 5, items 5 to 9).
func shapeErrors() []Entry {
	return []Entry{
		{Code: "E0111", Tamil: "'{0}' வடிவம் ஏற்கெனவே அறிவிக்கப்பட்டது", English: "the shape '{0}' is already declared"},
		{
			Code:    "E0112",
			Tamil:   "'{0}' என்னும் பெயரில் ஒரு செயலும் உள்ளது; வடிவத்துக்கு வேறு பெயர் வைக்கவும்",
			English: "there is a function '{0}' as well; give the shape another name",
		},
		{
			Code:    "E0113",
			Tamil:   "'{0}' வடிவத்தை நிரலின் மேல்மட்டத்தில் மட்டுமே அறிவிக்கலாம்",
			English: "the shape '{0}' can only be declared at the top level",
		},
		{Code: "E0114", Tamil: "'{0}' வடிவத்தில் '{1}' என்னும் புலம் இருமுறை உள்ளது", English: "the shape '{0}' has the field '{1}' twice"},
		{Code: "E0115", Tamil: "'{0}' வடிவத்தில் '{1}' என்னும் செயல் இருமுறை உள்ளது", English: "the shape '{0}' has the method '{1}' twice"},
		{
			Code:    "E0116",
			Tamil:   "'{0}' வடிவத்தில் '{1}' புலமாகவும் செயலாகவும் உள்ளது",
			English: "'{1}' is both a field and a method of the shape '{0}'",
		},
		{Code: "E0117", Tamil: "'{0}' என்னும் வடிவம் அறிவிக்கப்படவில்லை", English: "no shape '{0}' is declared, so it is no type"},
		{Code: "E0118", Tamil: "'{0}' என்னும் வடிவம் அறிவிக்கப்படவில்லை", English: "no shape '{0}' is declared, so it has no literal"},
		{
			Code:    "E0119",
			Tamil:   "'இது' எப்போதும் '{0}' வடிவம்; அதை {1} என அறிவிக்க முடியாது",
			English: "'இது' is always a '{0}' and cannot be declared as {1}",
		},
		{
			Code:    "E0120",
			Tamil:   "'{0}' வடிவத்தில் '{1}' என்னும் புலம் இல்லை; உள்ளவை: {2|எதுவும் இல்லை}",
			English: "the shape '{0}' has no field '{1}'; it has: {2|none}",
		},
		{Code: "E0121", Tamil: "'{1}' புலம் '{0}' மதிப்பில் இருமுறை தரப்பட்டுள்ளது", English: "the field '{1}' is given twice in this '{0}'"},
		{
			Code:    "E0122",
			Tamil:   "'{0}' வடிவத்தின் '{1}' புலம் {2} என அறிவிக்கப்பட்டது, ஆனால் தரப்படுவது {3}",
			English: "the field '{1}' of '{0}' is declared as {2}, but its value is {3}",
		},
		{
			Code:    "E0123",
			Tamil:   "'{0}' மதிப்பில் இந்தப் புலங்கள் விடுபட்டுள்ளன: {1}",
			English: "this '{0}' lacks the fields: {1}",
		},
		{
			Code:    "E0124",
			Tamil:   "'..' க்குப் பின் '{0}' வடிவ மதிப்பு வேண்டும், ஆனால் இருப்பது {1}",
			English: "what follows '..' must be a '{0}', but is {1}",
		},
		{
			Code:    "E0125",
			Tamil:   "'{0}' வடிவத்தில் '{1}' என்னும் புலம் இல்லை; உள்ளவை: {2|எதுவும் இல்லை}",
			English: "a '{0}' has no field '{1}'; it has: {2|none}",
		},
		{
			Code:    "E0126",
			Tamil:   "'{1}' என்பது '{0}' வடிவத்தின் செயல்; அதை {1}(…) என அழைக்கவும்",
			English: "'{1}' is a method of '{0}'; call it as {1}(…)",
		},
		{
			Code:    "E0127",
			Tamil:   "'{0}' வடிவத்தில் '{1}' என்னும் செயல் இல்லை; உள்ளவை: {2|எதுவும் இல்லை}",
			English: "the shape '{0}' has no method '{1}'; it has: {2|none}",
		},
		{
			Code:    "E0128",
			Tamil:   "'{1}' செயல் 'இது' அளவுருவை ஏற்பதில்லை; வடிவத்தின் பெயரால் {0}.{1}(…) என அழைக்கவும்",
			English: "the method '{1}' takes no 'இது'; call it on the shape, as {0}.{1}(…)",
		},
		{
			Code:    "E0129",
			Tamil:   "'{0}' வடிவத்தின் '{1}' புலம் {2}; அதை அழைக்க முடியாது",
			English: "the field '{1}' of '{0}' is {2} and cannot be called",
		},
		{
			Code:    "E0130",
			Tamil:   "{0}(…) ஒரே ஒரு மதிப்பை ஏற்கும், ஆனால் தரப்பட்டவை {1}",
			English: "{0}(…) takes exactly one value, but is given {1}",
		},
		{
			Code:    "E0131",
			Tamil:   "'{0}' வடிவத்தின் வகை அளவுருக்கள் {1}, ஆனால் தரப்பட்டவை {2}",
			English: "the shape '{0}' has {1} type parameters, but is given {2}",
		},
	}
}
