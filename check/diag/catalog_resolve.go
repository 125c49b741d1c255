package diag

// resolveErrors are what fails when it is reached: names, calls, routes (design: issue 4).
func resolveErrors() []Entry {
	return []Entry{
		{
			Code:    "E0600",
			Tamil:   "'{0}' என்னும் பெயர் அறிவிக்கப்படவில்லை",
			English: "'{0}' is not defined",
		},
		{
			Code:    "E0601",
			Tamil:   "'{0}' என்னும் செயல் இல்லை",
			English: "there is no function '{0}'",
		},
		{
			Code:    "E0602",
			Tamil:   "'{0}' இங்கே படிக்கப்படுகிறது, ஆனால் அதில் இன்னும் மதிப்பு இல்லை",
			English: "'{0}' is read here, but has no value yet",
		},
		{
			Code:    "E0603",
			Tamil:   "'{0}' செயல் {1} மதிப்புகளை ஏற்கும், ஆனால் {2} தரப்பட்டுள்ளன",
			English: "'{0}' takes {1} arguments, but is given {2}",
		},
		{
			Code:    "E0604",
			Tamil:   "'திரும்பு' ஒரு செயலுக்குள்தான் வரலாம்",
			English: "'திரும்பு' can only stand inside a function",
		},
		{
			Code:    "E0605",
			Tamil:   "'{0}' 'இறுதியில்' தொகுதியை விட்டு வெளியேற முடியாது",
			English: "'{0}' cannot leave an 'இறுதியில்' block",
		},
		{
			Code:    "E0606",
			Tamil:   "'இறக்கு' கோப்பின் மேல்மட்டத்தில் மட்டுமே வேலை செய்யும்",
			English: "'இறக்கு' works only at the top level of a file",
		},
		{
			Code:    "E0607",
			Tamil:   "{0} \"{1}\" என்னும் கோரிக்கைக்கு ஏற்கெனவே ஒரு வழி உள்ளது",
			English: "there is already a route for {0} \"{1}\"",
		},
		{
			Code:    "E0608",
			Tamil:   "'{0}' க்குப் பின் மதிப்பை நேரடியாக எழுத வேண்டும்; கணக்கிட முடியாது",
			English: "what follows '{0}' must be written out; it cannot be computed",
		},
		{
			Code:    "E0609",
			Tamil:   "'{0}' என்னும் பாத்திரம் எங்கும் அறிவிக்கப்படவில்லை; இந்த வழி எவரையும் அனுமதிக்காது",
			English: "no role '{0}' is declared; this route lets nobody in",
		},
		{
			Code:    "E0610",
			Tamil:   "'{0}' ஒரு HTTP முறை அல்ல",
			English: "'{0}' is no HTTP method",
		},
		{
			Code:    "E0611",
			Tamil:   "'{0}' தலைப்பின் பெயராக முடியாது; ஆங்கில எழுத்துகள், எண்கள், '-' மட்டும்",
			English: "'{0}' cannot be the name of a header; use Latin letters, digits and '-'",
		},
		{
			Code:    "E0612",
			Tamil:   "'{0}' தலைப்பின் மதிப்பில் வரி முறிவோ கட்டுப்பாட்டுக் குறியோ இருக்க முடியாது",
			English: "the value of the header '{0}' cannot hold line breaks or control characters",
		},
		{
			Code:    "E0613",
			Tamil:   "{0} ஒரு HTTP நிலைக் குறி அல்ல; 100 முதல் 599 வரை வேண்டும்",
			English: "{0} is no HTTP status; it must be from 100 to 599",
		},
		{
			Code:    "E0614",
			Tamil:   "'{1}' க்கு '{0}' என்னும் விருப்பம் இல்லை; உள்ளவை: {2}",
			English: "'{1}' has no option '{0}'; there are: {2}",
		},
		{
			Code:    "E0616",
			Tamil:   "{0} ஒரு ஜிஆர்பிசி குறி அல்ல; 0 முதல் 16 வரை வேண்டும்",
			English: "{0} is no code of gRPC; it must be from 0 to 16",
		},
		{
			Code:        "E0615",
			Tamil:       "வழியின் காவல்கள் மேற்கோளுக்குள் எழுதிய உரைகளின் பட்டியலாக இருக்க வேண்டும்",
			English:     "the guards of a route must be a list of quoted texts",
			HelpTamil:   "எ.கா. [\"auth\"] அல்லது [\"admin\", \"viewer\"]",
			HelpEnglish: "as in [\"auth\"] or [\"admin\", \"viewer\"]",
		},
	}
}
