package diag

// tokenErrors are the errors of tokens, and the texts with which one is refused.
func tokenErrors() []Entry {
	return []Entry{
		{
			Code: "E0420", Kind: "வகை",
			Tamil:   "சீட்டின் உரிமைகள் ஒரு பொருளாக, அல்லது பொருளின் ஜேசான் உரையாக இருக்க வேண்டும், ஆனால் அது {#0}",
			English: "the claims of a token are a record, or the JSON text of one, but this is {0}",
		},
		{
			Code: "E0421", Kind: "வகை",
			Tamil:   "சீட்டு செல்லும் நேரம் முழு நொடிகளாக இருக்க வேண்டும், {0} ஆக அல்ல",
			English: "a token is valid for a whole number of seconds, not {0}",
		},
		{
			Code: "E0422", Kind: "அமைப்பு",
			Tamil:       "சீட்டுக்குக் குறைந்தது 32 பைட்டுகள் உள்ள இரகசியம் வேண்டும்",
			English:     "a token needs a secret of 32 bytes or more",
			HelpTamil:   "ETAMIL_JWT_SECRET என்னும் சூழல் மாறியில் தரவும், அல்லது {\"secret\": …} எனத் தரவும்",
			HelpEnglish: "give it in the environment variable ETAMIL_JWT_SECRET, or as {\"secret\": …}",
		},
		{
			Code: "E0423", Kind: "வகை",
			Tamil:       "சீட்டின் '{0}' என்னும் விருப்பம் {1} ஆக இருக்க முடியாது",
			English:     "the token's option '{0}' cannot be {1}",
			HelpTamil:   "secret, issuer, audience: உரை; algorithms: [\"HS256\"]",
			HelpEnglish: "secret, issuer and audience are texts; algorithms is [\"HS256\"]",
		},
		{
			Code: "E0424", Kind: "அனுமதி",
			Tamil:   "சீட்டு செல்லாது",
			English: "the token is not valid",
		},
		{
			Code: "E0425", Kind: "அனுமதி",
			Tamil:   "சீட்டின் காலம் முடிந்தது",
			English: "the token has expired",
		},
	}
}
