package diag

// serviceErrors are the run-time errors of databases and of HTTP.
func serviceErrors() []Entry {
	return []Entry{
		{
			Code: "E0360", Kind: "தளம்",
			Tamil:   "தரவுத்தளம் மறுத்தது: {0}",
			English: "the database refused: {0}",
		},
		{
			Code: "E0361", Kind: "தளம்",
			Tamil:       "தரவுத்தள இணைப்பு '{0}' இல்லை",
			English:     "there is no database connection '{0}'",
			HelpTamil:   "முதலில் தளம்_இணை எழுதவும்",
			HelpEnglish: "connect first with தளம்_இணை",
		},
		{
			Code: "E0362", Kind: "தளம்",
			Tamil:       "பல தரவுத்தளங்கள் இணைந்துள்ளன: {0}",
			English:     "several databases are connected: {0}",
			HelpTamil:   "கூற்றின் முடிவில் இணைப்பின் பெயரை எழுதவும்",
			HelpEnglish: "write the connection's name at the end of the statement",
		},
		{
			Code: "E0363", Kind: "தளம்",
			Tamil:       "'{0}' வகைத் தரவுத்தளம் இந்தப் பதிப்பில் இன்னும் இல்லை",
			English:     "databases of the kind '{0}' are not available yet in this version",
			HelpTamil:   "சீகுலைட் பயன்படுத்தவும்",
			HelpEnglish: "use சீகுலைட் (SQLite)",
		},
		{
			Code: "E0364", Kind: "வகை",
			Tamil:   "வினாவின் அளவுருக்கள் ஓர் அணியாக இருக்க வேண்டும், ஆனால் அது {#0}",
			English: "the parameters of a statement must be an array, but this is {0}",
		},
		{
			Code: "E0365", Kind: "தளம்",
			Tamil:   "'{0}' என்னும் இணைப்பு வேறொரு தரவுத்தளத்திற்குத் திறந்துள்ளது",
			English: "the connection '{0}' is open to another database",
		},
		{
			Code: "E0366", Kind: "வலை",
			Tamil:   "'{0}' ஒரு கோரிக்கைக்குப் பதில் தரும்போது மட்டுமே இயங்கும்",
			English: "'{0}' works only while a request is answered",
		},
	}
}
