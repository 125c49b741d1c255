package diag

// loadErrors are the faults of finding and reading files (package module).
func loadErrors() []Entry {
	return []Entry{
		{
			Code:    "E0201",
			Tamil:   "'{0}' கோப்பைக் காணவில்லை",
			English: "there is no file '{0}'",
		},
		{
			Code:        "E0202",
			Tamil:       "இறக்கக் கேட்ட '{0}' கோப்பைக் காணவில்லை; தேடிய இடங்கள்: {1}",
			English:     "the imported file '{0}' was not found; looked in: {1}",
			HelpTamil:   "பாதையைச் சரிபார்க்கவும், அல்லது கோப்பு உள்ள கோப்புறையை ETAMIL_PATH இல் சேர்க்கவும்",
			HelpEnglish: "check the path, or add the folder that holds it to ETAMIL_PATH",
		},
		{
			Code:    "E0203",
			Tamil:   "'{0}' ஒரு கோப்புறை; நிரல் கோப்பு வேண்டும்",
			English: "'{0}' is a folder; a program file is needed",
		},
		{
			Code:    "E0204",
			Tamil:   "'{0}' கோப்பைப் படிக்க அனுமதி இல்லை",
			English: "there is no permission to read '{0}'",
		},
		{
			Code:    "E0205",
			Tamil:   "'{0}' கோப்பைப் படிக்க முடியவில்லை: {1}",
			English: "'{0}' cannot be read: {1}",
		},
		{
			Code:        "E0206",
			Tamil:       "இறக்கிய இரு கோப்புகள் '{0}' செயலை வரையறுக்கின்றன: {1}, {2}",
			English:     "two imported files define the function '{0}': {1} and {2}",
			HelpTamil:   "ஒன்றின் பெயரை மாற்றவும்; முதன்மை நிரல் மட்டும் இறக்கிய செயலை மாற்றி வரையறுக்கலாம்",
			HelpEnglish: "rename one of them; only the main program may redefine an imported function",
		},
		{
			Code:    "E0208",
			Tamil:   "இறக்கிய கோப்புகள் {0} க்கு மேல்; '{1}' இறக்கப்படவில்லை",
			English: "more than {0} files are imported; '{1}' was not",
		},
		{
			Code:    "E0209",
			Tamil:   "'{0}' கோப்பை ஏற்றுவது நிறுத்தப்பட்டது: {1}",
			English: "loading '{0}' was stopped: {1}",
		},
		{
			Code:    "E0210",
			Tamil:   "'இறக்கு' என்பதற்குப் பின் ஒரு கோப்பின் பெயர் வேண்டும், ஆனால் அது வெறுமையாக உள்ளது",
			English: "இறக்கு needs the name of a file, but it is empty",
		},
	}
}
