package diag

// grpcErrors are the errors of gRPC routes and calls.
func grpcErrors() []Entry {
	return []Entry{
		{
			Code: "E0400", Kind: "வலை",
			Tamil:       "ஜிஆர்பிசி வழியில் நிலை 0 முதல் 16 வரை ஒரு முழு எண், {0} அல்ல",
			English:     "in a gRPC route a status is a whole number from 0 to 16, not {0}",
			HelpTamil:   "0 என்றால் வெற்றி; 3 தவறான கேள்வி, 5 இல்லாத ஒன்று, 13 உட்பிழை",
			HelpEnglish: "0 is success; 3 a bad question, 5 something that is not there, 13 an error inside",
		},
		{
			Code: "E0401", Kind: "அமைப்பு",
			Tamil:       "'{0}' ஒரு ஜிஆர்பிசி முறையின் பெயர் அல்ல",
			English:     "'{0}' names no gRPC method",
			HelpTamil:   "\"சேவை/முறை\" என எழுதவும்; சேவையின் முன் புள்ளியிட்டுத் தொகுதியின் பெயர் வரலாம்",
			HelpEnglish: "write \"service/method\"; the service may have a package before it, with a dot",
		},
		{
			Code: "E0402", Kind: "அமைப்பு",
			Tamil:       "ஜிஆர்பிசி வழியின் பட்டியலில் இது இருக்க முடியாது: {0}",
			English:     "this cannot stand in the list of a gRPC route: {0}",
			HelpTamil:   "பட்டியலில் காவல்கள் உரையாகவும், கேள்வியின் வடிவமும் விடையின் வடிவமும் பெயராகவும் வரும்",
			HelpEnglish: "guards stand in the list as text, and the shapes of the question and of the answer by their names",
		},
		{
			Code: "E0403", Kind: "அமைப்பு",
			Tamil:   "{1} வடிவத்தின் '{0}' புலத்தைச் செய்தியில் அனுப்ப முடியாது: {2}",
			English: "the field '{0}' of the shape {1} cannot go into a message: {2}",
		},
		{
			Code: "E0404", Kind: "வகை",
			Tamil:   "செய்தி '{0}' வடிவத்தில் இல்லை: {1}",
			English: "the message does not follow {0}: {1}",
		},
		{
			Code: "E0405", Kind: "வகை",
			Tamil:   "ஜிஆர்பிசி அழைப்பின் '{0}' என்னும் விருப்பத்துக்கு {1} பொருந்தாது",
			English: "the option '{0}' of a gRPC call cannot be {1}",
		},
		{
			Code: "E0406", Kind: "அமைப்பு",
			Tamil:   "ஜிஆர்பிசி விளக்கங்களை ஆக்க முடியவில்லை: {0}",
			English: "the gRPC descriptors cannot be made: {0}",
		},
	}
}
