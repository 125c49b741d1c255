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
			HelpTamil:   "முதலில் தளம்_இணை கொண்டு இணைக்கவும்",
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
			HelpTamil:   "சீகுலைட்டைப் பயன்படுத்தவும்",
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
			Code: "E0430", Kind: "தளம்",
			Tamil:       "தரவுத்தளம் {0} பூட்டப்பட்டுள்ளது: வேறொரு நிரலோ கோரிக்கையோ அதில் எழுதுகிறது",
			English:     "the database {0} is locked: another program or request is writing to it",
			HelpTamil:   "BEGIN முதல் COMMIT வரை உள்ள வேலையைக் குறைக்கவும்; அந்தக் கோப்பைத் திறந்துள்ள மற்ற நிரலை மூடவும்",
			HelpEnglish: "do less between BEGIN and COMMIT; close the other program that has the file open",
		},
		{
			Code: "E0431", Kind: "தளம்",
			Tamil:       "{0} சிதைந்துள்ளது, அல்லது அது SQLite தரவுத்தளம் அல்ல: {1}",
			English:     "{0} is damaged, or no SQLite database: {1}",
			HelpTamil:   "காப்பு நகலிலிருந்து மீட்கவும்; வேறு கோப்பு என்றால் வேறு பெயர் தரவும்",
			HelpEnglish: "restore it from a backup; if it is another kind of file, use another name",
		},
		{
			Code: "E0432", Kind: "தளம்",
			Tamil:       "தரவுத்தளம் {0} எழுத முடியாதது: கோப்போ அதன் கோப்பகமோ படிக்க மட்டுமே",
			English:     "the database {0} cannot be written: the file or its folder is read-only",
			HelpTamil:   "கோப்பு, கோப்பகம் இரண்டுக்கும் எழுதும் உரிமை வேண்டும்",
			HelpEnglish: "both the file and its folder need the permission to write",
		},
		{
			Code: "E0433", Kind: "தளம்",
			Tamil:       "தரவுத்தளம் {0} உருவாக்க முடியவில்லை: {1} என்னும் கோப்பகம் இல்லை",
			English:     "the database {0} cannot be made: there is no folder {1}",
			HelpTamil:   "முதலில் கோப்பகத்தை உருவாக்கவும்",
			HelpEnglish: "make the folder first",
		},
		{
			Code: "E0434", Kind: "தளம்",
			Tamil:   "தரவுத்தளம் {0} திறக்க முடியவில்லை: {1}",
			English: "the database {0} cannot be opened: {1}",
		},
		{
			Code: "E0435", Kind: "தளம்",
			Tamil:       "வட்டு நிறைந்தது: தரவுத்தளம் {0} மாற்றப்படவில்லை",
			English:     "the disk is full: the database {0} was not changed",
			HelpTamil:   "வட்டில் இடம் உண்டாக்கிய பின் மீண்டும் முயலவும்",
			HelpEnglish: "free some space on the disk and try again",
		},
		{
			Code: "E0436", Kind: "தளம்",
			Tamil:   "தரவுத்தளம் {0} பயன்பாட்டின்போது வட்டுப் பிழை: {1}",
			English: "the disk failed while the database {0} was used: {1}",
		},
		{
			Code: "E0437", Kind: "தளம்",
			Tamil:       "SQL-இல் உள்ள ? இடங்கள் {0}, தரப்பட்ட மதிப்புகள் {1}",
			English:     "the statement has {0} places for values (?), and the number of values given is {1}",
			HelpTamil:   "ஒவ்வொரு ? குறிக்கும் அணியில் ஒரு மதிப்பு வேண்டும்",
			HelpEnglish: "the array needs one value for each ?",
		},
		{
			Code: "E0438", Kind: "தளம்",
			Tamil:   "SQL தவறு: {0}, இங்கே: {1}",
			English: "wrong SQL: {0}, in: {1}",
		},
		{
			Code: "E0439", Kind: "தளம்",
			Tamil:       "'{0}' என்னும் அட்டை {1} தரவுத்தளத்தில் இல்லை",
			English:     "there is no table '{0}' in {1}",
			HelpTamil:   "முதலில் CREATE TABLE இயக்கவும்",
			HelpEnglish: "run CREATE TABLE first",
		},
		{
			Code: "E0440", Kind: "தளம்",
			Tamil:   "'{0}' என்னும் பத்தி இல்லை, இங்கே: {1}",
			English: "there is no column '{0}', in: {1}",
		},
		{
			Code: "E0441", Kind: "தளம்",
			Tamil:       "ஒரு முறைக்கு ஒரே SQL கூற்று; முதலாவதன் பின் இது வருகிறது: {0}",
			English:     "one SQL statement at a time; this follows the first: {0}",
			HelpTamil:   "ஒவ்வொரு கூற்றையும் தனித் தளம்_செய் ஆக எழுதவும்",
			HelpEnglish: "write a தளம்_செய் for each statement",
		},
		{
			Code: "E0442", Kind: "தளம்",
			Tamil:   "அப்படி ஒரு வரிசை ஏற்கெனவே உள்ளது: {0} தனித்துவமாக இருக்க வேண்டும்",
			English: "there is such a row already: {0} must be unique",
		},
		{
			Code: "E0443", Kind: "தளம்",
			Tamil:   "{0} மதிப்பில்லாமல் இருக்கக் கூடாது",
			English: "{0} must have a value",
		},
		{
			Code: "E0444", Kind: "தளம்",
			Tamil:   "அட்டையின் விதி பொருந்தவில்லை: {0}",
			English: "the table's rule does not hold: {0}",
		},
		{
			Code: "E0445", Kind: "தளம்",
			Tamil:   "இல்லாத வரிசை ஒன்றைச் சுட்டும் வரிசை உண்டாகும் (FOREIGN KEY)",
			English: "a row would refer to another one that is not there (FOREIGN KEY)",
		},
		{
			Code: "E0446", Kind: "தளம்",
			Tamil:   "அட்டை இதை ஏற்காது: {0}",
			English: "the table does not allow this: {0}",
		},
		{
			Code: "E0447", Kind: "தளம்",
			Tamil:       "{0} தரவுத்தளத்தின் இணைப்பு எதுவும் {1} நொடிகளுக்குள் கிடைக்கவில்லை",
			English:     "no connection to {0} became free within {1} seconds",
			HelpTamil:   "கோரிக்கைகள் தரவுத்தளத்தை நெடுநேரம் பிடித்திருக்கின்றன; தளம்_பிரி முன்பே விடுவிக்கும்",
			HelpEnglish: "requests hold the database for long; தளம்_பிரி lets go of it earlier",
		},
		{
			Code: "E0448", Kind: "தளம்",
			Tamil:   "உரையோ வரிசையோ {0} தரவுத்தளத்திற்கு மிகப் பெரியது",
			English: "a text or row is too large for the database {0}",
		},
		{
			Code: "E0449", Kind: "தளம்",
			Tamil:       "பரிவர்த்தனைப் பிழை: {0}",
			English:     "transactions: {0}",
			HelpTamil:   "ஒவ்வொரு BEGIN கூற்றுக்கும் ஒரு COMMIT அல்லது ROLLBACK வேண்டும்",
			HelpEnglish: "each BEGIN needs one COMMIT or ROLLBACK",
		},
		{
			Code: "E0450", Kind: "கணிதம்",
			Tamil:   "கூட்டுத்தொகை பொருந்தாது: 28 இலக்கங்களுக்கு மேல்",
			English: "the sum does not fit: more than 28 digits",
		},
		{
			Code: "E0451", Kind: "தளம்",
			Tamil:       "முன்பு நேர்ந்த பிழை பரிவர்த்தனை முழுவதையும் நீக்கிவிட்டது",
			English:     "an earlier error undid the whole transaction",
			HelpTamil:   "ROLLBACK செய்து BEGIN முதல் மீண்டும் தொடங்கவும்",
			HelpEnglish: "ROLLBACK and start again from BEGIN",
		},
		{
			Code: "E0452", Kind: "தளம்",
			Tamil:   "தரவுத்தளம் {0} திறக்க முடியவில்லை: அது ஒரு கோப்பகம்",
			English: "the database {0} cannot be opened: it is a folder",
		},
		{
			Code: "E0453", Kind: "தளம்",
			Tamil:       "தரவுத்தளம் {0} திறக்க முடியவில்லை: அனுமதி இல்லை",
			English:     "the database {0} cannot be opened: permission denied",
			HelpTamil:   "கோப்பைப் படிக்கும் உரிமை வேண்டும்",
			HelpEnglish: "the file needs the permission to read it",
		},
		{
			Code: "E0366", Kind: "வலை",
			Tamil:   "'{0}' ஒரு கோரிக்கைக்குப் பதில் தரும்போது மட்டுமே இயங்கும்",
			English: "'{0}' works only while a request is answered",
		},
	}
}
