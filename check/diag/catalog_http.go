package diag

import "slices"

// httpErrors are the errors of answers, of requests that are refused, and of routes that cannot be served.
func httpErrors() []Entry {
	return slices.Concat(answerErrors(), requestErrors(), routeErrors(), tlsErrors())
}

// answerErrors are the run-time errors of handlers.
func answerErrors() []Entry {
	return []Entry{
		{
			Code: "E0460", Kind: "வலை",
			Tamil:   "பதிலின் நிலை 200 முதல் 599 வரை ஒரு முழு எண்ணாக இருக்க வேண்டும், {0} ஆக அல்ல",
			English: "a status is a whole number from 200 to 599, not {0}",
		},
		{
			Code: "E0461", Kind: "வலை",
			Tamil:   "பதிலின் தலைப்புகள் ஒரு பொருளாக இருக்க வேண்டும், ஆனால் அது {#0}",
			English: "the headers of an answer must be a record, but this is {0}",
		},
		{
			Code: "E0462", Kind: "வலை",
			Tamil:       "'{0}' என்னும் தலைப்பில் எந்தத் தலைப்பிலும் வரக் கூடாத எழுத்து உள்ளது",
			English:     "the header '{0}' has a character that no header may have",
			HelpTamil:   "தலைப்பின் பெயரில் ஆங்கில எழுத்துகள், எண்கள், '-' மட்டும்; மதிப்பில் புதிய வரி கூடாது",
			HelpEnglish: "names take Latin letters, digits and '-'; values take no line breaks",
		},
		{
			Code: "E0463", Kind: "வலை",
			Tamil:   "பதிலின் கோப்பைப் படிக்க முடியவில்லை: {0}",
			English: "the file of the answer cannot be read: {0}",
		},
		{
			Code: "E0477", Kind: "வலை",
			Tamil:   "இந்தக் கோரிக்கையில் {0} என்னும் எண்ணுள்ள பதிவேற்றம் இல்லை",
			English: "the request has no uploaded file number {0}",
		},
		{
			Code: "E0480", Kind: "வலை",
			Tamil:   "'{0}' என்னும் குக்கீயை அமைக்க முடியாது: {1}",
			English: "the cookie '{0}' cannot be set: {1}",
		},
	}
}

// requestErrors are why a request is refused before the program sees it; clients read them.
func requestErrors() []Entry {
	return []Entry{
		{
			Code: "E0464", Kind: "வலை",
			Tamil:   "பாதை ஏற்கப்படவில்லை: {0}",
			English: "the path is refused: {0}",
		},
		{
			Code: "E0465", Kind: "வலை",
			Tamil:   "கோரிக்கை தன் நீளத்தை இரு வழிகளில் சொல்கிறது (Content-Length, Transfer-Encoding)",
			English: "the request says its length in two ways (Content-Length and Transfer-Encoding)",
		},
		{
			Code: "E0466", Kind: "வலை",
			Tamil:   "உடல் {0} பைட்டுகளை விட நீளம்",
			English: "the body is longer than {0} bytes",
		},
		{
			Code: "E0467", Kind: "வலை",
			Tamil:   "படிவத்தில் {0}-ஐ விட அதிகப் புலங்கள்",
			English: "the form has more than {0} fields",
		},
		{
			Code: "E0468", Kind: "வலை",
			Tamil:   "உடல் பாதியில் முடிந்தது, அல்லது உடைந்துள்ளது",
			English: "the body ended too early, or is broken",
		},
		{
			Code: "E0469", Kind: "வலை",
			Tamil:   "உடல் நேரத்துக்குள் வரவில்லை",
			English: "the body did not come in time",
		},
		{
			Code: "E0470", Kind: "வலை",
			Tamil:   "{0} குறியாக்கத்தில் உள்ள உடல்கள் படிக்கப்படுவதில்லை",
			English: "bodies in the encoding {0} are not read",
		},
		{
			Code: "E0485", Kind: "வலை",
			Tamil:   "{0} வகையில் உள்ள உடல்கள் படிக்கப்படுவதில்லை",
			English: "bodies of the type {0} are not read",
		},
		{
			Code: "E0471", Kind: "வலை",
			Tamil:   "உடல் ஒரு படிவம் அல்ல: '%' குறிக்குப் பின் இரு பதினறும இலக்கங்கள் வேண்டும்",
			English: "the body is no form: a '%' needs two hex digits after it",
		},
		{
			Code: "E0472", Kind: "வலை",
			Tamil:   "உடல் ஒரு பலபகுதிப் படிவம் அல்ல: {0}",
			English: "the body is no multipart form: {0}",
		},
		{
			Code: "E0473", Kind: "வலை",
			Tamil:   "உடல் பைட்டு {0} முதல் UTF-8 அல்ல",
			English: "the body is not UTF-8 from byte {0}",
		},
		{
			Code: "E0481", Kind: "வலை",
			Tamil:   "கோரிக்கைகள் மிக அதிகம்; {0} நொடி காத்திருக்கவும்",
			English: "too many requests; wait {0} seconds",
		},
	}
}

// routeErrors are why a program cannot be served.
func routeErrors() []Entry {
	return []Entry{
		{
			Code: "E0474", Kind: "அமைப்பு",
			Tamil:       "இரு வழிகள் ஒரே கோரிக்கைகளுக்கு: {0}, {1}",
			English:     "two routes for the same requests: {0} and {1}",
			HelpTamil:   "ஒன்றை நீக்கவும், அல்லது அதன் பாதையை மாற்றவும்",
			HelpEnglish: "remove one, or change its path",
		},
		{
			Code: "E0475", Kind: "அமைப்பு",
			Tamil:   "{0} வகை இந்தப் பதிப்பில் இன்னும் வழங்கப்படவில்லை",
			English: "{0} is not available yet in this version",
		},
		{
			Code: "E0476", Kind: "அமைப்பு",
			Tamil:   "'{0}' ஒரு வழியின் பாதையாக இருக்க முடியாது: {1}",
			English: "the path '{0}' cannot be a route's: {1}",
		},
		{
			Code: "E0478", Kind: "அமைப்பு",
			Tamil:       "வழியின் பாதை மேற்கோளுக்குள் எழுதிய உரையாக இருக்க வேண்டும்",
			English:     "a route's path must be quoted text",
			HelpTamil:   "மாறும் பகுதிக்கு :பெயர் எழுதவும், எ.கா. \"/பொருள்/:எண்\"",
			HelpEnglish: "write :name for the part that varies, as in \"/பொருள்/:எண்\"",
		},
		{
			Code: "E0482", Kind: "அமைப்பு",
			Tamil:       "வழியின் காவல்கள் மேற்கோளுக்குள் எழுதிய உரைகளின் பட்டியலாக இருக்க வேண்டும்",
			English:     "the guards of a route must be a list of quoted texts",
			HelpTamil:   "எ.கா. [\"auth\"] அல்லது [\"admin\", \"viewer\"]",
			HelpEnglish: "as in [\"auth\"] or [\"admin\", \"viewer\"]",
		},
		{
			Code: "E0484", Kind: "அமைப்பு",
			Tamil:   "{0} கோப்புறையை '{1}' பாதையின் கீழ் வழங்க முடியவில்லை: {2}",
			English: "the folder {0} cannot be served below '{1}': {2}",
		},
		{
			Code: "E0483", Kind: "அமைப்பு",
			Tamil:       "'{0}' ஒரு வழியின் விருப்பம் அல்ல, அல்லது அதன் மதிப்பு பொருந்தாது",
			English:     "'{0}' is no option of a route, or has a value that it cannot have",
			HelpTamil:   "{\"உடல்\": பைட்டுகள், \"கோப்பு\": பைட்டுகள், \"நேரம்\": மில்லி நொடிகள், \"வேகம்\": நொடிக்குக் கோரிக்கைகள்}; மதிப்புகள் அங்கேயே எழுதிய எண்கள்",
			HelpEnglish: "{\"உடல்\": bytes, \"கோப்பு\": bytes, \"நேரம்\": milliseconds, \"வேகம்\": requests a second}; the values are numbers that are written there",
		},
		{
			Code: "E0479", Kind: "அமைப்பு",
			Tamil:   "இடைவெளிக்கு 1 அல்லது அதற்கு மேற்பட்ட முழு நொடிகள் வேண்டும்",
			English: "the schedule needs a whole number of seconds, 1 or more",
		},
	}
}
