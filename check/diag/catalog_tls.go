package diag

// tlsErrors are the errors of certificates (package runtime/httpd).
func tlsErrors() []Entry {
	return []Entry{
		{
			Code:    "E0540",
			Tamil:   "சான்றிதழ்க் கோப்பு {0} ஐப் படிக்க முடியவில்லை: {1}",
			English: "the certificate file {0} cannot be read: {1}",
		},
		{
			Code:        "E0541",
			Tamil:       "{0} என்னும் கோப்பில் PEM வடிவில் {1} எதுவும் இல்லை",
			English:     "{0} holds no {1} in PEM form",
			HelpTamil:   "PEM கோப்பு '-----BEGIN …-----' என்னும் வரிகளைக் கொண்டது",
			HelpEnglish: "a PEM file has lines such as '-----BEGIN …-----'",
		},
		{
			Code:        "E0542",
			Tamil:       "திறவுகோல் {0} சான்றிதழ் {1} க்கு உரியதல்ல: {2}",
			English:     "the key {0} does not go with the certificate {1}: {2}",
			HelpTamil:   "இரண்டும் ஒன்றாக வழங்கப்பட்டவையா என்று பார்க்கவும்; சான்றிதழ்களும் திறவுகோல்களும் ஒரே வரிசையில் வேண்டும்",
			HelpEnglish: "look whether both were issued together; certificates and keys stand in the same order",
		},
		{
			Code:    "E0543",
			Tamil:   "'{0}' க்குச் சான்றிதழ் பெற முடியாது: {1}",
			English: "no certificate can be fetched for '{0}': {1}",
		},
		{
			Code:        "E0544",
			Tamil:       "{0} க்கான சான்றிதழ் {1} இலிருந்து கிடைக்கவில்லை: {2}",
			English:     "the certificate of {0} could not be had from {1}: {2}",
			HelpTamil:   "அந்தப் பெயர் இந்தக் கணினியைக் குறிக்க வேண்டும்; துறை 443 (அல்லது 80) வெளியே திறந்திருக்க வேண்டும்",
			HelpEnglish: "the name must lead to this machine, and port 443 (or 80) must be open to the world",
		},
		{
			Code:        "E0545",
			Tamil:       "சான்றிதழ் {0} {1} அன்று முடிந்துவிட்டது",
			English:     "the certificate {0} ended on {1}",
			HelpTamil:   "கேட்பவர்கள் இதை ஏற்கமாட்டார்கள்; புதியதைக் கோப்பில் வைத்தால் அது உடனே பயன்படும்",
			HelpEnglish: "clients refuse it; put the new one into the file, and it is used at once",
		},
		{
			Code:        "E0546",
			Tamil:       "சான்றிதழ் {0} {1} முதல்தான் செல்லும்",
			English:     "the certificate {0} begins on {1} only",
			HelpTamil:   "கணினியின் கடிகாரம் சரியா என்று பார்க்கவும்",
			HelpEnglish: "look whether the clock of this machine is right",
		},
		{
			Code:        "E0547",
			Tamil:       "சான்றிதழ் {0} {1} அன்று முடிகிறது",
			English:     "the certificate {0} ends on {1}",
			HelpTamil:   "புதியதைக் கோப்பில் வைத்தால் அது உடனே பயன்படும்",
			HelpEnglish: "put the new one into the file, and it is used at once",
		},
	}
}
