package diag

// taskErrors are the errors of blocks with a limit, tasks, channels, locks and atomics.
func taskErrors() []Entry {
	return []Entry{
		{Code: "E0355", Kind: "காலவரம்பு", Tamil: "தொகுதி {0} மில்லிநொடிக்குள் முடியவில்லை", English: "the block was not done after {0} ms"},
		{
			Code: "E0356", Kind: "வகை",
			Tamil:   "இங்கே மில்லிநொடிகளின் எண்ணிக்கை (0 அல்லது அதற்கு மேல்) வேண்டும், ஆனால் இது {#0}",
			English: "a number of milliseconds from 0 up is needed here, but this is {0}",
		},
		{
			Code: "E0357", Kind: "நிறுத்தம்",
			Tamil:       "எல்லாம் ஒன்றுக்கொன்று காத்திருப்பதால் எதுவும் தொடர முடியாது: {0}",
			English:     "everything waits for something else, so that nothing can go on: {0}",
			HelpTamil:   "சேனலை அனுப்புபவர் மூடுகிறாரா, பூட்டுகள் எங்கும் ஒரே வரிசையில் பிடிக்கப்படுகின்றனவா எனப் பார்க்கவும்",
			HelpEnglish: "see that whoever sends closes the channel, and that locks are taken in the same order everywhere",
		},
		{
			Code: "E0393", Kind: "வகை",
			Tamil: "இங்கே {#0} வேண்டும், ஆனால் இது {#1}", English: "{0} is needed here, but this is {1}",
		},
		{
			Code: "E0394", Kind: "பொது",
			Tamil: "சேனல் மூடப்பட்டது; இனி எதையும் அனுப்ப முடியாது", English: "the channel is closed: nothing more can be sent",
		},
		{
			Code: "E0395", Kind: "எல்லை",
			Tamil: "முடியாத பணிகள் {0} உள்ளன; மேலும் தொடங்க முடியாது", English: "there are {0} unfinished tasks; no more can be started",
			HelpTamil: "சில பணிகளைத் தொடங்கி, வேலைகளைச் சேனல் வழியாக அவற்றுக்குத் தரவும்", HelpEnglish: "start a few tasks and hand them the work through a channel",
		},
		{
			Code: "E0396", Kind: "வகை",
			Tamil: "இங்கே {0} முதல் {1} வரையிலான எண் வேண்டும், ஆனால் இது {2}", English: "a number from {0} to {1} is needed here, but this is {2}",
		},
		{
			Code: "E0397", Kind: "சேவை",
			Tamil: "துண்டிப்பான் திறந்துள்ளது: தொகுதி முயலப்படவில்லை", English: "the circuit breaker is open: the block was not tried",
		},
		{
			Code: "E0398", Kind: "வகை",
			Tamil: "இங்கே ஒரு துண்டிப்பான் வேண்டும், ஆனால் இது {#0}", English: "a circuit breaker is needed here, but this is {0}",
		},
		{
			Code: "E0428", Kind: "சேவை",
			Tamil:   "எல்லா {0} இடங்களும் நிரம்பியுள்ளன; தொகுதி முயலப்படவில்லை",
			English: "all {0} places are taken: the block was not tried",
		},
		{Code: "E0399", Kind: "வகை", Tamil: "'{0}' என்னும் விருப்பத்துக்கு {1} பொருந்தாது", English: "the option '{0}' cannot be {1}"},
	}
}
