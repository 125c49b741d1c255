package project

// The codes of this package's faults; the texts are in check/diag.
const (
	// CodeSyntax: "this is not TOML: {0}"; {0} the reason.
	CodeSyntax = "E0501"
	// CodeUnknown: "there is no key '{0}'"; {0} the key as written; the fix is the nearest key.
	CodeUnknown = "E0502"
	// CodeType: "'{0}' is {1}, but this is {2}"; {0} the key, {1} the type wanted, {2} what was found.
	CodeType = "E0503"
	// CodeChoice: "'{0}' cannot be '{1}'; it is one of: {2}"; {0} the key, {1} the value, {2} the choices.
	CodeChoice = "E0504"
	// CodeRange: "'{0}' cannot be {1}; it is from {2} to {3}"; {0} the key, {1} the value, {2} the least, {3} the most.
	CodeRange = "E0505"
	// CodeGlob: "'{0}' is no pattern of paths: {1}"; {0} the pattern, {1} the reason.
	CodeGlob = "E0506"
	// CodeEnvironment: "the environment variable {0} cannot be '{1}'; wanted is {2}"; {0} its name, {1} its value, {2} the type.
	CodeEnvironment = "E0507"
	// CodeTooLarge: "the project file is larger than {0} bytes"; {0} the limit.
	CodeTooLarge = "E0508"
	// CodeCount: "'{0}' has {1} values, but '{2}' has {3}"; {0}, {2} keys, {1}, {3} how many values they have.
	CodeCount = "E0509"
)
