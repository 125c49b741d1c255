package diag

// ignoreWarnings are what is wrong with ignore comments.
func ignoreWarnings() []Entry {
	return []Entry{
		{
			Code:        CodeIgnoreIdle,
			Tamil:       "இந்த வரியில் {0} இல்லை; இந்தக் குறிப்பு எதையும் மறைக்கவில்லை",
			English:     "this line has no {0}: the comment silences nothing",
			HelpTamil:   "குறிப்பை நீக்கவும்",
			HelpEnglish: "remove the comment",
		},
		{
			Code:        CodeIgnoreUnknown,
			Tamil:       "'{0}' என்னும் குறியீடு இல்லை",
			English:     "there is no code '{0}'",
			HelpTamil:   "குறியீடு W அல்லது E, பிறகு நான்கு இலக்கங்கள்: W0004",
			HelpEnglish: "a code is W or E and four digits: W0004",
		},
		{
			Code:        CodeIgnoreStops,
			Tamil:       "{0} நிரலை நிறுத்தும் பிழை; அதை மறைக்க முடியாது",
			English:     "{0} is an error that stops a run; it cannot be silenced",
			HelpTamil:   "பிழையைத் திருத்தி, குறிப்பை நீக்கவும்",
			HelpEnglish: "put the error right and remove the comment",
		},
	}
}
