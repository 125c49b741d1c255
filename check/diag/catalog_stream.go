package diag

// streamErrors are about streamed answers and sockets.
func streamErrors() []Entry {
	return []Entry{
		{
			Code: "E0410", Kind: "வலை",
			Tamil:   "இந்தக் கோரிக்கைக்கு ஏற்கெனவே ஓர் ஓடை பதில் தருகிறது",
			English: "the request is already answered by a stream",
		},
		{
			Code: "E0411", Kind: "வலை",
			Tamil:   "'{0}' பதில்_ஓடையின் தொகுதியிலோ வழி ஓடையிலோ மட்டுமே இயங்கும்",
			English: "'{0}' works only in the block of பதில்_ஓடை or in a வழி ஓடை",
		},
		{
			Code: "E0412", Kind: "வலை",
			Tamil:   "'{0}' வழி சாக்கெட்டில் மட்டுமே இயங்கும்",
			English: "'{0}' works only in a வழி சாக்கெட்",
		},
		{
			Code: "E0413", Kind: "வலை",
			Tamil:   "நிகழ்வின் {0} ஒரே வரியில் இருக்க வேண்டும்: {1}",
			English: "the {0} of an event must stand on one line: {1}",
		},
		{
			Code: "E0414", Kind: "வலை",
			Tamil:   "'{0}' என்னும் விருப்பத்துக்கு {1} பொருந்தாது",
			English: "the option '{0}' cannot be {1}",
		},
		{
			Code: "E0415", Kind: "வலை",
			Tamil:   "இந்தச் சாக்கெட்டை நிரல் ஏற்கெனவே மூடிவிட்டது",
			English: "the program has closed the socket already",
		},
		{
			Code: "E0416", Kind: "வலை",
			Tamil:       "சாக்கெட்டை {0} என்னும் குறியுடன் மூட முடியாது",
			English:     "a socket cannot be closed with {0}",
			HelpTamil:   "1000 இயல்பான முடிவு; நிரலின் சொந்தக் குறிகள் 4000 முதல் 4999 வரை",
			HelpEnglish: "1000 is an ordinary end; a program's own codes are 4000 to 4999",
		},
		{
			Code: "E0417", Kind: "வலை",
			Tamil:   "மூடும் காரணம் {0} பைட்டு; 123க்கு மேல் இருக்க முடியாது",
			English: "the reason of a close has {0} bytes; it may have 123",
		},
		{
			Code: "E0418", Kind: "வலை",
			Tamil:       "பைட்டுகள் என்பவை 0 முதல் 255 வரையிலான முழு எண்களின் பட்டியல்",
			English:     "bytes are an array of whole numbers from 0 to 255",
			HelpTamil:   "பைட்டுகள்(உரை) அப்படி ஒரு பட்டியலைத் தரும்",
			HelpEnglish: "பைட்டுகள்(text) makes such an array",
		},
		{
			Code: "E0419", Kind: "வலை",
			Tamil:   "{0} என்னும் நிலையுள்ள பதிலுக்கு உடல் இல்லை; அதை ஓடையாகத் தர முடியாது",
			English: "an answer with status {0} has no body that could be streamed",
		},
	}
}
