package diag

// lifeErrors are the errors of signals and of applications.
func lifeErrors() []Entry {
	return []Entry{
		{
			Code: "E0490", Kind: "சேவை",
			Tamil:       "'{0}' என்னும் சைகை இல்லை, அல்லது அதை எந்த நிரலும் கையாள முடியாது",
			English:     "there is no signal '{0}' that a program could handle",
			HelpTamil:   `"SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1", "SIGUSR2" போன்ற ஒன்றை மேற்கோளில் எழுதவும்`,
			HelpEnglish: `write one such as "SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1" or "SIGUSR2", in quotes`,
		},
		{
			Code: "E0491", Kind: "அமைப்பு",
			Tamil: "செயலியின் '{0}' என்பது {1} ஆக வேண்டும், ஆனால் இது {#2}", English: "the application's '{0}' must be {1}, but this is {2}",
		},
	}
}
