package diag

// projectErrors are the faults of etamil.toml (package project).
func projectErrors() []Entry {
	return []Entry{
		{
			Code:        "E0501",
			Tamil:       "இது TOML வடிவில் இல்லை: {0}",
			English:     "this is not TOML: {0}",
			HelpTamil:   "ஒவ்வொரு வரியும் 'பெயர் = மதிப்பு' அல்லது '[பிரிவு]'; சொற்கள் மேற்கோளில்",
			HelpEnglish: "each line is 'key = value' or '[section]'; texts stand in quotes",
		},
		{
			Code:        "E0502",
			Tamil:       "'{0}' என்னும் அமைப்பு இல்லை",
			English:     "there is no key '{0}'",
			HelpTamil:   "எல்லா அமைப்புகளும் docs/etamil.toml.md பக்கத்தில் உள்ளன",
			HelpEnglish: "all keys are listed in docs/etamil.toml.md",
		},
		{
			Code:    "E0503",
			Tamil:   "'{0}' என்பதற்கு வேண்டியது {1}; இங்கே இருப்பது {2}",
			English: "'{0}' wants {1}, but this is {2}",
		},
		{
			Code:    "E0504",
			Tamil:   "'{0}' என்பது '{1}' ஆக முடியாது; இவற்றில் ஒன்று வேண்டும்: {2}",
			English: "'{0}' cannot be '{1}'; it is one of: {2}",
		},
		{
			Code:    "E0505",
			Tamil:   "'{0}' என்பது {1} ஆக முடியாது; {2} முதல் {3} வரை வேண்டும்",
			English: "'{0}' cannot be {1}; it is from {2} to {3}",
		},
		{
			Code:        "E0506",
			Tamil:       "'{0}' பாதைகளின் வடிவமாகாது: {1}",
			English:     "'{0}' is no pattern of paths: {1}",
			HelpTamil:   "* ஒரு பெயருக்குள் எதையும், ** எத்தனை கோப்புறைகளையும் குறிக்கும்: \"test/**\"",
			HelpEnglish: "* stands for anything within a name, ** for any number of folders: \"test/**\"",
		},
		{
			Code:    "E0507",
			Tamil:   "{0} என்னும் சூழல் மாறி '{1}' ஆக முடியாது; வேண்டியது: {2}",
			English: "the environment variable {0} cannot be '{1}'; wanted is {2}",
		},
		{
			Code:    "E0508",
			Tamil:   "etamil.toml {0} பைட்டுகளுக்கு மேல் உள்ளது",
			English: "the project file is larger than {0} bytes",
		},
		{
			Code:    "E0509",
			Tamil:   "'{0}' என்பதற்கு மதிப்புகள் {1}; '{2}' என்பதற்கோ {3}",
			English: "'{0}' has {1} values, but '{2}' has {3}",
		},
	}
}
